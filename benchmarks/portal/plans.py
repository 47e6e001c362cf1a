"""How pages and calls read the database: how many queries, which come again and again, which read a whole large table.

Each page is opened in this process, so that the processor's time at it is told too, without the database's own. A plan
that reads a large table from end to end is told even where the table is small now: plans are asked for with such
reading made dear, so it is left only where no index would serve.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from django.db import connections
from django.test import Client

from benchmarks.portal.people import People, resident_session, staff_session

LARGE = re.compile(r"^(cases_(?!lawtext|lawdraft|run$)|registry_(?!origin|jurisdiction)|access_accessrecord)")
TIMES, FEW = 5, 100
_SELECT = re.compile(r"^\s*(SELECT|UPDATE|DELETE|WITH)", re.IGNORECASE)


def scans(everybody: People) -> dict[str, Any]:
    """Of each page: its status, queries, milliseconds of our own processor and in the database, whole tables read."""
    found = {}
    for name, opened in _pages(everybody).items():
        opened()  # what is read once in a process is read
        used = time.process_time()
        for _ in range(TIMES):
            opened()
        own_ms = round((time.process_time() - used) * 1000 / TIMES, 1)
        queries: list[tuple[str, Any, float]] = []
        with _watched(queries):
            answer = opened()
        whole = sorted(
            {f"{table}: {_short(sql)}" for sql, parameters, _ in queries for table in _whole(sql, parameters)}
        )
        milliseconds = round(sum(one[2] for one in queries) * 1000, 1)
        often = {sql: number for sql, number in Counter(_short(sql) for sql, _, _ in queries).items() if number > 2}
        found[name] = {
            "status": answer.status_code, "queries": len(queries), "cpu_ms": own_ms, "database_ms": milliseconds,
            "reads_whole": whole, "again_and_again": often,
        }  # fmt: skip
    return found


def _pages(everybody: People) -> dict[str, Callable[[], Any]]:
    one, (case, number, decision) = everybody.residents[0], everybody.cases[0]
    worker, head = _client(staff_session(*everybody.workers[0])), _client(staff_session(*everybody.heads[0]))
    own, why = _client(resident_session(one.person)), {"Balsts-Reason": "application"}
    lists = ("mine", "unassigned", "overdue", "week", "second", "unsent", "contested", "changes", "all")
    paths = {f"list: {name}": (worker, f"/desk/?list={name}") for name in lists}
    mine = f"/me/cases/{one.case}"
    paths |= {
        "list of a stage": (worker, "/desk/?list=all&stage=assessed&type=assistance"),
        "list with names": (worker, "/desk/?list=all&names=1"),
        "case": (worker, f"/cases/{case}/"), "decision": (worker, f"/cases/{case}/decisions/{decision}/"),
        "assessment": (worker, f"/cases/{case}/assessment/"), "messages": (worker, f"/cases/{case}/messages/"),
        "absences": (worker, "/desk/away/"), "figures": (head, "/desk/figures/"),
        "unclaimed": (worker, "/unclaimed/"),
        "own cases": (own, "/me/cases/"), "own case": (own, f"{mine}/"), "own payments": (own, "/me/payments/"),
        "own decision": (own, f"{mine}/decisions/{one.decision}/"),
        "own data": (own, f"/persons/{one.person}/"), "who looked": (own, "/me/who-looked/"),
        "own applications": (own, "/applications/"), "own unclaimed": (own, "/me/unclaimed/"),
        "begin to apply": (own, f"/persons/{one.person}/apply/"),
        "register of providers": (Client(SERVER_NAME="localhost"), "/providers/"),
        "API: cases": (worker, "/api/v1/cases"), "API: a case": (worker, f"/api/v1/cases/{case}"),
        "API: cases closed": (worker, "/api/v1/cases?stage=closed&type=crisis"),
        "API: awards": (worker, f"/api/v1/cases/{case}/awards?since=2026-01-01&until=2027-01-01"),
        "API: a list": (worker, "/api/v1/worklists/all"), "API: lists": (worker, "/api/v1/worklists"),
        "API: own cases": (own, "/api/v1/cases"), "API: own applications": (own, "/api/v1/applications"),
    }  # fmt: skip
    opened: dict[str, Callable[[], Any]] = {
        name: partial(client.get, path, headers=why) for name, (client, path) in paths.items()
    }
    for how, asked in (("number", number), ("name", everybody.names[0]), ("code", everybody.codes[0])):
        opened[f"find a case by {how}"] = partial(worker.post, "/desk/find/", {"asked": asked})
    return opened


def _client(session: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.cookies["balsts_session"] = session
    return client


@contextmanager
def _watched(queries: list[tuple[str, Any, float]]) -> Iterator[None]:
    def watch(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        result = execute(sql, parameters, many, context)
        plan = None
        if _SELECT.match(sql) and not many and context["connection"].alias == "default":
            plan = _plan(execute, sql, parameters, context)
        queries.append((sql, plan, time.perf_counter() - begun))
        return result

    with connections["default"].execute_wrapper(watch), connections["log"].execute_wrapper(watch):
        yield


def _plan(execute: Any, sql: str, parameters: Any, context: Any) -> Any:
    """The plan of a query, in the transaction and as whoever made it, with whole reading made dear."""
    with context["connection"].connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        found = cursor.fetchone()[0]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found if isinstance(found, list) else json.loads(found)


def _whole(sql: str, plan: Any) -> Iterator[str]:
    """Large tables that a plan reads from end to end, as they lie or along an index."""
    waiting = [plan[0]["Plan"]] if plan else []
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        is_whole = node["Node Type"] == "Seq Scan" or ("Index" in node["Node Type"] and "Index Cond" not in node)
        if is_whole and _is_large(node.get("Relation Name", "")):
            yield node["Relation Name"]


@cache
def _is_large(table: str) -> bool:
    """Whether a table has rows of cases or persons, and not just a few of them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        found = cursor.fetchone()
    return bool(LARGE.match(table) and found and found[0] >= FEW)


def _short(sql: str) -> str:
    """A query without the names of its columns."""
    return re.sub(r"\s+", " ", re.sub(r"SELECT .*? FROM", "SELECT … FROM", sql, count=1, flags=re.DOTALL))[:300]

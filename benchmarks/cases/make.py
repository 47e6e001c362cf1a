"""Makes many decided cases in a scratch database: they grant what the law gives, worked out by the compiled pass.

Rows go in by COPY as the owner of the tables, with the triggers off that make a single writer keep the chain.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connections

from balsts.access.acting import in_scope, the_platform
from balsts.cases.law_in_force import law_in_force
from balsts.cases.many_cases import Batch, Question
from balsts.cases.models import Case
from balsts.cases.registry_columns import Asking
from balsts.cases.timeline import this_month
from balsts.cases.types.reading import case_type
from balsts.law.engine.many.output import UNDETERMINED
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.uuids import uuid7

OPEN_SHARE = 0.3
OPEN_MONTHS, CLOSED_MONTHS, CLOSED_YEARS = 24, 12, 2
TYPE = "assistance"
_BATCH = 10_000
_TABLES = ("case", "party", "lawtext", "determination", "determinationline", "decision", "decisionstep", "award",
           "awardholder", "awardspan")  # fmt: skip


def poor_population(made: Path, file: Path) -> None:
    """A population on a tenth of its wages and a third of its pensions, without savings, so that most are needy.

    Days of opinions and placements are left out: they are of the present, and the cases begin years before it.
    """
    table = pq.read_table(made)
    table = table.drop_columns([one.name for one in table.schema
                                if pa.types.is_date(one.type) and one.name not in ("born", "died")])  # fmt: skip
    for name, divisor in (("wage_net_cents", 10), ("pension_cents", 3), ("savings_cents", 10**6)):
        values = [None if one is None else one // divisor for one in table[name].to_pylist()]
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.int64()))
    pq.write_table(table, file)


@dataclass
class _Rows:
    """Rows to copy, by table."""

    of: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def add(self, table: str, *values: Any) -> None:
        self.of.setdefault(table, []).append(values)


_COLUMNS = {
    "cases_case": "id, number, type, purpose, institution_id, subject_id, household_id, stage, opened_at, closed_at, "
                  "review_on",
    "cases_party": "case_id, person_id, part, since",
    "cases_determination": "id, case_id, cause, months, knowledge_at, law_id, doubts, discretion, digest, made_at",
    "cases_determinationline": "determination_id, kind, code, payee_id, beneficiaries, months, amount, per, "
                               "paid_after_months, question",
    "cases_decision": "id, case_id, number, kind, determination_id, since, is_automatic, needs_second, reasons, "
                      "content, made_at, state",
    "cases_decisionstep": 'decision_id, step, at, "on", detail',
    "cases_award": "id, decision_id, case_id, kind, code, payee_id, months, recorded",
    "cases_awardholder": "award_id, person_id, code, months, is_believed",
    "cases_awardspan": "award_id, months, amount, per, paid_after_months",
}  # fmt: skip


def make_cases(count: int, institution: uuid.UUID) -> dict[str, int]:
    """Make decided cases: the share that is open with 24 months up to the present, the rest closed, of years before."""
    begun, now = time.perf_counter(), this_month()
    wanted_open = int(count * OPEN_SHARE)
    with in_scope(the_platform()):
        homes = _homes()
    _triggers("DISABLE")
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO cases_lawtext (sha256, first_used_at) VALUES (%s, now()) ON CONFLICT DO NOTHING",
                       [law_in_force().sha256])  # fmt: skip
    made = {"running": 0, "closed": 0}
    spans = [("running", Month(now + 1 - OPEN_MONTHS), Month(now + 1))]
    spans += [("closed", Month(spans[0][1] - CLOSED_MONTHS * (year + 1)), Month(spans[0][1] - CLOSED_MONTHS * year))
              for year in range(CLOSED_YEARS)]  # fmt: skip
    wanted = {"running": wanted_open, "closed": count - wanted_open}
    for stage, since, until in spans:
        for first in range(0, len(homes), _BATCH):
            missing = wanted[stage] - made[stage]
            if not missing:
                break
            made[stage] += _batch(homes[first : first + _BATCH], stage, (since, until), missing, institution)
            sys.stderr.write(f"{stage}: {made[stage]:,} cases, {time.perf_counter() - begun:.0f} s\n")
    _triggers("ENABLE")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _homes() -> list[uuid.UUID]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT household_id FROM registry_membership ORDER BY household_id")
        return [row[0] for row in cursor.fetchall()]


def _triggers(change: str) -> None:
    with connections["owner"].cursor() as cursor:
        for one in _TABLES:
            cursor.execute(f"ALTER TABLE cases_{one} {change} TRIGGER USER")


def _batch(homes: Sequence[uuid.UUID], stage: str, span: tuple[Month, Month], most: int, institution: uuid.UUID) -> int:
    """Cases of some households that the law gives something in the span; how many there are."""
    since, until = span
    declared, law = case_type(TYPE), law_in_force()
    keys = frozenset(one.key for one in declared.facts if one.is_averaged)
    asked = [Asking(one, one, since, since, declared.grant.window_months, keys) for one in homes]
    questions = [Question(Case(pk=one.id, household_id=one.household), one, until, declared) for one in asked]
    with in_scope(the_platform()):
        batch = Batch(questions, since, Month(until - 1), (law,))
        given = _by_household(batch, since, until)
        members = {home: [batch.registry.ids[key % len(batch.registry.ids)] for key in keys_]
                   for home, keys_ in _members(batch, since)}  # fmt: skip
    rows = _Rows()
    unknown = {at for at, codes in given.items() if any(UNDETERMINED in months for months in codes.values())}
    chosen = [at for at in sorted(given) if at not in batch.registry.irregular | unknown][:most]
    for at in chosen:
        _case(rows, stage, span, institution, law.sha256, asked[at].household, members[at], given[at])
    _copy(rows)
    return len(chosen)


def _members(batch: Batch, since: Month) -> Iterable[tuple[int, list[int]]]:
    wide = len(batch.registry.ids)
    found: dict[int, list[int]] = {}
    for key in batch.registry.members_in(since).tolist():
        found.setdefault(key // wide, []).append(key)
    by_home = {home: at for at, home in enumerate(one.household for one in batch.registry.asked)}
    for home, number in batch.registry.homes.items():
        yield by_home[home], found.get(number, [])


def _by_household(batch: Batch, since: Month, until: Month) -> dict[int, dict[str, list[int]]]:
    """By household and code, what each month gives; only households that something is given."""
    found: dict[int, dict[str, list[int]]] = {}
    for month in map(Month, range(since, until)):
        layout = batch.layout(month)
        for code, entries in batch.given(batch.laws[0], month, layout).items():
            for row, value in zip(entries.rows.tolist(), entries.values.tolist(), strict=True):
                months = found.setdefault(row, {}).setdefault(code, [0] * (until - since))
                months[month - since] = value
    return found


def _case(rows: _Rows, stage: str, span: tuple[Month, Month], institution: uuid.UUID, law: str, home: uuid.UUID,
          members: list[uuid.UUID], given: dict[str, list[int]]) -> None:  # fmt: skip
    case, determination, decision = uuid7(), uuid7(), uuid7()
    begins, ends = first_day(span[0]), first_day(span[1])
    months, moment = f"[{begins},{ends})", "now"
    closed = stage == "closed"
    rows.add("cases_case", case, f"SP-B-{case.hex[-12:]}", TYPE, "social_assistance", institution, members[0], home,
             stage, moment, moment if closed else None, None if closed else ends)  # fmt: skip
    rows.add("cases_party", case, members[0], "applicant", moment)
    for one in members:
        rows.add("cases_party", case, one, "member", moment)
    rows.add("cases_determination", determination, case, "application", months, moment, law, "[]",
             f'[{{"anchor": "{begins}"}}]', "0" * 64, moment)  # fmt: skip
    rows.add("cases_decision", decision, case, f"SP-L-B-{case.hex[-12:]}", "grant", determination, begins, True, False,
             "", "{}", moment, "in_force")  # fmt: skip
    for step in ("drafted", "signed", "notified", "in_force"):
        rows.add("cases_decisionstep", decision, step, moment, begins, "")
    everybody = "{" + ",".join(map(str, members)) + "}"
    statuses = set(case_type(TYPE).statuses)
    for code, amounts in given.items():
        for first, last in _runs(amounts):
            award, valid = uuid7(), f"[{first_day(Month(span[0] + first))},{first_day(Month(span[0] + last))})"
            kind = "status" if code in statuses else "right"
            rows.add("cases_award", award, decision, case, kind, code, members[0], valid, "[now,)")
            for one in members:
                rows.add("cases_awardholder", award, one, code, valid, True)
            for start, end in _same(amounts, first, last):
                part = f"[{first_day(Month(span[0] + start))},{first_day(Month(span[0] + end))})"
                amount = None if kind == "status" else amounts[start]
                rows.add("cases_determinationline", determination, kind, code, None, everybody, part, amount,
                         "" if kind == "status" else "month", 0, "")  # fmt: skip
                if kind == "right":
                    rows.add("cases_awardspan", award, part, amount, "month", 0)


def _runs(amounts: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Stretches in which something is given."""
    start = None
    for at, amount in enumerate([*amounts, 0]):
        if amount and start is None:
            start = at
        elif not amount and start is not None:
            yield start, at
            start = None


def _same(amounts: Sequence[int], first: int, last: int) -> Iterable[tuple[int, int]]:
    start = first
    for at in range(first + 1, last + 1):
        if at == last or amounts[at] != amounts[start]:
            yield start, at
            start = at


def _copy(rows: _Rows) -> None:
    with connections["owner"].cursor() as cursor:
        for table, columns in _COLUMNS.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for one in rows.of.get(table, ()):
                    copy.write_row(one)

"""Measures payments at size, from few lines to many: a month prepared, looked through, released, written into files and
checked by the schema, sent to the simulated bank, its statements read and matched, and all of it proven.

Run it in the repository: `python -m benchmarks.payments.runs --lines 10000 100000 1000000`. It sets up a database of
its own in a folder for temporary files, with one case, award, name and account for each payee, and takes it away again.
Every hundredth payment comes back. `--months 12` pays a year and proves it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from balsts.payments.bank.connections import Connection
from balsts.payments.bank.line import BankLine
from balsts.payments.bank.simulation.commands import SECRET
from benchmarks.payments.bank import peak_of, running_bank

_RETURNED = {"scenario": {"returns": {"BE05": 0.01}, "booking": "singles", "returns_after_days": 1}}
# As the administrator, past triggers and foreign keys: what decisions would have written, one award for each payee.
_FILL = """
SET session_replication_role = replica;
INSERT INTO registry_source (origin_id, reference, reason, at)
    SELECT id, 'bench', '', now() FROM registry_origin WHERE code = 'declaration';
CREATE TEMP TABLE made AS SELECT n, uuidv7() AS person, uuidv7() AS one_case, uuidv7() AS decision, uuidv7() AS award
    FROM generate_series(1, {lines}) AS n;
INSERT INTO registry_person (id, created_at) SELECT person, now() FROM made;
INSERT INTO registry_bankaccount (id, valid, recorded, source_id, visibility, person_id, iban, holder)
    SELECT uuidv7(), daterange('2020-01-01', NULL), tstzrange(now(), NULL), (SELECT max(id) FROM registry_source), 0,
           person, 'LV' || lpad((98 - mod(('11102320' || lpad(n::text, 13, '0') || '213100')::numeric, 97))::text, 2,
                                '0') || 'BANK' || lpad(n::text, 13, '0'), '' FROM made;
INSERT INTO registry_personname (id, valid, recorded, source_id, visibility, person_id, given_names, surname,
                                 search_key, sort_key)
    SELECT uuidv7(), daterange(NULL, NULL), tstzrange(now(), NULL), (SELECT max(id) FROM registry_source), 0, person,
           'Anna Marija', 'Bērziņa-Kalniņa', 'anna marija berzina kalnina', '' FROM made;
INSERT INTO registry_fact (id, valid, recorded, source_id, visibility, person_id, type, origin_id, value, status,
                           certainty)
    SELECT uuidv7(), daterange(NULL, NULL), tstzrange(now(), NULL), (SELECT max(id) FROM registry_source), 0, person, 1,
           (SELECT min(id) FROM registry_origin), '1980-01-01', 0, 0 FROM made;
INSERT INTO cases_case (id, number, type, purpose, institution_id, subject_id, stage, opened_at)
    SELECT one_case, 'B{lines}-' || n, 'childcare', 'state_benefits', '{payer}', person, 'running', now() FROM made;
INSERT INTO cases_decision (id, case_id, number, kind, since, is_automatic, needs_second, reasons, content, made_at,
                            state)
    SELECT decision, one_case, 'B{lines}-' || n, 'grant', '2026-01-01', true, false, '', '{{}}', now(), 'in_force'
    FROM made;
INSERT INTO cases_award (id, decision_id, case_id, kind, code, payee_id, months, recorded)
    SELECT award, decision, one_case, 'right', {code}, person, daterange('2026-01-01', NULL),
           tstzrange(now(), NULL) FROM made;
INSERT INTO cases_awardspan (award_id, months, amount, per, paid_after_months)
    SELECT award, daterange('2026-01-01', NULL), 2500 + n % 10000, 'month', 0 FROM made;
SET session_replication_role = origin;
"""


class Timed:
    """Seconds of named pieces of work."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        """What a piece of work comes to."""
        begun = time.perf_counter()
        found = work()
        self.found[name] = round(time.perf_counter() - begun, 2)
        return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.payments.runs", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000], metavar="N", help="lines a month")
    parser.add_argument("--months", type=int, default=2, metavar="N", help="how many months are paid, 1 to 12 (2)")
    parser.add_argument("--no-bank", action="store_true", help="leave out files and the bank")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(folder / "data")
        for found in measured(arguments.lines, arguments.months, folder, at_bank=not arguments.no_bank):
            print(json.dumps(found), flush=True)
    return 0


def measured(sizes: list[int], months: int, folder: Path, *, at_bank: bool) -> Iterator[dict[str, Any]]:
    """Seconds of each step in each month, by how many lines a month has."""
    from balsts.cli import main as balsts

    with redirect_stdout(sys.stderr):
        balsts(["db", "migrate"])
    from balsts.database.connections import set_up

    set_up()
    from balsts.database import server

    try:
        for lines in sizes:
            yield from of_size(lines, months, folder / str(lines), at_bank=at_bank)
    finally:
        server.stop(server.Cluster(server.data_folder()))


def team_of(lines: int) -> list[Any]:
    """Who prepares, who approves and who releases the runs of so many lines; made with their payer, if not there."""
    from balsts.access.acting import Acting
    from balsts.access.models import Institution, StaffAccount

    payer, _ = Institution.objects.get_or_create(name_lv=f"Bench {lines}", name_en=f"Bench {lines}", kind="agency")
    staff = [StaffAccount.objects.get_or_create(
                 username=f"{name}-{lines}",
                 defaults={"full_name": name, "email": "a@office.example", "password": "!"},
             )[0] for name in ("one", "two", "three")]  # fmt: skip
    roles = ("payment_officer", "payment_head", "payment_head")
    return [Acting(one.pk, payer.pk, "", role, "payments") for one, role in zip(staff, roles, strict=True)]


def of_size(
    lines: int, months: int, folder: Path, *, at_bank: bool, code: str = "'family_state_benefit'"
) -> Iterator[dict[str, Any]]:
    """Seconds of each step in each month of so many lines, paid by a payer of its own.

    Args:
        code: the right of the payee of a number `n`, in SQL.
    """
    team = team_of(lines)
    payer = team[0].institution
    _filled(lines, payer, code)
    folder.mkdir()
    with ExitStack() as stack:
        line = stack.enter_context(_line(folder)) if at_bank else None
        if line:
            _open_account(payer)
        for number in range(1, months + 1):
            yield {"lines": lines, **_month(team, f"2026-{number:02}", lines, line)}


@contextmanager
def _line(folder: Path) -> Iterator[tuple[BankLine, str]]:
    """A line to a bank of its own process, and the address of that."""
    with running_bank(folder, "2026-01-15", _RETURNED, folder.name) as (address, _), \
            BankLine(Connection(address, folder.name, SECRET)) as line:  # fmt: skip
        yield line, address


def _open_account(payer: Any) -> None:
    from django.db import connection

    from balsts.access.acting import in_scope, the_platform

    number = f"{payer.int % 10**13:013}"
    iban = f"LV{98 - int(f'17101110{number}213100') % 97:02}HABA{number}"
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT payments_open_account(%s, '', %s, 'HABALV22', 100000, NULL)", [payer, iban])


def _filled(lines: int, payer: Any, code: str) -> None:
    from balsts.database.server import ADMINISTRATOR, Cluster, data_folder

    with Cluster(data_folder()).connect(ADMINISTRATOR, autocommit=True) as administrator:
        administrator.execute(_FILL.format(lines=lines, payer=payer, code=code))  # type: ignore[call-overload]
        administrator.execute("VACUUM ANALYZE")


def _month(team: list[Any], month: str, lines: int, line: tuple[BankLine, str] | None) -> dict[str, Any]:
    from balsts.access.acting import in_scope
    from balsts.law.engine.quantities import month_from
    from balsts.payments import use_cases
    from balsts.payments.preview import preview_of
    from balsts.payments.proof import prove

    officer, head, other = team
    took = Timed({"month": month})

    def looked_at(run: Any) -> Any:
        with in_scope(head):
            return preview_of(run)

    def proven(run: Any) -> Any:
        with in_scope(head):
            return prove(run)

    day = date.fromisoformat(f"{month}-15")
    run = took("prepare", lambda: use_cases.prepare_run(officer, month_from(month), pay_on=day))
    seen = took("preview", lambda: looked_at(run))
    assert seen.totals.paid >= lines, seen.totals
    use_cases.acknowledge(head, run, seen.digest)
    took("approve", lambda: use_cases.approve_run(head, run))
    run = took("release", lambda: use_cases.release_run(other, run))
    if line:
        _at_bank(took, run, *line)
    assert took("prove", lambda: proven(run)).holds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return took.found | {"peak_mebibytes": peak, "peak_mebibytes_of_server": _peak_of_server()}


def _at_bank(took: Timed, run: Any, line: BankLine, address: str) -> None:
    from balsts.access.acting import in_scope, the_platform
    from balsts.payments.inbox import apply_messages, fetch, settle
    from balsts.payments.models import BankMessage, Run
    from balsts.payments.outbox import send_files, write_files

    with in_scope(the_platform()):
        run = Run.objects.select_related("payer").get(pk=run.pk)
    took("files", lambda: write_files(run))
    took("send", lambda: send_files(line))
    took("bank's days", lambda: _days_until_returned(address, run.pay_on))
    took("fetch", lambda: fetch(line))
    # The statement first, so that it brings the news itself; what notifications say after it is known then.
    with in_scope(the_platform()):
        waiting = list(BankMessage.objects.filter(state="new").order_by("-size"))
    took("statement", lambda: settle(waiting[0]))
    applied = took("other messages", apply_messages)
    with in_scope(the_platform()):
        statement = BankMessage.objects.get(pk=waiting[0].pk)
    assert all(one.state == "applied" for one in [statement, *applied])
    took.found["entries"] = statement.lines


def _days_until_returned(address: str, pay_on: date) -> None:
    while date.fromisoformat(httpx.get(f"{address}/day").json()["today"]) < pay_on + timedelta(days=5):
        httpx.post(f"{address}/day", timeout=3_600).raise_for_status()


def _peak_of_server() -> int | None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return peak_of((cursor.fetchone() or (0,))[0])


if __name__ == "__main__":
    raise SystemExit(main())

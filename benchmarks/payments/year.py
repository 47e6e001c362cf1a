"""Measures the proof of a year of payments at size.

Run it in the repository: `python -m benchmarks.payments.year --lines 1000000`. One month is paid, from preparing the
run to the bank's statement, as `benchmarks.payments.runs` does it; its rows are then copied to the other eleven months
by the database's administrator, past triggers and foreign keys, with names and months of their own. To prove reads rows
and changes none, so it is the same work; paying a year of a million lines a month would take two hours. No month knows
what came back of others: what a run pays again is left out. `--paid` pays all twelve months instead.

With `--folder` the database stays there, and a second call only proves; without, it is taken away.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from benchmarks.payments.runs import of_size, team_of

MONTHS = 12
# From the one month that was paid to the months after it, in the order of their identifiers.
_COPY = """
SET session_replication_role = replica;
CREATE TEMP TABLE one AS SELECT * FROM payments_run ORDER BY number DESC LIMIT 1;
CREATE TEMP TABLE by_month AS
    SELECT n, uuidv7() AS run, nextval('payments_run_number') AS number, make_interval(months => n::integer) AS later
    FROM generate_series(1, 11::bigint) AS n;
INSERT INTO payments_run (id, number, payer_id, month, kind, snapshot_at, last_event, last_move, pay_on, state,
                          is_filed)
    SELECT m.run, m.number, o.payer_id, o.month + m.later, o.kind, o.snapshot_at, o.last_event, o.last_move,
           o.pay_on + m.later, o.state, o.is_filed FROM one o, by_month m;
INSERT INTO payments_runstep (run_id, step, at, by_staff, detail)
    SELECT m.run, s.step, s.at, s.by_staff, s.detail
    FROM by_month m, payments_runstep s WHERE s.run_id = (SELECT id FROM one) ORDER BY m.n, s.id;
INSERT INTO payments_runsum (run_id, what, programme, code, month, kind, held, many, cents)
    SELECT m.run, s.what, s.programme, s.code, s.month + m.later, s.kind, s.held, s.many, s.cents
    FROM by_month m, payments_runsum s WHERE s.run_id = (SELECT id FROM one);
INSERT INTO payments_bankfile (run_id, number, programme, account_id, first, last, transfers, cents, name, sha256,
                               size, state)
    SELECT m.run, f.number, f.programme, f.account_id, f.first, f.last, f.transfers, f.cents, f.name || 'M' || m.n,
           f.sha256, f.size, f.state
    FROM by_month m, payments_bankfile f WHERE f.run_id = (SELECT id FROM one);
"""
_COPY_MONTH = """
WITH m AS (SELECT * FROM by_month WHERE n = {n}) {insert}
"""
_TABLES = {
    "payments_line": """
INSERT INTO payments_line (id, run_id, number, case_id, payee_id, code, month, due, part, amount, programme, award_id,
                           kind, receiver_id, iban, withheld, held, channel, choice_id)
    SELECT l.id + m.n * {apart}, m.run, l.number, l.case_id, l.payee_id, l.code, l.month + m.later, l.due + m.later,
           l.part, l.amount, l.programme, l.award_id, l.kind, l.receiver_id, l.iban, l.withheld, l.held, l.channel,
           l.choice_id
    FROM m, payments_line l WHERE l.run_id = (SELECT id FROM one) ORDER BY l.id""",
    "payments_event": """
INSERT INTO payments_event (id, run_id, number, kind, message_id, entry, place, cents, reason, action, "on", at,
                            by_staff, receipt)
    SELECT e.id + m.n * {apart}, m.run, e.number, e.kind, e.message_id, e.entry, e.place, e.cents, e.reason, e.action,
           e."on" + m.later, e.at, e.by_staff, e.receipt
    FROM m, payments_event e WHERE e.run_id = (SELECT id FROM one) ORDER BY e.id""",
    "payments_ledgerentry": """
INSERT INTO payments_ledgerentry (id, run_id, line_id, event_id, at)
    SELECT e.id + m.n * {apart}, m.run, e.line_id + m.n * {apart}, e.event_id + m.n * {apart}, e.at
    FROM m, payments_ledgerentry e WHERE e.run_id = (SELECT id FROM one) ORDER BY e.id""",
    "payments_posting": """
INSERT INTO payments_posting (id, entry_id, run_id, number, of, account, programme, code, month, person_id, cents)
    SELECT p.id + m.n * {apart}, p.entry_id + m.n * {apart}, m.run, p.number, p.of, p.account, p.programme, p.code,
           p.month + m.later, p.person_id, p.cents
    FROM m, payments_posting p WHERE p.run_id = (SELECT id FROM one) ORDER BY p.id""",
}
_APART = 1_000_000_000


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.payments.year", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000, metavar="N", help="lines a month")
    parser.add_argument("--paid", action="store_true", help="pay all months, and copy none")
    parser.add_argument("--every-line", action="store_true", help="compare all lines too")
    parser.add_argument("--folder", type=Path, help="where the database is kept; left out, it is taken away")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
        folder = arguments.folder or Path(name)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(folder / "data")
        for found in measured(arguments, folder):
            print(json.dumps(found), flush=True)
    return 0


def measured(arguments: argparse.Namespace, folder: Path) -> Any:
    """Seconds in which a year is made, where it is not there, and proven; what reading takes on this machine today."""
    from balsts.database import server
    from balsts.database.connections import set_up

    try:
        if not (folder / "made").exists():
            from balsts.cli import main as balsts

            with redirect_stdout(sys.stderr):
                balsts(["db", "migrate"])
            set_up()
            months = MONTHS if arguments.paid else 1
            yield from of_size(arguments.lines, months, folder / str(arguments.lines), at_bank=True)
            yield {"copied_seconds": 0 if arguments.paid else _seconds(copied)}
            (folder / "made").touch()
        server.start(server.Cluster(server.data_folder()))
        set_up()
        for every_line in (False, True) if arguments.every_line else (False,):
            yield _proven(arguments.lines, every_line=every_line)
    finally:
        server.stop(server.Cluster(server.data_folder()))


def copied() -> None:
    """Copy the month that was paid to the eleven after it."""
    from balsts.database.server import ADMINISTRATOR, Cluster, data_folder

    with Cluster(data_folder()).connect(ADMINISTRATOR, autocommit=True) as administrator:
        administrator.execute(_COPY)
        for n in range(1, MONTHS):
            for insert in _TABLES.values():
                text = _COPY_MONTH.format(n=n, insert=insert.format(apart=_APART))
                administrator.execute(text)  # type: ignore[call-overload]
        administrator.execute("VACUUM ANALYZE")


def _proven(lines: int, *, every_line: bool) -> dict[str, Any]:
    from balsts.access.acting import in_scope
    from balsts.payments.proof import prove_year
    from balsts.payments.selectors import released_in

    head = team_of(lines)[1]

    def proven() -> None:
        with in_scope(head):
            proofs = list(prove_year(released_in(head, 2026), every_line=every_line))
        assert len(proofs) == MONTHS
        assert all(proof.holds for _, proof in proofs)

    return {
        "lines_a_month": lines, "months": MONTHS, "every_line": every_line, "machine_seconds": _seconds(_counted),
        "prove_year_seconds": _seconds(proven),
    }  # fmt: skip


def _seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 2)


def _counted() -> None:
    """Twenty million additions: how fast the machine is today."""
    total = 0
    for number in range(20_000_000):
        total += number


if __name__ == "__main__":
    raise SystemExit(main())

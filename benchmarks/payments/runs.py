"""Measures payment runs at size: preparing, looking through, releasing and proving two months, from few lines to many.

Run it in the repository: `python -m benchmarks.payments.runs --lines 10000 100000 1000000`. It sets up a database of
its own in a folder for temporary files, with one case, award and account for each payee, and takes it away again.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

_MONTHS = ("2026-01", "2026-02")
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
           person, 'LV' || lpad(n::text, 19, '0'), '' FROM made;
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
    SELECT award, decision, one_case, 'right', 'family_state_benefit', person, daterange('2026-01-01', NULL),
           tstzrange(now(), NULL) FROM made;
INSERT INTO cases_awardspan (award_id, months, amount, per, paid_after_months)
    SELECT award, daterange('2026-01-01', NULL), 2500 + n % 10000, 'month', 0 FROM made;
SET session_replication_role = origin;
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.payments.runs", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000], metavar="N", help="lines a month")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(folder / "data")
        print(json.dumps(measured(arguments.lines), indent=1))
    return 0


def measured(sizes: list[int]) -> list[dict[str, Any]]:
    """Seconds of each step in each of two months, by how many lines a month has."""
    from balsts.cli import main as balsts

    balsts(["db", "migrate"])
    from balsts.database.connections import set_up

    set_up()
    from balsts.database import server

    try:
        return [_of_size(lines) for lines in sizes]
    finally:
        server.stop(server.Cluster(server.data_folder()))


def _of_size(lines: int) -> dict[str, Any]:
    from balsts.access.acting import Acting
    from balsts.access.models import Institution, StaffAccount

    payer = Institution.objects.create(name_lv=f"Bench {lines}", name_en=f"Bench {lines}", kind="agency")
    staff = [StaffAccount.objects.create(username=f"{name}-{lines}", full_name=name, email="a@office.example",
                                         password="!") for name in ("one", "two", "three")]  # fmt: skip
    _filled(lines, payer.pk)
    roles = ("payment_officer", "payment_head", "payment_head")
    team = [Acting(one.pk, payer.pk, "", role, "payments") for one, role in zip(staff, roles, strict=True)]
    return {"lines": lines, **{month: _month(team, month, lines) for month in _MONTHS}}


def _filled(lines: int, payer: Any) -> None:
    from balsts.database.server import ADMINISTRATOR, Cluster, data_folder

    with Cluster(data_folder()).connect(ADMINISTRATOR, autocommit=True) as administrator:
        administrator.execute(_FILL.format(lines=lines, payer=payer))  # type: ignore[call-overload]
        administrator.execute("VACUUM ANALYZE")


def _month(team: list[Any], month: str, lines: int) -> dict[str, float]:
    from balsts.access.acting import in_scope
    from balsts.law.engine.quantities import month_from
    from balsts.payments import use_cases
    from balsts.payments.preview import preview_of
    from balsts.payments.proof import prove

    officer, head, other = team
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        found = work()
        seconds[name] = round(time.perf_counter() - begun, 2)
        return found

    def looked_at(run: Any) -> Any:
        with in_scope(head):
            return preview_of(run)

    def proven(run: Any) -> Any:
        with in_scope(head):
            return prove(run)

    day = date.fromisoformat(f"{month}-15")
    run = timed("prepare", lambda: use_cases.prepare_run(officer, month_from(month), pay_on=day))
    seen = timed("preview", lambda: looked_at(run))
    assert seen.totals.paid == lines, seen.totals
    use_cases.acknowledge(head, run, seen.digest)
    timed("approve", lambda: use_cases.approve_run(head, run))
    timed("release", lambda: use_cases.release_run(other, run))
    assert timed("prove", lambda: proven(run)).holds
    return seconds


if __name__ == "__main__":
    raise SystemExit(main())

"""Measures live indicators at size: a year of payment lines refreshed, from the lines to points that may be shown.

Run it in the repository: `python -m benchmarks.statistics --lines 1000000`. One month of so many lines is paid, without
the bank; its rows are then copied to the other eleven months, as `benchmarks.payments.year` does it. Payees have one of
twelve rights, a sex, a day of birth, and a declared address in one of all municipalities. A refresh reads all of it and
none of what was kept of an earlier one.

With `--folder` the database stays there, and a second call only refreshes; without, it is taken away.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.payments.runs import of_size
from benchmarks.payments.year import copied

YEAR = 2026
_RIGHTS = (
    "family_state_benefit", "state_social_security_benefit", "disabled_person_care_benefit", "guardian_child_benefit",
    "guardian_remuneration", "adoption_benefit", "childcare_benefit", "disabled_child_supplement", "gmi_benefit",
    "housing_benefit", "disabled_child_care_benefit", "studying_orphan_benefit",
)  # fmt: skip
_CODE = "(ARRAY['" + "', '".join(_RIGHTS) + f"'])[1 + n % {len(_RIGHTS)}]"
# As the administrator, past triggers and foreign keys: what the population register would have said of the payees.
_PERSONS = """
SET session_replication_role = replica;
CREATE TEMP TABLE known AS SELECT person_id, row_number() OVER () AS n FROM registry_fact WHERE type = 1;
UPDATE registry_fact f SET value = (date '1940-01-01' + (k.n * 7919 % 25000)::integer)::text
    FROM known k WHERE k.person_id = f.person_id AND f.type = 1;
INSERT INTO registry_fact (id, valid, recorded, source_id, visibility, person_id, type, origin_id, value, status,
                           certainty)
    SELECT uuidv7(), daterange(NULL, NULL), tstzrange(now(), NULL), (SELECT max(id) FROM registry_source), 0, person_id,
           3, (SELECT min(id) FROM registry_origin), CASE WHEN n % 9 < 5 THEN 'f' ELSE 'm' END, 0, 0 FROM known;
INSERT INTO registry_address (id, valid, recorded, source_id, visibility, person_id, kind, municipality_id, text,
                              address_code)
    SELECT uuidv7(), daterange('2021-07-01', NULL), tstzrange(now(), NULL), (SELECT max(id) FROM registry_source), 0,
           k.person_id, 'declared', m.code, '', ''
    FROM known k JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS n, count(*) OVER () AS all_of_them
                       FROM access_municipality WHERE classification = 2021) m ON m.n = k.n % m.all_of_them;
SET session_replication_role = origin;
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statistics", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000, metavar="N", help="lines a month")
    parser.add_argument("--folder", type=Path, help="where the database is kept; left out, it is taken away")
    parser.add_argument("--only-make", action="store_true", help="make the year and refresh nothing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
        folder = arguments.folder or Path(name)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(folder / "data")
        for found in measured(arguments, folder):
            print(json.dumps(found), flush=True)
    return 0


def measured(arguments: argparse.Namespace, folder: Path) -> Iterator[dict[str, Any]]:
    """Seconds in which a year is made, where it is not there, and refreshed."""
    from balsts.cli import main as balsts
    from balsts.database import server
    from balsts.database.connections import set_up

    try:
        with redirect_stdout(sys.stderr):
            balsts(["db", "migrate"])
        set_up()
        if not (folder / "made").exists():
            yield from of_size(arguments.lines, 1, folder / str(arguments.lines), at_bank=False, code=_CODE)
            yield {"persons_seconds": _seconds(_persons), "copied_seconds": _seconds(copied)}
            (folder / "made").touch()
        if not arguments.only_make:
            yield _refreshed(arguments.lines)
    finally:
        server.stop(server.Cluster(server.data_folder()))


def _persons() -> None:
    from balsts.database.server import ADMINISTRATOR, Cluster, data_folder

    with Cluster(data_folder()).connect(ADMINISTRATOR, autocommit=True) as administrator:
        administrator.execute(_PERSONS)


def _refreshed(lines: int) -> dict[str, Any]:
    from balsts.statistics.refresh import refresh

    found: dict[str, Any] = {"lines_a_month": lines, "months": 12, "machine_seconds": _seconds(_counted)}
    begun = time.perf_counter()
    made = refresh(YEAR, until=date(YEAR + 1, 1, 1))
    found["refresh_seconds"] = round(time.perf_counter() - begun, 2)
    return found | {"cells": made.cells, "points": made.points, "suppressed": made.suppressed}


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

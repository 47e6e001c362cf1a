"""Measures cases at size: a law change over all of them, one case with 24 months of history, the cases a fact touches.

Run it in the repository: `python -m benchmarks.cases --cases N`. It makes a population and decided cases in a database
of its own in a folder for temporary files, and takes all of it away again. Two workers, as processes, do the law
change; one of them is killed on the way.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

KILL_AFTER_SHARE = 0.3
_TIMES = 100


def main() -> int:
    """Make, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, metavar="N", help="30 %% of them open (20,000)")
    parser.add_argument("--persons-a-case", type=float, default=2.0, metavar="X", help="size of the population (2)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the database there, or use the one that is")
    parser.add_argument("--only-make", action="store_true", help="make the database and measure nothing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
        folder = arguments.keep or Path(name)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(folder / "data")
        print(json.dumps(measured(folder, arguments), indent=1))
    return 0


def measured(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    from balsts.database import server
    from balsts.database.connections import set_up

    is_there = (folder / "made.json").exists()
    cluster = server.Cluster(folder / "data")
    try:
        if not is_there:
            made = _made(folder, arguments.cases, arguments.persons_a_case)
            (folder / "made.json").write_text(json.dumps(made))
        else:
            from balsts.cli import main as balsts

            assert balsts(["db", "migrate"]) == 0
            set_up()
            made = json.loads((folder / "made.json").read_text())
        if arguments.only_make:
            return dict(made)
        return made | one_case() | touched() | law_change() | {
            "database_gb": round(server.status(cluster).size_bytes / 1e9, 2)}  # fmt: skip
    finally:
        from django.db import connections

        connections.close_all()
        server.stop(cluster)


def _made(folder: Path, cases: int, persons_a_case: float) -> dict[str, Any]:
    from balsts.cli import main as balsts

    population, poor = folder / "population.parquet", folder / "poor.parquet"
    persons = int(cases * persons_a_case)
    balsts(["population", "synth", "--persons", str(persons), "--seed", "1", "--out", str(population)])
    assert balsts(["db", "migrate"]) == 0
    from balsts.database.connections import set_up

    set_up()
    from balsts.access.models import Institution
    from balsts.registry import bulk
    from benchmarks.cases.make import make_cases, poor_population

    poor_population(population, poor)
    begun = time.perf_counter()
    bulk.load_population(poor, date(2022, 1, 1))
    loaded = time.perf_counter()
    institution = Institution.objects.create(
        name_lv="Sociālais dienests", name_en="Social service office", kind="social_service", municipality_id="0001000"
    )
    made = make_cases(cases, institution.pk)
    return {"persons": persons, "cases": made, "load_seconds": round(loaded - begun, 1),
            "make_seconds": round(time.perf_counter() - loaded, 1)}  # fmt: skip


def one_case() -> dict[str, Any]:
    """Working out one case of 24 months, from facts to lines, and the whole of reassessing it."""
    from balsts.access.acting import in_scope, the_platform
    from balsts.cases.decided import stretches
    from balsts.cases.law_in_force import law_in_force
    from balsts.cases.models import Case
    from balsts.cases.reassessing import reassess
    from balsts.cases.timeline import timeline

    with in_scope(the_platform()):
        cases = list(Case.objects.filter(stage="running")[:5000])
        some = random.Random(1).sample(cases, min(_TIMES, len(cases)))

    def determined(at: int) -> None:
        with in_scope(the_platform()):
            timeline(law_in_force(), stretches(some[at])[0].asked(some[at]))

    determined(0)
    return {
        "determination_of_24_months_ms": timed(determined, len(some)),
        "reassessing_one_case_ms": timed(lambda at: reassess(some[at].pk, "fact"), len(some)),
    }


def touched() -> dict[str, Any]:
    """Which cases a fact of somebody touches, and what is due for review."""
    from django.db import connection
    from psycopg.types.range import DateRange

    from balsts.access.acting import in_scope, the_platform
    from balsts.cases.dependency import touch_of, touched_by

    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM cases_party ORDER BY person_id LIMIT 200000")
        persons = random.Random(1).sample([row[0] for row in cursor.fetchall()], _TIMES)

    def one(at: int) -> None:
        with in_scope(the_platform()):
            touched_by([touch_of("wage_net_eur_month", DateRange(date(2026, 1, 1), None), [persons[at]])])

    one(0)
    return {"touched_cases_ms": timed(one, len(persons))}


def law_change() -> dict[str, Any]:
    """A law change over all cases by two workers, one killed on the way; then that nothing was lost or done twice."""
    from django.db import connection

    from balsts.access.acting import in_scope, the_platform
    from balsts.cases.drafts_of_law import enact, load_draft
    from balsts.cases.law_in_force import law_in_force
    from balsts.cases.models import Change, Run
    from balsts.cases.works import begin_law_change

    old = law_in_force()
    draft = load_draft(the_platform(), DRAFT)
    enact(the_platform(), draft.pk, date.today())  # noqa: DTZ011 - the day of this machine
    run = begin_law_change(old, law_in_force())
    begun = time.perf_counter()
    workers = [_worker(run.pk) for _ in range(2)]
    killed_at = _kill_on_the_way(workers, run.pk, run.total)
    workers.append(_worker(run.pk))
    for one in workers[1:]:
        assert one.wait() == 0
    seconds = time.perf_counter() - begun
    with in_scope(the_platform()), connection.cursor() as cursor:
        run = Run.objects.get(pk=run.pk)
        cursor.execute("SELECT count(*), count(DISTINCT s) FROM cases_runpart p, unnest(p.subjects) s "
                       "WHERE p.run_id = %s AND p.done_at IS NOT NULL", [run.pk])  # fmt: skip
        done, distinct = cursor.fetchone()
        changes = Change.objects.count()
        cases_changed = Change.objects.values("case").distinct().count()
    assert run.finished_at is not None
    assert (done, distinct, changes) == (run.total, run.total, cases_changed)
    figures = {
        "cases": run.total, "seconds": round(seconds, 1), "cases_a_second": round(run.total / seconds),
        "killed_after_cases": killed_at, "outcomes": run.result.get("outcomes"),
        "one_by_one": run.result.get("one_by_one"),
    }  # fmt: skip
    return {"law_change": figures}


DRAFT = """name: A higher guaranteed minimum income, and a higher coefficient for whoever lives alone
parameters:
  thresholds.gmi_first: {from: 2024-06-01, value: "197.00", reference: proposal}
  housing_benefit.coefficient_lone: {from: 2024-06-01, value: "2.60", reference: proposal}
"""


def _worker(run: uuid.UUID) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "balsts.cli", "cases", "reassess", "--resume", str(run), "--json"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _kill_on_the_way(workers: list[subprocess.Popen[bytes]], run: uuid.UUID, total: int) -> int:
    """Kill the first worker once a third is done; how much that was."""
    from balsts.cases.runs import progress

    while (done := progress(run).done) < total * KILL_AFTER_SHARE and workers[0].poll() is None:
        time.sleep(0.2)
    workers[0].send_signal(signal.SIGKILL)
    workers[0].wait()
    return done


def timed(work: Callable[[int], object], times: int) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    found = []
    for at in range(times):
        begun = time.perf_counter()
        work(at)
        found.append((time.perf_counter() - begun) * 1000)
    return {"median": round(statistics.median(found), 2), "p95": round(statistics.quantiles(found, n=20)[18], 2)}


if __name__ == "__main__":
    raise SystemExit(main())

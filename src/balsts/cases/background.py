"""Work in the background: jobs kept in the database, deferred in the transaction that makes them needed.

A job says only what to look at; whether there is something to do is asked when it runs, so one that comes twice, or
again after a worker was killed, does no harm.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from procrastinate.contrib.django import app

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.cases import rehearsal, runs, take_up, works
from balsts.cases.deferring import QUEUE, defer, defer_once
from balsts.cases.dependency import touched_by_decision
from balsts.cases.models import Determination, LawDraft, Run
from balsts.law.engine.vocabulary import Month

_NIGHTLY = ("go_on", "law", "review", "news", "take_up")


@app.task(name="cases.run", queue=QUEUE)
def do_run(run: str) -> None:
    """Take parts of a run until none is free."""
    runs.work(uuid.UUID(run))


@app.task(name="cases.go_on", queue=QUEUE)
def go_on() -> None:
    """Go on with runs that a worker left unfinished; what others are doing is left to them."""
    for run in runs.unfinished():
        defer_run(run)


@app.task(name="cases.news", queue=QUEUE)
def look_at_news() -> None:
    """Work out the cases that news of the registry touch."""
    _do(works.begin_news())


@app.task(name="cases.review", queue=QUEUE)
def look_at_time() -> None:
    """Work out the cases whose month of review is reached."""
    _do(works.begin_review())


@app.task(name="cases.law", queue=QUEUE)
def look_at_law() -> None:
    """Work out the cases that a new text of the law touches, when one came into force."""
    _do(works.begin_law_in_force())


@app.task(name="cases.statuses", queue=QUEUE)
def look_at_statuses(decision: str) -> None:
    """Work out the other cases whose rights rest on a status that a decision grants or ends."""
    with in_scope(the_platform()):
        touched = touched_by_decision(uuid.UUID(decision))
    _do(works.begin_cases(touched, Determination.Cause.FACT) if touched else None)


@app.task(name="cases.take_up", queue=QUEUE)
def look_for_unclaimed() -> None:
    """Find what nobody has claimed."""
    _do(take_up.begin_take_up())


def _do(run: Run | None) -> None:
    if run is not None:
        runs.work(run.pk)


def defer_nightly() -> list[str]:
    """Defer all that is due once a night; what waits already is not deferred again.

    Returns:
        The names of the jobs.
    """
    return [name for name in _NIGHTLY if defer_once(name)]


def defer_run(run: Run, workers: int = 1) -> None:
    """Defer work on a run, to be taken by so many workers side by side."""
    for _ in range(workers):
        defer("run", run=str(run.pk))


def begin_and_defer_rehearsal(who: Acting, draft: LawDraft, month: Month | None = None) -> Run:
    """Begin a rehearsal and defer its work, in one transaction."""
    with transaction.atomic():
        run = rehearsal.begin_rehearsal(who, draft, month)
        defer_run(run)
    return run


def run_worker(*, wait: bool, concurrency: int = 1) -> None:
    """Do what is deferred, what was left unfinished too; with `wait`, go on waiting for more until stopped."""
    defer_once("go_on")
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(queues=[QUEUE], wait=wait, concurrency=concurrency, delete_jobs="successful",
                       install_signal_handlers=wait)  # fmt: skip


def nightly_now() -> dict[str, Run | None]:
    """Do all that is due once a night in this process, and say which runs came of it; unfinished ones go first."""
    for run in runs.unfinished():
        _do(run)
    begun: dict[str, Run | None] = {
        "law": works.begin_law_in_force(), "review": works.begin_review(), "news": works.begin_news(),
        "take_up": take_up.begin_take_up(),
    }  # fmt: skip
    for one in begun.values():
        _do(one)
    return begun

"""Jobs of cases by their names: whatever makes one needed defers it without knowing how it is done (`background`)."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "cases"


def defer(name: str, **arguments: str) -> None:
    """Defer a job; within a transaction it is there once that commits."""
    app.configure_task(f"{QUEUE}.{name}", queue=QUEUE).defer(**arguments)


def defer_once(name: str) -> bool:
    """Defer a job that finds out itself what there is to do, unless one waits already.

    Two transactions that defer the same wait for each other, so it is for short ones.
    """
    lock = f"{QUEUE}.{name}"
    # Asked first, since a lock that is taken is an error in the server's log; between the two another may take it.
    if ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo").exists():
        return False
    try:
        with transaction.atomic():
            app.configure_task(lock, queue=QUEUE, queueing_lock=lock).defer()
    except AlreadyEnqueued:
        return False
    return True


def defer_news() -> bool:
    """Defer a look at the news of the registry, unless one waits; the registry wakes us after each commit of some."""
    return defer_once("news")

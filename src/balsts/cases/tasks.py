"""Things to do in a case: made by staff or the platform, open until done, done once."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.assigning import colleagues
from balsts.cases.determining import tell
from balsts.cases.models import Case, Task
from balsts.law.engine.errors import DomainError

MOST = 200


def open_tasks(case: Case) -> QuerySet[Task]:
    """What is to be done in a case, the nearest day first; to be called in scope."""
    return case.tasks.filter(done_at=None).select_related("assigned_to").order_by("due_on", "made_at")


def my_tasks(who: Acting, most: int = 50) -> list[Task]:
    """What is to be done by who acts, in all their cases, the nearest day first; to be called in scope."""
    own = Task.objects.filter(done_at=None, assigned_to=who.staff, case__institution=who.institution)
    return list(own.select_related("case").order_by("due_on", "made_at")[:most])


def make_task(
    who: Acting, case: Case, *, key: uuid.UUID, detail: str, due_on: date | None, assigned_to: uuid.UUID | None = None
) -> Task:
    """Note something to do; the same `key` twice is one task.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        DomainError: nothing is said, too much, or it is for somebody who decides no cases there.
    """
    text = detail.strip()
    if not text or len(text) > MOST:
        raise DomainError(f"Say what is to be done, in at most {MOST} characters.")
    with in_scope(who):
        require("cases.work", who, case)
        if assigned_to is not None and not colleagues(who).filter(pk=assigned_to).exists():
            raise DomainError("Name somebody of the office who decides cases there today.")
        found, is_new = Task.objects.get_or_create(
            pk=key, defaults={"case": case, "kind": "todo", "about": key, "detail": text, "due_on": due_on,
                              "assigned_to_id": assigned_to},
        )  # fmt: skip
        if is_new:
            tell(case, "task_made", who, about=found.pk)
    return found


def finish_task(who: Acting, task: Task) -> None:
    """Note that something was done; noted twice, it was done once, by whoever was first."""
    with in_scope(who):
        require("cases.work", who, task.case)
        found = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if found.done_at is None:
            _finish(who, found)


def finish_kind(who: Acting, case: Case, kind: str) -> None:
    """Note that the open tasks of a kind in a case were done; to be called in scope."""
    for one in case.tasks.select_for_update(of=("self",)).filter(kind=kind, done_at=None):
        _finish(who, one)


def _finish(who: Acting, task: Task) -> None:
    task.done_at, task.done_by = timezone.now(), who.staff
    task.save(update_fields=["done_at", "done_by"])
    tell(task.case, "task_done", who, about=task.pk)

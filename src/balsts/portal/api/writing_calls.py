"""Tasks, notes and messages of a case."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.responses import Status

from balsts.access.acting import in_scope
from balsts.access.predicates import require
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Case, Message, Note, Task
from balsts.cases.tasks import finish_task, make_task
from balsts.cases.writing import mark_read, note, write
from balsts.portal.api.callers import Key, for_staff, once, opened_case, who_of
from balsts.portal.api.shapes import MessageIn, MessageOut, NoteIn, NoteOut, TaskIn, TaskOut
from balsts.portal.api.shown import message_out, task_out

router = Router()
_WHAT = "messages, notes and tasks of a case"
Made = TypeVar("Made", Task, Note, Message)


@router.get("/cases/{uuid:case}/tasks", response=list[TaskOut], tags=["cases"], summary="Tasks of a case")
def list_tasks(request: HttpRequest, case: uuid.UUID) -> list[TaskOut]:
    """What is to be done, and what was; for staff."""
    for_staff(request)
    with opened_case(request, case, _WHAT) as found:
        return [task_out(one) for one in found.tasks.order_by("made_at", "pk")]


@router.get("/cases/{uuid:case}/notes", response=list[NoteOut], tags=["cases"], summary="Notes in a case")
def list_notes(request: HttpRequest, case: uuid.UUID) -> list[NoteOut]:
    """What colleagues noted; for staff."""
    for_staff(request)
    with opened_case(request, case, _WHAT) as found:
        return [NoteOut.model_validate(one) for one in found.notes.order_by("at", "pk")]


@router.get("/cases/{uuid:case}/messages", response=list[MessageOut], tags=["cases"], summary="Messages in a case")
def list_messages(request: HttpRequest, case: uuid.UUID) -> list[MessageOut]:
    """What office and person wrote each other. Reading here marks nothing as read; `/read` does."""
    with opened_case(request, case, _WHAT) as found:
        return [message_out(one) for one in found.messages.order_by("at", "pk")]


@router.post("/cases/{uuid:case}/tasks", response={201: TaskOut}, tags=["cases"], summary="Note something to do")
def add_task(request: HttpRequest, case: uuid.UUID, body: TaskIn, key: Key) -> Status[TaskOut]:
    """Note something to do; the same key twice is one task."""
    who = for_staff(request)
    with opened_case(request, case, _WHAT) as found:
        made = _once(found, lambda: make_task(who, found, key=key, detail=body.detail, due_on=body.due_on,
                                                    assigned_to=body.assigned_to))  # fmt: skip
        return Status(201, task_out(made))


@router.post("/tasks/{uuid:task}/done", response=TaskOut, tags=["cases"], summary="Note that a task is done")
def finish(request: HttpRequest, task: uuid.UUID, key: Key) -> TaskOut:
    """Note that something was done; noted twice, it was done once, by whoever was first."""
    who = for_staff(request)
    with in_scope(who):
        case: uuid.UUID | None = Task.objects.filter(pk=task).values_list("case", flat=True).first()
    if case is None:
        raise Http404
    with opened_case(request, case, _WHAT) as found:
        once(request, key, lambda: finish_task(who, found.tasks.select_related("case").get(pk=task)))
        return task_out(found.tasks.get(pk=task))


@router.post("/cases/{uuid:case}/notes", response={201: NoteOut}, tags=["cases"], summary="Note for colleagues")
def add_note(request: HttpRequest, case: uuid.UUID, body: NoteIn, key: Key) -> Status[NoteOut]:
    """Note something for colleagues; the same key twice is one note."""
    who = for_staff(request)
    with opened_case(request, case, _WHAT) as found:
        return Status(201, NoteOut.model_validate(_once(found, lambda: note(who, found, body.text, key=key))))


@router.post("/cases/{uuid:case}/messages", response={201: MessageOut}, tags=["cases"], summary="Write a message")
def add_message(request: HttpRequest, case: uuid.UUID, body: MessageIn, key: Key) -> Status[MessageOut]:
    """Write to the person, or as the person to the office; the same key twice is one message."""
    who = who_of(request)
    waits = body.waits and who.terms is not None
    with opened_case(request, case, _WHAT) as found:
        return Status(201, message_out(_once(found, lambda: write(who, found, body.text, key=key, waits=waits))))


@router.post("/cases/{uuid:case}/messages/read", response=list[MessageOut], tags=["cases"],
             summary="Note that messages were read")  # fmt: skip
def read_messages(request: HttpRequest, case: uuid.UUID, key: Key) -> list[MessageOut]:
    """Note that what the other side wrote was read; of staff, by whoever works on the case."""
    who = who_of(request)
    with opened_case(request, case, _WHAT) as found:
        if who.terms is not None:
            require("cases.work", who, found)
        once(request, key, lambda: mark_read(who, found))
        return [message_out(one) for one in found.messages.order_by("at", "pk")]


def _once(case: Case, make: Callable[[], Made]) -> Made:
    """What a key makes in a case.

    Raises:
        CaseNotReady: the key has made something elsewhere.
    """
    try:
        with transaction.atomic():
            made = make()
    except IntegrityError:
        raise CaseNotReady("This Idempotency-Key was used before; use a new one. Nothing was changed.") from None
    if made.case_id != case.pk:
        raise CaseNotReady("This Idempotency-Key was used before; use a new one. Nothing was changed.")
    return made

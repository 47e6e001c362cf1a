"""Notes of staff for each other, and messages between an office and a person, in a case."""

from __future__ import annotations

import uuid

from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.predicates import require
from balsts.cases.determining import tell
from balsts.cases.models import Case, Message, Note, Task
from balsts.cases.tasks import finish_kind
from balsts.law.engine.errors import DomainError

MOST_NOTE, MOST_MESSAGE = 2000, 4000
ANSWER = "answer"
"""The kind of task that a person's message makes."""


def note(who: Acting, case: Case, text: str, *, key: uuid.UUID) -> Note:
    """Note something for colleagues; the same `key` twice is one note.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        DomainError: nothing is said, or too much.
    """
    said = _said(text, MOST_NOTE)
    with in_scope(who):
        require("cases.work", who, case)
        if who.staff is None:
            raise DomainError("Notes are written by members of staff.")
        found, is_new = Note.objects.get_or_create(pk=key, defaults={"case": case, "by_staff": who.staff, "text": said})
        if is_new:
            tell(case, "noted", who, about=found.pk)
    return found


def write(who: Acting, case: Case, text: str, *, key: uuid.UUID, waits: bool = False) -> Message:
    """Write to the person of a case, or as that person (or whoever may see their case) to the office.

    The same `key` twice is one message. A person's message makes a task to answer it, and ends that the case waits.

    Args:
        waits: of staff: whether the case waits for the answer.

    Raises:
        AccessDenied: the case is none of theirs.
        DomainError: nothing is said, or too much.
    """
    said = _said(text, MOST_MESSAGE)
    is_person = who.scope == "self"
    with in_scope(who):
        require("cases.read" if is_person else "cases.work", who, case)
        found, is_new = Message.objects.get_or_create(
            pk=key, defaults={"case": case, "by_staff": who.staff, "by_person": who.person, "text": said}
        )
    if not is_new:
        return found
    with in_scope(the_platform()):
        standing = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        tell(standing, "wrote", who, about=found.pk)
        if is_person:
            Task.objects.get_or_create(case=standing, kind=ANSWER, about=None, done_at=None,
                                       defaults={"assigned_to_id": standing.assigned_to_id})  # fmt: skip
            if standing.stage == Case.Stage.WAITING:
                _move(standing, _stage_after_waiting(standing))
        else:
            finish_kind(who, standing, ANSWER)
            if waits and standing.stage in (Case.Stage.RECEIVED, Case.Stage.ASSESSED):
                _move(standing, Case.Stage.WAITING)
    return found


def mark_read(who: Acting, case: Case) -> None:
    """Note that the other side's messages were read, once; to be called in scope."""
    unread = Message.objects.filter(case=case, read_at=None)
    other = unread.filter(by_person__isnull=True) if who.scope == "self" else unread.filter(by_staff__isnull=True)
    other.update(read_at=timezone.now())


def _stage_after_waiting(case: Case) -> str:
    return Case.Stage.ASSESSED if case.determinations.exists() else Case.Stage.RECEIVED


def _move(case: Case, stage: str) -> None:
    case.stage = stage
    case.save(update_fields=["stage"])


def _said(text: str, most: int) -> str:
    found = text.strip()
    if not found or len(found) > most:
        raise DomainError(f"Write something, in at most {most} characters.")
    return found

"""Tasks, notes and messages of a case, for staff."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from balsts.cases.assigning import colleagues
from balsts.cases.models import Message
from balsts.cases.tasks import finish_task, make_task
from balsts.cases.writing import mark_read, note, write
from balsts.law.engine.errors import DomainError
from balsts.portal.office.case_views import frame_of
from balsts.portal.office.conflicts import conflict
from balsts.portal.office.forms import MessageForm, NoteForm, TaskForm
from balsts.portal.office.opening import acting_of, for_case_workers, opened_case
from balsts.portal.office.showing import staff_names
from balsts.portal.persons.case import names_of


@require_http_methods(["GET", "POST"])
@for_case_workers
def new_task(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Note something to do."""
    who = acting_of(request)
    with opened_case(request, case, "tasks of a case") as found:
        form = TaskForm(list(colleagues(who)), request.POST or None)
        page = frame_of(who, found) | {"form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            make_task(who, found, key=said["key"], detail=said["detail"], due_on=said["due_on"],
                      assigned_to=uuid.UUID(said["assigned_to"]) if said["assigned_to"] else None)  # fmt: skip
        except DomainError as error:
            return conflict(request, found, error)
        return redirect(f"{reverse('case', args=[found.pk])}#tasks")
    return render(request, "portal/office/new_task.html", page)


@require_POST
@for_case_workers
def task_done(request: HttpRequest, case: uuid.UUID, task: uuid.UUID) -> HttpResponse:
    """Note that a task was done."""
    with opened_case(request, case, "tasks of a case") as found:
        one = found.tasks.filter(pk=task).first()
    if one is None:
        raise Http404
    try:
        finish_task(acting_of(request), one)
    except DomainError as error:
        return conflict(request, found, error)
    return redirect(f"{reverse('case', args=[found.pk])}#tasks")


@require_http_methods(["GET", "POST"])
@for_case_workers
def notes(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Notes for colleagues, and a new one."""
    who = acting_of(request)
    with opened_case(request, case, "notes of a case") as found:
        form = NoteForm(request.POST or None)
        written = list(found.notes.order_by("-at"))
        names = staff_names(one.by_staff for one in written)
        page = frame_of(who, found) | {"form": form, "notes": [(one, names.get(one.by_staff, "–")) for one in written]}
    if request.method == "POST" and form.is_valid():
        try:
            note(who, found, form.cleaned_data["text"], key=form.cleaned_data["key"])
        except DomainError as error:
            return conflict(request, found, error)
        return redirect(f"{reverse('case', args=[found.pk])}#notes")
    return render(request, "portal/office/notes.html", page)


@require_http_methods(["GET", "POST"])
@for_case_workers
def messages(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """What the office and the person wrote each other, and a new message."""
    who = acting_of(request)
    with opened_case(request, case, "messages of a case") as found:
        form = MessageForm(request.POST or None)
        page: dict[str, Any] = frame_of(who, found) | {"form": form, "messages": thread(found.messages.order_by("at"))}
        if page["may_work"]:
            mark_read(who, found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            write(who, found, said["text"], key=said["key"], waits=said["waits"])
        except DomainError as error:
            return conflict(request, found, error)
        return redirect("case_messages", found.pk)
    return render(request, "portal/office/messages.html", page)


def thread(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Messages of a case with who wrote them; to be called in scope."""
    written = list(messages)
    staff = staff_names(one.by_staff for one in written)
    persons = names_of({one.by_person for one in written if one.by_person})
    return [{"message": one, "is_staff": one.by_staff is not None, "by": _by(one, staff, persons)} for one in written]


def _by(one: Message, staff: dict[uuid.UUID, str], persons: dict[uuid.UUID, str]) -> str:
    if one.by_staff:
        return staff.get(one.by_staff, "–")
    return persons.get(one.by_person, "–") if one.by_person else "–"

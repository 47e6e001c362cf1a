"""An office's work: lists of cases, finding one, who works on what, who is away, figures, proposed changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import StringConstraints

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.log import log_access
from balsts.cases import assigning, changes
from balsts.cases.figures import AGES_DAYS, figures_of
from balsts.cases.models import Absence, Case, Change
from balsts.cases.tasks import my_tasks
from balsts.cases.worklists import Place, cases_found, counts, worklist
from balsts.portal.api.callers import Key, for_staff, once, opened_case, why_of
from balsts.portal.api.chain_shapes import ChangeOut, ConfirmIn, DecisionOut, DismissIn
from balsts.portal.api.office_shapes import (
    AbsenceIn,
    AbsenceOut,
    AgeOut,
    AssignIn,
    FiguresOut,
    FindIn,
    ListName,
    LoadOut,
    StaffOut,
    WorklistOut,
    WorkPage,
    WorkRow,
)
from balsts.portal.api.problems import Refused
from balsts.portal.api.shapes import CaseOut, Code, MonthDay, Stage, TaskOut
from balsts.portal.api.shown import case_out, case_row, change_out, decision_out, task_out, word
from balsts.portal.persons.case import names_of

router = Router()
_CHANGE = "a change: what was due and what is due now"
_LAST_ABSENCE = 2**63 - 1


def _worker(request: HttpRequest) -> Acting:
    """Who acts, of operations for staff who decide cases or hear appeals.

    Raises:
        AccessDenied: anybody else.
    """
    who = for_staff(request)
    if not (who.may("decide") or who.may("hear_appeals")):
        raise AccessDenied("Šī darbība ir lietu kārtotājiem.", "This is for those who work on cases.")
    return who


# -- lists ---------------------------------------------------------------------------------------------------------


@router.get("/worklists", response=list[WorklistOut], tags=["office"], summary="Lists of cases")
def list_worklists(request: HttpRequest) -> list[WorklistOut]:
    """The lists of the office with how many cases each has; 1001 stands for more than a thousand."""
    who = _worker(request)
    with in_scope(who):
        return [WorklistOut(name=word(name), count=number) for name, number in counts(who).items()]


@router.get("/worklists/{name}", response=WorkPage, tags=["office"], summary="A list of cases")
def read_worklist(
    request: HttpRequest, name: ListName, type_code: Annotated[Code | None, Query(alias="type")] = None,
    stage: Stage | None = None, names: bool = False,
    after: Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}-\d{2})?_[0-9a-f-]{36}$")] | None = None,
) -> WorkPage:  # fmt: skip
    """A page of a list. With `names`, each person is recorded as found, and staff say why they look."""
    who = _worker(request)
    place = Place.read(after) if after else None
    if after and place is None:
        raise Refused(422, "Give `next` of the page before as `after`.", [{"place": "query.after", "problem": "value"}])
    why = why_of(request) if names else ""
    with in_scope(who):
        page = worklist(who, name, type_code=type_code or "", stage=stage or "", after=place)
        rows = _rows(who, page.cases, f"names in a list of cases; {why}" if names else "")
    return WorkPage(items=rows, next=str(page.following) if page.following else None)


@router.post("/cases/find", response=list[WorkRow], tags=["office"], summary="Find cases")
def find(request: HttpRequest, body: FindIn) -> list[WorkRow]:
    """Cases of the office by number, or by whoever has to do with them. By POST: no name stands in an address.

    Everybody found stands in the record of who looked.
    """
    who, why = _worker(request), why_of(request)
    found = cases_found(who, number=body.number or "", code=body.personal_code or "", name=body.name or "", why=why)
    with in_scope(who):
        return _rows(who, found, "" if body.number else f"names in a list of cases; {why}")


def _rows(who: Acting, cases: Iterable[Case], detail: str) -> list[WorkRow]:
    """Cases of a list; with names where the record says so."""
    shown, names = list(cases), {}
    if detail:
        persons = [one.subject_id for one in shown if one.subject_id]
        log_access(who, "search_hit", persons, detail)
        names = names_of(persons)
    return [WorkRow(**case_row(one).model_dump(), assigned_to=one.assigned_to_id,
                    name=names.get(one.subject_id) if one.subject_id else None) for one in shown]  # fmt: skip


@router.get("/tasks", response=list[TaskOut], tags=["office"], summary="One's own tasks")
def list_my_tasks(request: HttpRequest) -> list[TaskOut]:
    """What is to be done by who calls, in all their cases, the nearest day first."""
    who = _worker(request)
    with in_scope(who):
        return [task_out(one) for one in my_tasks(who)]


@router.get("/figures", response=FiguresOut, tags=["office"], summary="Figures of the office")
def read_figures(request: HttpRequest, month: MonthDay | None = None) -> FiguresOut:
    """What is open, how old, who has it, and what was decided in a month; for whoever sees to the office's work."""
    found = figures_of(_worker(request), month or timezone.localdate().replace(day=1))
    return FiguresOut(
        counted_at=found.at, stages=found.stages, overdue=found.overdue, decided=found.decided,
        automatic=found.automatic,
        ages=[AgeOut(under_days=days, number=number) for days, number in
              zip([*AGES_DAYS, None], found.ages, strict=True)],
        loads=[LoadOut(staff=one.staff, to_do=one.to_do, overdue=one.overdue) for one in found.loads],
    )  # fmt: skip


# -- who works on what ---------------------------------------------------------------------------------------------


@router.get("/colleagues", response=list[StaffOut], tags=["office"], summary="Who decides cases here")
def list_colleagues(request: HttpRequest) -> list[StaffOut]:
    """Those who decide cases in the office today, for the same purpose."""
    who = _worker(request)
    with in_scope(who):
        return [StaffOut(id=one.pk, name=one.full_name) for one in assigning.colleagues(who)]


@router.post("/cases/{uuid:case}/take", response=CaseOut, tags=["office"], summary="Take a case")
def take(request: HttpRequest, case: uuid.UUID, key: Key) -> CaseOut:
    """Take a case that nobody has, or that of somebody who calls stands in for."""
    who = _worker(request)
    with opened_case(request, case, "taking a case") as found:
        once(request, key, lambda: assigning.take(who, found))
        return case_out(_again(found))


@router.post("/cases/{uuid:case}/give-back", response=CaseOut, tags=["office"], summary="Give a case back")
def give_back(request: HttpRequest, case: uuid.UUID, key: Key) -> CaseOut:
    """Give one's case back to the office."""
    who = _worker(request)
    with opened_case(request, case, "giving a case back") as found:
        once(request, key, lambda: assigning.give_back(who, found))
        return case_out(_again(found))


@router.post("/cases/{uuid:case}/assign", response=CaseOut, tags=["office"], summary="Assign a case")
def assign(request: HttpRequest, case: uuid.UUID, body: AssignIn, key: Key) -> CaseOut:
    """Assign a case to a colleague, or to nobody; by whoever sees to the office's work."""
    who = _worker(request)
    with opened_case(request, case, "assigning a case") as found:
        once(request, key, lambda: assigning.assign(who, found, body.staff))
        return case_out(_again(found))


def _again(case: Case) -> Case:
    return Case.objects.select_related("institution").get(pk=case.pk)


@router.get("/absences", response=list[AbsenceOut], tags=["office"], summary="Who is away")
def list_absences(request: HttpRequest) -> list[AbsenceOut]:
    """Who of the office is away now or later, and who stands in."""
    who = _worker(request)
    with in_scope(who):
        return [_absence(one) for one in assigning.absences(who)]


@router.post("/absences", response={201: AbsenceOut}, tags=["office"], summary="Enter an absence")
def be_absent(request: HttpRequest, body: AbsenceIn, key: Key) -> Status[AbsenceOut]:
    """Enter that one is away; of others, by whoever sees to the office's work."""
    who = _worker(request)
    made: list[Absence] = []

    def enter() -> None:
        made.append(assigning.be_absent(who, body.staff, body.since, body.until, body.substitute))

    with in_scope(who):
        once(request, key, enter)
        same = assigning.absences(who).filter(staff=body.staff, since=body.since, until=body.until).first()
        found = made[0] if made else same
        if found is None:
            raise Http404  # sent again, and removed meanwhile
        return Status(201, _absence(found))


@router.delete("/absences/{absence}", response={204: None}, tags=["office"], summary="Remove an absence")
def end_absence(
    request: HttpRequest, absence: Annotated[int, Path(ge=1, le=_LAST_ABSENCE)]
) -> Status[None]:  # fmt: skip
    """Remove an absence; one that is gone already stays gone."""
    assigning.end_absence(_worker(request), absence)
    return Status(204, None)


def _absence(one: Absence) -> AbsenceOut:
    return AbsenceOut(id=one.pk, staff=one.staff_id, since=one.since, until=one.until, substitute=one.substitute_id)


# -- proposed changes ----------------------------------------------------------------------------------------------


@router.post("/changes/{uuid:change}/confirm", response={201: DecisionOut}, tags=["changes"],
             summary="Confirm a change")  # fmt: skip
def confirm(request: HttpRequest, change: uuid.UUID, body: ConfirmIn, key: Key) -> Status[DecisionOut]:
    """Confirm a proposed change: the decision that replaces the one in force is drafted."""
    who = for_staff(request)
    with opened_case(request, _case_of_change(who, change), _CHANGE) as case:
        found = case.changes.select_related("case").get(pk=change)
        made = once(request, key, lambda: changes.confirm(who, found, reasons=body.reasons.strip()))
        return Status(201, decision_out(case.decisions.select_related("case").get(pk=made)))


@router.post("/changes/{uuid:change}/dismiss", response=ChangeOut, tags=["changes"], summary="Dismiss a change")
def dismiss(request: HttpRequest, change: uuid.UUID, body: DismissIn, key: Key) -> ChangeOut:
    """Dismiss a proposed change for a reason; the same is not proposed again while nothing else becomes known."""
    who = for_staff(request)
    with opened_case(request, _case_of_change(who, change), _CHANGE) as case:
        found = case.changes.select_related("case").get(pk=change)
        once(request, key, lambda: changes.dismiss(who, found, body.reason))
        return change_out(case.changes.get(pk=change), is_staff=True)


def _case_of_change(who: Acting, change: uuid.UUID) -> uuid.UUID:
    with in_scope(who):
        case: uuid.UUID | None = Change.objects.filter(pk=change).values_list("case", flat=True).first()
    if case is None:
        raise Http404
    return case

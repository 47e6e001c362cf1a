"""Cases of the demonstration: some in every stage, made by the same use cases as anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_person
from balsts.cases.appeals import contest
from balsts.cases.assessing import assess, draft
from balsts.cases.assigning import take
from balsts.cases.chain import check, notify, sign
from balsts.cases.models import Application, Case, Decision
from balsts.cases.opening import receive
from balsts.cases.tasks import make_task
from balsts.cases.writing import note, write

STAGES = ("received", "overdue", "taken", "waiting", "assessed", "drafted", "checked", "signed", "running", "contested")
"""What the cases have come to, one for each person given, the first for the first."""


def prepare_cases(worker: Acting, chief: Acting, persons: Sequence[uuid.UUID]) -> None:
    """Open a case for each person and bring it to the stage at the same place of `STAGES`."""
    for person, stage in zip(persons, STAGES, strict=True):
        _case(worker, chief, person, stage)


def _case(worker: Acting, chief: Acting, person: uuid.UUID, stage: str) -> None:
    today = timezone.localdate()
    received_on = today - timedelta(days=45 if stage == "overdue" else 3)
    case = receive(
        worker, "assistance", key=uuid.uuid4(), subject=person, since=_first_of(received_on), answers={},
        channel=Application.Channel.IN_PERSON, received_on=received_on,
    ).case  # fmt: skip
    if stage in ("received", "overdue"):
        return
    take(worker, case)
    if stage == "taken":
        make_task(worker, case, key=uuid.uuid4(), detail="Apskatīt mājokļa rēķinus", due_on=today + timedelta(days=2),
                  assigned_to=worker.staff)  # fmt: skip
    elif stage == "waiting":
        write(worker, case, "Lūdzu, iesniedziet pēdējo mājokļa rēķinu.", key=uuid.uuid4(), waits=True)
    else:
        _determined(worker, chief, case, person, stage)


def _determined(worker: Acting, chief: Acting, case: Case, person: uuid.UUID, stage: str) -> None:
    determination = assess(worker, case, seen=None)
    note(worker, case, "Dzīvesvieta apmeklēta, apstākļi atbilst iesniegumam.", key=uuid.uuid4())
    if stage == "assessed":
        return
    decision = draft(worker, case, determination=determination.pk, reasons="Izvērtēti visi iesniegtie dokumenti.")
    for reached, step in (("checked", check), ("signed", sign)):
        if stage == "drafted":
            return
        step(chief, _standing(worker, decision))
        if stage == reached:
            return
    notify(worker, _standing(worker, decision), on=timezone.localdate(), how="in_person")
    if stage == "contested":
        contest(the_person(person), _standing(worker, decision), key=uuid.uuid4(),
                grounds="Nav ņemts vērā, ka alga samazinājās.")  # fmt: skip
    else:
        write(the_person(person), case, "Vai varu mainīt konta numuru?", key=uuid.uuid4())


def _standing(who: Acting, decision: Decision) -> Decision:
    with in_scope(who):
        return Decision.objects.select_related("case", "determination", "replaces").get(pk=decision.pk)


def _first_of(day: date) -> date:
    return day.replace(day=1)

"""An office with a case in every state, for tests of its pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.test import Client

from balsts.access.acting import in_scope, the_person
from balsts.access.models import Appointment, StaffAccount
from balsts.cases.appeals import contest
from balsts.cases.models import Attachment, Case, Change, Decision, Determination, StoredFile, Task
from tests.access.people import RIGA
from tests.cases.situations import Home, applied, decided, head, home, worker
from tests.portal.visitors import with_second_factor
from tests.registry.situations import PLATFORM


def client_of(who, *, lang: str = "") -> Client:
    """A signed-in member of staff at work."""
    account = StaffAccount.objects.get(pk=who.staff)
    with_second_factor(account)
    client = Client(headers={"accept-language": lang} if lang else None)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    appointment = Appointment.objects.get(staff=account, institution=who.institution, role=who.role)
    session = client.session
    session["appointment"], session["purpose"] = appointment.pk, who.purpose
    session.save()
    return client


@dataclass
class Matter:
    """A household with a case that was decided, and all that can hang on it."""

    home: Home
    case: Case
    decision: Decision
    task: Task
    attachment: Attachment
    change: uuid.UUID
    appeal: uuid.UUID | None = None


def matter(municipality: str = RIGA, surname: str = "Bērziņa") -> Matter:
    """A decided case with a task, a document, a notice and a proposed change."""
    found = home(municipality, surname)
    decision = decided(worker(municipality), head(municipality), found.mother)
    with in_scope(PLATFORM):
        task = Task.objects.create(case=decision.case, kind="todo", about=uuid.uuid4(), detail="Piezvanīt")
        content = f"%PDF-1.7 {surname}".encode()
        file = StoredFile.objects.create(
            sha256=f"{uuid.uuid4().hex}{uuid.uuid4().hex}", size=len(content), content=content
        )
        attachment = Attachment.objects.create(case=decision.case, kind="bills", name=f"{surname}.pdf",
                                               media_type="application/pdf", file=file)  # fmt: skip
        determination = decision.determination_id
        change = Change.objects.create(case=decision.case, before_id=determination, after_id=determination,
                                       cause=Determination.Cause.FACT)  # fmt: skip
    return Matter(found, decision.case, decision, task, attachment, change.pk)


def contested(found: Matter) -> Matter:
    """The same, with its decision contested."""
    appeal = contest(the_person(found.home.mother.pk), found.decision, key=uuid.uuid4(), grounds="Alga ir mazāka.")
    found.appeal = appeal.pk
    return found


def received(municipality: str = RIGA, surname: str = "Ozola", on: date = date(2026, 2, 10)) -> Case:
    """A case that was just opened."""
    return applied(worker(municipality), home(municipality, surname).mother).case

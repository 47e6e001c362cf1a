"""The register of providers: applying for registration, what the office enters, changes and ends, complaints."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import Form
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.responses import Status

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.models import Institution
from balsts.access.predicates import require
from balsts.cases import complaints, organisations
from balsts.cases.entries import entries_of
from balsts.cases.models import Application, Case, Complaint, Decision
from balsts.portal.api.callers import Key, for_staff, once, opened_case, who_of
from balsts.portal.api.chain_shapes import DecisionOut
from balsts.portal.api.problems import Refused
from balsts.portal.api.provider_shapes import (
    AnswerComplaintIn,
    AuthorityIn,
    ComplaintOut,
    EndIn,
    EnterIn,
    EntryFullOut,
    HandOverIn,
    ProviderDraftIn,
    ProviderDraftOut,
    ProviderDraftSaveIn,
    RegistrationOut,
    RenameIn,
)
from balsts.portal.api.shapes import ApplicationOut
from balsts.portal.api.shown import application_out, decision_out, document_out
from balsts.portal.providers.forms import EntryForm, ProviderForm
from balsts.services import drafts, registering

router = Router()
_WHAT = "a case"
_MOST = 100


# -- applying ------------------------------------------------------------------------------------------------------


def _applicant(request: HttpRequest) -> Acting:
    """Who applies: a resident, or whoever keeps the register.

    Raises:
        AccessDenied: other staff.
    """
    who = who_of(request)
    if who.terms is not None and (who.purpose != registering.PURPOSE or not who.may("decide")):
        raise AccessDenied("Iesniegumus reģistram ievada tā uzturētājs.", "Keepers of the register enter applications.")
    return who


@router.post("/provider-drafts", response={201: ProviderDraftOut}, tags=["providers"], summary="Begin for a provider")
def begin(request: HttpRequest, body: ProviderDraftIn, key: Key) -> Status[ProviderDraftOut]:
    """Begin an application for registration; only who began it sees it."""
    who = _applicant(request)
    made = once(request, key, lambda: drafts.begin(who, _checked(body)))
    return Status(201, _out(who, made))


@router.get("/provider-drafts/{uuid:draft}", response=ProviderDraftOut, tags=["providers"],
            summary="An application for registration")  # fmt: skip
def read_draft(request: HttpRequest, draft: uuid.UUID) -> ProviderDraftOut:
    """What it says so far; 404 once it was sent. Documents are handed in at `/drafts/{draft}/documents`."""
    return _out(_applicant(request), draft)


@router.put("/provider-drafts/{uuid:draft}", response=ProviderDraftOut, tags=["providers"], summary="Save it")
def save(request: HttpRequest, draft: uuid.UUID, body: ProviderDraftSaveIn, key: Key) -> ProviderDraftOut:
    """Save an application for registration, whole; 409 where it was saved elsewhere since `version`."""
    who = _applicant(request)
    with in_scope(who):
        found = drafts.draft_of(who, draft)
        if found is None:
            raise Http404
        once(request, key, lambda: drafts.save(who, found, _checked(body), body.version))
    return _out(who, draft)


@router.post("/provider-drafts/{uuid:draft}/send", response={201: ApplicationOut}, tags=["providers"],
             summary="Send it")  # fmt: skip
def send(request: HttpRequest, draft: uuid.UUID, key: Key) -> Status[ApplicationOut]:
    """Send an application for registration: once, also where it is sent in the portal at the same time."""
    who = _applicant(request)

    def sent() -> Application | None:
        found = drafts.draft_of(who, draft)
        return drafts.send(who, found) if found else drafts.sent(who, draft)

    once(request, key, sent)
    application = drafts.sent(who, draft)
    if application is None:
        raise Http404
    return Status(201, application_out(application, application.case))


def _checked(body: ProviderDraftIn) -> dict[str, object]:
    """The answers as the forms of the pages read them.

    Raises:
        Refused: something is no answer, or nothing that is asked.
    """
    form = ProviderForm({"provider": body.provider, "number": body.number} | body.answers)
    places = [f"body.answers.{name}" for name in body.answers if name not in form.fields]
    places += _wrong(form, "body.answers")
    entries = []
    for number, fields in enumerate(body.entries):
        entry = EntryForm(fields)
        places += [f"body.entries.{number}.{name}" for name in fields if name not in entry.fields]
        places += _wrong(entry, f"body.entries.{number}")
        entries.append(entry)
    if places:
        raise Refused(422, "Some answers do not fit: see `places` and /case-types.",
                      [{"place": one, "problem": "value"} for one in places[:20]])  # fmt: skip
    return form.answers() | {"entries": [one.entry() for one in entries]}


def _wrong(form: Form, place: str) -> list[str]:
    return [f"{place}.{name}" for name in form.errors]


def _out(who: Acting, draft: uuid.UUID) -> ProviderDraftOut:
    found = drafts.draft_of(who, draft)
    if found is None:
        raise Http404
    said = dict(found.answers)
    entries, provider, number = said.pop("entries", []), said.pop("provider"), said.pop("number")
    return ProviderDraftOut(
        id=found.pk, version=found.version, updated_at=found.updated_at, provider=provider, number=number,
        answers=said, entries=entries, documents=[document_out(one) for one in drafts.documents_of(who, found)],
    )  # fmt: skip


# -- the office that keeps the register ----------------------------------------------------------------------------


@contextmanager
def _opened(request: HttpRequest, case: uuid.UUID) -> Iterator[Case]:
    """A case of registration, for whoever keeps the register; for all others there is none."""
    who = for_staff(request)
    with opened_case(request, case, _WHAT) as found:
        if found.type != registering.TYPE or who.purpose != registering.PURPOSE:
            raise Http404
        require("cases.enter", who)
        yield found


@router.get("/cases/{uuid:case}/registration", response=RegistrationOut, tags=["providers"],
            summary="A case of registration")  # fmt: skip
def read_registration(request: HttpRequest, case: uuid.UUID) -> RegistrationOut:
    """What the application asks for and what is entered of the provider, with what is not public."""
    with _opened(request, case) as found:
        body = found.organisation
        assert body is not None
        application, today = found.applications.earliest("submitted_at"), timezone.localdate()
        entries = entries_of(registering.the_register(), organisation=body.pk)
        return RegistrationOut(
            case=found.pk, number=found.number, provider=body.name, registration_number=body.registration_number,
            is_verified=organisations.is_verified(found.pk), asked=application.answers["entries"],
            entries=[EntryFullOut(key=one.key, since=one.since, until=one.until, fields=dict(one.fields))
                     for one in entries if one.until > today],
        )  # fmt: skip


@router.post("/cases/{uuid:case}/registration/authority", response=RegistrationOut, tags=["providers"],
             summary="The right to act is verified")  # fmt: skip
def verify_authority(request: HttpRequest, case: uuid.UUID, body: AuthorityIn, key: Key) -> RegistrationOut:
    """Note that somebody has seen a proof that whoever applied may act for the provider."""
    with _opened(request, case) as found:
        once(request, key, lambda: organisations.verify_authority(who_of(request), found, body.how))
    return read_registration(request, case)


@router.post("/cases/{uuid:case}/registration/name", response=RegistrationOut, tags=["providers"],
             summary="Mend the provider's name")  # fmt: skip
def rename(request: HttpRequest, case: uuid.UUID, body: RenameIn, key: Key) -> RegistrationOut:
    """Know the provider by another name from now on."""
    with _opened(request, case) as found:
        once(request, key, lambda: organisations.rename(who_of(request), found, body.name))
    return read_registration(request, case)


@router.post("/cases/{uuid:case}/registration/entries", response={201: DecisionOut}, tags=["providers"],
             summary="Draft what is entered")  # fmt: skip
def enter(request: HttpRequest, case: uuid.UUID, body: EnterIn, key: Key) -> Status[DecisionOut]:
    """Draft the decision that enters services at addresses, or changes what is entered."""
    with _opened(request, case) as found:
        made = once(request, key, lambda: registering.draft_registration(
            who_of(request), found, body.enter, since=body.since, reasons=body.reasons, changes=body.change,
        ))  # fmt: skip
        return Status(201, _decision(found, made))


@router.post("/cases/{uuid:case}/registration/end", response={201: DecisionOut}, tags=["providers"],
             summary="Draft what is removed")  # fmt: skip
def end(request: HttpRequest, case: uuid.UUID, body: EndIn, key: Key) -> Status[DecisionOut]:
    """Draft the decision that removes entries. A refusal is drafted at `/cases/{case}/decisions`."""
    with _opened(request, case) as found:
        made = once(request, key, lambda: registering.draft_removal(
            who_of(request), found, body.keys, ground=body.ground, since=body.since, reasons=body.reasons))  # fmt: skip
        return Status(201, _decision(found, made))


def _decision(case: Case, made: uuid.UUID) -> DecisionOut:
    return decision_out(Decision.objects.select_related("case").get(pk=made, case=case))


# -- complaints ----------------------------------------------------------------------------------------------------


@router.get("/complaints", response=list[ComplaintOut], tags=["complaints"], summary="Complaints of the office")
def list_complaints(request: HttpRequest) -> list[ComplaintOut]:
    """What waits for an answer, the nearest day first, at most 100."""
    who = for_staff(request)
    with in_scope(who):
        return [_complaint(one) for one in complaints.complaints_of(who)[:_MOST]]


@router.post("/complaints/{uuid:complaint}/answer", response=ComplaintOut, tags=["complaints"],
             summary="Answer a complaint")  # fmt: skip
def answer(request: HttpRequest, complaint: uuid.UUID, body: AnswerComplaintIn, key: Key) -> ComplaintOut:
    """Answer a complaint, once."""
    who = for_staff(request)
    with in_scope(who):
        found = _found(who, complaint)
        once(request, key, lambda: complaints.answer(who, found, body.result))
        return _complaint(_found(who, complaint))


@router.post("/complaints/{uuid:complaint}/hand-over", response={204: None}, tags=["complaints"],
             summary="Hand a complaint over")  # fmt: skip
def hand_over(request: HttpRequest, complaint: uuid.UUID, body: HandOverIn, key: Key) -> Status[None]:
    """Hand a complaint to the institution that it concerns; it is gone from here then."""
    who = for_staff(request)

    def over() -> None:
        to = Institution.objects.filter(pk=body.institution).first()
        if to is None:
            raise Refused(422, "There is no such institution.", [{"place": "body.institution", "problem": "unknown"}])
        complaints.hand_over(who, _found(who, complaint), to, body.reason)

    with in_scope(who):
        once(request, key, over)
    return Status(204, None)


def _found(who: Acting, complaint: uuid.UUID) -> Complaint:
    found = Complaint.objects.filter(pk=complaint).select_related("organisation").first()
    if found is None:
        raise Http404
    require("cases.answer_complaint", who, found)
    return found


def _complaint(one: Complaint) -> ComplaintOut:
    body = one.organisation
    return ComplaintOut(
        id=one.pk, number=one.number, registration_number=body.registration_number if body else None,
        channel=one.channel, text=one.text, received_on=one.received_on, due_on=one.due_on,
        answered_at=one.answered_at, result=one.result,
    )  # fmt: skip

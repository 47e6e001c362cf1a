"""Applications that are being written: begun, answered page by page, with documents, sent once or thrown away."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import rules
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.responses import Status

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.cases import drafts, forms
from balsts.cases.answers import Shown
from balsts.cases.attachments import MOST_BYTES, hand_in, take_back
from balsts.cases.models import Application, Attachment, Draft
from balsts.cases.types.reading import case_types
from balsts.portal.api.callers import Key, once, opened_case, to_be_saved, who_of, why_of
from balsts.portal.api.draft_shapes import (
    AnswerOut,
    DocumentOut,
    DraftIn,
    DraftOut,
    DraftRow,
    EvidenceOut,
    KnownOut,
    MonthKnown,
    SendIn,
    SheetIn,
    SheetOut,
)
from balsts.portal.api.problems import Refused
from balsts.portal.api.shapes import ApplicationOut, Code
from balsts.portal.api.shown import application_out, document_out, text
from balsts.portal.applications.opening import Opened, draft_in_scope, draft_of

router = Router()
_WHAT = "an application"
_SAVED = {media: {"schema": {"type": "string"}} for media in ("application/pdf", "image/jpeg", "image/png")}
_MOST_LISTED = 100


def _applicant(request: HttpRequest) -> Acting:
    """Who applies: a resident, or staff who decide cases.

    Raises:
        AccessDenied: the role of staff decides none.
        Refused: staff have not said why.
    """
    who = who_of(request)
    if who.terms is not None:
        require("cases.enter", who)
    why_of(request)
    return who


@contextmanager
def _opened(request: HttpRequest, draft: uuid.UUID) -> Iterator[Opened]:
    with draft_in_scope(_applicant(request), draft, f"{_WHAT}; {why_of(request)}") as found:
        yield found


@router.get("/drafts", response=list[DraftRow], tags=["drafts"], summary="Applications that were begun")
def list_drafts(request: HttpRequest) -> list[DraftRow]:
    """What who calls has begun and not sent, the newest first; for organisations too."""
    return [_row(one) for one in drafts.drafts_of(_applicant(request))[:_MOST_LISTED]]


@router.post("/drafts", response={201: DraftOut}, tags=["drafts"], summary="Begin an application")
def begin(request: HttpRequest, body: DraftIn, key: Key) -> Status[DraftOut]:
    """Begin an application for oneself or for whom one represents; or, as staff, for somebody."""
    who = _applicant(request)
    declared = case_types().get(body.type)
    if declared is None or declared.subject == "organisation":
        raise Refused(422, "There is no such case type for persons; see /case-types.",
                      [{"place": "body.type", "problem": "unknown"}])  # fmt: skip
    with in_scope(who):
        if not rules.test_rule("registry.read", who, body.subject):
            raise Http404
        made = once(request, key, lambda: drafts.begin(who, body.type, body.subject, channel=body.channel,
                                                       received_on=body.received_on))  # fmt: skip
    with _opened(request, made) as found:
        return Status(201, _out(found))


@router.get("/drafts/{uuid:draft}", response=DraftOut, tags=["drafts"], summary="An application being written")
def read_draft(request: HttpRequest, draft: uuid.UUID) -> DraftOut:
    """Its pages with what is known and answered, and its documents; 404 once it was sent."""
    with _opened(request, draft) as found:
        return _out(found)


@router.put("/drafts/{uuid:draft}/pages/{page}", response=DraftOut, tags=["drafts"], summary="Answer a page")
def answer(request: HttpRequest, draft: uuid.UUID, page: str, body: SheetIn, key: Key) -> DraftOut:
    """Save the answers of a page, whole; 409 where the draft was saved elsewhere since `version`."""
    with _opened(request, draft) as found:
        once(request, key, lambda: _save(found, page, body))
    with _opened(request, draft) as found:
        return _out(found)


def _save(opened: Opened, page: str, body: SheetIn) -> Draft:
    sheet = opened.sheet(page)
    by_name = {(one.question.code, one.about): one for one in sheet.fields}
    typed: dict[str, str] = {}
    for number, one in enumerate(body.answers):
        field = by_name.get((one.question, one.about))
        if field is None:
            raise Refused(422, "This page does not ask that.",
                          [{"place": f"body.answers.{number}.question", "problem": "unknown"}])  # fmt: skip
        typed[field.name] = one.value
        if one.is_right is not None:
            typed[field.right_name] = "true" if one.is_right else "false"
    if errors := opened.fill(sheet, typed):
        raise Refused(422, " ".join(dict.fromkeys(one.en for one in errors.values())),
                      [{"place": f"body.answers.{one}", "problem": "value"} for one in list(errors)[:20]])  # fmt: skip
    return drafts.save(opened.who, opened.draft, opened.answers, body.version)


@router.delete("/drafts/{uuid:draft}", response={204: None}, tags=["drafts"], summary="Throw an application away")
def throw_away(request: HttpRequest, draft: uuid.UUID) -> Status[None]:
    """Throw an application away that was not sent, with its documents; 404 where it is gone already."""
    who = _applicant(request)
    drafts.throw_away(who, draft_of(who, draft))
    return Status(204, None)


@router.post(
    "/drafts/{uuid:draft}/send", response={201: ApplicationOut}, tags=["drafts"], summary="Send an application"
)
def send(request: HttpRequest, draft: uuid.UUID, body: SendIn, key: Key) -> Status[ApplicationOut]:
    """Send it: once, also where it is sent in the portal at the same time. 422 names what is missing."""
    who = _applicant(request)
    with transaction.atomic():
        made = once(request, key, lambda: _sent(request, draft, body.version))
    with in_scope(who):
        application = Application.objects.select_related("case").get(pk=made)
        return Status(201, application_out(application, application.case))


def _sent(request: HttpRequest, draft: uuid.UUID, version: int) -> Application:
    who = who_of(request)
    if sent := drafts.sent_by(who, draft):
        return sent
    with _opened(request, draft) as found:
        forms.prune(found.declared, found.circle, found.answers)
        places = [f"pages.{sheet.code}" for sheet, _ in forms.missing(found.declared, found.circle, found.answers)]
        places += [f"documents.{one.code}" for one in found.lacking]
        if places:
            raise Refused(422, "Something is missing: see `places`. Nothing was sent.",
                          [{"place": one, "problem": "missing"} for one in dict.fromkeys(places)][:20])  # fmt: skip
        if wrong := forms.refused(found.declared, found.circle, found.answers):
            raise Refused(422, "The form has changed since: answer these anew. Nothing was sent.",
                          [{"place": f"answers.{one}", "problem": "value"} for one in wrong[:20]])  # fmt: skip
        found.answers.details["is_true"] = "true"
        kept = drafts.save(who, found.draft, found.answers, version)
    return drafts.send(who, kept, kept.version)


# -- documents -----------------------------------------------------------------------------------------------------


@contextmanager
def _with_documents(request: HttpRequest, draft: uuid.UUID) -> Iterator[tuple[Draft, set[str]]]:
    """A draft of who calls, of a person or of an organisation, with the codes of the documents that it may have."""
    who = _applicant(request)
    with in_scope(who):
        found = Draft.objects.filter(pk=draft, subject=None).first()
    if found is not None:
        with in_scope(who):
            yield found, {one.code for one in drafts.declared_of(found).evidence}
        return
    with _opened(request, draft) as opened:
        yield opened.draft, {one.code for one in opened.evidence}


@router.post("/drafts/{uuid:draft}/documents", response={201: DocumentOut}, tags=["documents"],
             summary="Hand a document in")  # fmt: skip
def hand_indocument_out(
    request: HttpRequest, draft: uuid.UUID, kind: Annotated[Code, Form()],
    document: Annotated[UploadedFile, File(description="PDF, JPEG or PNG, at most 10 MB")], key: Key,
) -> Status[DocumentOut]:  # fmt: skip
    """Hand in a document with an application; it is looked through before it is kept, and refused (422) with why."""
    content, name = document.read(MOST_BYTES + 1), document.name or ""
    said = f"{kind}\n{name}\n{hashlib.sha256(content).hexdigest()}".encode()
    with _with_documents(request, draft) as (found, kinds):
        if kind not in kinds:
            raise Refused(422, "This application asks for no such document.",
                          [{"place": "form.kind", "problem": "unknown"}])  # fmt: skip
        made = once(request, key, lambda: hand_in(who_of(request), found, kind, name, content), said)
        return Status(201, document_out(_documents().get(pk=made)))


@router.delete("/drafts/{uuid:draft}/documents/{uuid:document}", response={204: None}, tags=["documents"],
               summary="Take a document back")  # fmt: skip
def take_document_back(request: HttpRequest, draft: uuid.UUID, document: uuid.UUID) -> Status[None]:
    """Take a document back that was not sent yet; one that is gone already stays gone."""
    with _with_documents(request, draft) as (found, _kinds):
        take_back(who_of(request), found, document)
    return Status(204, None)


@router.get("/documents/{uuid:document}", response={200: None}, tags=["documents"], summary="A document handed in",
            openapi_extra={"responses": {200: {"content": _SAVED}}})  # fmt: skip
def readdocument_out(request: HttpRequest, document: uuid.UUID) -> HttpResponse:
    """The document as it was handed in, of a case or of an application that is being written."""
    who, why = who_of(request), why_of(request)
    with in_scope(who):
        found = Attachment.objects.select_related("file", "case", "draft").filter(pk=document).first()
        if found is None:
            raise Http404
        about = found.case or found.draft
        subjects = [about.subject_id] if about and about.subject_id else []
        log_access(who, "read", subjects, f"document handed in; {why}")
        return to_be_saved(bytes(found.file.content), found.media_type, found.name)


@router.get("/cases/{uuid:case}/documents", response=list[DocumentOut], tags=["documents"],
            summary="Documents of a case")  # fmt: skip
def list_documents(request: HttpRequest, case: uuid.UUID) -> list[DocumentOut]:
    """What was handed in, first first."""
    with opened_case(request, case, "document handed in") as found:
        return [document_out(one) for one in _documents().filter(case=found).order_by("received_at", "pk")]


def _documents() -> QuerySet[Attachment]:
    return Attachment.objects.select_related("file").defer("file__content")


# -- shown ---------------------------------------------------------------------------------------------------------


def _row(one: Draft) -> DraftRow:
    return DraftRow(id=one.pk, type=one.type, subject=one.subject_id, version=one.version, updated_at=one.updated_at)


def _out(opened: Opened) -> DraftOut:
    there = {one.kind for one in opened.documents}
    return DraftOut(
        **_row(opened.draft).model_dump(), received_on=opened.received_on, pages=[_sheet(opened, one) for one in
                                                                                 opened.sheets],
        evidence=[EvidenceOut(code=one.code, title=text(one.title), is_required=one.is_required,
                              is_there=one.code in there) for one in opened.evidence],
        documents=[document_out(one) for one in opened.documents],
    )  # fmt: skip


def _sheet(opened: Opened, sheet: forms.Sheet) -> SheetOut:
    open_ones = [one for one in sheet.fields if one.question.is_required
                 and not opened.answers.is_answered(one.question.code, one.about)]  # fmt: skip
    return SheetOut(code=sheet.code, title=text(sheet.title), about=sheet.about, is_done=not open_ones,
                    questions=[_answer(opened, one) for one in sheet.fields])  # fmt: skip


def _answer(opened: Opened, one: forms.Field) -> AnswerOut:
    code, about = one.question.code, one.about
    return AnswerOut(
        question=code, about=about, kind=one.kind, title=text(one.question.title),
        is_required=one.question.is_required, choices=list(one.choices), value=opened.answers.value(code, about),
        is_confirmed=opened.answers.is_confirmed(code, about), known=_known(opened.known.get((code, about))),
    )  # fmt: skip


def _known(one: Shown | None) -> KnownOut | None:
    if one is None:
        return None
    months = [MonthKnown(month=month, value=value) for month, value in one.months]
    return KnownOut(value=one.value, origin=one.origin, as_of=date.fromisoformat(one.as_of), months=months)

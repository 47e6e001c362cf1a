"""Applications that are being written: begun, saved so that two tabs cannot mix, sent once, or thrown away."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

import rules
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Institution
from balsts.access.predicates import require
from balsts.cases.answers import Answers
from balsts.cases.attachments import move_to_case
from balsts.cases.models import Application, Attachment, Draft
from balsts.cases.opening import receive
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type, case_types
from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import first_day, month_from, month_text
from balsts.law.engine.vocabulary import Month, month_number

CHANNELS = (Application.Channel.IN_PERSON, Application.Channel.POST, Application.Channel.PHONE)
"""How an application comes that staff enter."""


class ChangedElsewhere(DomainError):
    """A draft that was saved in another tab, or by another device, since it was opened."""


def types_for(who: Acting) -> list[CaseType]:
    """What who acts may apply for, or enter for somebody: staff, only what their office decides in their role."""
    types = [one for one in case_types().values() if one.subject != "organisation"]
    if who.terms is None:
        return sorted(types, key=lambda one: one.name.lv)
    assert who.institution is not None
    office = Institution.objects.filter(pk=who.institution).values_list("kind", "code").first() or ("", "")
    mine = [one for one in types if one.office in office and rules.test_rule("cases.enter_type", who, one.code)]
    return sorted(mine, key=lambda one: one.name.lv)


def begin(
    who: Acting, type_code: str, subject: uuid.UUID, *, channel: str = "", received_on: date | None = None
) -> Draft:
    """Begin an application for somebody; its identifier makes a second sending harmless.

    Args:
        channel: how it came, where staff enter it.

    Raises:
        AccessDenied: who acts may not apply for that person, or enter this type.
    """
    with in_scope(who):
        require_may(who, type_code, subject)
        answers = Answers()
        if who.terms is not None:
            day = received_on or timezone.localdate()
            answers.details |= {"channel": channel or Application.Channel.IN_PERSON, "received_on": day.isoformat()}
        return Draft.objects.create(
            type=type_code, subject_id=subject, by_person=who.person, by_staff=who.staff,
            institution=who.institution, answers=answers.as_json(),
        )  # fmt: skip


def require_may(who: Acting, type_code: str, subject: uuid.UUID) -> None:
    """Go on only when who acts may apply for somebody, or enter this type.

    Raises:
        AccessDenied: they may not.
    """
    if who.terms is None:
        require("cases.apply", who, subject)
    else:
        require("cases.enter_type", who, type_code)
        require("registry.read", who, subject)


def drafts_of(who: Acting) -> list[Draft]:
    """What who acts has begun and not sent, the newest first."""
    with in_scope(who):
        own = Draft.objects.filter(by_person=who.person) if who.terms is None else Draft.objects.filter(
            by_staff=who.staff, institution=who.institution)  # fmt: skip
        return list(own.order_by("-updated_at"))


def save(who: Acting, draft: Draft, answers: Answers, version: int) -> Draft:
    """Save answers, unless somebody has since the page was opened.

    Args:
        version: that of the draft when the page was opened.

    Raises:
        ChangedElsewhere: it was saved since.
    """
    with in_scope(who):
        done = Draft.objects.filter(pk=draft.pk, version=version).update(
            answers=answers.as_json(), version=version + 1, updated_at=timezone.now()
        )
        if not done:
            raise ChangedElsewhere("The draft was saved elsewhere since this page was opened; open it anew.")
        return Draft.objects.get(pk=draft.pk)


def throw_away(who: Acting, draft: Draft) -> None:
    """Throw an application away that was not sent, with its documents."""
    with in_scope(who):
        Attachment.objects.filter(draft=draft).delete()
        draft.delete()


def send(who: Acting, draft: Draft, version: int) -> Application:
    """Send an application: once, however often the button is pressed.

    Raises:
        AccessDenied: who acts may not apply for that person any more.
        ChangedElsewhere: it was saved since the answers were checked.
        DomainError: no office is there for them.
    """
    with in_scope(who):
        held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if held is None:
            sent = sent_by(who, draft.pk)
            if sent is None:
                raise ChangedElsewhere("The draft is gone; begin a new application.")
            return sent
        if held.version != version:
            raise ChangedElsewhere("The draft was saved elsewhere since its answers were checked; check them anew.")
        assert held.subject_id is not None
        require_may(who, held.type, held.subject_id)
        answers = Answers.from_json(held.answers)
        received_on = received_day(answers)
        application = receive(
            who, held.type, key=held.pk, subject=held.subject_id, since=since_of(answers, received_on),
            answers=held.answers, channel=_channel(who, answers),
            received_on=received_on, institution=_office(who, held),
        )  # fmt: skip
        move_to_case(who, held, application.case)
        held.delete()
        return application


def _channel(who: Acting, answers: Answers) -> str:
    return Application.Channel.PORTAL if who.terms is None else answers.details["channel"]


def _office(who: Acting, draft: Draft) -> Institution | None:
    return Institution.objects.get(pk=draft.institution) if who.terms and draft.institution else None


def sent_by(who: Acting, key: uuid.UUID) -> Application | None:
    """An application that was sent, by the identifier of its draft; only where who acts may see its case."""
    with in_scope(who):
        return Application.objects.filter(key=key).select_related("case").first()


def received_day(answers: Answers) -> date:
    """The day an application came: today, or what staff say of one on paper."""
    found = answers.details.get("received_on")
    return date.fromisoformat(found) if found else timezone.localdate()


def since_of(answers: Answers, received_on: date) -> date:
    """The first day of the first month asked for; left out, that of the month in which the application came."""
    said = answers.value("since", "")
    return first_day(month_from(said)) if said else received_on.replace(day=1)


def months_asked(declared: CaseType, received_on: date) -> Iterable[str]:
    """The months for which an application may ask, the newest first: that in which it came and some before."""
    newest = month_number(received_on.year, received_on.month)
    return [month_text(Month(newest - one)) for one in range(declared.grant.back_months + 1)]


def declared_of(draft: Draft) -> CaseType:
    """The case type of a draft."""
    return case_type(draft.type)

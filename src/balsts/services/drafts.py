"""Applications for registration that are being written: begun, saved, come back to, sent once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.predicates import require
from balsts.cases.attachments import move_to_case
from balsts.cases.models import Application, Attachment, Draft
from balsts.cases.organisations import organisation
from balsts.law.engine.errors import DomainError
from balsts.services import registering

CHANNEL_OF_STAFF = "in_person"


class DraftChanged(DomainError):
    """The draft was saved elsewhere meanwhile: in another window."""


def begin(who: Acting, answers: Mapping[str, Any]) -> Draft:
    """Begin an application of a provider; only who began it sees it.

    Raises:
        AccessDenied: who acts may not apply for a provider.
    """
    with in_scope(who):
        require("cases.apply_for_organisation" if who.scope == "self" else "cases.enter", who)
        return Draft.objects.create(type=registering.TYPE, by_person=who.person, by_staff=who.staff,
                                    institution=who.institution, answers=dict(answers))  # fmt: skip


def draft_of(who: Acting, key: uuid.UUID) -> Draft | None:
    """A draft that who acts began; None where there is none."""
    with in_scope(who):
        return Draft.objects.filter(pk=key, type=registering.TYPE).first()


def documents_of(who: Acting, draft: Draft) -> list[Attachment]:
    """The documents handed in with an application that is being written, without their content, first first."""
    with in_scope(who):
        found = Attachment.objects.filter(draft=draft).select_related("file").defer("file__content")
        return list(found.order_by("received_at", "pk"))


def save(who: Acting, draft: Draft, answers: Mapping[str, Any], version: int) -> None:
    """Save what is answered so far.

    Args:
        version: of the draft that the answers were made from.

    Raises:
        DraftChanged: it was saved meanwhile.
    """
    with in_scope(who):
        saved = Draft.objects.filter(pk=draft.pk, version=version)
        if not saved.update(answers=dict(answers), version=version + 1, updated_at=timezone.now()):
            raise DraftChanged(
                "The application was changed in another window; nothing was saved. See what it says now."
            )


def send(who: Acting, draft: Draft) -> Application:
    """Send an application. Sent twice it is one; the draft is gone afterwards.

    Raises:
        EntryRefused: it asks for no entry, or for one that does not follow the register's declaration.
    """
    with in_scope(who):
        held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        given = dict((held or draft).answers)
        offers, number = given.pop("entries", []), given.pop("number")
        channel = Application.Channel.PORTAL if who.scope == "self" else CHANNEL_OF_STAFF
        application = registering.apply(
            who, organisation(number, given["provider"]), key=draft.pk, since=date.fromisoformat(given["since"]),
            answers=given, offers=offers, channel=channel,
        )  # fmt: skip
        if held is not None:
            move_to_case(who, held, application.case)
            held.delete()
    return application


def sent(who: Acting, key: uuid.UUID) -> Application | None:
    """The application that who acts made of a draft; None where they made none."""
    with in_scope(the_platform()):
        return (
            Application.objects.filter(key=key, by_person=who.person, by_staff=who.staff)
            .select_related("case", "case__organisation")
            .first()
        )

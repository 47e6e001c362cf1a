"""Cards and certificates that decisions give: issued, issued anew, taken back; verified by a yes or a no alone."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.predicates import require
from balsts.cases.determining import tell
from balsts.cases.errors import CardRefused
from balsts.cases.models import Card, Decision
from balsts.cases.terms import day_after_years
from balsts.cases.types.declaration import CardKind
from balsts.cases.types.reading import case_type, case_types
from balsts.registry.models import Person

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIZE = 12
"""So many letters of 32 cannot be found by trying: 2 to the power of 60."""
_MOST_REASON = 200


def issue(who: Acting, decision: Decision, kind: str, person: Person, *, since: date) -> Card:
    """Give a person a card of a kind that the case type declares, for the years that it declares.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CardRefused: no such kind, the decision is not signed, or the person has a card of the kind in these days.
    """
    declared = _declared(decision, kind)
    with in_scope(who):
        require("cases.work", who, decision.case)
        valid = DateRange(since, day_after_years(since, declared.valid_years))
        return _issued(who, decision, kind, person, valid, "card_issued")


def issue_again(who: Acting, card: Card, why: str) -> Card:
    """Take a card back and give another one for the days that are left, with a number of its own.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CardRefused: it is taken back already, has run out, or no reason is given.
    """
    with in_scope(who):
        require("cases.work", who, card.case)
        today = timezone.localdate()
        if card.valid.upper <= today:
            raise CardRefused(f"Card {card.number} has run out; a new one needs a decision.")
        _take_back(card, why)
        left = DateRange(max(today, card.valid.lower), card.valid.upper)
        new = _issued(who, card.decision, card.kind, card.person, left, "card_issued_again")
        card.replaced_by = new
        card.save(update_fields=["replaced_by"])
        return new


def revoke(who: Acting, card: Card, why: str) -> None:
    """Take a card back: from this moment it is not valid.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CardRefused: it is taken back already, or no reason is given.
    """
    with in_scope(who):
        require("cases.work", who, card.case)
        _take_back(card, why)
        tell(card.case, "card_revoked", who, about=card.pk)


def verify(kind: str, number: str, on: date) -> bool:
    """Whether a card with this number is valid on a day. Nothing else is told to whoever asks."""
    with in_scope(the_platform()):
        found = Card.objects.filter(kind=kind, number=plain(number), valid__contains=on, revoked_at__isnull=True)
        return found.exists()


def kinds() -> dict[str, CardKind]:
    """Every kind of card that case types give, by its code."""
    return {one.code: one for declared in case_types().values() for one in declared.cards}


def plain(number: str) -> str:
    """A number of a card as it is kept, however it was typed."""
    return "".join(number.split()).replace("-", "").upper()


def _declared(decision: Decision, kind: str) -> CardKind:
    for one in case_type(decision.case.type).cards:
        if one.code == kind:
            return one
    raise CardRefused(f"Decision {decision.number}: its case type gives no card of the kind {kind}.")


def _issued(who: Acting, decision: Decision, kind: str, person: Person, valid: DateRange, event: str) -> Card:
    number = "".join(secrets.choice(_LETTERS) for _ in range(_SIZE))
    card = Card(kind=kind, number=number, person=person, case=decision.case, decision=decision, valid=valid)
    try:
        with transaction.atomic():
            card.save(force_insert=True)
    except IntegrityError as error:
        if "one_card_of_a_kind_at_a_time" in str(error):
            raise CardRefused("The person has a card of this kind in these days; take it back first.") from None
        if "decision that is signed" in str(error):
            raise CardRefused(f"Decision {decision.number}: a card is given to a person of the case when the decision "
                              "is signed.") from None  # fmt: skip
        raise
    tell(decision.case, event, who, about=card.pk)
    return card


def _take_back(card: Card, why: str) -> None:
    if not why.strip():
        raise CardRefused(f"Card {card.number}: say why it is taken back.")
    changed = Card.objects.filter(pk=card.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_because=why.strip()[:_MOST_REASON]
    )
    if not changed:
        raise CardRefused(f"Card {card.number} is taken back already.")
    card.refresh_from_db()

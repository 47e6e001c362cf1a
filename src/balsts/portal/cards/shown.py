"""Cards in words: what they are, whose, for which days, and whether they count today."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from balsts.cases.cards import kinds
from balsts.cases.models import Card
from balsts.portal.words import in_language, upper_first

_LETTERS = 4


@dataclass(frozen=True)
class CardShown:
    """A card as a page shows it; its kind can be verified where a case type still declares it."""

    card: Card
    title: str
    number: str
    whose: str
    state: str
    is_valid: bool
    can_be_verified: bool


def cards_shown(cards: Iterable[Card], names: Mapping[uuid.UUID, str]) -> list[CardShown]:
    """Cards, those that count first, then the newest."""
    known, today = kinds(), timezone.localdate()
    found = []
    for one in cards:
        declared = known.get(one.kind)
        title = upper_first(in_language(declared.name)) if declared else one.kind
        number = " ".join(one.number[place : place + _LETTERS] for place in range(0, len(one.number), _LETTERS))
        is_valid = one.revoked_at is None and today in one.valid
        state = _("taken back") if one.revoked_at else _("valid") if is_valid else (
            _("not valid yet") if today < one.valid.lower else _("has run out")
        )  # fmt: skip
        found.append(
            CardShown(one, title, number, names.get(one.person_id, "–"), state, is_valid, declared is not None)
        )
    return sorted(found, key=lambda row: (not row.is_valid, -row.card.valid.lower.toordinal()))

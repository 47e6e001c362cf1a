"""Doubtful facts that staff establish: which there are, and values as staff write them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from balsts.cases.determining import doubts_of
from balsts.cases.models import Determination
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import calendar_day
from balsts.portal.words import CHOICES, in_language, upper_first
from balsts.registry.fact_types import BY_KEY

_FLAGS = {"jā": "true", "yes": "true", "true": "true", "nē": "false", "no": "false", "false": "false"}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_NONE = ("nav", "none")


@dataclass(frozen=True)
class Doubtful:
    """A fact that cannot be relied on, of a person or the household."""

    key: str
    about: str
    whose: str

    @property
    def choice(self) -> tuple[str, str]:
        """The value and the words of it in a list to choose from."""
        one = BY_KEY[self.key].input
        words = [str(CHOICES.get((self.key, name), name)) for name in one.choice_names] if one.kind == "choice" else []
        asked = f": {', '.join(words)}" if words else ""
        return f"{self.key} {self.about}", f"{upper_first(in_language(one))} ({self.whose}){asked}"


def doubtful(newest: Determination | None, names: Mapping[uuid.UUID, str]) -> list[Doubtful]:
    """The doubtful facts of a determination, each once."""
    found = {
        (one["key"], one["about"]): Doubtful(
            one["key"], one["about"], names.get(uuid.UUID(one["about"]), _("the household"))
        )
        for one in (doubts_of(newest) if newest else ())
        if one["key"] in BY_KEY
    }
    return list(found.values())


def value_from(key: str, text: str) -> str | None:
    """A value as a household file has it, from how staff write it; None: there is none.

    Raises:
        ValueError: it is none of its kind.
    """
    one, written = BY_KEY[key].input, text.strip()
    if not written:
        raise ValueError
    if written.lower() in _NONE:
        return None
    if one.kind == "money":
        return written.replace(" ", "").replace(",", ".")
    if one.kind == "flag":
        if written.lower() not in _FLAGS:
            raise ValueError
        return _FLAGS[written.lower()]
    if one.kind == "day":
        return _day(written)
    return _choice(one, written) if one.kind == "choice" else written


def _day(written: str) -> str:
    if found := _DAY.fullmatch(written):
        day, month, year = map(int, found.groups())
        return date(year, month, day).isoformat()
    return calendar_day(written).isoformat()


def _choice(one: Input, written: str) -> str:
    for name in one.choice_names:
        if written.lower() in (name, str(CHOICES.get((one.key, name), name)).lower()):
            return name
    raise ValueError

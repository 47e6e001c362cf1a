"""The means declaration (iztikas līdzekļu deklarācija, MK 809 annex 2), prepared from what registers say.

Of each member, the income of the full months before the application; the person confirms or contradicts each line, and
whoever assesses the case sees both sides.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from balsts.cases.answers import Answers, Shown
from balsts.cases.circle import Circle
from balsts.cases.types.declaration import CaseType
from balsts.law.engine.quantities import cents_from, euros, first_day, month_text, round_half_up
from balsts.law.engine.vocabulary import Month, month_number
from balsts.registry.fact_types import BY_KEY, DECLARATION
from balsts.registry.models import Fact
from balsts.registry.recording import days
from balsts.registry.selectors import entries_of, known_facts

NO_AMOUNT = "0.00"


@dataclass(frozen=True)
class MeansLine:
    """One kind of income of one member: what registers say, and what the person says.

    `state`: confirmed, contradicted, declared (no register told), or open (not answered yet).
    """

    person: str
    key: str
    shown: Shown | None
    said: str | None
    state: str


def income_keys(declared: CaseType) -> tuple[str, ...]:
    """The kinds of income whose average of the window counts."""
    return tuple(one.key for one in declared.facts if one.is_averaged)


def window_of(declared: CaseType, since: date) -> list[Month]:
    """The full months before the first month asked for."""
    first = month_number(since.year, since.month)
    return [Month(first - declared.grant.window_months + one) for one in range(declared.grant.window_months)]


def income_known(declared: CaseType, circle: Circle, since: date) -> dict[tuple[str, str], Shown]:
    """The income that registers told, without a doubt, of every month of the window: months and their average."""
    keys, window = income_keys(declared), window_of(declared, since)
    if not keys or not window:
        return {}
    during = days(first_day(window[0]), first_day(Month(window[-1] + 1)))
    standing = entries_of(None, circle.visible)
    numbers = [BY_KEY[key].number for key in keys]
    facts = list(known_facts(None, standing, None, during).filter(type__in=numbers).exclude(origin__code=DECLARATION))
    found = {}
    for person in circle.visible:
        own = [one for one in facts if one.person_id and standing[one.person_id] == person]
        for key in keys:
            shown = _of_window([one for one in own if one.type == BY_KEY[key].number], window)
            if shown is not None:
                found[key, str(person)] = shown
    return found


def _of_window(facts: list[Fact], window: Iterable[Month]) -> Shown | None:
    """The average of a kind of income; nothing where a month is not told, or told otherwise by two."""
    months: list[tuple[str, str]] = []
    used: list[Fact] = []
    for month in window:
        told = [one for one in facts if first_day(month) in one.valid]
        values = {one.value or NO_AMOUNT for one in told}
        if len(values) != 1 or any(one.status != Fact.Status.KNOWN for one in told):
            return None
        months.append((month_text(month), values.pop()))
        used += told
    total = sum(cents_from(value) for _, value in months)
    as_of = min(one.recorded.lower for one in used).date()
    return Shown(euros(round_half_up(total, len(months))), used[0].origin.code, as_of.isoformat(), tuple(months))


def lines(declared: CaseType, persons: Iterable[uuid.UUID], answers: Answers) -> list[MeansLine]:
    """The declaration as it stands in the answers, both sides of each line."""
    return [_line(str(person), key, answers) for person in persons for key in income_keys(declared)]


def _line(person: str, key: str, answers: Answers) -> MeansLine:
    shown, said = answers.shown.get(key, {}).get(person), answers.value(key, person)
    if answers.is_confirmed(key, person):
        state = "confirmed"
    elif said is None:
        state = "open"
    else:
        state = "contradicted" if shown and said != shown.value else "declared"
    return MeansLine(person, key, shown, said, state)


def total(found: Iterable[MeansLine]) -> str:
    """What all lines come to a month: what the person says, and else what registers say."""
    cents = sum(cents_from(one.said or (one.shown.value if one.shown else NO_AMOUNT)) for one in found)
    return euros(cents)


def by_person(found: Iterable[MeansLine]) -> Mapping[str, list[MeansLine]]:
    """Lines of each member, in their order."""
    grouped: dict[str, list[MeansLine]] = {}
    for one in found:
        grouped.setdefault(one.person, []).append(one)
    return grouped


# -- both sides, for whoever assesses ------------------------------------------------------------------------------


@dataclass(frozen=True)
class BothSides:
    """What registers say of one thing and what the person says of it.

    Attributes:
        about: whom it is about; empty for the household.
        told: what registers say now; where they tell no more, what the form showed; None where they never told.
        said: what the person said; None where they confirmed what was shown, or answered nothing.
        confirmed: what was shown and confirmed.
    """

    key: str
    about: str
    told: Shown | None
    said: str | None
    confirmed: Shown | None

    @property
    def counted(self) -> str | None:
        """What the person stands by: what they said, or what they confirmed."""
        return self.said if self.said is not None else self.confirmed.value if self.confirmed else None

    @property
    def is_contradicted(self) -> bool:
        """Whether registers say otherwise than the person; also where they do so since it was confirmed."""
        return self.told is not None and self.counted is not None and self.counted != self.told.value


def both_sides(
    declared: CaseType, persons: Iterable[uuid.UUID], answers: Answers, known: Mapping[tuple[str, str], Shown]
) -> list[BothSides]:
    """Both sides of the declaration: of each person each kind of income of which somebody said something, and beside it
    every other fact of the form on which registers and the person differ.

    Args:
        known: what registers say now (`prefill.known_for`).
    """
    keys = income_keys(declared)
    income = [_both(key, str(person), answers, known) for person in persons for key in keys]
    others = [_both(key, about, answers, known) for key, found in sorted(answers.values.items()) if key not in keys
              for about in sorted(found)]  # fmt: skip
    spoken_of = [one for one in income if one.told or one.counted is not None]
    return spoken_of + [one for one in others if one.is_contradicted]


def _both(key: str, about: str, answers: Answers, known: Mapping[tuple[str, str], Shown]) -> BothSides:
    shown = answers.shown.get(key, {}).get(about)
    confirmed = shown if answers.is_confirmed(key, about) else None
    return BothSides(key, about, known.get((key, about), shown), answers.value(key, about), confirmed)

"""The facts that a determination rests on, each with its source and the day it was learnt."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.cases.homes import homes_of
from balsts.cases.law_in_force import inputs_read, law_in_force
from balsts.cases.letter_words import months_words
from balsts.cases.models import Determination
from balsts.cases.timeline import month_of_day
from balsts.cases.types.reading import case_type
from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.texts import Text
from balsts.law.engine.quantities import calendar_day, calendar_words, first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.fact_types import BY_NUMBER, DECLARATION, WORKER
from balsts.registry.models import Fact
from balsts.registry.selectors import entries_of, known_facts, members_during

_ORIGINS = {
    DECLARATION: Text("Jūsu deklarācija", "your declaration"),
    WORKER: Text("iestādes konstatēts", "found by the office"),
    "load": Text("sākotnējā datu ielāde", "first load of data"),
}
_YES = {"lv": {"true": "jā", "false": "nē"}, "en": {"true": "yes", "false": "no"}}
_NONE = {"lv": "nav", "en": "none"}


@dataclass(frozen=True)
class UsedFact:
    """A fact of a person or (None) of the household; of a window, with the months of it in which it says the same."""

    person: uuid.UUID | None
    fact: Fact
    months: tuple[Month, ...] = ()

    def title(self, lang: str) -> str:
        """What it is, and of which months."""
        one = BY_NUMBER[self.fact.type].input
        words = one.lv if lang == "lv" else one.en
        when = f", {months_words(self.months[0], self.months[-1], lang)}" if self.months else ""
        return words[:1].upper() + words[1:] + when

    @property
    def is_of_nothing(self) -> bool:
        """Whether it says that there is none, or no."""
        return self.fact.value is None or self.fact.value.lower() in ("false", "0", "0.00", "none")

    def told(self, lang: str) -> str:
        """Who told it, and on which day."""
        code = self.fact.origin.code
        name = _ORIGINS[code] if code in _ORIGINS else REGISTERS[code].holder if code in REGISTERS else Text(code, code)
        assert self.fact.recorded.lower is not None
        on: date = timezone.localdate(self.fact.recorded.lower)
        return f"{name.in_language(lang)}, {calendar_words(on, lang)}"

    def value(self, lang: str) -> str:
        """What it says, in words."""
        one, value = BY_NUMBER[self.fact.type].input, self.fact.value
        if value is None:
            return _NONE[lang]
        if one.kind == "money":
            return f"{value.replace('.', ',') if lang == 'lv' else value} €"
        if one.kind == "day":
            return calendar_words(calendar_day(value), lang)
        if one.kind == "flag":
            return _YES[lang][value.lower()]
        if one.choices is not None:
            choice = one.choices[value.upper()]
            return choice.lv if lang == "lv" else choice.en
        return value


def facts_used(determination: Determination) -> Iterator[UsedFact]:
    """Facts that the law reads for the case, as known when it was determined: of the first month, and of the window."""
    case, at = determination.case, determination.knowledge_at
    declared = case_type(case.type)
    first = month_of_day(determination.months.lower)
    read = inputs_read(law_in_force(), first, declared.codes)
    averaged = {one.key for one in declared.facts if one.is_averaged}
    size = declared.grant.window_months
    window_end = month_of_day(determination.anchor) if determination.anchor else first
    assert case.household_id is not None
    assert case.subject_id is not None
    (household,) = homes_of(declared, case.subject_id, case.household_id, [first], at)
    during = DateRange(first_day(Month(min(window_end - size, first))), first_day(Month(first + 1)))
    first_days = DateRange(first_day(first), first_day(Month(first + 1)))
    members = [one.person_id for one in members_during(household, first_days, at)]
    standing = entries_of(at, members)
    facts = known_facts(at, standing, household, during).filter(status=Fact.Status.KNOWN)
    for fact in facts.order_by("household", "person", "type", "valid", "origin__rank"):
        key = BY_NUMBER[fact.type].key
        person = standing[fact.person_id] if fact.person_id else None
        if key not in read:
            continue
        if size and key in averaged:
            window = [Month(one) for one in range(window_end - size, window_end)]
            months = tuple(one for one in window if first_day(one) in fact.valid)
            if months:
                yield UsedFact(person, fact, months)
        elif first_day(first) in fact.valid:
            yield UsedFact(person, fact)

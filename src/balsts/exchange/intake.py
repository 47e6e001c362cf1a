"""From what registers told to statements of the registry. To be called as the platform, a message to a transaction.

What could not be had never takes away what was known: a value known before becomes stale, and only where nothing was
known does the absence itself stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from psycopg.types.range import DateRange

from balsts.exchange.contract import FactStatus
from balsts.exchange.facts import RegisterFact
from balsts.exchange.periods import Period, pieces
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, Household, Person, Source
from balsts.registry.recording import ALWAYS
from balsts.registry.selectors import known
from balsts.registry.use_cases import state_fact

_STATUS = {
    FactStatus.KNOWN: Fact.Status.KNOWN,
    FactStatus.STALE: Fact.Status.STALE,
    FactStatus.PARTIAL: Fact.Status.PARTIAL,
    FactStatus.MISSING: Fact.Status.MISSING,
    FactStatus.UNAVAILABLE: Fact.Status.UNAVAILABLE,
    FactStatus.UNREADABLE: Fact.Status.UNREADABLE,
    # Entries of one register that contradict each other: what it means to say cannot be read.
    FactStatus.CONTRADICTORY: Fact.Status.UNREADABLE,
}
_WORST_FIRST = (
    FactStatus.UNREADABLE, FactStatus.CONTRADICTORY, FactStatus.UNAVAILABLE, FactStatus.MISSING, FactStatus.STALE,
    FactStatus.PARTIAL, FactStatus.KNOWN,
)  # fmt: skip
_NOT_TOLD = (FactStatus.UNAVAILABLE, FactStatus.UNREADABLE)
_NEVER_CHANGES = ("born", "sex")


def record_facts(person: Person, source: Source, facts: Iterable[RegisterFact]) -> int:
    """State the facts of a person that a register told, or could not tell; returns how many statements that took.

    Ties to other persons and facts of the household are left to others.
    """
    number = 0
    for fact in facts:
        if fact.name in BY_KEY and not _is_of_the_household(fact):
            number += _record(fact, source, person, None)
    return number


def record_household_facts(household: Household, source: Source, facts: Iterable[RegisterFact]) -> int:
    """State the facts of a household that a register told of its members: what it tells alike of all of them."""
    by_name: dict[str, list[RegisterFact]] = {}
    for fact in facts:
        if _is_of_the_household(fact):
            by_name.setdefault(fact.name, []).append(fact)
    number = 0
    for told in by_name.values():
        number += sum(_record(fact, source, None, household) for fact in _of_all_members(told))
    return number


def _of_all_members(told: list[RegisterFact]) -> Iterator[RegisterFact]:
    whole = Period(min(fact.period.since for fact in told), _latest(told))
    for piece in pieces(whole, [(fact.period, (fact.status, fact.value)) for fact in told]):
        if not piece.values:
            continue
        status = min((status for status, _ in piece.values), key=_WORST_FIRST.index)
        values = {value for _, value in piece.values}
        if len(values) > 1 and status is FactStatus.KNOWN:
            status = FactStatus.PARTIAL  # members differ: which one holds for the household must be asked
        value = values.pop() if len(values) == 1 else None
        yield RegisterFact(
            told[0].personal_code, told[0].name, value, piece.period, status, told[0].is_derived, told[0].source
        )


def _latest(told: list[RegisterFact]) -> date | None:
    ends = [fact.period.until for fact in told]
    return None if None in ends else max(end for end in ends if end is not None)


def _is_of_the_household(fact: RegisterFact) -> bool:
    return CATALOGUE.by_key[fact.name].entity == "household"


def _record(fact: RegisterFact, source: Source, person: Person | None, household: Household | None) -> int:
    known_before = _known_before(fact, source, person, household) if fact.status in _NOT_TOLD else []
    number = 0
    for piece in pieces(fact.period, known_before):
        if piece.values:
            # More than one cannot be: of one origin one statement is believed for a day.
            value, status, certainty = piece.values[0]
            stale = Fact.Status.STALE if status == Fact.Status.KNOWN else status
            state_fact(source, fact.name, value, _days(piece.period), person=person, household=household,
                       status=stale, certainty=certainty)  # fmt: skip
        else:
            certainty = Fact.Certainty.DERIVED if fact.is_derived else Fact.Certainty.CONFIRMED
            state_fact(source, fact.name, fact.value, _valid(fact, piece.period), person=person,
                       household=household, status=_STATUS[fact.status], certainty=certainty)  # fmt: skip
        number += 1
    return number


def _known_before(
    fact: RegisterFact, source: Source, person: Person | None, household: Household | None
) -> list[tuple[Period, tuple[str | None, int, int]]]:
    """What this origin told before for days on which it now tells nothing."""
    believed = known(Fact).filter(
        person=person, household=household, type=BY_KEY[fact.name].number, origin=source.origin,
        valid__overlap=_days(fact.period), status__in=(Fact.Status.KNOWN, Fact.Status.STALE, Fact.Status.PARTIAL),
    )  # fmt: skip
    return [
        (Period(one.valid.lower or fact.period.since, one.valid.upper), (one.value, one.status, one.certainty))
        for one in believed
    ]


def _valid(fact: RegisterFact, period: Period) -> DateRange:
    return ALWAYS if fact.name in _NEVER_CHANGES and fact.status is FactStatus.KNOWN else _days(period)


def _days(period: Period) -> DateRange:
    return DateRange(period.since, period.until)

"""Who is who, as the population register tells: codes, names, addresses and ties. To be called as the platform."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from balsts.access.models import Municipality
from balsts.exchange.periods import Period
from balsts.exchange.population_register.contract import CivilRecord
from balsts.registry.models import Identifier, Person, PersonName, Relation, Source
from balsts.registry.recording import ALWAYS, days, withdraw
from balsts.registry.selectors import known
from balsts.registry.use_cases import state_address, state_code, state_name, state_relation

_SCHEME = "personal_code"
Tie = tuple[Person, Period]


def person_with_code(code: str) -> Person | None:
    """Who has a personal code, or had it."""
    return persons_with_codes([code]).get(code)


def persons_with_codes(codes: Iterable[str]) -> dict[str, Person]:
    """Who has personal codes, or had them: by code; whoever has one now before whoever had it."""
    found = known(Identifier).filter(scheme=_SCHEME, value__in=list(codes)).order_by("valid")
    return {one.value: one.person for one in found.select_related("person")}


def person_known_by_code(code: str, source: Source) -> Person:
    """Who has a personal code; entered by it alone when nobody has."""
    person = person_with_code(code)
    if person is None:
        person = Person()
        person.save(force_insert=True)
        state_code(person, source, code)
    return person


def record_identity(person: Person, source: Source, record: CivilRecord, on: date) -> None:
    """State what an entry of the population register says of a person's identity and ties.

    Args:
        source: must give a reason, for ties that the register no longer holds are withdrawn.
        on: the day of the message; what has no day of its own in the entry holds from it when it differs from before.
    """
    has_code = known(Identifier).filter(person=person, scheme=_SCHEME).exists()
    state_code(person, source, record.personal_code, days(on) if has_code else ALWAYS)
    has_name = known(PersonName).filter(person=person).exists()
    state_name(
        person, source, given_names=record.given_names, surname=record.surname, valid=days(on) if has_name else ALWAYS
    )
    for one in record.addresses:
        code = one.municipality if Municipality.objects.filter(code=one.municipality).exists() else None
        state_address(person, source, text=one.address, municipality=code, valid=days(one.since, one.until))
    parents: list[Tie] = [
        (person_known_by_code(code, source), Period(record.born, None)) for code in record.parent_codes
    ]
    _record_ties(person, source, "parent", parents)
    marriages = [one for one in record.marriages if one.spouse_code is not None]
    spouses: list[Tie] = [(person_known_by_code(str(one.spouse_code), source), one.period()) for one in marriages]
    _record_ties(person, source, "partner", spouses)
    guardians: list[Tie] = [
        (person_known_by_code(one.guardian_code, source), one.period()) for one in record.guardianships
    ]
    _record_ties(person, source, "guardian", guardians)


def _record_ties(person: Person, source: Source, kind: str, ties: Iterable[Tie]) -> None:
    """State ties of a kind, and withdraw those that the register told before and no longer tells."""
    wanted = {
        (other.pk, valid.lower, valid.upper): (other, valid)
        for other, period in ties
        for valid in [days(period.since, period.until)]
    }
    told = known(Relation).filter(person=person, kind=kind, source__origin=source.origin)
    for old in told:
        if (old.other_id, old.valid.lower, old.valid.upper) in wanted:
            wanted.pop((old.other_id, old.valid.lower, old.valid.upper))
            continue
        withdraw(old, source)
        for mirrored in known(Relation).filter(person=old.other_id, other=person, kind="partner", valid=old.valid):
            if kind == "partner":
                withdraw(mirrored, source)
    for other, valid in wanted.values():
        state_relation(source, kind, person, other, valid)

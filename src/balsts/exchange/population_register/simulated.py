"""What the simulated population register tells of a person."""

from __future__ import annotations

from datetime import date

from balsts.exchange.periods import Period
from balsts.exchange.population_register.contract import (
    CivilRecord,
    DeclaredAddress,
    Guardianship,
    Marriage,
    Residence,
    ResidenceKind,
)
from balsts.exchange.simulation import identities
from balsts.exchange.simulation.people import Person

_KINDS: dict[str, ResidenceKind] = {
    "citizen": "citizen",
    "permanent": "permanent",
    "temporary": "temporary",
    "refugee": "refugee",
    "alternative": "alternative",
    "ukraine_civilian": "temporary_protection",
}
_FIRST_DAY_OF_PROTECTION = date(2022, 3, 4)
_FIRST_DAY_OF_THE_43 = date(2021, 7, 1)
"""Codes of municipalities in a population file are those of the classification in force since this day."""


def record(person: Person, _window: Period) -> CivilRecord:
    """The person's entry. Adopters stand as the parents, as in the real register."""
    sex = person["sex"]
    adopters = [person.code_in("adoptive_parent_1_id"), person.code_in("adoptive_parent_2_id")]
    parents = [person.code_in("parent_1_id"), person.code_in("parent_2_id")]
    return CivilRecord(
        personal_code=person.code,
        former_codes=person.former_codes,
        merged_into=person.merged_into,
        given_names=identities.given_name(person.person_id, sex),
        surname=identities.surname(person["household_id"], sex),
        born=person["born"],
        died=person["died"],
        sex=sex,
        residences=(_residence(person),),
        addresses=_addresses(person),
        marriages=_marriages(person),
        parent_codes=tuple(code for code in (adopters if any(adopters) else parents) if code),
        guardianships=_guardianships(person),
    )


def _residence(person: Person) -> Residence:
    kind = _KINDS[person["resident_status"] or "citizen"]
    if kind == "citizen":
        return Residence(since=person["born"], kind=kind)
    since = person.months_ago("residence", 13, 60)
    earliest = max(_FIRST_DAY_OF_PROTECTION, person["born"])
    return Residence(since=max(since, earliest) if kind == "temporary_protection" else since, kind=kind)


def _addresses(person: Person) -> tuple[DeclaredAddress, ...]:
    municipality = person["municipality"]
    if municipality is None:
        return ()
    household = person["household_id"]
    house, flat = person.number("house", 200, of=household) + 1, person.number("flat", 90, of=household) + 1
    since = max(_FIRST_DAY_OF_THE_43, person.months_ago("address", 13, 180))
    return (DeclaredAddress(since=since, municipality=municipality, address=f"Parauga iela {house}-{flat}"),)


def _marriages(person: Person) -> tuple[Marriage, ...]:
    if not person["is_married"]:
        return ()
    partner = person["partner_id"]
    couple = person.person_id if partner is None else min(person.person_id, partner)
    years = 2 + person.number("marriage", 8, of=couple)
    since = max(person["born"], person.today.replace(year=person.today.year - years, day=1))
    return (Marriage(since=since, spouse_code=person.code_in("partner_id")),)


def _guardianships(person: Person) -> tuple[Guardianship, ...]:
    guardian = person.code_in("guardian_id")
    if guardian is None:
        return ()
    since = person["care_granted_on"] or person.months_ago("guardianship", 13, 100)
    return (Guardianship(since=since, guardian_code=guardian),)

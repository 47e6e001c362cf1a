"""Persons and households of tests, by named situations."""

from __future__ import annotations

from datetime import date

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.registry.models import Household, Person, Source
from balsts.registry.recording import days, new_source
from balsts.registry.use_cases import new_household, register_person, state_address

LONG_AGO = date(2022, 1, 1)
PLATFORM = the_platform()


def declaration(reason: str = "") -> Source:
    """What a household states."""
    return new_source("declaration", "declaration 1", reason=reason)


def finding(reason: str = "") -> Source:
    """What a member of staff has established."""
    return new_source("worker", "case file 1", reason=reason)


def somebody(
    given_names: str = "Anna", surname: str = "Bērziņa", *, born: str = "1990-05-04", sex: str = "f",
    municipality: str | None = None, who: Acting = PLATFORM,
) -> Person:  # fmt: skip
    """A person, declared in a municipality when one is named."""
    with in_scope(who):
        source = declaration()
        person = register_person(who, source, given_names=given_names, surname=surname, born=born, sex=sex)
        if municipality:
            state_address(person, source, text="Brīvības iela 1", municipality=municipality, valid=days(LONG_AGO))
    return person


def household_of(*members: Person) -> Household:
    """Those who live together since long ago."""
    with in_scope(PLATFORM):
        return new_household(declaration(), members, LONG_AGO)

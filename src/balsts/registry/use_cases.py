"""Everything that members of staff write about persons. Each takes who acts, asks the rules, and leaves a record."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import schwifty
from django.db import transaction
from django.utils import timezone
from psycopg.types.range import DateRange
from schwifty.exceptions import SchwiftyException

from balsts.access.acting import Acting, in_scope
from balsts.access.log import Action, log_access
from balsts.access.predicates import require
from balsts.law.engine.errors import DomainError, nearest
from balsts.registry.fact_types import BY_KEY, RELATION_KINDS
from balsts.registry.models import (
    Address,
    BankAccount,
    Fact,
    Household,
    Identifier,
    Jurisdiction,
    Membership,
    Person,
    PersonName,
    Relation,
    Source,
    Visibility,
)  # fmt: skip
from balsts.registry.personal_codes import PersonalCode, read_personal_code
from balsts.registry.recording import ALWAYS, days, state, state_all
from balsts.registry.spelling import search_key, sort_key
from balsts.registry.values import Given, written


@contextmanager
def reading(
    who: Acting, persons: Iterable[uuid.UUID], detail: str, action: Action = "read", rule: str = "registry.read"
) -> Iterator[None]:
    """Look at persons' data: asks the rule for each, records that it is done, and lets the block see them.

    Raises:
        AccessDenied: a person is not in the scope of who acts; it does not say whether there is such a person.
    """
    subjects = list(persons)
    with in_scope(who):
        for subject in subjects:
            require(rule, who, subject)
        log_access(who, action, subjects, detail)
        yield


@contextmanager
def recording(who: Acting, persons: Iterable[uuid.UUID], detail: str) -> Iterator[None]:
    """Write about persons: as `reading`, with the rule for writing."""
    with reading(who, persons, detail, "record", "registry.record"):
        yield


def register_person(who: Acting, source: Source, *, given_names: str, surname: str, born: str, sex: str) -> Person:
    """Enter somebody who is not in the registry; their municipality's staff deal with them from today.

    Args:
        born: ISO date.
        sex: f or m.
    """
    with in_scope(who):
        require("registry.register", who)
        person = Person()
        person.save(force_insert=True)
        if who.municipality:
            state(Jurisdiction(person=person, municipality_id=who.municipality, source=source,
                               ground=Jurisdiction.Ground.APPLICATION, valid=days(timezone.localdate())))  # fmt: skip
        log_access(who, "record", [person.pk], "registered")
        state_name(person, source, given_names=given_names, surname=surname)
        state_fact(source, "born", born, ALWAYS, person=person)
        state_fact(source, "sex", sex, ALWAYS, person=person)
    return person


def new_household(source: Source, members: Iterable[Person], since: date) -> Household:
    """A household whose members live together from a day; they leave the one they were in."""
    with transaction.atomic():
        household = Household()
        household.save(force_insert=True)
        state_all([
            Membership(person=person, household=household, source=source, valid=days(since)) for person in members
        ])  # fmt: skip
    return household


# -- single statements: to be called inside `recording` or in the scope of an intake -------------------------------


def state_code(person: Person, source: Source, text: str, valid: DateRange = ALWAYS) -> PersonalCode:
    """State somebody's personal code. Doubts about it come back with it and stop nothing.

    Raises:
        NotAPersonalCode: it has not eleven digits.
        IntegrityError: it is believed to be somebody else's in those days.
    """
    code = read_personal_code(text)
    state(Identifier(person=person, scheme="personal_code", value=code.digits, source=source, valid=valid))
    return code


def state_name(
    person: Person, source: Source, *, given_names: str, surname: str, valid: DateRange = ALWAYS
) -> PersonName:
    """State somebody's name."""
    return state(PersonName(
        person=person, given_names=given_names, surname=surname, source=source, valid=valid,
        search_key=search_key(surname, given_names), sort_key=sort_key(surname, given_names),
    ))  # fmt: skip


def state_address(
    person: Person, source: Source, *, text: str, municipality: str | None, kind: str = Address.Kind.DECLARED,
    valid: DateRange = ALWAYS, address_code: str = "", visibility: int = Visibility.ORDINARY,
) -> Address:  # fmt: skip
    """State where somebody lives; `municipality` is the ATVK code of the classification of those days."""
    return state(Address(person=person, source=source, text=text, municipality_id=municipality, kind=kind,
                         valid=valid, address_code=address_code, visibility=visibility))  # fmt: skip


def state_account(
    person: Person, source: Source, iban: str, valid: DateRange = ALWAYS, holder: str = ""
) -> BankAccount:
    """State the account to which somebody is paid.

    Raises:
        DomainError: it is not an account number; the message does not repeat it.
    """
    try:
        number = schwifty.IBAN(iban)
    except SchwiftyException as error:
        raise DomainError(
            f"Not an account number ({type(error).__name__}); expected an IBAN such as LV80BANK0000435195001."
        ) from None
    return state(BankAccount(person=person, source=source, iban=str(number), holder=holder, valid=valid))


def fact_of(
    source: Source, key: str, value: Given | None, valid: DateRange, *, person: Person | None = None,
    household: Household | None = None, status: int = Fact.Status.KNOWN, certainty: int | None = None,
    visibility: int | None = None,
) -> Fact:  # fmt: skip
    """A fact of a person or a household, not stated yet.

    Args:
        key: the law's input, as in a household file.
        value: as in a household file; None says that there is none, or, with a status, that it is not known.
        certainty: left out, declared facts are declared and all others confirmed.
        visibility: left out, that of the type of fact.

    Raises:
        DomainError: no such fact, or not of a person or a household.
        NotAValue: the value is not one of its type.
    """
    kind = BY_KEY.get(key)
    entity = "household" if household else "person"
    if kind is None or kind.input.entity != entity or (person is None) == (household is None):
        raise DomainError(f"{key} is not a fact of a {entity}.{nearest(key, BY_KEY)}")
    if certainty is None:
        is_declared = source.origin.code == "declaration"
        certainty = Fact.Certainty.DECLARED if is_declared else Fact.Certainty.CONFIRMED
    return Fact(
        person=person, household=household, type=kind.number, origin=source.origin, source=source, valid=valid,
        value=None if value is None else written(kind.input, value), status=status, certainty=certainty,
        visibility=Visibility[kind.visibility.upper()] if visibility is None else visibility,
    )  # fmt: skip


def state_fact(source: Source, key: str, value: Given | None, valid: DateRange, **details: Any) -> Fact:
    """State a fact: `fact_of`, then `state`."""
    return state(fact_of(source, key, value, valid, **details))


def relations_of(
    source: Source, kind: str, person: Person, other: Person, valid: DateRange, *, place: int = 1,
    visibility: int = Visibility.ORDINARY,
) -> list[Relation]:  # fmt: skip
    """A tie between persons, not stated yet: `other` is the parent, guardian … of `person`; of partners, both sides.

    Raises:
        DomainError: no such kind.
    """
    if kind not in RELATION_KINDS:
        raise DomainError(f"{kind} is not a relation; there are {', '.join(RELATION_KINDS)}.")
    sides = [(person, other), (other, person)] if kind == "partner" else [(person, other)]
    return [Relation(person=one, other=to, kind=kind, place=place, source=source, valid=valid, visibility=visibility)
            for one, to in sides]  # fmt: skip


def state_relation(
    source: Source, kind: str, person: Person, other: Person, valid: DateRange, *, place: int | None = None,
    visibility: int = Visibility.ORDINARY,
) -> Relation:  # fmt: skip
    """State a tie between persons, on both sides for partners.

    Args:
        place: left out, the first that is free in those days, or that `other` has.

    Raises:
        DomainError: no such kind, or all places are taken.
    """
    with transaction.atomic():
        taken = place or _place(kind, person, other, valid)
        return state_all(relations_of(source, kind, person, other, valid, place=taken, visibility=visibility))[0]


def _place(kind: str, person: Person, other: Person, valid: DateRange) -> int:
    _, most = RELATION_KINDS.get(kind, ("", 1))
    if most == 1:
        return 1
    taken = dict(
        Relation.objects.filter(person=person, kind=kind, recorded__upper_inf=True, valid__overlap=valid)
        .values_list("place", "other_id")
    )  # fmt: skip
    for place in range(1, most + 1):
        if taken.get(place, other.pk) == other.pk and other.pk not in (taken.keys() - {place}):
            return place
    raise DomainError(f"There are {most} of kind {kind} in those days already; say whose place it takes.")

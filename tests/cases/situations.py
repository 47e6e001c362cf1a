"""Cases of tests, by named situations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Institution
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.determining import determine
from balsts.cases.models import Application, Decision
from balsts.cases.opening import receive
from balsts.cases.types.reading import case_type
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Household, Person
from balsts.registry.recording import days, new_source
from balsts.registry.use_cases import state_fact, state_relation
from tests.access.people import RIGA, at_work, office
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, household_of, somebody

FEBRUARY = date(2026, 2, 1)


@dataclass
class Home:
    """A mother and a child on a low income, with what registers told of the months before and of February 2026."""

    mother: Person
    child: Person
    household: Household


def home(
    municipality: str = RIGA, surname: str = "Bērziņa", wage: str = "64.00", child_born: str = "2020-06-11"
) -> Home:
    mother = somebody("Anna", surname, municipality=municipality)
    child = somebody("Liene", surname, born=child_born, municipality=municipality)
    household = household_of(mother, child)
    with in_scope(PLATFORM):
        source = declaration()
        state_relation(source, "parent", child, mother, days(LONG_AGO))
        state_fact(source, "housing_costs_eur_month", "180.00", days(LONG_AGO), household=household)
        for person, amount in ((mother, wage), (child, None)):
            told(person, "tax_authority", "wage_net_eur_month", amount)
            told(person, "social_insurance", "pension_eur_month", None)
            told(person, "social_insurance", "other_counted_income_eur_month", None)
            told_of_all_else(person)
        household_told(household, "real_estate", "has_needy_property", "true")
    return Home(mother, child, household)


def told(
    person: Person, register: str, key: str, value: Any, since: date = LONG_AGO, until: date | None = None
) -> None:
    """A register states a fact; None: that there is none."""
    with in_scope(PLATFORM):
        source = new_source(register, "message 1 sha256 0", reason="the register was asked")
        state_fact(source, key, value, days(since, until), person=person)


def told_of_all_else(person: Person) -> None:
    """Registers say that there is nothing of whatever else assistance needs to know of a person."""
    other = ("wage_net_eur_month", "pension_eur_month", "other_counted_income_eur_month", "born")
    for needed in case_type("assistance").facts:
        if needed.registers and needed.key not in other and BY_KEY[needed.key].input.entity == "person":
            told(person, needed.registers[0], needed.key, None)


def household_told(household: Household, register: str, key: str, value: Any, since: date = LONG_AGO) -> None:
    """A register states a fact of a household."""
    with in_scope(PLATFORM):
        source = new_source(register, "message 1 sha256 0", reason="the register was asked")
        state_fact(source, key, value, days(since), household=household)


def worker(municipality: str = RIGA) -> Acting:
    return at_work(f"worker-{municipality}", office(municipality), "social_worker", "social_assistance")


def head(municipality: str = RIGA) -> Acting:
    return at_work(f"head-{municipality}", office(municipality), "social_service_head", "social_assistance")


def vsaa() -> Institution:
    found, _ = Institution.objects.get_or_create(
        name_lv="VSAA", defaults={"name_en": "State Social Insurance Agency", "kind": "agency", "code": "vsaa"}
    )
    return found


def applied(
    who: Acting, subject: Person, type_code: str = "assistance", since: date = FEBRUARY, key: uuid.UUID | None = None
) -> Application:
    """An application that a member of staff took in at the counter."""
    return receive(who, type_code, key=key or uuid.uuid4(), subject=subject.pk, since=since, answers={},
                   channel=Application.Channel.IN_PERSON, received_on=date(2026, 2, 10))  # fmt: skip


def decided(who: Acting, chief: Acting, person: Person) -> Decision:
    """A decision on an application, in force since 20 February 2026."""
    case = applied(who, person).case
    decision = draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    check(chief, decision)
    sign(chief, decision)
    notify(who, decision, on=date(2026, 2, 20), how="portal")
    return decision

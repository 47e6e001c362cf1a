"""Our own registry as a social registry of the standard: the household of somebody named, as groups and members.

Who is in it, not why they are helped: no fact of health or income is stated. Each member that is shown is recorded as
looked at.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.exchange.spdci.queries import Wanted
from balsts.exchange.spdci.records import SOCIAL, SOCIAL_RECORD, household_group, identifier, member, name_of
from balsts.exchange.spdci.server import ServedRegistry
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, Identifier, Membership, PersonName
from balsts.registry.recording import days
from balsts.registry.selectors import find_persons, known, members_during
from balsts.registry.spelling import search_key
from balsts.registry.use_cases import reading

_SEX = {"f": "female", "m": "male"}


def social_registry(who: Acting, sender_id: str) -> ServedRegistry:
    """Our registry, searched by somebody at work: they find whom they may see, and nobody else."""

    def find(wanted: Wanted) -> list[dict[str, Any]]:
        if wanted.personal_code is not None:
            persons = find_persons(who, code=wanted.personal_code)
        else:
            persons = find_persons(who, name=f"{wanted.surname} {wanted.given_names}", born=wanted.born)
            persons = _of_exactly_this_name(who, persons, search_key(wanted.surname, wanted.given_names))
        return _households(who, persons)

    return ServedRegistry(sender_id, SOCIAL, SOCIAL_RECORD, find)


def _of_exactly_this_name(who: Acting, persons: list[uuid.UUID], key: str) -> list[uuid.UUID]:
    """Those of the name asked for, with or without its diacritics; our own search finds similar ones too."""
    with in_scope(who):
        named = known(PersonName).filter(person__in=persons, search_key=key, valid__contains=timezone.localdate())
        return list(named.values_list("person_id", flat=True))


def _households(who: Acting, persons: list[uuid.UUID]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    with reading(who, persons, "social registry search"):
        homes = known(Membership).filter(person__in=persons, valid__contains=today)
        households = sorted({one.household_id for one in homes})
        members = {
            household: [one.person_id for one in members_during(household, days(today, today + timedelta(days=1)))]
            for household in households
        }
    found = []
    for household, ids in members.items():
        with reading(who, ids, "social registry search: members of the household"):
            found.append(household_group(str(household), [_member(person) for person in ids]))
    return found


def _member(person: uuid.UUID) -> dict[str, Any]:
    today = timezone.localdate()
    codes = known(Identifier).filter(person=person, scheme="personal_code", valid__contains=today)
    identifiers = [identifier(one.value) for one in codes]
    about: dict[str, Any] = {}
    name = known(PersonName).filter(person=person, valid__contains=today).first()
    if name is not None:
        about["name"] = name_of(name.given_names, name.surname)
    for key, field in (("sex", "sex"), ("born", "birth_date")):
        fact = (
            known(Fact)
            .filter(person=person, type=BY_KEY[key].number, value__isnull=False, valid__contains=today)
            .order_by("origin__rank")
            .first()
        )
        if fact is not None and fact.value is not None:
            about[field] = _SEX.get(fact.value, fact.value)
    return member(identifiers, about)

"""Entries over time: whatever decisions follow each other, each day says what the last of them said of it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from balsts.cases.entries import Entry, Plan, key_of, planned
from balsts.cases.errors import EntryRefused
from balsts.cases.terms import day_after_years
from balsts.cases.types.reading import case_type

BEGIN, DAYS = date(2024, 2, 25), 60
KEYS = ("mentor", "respite")
REGISTER = case_type("provider_registration").register
assert REGISTER is not None
Days = dict[date, tuple[int, int]]
"""By day: the number of places, and which statement said it."""
_does = st.sampled_from(["enter", "change", "end"])
_steps = st.lists(st.tuples(_does, st.sampled_from(KEYS), st.integers(0, DAYS - 1), st.integers(1, 99)), max_size=12)


def fields(service: str, places: int) -> dict[str, Any]:
    return {"service": service, "address": "Iela 1", "municipality": "0001000", "capacity": places}


def key(service: str) -> str:
    assert REGISTER is not None
    return key_of(REGISTER, fields(service, 0))


def content(does: str, service: str, places: int) -> dict[str, Any]:
    if does == "enter":
        return {"enter": [fields(service, places)]}
    if does == "change":
        return {"change": [{"key": key(service), "capacity": places}]}
    return {"end": [{"key": key(service), "ground": "other"}]}


def after(believed: list[Entry], plan: Plan) -> list[Entry]:
    """What is believed when a plan was carried out."""
    gone = {entry.id for entry, _ in plan.ended}
    stated = [Entry(uuid.uuid4(), one.key, one.fields, one.valid) for one in plan.stated]
    return [one for one in believed if one.id not in gone] + stated


@cache
def all_days() -> tuple[date, ...]:
    """Every day of the window, and the days around the end of every five years that begin in it."""
    window = [BEGIN + timedelta(days=number) for number in range(DAYS)]
    ends = {day_after_years(one, 5) + timedelta(days=more) for one in window for more in (-1, 0)}
    return tuple(sorted({*window, *ends}))


def said(days: Days, does: str, since: date, places: int, serial: int) -> bool:
    """The same in a plain model of one key. Whether the decision can be made."""
    later = [one for one in all_days() if one >= since]
    if does == "change":
        if since not in days:
            return False
        changed = days[since][1]
        later = [one for one in later if days.get(one, (0, -1))[1] == changed]
        days.update(dict.fromkeys(later, (places, serial)))
        return True
    if does == "end" and not days.keys() & set(later):
        return False
    for day in later:
        days.pop(day, None)
    if does == "enter":
        until = day_after_years(since, 5)
        days.update({day: (places, serial) for day in later if day < until})
    return True


@given(_steps)
def test_each_day_says_what_the_last_decision_about_it_said(steps: list[tuple[str, str, int, int]]) -> None:
    assert REGISTER is not None
    believed: list[Entry] = []
    model: dict[str, Days] = {one: {} for one in KEYS}
    for serial, (does, service, offset, places) in enumerate(steps):
        since = BEGIN + timedelta(days=offset)
        possible = said(model[service], does, since, places, serial)
        try:
            plan = planned(REGISTER, content(does, service, places), since, believed)
        except EntryRefused:
            assert not possible, (serial, does, since)
            continue
        assert possible, (serial, does, since)
        assert all(one.valid.upper == since for one in plan.stated if one.rest_of), "what is kept lies before the day"
        believed = after(believed, plan)
        for one in KEYS:
            assert places_by_day(believed, one) == {day: value for day, (value, _) in model[one].items()}


def places_by_day(believed: list[Entry], service: str) -> dict[date, int]:
    """The number of places on each day that an entry counts."""
    found: dict[date, int] = {}
    for entry in believed:
        for day in all_days():
            if entry.key == key(service) and entry.since <= day < entry.until:
                assert day not in found, "two entries of one key on one day"
                found[day] = entry.fields["capacity"]
    return found

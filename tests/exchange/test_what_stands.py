"""Whatever answers come in whatever order: what stands in the registry is what a simple model says it must be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.access.acting import in_scope
from balsts.exchange.contract import FactStatus
from balsts.exchange.facts import RegisterFact, Source
from balsts.exchange.intake import record_facts
from balsts.exchange.periods import Period
from balsts.exchange.texts import NOT_STATED, TIMED_OUT
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact
from balsts.registry.recording import new_source
from balsts.registry.selectors import known
from tests.registry.situations import PLATFORM, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
FIRST = date(2026, 1, 1)
DAYS = 8
WAGE = "wage_net_eur_month"
Told = tuple[int, int, FactStatus, int]


@st.composite
def told(draw: st.DrawFn) -> Told:
    """An answer about some of eight days: known, missing or failed; a sum where it is known."""
    since = draw(st.integers(0, DAYS - 1))
    until = draw(st.integers(since + 1, DAYS))
    status = draw(
        st.sampled_from([FactStatus.KNOWN, FactStatus.MISSING, FactStatus.UNAVAILABLE, FactStatus.UNREADABLE])
    )
    return since, until, status, draw(st.integers(0, 2)) * 100


@settings(max_examples=40)
@given(answers=st.lists(told(), min_size=1, max_size=6))
def test_what_was_known_becomes_stale_and_never_zero(answers: list[Told]) -> None:
    with in_scope(PLATFORM):
        person = somebody()
        expected: dict[int, tuple[str | None, int]] = {}
        for since, until, status, cents in answers:
            fact = RegisterFact(
                "39900000001", WAGE, cents if status is FactStatus.KNOWN else None,
                Period(FIRST + timedelta(since), FIRST + timedelta(until)), status, False, Source("tax_authority"),
                TIMED_OUT if status is not FactStatus.MISSING else NOT_STATED,
            )  # fmt: skip
            record_facts(person, new_source("tax_authority", "message"), [fact])
            for day in range(since, until):
                expected[day] = _after(expected.get(day), status, cents)
        believed = list(known(Fact).filter(person=person, type=BY_KEY[WAGE].number))
        stands = {
            day: (one.value, one.status)
            for day in range(DAYS)
            for one in believed
            if FIRST + timedelta(day) in one.valid
        }
        assert stands == expected


def _after(before: tuple[str | None, int] | None, status: FactStatus, cents: int) -> tuple[str | None, int]:
    if status is FactStatus.KNOWN:
        return f"{cents // 100}.00", Fact.Status.KNOWN
    if status is FactStatus.MISSING:
        return None, Fact.Status.MISSING
    if before is not None and before[1] in (Fact.Status.KNOWN, Fact.Status.STALE):
        return before[0], Fact.Status.STALE
    return None, Fact.Status[status.name]

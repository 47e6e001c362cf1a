"""Whatever is recorded, corrected and withdrawn: nothing ever changes in the past."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from balsts.access.acting import in_scope
from balsts.registry.models import Fact, Person, Source
from balsts.registry.recording import clock, correct, days, moment_of_knowledge, withdraw
from balsts.registry.selectors import facts_on
from balsts.registry.use_cases import state_fact
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
WAGE = 29
periods = st.one_of(
    st.builds(lambda since, length: (since, since + length), st.integers(0, 7), st.integers(1, 8)),
    st.tuples(st.one_of(st.none(), st.integers(0, 7)), st.none()),
    st.tuples(st.none(), st.integers(1, 8)),
)
amounts = st.one_of(st.none(), st.integers(0, 3))
Known = dict[int, str | None]


class FactsOverTime(RuleBasedStateMachine):
    """One person's wage, as a plain model has it beside what the registry holds."""

    def __init__(self) -> None:
        super().__init__()
        self.scope = contextlib.ExitStack()
        self.scope.enter_context(in_scope(PLATFORM))
        self.model: Known = {}
        self.past: list[tuple[datetime, Known]] = []

    @initialize()
    def somebody_is_registered(self) -> None:
        self.person: Person = somebody()
        self.declared: Source = declaration()
        self.correction: Source = declaration("it was wrong")
        self.remember()

    def remember(self) -> None:
        self.past.append((moment_of_knowledge([self.person.pk]), dict(self.model)))

    @rule(period=periods, amount=amounts)
    def state(self, period: tuple[int | None, int | None], amount: int | None) -> None:
        since, until = period
        valid = days(*(None if end is None else FIRST + timedelta(days=end) for end in period))
        state_fact(self.declared, "wage_net_eur_month", amount, valid, person=self.person)
        for number in range(since or 0, len(DAYS) if until is None else min(until, len(DAYS))):
            self.model[number] = None if amount is None else f"0.{amount:02}"
        self.remember()

    def one_of(self, number: int) -> Fact:
        believed = Fact.objects.filter(person=self.person, type=WAGE, recorded__upper_inf=True).order_by("pk")
        return believed[number % believed.count()]

    def forget(self, fact: Fact) -> None:
        for number, day in enumerate(DAYS):
            if day in fact.valid:
                del self.model[number]

    @precondition(lambda self: bool(self.model))
    @rule(number=st.integers(0, 100))
    def withdraw_one(self, number: int) -> None:
        if Fact.objects.filter(person=self.person, type=WAGE, recorded__upper_inf=True).exists():
            fact = self.one_of(number)
            withdraw(fact, self.correction)
            self.forget(fact)
            self.remember()

    @precondition(lambda self: bool(self.model))
    @rule(number=st.integers(0, 100), since=st.integers(0, 7), length=st.integers(1, 8))
    def correct_one(self, number: int, since: int, length: int) -> None:
        fact = self.one_of(number)
        right = Fact(person=self.person, type=WAGE, origin=self.correction.origin, source=self.correction, certainty=1,
                     value="9.99", valid=days(DAYS[since], DAYS[since] + timedelta(days=length)))  # fmt: skip
        correct(fact, right)
        self.forget(fact)
        self.model |= dict.fromkeys(range(since, min(since + length, len(DAYS))), "9.99")
        self.remember()

    @rule(day=st.integers(0, 7), moment=st.integers(0, 1000))
    def ask_at_any_pair_of_times(self, day: int, moment: int) -> None:
        at, then = self.past[moment % len(self.past)]
        assert self.known(day, at) == ({day: then[day]} if day in then else {})

    def known(self, day: int, at: datetime | None) -> Known:
        found = list(facts_on(DAYS[day], at, [self.person.pk]).filter(type=WAGE))
        assert len(found) <= 1
        return {day: found[0].value} if found else {}

    def all_known(self, at: datetime | None) -> Known:
        return {number: value for day in range(len(DAYS)) for number, value in self.known(day, at).items()}

    @invariant()
    def the_present_is_what_was_stated_last(self) -> None:
        if self.past:
            assert {
                key: value for day in range(len(DAYS)) for key, value in self.known(day, None).items()
            } == self.model

    def teardown(self) -> None:
        for at, then in self.past:
            assert self.all_known(at) == then
        assert self.past == sorted(self.past, key=lambda one: one[0])
        self.scope.close()


def test_nothing_ever_changes_in_the_past() -> None:
    run_state_machine_as_test(FactsOverTime, settings=settings(max_examples=20, stateful_step_count=15))  # type: ignore[no-untyped-call]


def test_a_moment_waits_for_whoever_is_writing(django_db_setup: None) -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        before = clock()
        fact = state_fact(declaration(), "savings_eur", "10", days(None), person=anna)
        assert before < fact.recorded.lower < moment_of_knowledge([anna.pk])

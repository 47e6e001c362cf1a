"""The whole life of a case in any order of steps: what must hold after each of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
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
from balsts.cases.chain import check, discard, notify, sign
from balsts.cases.changes import confirm, dismiss
from balsts.cases.decided import amounts_of, believed, current_decision
from balsts.cases.determining import replay
from balsts.cases.models import Award, AwardHolder, Case, Change, Decision
from balsts.cases.reassessing import reassess
from balsts.cases.timeline import month_of_day
from balsts.law.engine.quantities import month_from
from tests.cases.situations import head, home, told, worker
from tests.cases.test_reassessing import granted
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JUNE = month_from("2026-06")
AMOUNTS = st.sampled_from(["0.00", "30.00", "64.00", "120.00", "400.00", "2000.00"])


class LifeOfACase(RuleBasedStateMachine):
    """One case: facts change, it is worked out anew, changes are confirmed or dismissed, decisions take their steps."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.who, self.chief = worker(), head()

    def teardown(self) -> None:
        """All of it is undone, for the next life to begin from nothing."""
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize(wage=AMOUNTS)
    def it_is_granted(self, wage: str) -> None:
        self.home = home(wage=wage)
        self.case: Case = granted(self.home.mother).case
        self.original = self.now()
        self.seen: dict[object, tuple[object, ...]] = {}
        self.confirmed: list[Change] = []

    def now(self):
        with in_scope(PLATFORM):
            return believed(self.case, JUNE)

    def draft(self) -> Decision | None:
        with in_scope(PLATFORM):
            return self.case.decisions.filter(state__in=["drafted", "checked", "signed"]).first()

    def proposed(self) -> Change | None:
        with in_scope(PLATFORM):
            return self.case.changes.filter(state="proposed").first()

    @rule(month=st.sampled_from([11, 12, 1]), amount=AMOUNTS)
    def a_register_corrects_a_month_of_income(self, month: int, amount: str) -> None:
        year = 2026 if month == 1 else 2025
        until = date(year + month // 12, month % 12 + 1, 1)
        told(self.home.mother, "tax_authority", "wage_net_eur_month", amount, date(year, month, 1), until)

    @rule(month=st.sampled_from([2, 3, 4]), is_imprisoned=st.booleans())
    def the_child_goes_or_comes_back(self, month: int, is_imprisoned: bool) -> None:
        told(self.home.child, "prisons", "is_imprisoned", is_imprisoned, date(2026, month, 1))

    @rule()
    def it_is_worked_out_anew(self) -> None:
        before = self.now()
        first = reassess(self.case.pk, "fact")
        assert reassess(self.case.pk, "fact").outcome in ("unchanged", "proposed_before")
        assert self.now() == before, "a proposal changes no award"
        assert (first.outcome == "changed") == (first.change is not None)

    @precondition(lambda self: self.proposed() and not self.draft())
    @rule()
    def a_change_is_confirmed(self) -> None:
        change = self.proposed()
        confirm(self.who, change)
        self.confirmed.append(change)

    @precondition(lambda self: self.proposed())
    @rule()
    def a_change_is_dismissed(self) -> None:
        dismiss(self.who, self.proposed(), "it was a mistake")
        assert reassess(self.case.pk, "fact").outcome != "changed"

    @precondition(lambda self: self.draft() and self.draft().state == "drafted")
    @rule()
    def a_draft_is_checked(self) -> None:
        check(self.chief, self.draft())

    @precondition(lambda self: self.draft() and self.draft().state == "checked")
    @rule()
    def a_decision_is_signed(self) -> None:
        sign(self.chief, self.draft())

    @precondition(lambda self: self.draft() and self.draft().state == "signed")
    @rule()
    def a_decision_is_made_known(self) -> None:
        notify(self.who, self.draft(), on=date(2026, 6, 1), how="portal")

    @precondition(lambda self: self.draft() and self.draft().state in ("drafted", "checked"))
    @rule()
    def a_draft_is_given_up(self) -> None:
        discard(self.who, self.draft(), "another fact came")
        self.confirmed.pop()

    @invariant()
    def nobody_has_one_right_twice_in_a_month(self) -> None:
        with in_scope(PLATFORM):
            held = list(AwardHolder.objects.filter(award__case=self.case, is_believed=True))
        for one in held:
            others = [
                two for two in held if two.pk != one.pk and (two.person_id, two.code) == (one.person_id, one.code)
            ]
            assert not any(
                one.months.lower < two.months.upper and two.months.lower < one.months.upper for two in others
            )

    @invariant()
    def what_is_believed_is_what_the_latest_decision_gives(self) -> None:
        with in_scope(PLATFORM):
            latest = current_decision(self.case)
            given, _ = amounts_of(self.case, replay(latest.determination).lines)
        since = month_of_day(latest.since)
        assert {key: amount for key, amount in self.now().items() if key[0] >= since} == given

    @invariant()
    def what_was_granted_and_all_confirmed_changes_come_to_what_is_believed(self) -> None:
        expected = dict(self.original)
        with in_scope(PLATFORM):
            for change in self.confirmed:
                if Change.objects.get(pk=change.pk).decision.state in ("drafted", "checked"):
                    continue
                for line in change.lines.all():
                    key = (month_of_day(line.month), line.code, line.payee_id)
                    assert expected.get(key, 0) == line.before
                    expected[key] = line.after
        assert {key: amount for key, amount in expected.items() if amount} == self.now()

    @invariant()
    def nothing_that_was_written_changes(self) -> None:
        with in_scope(PLATFORM):
            for one in Award.objects.filter(case=self.case):
                says = (one.decision_id, one.code, one.payee_id, one.months, one.recorded.lower)
                assert self.seen.setdefault(one.pk, says) == says


def test_whatever_happens_in_whatever_order_a_case_keeps_its_promises() -> None:
    run_state_machine_as_test(LifeOfACase, settings=settings(max_examples=6, stateful_step_count=14, deadline=None))

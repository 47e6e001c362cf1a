"""Overpayments claimed back: by two people, by a plan, withheld, repaid and written off, and what the books say."""

from __future__ import annotations

from typing import Any

import pytest

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.law.engine.quantities import month_from
from balsts.payments.claims import (
    By,
    agree_plan,
    agree_write_off,
    check_claim,
    decide_claim,
    open_of,
    propose_plan,
    propose_write_off,
    record_repayment,
    undecided,
    withdraw_claim,
)
from balsts.payments.errors import NotWithheld
from balsts.payments.models import (
    Claim,
    Overpaid,
    Plan,
    Posting,
    Run,
    WithholdingOrder,
)
from tests.payments.situations import (
    IBANS,
    Given,
    approver,
    case_of,
    granted,
    holds,
    payee,
    prepared,
    preparer,
    released,
    releaser,
)
from tests.payments.withholding_situations import (
    JANUARY,
    MARCH,
    accounts,
    claimed,
    decided,
    line_of,
    overpaid_case,
    withheld,
)
from tests.registry.situations import PLATFORM

pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]


def test_an_overpayment_is_claimed_and_kept_back_month_by_month_until_nothing_is_open() -> None:
    person, _ = overpaid_case(10_000, 9_500)
    claim = claimed(months=2)
    assert accounts() == {"expense": 19_000, "payable": -19_500, "claim": 500}
    march, april = released("2026-03"), released("2026-04")
    assert withheld(march) == [("gmi_benefit", "recovery", 250, 250, None)]
    assert accounts(march) == {"expense": 9_500, "payable": -9_250, "claim": -250}
    assert [one[3] for one in withheld(april)] == [250]
    assert withheld(released("2026-05")) == []
    assert accounts() == {"expense": 47_500, "payable": -47_500}
    assert all(holds(run) for run in (march, april))
    with in_scope(approver()):
        assert open_of(claim) == 0
    assert line_of(march, person).withheld == 250


def test_parts_of_a_claim_are_paid_back_first_to_last() -> None:
    person = payee()
    case = case_of(person)
    granted(case, Given(10_000, JANUARY), Given(5_000, JANUARY, code="housing_benefit"))
    released("2026-01")
    granted(case, Given(9_700, JANUARY), Given(4_800, JANUARY, code="housing_benefit"))
    released("2026-02")
    claimed(months=2)
    # 3.00 and 2.00 by 2.50 a month: the second instalment ends the first part and begins the second.
    for month in ("2026-03", "2026-04"):
        released(month)
    with in_scope(PLATFORM):
        found = Posting.objects.filter(account="claim").order_by("pk").values_list("code", "cents")
        assert list(found) == [
            ("gmi_benefit", 300), ("housing_benefit", 200), ("gmi_benefit", -250), ("gmi_benefit", -50),
            ("housing_benefit", -200),
        ]  # fmt: skip


def test_a_claim_holds_only_once_somebody_else_checked_it() -> None:
    overpaid_case()
    claim = decided()
    assert accounts()["overpaid"] == 1_000
    assert withheld(prepared("2026-03")) == []
    with in_scope(PLATFORM):
        plan = Plan.objects.get(claim=claim)
    with pytest.raises(NotWithheld, match="agree to the claim first"):
        agree_plan(approver(), plan)
    with pytest.raises(AccessDenied):
        check_claim(preparer(), claim)
    check_claim(approver(), claim)
    with pytest.raises(NotWithheld, match="agreed to already"):
        check_claim(releaser(), claim)
    with pytest.raises(NotWithheld, match="write-off answers a claim"):
        withdraw_claim(preparer(), claim, "too late")
    assert accounts()["claim"] == 1_000


def test_an_overpayment_stands_in_one_claim_and_in_another_once_that_is_withdrawn() -> None:
    overpaid_case()
    who = preparer()
    first = undecided(who)
    claim = decided()
    assert undecided(who) == []
    by = By(month_from("2026-03"), 1)
    with pytest.raises(NotWithheld, match="stands in another claim"):
        decide_claim(who, [(first[0], 100)], "again", by)
    withdraw_claim(who, claim, "wrong reason")
    assert undecided(who) == first
    check_claim(approver(), decide_claim(who, [(first[0], 400)], "only a part", by))
    assert (accounts()["claim"], accounts()["overpaid"]) == (400, 600)


def test_a_claim_is_of_one_debtor_with_a_reason_and_of_no_more_than_was_overpaid() -> None:
    overpaid_case()
    granted(other := case_of(payee("Ozola", IBANS[1])), Given(5_000, JANUARY))
    released("2026-03")
    granted(other, Given(4_000, JANUARY))
    run = prepared("2026-04")
    who, by = preparer(), By(month_from("2026-05"), 1)
    one = undecided(who)[0]
    with in_scope(PLATFORM):
        unreleased = run_overpaid(run)
    for parts, reason, words in (
        ([], "why", "found 0 debtors"),
        ([(one, None), (unreleased, None)], "why", "found 2 debtors"),
        ([(one, None)], " ", "has a reason"),
        ([(one, one.amount + 1)], "why", "not more than it"),
        ([(one, 0)], "why", "each part of a claim is above zero|at least one month"),
        ([(unreleased, None)], "why", "in a released run"),
    ):
        with pytest.raises(NotWithheld, match=words):
            decide_claim(who, parts, reason, by)
    with pytest.raises(NotWithheld, match="at least one month"):
        decide_claim(who, [(one, None)], "why", By(month_from("2026-05"), 0))
    with in_scope(PLATFORM):
        assert not Claim.objects.exists()


def run_overpaid(run: Run) -> Any:
    return Overpaid.objects.filter(run=run).first()


def test_another_plan_takes_the_place_of_the_first_and_one_that_the_debtor_pays_keeps_nothing_back() -> None:
    overpaid_case()
    claim = claimed(months=10)
    assert [one[3] for one in withheld(released("2026-03"))] == [100]
    plan = propose_plan(preparer(), claim, By(month_from("2026-04"), 2))
    assert (plan.monthly, plan.months) == (450, 2)
    assert [one[3] for one in withheld(prepared("2026-04"))] == [100]
    agree_plan(approver(), plan)
    assert [one[3] for one in withheld(prepared("2026-05"))] == [450]
    agree_plan(approver(), propose_plan(preparer(), claim, By(month_from("2026-06"), 1, is_withheld=False)))
    assert withheld(prepared("2026-06")) == []
    with in_scope(PLATFORM):
        assert Plan.objects.filter(claim=claim, agreed_by__isnull=False, ended_by__isnull=True).count() == 1
        assert not WithholdingOrder.objects.filter(ended_by__isnull=True).exists()


def test_money_paid_back_lessens_the_claim_and_a_reference_counts_once() -> None:
    overpaid_case()
    claim = claimed(months=2, is_withheld=False)
    record_repayment(preparer(), claim, 600, MARCH, "2026030100017")
    assert accounts() == {"expense": 18_000, "payable": -19_000, "claim": 400, "repaid": 600}
    for cents, reference, words in (
        (400, "2026030100017", "of this reference is recorded"),
        (401, "another", "more than is open"),
        (0, "another", "needs a sum"),
        (1, " ", "needs a sum and a reference"),
    ):
        with pytest.raises(NotWithheld, match=words):
            record_repayment(preparer(), claim, cents, MARCH, reference)
    record_repayment(preparer(), claim, 400, MARCH, "another")
    assert "claim" not in accounts()


def test_a_write_off_takes_two_people_and_no_more_than_is_open() -> None:
    overpaid_case()
    claim = claimed(months=2)
    released("2026-03")
    with pytest.raises(NotWithheld, match="a sum that is open"):
        propose_write_off(preparer(), claim, 501, "too much")
    with pytest.raises(NotWithheld, match="needs a reason"):
        propose_write_off(preparer(), claim, 100, " ")
    write_off = propose_write_off(preparer(), claim, 500, "cannot be recovered")
    assert "write_off" not in accounts()
    with pytest.raises(AccessDenied):
        agree_write_off(preparer(), write_off)
    later = propose_write_off(preparer(), claim, 1, "a cent")
    agree_write_off(approver(), write_off)
    assert (accounts()["write_off"], accounts().get("claim", 0)) == (500, 0)
    with pytest.raises(NotWithheld, match="more than is open"):
        agree_write_off(approver(), later)
    assert withheld(prepared("2026-04")) == []

"""Runs, worked by hand: what is owed, what earlier runs pay, what is held, and what was paid too much."""

from __future__ import annotations

from datetime import date

import pytest

from balsts.access.acting import in_scope
from balsts.payments.errors import NotAcknowledged, RunExists, RunNotReady
from balsts.payments.models import Line, Posting, Run
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.use_cases import acknowledge, approve_run, cancel_run, release_run
from balsts.registry.duplicates import merge
from balsts.registry.models import Representation
from balsts.registry.recording import days, new_source, state
from balsts.registry.use_cases import state_account, state_fact
from tests.access.people import at_work
from tests.cases.situations import vsaa
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    balance,
    case_of,
    granted,
    lines_of,
    overpaid_of,
    payee,
    prepared,
    preparer,
    released,
    releaser,
)
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, finding, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in range(1, 5))


def test_a_month_pays_its_own_right_and_as_arrears_what_was_due_before() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY, APRIL))
    run = prepared("2026-02")
    assert lines_of(run) == [
        ("gmi_benefit", "2026-01", 8_700, "arrears", ""),
        ("gmi_benefit", "2026-02", 8_700, "current", ""),
    ]
    assert lines_of(prepared("2026-03")) == [("gmi_benefit", "2026-03", 8_700, "current", "")]


def test_a_right_paid_a_month_later_is_current_in_the_month_of_payment() -> None:
    granted(case_of(payee()), Given(29_800, JANUARY, MARCH, "childcare_benefit", paid_after_months=1))
    assert lines_of(prepared("2026-01")) == []
    assert lines_of(prepared("2026-02")) == [("childcare_benefit", "2026-01", 29_800, "current", "")]
    assert lines_of(prepared("2026-03")) == [("childcare_benefit", "2026-02", 29_800, "current", "")]


def test_what_is_granted_once_is_paid_once() -> None:
    granted(case_of(payee()), Given(42_117, JANUARY, code="childbirth_benefit", per="once"))
    assert [one[1:3] for one in lines_of(prepared("2026-03"))] == [("2026-01", 42_117)]
    assert lines_of(prepared("2026-04")) == []


def test_a_higher_amount_pays_the_difference_and_a_lower_one_is_found_overpaid() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    released("2026-01")
    granted(case, Given(12_500, JANUARY))
    run = prepared("2026-02")
    assert lines_of(run) == [
        ("gmi_benefit", "2026-01", 2_500, "arrears", ""),
        ("gmi_benefit", "2026-02", 12_500, "current", ""),
    ]
    granted(case, Given(9_000, JANUARY, MARCH))
    run = prepared("2026-03")
    # January: 100.00 + 25.00 paid, 90.00 owed; February: 125.00 and 90.00.
    assert overpaid_of(run) == [("gmi_benefit", "2026-01", 3_500), ("gmi_benefit", "2026-02", 3_500)]
    assert lines_of(run) == []
    assert set(balance(case).values()) == {9_000}
    assert overpaid_of(prepared("2026-04")) == []


def test_two_children_of_one_payee_are_one_line_and_two_cases_are_two() -> None:
    mother, one, other = payee(), somebody("Liene", "Ozola"), somebody("Jānis", "Kļava")
    both = [Given(cents, JANUARY, FEBRUARY, "disabled_child_care_benefit") for cents in (31_343, 41_300)]
    granted(case_of(mother), *both, holders=[one, other])
    for child in (one, other):
        granted(case_of(child), Given(21_500, JANUARY, FEBRUARY, "guardian_child_benefit"), to=mother, holders=[child])
    assert [line[:3] for line in lines_of(prepared("2026-01"))] == [
        ("disabled_child_care_benefit", "2026-01", 72_643),
        ("guardian_child_benefit", "2026-01", 21_500),
        ("guardian_child_benefit", "2026-01", 21_500),
    ]


def test_without_an_account_a_line_is_held_and_the_next_run_pays_it() -> None:
    person = payee(iban=None)
    granted(case_of(person), Given(8_700, JANUARY, FEBRUARY))
    assert lines_of(released("2026-01")) == [("gmi_benefit", "2026-01", 8_700, "current", "no_account")]
    with in_scope(PLATFORM):
        assert not Posting.objects.exists()
        state_account(person, declaration(), IBANS[0], days(LONG_AGO))
    assert lines_of(prepared("2026-02")) == [("gmi_benefit", "2026-01", 8_700, "arrears", "")]


def test_an_account_that_ends_before_the_payment_day_is_none() -> None:
    person = payee(iban=None)
    with in_scope(PLATFORM):
        state_account(person, declaration(), IBANS[0], days(LONG_AGO, date(2026, 1, 15)))
    granted(case_of(person), Given(8_700, JANUARY, FEBRUARY))
    assert lines_of(prepared("2026-01"))[0][4] == "no_account"


def test_to_a_dead_payee_nothing_is_paid() -> None:
    person = payee()
    with in_scope(PLATFORM):
        source = new_source("population_register", "message 1", reason="the register was asked")
        state_fact(source, "died", "2026-01-10", days(None), person=person)
    granted(case_of(person), Given(8_700, JANUARY))
    assert lines_of(prepared("2026-01")) == [("gmi_benefit", "2026-01", 8_700, "current", "dead")]


def test_a_representative_for_payments_gets_it_and_two_of_them_hold_it() -> None:
    person, first, second = payee(iban=None), payee("Ozola", IBANS[1]), somebody("Ilze", "Kļava")
    granted(case_of(person), Given(8_700, JANUARY))
    with in_scope(PLATFORM):
        state(Representation(person=person, representative=first, source=declaration(), ground="authorisation",
                             matters=["payee"], valid=days(LONG_AGO)))  # fmt: skip
    run = prepared("2026-01")
    with in_scope(PLATFORM):
        line = Line.objects.get(run=run)
        assert (line.payee_id, line.receiver_id, line.iban, line.held) == (person.pk, first.pk, IBANS[1], "")
        state(Representation(person=person, representative=second, source=declaration(), ground="court",
                             matters=["payee"], valid=days(LONG_AGO)))  # fmt: skip
    assert lines_of(prepared("2026-02"))[0][4] == "receivers"


def test_a_right_whose_programme_nobody_knows_is_held() -> None:
    granted(case_of(payee()), Given(13_900, JANUARY, code="refugee_benefit"))
    assert lines_of(prepared("2026-01")) == [("refugee_benefit", "2026-01", 13_900, "current", "no_programme")]


def test_amounts_by_the_week_are_left_out_and_said_so() -> None:
    granted(case_of(payee()), Given(1_707, JANUARY, code="blind_assistant_benefit", per="week"))
    run = prepared("2026-01")
    assert lines_of(run) == []
    with in_scope(approver()):
        assert [(one.kind, one.many) for one in preview_of(run).findings] == [("left_out", 1)]


def test_lines_are_numbered_by_payee_and_right_and_come_out_the_same_again() -> None:
    people = [payee(f"Liepa{'a' * number}", IBANS[number % 2]) for number in range(4)]
    for one in reversed(people):
        granted(case_of(one), Given(8_700, JANUARY, MARCH), Given(6_100, JANUARY, MARCH, "housing_benefit"))
    first = prepared("2026-02")
    before = _all_but_the_run(first)
    cancel_run(preparer(), first, "to be prepared once more")
    assert _all_but_the_run(prepared("2026-02")) == before
    assert [one[1] for one in before] == sorted(one[1] for one in before)
    assert len(before) == 4 * 2 * 2


def _all_but_the_run(run: Run) -> list[tuple[object, ...]]:
    fields = ("number", "payee", "code", "month", "case", "award", "amount", "kind", "receiver", "iban", "held")
    with in_scope(PLATFORM):
        return list(Line.objects.filter(run=run).order_by("number").values_list(*fields))


def test_a_payee_found_to_be_a_duplicate_is_not_paid_twice() -> None:
    one, other = payee(), payee("Bērziņa")
    case = case_of(one)
    granted(case, Given(8_700, JANUARY, FEBRUARY))
    released("2026-01")
    head = at_work("head", vsaa(), "benefits_head", "state_benefits")
    with in_scope(head):
        merge(head, one.pk, other.pk, finding("one person"))
    granted(case, Given(8_700, JANUARY, MARCH), to=other)
    run = prepared("2026-02")
    assert [one[1:3] for one in lines_of(run)] == [("2026-02", 8_700)]
    assert overpaid_of(run) == []


def test_a_month_that_ends_on_a_day_off_is_paid_on_the_working_day_before() -> None:
    assert prepared("2026-02").pay_on == date(2026, 2, 13)  # 15 February 2026 is a Sunday
    assert prepared("2026-05", pay_on=date(2026, 5, 4)).pay_on == date(2026, 4, 30)  # 4 May, a weekend, 1 May


# ------------------------------------------------------------------------------------------- steps


def test_a_run_goes_through_three_people_and_its_entries_are_posted() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    run = released("2026-01")
    assert run.state == "released"
    with in_scope(PLATFORM):
        assert sorted(Posting.objects.values_list("account", "programme", "code", "month", "cents")) == [
            ("expense", "own", "gmi_benefit", JANUARY, 8_700),
            ("payable", "own", "gmi_benefit", JANUARY, -8_700),
        ]


def test_whoever_approved_cannot_release() -> None:
    run = approved(prepared("2026-01"))
    with pytest.raises(RunNotReady, match="somebody who took no earlier one"):
        release_run(approver(), run)
    assert release_run(releaser(), run).state == "released"


def test_nobody_approves_what_they_have_not_looked_through() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    run = prepared("2026-01")
    with pytest.raises(NotAcknowledged):
        approve_run(approver(), run)
    with pytest.raises(NotAcknowledged):
        acknowledge(approver(), run, "another digest")
    with in_scope(releaser()):
        seen = preview_of(run).digest
    acknowledge(releaser(), run, seen)
    with pytest.raises(NotAcknowledged):
        approve_run(approver(), run)


def test_a_preview_that_changed_is_acknowledged_anew() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    before = prepared("2026-01")
    run = prepared("2026-02")
    with in_scope(approver()):
        seen = preview_of(run).digest
    acknowledge(approver(), run, seen)
    cancel_run(preparer(), before, "wrong month")
    with pytest.raises(NotAcknowledged):
        approve_run(approver(), run)
    assert approved(run).state == "approved"


def test_there_is_one_run_of_a_month_and_kind() -> None:
    run = prepared("2026-01")
    with pytest.raises(RunExists, match="2026-01: there is a run"):
        prepared("2026-01")
    assert prepared("2026-01", kind="extra").state == "prepared"
    cancel_run(preparer(), run, "wrong")
    assert prepared("2026-01").pk != run.pk


def test_what_a_cancelled_run_would_have_paid_the_next_one_pays() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY, FEBRUARY))
    cancel_run(approver(), approved(prepared("2026-01")), "the bank is closed")
    assert lines_of(prepared("2026-02")) == [("gmi_benefit", "2026-01", 8_700, "arrears", "")]


def test_a_released_run_cannot_be_cancelled() -> None:
    with pytest.raises(RunNotReady, match="the step cancelled does not follow"):
        cancel_run(preparer(), released("2026-01"), "too late")


# ------------------------------------------------------------------------------------------- preview and proof


def test_the_preview_tells_what_is_new_ended_changed_and_unlike() -> None:
    new, ended, changed, same = (payee(name, IBANS[0]) for name in ("Liepa", "Ozola", "Kļava", "Egle"))
    cases = {one: case_of(one) for one in (new, ended, changed, same)}
    for one in (ended, changed, same):
        granted(cases[one], Given(10_000, JANUARY))
    released("2026-01")
    granted(cases[new], Given(310_000, FEBRUARY))
    granted(cases[ended], Given(10_000, JANUARY, FEBRUARY))
    granted(cases[changed], Given(10_000, JANUARY, FEBRUARY), Given(12_001, FEBRUARY))
    run = prepared("2026-02")
    with in_scope(approver()):
        found = {one.kind: (one.many, one.cents, one.cents_before) for one in preview_of(run).findings}
    assert found == {
        "new": (1, 310_000, 0), "ended": (1, 0, 10_000), "changed": (1, 12_001, 10_000),
        "above_limit": (1, 310_000, 0), "one_account_of_several": (3, 332_001, 0),
    }  # fmt: skip


def test_a_change_of_just_the_share_is_not_told() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    released("2026-01")
    granted(case, Given(10_000, JANUARY, FEBRUARY), Given(12_000, FEBRUARY))
    with in_scope(approver()):
        assert preview_of(prepared("2026-02")).findings == ()


def test_decisions_lines_and_ledger_come_to_the_same() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    granted(case_of(payee("Ozola", None)), Given(5_000, JANUARY))
    released("2026-01")
    granted(case, Given(9_000, JANUARY))
    run = released("2026-02")
    with in_scope(approver()):
        found = prove(run)
    # Decided: 90.00 + 90.00 + 50.00 + 50.00. Posted: a line of 90.00 less 10.00 overpaid; what is held is not.
    assert (found.decided, found.lines) == (28_000, 28_000)
    assert (found.to_post, found.posted, found.holds) == (8_000, 8_000, True)


def test_what_no_run_pays_after_all_is_found_by_the_proof() -> None:
    granted(case_of(payee()), Given(10_000, JANUARY))
    before, run = prepared("2026-01"), prepared("2026-02")
    cancel_run(preparer(), before, "wrong month")
    with in_scope(approver()):
        found = prove(run)
    assert not found.holds
    assert [(one.what, one.number, one.month, one.expected, one.found) for one in found.differences] == [
        ("decided", None, JANUARY, 10_000, 0)
    ]

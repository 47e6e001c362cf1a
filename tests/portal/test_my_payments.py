"""A resident's payments: what comes, what was paid when and to which account, what was held and what to do."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.exchange.periods import next_month
from balsts.registry.recording import days
from balsts.registry.use_cases import state_account
from tests.payments.situations import IBANS, Given, approved, case_of, granted, payee, prepared, released
from tests.portal.paying import FEBRUARY, JANUARY, MARCH, nobody_else_writes, page, plain
from tests.portal.visitors import resident
from tests.registry.situations import LONG_AGO, PLATFORM, declaration

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])
HERE = "/me/payments/"


def paid_part(shown: str) -> str:
    return plain(shown.partition("What was paid</h2>")[2].partition("</main>")[0])


def test_what_was_paid_stands_with_day_right_month_account_and_decision() -> None:
    person = payee()
    award = granted(case_of(person), Given(10_000, JANUARY, MARCH))[0]
    released("2026-01")
    released("2026-02")
    shown = page(resident(person.pk), HERE)
    told = paid_part(shown)
    assert told.index("February 2026: 100.00 €") < told.index("January 2026: 100.00 €")
    assert "Payment day 15.01.2026" in told
    assert f"•••• {IBANS[0][-4:]}" in told
    assert IBANS[0][:8] not in shown
    assert f"/decisions/{award.decision_id}/" in shown


def test_a_run_that_is_not_released_is_not_told() -> None:
    person = payee()
    granted(case_of(person), Given(10_000, JANUARY, FEBRUARY))
    approved(prepared("2026-01"))
    shown = page(resident(person.pk), HERE)
    assert "No payment was made here yet." in paid_part(shown)
    assert "Granted for earlier months and not paid here" in shown


def test_what_is_held_is_told_in_plain_words_with_what_to_do_until_it_is_paid() -> None:
    person = payee(iban=None)
    case = case_of(person)
    granted(case, Given(8_700, JANUARY, FEBRUARY))
    released("2026-01")
    shown = page(resident(person.pk), HERE)
    assert "not paid We have no account of yours" in paid_part(shown)
    assert f"/me/cases/{case.pk}/#messages" in shown
    assert "January 2026: 0.00 €" in paid_part(shown)
    assert "mums nav" in page(resident(person.pk), HERE, lang="lv").lower()
    with in_scope(PLATFORM):
        state_account(person, declaration(), IBANS[0], days(LONG_AGO))
    released("2026-02")
    told = paid_part(page(resident(person.pk), HERE))
    assert "paid later" in told
    assert "We have no account" not in told
    assert "February 2026: 87.00 €" in told


def test_what_is_held_month_after_month_is_told_once_for_each_month_it_is_for() -> None:
    person = payee(iban=None)
    granted(case_of(person), Given(8_700, JANUARY, MARCH))
    for month in ("2026-01", "2026-02"):
        released(month)
    told = paid_part(page(resident(person.pk), HERE))
    assert told.count("We have no account of yours") == 2
    assert "January 2026: 0.00" not in told
    assert "February 2026: 0.00" in told


def test_what_comes_is_what_is_granted_less_what_was_sent() -> None:
    person, month = payee(), timezone.localdate().replace(day=1)
    case = case_of(person)
    later = next_month(month)
    granted(case, Given(10_000, month, next_month(later)))
    released(f"{month:%Y-%m}")
    shown = page(resident(person.pk), HERE)
    coming = plain(shown.partition("What will be paid</h2>")[2].partition("<h2")[0])
    assert coming.count("100.00 €") == 1
    granted(case, Given(12_500, month, later))
    coming = plain(page(resident(person.pk), HERE).partition("What will be paid</h2>")[2].partition("<h2")[0])
    assert coming.count("25.00 €") == 1
    assert "125.00 €" not in coming


def test_two_awards_of_one_right_share_what_was_sent() -> None:
    mother, month = payee(), timezone.localdate().replace(day=1)
    children = [payee("Liepa"), payee("Kļava")]
    until = next_month(month)
    granted(case_of(mother), *(Given(cents, month, until, "disabled_child_care_benefit") for cents in (31_343, 41_300)),
            holders=children)  # fmt: skip
    released(f"{month:%Y-%m}")
    assert "No payment is due by a decision." in page(resident(mother.pk), HERE)


def test_nobody_sees_what_is_paid_to_somebody_else() -> None:
    mine, other = payee(), payee("Ozola", IBANS[1])
    granted(case_of(mine), Given(10_000, JANUARY, FEBRUARY))
    granted(case_of(other), Given(61_234, JANUARY, FEBRUARY))
    released("2026-01")
    shown = page(resident(mine.pk), HERE)
    assert "612.34" not in shown
    assert "Ozola" not in shown
    assert "612.34" in page(resident(other.pk), HERE)


def test_older_payments_are_a_page_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    person = payee()
    granted(case_of(person), Given(10_000, JANUARY, date(2026, 4, 1)))
    for month in ("2026-01", "2026-02", "2026-03"):
        released(month)
    monkeypatch.setattr("balsts.portal.my.payments._MOST", 2)
    client = resident(person.pk)
    shown = page(client, HERE)
    assert "January 2026:" not in plain(shown)
    older = re.search(r'href="\?before=(\d+)"', shown)
    assert older is not None
    second = page(client, HERE, before=older[1])
    assert "January 2026: 100.00 €" in plain(second)
    assert "What will be paid" not in second
    page(client, HERE, before="x")

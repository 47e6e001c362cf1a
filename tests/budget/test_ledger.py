"""Execution out of the ledger, equal to what the books themselves come to."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Sum

from balsts.access.acting import in_scope
from balsts.budget.ledger import Spent, by_programme, spent
from balsts.payments.models import Posting
from tests.payments.situations import Given, case_of, granted, payee, released
from tests.registry.situations import PLATFORM
from tests.statistics.conftest import _kept_here, _nobody_else_writes  # noqa: F401 - for these tests too

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in range(1, 5))


def booked() -> dict[str, int]:
    """What the account of expense comes to, by programme."""
    with in_scope(PLATFORM):
        rows = Posting.objects.filter(account="expense").values("programme").annotate(sum=Sum("cents"))
        return {one["programme"]: one["sum"] for one in rows}


def test_spending_by_programme_and_month_is_what_the_books_hold_to_the_cent() -> None:
    granted(case_of(payee()), Given(8_701, JANUARY, APRIL))
    granted(case_of(payee("Ozola")), Given(2_500, JANUARY, MARCH, "family_state_benefit"))
    case = case_of(payee("Kļava"))
    granted(case, Given(10_000, JANUARY, MARCH))
    released("2026-01")
    granted(case, Given(7_000, JANUARY, MARCH))  # 30 euros too much were paid
    released("2026-02")
    rows = spent(JANUARY, APRIL)
    assert rows == [
        Spent("20.01.00", "family_state_benefit", JANUARY, released=2_500),
        Spent("20.01.00", "family_state_benefit", FEBRUARY, released=2_500),
        Spent("own", "gmi_benefit", JANUARY, released=18_701),
        Spent("own", "gmi_benefit", FEBRUARY, released=15_701, overpaid=3_000),
    ]
    assert {one.programme: sum(other.expense for other in rows if other.programme == one.programme)
            for one in rows} == booked()  # fmt: skip
    assert by_programme(rows)[-1] == Spent("own", "", FEBRUARY, released=15_701, overpaid=3_000)
    assert rows[-1].paid_out == 15_701


def test_a_month_that_was_not_asked_for_is_left_out() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY, APRIL))
    released("2026-01")
    released("2026-02")
    assert [one.month for one in spent(FEBRUARY, MARCH)] == [FEBRUARY]

"""Where money goes that is not for the payee's own account: on pages for staff by line, for the person among theirs."""

from __future__ import annotations

import pytest

from tests.payments.payout_situations import by_post, chosen, in_cash, the_line, to_supplier
from tests.payments.situations import Given, approver, case_of, granted, payee, released
from tests.portal.office import client_of
from tests.portal.paying import JANUARY, at, nobody_else_writes, page, plain
from tests.portal.visitors import resident

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_a_line_tells_the_way_it_goes_and_a_new_account_of_others_is_a_finding() -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY), Given(2_500, JANUARY, code="housing_benefit"))
    chosen(person, by_post())
    chosen(person, to_supplier(code="housing_benefit"))
    run, client = released("2026-01"), client_of(approver())
    assert "Account at home, by post" in plain(page(client, at(run, "payment_line", 1)))
    assert "Account SIA Siltums, •••• 0017" in plain(page(client, at(run, "payment_line", 2)))
    assert "New accounts of others" in plain(page(client, at(run, "payment_differences")))
    assert "25.00 €" in plain(page(client, at(run, "payment_lines"), finding="new_payout_account"))


def test_the_person_reads_where_their_money_goes() -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY), Given(2_500, JANUARY, code="housing_benefit"))
    chosen(person, in_cash())
    chosen(person, to_supplier(code="housing_benefit"))
    run = released("2026-01")
    told = plain(page(resident(the_line(run).payee_id), "/me/payments/").partition("What was paid</h2>")[2])
    assert "in cash, at the payer" in told
    assert "SIA Siltums, •••• 0017" in told

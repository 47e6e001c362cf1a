"""Lines of a run on pages: lists without names, one with what is behind it, sums as files, and the proof."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection
from lxml import etree

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.payments.models import Line
from balsts.payments.proof import Difference
from balsts.portal.payments import line_views, run_views
from tests.access.people import auditor
from tests.payments.situations import IBANS, Given, case_of, granted, payee, prepared, released
from tests.portal.office import client_of
from tests.portal.paying import (
    FEBRUARY,
    JANUARY,
    a_month,
    acknowledged,
    approver,
    at,
    nobody_else_writes,
    page,
    plain,
    preparer,
)
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_a_list_of_lines_names_nobody_and_tells_no_account() -> None:
    run = a_month()
    client = client_of(approver())
    with in_scope(auditor(), "log"):
        before = AccessRecord.objects.using("log").count()
    for query in ({}, {"finding": "new"}, {"held": "no_account"}, {"code": "gmi_benefit"}, {"finding": "arrears"}):
        shown = page(client, at(run, "payment_lines"), **query)
        assert "Bērziņa" not in shown
        assert IBANS[0][-4:] not in shown
        assert f"/runs/{run.pk}/lines/" in shown
    with in_scope(auditor(), "log"):
        assert AccessRecord.objects.using("log").count() == before


def test_a_line_opens_with_whose_it_is_and_the_person_sees_that_it_was_looked_at() -> None:
    run = a_month()
    with in_scope(PLATFORM):
        line = Line.objects.get(run=run, amount=2_500)
    shown = plain(page(client_of(approver()), at(run, "payment_line", line.number)))
    assert "Anna Bērziņa" in shown
    assert f"•••• {IBANS[0][-4:]}" in shown
    assert IBANS[0][:8] not in shown
    assert "Owed by decisions 125.00 € Paid by earlier runs 100.00 € This line 25.00 €" in shown
    with in_scope(auditor(), "log"):
        rows = list(AccessRecord.objects.using("log").filter(subject=line.payee_id, role="payment_head"))
    assert [one.detail for one in rows] == [f"a payment line; reason: payment 2026-02 monthly {line.number}"]
    record = plain(page(resident(line.payee_id), "/me/who-looked/"))
    assert "a line of a payment run: amount, why, account" in record
    assert "A payment run, by month, kind and number of the line: 2026-02 monthly" in record


def test_a_held_line_tells_why_and_what_to_do() -> None:
    run = a_month()
    with in_scope(PLATFORM):
        line = Line.objects.get(run=run, held="no_account")
    shown = page(client_of(preparer()), at(run, "payment_line", line.number))
    assert "there is no account that is valid on the payment day" in shown
    assert "asks the person for an account" in shown
    waiting = page(client_of(preparer()), "/payments/waiting/")
    assert "There is no account that is valid on the payment day" in waiting
    assert "1 line, 87.00 €" in plain(waiting)
    assert f"{at(run, 'payment_lines')}?held=no_account" in waiting


def test_an_overpayment_opens_with_what_is_owed_now_and_by_which_decision() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    released("2026-01")
    granted(case, Given(9_000, JANUARY))
    run = prepared("2026-02")
    client = client_of(approver())
    assert at(run, "payment_overpaid", 1) in page(client, at(run, "payment_lines"), finding="overpaid")
    shown = plain(page(client, at(run, "payment_overpaid", 1)))
    assert "Owed by decisions 90.00 € Paid by earlier runs 100.00 € Overpaid 10.00 €" in shown
    assert "Anna Bērziņa" in shown


def test_every_finding_leads_to_its_lines() -> None:
    run = a_month()
    client = client_of(approver())
    shown = page(client, at(run, "payment_differences"))
    links = re.findall(r'href="([^"]+/lines/\?(?:finding|held)=\w+)"', shown)
    assert {one.partition("?")[2] for one in links} == {
        "finding=new", "finding=ended", "finding=changed", "finding=arrears", "held=no_account",
    }  # fmt: skip
    for one in links:
        assert "Line " in plain(page(client, one)), one


def test_lines_go_on_where_a_page_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        case = case_of(payee(f"Liepa{'a' * number}"))
        granted(case, *(Given(1_000, JANUARY, FEBRUARY, code) for code in ("gmi_benefit", "housing_benefit")))
    run = prepared("2026-01")
    monkeypatch.setattr(line_views, "page_of", partial(line_views.page_of, most=4))
    client, address, query, seen = client_of(preparer()), at(run, "payment_lines"), "", []
    while query is not None:
        shown = page(client, address + query).partition("<main")[2]
        seen.append(re.findall(r"/lines/(\d+)/", shown))
        found = re.search(r'href="(\?after=\d+)"', shown)
        query = found[1] if found else None
    assert seen == [["1", "2", "3", "4"], ["5", "6"]]


def test_a_page_of_lines_asks_for_no_more_than_it_shows() -> None:
    run = a_month()
    client = client_of(preparer())
    with connection.execute_wrapper(_asked := _Asked()):
        page(client, at(run, "payment_lines"))
    lines = [one for one in _asked.said if 'FROM "payments_line"' in one]
    assert lines
    assert all("LIMIT 51" in one for one in lines)


class _Asked:
    """What the database is asked."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.said.append(sql)
        return execute(sql, params, many, context)


def test_a_line_is_found_by_its_number() -> None:
    run = a_month()
    client, address = client_of(preparer()), at(run, "payment_find_line")
    assert client.get(address, {"number": "1"}).headers["Location"] == at(run, "payment_line", 1)
    assert "The run has no line 99." in page(client, address, number="99")
    for wrong in ("", "x", "0", "99999999999"):
        assert "Enter the number of a line" in page(client, address, 422, number=wrong)
    page(client, at(run, "payment_line", 99), 404)
    page(client, f"/payments/runs/{run.pk}/lines/99999999999/", 404)


def test_addresses_that_make_no_sense_are_answered_as_if_nothing_was_asked() -> None:
    run = a_month()
    client = client_of(preparer())
    for query in ({"after": "x"}, {"after": "-1"}, {"after": "9" * 30}, {"finding": "whatever"}, {"held": "'"}):
        assert "/lines/1/" in page(client, at(run, "payment_lines"), **query)
    page(client, at(run, "payment_left_out"), after="x")


def test_what_was_left_out_is_told_by_decision() -> None:
    granted(case_of(payee()), Given(1_707, JANUARY, code="blind_assistant_benefit", per="week"))
    run = prepared("2026-01")
    client = client_of(approver())
    assert client.get(at(run, "payment_lines"), {"finding": "left_out"}).headers["Location"] == (
        at(run, "payment_left_out")
    )
    assert "17.07 € a week" in plain(page(client, at(run, "payment_left_out")))


# ------------------------------------------------------------------------------------------- sums and proof


def test_the_sums_of_a_run_come_as_files_that_hold_nobodys_data_and_no_formula() -> None:
    run = a_month()
    client = client_of(approver())
    text = client.get(at(run, "payment_sums", "csv")).content.decode()
    assert text.startswith("\ufeffpayer,run,month_of_payment")
    rows = [one.split(",") for one in text.strip().splitlines()[1:]]
    assert sum(round(float(one[12]) * 100) for one in rows) == 15_000  # 25.00 late and 125.00; 87.00 is held
    assert sum(round(float(one[14]) * 100) for one in rows) == 8_700
    answer = client.get(at(run, "payment_sums", "xlsx"), headers={"accept-language": "lv"})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "Maksātājs" in sheet
    assert "<v>125.00</v>" in sheet
    assert "<f>" not in sheet
    etree.fromstring(sheet.encode())
    assert "Bērziņa" not in text + sheet
    assert client.get(at(run, "payment_sums", "pdf")).status_code == 404


def test_the_proof_names_what_differs_by_line() -> None:
    granted(case_of(payee()), Given(10_000, JANUARY))
    before, run = prepared("2026-01"), prepared("2026-02")
    client = client_of(preparer())
    client.post(at(before, "payment_step", "cancel"), {"reason": "wrong"})
    shown = plain(page(client, at(run, "payment_proof")))
    assert "sums differ" in shown
    assert "no line" in shown
    assert "100.00 € 0.00 € −100.00 €" in shown
    assert "all sums agree" in page(client, at(acknowledged(prepared("2026-01")), "payment_proof"))


def test_the_proof_names_a_line_whose_postings_differ_with_a_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    granted(case_of(payee()), Given(10_000, JANUARY, FEBRUARY))
    run = released("2026-01")
    differences = (Difference("posted", 1, "gmi_benefit", JANUARY, 10_000, 9_000),
                   Difference("told", 1, "booked", JANUARY, 10_000, 9_000),
                   Difference("filed", 99, "gmi_benefit", JANUARY, 10_000, 0))  # fmt: skip
    whole = run_views.prove
    monkeypatch.setattr(run_views, "prove", lambda run: replace(whole(run), differences=differences))
    shown = page(client_of(preparer()), at(run, "payment_proof"))
    assert shown.count(at(run, "payment_line", 1)) == 2
    assert "the ledger does not say what the bank said of the line" in shown
    assert "the line is in no file for the bank" in shown

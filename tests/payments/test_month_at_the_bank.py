"""A month through the bank: written, sent, answered; what comes back is paid again, never twice and never lost."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from balsts.access.acting import in_scope
from balsts.payments.bank_work import settle_matter
from balsts.payments.errors import MatterSettled
from balsts.payments.kept_files import path_of
from balsts.payments.models import Matter
from balsts.payments.outbox import write_files
from balsts.registry.recording import days
from balsts.registry.use_cases import state_account
from tests.payments.at_the_bank import bank, books, days_at, events_of, files_of, matters, open_account, round_at
from tests.payments.situations import (
    IBANS,
    Given,
    case_of,
    granted,
    holds,
    lines_of,
    payee,
    preparer,
    released,
)
from tests.registry.situations import PLATFORM, declaration

JANUARY = date(2026, 1, 1)
FEBRUARY = date(2026, 3, 1)

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_what_was_decided_is_paid_once_and_the_books_agree(tmp_path: Path) -> None:
    open_account()
    for cents in (8_700, 12_345):
        granted(case_of(payee()), Given(cents, JANUARY))
    run = released("2026-01")
    assert books() == {"expense": 21_045, "payable": -21_045}
    with bank(tmp_path / "bank") as running:
        first = round_at(running)
        assert (first.written, first.sent, first.problems) == (1, 1, [])
        days_at(running)
        assert round_at(running).sent == 0
    assert files_of(run) == [(1, "own", 1, 2, 2, 21_045, "accepted")]
    assert [(number, kind) for number, kind, *_ in events_of(run)] == [(1, "booked"), (2, "booked")]
    assert books() == {"expense": 21_045, "bank": -21_045}
    assert matters() == []
    assert holds(run)


@pytest.mark.parametrize("booking", ["batch", "sum_alone", "singles"])
def test_however_the_bank_books_each_line_is_paid(tmp_path: Path, booking: str) -> None:
    open_account()
    for cents in (8_700, 12_345, 500):
        granted(case_of(payee()), Given(cents, JANUARY))
    run = released("2026-01")
    with bank(tmp_path / "bank", booking=booking) as running:
        round_at(running)
        days_at(running)
    assert [kind for _, kind, *_ in events_of(run)] == ["booked"] * 3
    assert matters() == []


def test_a_closed_account_gets_nothing_more_and_the_month_is_paid_to_the_new_one(tmp_path: Path) -> None:
    open_account()
    person = payee(iban=IBANS[1])
    granted(case_of(person), Given(8_700, JANUARY))
    first = released("2026-01")
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running:
        round_at(running)
        days_at(running, 3)
        assert [(kind, reason) for _, kind, _, reason in events_of(first)] == [("booked", ""), ("returned", "AC04")]
        assert matters() == [("back", "ask_for_account")]
        assert books() == {}
        second = released("2026-02")
        assert lines_of(second) == [
            ("gmi_benefit", "2026-01", 8_700, "again", "account_back"),
            ("gmi_benefit", "2026-02", 8_700, "current", "account_back"),
        ]
        with in_scope(PLATFORM):
            state_account(person, declaration(), IBANS[0], days(date(2026, 2, 20)))
        third = released("2026-03")
        assert lines_of(third) == [
            ("gmi_benefit", "2026-01", 8_700, "again", ""),
            ("gmi_benefit", "2026-02", 8_700, "arrears", ""),
            ("gmi_benefit", "2026-03", 8_700, "current", ""),
        ]
        round_at(running)
        days_at(running, 3)
    assert books() == {"expense": 26_100, "bank": -26_100}
    assert all(holds(run) for run in (first, second, third))


def test_what_nobody_knows_waits_until_somebody_says_how_it_was_settled(tmp_path: Path) -> None:
    open_account()
    granted(case_of(payee()), Given(8_700, JANUARY, FEBRUARY))
    run = released("2026-01")
    with bank(tmp_path / "bank", returns={"BE05": 1.0}) as running:
        running.fault("unknown_reason")
        round_at(running)
        days_at(running, 3)
    assert [kind for _, kind, *_ in events_of(run)] == ["booked", "returned"]
    assert matters() == [("back", "hold_and_ask_a_person")]
    assert [held for *_, held in lines_of(released("2026-02"))] == ["asked", ""]
    with in_scope(PLATFORM):
        matter = Matter.objects.get()
    settle_matter(preparer(), matter, "Banka kļūdījās; maksāt atkārtoti.")
    with pytest.raises(MatterSettled):
        settle_matter(preparer(), matter, "Vēlreiz.")
    assert [(month, kind, held) for _, month, _, kind, held in lines_of(released("2026-03"))] == [
        ("2026-01", "again", "")
    ]  # fmt: skip


def test_what_is_rejected_at_once_is_paid_by_the_next_run(tmp_path: Path) -> None:
    open_account()
    granted(case_of(payee()), Given(8_700, JANUARY, FEBRUARY))
    granted(case_of(payee(iban=IBANS[1])), Given(9_900, JANUARY, date(2026, 2, 1)))
    run = released("2026-01")
    with bank(tmp_path / "bank", rejected_accounts={IBANS[1]: "AM04"}) as running:
        round_at(running)
        days_at(running)
        assert files_of(run)[0][-1] == "in_part"
        assert sorted(kind for _, kind, *_ in events_of(run)) == ["booked", "rejected"]
        assert books() == {"expense": 8_700, "bank": -8_700}
    assert matters() == [("back", "fund_the_account")]
    assert ("gmi_benefit", "2026-01", 9_900, "again", "") in lines_of(released("2026-02"))


def test_a_file_rejected_whole_pays_nobody_and_the_next_run_pays_all(tmp_path: Path) -> None:
    open_account()
    granted(case_of(payee()), Given(8_700, JANUARY, date(2026, 2, 1)))
    run = released("2026-01")
    with bank(tmp_path / "bank") as running:
        running.fault("reject_file", code="AM04")
        round_at(running)
        round_at(running)
        assert files_of(run)[0][-1] == "refused"
        assert books() == {}
        assert [kind for kind, _ in matters()] == ["file"]
        again = released("2026-02")
        assert lines_of(again) == [("gmi_benefit", "2026-01", 8_700, "again", "")]
        round_at(running)
        days_at(running)
    assert books() == {"expense": 8_700, "bank": -8_700}
    assert holds(run)
    assert holds(again)


def test_files_keep_to_what_the_bank_takes_and_each_line_is_in_one(tmp_path: Path) -> None:
    open_account(transfers=3, cents=25_000)
    for cents in (9_000, 9_000, 9_000, 100, 100, 100, 100):
        granted(case_of(payee()), Given(cents, JANUARY))
    run = released("2026-01")
    kept = write_files(run)
    spans = [(one.first, one.last) for one in kept]
    assert (spans[0][0], spans[-1][1]) == (1, 7)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(spans))
    assert all(one.transfers <= 3 and one.cents <= 25_000 for one in kept)
    assert sum(one.cents for one in kept) == 27_400
    assert [one.sha256 for one in write_files(run)] == [one.sha256 for one in kept]
    assert all(path_of(one.sha256).stat().st_size == one.size for one in kept)

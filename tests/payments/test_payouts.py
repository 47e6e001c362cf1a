"""Choices of where money goes: two people, one in force at a time, followed by runs as agreed at their moment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.access.models import AccessRecord
from balsts.payments.bank_work import settle_matter
from balsts.payments.errors import NoPayout
from balsts.payments.kept_files import path_of
from balsts.payments.lines import Asked, behind, page_of
from balsts.payments.models import BankFile, Matter, PayoutChoice, Run
from balsts.payments.payouts import Payout, agree_choice, choices_today, end_choice, record_choice
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.use_cases import release_run
from balsts.registry.models import Representation
from balsts.registry.recording import days, state
from tests.access.people import LIEPAJA, RIGA, auditor, office
from tests.payments.at_the_bank import bank, books, days_at, events_of, matters, open_account, round_at
from tests.payments.independent import read
from tests.payments.payout_situations import (
    FEBRUARY,
    JANUARY,
    MARCH,
    SUPPLIER,
    by_post,
    chosen,
    in_cash,
    the_line,
    to_supplier,
    ways,
)
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    case_of,
    granted,
    holds,
    lines_of,
    payee,
    prepared,
    preparer,
    refused,
    released,
    releaser,
)
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])


# ------------------------------------------------------------------------------------------- two people, one choice


def test_a_choice_takes_two_people_and_ends_once() -> None:
    person = payee()
    choice = record_choice(preparer(), person.pk, by_post())
    with pytest.raises(AccessDenied):
        agree_choice(preparer(), choice)
    both = Acting(preparer().staff, office(RIGA).pk, None, "payment_head", "payments")
    with pytest.raises(NoPayout, match="whoever stated it cannot agree"):
        agree_choice(both, choice)
    assert agree_choice(approver(), choice).is_believed
    with pytest.raises(NoPayout, match="agreed to already"):
        agree_choice(releaser(), choice)
    with pytest.raises(NoPayout, match="no reason is given"):
        end_choice(preparer(), choice, " ")
    assert end_choice(preparer(), choice, "pārcēlies").ended_by == preparer().staff
    with pytest.raises(NoPayout):
        end_choice(preparer(), choice, "vēlreiz")
    assert choices_today(preparer()) == []


@pytest.mark.parametrize(
    ("payout", "match"),
    [
        (to_supplier(iban="LV00BANK0000435195001"), "The account is not one"),
        (to_supplier(reference=""), "an account has a name, an IBAN and a reference"),
        (to_supplier(name=" "), "an account has a name, an IBAN and a reference"),
        (to_supplier(reference="x" * 36), "reference is too long"),
        (by_post(name="Anna"), "the post has an address"),
        (in_cash(iban=SUPPLIER), "the cash desk none of these"),
        (by_post(until=JANUARY), "ends before it begins"),
        (by_post(code="no_such_right"), "No right of that code"),
        (Payout(in_cash().channel, " ", JANUARY), "says why"),
    ],
)
def test_a_choice_that_is_not_well_formed_is_not_recorded(payout: Payout, match: str) -> None:
    person = payee()
    with pytest.raises(NoPayout, match=match):
        record_choice(preparer(), person.pk, payout)
    assert choices_today(preparer()) == []


def test_whoever_lists_choices_is_recorded_as_looking_at_whose_they_are() -> None:
    person = payee()
    record_choice(preparer(), person.pk, by_post())
    choices_today(approver())
    with in_scope(auditor(), "log"):
        looked = AccessRecord.objects.using("log").filter(subject=person.pk, detail="where payments go")
        assert [(one.action, one.role) for one in looked] == [("read", "payment_head")]


def in_force() -> list[tuple[str, str, date | None, date | None]]:
    with in_scope(PLATFORM):
        found = PayoutChoice.objects.filter(agreed_by__isnull=False, ended_by__isnull=True).order_by("code", "valid")
        return [(one.code, one.channel, one.valid.lower, one.valid.upper) for one in found]


def test_a_new_choice_takes_the_place_of_the_old_one_on_the_days_that_both_name() -> None:
    person = payee()
    chosen(person, by_post())
    chosen(person, by_post(code="gmi_benefit"))
    chosen(person, in_cash(since=FEBRUARY, until=MARCH))
    assert in_force() == [
        ("", "post", JANUARY, FEBRUARY), ("", "cash", FEBRUARY, MARCH), ("", "post", MARCH, None),
        ("gmi_benefit", "post", JANUARY, None),
    ]  # fmt: skip
    chosen(person, to_supplier())
    assert in_force() == [("", "account", JANUARY, None), ("gmi_benefit", "post", JANUARY, None)]


_STATE = """
    INSERT INTO payments_payoutchoice (id, payer_id, payee_id, code, channel, valid, name, iban, reference, address,
                                       basis, by_staff, at, ended_because)
    VALUES (gen_random_uuid(), %s, %s, '', 'cash', '[2026-01-01,)', '', '', '', '', 'x', %s, now(), '')"""


def test_nobody_changes_a_choice_or_makes_one_for_another_by_sql() -> None:
    person = payee()
    choice = chosen(person, to_supplier())
    here = office(RIGA).pk
    refused(approver(), "UPDATE payments_payoutchoice SET iban = %s", [IBANS[0]], "permission denied")
    refused(approver(), "UPDATE payments_payoutchoice SET agreed_at = now()", [], "permission denied")
    refused(preparer(), "DELETE FROM payments_payoutchoice", [], "permission denied")
    refused(preparer(), _STATE, [here, person.pk, releaser().staff], "stated by who acts")
    there = preparer(office(LIEPAJA))
    refused(there, _STATE, [here, person.pk, there.staff], "row-level|for staff")
    refused(releaser(), _STATE, [here, person.pk, releaser().staff], "prepare_payments is for staff")
    proposed = record_choice(preparer(), person.pk, in_cash())
    refused(approver(), "UPDATE payments_payoutchoice SET agreed_by = %s WHERE id = %s",
            [releaser().staff, proposed.pk], "by who acts")  # fmt: skip
    with in_scope(approver()):
        assert PayoutChoice.objects.get(pk=choice.pk).is_believed


def test_a_person_sees_their_own_choice_once_it_is_agreed_to_and_another_payer_sees_none() -> None:
    mine, theirs = payee(), payee("Ozola", IBANS[1])
    proposed = record_choice(preparer(), mine.pk, by_post())
    chosen(theirs, in_cash())
    with in_scope(the_person(mine.pk)):
        assert not PayoutChoice.objects.exists()
    agree_choice(approver(), proposed)
    with in_scope(the_person(mine.pk)):
        assert [one.payee_id for one in PayoutChoice.objects.all()] == [mine.pk]
    with in_scope(preparer(office(LIEPAJA))):
        assert not PayoutChoice.objects.exists()


# ------------------------------------------------------------------------------------------- lines of runs


def test_a_line_follows_the_choice_of_its_right_before_the_one_of_every_right() -> None:
    person = payee(iban=None)
    granted(case_of(person), Given(8_700, JANUARY), Given(2_500, JANUARY, code="housing_benefit"))
    other = payee("Ozola")
    granted(case_of(other), Given(9_900, JANUARY))
    chosen(person, by_post())
    choice = chosen(person, to_supplier(code="housing_benefit"))
    run = prepared("2026-01")
    assert [one[1:] for one in ways(run)] == [
        ("gmi_benefit", "post", "", ""),
        ("housing_benefit", "bank", SUPPLIER, ""),
        ("gmi_benefit", "bank", IBANS[0], ""),
    ]
    assert (the_line(run, 2).choice_id, the_line(run, 2).receiver_id) == (choice.pk, None)
    assert the_line(run, 1).receiver_id == person.pk
    with in_scope(approver()):
        assert behind(the_line(run, 2)).receiver is None


@pytest.mark.parametrize("choice", [None, "proposed", "ended", "later", "past", "of another payer"])
def test_what_is_not_in_force_on_the_payment_day_is_not_followed(choice: str | None) -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    if choice == "proposed":
        record_choice(preparer(), person.pk, in_cash())
    elif choice == "ended":
        end_choice(approver(), chosen(person, in_cash()), "atsaukts")
    elif choice == "later":
        chosen(person, in_cash(since=date(2026, 1, 16)))
    elif choice == "past":
        chosen(person, in_cash(until=date(2026, 1, 15)))
    elif choice == "of another payer":
        chosen(person, in_cash(), office(LIEPAJA))
    assert ways(prepared("2026-01")) == [(1, "gmi_benefit", "bank", IBANS[0], "")]


def test_the_days_of_a_choice_are_its_first_and_the_one_before_its_end() -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    chosen(person, in_cash(since=date(2026, 1, 15), until=date(2026, 1, 16)))
    assert ways(prepared("2026-01")) == [(1, "gmi_benefit", "cash", "", "")]
    assert [one[2] for one in ways(released("2026-02"))] == ["bank"]


def test_a_choice_that_begins_between_preparing_and_releasing_is_for_the_next_run() -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    run = prepared("2026-01")
    chosen(person, to_supplier())
    run = release_run(releaser(), approved(run))
    assert ways(run) == [(1, "gmi_benefit", "bank", IBANS[0], "")]
    second = released("2026-02")
    assert ways(second) == [(1, "gmi_benefit", "bank", SUPPLIER, "")]
    assert holds(run)
    assert holds(second)


def test_a_choice_that_ends_between_preparing_and_releasing_holds_for_that_run_and_no_later_one() -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    choice = chosen(person, to_supplier())
    run = prepared("2026-01")
    end_choice(preparer(), choice, "līgums beidzies")
    run = release_run(releaser(), approved(run))
    assert (ways(run), the_line(run).choice_id) == ([(1, "gmi_benefit", "bank", SUPPLIER, "")], choice.pk)
    assert ways(released("2026-02")) == [(1, "gmi_benefit", "bank", IBANS[0], "")]


def test_an_account_of_somebody_else_needs_no_representative_and_the_post_needs_one_to_be_clear() -> None:
    person = payee(iban=None)
    granted(case_of(person), Given(8_700, JANUARY), Given(2_500, JANUARY, code="housing_benefit"))
    for name in ("Pirmā", "Otrā"):
        with in_scope(PLATFORM):
            state(Representation(person=person, representative=somebody("Ilze", name), source=declaration(),
                                 ground="court", matters=["payee"], valid=days(JANUARY)))  # fmt: skip
    chosen(person, by_post())
    chosen(person, to_supplier(code="housing_benefit"))
    assert [one[2:] for one in ways(prepared("2026-01"))] == [("post", "", "receivers"), ("bank", SUPPLIER, "")]


def found(run: Run, kind: str) -> list[tuple[int, int, tuple[int, ...]]]:
    with in_scope(approver()):
        return [(one.many, one.cents, one.numbers) for one in preview_of(run).findings if one.kind == kind]


def test_the_preview_shows_lines_to_others_accounts_to_which_none_went_before() -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY), Given(2_500, JANUARY, code="housing_benefit"))
    chosen(person, to_supplier(code="housing_benefit"))
    chosen(person, in_cash())
    first = prepared("2026-01")
    assert found(first, "new_payout_account") == [(1, 2_500, (2,))]
    with in_scope(approver()):
        assert [one.number for one in page_of(first, Asked("new_payout_account")).rows] == [2]
    release_run(releaser(), approved(first))
    second = prepared("2026-02")
    assert found(second, "new_payout_account") == []
    with in_scope(approver()):
        assert page_of(second, Asked("new_payout_account")).rows == ()


# ------------------------------------------------------------------------------------------- at the bank


def test_a_supplier_is_paid_with_the_reference_of_the_contract_and_the_books_agree(tmp_path: Path) -> None:
    open_account()
    person = payee(iban=None)
    granted(case_of(person), Given(8_700, JANUARY))
    chosen(person, to_supplier())
    run = released("2026-01")
    with bank(tmp_path / "bank") as running:
        assert (round_at(running).problems, days_at(running).problems) == ([], [])
    with in_scope(PLATFORM):
        file = BankFile.objects.get(run=run)
    (sent,) = read(path_of(file.sha256).read_bytes()).blocks[0].transfers
    assert (sent.iban, str(sent.amount), sent.name) == (SUPPLIER, "87.00", "SIA Siltums")
    assert sent.remittance.endswith(": L-12/345, izmaksa par 01.2026")
    assert books() == {"expense": 8_700, "bank": -8_700}
    assert holds(run)


def test_what_comes_back_from_a_supplier_is_held_until_it_is_settled_and_then_paid_again(tmp_path: Path) -> None:
    open_account()
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    choice = chosen(person, to_supplier())
    first = released("2026-01")
    with bank(tmp_path / "bank", returned_accounts={SUPPLIER: "AC04"}) as running:
        round_at(running)
        days_at(running, 3)
        assert [kind for _, kind, *_ in events_of(first)] == ["booked", "returned"]
        assert (books(), matters()) == ({}, [("back", "ask_for_account")])
        second = released("2026-02")
        assert [(one[1], *one[3:]) for one in lines_of(second)] == [
            ("2026-01", "again", "account_back"), ("2026-02", "current", "account_back"),
        ]  # fmt: skip
        with in_scope(preparer()):
            settle_matter(preparer(), Matter.objects.get(), "piegādātājs mainījis kontu")
        end_choice(preparer(), choice, "konts slēgts")
        third = released("2026-03")
        assert [one[3:] for one in ways(third)] == [(IBANS[0], "")] * 3
        round_at(running)
        days_at(running, 3)
    assert books() == {"expense": 26_100, "bank": -26_100}
    assert all(holds(run) for run in (first, second, third))


def test_lines_that_do_not_go_by_bank_are_in_no_file_and_the_bank_cannot_speak_of_them(tmp_path: Path) -> None:
    open_account()
    for surname, choice in (("Bērziņa", None), ("Ozola", by_post()), ("Zāle", in_cash()), ("Liepa", None)):
        person = payee(surname)
        granted(case_of(person), Given(8_700, JANUARY))
        if choice is not None:
            chosen(person, choice)
    run = released("2026-01")
    with bank(tmp_path / "bank") as running:
        round_at(running)
        days_at(running)
    with in_scope(PLATFORM):
        assert BankFile.objects.get(run=run).transfers == 2
    assert sorted(kind for _, kind, *_ in events_of(run)) == ["booked", "booked"]
    assert books() == {"expense": 34_800, "bank": -17_400, "payable": -17_400}
    with in_scope(approver()):
        proof = prove(run)
    assert (proof.holds, proof.to_file, proof.filed, proof.waiting) == (True, 17_400, 17_400, 17_400)

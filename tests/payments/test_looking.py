"""What pages and programs look at: sums kept with a run, lines of findings page by page, what is behind a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import Error, connection

from balsts.access.acting import in_scope, the_person
from balsts.payments.lines import FINDINGS, WORKED_OUT, Asked, behind, left_out_of, line_in, overpaid_in, page_of
from balsts.payments.models import Run, RunSum
from balsts.payments.preview import preview_of
from balsts.payments.selectors import totals_of
from balsts.payments.sums import compared, days_of, held_of, rights_of, run_before, sum_rows, sums_of
from balsts.payments.use_cases import cancel_run
from balsts.registry.models import Person, PersonName
from balsts.registry.recording import days, state
from balsts.registry.statements import Visibility
from balsts.registry.use_cases import state_account
from tests.access.people import LIEPAJA, RIGA, office
from tests.payments.situations import (
    IBANS,
    Given,
    approver,
    case_of,
    granted,
    payee,
    prepared,
    preparer,
    released,
)
from tests.registry.situations import LONG_AGO, PLATFORM, declaration

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in range(1, 5))

_OF_ORDERS = {"withheld", "new_creditor", "new_payout_account"}
"""Found where something is kept back, or goes to others' accounts: `test_payouts.py`, and tests of the portal."""


def a_run_with_everything() -> Run:
    """February after January: something new, ended, changed, late, above the limit, held, overpaid, left out."""
    new, ended, changed, same = (payee(name, IBANS[0]) for name in ("Liepa", "Ozola", "Kļava", "Egle"))
    cases = {one: case_of(one) for one in (new, ended, changed, same)}
    for one in (ended, changed, same):
        granted(cases[one], Given(10_000, JANUARY))
    granted(case_of(payee("Priede", None)), Given(5_000, JANUARY))
    released("2026-01")
    granted(cases[new], Given(310_000, FEBRUARY))
    granted(cases[ended], Given(9_000, JANUARY, FEBRUARY))
    granted(cases[changed], Given(10_000, JANUARY, FEBRUARY), Given(12_001, FEBRUARY))
    granted(case_of(payee("Vītola", IBANS[1], LIEPAJA)), Given(6_000, FEBRUARY, MARCH))
    granted(case_of(payee("Krūma", IBANS[1])), Given(7_000, FEBRUARY, code="refugee_benefit"))
    granted(case_of(payee("Zāle", IBANS[1])), Given(1_707, FEBRUARY, code="blind_assistant_benefit", per="week"))
    return prepared("2026-02")


def test_sums_kept_with_a_run_are_those_of_its_lines() -> None:
    run = a_run_with_everything()
    with in_scope(approver()):
        assert sums_of(run) == totals_of(run)
        assert sum(one.paid_cents for one in sum_rows(run)) == totals_of(run).paid_cents
        assert {(one.held, one.code, one.many, one.cents) for one in held_of(run)} == {
            ("no_account", "gmi_benefit", 2, 10_000), ("no_programme", "refugee_benefit", 1, 7_000),
        }  # fmt: skip
        assert rights_of(run) == ["gmi_benefit", "refugee_benefit"]
        assert sums_of(Run(pk=run.pk.__class__(int=0))).paid == 0


def test_a_run_is_compared_with_the_last_one_of_an_earlier_month() -> None:
    granted(case_of(payee()), Given(10_000, JANUARY))
    first = released("2026-01")
    granted(case_of(payee("Ozola", IBANS[1])), Given(2_500, FEBRUARY, code="housing_benefit"))
    run = prepared("2026-02")
    prepared("2026-02", kind="extra")
    with in_scope(approver()):
        assert run_before(run) == first
        assert run_before(first) is None
        assert [(one.name, one.cents, one.before) for one in compared(run, "code")] == [
            ("gmi_benefit", 10_000, 10_000), ("housing_benefit", 2_500, 0),
        ]  # fmt: skip
        assert [(one.name, one.difference) for one in compared(run, "programme")] == [("own", 2_500)]


def test_the_lines_of_each_finding_are_as_many_as_it_says_and_the_same_first() -> None:
    run = a_run_with_everything()
    with in_scope(approver()):
        found = {one.kind: one for one in preview_of(run).findings}
        assert set(found) == {*FINDINGS, "left_out", "held_no_account", "held_no_programme"} - _OF_ORDERS
        for kind, one in found.items():
            if kind == "left_out":
                assert len(left_out_of(run)[0]) == one.many
                continue
            asked = Asked(held=kind.removeprefix("held_")) if kind.startswith("held_") else Asked(kind)
            page = page_of(run, asked)
            assert len(page.rows) == one.many, kind
            assert page.following is None
            if kind != "ended":
                assert tuple(row.number for row in page.rows)[:10] == one.numbers, kind
            assert page_of(run, replace(asked, code="no_such_right")).rows == (), kind


def test_what_ended_is_shown_by_the_line_of_the_run_before() -> None:
    run = a_run_with_everything()
    with in_scope(approver()):
        ended = page_of(run, Asked("ended")).rows
        assert [(one.run, one.amount, one.before) for one in ended] == [(run_before(run).pk, 10_000, 10_000)]  # type: ignore[union-attr]
        changed = page_of(run, Asked("changed")).rows
        assert [(one.amount, one.before) for one in changed] == [(12_001, 10_000)]


@pytest.mark.parametrize("finding", ["", *sorted({*WORKED_OUT, "arrears", "overpaid"} - _OF_ORDERS)])
def test_pages_go_on_after_the_last_number_and_come_to_all(finding: str) -> None:
    run = a_run_with_everything()
    with in_scope(approver()):
        whole = [one.number for one in page_of(run, Asked(finding)).rows]
        after, seen = 0, []
        while True:
            page = page_of(run, Asked(finding), after, most=1)
            seen += [one.number for one in page.rows]
            if page.following is None:
                break
            after = page.following
        assert seen == whole == sorted(whole)
        assert whole


def test_behind_a_line_stands_what_is_owed_by_which_decision_and_what_was_paid() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    first = released("2026-01")
    award = granted(case, Given(12_500, JANUARY))[0]
    run = prepared("2026-02")
    with in_scope(approver()):
        line = line_in(run, 1)
        assert line is not None
        found = behind(line)
        assert (found.case, found.type, found.payee, found.receiver) == (
            case.number, "assistance", "Anna Bērziņa", "Anna Bērziņa",
        )  # fmt: skip
        assert (found.owed, found.before, line.amount) == (12_500, 10_000, 2_500)
        assert [(one.cents, one.is_owed) for one in found.owed_by] == [(12_500, True), (10_000, False)]
        assert found.owed_by[0].decision == award.decision_id
        assert found.owed_by[1].replaced_by == found.owed_by[0].number
        assert [(one.run, one.number, one.cents, one.is_overpaid) for one in found.earlier] == [
            (first, 1, 10_000, False)
        ]


def test_behind_an_overpayment_stands_why_less_is_owed() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    released("2026-01")
    granted(case, Given(9_000, JANUARY))
    run = prepared("2026-02")
    with in_scope(approver()):
        one = overpaid_in(run, 1)
        assert one is not None
        found = behind(one)
        assert (found.owed, found.before, one.amount) == (9_000, 10_000, 1_000)
        assert found.payee == "Anna Bērziņa"


def test_lines_to_one_account_of_several_name_each_other() -> None:
    for name in ("Liepa", "Ozola"):
        granted(case_of(payee(name, IBANS[0])), Given(10_000, JANUARY, FEBRUARY))
    run = prepared("2026-01")
    with in_scope(approver()):
        first, second = (line_in(run, number) for number in (1, 2))
        assert first is not None
        assert second is not None
        assert (behind(first).same_account, behind(second).same_account) == ((2,), (1,))


def test_another_payer_sees_nothing_of_lines_or_what_is_behind_them() -> None:
    run = a_run_with_everything()
    with in_scope(approver()):
        line = line_in(run, 1)
        assert line is not None
    with in_scope(approver(office(LIEPAJA))):
        assert not RunSum.objects.exists()
        assert all(page_of(run, Asked(one)).rows == () for one in ("", *FINDINGS))
        assert left_out_of(run) == ([], None)
        found = behind(line)
        assert (found.case, found.payee, found.owed_by) == ("", None, ())


def test_a_name_that_is_sealed_stays_hidden() -> None:
    with in_scope(PLATFORM):
        person = Person()
        person.save(force_insert=True)
        state(PersonName(person=person, given_names="Anna", surname="Slepenā", search_key="x", sort_key="x",
                         visibility=Visibility.SEALED, source=declaration(), valid=days(None)))  # fmt: skip
        state_account(person, declaration(), IBANS[0], days(LONG_AGO))
    granted(case_of(person), Given(10_000, JANUARY))
    run = prepared("2026-01")
    with in_scope(approver()):
        line = line_in(run, 1)
        assert line is not None
        assert (behind(line).payee, behind(line).receiver) == (None, None)
        assert behind(line).case != ""


def test_sums_of_a_run_are_written_by_the_database_alone() -> None:
    a_run_with_everything()
    for text in ("UPDATE payments_runsum SET cents = 1", "DELETE FROM payments_runsum",
                 "INSERT INTO payments_runsum SELECT * FROM payments_runsum"):  # fmt: skip
        with pytest.raises(Error, match="permission denied"), in_scope(approver()), connection.cursor() as cursor:
            cursor.execute(text)


def test_when_a_run_pays_is_told_once_it_went_out() -> None:
    person = payee()
    granted(case_of(person), Given(10_000, JANUARY))
    out, waiting = released("2026-01"), prepared("2026-02")
    cancel_run(preparer(), waiting, "wrong month")
    with in_scope(the_person(person.pk)):
        assert {run: one.pay_on for run, one in days_of([out.pk, waiting.pk]).items()} == {out.pk: date(2026, 1, 15)}
    assert office(RIGA).pk == days_of([out.pk])[out.pk].payer

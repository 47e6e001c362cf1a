"""The monthly statement to a person: what was paid, kept back and why not, and what of each claim is open."""

from __future__ import annotations

from datetime import date

import pytest

from balsts.access.acting import in_scope, the_person
from balsts.law.engine.quantities import month_from
from balsts.payments.claims import agree_write_off, check_claim, propose_write_off, record_repayment
from balsts.payments.models import Claim, Deduction, Line, Plan, WithholdingOrder, WriteOff
from balsts.payments.orders import record_order
from balsts.payments.statement import ClaimOf, MonthlyStatement, PlanOf, statement_of
from balsts.payments.use_cases import release_run
from balsts.registry.models import Person
from tests.access.people import LIEPAJA, office
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    case_of,
    granted,
    payee,
    prepared,
    preparer,
    released,
    releaser,
)
from tests.payments.withholding_situations import (
    JANUARY,
    MARCH,
    claimed,
    decided,
    ordered,
    overpaid_case,
    pensioner,
    terms,
)
from tests.registry.situations import PLATFORM

pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]


def told(person: Person, month: str) -> MonthlyStatement:
    with in_scope(the_person(person.pk)):
        return statement_of(person.pk, month_from(month))


def test_it_tells_each_line_with_its_day_decision_and_what_was_kept_back_for_whom() -> None:
    person = payee()
    award, _ = granted(case_of(person), Given(60_000, JANUARY, code="old_age_pension"),
                       Given(2_500, JANUARY, code="family_state_benefit"))  # fmt: skip
    ordered(person)
    run = approved(prepared("2026-01"))
    assert told(person, "2026-01").lines == ()
    release_run(releaser(), run)
    found = told(person, "2026-01")
    benefit, pension = found.lines
    assert (pension.cents, pension.withheld, pension.sent) == (60_000, 6_300, 53_700)
    assert (pension.paid_on, pension.payer, pension.iban) == (date(2026, 1, 15), run.payer_id, IBANS[0])
    assert (pension.award, pension.decision) == (award.pk, award.decision_id)
    (kept,) = pension.kept_back
    assert (kept.kind, kept.reference, kept.claim, kept.cents) == ("maintenance", "12-345/2026", None, 6_300)
    assert kept.creditor == "Zvērināts tiesu izpildītājs Nr. 1"
    assert pension.not_kept_back == ()
    assert (found.cents, found.withheld) == (62_500, 6_300)
    (untouched,) = benefit.not_kept_back
    assert benefit.kept_back == ()
    assert (untouched.kind, untouched.reference) == ("maintenance", "12-345/2026")
    assert "Civilprocesa likuma 596. pants" in untouched.why.lv
    assert "art. 596" in untouched.why.en


def test_a_payment_below_what_is_kept_says_so_and_an_order_of_a_later_day_says_nothing() -> None:
    person = pensioner(39_000)
    ordered(person)
    ordered(person, since=date(2026, 2, 1), reference="later")
    released("2026-01")
    (why,) = [one.why.en for one in told(person, "2026-01").lines[0].not_kept_back]
    assert "not above what the payee keeps" in why


def test_an_order_confirmed_after_the_run_was_prepared_is_not_told_with_it() -> None:
    person = pensioner()
    run = approved(prepared("2026-01"))
    ordered(person)
    release_run(releaser(), run)
    assert told(person, "2026-01").lines[0].not_kept_back == ()


def test_it_tells_what_of_each_claim_is_open_and_how_it_is_paid_back() -> None:
    person, _ = overpaid_case()
    claim = claimed(months=4)
    released("2026-03")
    record_repayment(preparer(), claim, 100, MARCH, "2026030100017")
    agree_write_off(approver(), propose_write_off(preparer(), claim, 50, "cannot be recovered"))
    (before,), (march,), (later,) = (told(person, month).claims for month in ("2026-02", "2026-03", "2099-01"))
    assert (before.withheld, before.repaid, before.written_off, before.open) == (0, 0, 0, 1_000)
    assert (march.withheld, march.repaid, march.open) == (250, 100, 650)
    assert (later.written_off, later.open) == (50, 600)
    assert isinstance(march, ClaimOf)
    assert (march.claim, march.cents, march.reason) == (claim.pk, 1_000, "ienākumi nebija norādīti")
    assert march.plan == PlanOf(MARCH, 4, 250, is_withheld=True)
    (kept,) = told(person, "2026-03").lines[0].kept_back
    assert (kept.kind, kept.creditor, kept.claim, kept.cents) == ("recovery", "", claim.pk, 250)


def test_somebody_sees_what_was_agreed_to_about_themselves_and_nobody_elses() -> None:
    person, _ = overpaid_case()
    other = payee("Ozola", IBANS[1])
    decided()
    record_order(preparer(), person.pk, terms())
    with in_scope(the_person(person.pk)):
        assert not any(kind.objects.exists() for kind in (Claim, Plan, WithholdingOrder))
    assert told(person, "2026-02").claims == ()
    with in_scope(PLATFORM):
        unchecked = Claim.objects.get()
    check_claim(approver(), unchecked)
    propose_write_off(preparer(), unchecked, 1, "a cent")
    run = prepared("2026-03")
    with in_scope(the_person(person.pk)):
        assert Claim.objects.count() == Plan.objects.count() == WithholdingOrder.objects.count() == 1
        assert not WriteOff.objects.exists()
        assert not Deduction.objects.exists()
    release_run(releaser(), approved(run))
    with in_scope(the_person(person.pk)):
        assert Deduction.objects.count() == 1
    with in_scope(the_person(other.pk)):
        assert not any(kind.objects.exists() for kind in (Claim, Plan, WithholdingOrder, Deduction, Line))
        assert statement_of(person.pk, month_from("2026-03")) == MonthlyStatement(person.pk, MARCH, (), ())


def test_staff_of_the_payer_are_told_of_their_own_payments_alone() -> None:
    person = pensioner()
    ordered(person)
    released("2026-01")
    with in_scope(approver()):
        (line,) = statement_of(person.pk, month_from("2026-01")).lines
        assert (line.withheld, line.decision, len(line.kept_back)) == (6_300, None, 1)
    with in_scope(approver(office(LIEPAJA))):
        assert statement_of(person.pk, month_from("2026-01")).lines == ()

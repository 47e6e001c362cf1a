"""What runs keep back: orders, plans of claims, their limits, and what the books say."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, connection, transaction

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.payments.claims import (
    propose_write_off,
)
from balsts.payments.errors import NotWithheld
from balsts.payments.models import (
    Claim,
    Deduction,
    LedgerEntry,
    Plan,
    Run,
    RunStep,
    WithholdingOrder,
)
from balsts.payments.orders import confirm_order, debtor_of, end_order, orders_today, record_order
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.use_cases import cancel_run
from balsts.payments.withholding import Kind
from balsts.registry.duplicates import merge
from balsts.registry.models import Identifier
from balsts.registry.recording import days, state
from tests.access.people import LIEPAJA, at_work, office
from tests.cases.situations import vsaa, worker
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
    BAILIFF,
    JANUARY,
    accounts,
    claimed,
    line_of,
    ordered,
    overpaid_case,
    pensioner,
    terms,
    withheld,
)
from tests.registry.situations import PLATFORM, declaration, finding

pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]


# ------------------------------------------------------------------------------------------- orders


def test_maintenance_is_kept_back_from_a_pension_and_goes_to_the_creditor_by_a_transfer_of_its_own() -> None:
    person = pensioner()
    other = pensioner(surname="Ozola", iban=IBANS[1])
    ordered(person, children=1)
    run = prepared("2026-01")
    # 600.00 - 390.00 - 117.00 = 93.00 above what is kept; 30 % of it is 27.90. Lines are 1 and 2, the transfer is 3.
    assert withheld(run) == [("old_age_pension", "maintenance", 2_790, 2_790, 3)]
    assert (line_of(run, person).withheld, line_of(run, other).withheld) == (2_790, 0)
    with in_scope(approver()):
        found = {one.kind: (one.many, one.cents) for one in preview_of(run).findings}
        proven = prove(run)
    assert (found["withheld"], found["new_creditor"]) == ((1, 2_790), (1, 2_790))
    assert (proven.withheld, proven.deducted, proven.holds) == (2_790, 2_790, True)
    cancel_run(preparer(), run, "for the test")
    run = released("2026-01")
    assert accounts(run) == {"expense": 120_000, "payable": -117_210, "creditor": -2_790}
    assert holds(run)
    with in_scope(approver()):
        assert "new_creditor" not in {one.kind for one in preview_of(prepared("2026-02")).findings}


def test_from_what_the_law_protects_nothing_is_kept_back() -> None:
    person = payee()
    granted(case_of(person), Given(60_000, JANUARY), Given(30_000, JANUARY, code="family_state_benefit"))
    ordered(person)
    run = released("2026-01")
    assert withheld(run) == []
    assert accounts(run) == {"expense": 90_000, "payable": -90_000}


def test_a_line_that_is_held_keeps_nothing_back_and_the_run_that_pays_it_does() -> None:
    person = pensioner(iban=None)
    ordered(person)
    assert withheld(released("2026-01")) == []


def test_a_sum_a_month_holds_over_all_runs_of_the_month_and_a_sum_in_all_for_ever() -> None:
    person = payee()
    case = case_of(person)
    granted(case, Given(60_000, JANUARY, code="old_age_pension"))
    ordered(person, monthly=10_000, total=13_000)
    assert [one[3] for one in withheld(prepared("2026-01"))] == [6_300]
    granted(case, Given(120_000, JANUARY, code="old_age_pension"))
    extra = prepared("2026-01", kind="extra")
    assert [one[3] for one in withheld(extra)] == [3_700]
    assert [one[3] for one in withheld(prepared("2026-02"))] == [3_000]
    cancel_run(preparer(), extra, "for the test")
    # What the cancelled run would have paid comes as arrears, and what it took of the sum is free again.
    assert [one[3] for one in withheld(prepared("2026-03"))] == [3_700]


def test_equals_share_and_a_later_rank_waits() -> None:
    person = pensioner(120_000)
    ordered(person, kind=Kind.ENFORCEMENT, total=20_000, monthly=None, reference="A")
    ordered(person, kind=Kind.ENFORCEMENT, total=10_000, monthly=None, reference="B")
    ordered(person, monthly=12_300, reference="C")
    # 30 % of 810.00 is 243.00: 123.00 to maintenance, 120.00 to the others by 2 and 1.
    assert [one[1:4] for one in withheld(prepared("2026-01"))] == [
        ("maintenance", 24_300, 12_300), ("enforcement", 24_300, 8_000), ("enforcement", 24_300, 4_000)
    ]  # fmt: skip


def test_an_order_takes_two_people_and_until_then_nothing_is_kept_back() -> None:
    person = pensioner()
    order = record_order(preparer(), person.pk, terms())
    assert withheld(prepared("2026-01")) == []
    with pytest.raises(AccessDenied):
        confirm_order(preparer(), order)
    assert confirm_order(approver(), order).is_believed
    with pytest.raises(NotWithheld, match="agreed to already"):
        confirm_order(releaser(), order)
    with pytest.raises(AccessDenied):
        record_order(worker(), person.pk, terms())
    assert [one[3] for one in withheld(prepared("2026-02"))] == [6_300]


def test_whoever_recorded_an_order_cannot_confirm_it_in_another_role_either() -> None:
    order, who = record_order(preparer(), pensioner().pk, terms()), preparer()
    both = type(who)(who.staff, who.institution, who.municipality, "payment_head", "payments")
    with pytest.raises(NotWithheld, match="another head of payments"):
        confirm_order(both, order)


def test_an_order_that_ended_or_is_not_of_that_day_takes_nothing() -> None:
    ended, over, later = (pensioner(surname=name) for name in ("Liepa", "Ozola", "Kļava"))
    end_order(preparer(), ordered(ended), "paid")
    ordered(over, since=date(2025, 1, 1), until=date(2026, 1, 15))
    ordered(later, since=date(2026, 1, 16))
    assert withheld(prepared("2026-01")) == []
    assert [one[3] for one in withheld(prepared("2026-02"))] == [6_300]
    with pytest.raises(NotWithheld, match="agreed to already, or ended"):
        end_order(preparer(), orders_of(ended), "once more")


def orders_of(person: object) -> WithholdingOrder:
    with in_scope(PLATFORM):
        return WithholdingOrder.objects.filter(debtor=person).latest("at")


def test_a_changed_order_counts_what_was_taken_before_and_takes_the_place_of_the_other() -> None:
    person = pensioner()
    order = ordered(person, total=10_000, monthly=None)
    assert [one[3] for one in withheld(prepared("2026-01"))] == [6_300]
    changed = record_order(preparer(), person.pk, terms(total=8_000, monthly=None), instead_of=order)
    with pytest.raises(NotWithheld, match="same debtor and kind"):
        record_order(preparer(), payee().pk, terms(), instead_of=order)
    confirm_order(approver(), changed)
    assert [one.pk for one in orders_today(approver())] == [changed.pk]
    assert [one[3] for one in withheld(prepared("2026-02"))] == [1_700]


def test_an_order_that_is_not_well_formed_is_refused() -> None:
    person = pensioner()
    for more, words in (
        ({"monthly": None}, "a sum in all or a sum a month"),
        ({"monthly": 0}, "a sum in all or a sum a month"),
        ({"until": JANUARY}, "ends before it begins"),
        ({"rank": 10}, "from 1 to 9"),
        ({"reference": " "}, "names its creditor"),
        ({"kind": Kind.RECOVERY}, "Decide a claim"),
    ):
        with pytest.raises(NotWithheld, match=words):
            record_order(preparer(), person.pk, terms(**more))
    wrong = type(terms())(Kind.MAINTENANCE, "Anna", "LV00", "1", JANUARY, monthly=1)
    with pytest.raises(NotWithheld, match="expected an IBAN"):
        record_order(preparer(), person.pk, wrong)


def test_a_debtor_is_found_by_their_code_only_where_the_payer_pays_them() -> None:
    person = pensioner()
    code = "32012345678"
    with in_scope(PLATFORM):
        state(Identifier(person=person, source=declaration(), scheme="personal_code", value=code, valid=days(None)))
    with pytest.raises(NotWithheld, match="pays nobody"):
        debtor_of(preparer(), code)
    prepared("2026-01")
    assert debtor_of(preparer(), f"{code[:6]}-{code[6:]}") == person.pk
    with pytest.raises(NotWithheld, match="pays nobody"):
        debtor_of(preparer(office(LIEPAJA)), code)


def test_an_order_of_an_entry_that_was_merged_is_that_of_the_person() -> None:
    person, twice = pensioner(), payee("Bērziņa", IBANS[0])
    ordered(twice)
    head = at_work("head", vsaa(), "benefits_head", "state_benefits")
    with in_scope(head):
        merge(head, twice.pk, person.pk, finding("one person"))
    assert [one[3] for one in withheld(prepared("2026-01"))] == [6_300]


def test_orders_of_one_payer_take_nothing_from_the_runs_of_another() -> None:
    there = office(LIEPAJA)
    person = pensioner(where=there)
    ordered(person)
    assert withheld(prepared("2026-01", there)) == []


# ------------------------------------------------------------------------------------------- what SQL cannot do


def half_prepared() -> Run:
    """A run whose lines are written; to be called in a transaction."""
    name = Run._meta.pk.get_default()
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_prepare(%s, %s, '2026-01-01', 'monthly', '2026-01-15', clock_timestamp())",
                       [name, preparer().institution])  # fmt: skip
    return Run.objects.get(pk=name)


_WRITE = "SELECT payments_withhold(%s, %s, %s, %s)"


def test_no_more_is_written_than_order_rule_and_line_leave_room_for() -> None:
    person, other = pensioner(), pensioner(surname="Ozola", iban=IBANS[1])
    protected = payee("Kļava", IBANS[0])
    granted(case_of(protected), Given(60_000, JANUARY))
    order = ordered(person, monthly=6_200)
    theirs, of_protected = ordered(other), ordered(protected)
    unconfirmed = record_order(preparer(), person.pk, terms())
    with in_scope(preparer()):
        run = half_prepared()
        mine = line_of(run, person).pk
        gmi = line_of(run, protected).pk
        for lines, orders, cents, words in (
            ([mine], [order.pk], [6_201], "more than an order may still take"),
            ([mine], [theirs.pk], [1], "not of this payee"),
            ([mine], [unconfirmed.pk], [1], "not in force"),
            ([gmi], [of_protected.pk], [1], "the rule of the right"),
            ([line_of(run, other).pk], [theirs.pk], [6_301], "the rule of the right"),
            ([mine, -1], [order.pk, order.pk], [1, 1], "what is not there"),
            ([mine, mine], [order.pk, order.pk], [1, 1], "takes_from_a_line_once"),
            ([mine], [order.pk], [0], "deduction_is_positive"),
        ):
            with pytest.raises(Error, match=words), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_WRITE, [run.pk, lines, orders, cents])
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [run.pk, [mine], [order.pk], [6_200]])
        with pytest.raises(Error, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WRITE, [run.pk, [mine], [order.pk], [1]])
        RunStep.objects.create(run=run, step="prepared", by_staff=preparer().staff)
    assert holds(run)


def test_nothing_is_added_to_a_run_that_is_prepared() -> None:
    person = pensioner()
    run = prepared("2026-01")
    order = ordered(person)
    with pytest.raises(Error, match="prepared already"), in_scope(preparer()), connection.cursor() as cursor:
        cursor.execute(_WRITE, [run.pk, [line_of(run, person).pk], [order.pk], [1]])


# ------------------------------------------------------------------------------------------- who sees what


def test_staff_of_another_payer_see_and_change_nothing_of_it() -> None:
    overpaid_case()
    claim = claimed()
    order = ordered(pensioner())
    released("2026-03")
    for who in (preparer(office(LIEPAJA)), approver(office(LIEPAJA)), worker()):
        with in_scope(who):
            kinds = (Claim, Plan, WithholdingOrder, Deduction, LedgerEntry)
            assert not any(kind.objects.exists() for kind in kinds)
        with pytest.raises(AccessDenied):
            end_order(who, order, "not mine")
        with pytest.raises(AccessDenied):
            propose_write_off(who, claim, 1, "not mine")
    with in_scope(approver()):
        assert LedgerEntry.objects.filter(claim=claim).count() == 1
        assert WithholdingOrder.objects.filter(iban=BAILIFF).exists()

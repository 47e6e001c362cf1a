"""What goes by post and in cash: lists, answers applied whole, cash paid out; the books and what is owed again."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balsts.access.acting import in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.access.models import AccessRecord
from balsts.payments.errors import AnswerNotUsable, NoPayout, RunNotReady
from balsts.payments.models import Event, Line, PayoutList, Run
from balsts.payments.payout_lists import Answered, apply_answer, not_paid_out, paid_out, path_of, write_lists
from balsts.payments.proof import prove
from balsts.registry.models import Person
from tests.access.people import LIEPAJA, auditor, office
from tests.payments.at_the_bank import books, events_of, matters
from tests.payments.payout_situations import (
    FEBRUARY,
    HOME,
    JANUARY,
    answer,
    by_post,
    chosen,
    in_cash,
    listed,
    named,
    the_line,
    ways,
)
from tests.payments.situations import (
    IBANS,
    Given,
    approver,
    case_of,
    granted,
    lines_of,
    payee,
    prepared,
    preparer,
    refused,
    released,
)
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def proven(run: Run) -> tuple[bool, int, int, int]:
    """Whether a run's proof holds, and its cents paid, come back, and without an answer."""
    with in_scope(approver()):
        found = prove(run)
    return found.holds, found.paid, found.back, found.waiting


def of_one_month(*payouts: Any, cents: int = 8_700) -> Run:
    """A released run of January, in which each of some persons is paid in a way of their own."""
    for surname, payout in zip(("Bērziņa", "Ozola", "Zāle"), payouts, strict=False):
        person = payee(surname)
        granted(case_of(person), Given(cents, JANUARY, FEBRUARY))
        if payout is not None:
            chosen(person, payout)
    return released("2026-01")


# ------------------------------------------------------------------------------------------- lists


def test_lists_say_who_receives_how_much_and_where_and_are_the_same_each_time() -> None:
    run = of_one_month(by_post(), None, in_cash())
    found = listed(run)
    assert found == {
        "post": [{"number": named(run, 1), "receiver": "Anna Bērziņa", "address": HOME, "euros": "87.00",
                  "payment_day": "2026-01-15"}],
        "cash": [{"number": named(run, 3), "receiver": "Anna Zāle", "address": "", "euros": "87.00",
                  "payment_day": "2026-01-15"}],
    }  # fmt: skip
    assert listed(run) == found
    with in_scope(preparer()):
        kept = list(PayoutList.objects.order_by("channel").values_list("channel", "payouts", "cents", "sha256", "size"))
    assert [one[:3] for one in kept] == [("cash", 1, 8_700), ("post", 1, 8_700)]
    for *_, digest, size in kept:
        content = path_of(digest).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, size)


def test_whose_data_a_list_hands_over_is_recorded() -> None:
    run = of_one_month(by_post(), None)
    write_lists(preparer(), run)
    with in_scope(auditor(), "log"):
        exported = AccessRecord.objects.using("log").filter(action="export", detail="list of payouts: post")
        assert [one.subject for one in exported] == [the_line(run, 1).payee_id]


def test_lists_are_of_released_runs_of_ones_own_payer() -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    with pytest.raises(RunNotReady):
        write_lists(preparer(), prepared("2026-01"))
    run = of_one_month_later()
    with pytest.raises(AccessDenied):
        write_lists(approver(), run)
    with pytest.raises(AccessDenied):
        write_lists(preparer(office(LIEPAJA)), run)


def of_one_month_later() -> Run:
    person = payee("Ozola", IBANS[1])
    granted(case_of(person), Given(9_900, FEBRUARY))
    chosen(person, by_post())
    return released("2026-02")


def test_a_list_with_other_sums_or_bytes_is_not_kept() -> None:
    run = of_one_month(by_post())
    text = "SELECT payments_store_list(%s, 'post', %s, %s, %s, 1)"
    refused(preparer(), text, [run.pk, 2, 8_700, "a" * 64], "holds all payouts")
    refused(preparer(), text, [run.pk, 1, 8_701, "a" * 64], "holds all payouts")
    write_lists(preparer(), run)
    refused(preparer(), text, [run.pk, 1, 8_700, "a" * 64], "with other bytes")
    refused(approver(), text, [run.pk, 1, 8_700, "a" * 64], "prepare_payments is for staff")
    refused(preparer(), "UPDATE payments_payoutlist SET cents = 1", [], "permission denied")


# ------------------------------------------------------------------------------------------- answers of the post


def test_what_the_post_paid_is_in_the_books_once() -> None:
    run = of_one_month(by_post(), None)
    assert proven(run) == (True, 0, 0, 8_700)
    content = answer((named(run, 1), "paid"))
    assert apply_answer(preparer(), content) == Answered(1, 0, 1)
    assert events_of(run) == [(1, "booked", 8_700, "")]
    assert books() == {"expense": 17_400, "payable": -8_700, "post": -8_700}
    assert apply_answer(preparer(), content) == Answered(1, 0, 0)
    assert events_of(run) == [(1, "booked", 8_700, "")]
    assert proven(run) == (True, 8_700, 0, 0)
    with in_scope(PLATFORM):
        event = Event.objects.get()
    assert (event.by_staff, event.receipt) == (preparer().staff, hashlib.sha256(content).hexdigest())
    assert path_of(event.receipt).read_bytes() == content


def test_what_was_undelivered_is_owed_again_and_paid_once_by_the_next_run() -> None:
    run = of_one_month(by_post(), by_post())
    done = apply_answer(preparer(), answer((named(run, 1), "undelivered"), (named(run, 2), "paid")))
    assert done == Answered(1, 1, 2)
    assert books() == {"expense": 8_700, "post": -8_700}
    assert matters() == []
    assert proven(run) == (True, 8_700, 8_700, 0)
    second = released("2026-02")
    assert lines_of(second) == [("gmi_benefit", "2026-01", 8_700, "again", "")]
    assert [one[2] for one in ways(second)] == ["post"]
    apply_answer(preparer(), answer((named(second, 1), "paid")))
    assert lines_of(released("2026-03")) == []
    assert books() == {"expense": 17_400, "post": -17_400}
    assert proven(run)[0]
    assert proven(second) == (True, 8_700, 0, 0)


def rows_refused(content: bytes) -> list[str]:
    with pytest.raises(AnswerNotUsable) as caught:
        apply_answer(preparer(), content)
    return caught.value.messages[1:]


def test_an_answer_with_rows_that_do_not_fit_is_refused_whole_with_each_row() -> None:
    run = of_one_month(by_post(), None, in_cash())
    day, tomorrow = (timezone.localdate() + timedelta(days=many) for many in (0, 1))
    good = named(run, 1)
    text = "\n".join([
        "number,state,day", f"{good},paid,{day}", f"{good},paid,{day}", f"{good[:-1]}x,paid,{day}",
        f"{good},gone,{day}", f"{good},paid,soon", *(f"{named(run, number)},paid,{day}" for number in (2, 3, 9)),
        "one,two", "",
    ])  # fmt: skip
    assert rows_refused(text.encode()) == [
        "row 3: the number stands in row 2 too",
        "row 4: the number is not one of a list; its check digits do not fit",
        "row 5: the state is unknown; expected paid or undelivered",
        "row 6: the day is not one; expected YYYY-MM-DD",
        "row 7: no released payout of this payer has this number",
        "row 8: no released payout of this payer has this number",
        "row 9: no released payout of this payer has this number",
        "row 10: expected 3 columns, found 2",
    ]
    assert rows_refused(answer((good, "paid"), day=f"{tomorrow}")) == [
        "row 2: the day is before the payment was released, or has not come yet"
    ]
    assert rows_refused(answer((good, "paid"), day="2026-01-01")) == [
        "row 2: the day is before the payment was released, or has not come yet"
    ]
    assert rows_refused(b"a,b\n1,2\n") == ["row 1: expected the columns number, state, day"]
    assert rows_refused(b"") == ["row 1: expected the columns number, state, day"]
    assert rows_refused(b"number,state,day\n") == ["row 2: expected a row for each payout; there is none"]
    assert rows_refused(b"\xff\xfe") == []
    assert events_of(run) == []


def test_of_many_rows_that_do_not_fit_the_first_are_told_and_the_rest_counted() -> None:
    of_one_month(by_post())
    told = rows_refused(answer(*[("x", "paid")] * 25))
    assert (len(told), told[0][:6], told[-1]) == (21, "row 2:", "and 5 more")


def test_what_was_paid_cannot_be_undelivered_nor_the_other_way_round() -> None:
    run = of_one_month(by_post(), by_post())
    apply_answer(preparer(), answer((named(run, 1), "paid"), (named(run, 2), "undelivered")))
    assert rows_refused(answer((named(run, 1), "undelivered"))) == ["row 2: it was said to be paid before"]
    assert rows_refused(answer((named(run, 2), "paid"))) == [
        "row 2: it was said to be undelivered before; it is owed again"
    ]
    assert apply_answer(preparer(), answer((named(run, 2), "undelivered"))) == Answered(0, 1, 0)


_TELL = "SELECT payments_tell_payouts(%s, %s::bigint[], %s::integer[], %s::boolean[], %s::date[], %s::text[])"


def test_the_database_holds_to_it_too() -> None:
    run = of_one_month(by_post(), None, in_cash())
    day, who = timezone.localdate(), preparer()
    for values in (
        ["post", [run.number], [2], [True], [day], ["x"]],
        ["post", [run.number], [3], [True], [day], ["x"]],
        ["post", [run.number], [1], [True], [day], [""]],
        ["post", [run.number], [1], [True], [day + timedelta(days=1)], ["x"]],
        ["post", [run.number] * 2, [1, 1], [True, False], [day] * 2, ["x"] * 2],
    ):
        refused(who, _TELL, values, "does not fit them")
    good = ["post", [run.number], [1], [True], [day], ["x"]]
    refused(approver(), _TELL, good, "prepare_payments is for staff")
    refused(preparer(office(LIEPAJA)), _TELL, good, "does not fit them")
    refused(who, "INSERT INTO payments_event (run_id, number, kind, entry, place, cents, reason, action, at) "
            "VALUES (%s, 1, 'booked', 0, 0, 8700, '', '', now())", [run.pk], "permission denied")  # fmt: skip
    assert events_of(run) == []


# ------------------------------------------------------------------------------------------- cash


def test_cash_is_paid_out_against_a_receipt_once() -> None:
    run = of_one_month(in_cash())
    line = the_line(run)
    paid_out(preparer(), line, timezone.localdate(), "KO-17")
    paid_out(preparer(), line, timezone.localdate(), "KO-18")
    assert books() == {"expense": 8_700, "cash": -8_700}
    with in_scope(PLATFORM):
        assert Event.objects.get().receipt == "KO-17"
    assert proven(run) == (True, 8_700, 0, 0)
    with pytest.raises(NoPayout, match="said to be paid before"):
        not_paid_out(preparer(), line, timezone.localdate(), "nav ieradies")


def test_cash_that_was_not_fetched_is_owed_again() -> None:
    run = of_one_month(in_cash())
    not_paid_out(preparer(), the_line(run), timezone.localdate(), "nav ieradies")
    assert books() == {}
    with pytest.raises(NoPayout, match="owed again"):
        paid_out(preparer(), the_line(run), timezone.localdate(), "KO-17")
    second = released("2026-02")
    assert lines_of(second) == [("gmi_benefit", "2026-01", 8_700, "again", "")]
    assert proven(run)[0]
    assert proven(second) == (True, 0, 0, 8_700)


def test_only_cash_of_ones_own_payer_is_paid_out_and_for_a_receipt() -> None:
    run = of_one_month(in_cash(), by_post(), None)
    day = timezone.localdate()
    with pytest.raises(NoPayout, match="a receipt or a reason"):
        paid_out(preparer(), the_line(run, 1), day, " ")
    for number in (2, 3):
        with pytest.raises(NoPayout, match="no released payout"):
            paid_out(preparer(), the_line(run, number), day, "KO-17")
    with pytest.raises(NoPayout, match="no released payout"):
        paid_out(preparer(office(LIEPAJA)), the_line(run, 1), day, "KO-17")
    with pytest.raises(AccessDenied):
        paid_out(approver(), the_line(run, 1), day, "KO-17")
    assert events_of(run) == []


def test_a_person_sees_that_their_line_goes_by_post() -> None:
    run = of_one_month(by_post(), in_cash())
    person = Person(pk=the_line(run, 1).payee_id)
    with in_scope(the_person(person.pk)):
        assert [(one.channel, one.choice and one.choice.address) for one in Line.objects.all()] == [("post", HOME)]
        assert not PayoutList.objects.exists()

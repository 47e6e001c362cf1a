"""Choices and payouts on connections that commit: two at once, and what even the owner of the tables cannot do."""

from __future__ import annotations

from functools import partial

import psycopg
import pytest
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.database.server import OWNER, Cluster
from balsts.payments.errors import NoPayout
from balsts.payments.models import Event, PayoutChoice
from balsts.payments.payout_lists import apply_answer, not_paid_out, paid_out, write_lists
from balsts.payments.payouts import agree_choice, record_choice
from balsts.payments.proof import prove
from tests.database.apart import Connections
from tests.payments.at_the_bank import books
from tests.payments.payout_situations import JANUARY, answer, by_post, chosen, in_cash, named, the_line
from tests.payments.situations import Given, approver, case_of, granted, payee, preparer, released, releaser
from tests.registry.situations import PLATFORM


def test_two_choices_that_are_agreed_to_at_once_leave_one_in_force(apart: Connections) -> None:
    person = payee()
    first, second = (record_choice(preparer(), person.pk, one) for one in (by_post(), in_cash()))
    done = apart.at_once(partial(agree_choice, approver(), first), partial(agree_choice, releaser(), second))
    assert all(isinstance(one, NoPayout) for one in done if isinstance(one, Exception)), done
    with in_scope(PLATFORM):
        assert PayoutChoice.objects.filter(agreed_by__isnull=False, ended_by__isnull=True).count() == 1


def test_cash_that_is_said_to_be_paid_and_not_fetched_at_once_is_one_of_both(apart: Connections) -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    chosen(person, in_cash())
    run, day = released("2026-01"), timezone.localdate()
    line = the_line(run)
    done = apart.at_once(
        partial(paid_out, preparer(), line, day, "KO-17"), partial(not_paid_out, preparer(), line, day, "nav ieradies")
    )
    assert len([one for one in done if isinstance(one, Exception)]) == 1, done
    with in_scope(PLATFORM):
        kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert (kinds, books()) in [(["booked"], {"expense": 8_700, "cash": -8_700}), (["booked", "returned"], {})]
    with in_scope(approver()):
        assert prove(run).holds


def test_an_answer_that_comes_twice_at_once_counts_once(apart: Connections) -> None:
    for surname in ("Bērziņa", "Ozola"):
        person = payee(surname)
        granted(case_of(person), Given(8_700, JANUARY))
        chosen(person, by_post())
    run = released("2026-01")
    content = answer((named(run, 1), "paid"), (named(run, 2), "undelivered"))
    apart.at_once(*[partial(apply_answer, preparer(), content)] * 2)
    assert books() == {"expense": 8_700, "post": -8_700}
    with in_scope(PLATFORM):
        assert Event.objects.count() == 3


def test_the_owner_cannot_change_what_is_written_either(apart: Connections, cluster: Cluster) -> None:
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    chosen(person, by_post())
    run = released("2026-01")
    write_lists(preparer(), run)
    apply_answer(preparer(), answer((named(run), "paid")))
    with cluster.connect(OWNER, apart.database) as owner:
        for text in (
            "UPDATE payments_payoutchoice SET address = 'x'",
            "UPDATE payments_payoutchoice SET valid = '[2026-01-01,)'",
            "DELETE FROM payments_payoutchoice",
            "UPDATE payments_payoutlist SET cents = 1",
            "DELETE FROM payments_payoutlist",
            "UPDATE payments_line SET channel = 'bank'",
            "UPDATE payments_line SET choice_id = NULL",
            "UPDATE payments_event SET receipt = 'x'",
        ):
            with pytest.raises(psycopg.Error, match=r"never change|nothing else about it changes"):
                owner.execute(text)
            owner.rollback()

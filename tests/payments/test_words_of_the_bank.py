"""What a bank says, in any order, twice, cut off or wrong: the books come out the same, and bad files are set aside."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from balsts.access.acting import in_scope
from balsts.payments.bank.errors import NoAnswer
from balsts.payments.bank_work import settle_matter
from balsts.payments.inbox import apply_messages, receive
from balsts.payments.kept_files import path_of
from balsts.payments.models import BankMessage, Event, Matter, Run
from balsts.payments.outbox import send_files, write_files
from balsts.payments.proof import prove
from tests.payments.at_the_bank import bank, books, days_at, events_of, matters, one_month, round_at
from tests.payments.running_bank import RunningBank
from tests.payments.situations import IBANS, approver, lines_of, preparer, released
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def kept_from(running: RunningBank, folder: Path) -> list[tuple[str, str, int]]:
    """Every message of the bank, kept where they are looked for; their hash, name and size."""
    folder.mkdir()
    found = []
    for message, path in running.fetched(folder):
        path_of(message.sha256).write_bytes(path.read_bytes())
        found.append((message.sha256, message.name, message.size))
    return found


def told(run: Run, messages: tuple[tuple[str, str, int], ...]) -> tuple[Any, ...]:
    """What the books and the run come to once these were applied; nothing of it stays."""
    with transaction.atomic():
        for number, (digest, name, size) in enumerate(messages, 1):
            receive(digest, name, size, number, "the bank")
        assert {one.state for one in apply_messages()} == {"applied"}
        with in_scope(approver()):
            proof = prove(run)
        assert proof.holds, proof
        events = sorted((number, kind, cents) for number, kind, cents, _ in events_of(run))
        found = (books(), events, sorted(set(matters()) - {("gap", "")}))
        transaction.set_rollback(True)
    return found


def test_in_whatever_order_messages_come_the_books_come_out_the_same(tmp_path: Path) -> None:
    run = one_month()
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running:
        round_at_without_reading(running)
        running.close_days(3)
        messages = kept_from(running, tmp_path / "kept-here")
    assert len(messages) >= 5
    first = told(run, tuple(messages))
    assert first[0] == {"expense": 9_200, "bank": -9_200}
    orders = list(permutations(messages))
    for order in orders[:: max(1, len(orders) // 40)]:
        assert told(run, order) == first


def round_at_without_reading(running: RunningBank) -> None:
    """Files are sent; nothing the bank says is read yet."""
    with in_scope(PLATFORM):
        runs = list(Run.objects.filter(state="released").select_related("payer"))
    for run in runs:
        write_files(run)
    with running.line() as line:
        send_files(line)


def test_the_same_message_twice_changes_nothing(tmp_path: Path) -> None:
    run = one_month()
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running:
        running.fault("statement_twice", times=3)
        round_at(running)
        days_at(running, 3)
        before = (books(), events_of(run), matters())
        assert round_at(running).applied == 0
    assert (books(), events_of(run), matters()) == before
    assert [kind for _, kind, *_ in events_of(run)].count("returned") == 1
    with in_scope(PLATFORM):
        assert BankMessage.objects.count() == BankMessage.objects.values("sha256").distinct().count()


@pytest.mark.parametrize(
    ("fault", "says"),
    [("truncated_statement", "cut off"), ("wrong_totals", "declares another number"),
     ("wrong_balance", "do not make the closing"), ("truncated_report", "cut off")],
)  # fmt: skip
def test_a_file_that_does_not_hold_together_is_set_aside_whole(tmp_path: Path, fault: str, says: str) -> None:
    run = one_month()
    with bank(tmp_path / "bank") as running:
        running.fault(fault)
        round_at(running)
        days_at(running)
    with in_scope(PLATFORM):
        aside = BankMessage.objects.get(state="aside")
        assert not Event.objects.filter(message=aside).exists()
        matter = Matter.objects.get(message=aside)
    assert says in aside.problem
    assert matter.kind == "message"
    # Notifications of the same day tell the rest, so nothing is lost with it.
    assert [kind for _, kind, *_ in events_of(run)] == ["booked"] * 3


def test_a_movement_that_is_none_of_ours_is_put_before_a_person(tmp_path: Path) -> None:
    run = one_month()
    with bank(tmp_path / "bank") as running:
        running.fault("unknown_end_to_end_id", end_to_end_id="SOMEBODYELSES1", cents=4_200, code="AC04")
        round_at(running)
        days_at(running)
    assert ("unknown", "") in matters()
    assert [kind for _, kind, *_ in events_of(run)] == ["booked"] * 3


def test_a_return_that_is_a_cent_short_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    run = one_month()
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running:
        running.fault("return_less")
        round_at(running)
        days_at(running, 3)
    assert "amount" in {kind for kind, _ in matters()}
    assert [kind for _, kind, *_ in events_of(run)] == ["booked"] * 3
    assert lines_of(released("2026-02")) == []


def test_when_no_receipt_comes_the_same_file_is_sent_again_and_paid_once(tmp_path: Path) -> None:
    run = one_month()
    with bank(tmp_path / "bank") as running:
        running.fault("no_answer")
        with pytest.raises(NoAnswer):
            round_at(running)
        round_at(running)
        days_at(running)
    assert [kind for _, kind, *_ in events_of(run)] == ["booked"] * 3
    assert books() == {"expense": 19_100, "bank": -19_100}


def test_what_nobody_can_read_is_put_before_the_payers(tmp_path: Path) -> None:
    one_month()
    path_of("0" * 64).parent.mkdir(exist_ok=True)
    path_of("0" * 64).write_bytes(b"<html>busy</html>")
    receive("0" * 64, "notice.html", 17, 1, "the bank")
    assert [one.state for one in apply_messages()] == ["aside"]
    with in_scope(preparer()):
        (matter,) = Matter.objects.all()
    assert "none of the messages" in matter.detail
    settle_matter(preparer(), matter, "Banka bija pārslogota; ziņa saņemta citā datnē.")
    with in_scope(preparer()):
        assert not Matter.objects.filter(settled_at=None).exists()

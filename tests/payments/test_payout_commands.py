"""`balsts payments payout` and `lists`: what an officer does from the command line, signed by two people."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.models import StaffAccount
from balsts.registry.models import Identifier
from balsts.registry.recording import days, state
from tests.command import Command, Done
from tests.payments.at_the_bank import books
from tests.payments.payout_situations import HOME, JANUARY, SUPPLIER, answer, by_post, chosen, in_cash, named, ways
from tests.payments.situations import Given, approver, case_of, granted, payee, preparer, released, releaser
from tests.registry.situations import PLATFORM, declaration

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
PASSWORD, CODE = "a long password of tests", "32012345678"
Pay = Callable[..., Done]


@pytest.fixture
def pay(command: Command, monkeypatch: pytest.MonkeyPatch) -> Pay:
    """Runs `balsts payments`, signed by somebody."""
    monkeypatch.setattr("balsts.database.connections.set_up", lambda **_: None)
    for who in (preparer(), approver(), releaser()):
        account = StaffAccount.objects.get(pk=who.staff)
        account.set_password(PASSWORD)
        account.save()

    def run(who: Acting, *words: str) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
        return command("payments", *words, "--by", StaffAccount.objects.get(pk=who.staff).username)

    return run


def said(done: Done) -> dict[str, Any]:
    assert (done.code, done.err) == (0, "")
    (found,) = json.loads(done.out)
    return dict(found)


def test_a_choice_is_recorded_before_anything_was_paid_agreed_to_listed_and_ended(pay: Pay) -> None:
    person = payee(iban=None)
    asked = ["payout", "record", "--person", "320123-45678", "--to", "account", "--name", "SIA Siltums", "--iban",
             SUPPLIER, "--reference", "L-12", "--right", "gmi_benefit", "--basis", "lēmums 7", "--since", "2026-01-01",
             "--json"]  # fmt: skip
    done = pay(preparer(), *asked)
    assert (done.code, done.out) == (2, "")
    assert "owes nobody of that personal code" in done.err
    with in_scope(PLATFORM):
        state(Identifier(person=person, source=declaration(), scheme="personal_code", value=CODE, valid=days(None)))
    granted(case_of(person), Given(8_700, JANUARY))
    choice = said(pay(preparer(), *asked))
    assert (choice["state"], choice["to"], choice["payee"]) == ("proposed", "account", str(person.pk))
    done = pay(preparer(), "payout", "agree", "--choice", choice["choice"])
    assert (done.code, done.out) == (2, "")
    assert said(pay(approver(), "payout", "agree", "--choice", choice["choice"], "--json"))["state"] == "agreed"
    assert f"choice {choice['choice']}; to account" in pay(preparer(), "payout", "list").out
    assert [one[3] for one in ways(released("2026-01"))] == [SUPPLIER]
    ended = said(pay(preparer(), "payout", "end", "--choice", choice["choice"], "--reason", "beidzies", "--json"))
    assert ended["state"] == "ended"
    assert pay(preparer(), "payout", "list").out == "there is none\n"
    done = pay(preparer(), "payout", "agree", "--choice", "x")
    assert "--choice: x is not an identifier" in done.err


def test_lists_are_written_and_what_became_of_them_is_applied(pay: Pay, tmp_path: Path) -> None:
    for surname, payout in (("Bērziņa", by_post()), ("Ozola", in_cash()), ("Zāle", in_cash())):
        person = payee(surname)
        granted(case_of(person), Given(8_700, JANUARY))
        chosen(person, payout)
    run = released("2026-01")
    month = ["--month", "2026-01"]
    done = pay(preparer(), "lists", *month, "--into", str(tmp_path / "none"))
    assert "there is no folder" in done.err
    done = pay(preparer(), "lists", *month, "--into", str(tmp_path), "--json")
    assert [(one["list"], one["payouts"], one["sum"]) for one in json.loads(done.out)] == [
        ("post", 1, "87.00"), ("cash", 2, "174.00"),
    ]  # fmt: skip
    (written,) = tmp_path.glob("2026-01-monthly-*-post.csv")
    assert HOME in written.read_text("utf-8-sig")
    to = tmp_path / "answer.csv"
    done = pay(preparer(), "payout", "answer", "--file", str(to))
    assert "cannot be read" in done.err
    to.write_bytes(answer((named(run, 1), "paid")))
    assert said(pay(preparer(), "payout", "answer", "--file", str(to), "--json")) == {
        "paid": 1, "undelivered": 0, "new": 1,
    }  # fmt: skip
    on = ["--on", timezone.localdate().isoformat()]
    done = pay(preparer(), "payout", "paid", *month, "--line", "2", *on, "--receipt", "KO-1", "--json")
    assert said(done)["line"] == 2
    done = pay(preparer(), "payout", "not-fetched", *month, "--line", "3", *on, "--receipt", "nav ieradies")
    assert done.out.startswith("line 3; state owed again")
    done = pay(preparer(), "payout", "paid", *month, "--line", "9", *on, "--receipt", "x")
    assert "the run has no line 9" in done.err
    assert books() == {"expense": 17_400, "post": -8_700, "cash": -8_700}
    assert pay(preparer(), "prove", *month).code == 0


@pytest.mark.parametrize(
    "words",
    [["lists"], ["payout"], *(["payout", step] for step in ("record", "agree", "end", "list", "paid", "not-fetched",
                                                           "answer"))],
)  # fmt: skip
def test_each_command_shows_an_example(command: Command, words: list[str]) -> None:
    done = command("payments", *words, "--help")
    assert done.code == 0
    assert "example: balsts payments" in done.out

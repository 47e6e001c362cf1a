"""`balsts payments`: a month from the command line, each step signed by somebody else."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any

import pytest

from balsts.access.models import StaffAccount
from balsts.law.latvia import latvia
from balsts.payments.calendar import payment_day
from balsts.payments.models import Programme
from balsts.payments.programmes import PROGRAMMES
from tests.command import Command, Done
from tests.payments.situations import Given, approver, case_of, granted, payee, preparer, releaser

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
JANUARY = date(2026, 1, 1)
PASSWORD = "a long password of tests"


@pytest.fixture
def pay(command: Command, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `balsts payments` for January 2026, signed by one of three people."""
    monkeypatch.setattr("balsts.database.connections.set_up", lambda **_: None)
    for who in (preparer(), approver(), releaser()):
        account = StaffAccount.objects.get(pk=who.staff)
        account.set_password(PASSWORD)
        account.save()

    def run(part: str, who: Any, *more: str, password: str = PASSWORD) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        name = StaffAccount.objects.get(pk=who.staff).username
        return command("payments", part, "--month", "2026-01", "--by", name, *more)

    return run


def test_a_month_is_paid_from_the_command_line(pay: Any) -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    done = pay("prepare", preparer(), "--json")
    assert (done.code, done.err) == (0, "")
    said = json.loads(done.out)
    assert (said["state"], said["totals"]["paid"], said["totals"]["paid_cents"]) == ("prepared", 1, 8_700)
    assert said["pay_on"] == "2026-01-15"
    assert "new: 1, 87.00 EUR; lines 1" in pay("preview", approver()).out
    assert "approved" in pay("approve", approver(), "--seen", said["digest"]).out
    done = pay("release", approver())
    assert (done.code, done.out) == (2, "")
    assert "somebody who took no earlier one" in done.err
    assert "released" in pay("release", releaser()).out
    done = pay("prove", releaser())
    assert done.code == 0
    assert re.search(r"decided, and in lines +87\.00 EUR +87\.00 EUR$", done.out, re.MULTILINE)
    assert re.search(r"lines, and posted +87\.00 EUR +87\.00 EUR$", done.out, re.MULTILINE)
    assert json.loads(pay("prove", releaser(), "--json").out)["holds"] is True


def test_the_wrong_password_does_nothing(pay: Any) -> None:
    done = pay("prepare", preparer(), password="guessed")
    assert (done.code, done.out) == (2, "")
    assert "no open account has this name and password" in done.err


def test_a_wrong_digest_month_and_day_are_told(pay: Any) -> None:
    assert "prepare it first" in pay("preview", approver()).err
    pay("prepare", preparer())
    done = pay("approve", approver(), "--seen", "abc")
    assert (done.code, "Look through it anew" in done.err) == (2, True)
    assert "expected YYYY-MM-DD" in pay("prepare", preparer(), "--kind", "extra", "--pay-on", "soon").err
    assert pay("cancel", preparer(), "--reason", "wrong month").code == 0


@pytest.mark.parametrize("part", ["prepare", "preview", "approve", "release", "cancel", "prove"])
def test_help_has_an_example(command: Command, part: str) -> None:
    done = command("payments", part, "--help")
    assert done.code == 0
    assert f"example: balsts payments {part} --month" in done.out


def test_every_right_of_the_law_has_a_programme_or_a_question() -> None:
    law = latvia()
    rights = {code: rule.right for code, rules in law.rules.items() for rule in rules if rule.right}
    told = {one.code: one for one in PROGRAMMES}
    assert len(told) == len(PROGRAMMES)
    assert told.keys() == rights.keys()
    assert {code for code, right in rights.items() if right.unit == "pieces"} <= {
        code for code, one in told.items() if not one.is_money
    }
    kept = {one.code: (one.programme, one.is_money, one.basis, one.question) for one in Programme.objects.all()}
    assert kept == {code: (one.programme, one.is_money, one.basis, one.question) for code, one in told.items()}


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 1, 1), date(2026, 1, 15)),
        (date(2026, 3, 1), date(2026, 3, 13)),  # a Sunday: Friday before
        (date(2026, 8, 1), date(2026, 8, 14)),  # a Saturday
    ],
)
def test_a_payment_day_is_a_working_day(month: date, day: date) -> None:
    assert payment_day(month) == day


def test_a_payment_day_on_a_public_holiday_moves_before_it() -> None:
    assert payment_day(date(2026, 11, 1), date(2026, 11, 18)) == date(2026, 11, 17)
    assert payment_day(date(2026, 12, 1), date(2026, 12, 26)) == date(2026, 12, 23)

"""`balsts payments withhold` and `claims`: what an officer does from the command line, signed by two people."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from balsts.access.acting import Acting, in_scope
from balsts.access.models import StaffAccount
from balsts.law.latvia import latvia
from balsts.payments.models import WithholdingRule
from balsts.payments.programmes import PROGRAMMES
from balsts.payments.withholding import Kind
from balsts.payments.withholding_law import LIMITS, Answer
from balsts.registry.models import Identifier
from balsts.registry.recording import days, state
from tests.command import Command, Done
from tests.payments.situations import approver, preparer, releaser
from tests.payments.withholding_situations import BAILIFF, overpaid_case
from tests.registry.situations import PLATFORM, declaration

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
PASSWORD, CODE = "a long password of tests", "32012345678"
Run = Callable[..., Done]


@pytest.fixture
def run(command: Command, monkeypatch: pytest.MonkeyPatch) -> Run:
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


def said(done: Done) -> list[dict[str, Any]]:
    assert (done.code, done.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_an_order_is_recorded_confirmed_listed_changed_and_ended(run: Run) -> None:
    person, _ = overpaid_case()
    with in_scope(PLATFORM):
        state(Identifier(person=person, source=declaration(), scheme="personal_code", value=CODE, valid=days(None)))
    asked = ["withhold", "order", "--person", "320123-45678", "--for", "maintenance", "--creditor", "Fonds", "--iban",
             BAILIFF, "--reference", "12-3", "--since", "2026-03-01", "--monthly", "120.00", "--json"]  # fmt: skip
    (order,) = said(run(preparer(), *asked))
    assert (order["state"], order["monthly"], order["rank"], order["debtor"]) == (
        "proposed", "120.00", 1, str(person.pk)
    )  # fmt: skip
    done = run(preparer(), "withhold", "confirm", "--order", order["order"])
    assert (done.code, done.out) == (2, "")
    (confirmed,) = said(run(approver(), "withhold", "confirm", "--order", order["order"], "--json"))
    assert confirmed["state"] == "agreed"
    (changed,) = said(run(preparer(), *asked, "--total", "500", "--children", "2", "--instead-of", order["order"]))
    run(approver(), "withhold", "confirm", "--order", changed["order"])
    listed = run(preparer(), "withhold", "list")
    assert f"order {changed['order']}; for maintenance" in listed.out
    assert order["order"] not in listed.out
    (ended,) = said(run(preparer(), "withhold", "end", "--order", changed["order"], "--reason", "paid", "--json"))
    assert ended["state"] == "ended"
    assert run(preparer(), "withhold", "list").out == "there is none\n"


def test_a_claim_is_decided_checked_planned_repaid_and_written_off(run: Run) -> None:
    overpaid_case()
    (found,) = said(run(preparer(), "claims", "list", "--json"))
    assert (found["code"], found["month"], found["sum"]) == ("gmi_benefit", "2026-01", "10.00")
    asked = ["claims", "decide", "--overpaid", f"{found['overpaid']}=9.00", "--reason", "why", "--since", "2026-03",
             "--months", "3", "--json"]  # fmt: skip
    (claim,) = said(run(preparer(), *asked))
    assert (claim["state"], claim["open"], claim["plan"]["monthly"]) == ("proposed", "9.00", "3.00")
    run(preparer(), "claims", "withdraw", "--claim", claim["claim"], "--reason", "wrong sum")
    (claim,) = said(run(preparer(), *asked))
    name = claim["claim"]
    (checked,) = said(run(approver(), "claims", "check", "--claim", name, "--json"))
    assert (checked["state"], checked["plan"]) == ("agreed", None)
    (plan,) = said(run(preparer(), "claims", "plan", "--claim", name, "--since", "2026-04", "--months", "2",
                       "--paid-by-debtor", "--json"))  # fmt: skip
    assert (plan["monthly"], plan["withheld"]) == ("4.50", False)
    assert said(run(approver(), "claims", "agree-plan", "--plan", plan["plan"], "--json"))[0]["state"] == "agreed"
    (left,) = said(run(preparer(), "claims", "repaid", "--claim", name, "--sum", "4.50", "--on", "2026-04-10",
                       "--reference", "1", "--json"))  # fmt: skip
    assert left["open"] == "4.50"
    (proposed,) = said(
        run(preparer(), "claims", "write-off", "--claim", name, "--sum", "4.50", "--reason", "x", "--json")
    )
    agreed = run(releaser(), "claims", "agree-write-off", "--write-off", proposed["write_off"])
    assert agreed.out == f"write_off {proposed['write_off']}; state agreed; sum 4.50\n"
    assert "open 0.00" in run(preparer(), "claims", "list").out


_DECIDE = ["claims", "decide", "--reason", "why", "--months", "3"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["claims", "check", "--claim", "12"], "is not an identifier"),
        (["claims", "check", "--claim", "01a228b8-84d6-7630-a237-a91585215d14"], "this payer has none"),
        ([*_DECIDE, "--overpaid", "x", "--since", "2026-03"], "such as 12"),
        ([*_DECIDE, "--overpaid", "7", "--since", "2026-03"], "has no overpayment 7"),
        ([*_DECIDE, "--overpaid", "7", "--since", "March"], "a month such as"),
        ([*_DECIDE, "--overpaid", "7=1.234", "--since", "2026-03"], "two decimals"),
        (["claims", "repaid", "--claim", "x", "--sum", "1", "--on", "soon", "--reference", "r"], "expected YYYY-MM-DD"),
        (["withhold", "order", "--person", CODE, "--for", "enforcement", "--creditor", "A", "--iban", BAILIFF,
          "--reference", "1", "--since", "2026-01-01", "--total", "5"], "pays nobody of that personal code"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told(run: Run, words: list[str], told: str) -> None:
    done = run(preparer(), *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


_STEPS = [("withhold", one) for one in ("order", "confirm", "end", "list", "rules")] + [
    ("claims", one) for one in ("list", "decide", "check", "withdraw", "plan", "agree-plan", "write-off",
                                "agree-write-off", "repaid")
]  # fmt: skip


@pytest.mark.parametrize(("group", "step"), _STEPS)
def test_help_has_an_example(command: Command, group: str, step: str) -> None:
    done = command("payments", group, step, "--help")
    assert done.code == 0
    assert f"example: balsts payments {group} {step}" in " ".join(done.out.split())


# ------------------------------------------------------------------------------------------- rules


def test_rules_and_open_questions_are_shown(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balsts.database.connections.set_up", lambda **_: None)
    rows = said(command("payments", "withhold", "rules", "--code", "old_age_pension", "--json"))
    by_kind = {row["for"]: row for row in rows if "for" in row}
    assert (by_kind["maintenance"]["percent"], by_kind["maintenance"]["kept"]) == (30, "390.00")
    assert by_kind["recovery"]["answer"] == "open"
    questions = [row["question"] for row in rows if row.keys() == {"question"}]
    assert any("interest" in one for one in questions)
    assert any("rank" in one for one in questions)


def test_every_right_that_is_paid_has_a_rule_or_a_question_for_every_kind_of_order() -> None:
    told = {(one.code, one.kind): one for one in LIMITS}
    assert len(told) == len(LIMITS)
    paid = {one.code for one in PROGRAMMES if one.is_money}
    assert {(code, kind) for code in paid for kind in Kind} <= told.keys()
    assert paid <= set(latvia().rules)
    for one in LIMITS:
        assert one.basis or one.question
        if one.answer is Answer.MAY:
            assert 0 < one.percent <= 100
        else:
            assert one.question
            assert one.reason.lv != one.reason.en != ""
    kept = {(one.code, one.kind): (one.answer, one.percent, one.of_excess, one.floor, one.floor_child, one.question)
            for one in WithholdingRule.objects.all()}  # fmt: skip
    assert kept == {key: (one.answer, one.percent, one.of_excess, one.floor, one.floor_child, one.question)
                    for key, one in told.items()}  # fmt: skip

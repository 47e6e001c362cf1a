"""What happens in a life while a run is under way: it pays what it was prepared with, and the next one corrects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from balsts.access.acting import in_scope
from balsts.cases.models import Case
from balsts.payments.models import Line, Run
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.use_cases import acknowledge, approve_run, release_run
from balsts.registry.models import Person
from balsts.registry.recording import days
from balsts.registry.use_cases import state_account, state_fact
from tests.payments.at_the_bank import bank, books, days_at, open_account, round_at
from tests.payments.situations import (
    IBANS,
    Given,
    approver,
    case_of,
    granted,
    lines_of,
    overpaid_of,
    payee,
    prepared,
    releaser,
)
from tests.registry.situations import PLATFORM, declaration

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JANUARY, FEBRUARY, APRIL = date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1)
STEPS = ("prepared", "acknowledged", "approved", "released", "sent", "booked")


def raised(case: Case, _: Person) -> None:
    granted(case, Given(9_900, JANUARY, APRIL))


def lowered(case: Case, _: Person) -> None:
    granted(case, Given(8_000, JANUARY, APRIL))


def ended(case: Case, _: Person) -> None:
    granted(case)


def another_account(_: Case, person: Person) -> None:
    with in_scope(PLATFORM):
        state_account(person, declaration(), IBANS[1], days(JANUARY))


def died(_: Case, person: Person) -> None:
    with in_scope(PLATFORM):
        state_fact(declaration(), "died", "2026-01-10", days(JANUARY), person=person)


# What the next run writes: lines by month, cents, kind and why held; overpayments by month and cents; to which account.
EXPECTED: dict[Callable[[Case, Person], None], tuple[list[tuple[str, int, str, str]], list[tuple[str, int]], str]] = {
    raised: ([("2026-01", 1_200, "arrears", ""), ("2026-02", 9_900, "current", "")], [], IBANS[0]),
    lowered: ([("2026-02", 8_000, "current", "")], [("2026-01", 700)], IBANS[0]),
    ended: ([], [("2026-01", 8_700)], ""),
    another_account: ([("2026-02", 8_700, "current", "")], [], IBANS[1]),
    died: ([("2026-02", 8_700, "current", "dead")], [], IBANS[0]),
}


def goes_on(run: Run, stack: ExitStack, folder: Path) -> Iterator[str]:
    """Takes a prepared run through all that follows, and tells of each step when it is done."""
    yield "prepared"
    with in_scope(approver()):
        seen = preview_of(run).digest
    acknowledge(approver(), run, seen)
    yield "acknowledged"
    run = approve_run(approver(), run)
    yield "approved"
    release_run(releaser(), run)
    yield "released"
    running = stack.enter_context(bank(folder))
    round_at(running)
    yield "sent"
    days_at(running)
    yield "booked"


@pytest.mark.parametrize("happened", EXPECTED, ids=lambda one: one.__name__)
@pytest.mark.parametrize("at", STEPS)
def test_what_happens_during_a_run_is_corrected_by_the_next_and_never_lost(
    tmp_path: Path, at: str, happened: Callable[[Case, Person], None]
) -> None:
    open_account()
    person = payee()
    case = case_of(person)
    granted(case, Given(8_700, JANUARY, APRIL))
    run = prepared("2026-01")
    with ExitStack() as stack:
        for step in goes_on(run, stack, tmp_path / "bank"):
            if step == at:
                happened(case, person)
    assert lines_of(run) == [("gmi_benefit", "2026-01", 8_700, "current", "")]
    assert books() == {"expense": 8_700, "bank": -8_700}
    following = prepared("2026-02")
    lines, overpaid, iban = EXPECTED[happened]
    assert [one[1:] for one in lines_of(following)] == lines
    assert [one[1:] for one in overpaid_of(following)] == overpaid
    with in_scope(PLATFORM):
        assert {one.iban for one in Line.objects.filter(run=following)} == ({iban} if lines else set())
    with in_scope(approver()):
        assert all(prove(one).holds for one in (Run.objects.get(pk=run.pk), following))

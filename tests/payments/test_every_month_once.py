"""Over any sequence of decisions and runs each month of a right is paid exactly once, and the ledger sums to zero."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from balsts.access.acting import in_scope
from balsts.access.models import Institution
from balsts.cases.models import Case
from balsts.law.engine.quantities import first_day, month_from
from balsts.payments.models import Line, Overpaid, Posting, Run
from balsts.payments.proof import prove
from balsts.payments.use_cases import cancel_run, prepare_run, release_run
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    balance,
    case_of,
    granted,
    payee,
    preparer,
    releaser,
)
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
FIRST = month_from("2026-01")
CASES = 2

amounts = st.integers(1, 400).map(lambda one: one * 25)
grants = st.tuples(
    st.just("grant"), st.integers(0, CASES - 1),
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6), amounts, st.integers(0, 1)), max_size=2),
)  # fmt: skip
steps = st.one_of(grants, st.just(("run",)), st.just(("cancel",)), st.just(("release",)))


@dataclass
class Books:
    """A payer, its cases, what was granted last in each, and the runs that were not cancelled."""

    payer: Institution
    cases: list[Case]
    given: dict[int, list[Given]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    month: int = FIRST

    def owed(self, nth: int, month: int) -> dict[tuple[uuid.UUID, str, date], int]:
        """What is owed of a case by a month, worked out month by month from what was granted."""
        found: dict[tuple[uuid.UUID, str, date], int] = {}
        for one in self.given.get(nth, ()):
            for number in range(FIRST, month + 1 - one.paid_after_months):
                first = first_day(number)  # type: ignore[arg-type]
                if one.since <= first and (one.until is None or first < one.until):
                    subject = self.cases[nth].subject_id
                    assert subject is not None
                    key = (subject, one.code, first)
                    found[key] = found.get(key, 0) + one.cents
        return found


def books() -> Books:
    name = f"Payer {uuid.uuid4().hex[:12]}"
    payer = Institution.objects.create(name_lv=name, name_en=name, kind="agency")
    return Books(payer, [case_of(payee("Liepa", IBANS[nth % 2]), payer) for nth in range(CASES)])


def take(found: Books, step: tuple[object, ...]) -> None:
    """One thing that happens to the books."""
    if step[0] == "grant":
        _, nth, spans = step
        assert isinstance(nth, int)
        assert isinstance(spans, list)
        given_now = [
            Given(cents, first_day(FIRST + since), first_day(FIRST + since + length), code, "month", later)  # type: ignore[arg-type]
            for (since, length, cents, later), code in zip(spans, ("gmi_benefit", "housing_benefit"), strict=False)
        ]
        granted(found.cases[nth], *given_now)
        found.given[nth] = given_now
    elif step[0] == "run":
        run = prepare_run(preparer(found.payer), found.month)  # type: ignore[arg-type]
        for nth, case in enumerate(found.cases):
            assert {key: one for key, one in balance(case).items() if one} == found.owed(nth, found.month)
        with in_scope(approver(found.payer)):
            assert prove(run).holds
        found.runs.append(run)
        found.month += 1
    elif step[0] == "cancel" and found.runs and found.runs[-1].state != "released":
        cancel_run(preparer(found.payer), found.runs.pop(), "for the test")
    elif step[0] == "release" and found.runs and found.runs[-1].state == "prepared":
        found.runs[-1] = release_run(releaser(found.payer), approved(found.runs[-1], found.payer))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=9))
@example([("grant", 0, [(0, 6, 10_000, 0)]), ("run",), ("cancel",), ("run",), ("grant", 0, []), ("run",), ("release",)])
@example([("grant", 0, [(0, 6, 100, 0)]), ("run",), ("grant", 0, [(0, 6, 50, 0)]), ("run",), ("cancel",), ("run",),
          ("grant", 0, [(0, 6, 100, 0)]), ("run",), ("release",)])  # fmt: skip
def test_every_month_of_a_right_is_paid_exactly_once(happened: list[tuple[object, ...]]) -> None:
    found = books()
    for step in happened:
        take(found, step)
    take(found, ("run",))
    released = [one for one in found.runs if one.state == "released"]
    with in_scope(PLATFORM):
        posted = Posting.objects.filter(entry__run__in=released)
        assert (posted.aggregate(sum=Sum("cents"))["sum"] or 0) == 0
        expense = posted.filter(account="expense").aggregate(sum=Sum("cents"))["sum"] or 0
        lines = Line.objects.filter(run__in=released, held="").aggregate(sum=Sum("amount"))["sum"] or 0
        over = Overpaid.objects.filter(run__in=released).aggregate(sum=Sum("amount"))["sum"] or 0
        assert expense == lines - over

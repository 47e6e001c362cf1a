"""Payments of tests, by named situations: awards as signed decisions leave them, and who takes the steps of runs."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import Error, connection
from psycopg.types.range import DateRange, TimestamptzRange

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Institution
from balsts.cases.models import Award, AwardHolder, AwardSpan, Case, Decision, DecisionStep
from balsts.law.engine.quantities import month_from
from balsts.payments.models import Line, Overpaid, Run
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.use_cases import acknowledge, approve_run, prepare_run, release_run
from balsts.registry.models import Person
from balsts.registry.recording import clock, days
from balsts.registry.use_cases import state_account
from tests.access.people import RIGA, at_work, office
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, somebody

IBANS = ("LV80BANK0000435195001", "LV97HABA0012345678910")
_numbers = itertools.count(1)


def preparer(where: Institution | None = None) -> Acting:
    return _at_payments("preparer", where, "payment_officer")


def approver(where: Institution | None = None) -> Acting:
    return _at_payments("approver", where, "payment_head")


def releaser(where: Institution | None = None) -> Acting:
    return _at_payments("releaser", where, "payment_head")


def _at_payments(name: str, where: Institution | None, role: str) -> Acting:
    where = where or office(RIGA)
    return at_work(f"{name}-{str(where.pk)[:8]}", where, role, "payments")


def payee(surname: str = "Bērziņa", iban: str | None = IBANS[0], municipality: str = RIGA) -> Person:
    """Somebody with an account, unless none is named."""
    person = somebody("Anna", surname, municipality=municipality)
    if iban:
        with in_scope(PLATFORM):
            state_account(person, declaration(), iban, days(LONG_AGO))
    return person


@dataclass(frozen=True)
class Given:
    """An amount in cents from a month on, before another if one is named."""

    cents: int
    since: date
    until: date | None = None
    code: str = "gmi_benefit"
    per: str = "month"
    paid_after_months: int = 0


def case_of(person: Person, where: Institution | None = None) -> Case:
    where = where or office(RIGA)
    with in_scope(PLATFORM):
        return Case.objects.create(
            number=f"PAY-{next(_numbers):06}", type="assistance", purpose="social_assistance", institution=where,
            subject=person,
        )  # fmt: skip


def granted(
    case: Case, *given: Given, to: Person | None = None, holders: Sequence[Person] | None = None
) -> list[Award]:
    """What a signed decision grants, to whom and for whom each is: the subject of the case, unless others are named.

    It ends the belief in whatever the case had granted before.
    """
    with in_scope(PLATFORM):
        decision = Decision.objects.create(
            case=case, number=f"D-{next(_numbers):06}", kind="grant", since=date(2026, 1, 1), is_automatic=True,
            needs_second=False,
        )  # fmt: skip
        for step in ("drafted", "signed", "notified"):
            DecisionStep.objects.create(decision=decision, step=step, on=date(2026, 1, 1))
        for old in Award.objects.filter(case=case, recorded__upper_inf=True):
            AwardHolder.objects.filter(award=old).update(is_believed=False)
            old.recorded, old.ended_by = TimestamptzRange(old.recorded.lower, clock()), decision
            old.save(update_fields=["recorded", "ended_by"])
        owed_to = to or Person(pk=case.subject_id)
        return [_award(case, decision, one, owed_to, holder)
                for one, holder in zip(given, holders or [owed_to] * len(given), strict=True)]  # fmt: skip


def _award(case: Case, decision: Decision, given: Given, to: Person, holder: Person) -> Award:
    months = DateRange(given.since, given.until)
    award = Award.objects.create(decision=decision, case=case, kind="right", code=given.code, payee=to, months=months,
                                 recorded=TimestamptzRange(clock(), None))  # fmt: skip
    AwardHolder.objects.create(award=award, person=holder, code=given.code, months=months)
    AwardSpan.objects.create(award=award, months=months, amount=given.cents, per=given.per,
                             paid_after_months=given.paid_after_months)  # fmt: skip
    return award


def prepared(month: str, where: Institution | None = None, **more: Any) -> Run:
    return prepare_run(preparer(where), month_from(month), **more)


def approved(run: Run, where: Institution | None = None) -> Run:
    who = approver(where)
    with in_scope(who):
        seen = preview_of(run).digest
    acknowledge(who, run, seen)
    return approve_run(who, run)


def released(month: str, where: Institution | None = None) -> Run:
    """A run that went through all its steps."""
    return release_run(releaser(where), approved(prepared(month, where), where))


def lines_of(run: Run) -> list[tuple[str, str, int, str, str]]:
    """The lines of a run as an officer of its payer sees them: right, month, cents, kind, why held."""
    with in_scope(PLATFORM):
        return [(one.code, f"{one.month:%Y-%m}", one.amount, one.kind, one.held)
                for one in Line.objects.filter(run=run).order_by("number")]  # fmt: skip


def overpaid_of(run: Run) -> list[tuple[str, str, int]]:
    with in_scope(PLATFORM):
        return [(one.code, f"{one.month:%Y-%m}", one.amount)
                for one in Overpaid.objects.filter(run=run).order_by("number")]  # fmt: skip


def balance(case: Case) -> dict[tuple[uuid.UUID, str, date], int]:
    """What runs that were not cancelled pay of each key of a case, less what was found overpaid."""
    found: dict[tuple[uuid.UUID, str, date], int] = {}
    with in_scope(PLATFORM):
        for kind, sign in ((Line, 1), (Overpaid, -1)):
            rows = kind.objects.filter(case=case).exclude(run__state="cancelled")
            for one in rows.filter(held="") if kind is Line else rows:
                key = (one.payee_id, one.code, one.month)
                found[key] = found.get(key, 0) + sign * one.amount
    return found


def holds(run: Run) -> bool:
    """Whether the proof of a run finds that all agree."""
    with in_scope(approver()):
        return prove(run).holds


def refused(who: Acting, text: str, values: list[Any], match: str) -> None:
    """Holds that the database refuses a statement to somebody, and why."""
    with pytest.raises(Error, match=match), in_scope(who), connection.cursor() as cursor:
        cursor.execute(text, values)

"""The steps of a payment run: prepared, acknowledged and approved, released, or cancelled before that.

Each is one transaction. The database prepares the lines, keeps the order of steps and that they are taken by different
people, and posts the ledger at release; here it is asked, and what it refuses is put into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, connection

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.law.engine.vocabulary import Month
from balsts.payments.calendar import payment_day
from balsts.payments.deducting import keep_back
from balsts.payments.errors import NotAcknowledged, RunExists, RunNotReady
from balsts.payments.models import Run, RunStep
from balsts.payments.preview import Preview, preview_of
from balsts.payments.selectors import first_of, known_for_good, learn_sizes_of
from balsts.registry.uuids import uuid7

_TAKEN = ("one_run_of_a_payer_month_and_kind", "line_pays_a_part_once", "overpaid_is_found_once")
_STEPS = Run.State


def prepare_run(who: Acting, month: Month, *, kind: str = Run.Kind.MONTHLY, pay_on: date | None = None) -> Run:
    """Prepare the run of a payer for a month: everything that is owed by then and that no earlier run pays.

    Lines are ordered and numbered by payee, right, month and case, so the same awards give the same lines; orders in
    force then keep back from them what the law leaves room for. It is done whole or not at all.

    Args:
        pay_on: the payment day; left out, the usual one. A day off moves to the working day before.

    Raises:
        AccessDenied: who acts prepares no payments.
        RunExists: the payer has a run of this month and kind, or another run that pays the same came first.
    """
    require("payments.prepare", who)
    first, name = first_of(month), uuid7()
    try:
        with in_scope(who), connection.cursor() as cursor:
            moment = known_for_good()  # in a statement of its own: that of the run must not begin before
            cursor.execute("SELECT payments_prepare(%s, %s, %s, %s, %s, %s)",
                           [name, who.institution, first, kind, payment_day(first, pay_on), moment])  # fmt: skip
            run = Run.objects.get(pk=name)
            keep_back(run)
            run = _take(who, run, _STEPS.PREPARED)
    except IntegrityError as error:
        if not any(one in str(error) for one in _TAKEN):
            raise
        raise RunExists(
            f"{first:%Y-%m}: there is a run of this payer, month and kind already, or another run that pays the same "
            "was prepared meanwhile. Nothing was prepared. Cancel the other one first, or prepare once more."
        ) from None
    learn_sizes_of(who, run)
    return run


def acknowledge(who: Acting, run: Run, seen: str) -> Preview:
    """Say that one has looked through what a run differs in; `seen` is the digest of the preview that one looked at.

    Raises:
        AccessDenied: who acts approves no payments there.
        NotAcknowledged: the preview is another one by now.
        RunNotReady: the run is approved, released or cancelled, or who acts prepared it.
    """
    require("payments.approve", who, run)
    with in_scope(who):
        found = preview_of(run)
        if found.digest != seen:
            raise NotAcknowledged(
                f"Run {_name(run)}: what it differs in has changed since; nothing was recorded. Look through it anew."
            )
        _take(who, run, _STEPS.ACKNOWLEDGED, found.digest)
    return found


def approve_run(who: Acting, run: Run) -> Run:
    """Approve a run whose differences who acts has acknowledged.

    Raises:
        AccessDenied: who acts approves no payments there.
        NotAcknowledged: they have not acknowledged what the run differs in now.
        RunNotReady: the run is not acknowledged or goes on already, or who acts prepared it.
    """
    require("payments.approve", who, run)
    assert who.staff is not None
    with in_scope(who):
        digest = preview_of(run).digest
        own = RunStep.objects.filter(run=run, step=_STEPS.ACKNOWLEDGED, by_staff=who.staff)
        if not own.filter(detail=digest).exists():
            raise NotAcknowledged(
                f"Run {_name(run)}: whoever approves it looks through its differences first; nothing was changed. "
                "Acknowledge the present preview."
            )
        return _take(who, run, _STEPS.APPROVED)


def release_run(who: Acting, run: Run) -> Run:
    """Release a run for payment and post it in the ledger, in one transaction.

    Raises:
        AccessDenied: who acts releases no payments there.
        RunNotReady: the run is not approved or is released already, or who acts took an earlier step.
    """
    require("payments.release", who, run)
    with in_scope(who):
        released = _take(who, run, _STEPS.RELEASED)
    learn_sizes_of(who, released)
    return released


def cancel_run(who: Acting, run: Run, reason: str) -> Run:
    """Cancel a run before it is released; what it would have paid, the next one finds again.

    Raises:
        AccessDenied: who acts neither prepares nor approves payments there.
        RunNotReady: the run is released or cancelled already, or no reason is given.
    """
    require("payments.prepare" if who.may("prepare_payments") else "payments.approve", who, run)
    if not reason.strip():
        raise RunNotReady(f"Run {_name(run)}: to cancel it, a reason must be given. Nothing was changed.")
    with in_scope(who):
        return _take(who, run, _STEPS.CANCELLED, reason.strip())


def _take(who: Acting, run: Run, step: str, detail: str = "") -> Run:
    assert who.staff is not None
    with _in_words(run, step):
        RunStep.objects.create(run=run, step=step, by_staff=who.staff, detail=detail)
    return Run.objects.get(pk=run.pk)


@contextmanager
def _in_words(run: Run, step: str) -> Iterator[None]:
    """What the database refuses about a step, in words."""
    try:
        yield
    except IntegrityError as error:
        if "cannot follow the state" in str(error):
            raise RunNotReady(
                f"Run {_name(run)}: the step {step} does not follow from where it is. Nothing was changed. Look at its "
                "state."
            ) from None
        if "whoever took an earlier step" in str(error):
            raise RunNotReady(
                f"Run {_name(run)}: the step {step} is taken by somebody who took no earlier one. Nothing was changed."
            ) from None
        raise


def _name(run: Run) -> str:
    return f"{run.month:%Y-%m} ({run.kind})"

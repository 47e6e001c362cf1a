"""Overpayments claimed back: decided by one and checked by another, paid back by a plan, written off with authority.

An overpayment that a run found is nobody's debt before that. A claim is posted when it is agreed to, what is given up
when somebody agrees to it, what is withheld when its run is released.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.law.engine.vocabulary import Month
from balsts.payments.errors import NotWithheld
from balsts.payments.models import Claim, ClaimPart, Overpaid, Plan, Repayment, Run, WriteOff
from balsts.payments.refusals import in_words
from balsts.payments.selectors import first_of
from balsts.payments.withholding import instalments


@dataclass(frozen=True)
class By:
    """How a claim is paid back: from a month on, in how many months, kept back from payments or paid by the debtor."""

    since: Month
    months: int
    is_withheld: bool = True


def undecided(who: Acting) -> list[Overpaid]:
    """Overpayments of released runs of the payer that stand in no claim, the oldest first.

    Raises:
        AccessDenied: who acts reads no payments there.
    """
    require("payments.read", who)
    with in_scope(who):
        claimed = ClaimPart.objects.filter(overpaid=OuterRef("pk"), stands=True)
        found = Overpaid.objects.filter(run__payer=who.institution, run__state=Run.State.RELEASED)
        return list(found.exclude(Exists(claimed)).order_by("pk"))


def decide_claim(who: Acting, parts: Sequence[tuple[Overpaid, int | None]], reason: str, by: By) -> Claim:
    """Decide that overpayments of one debtor are claimed back; somebody else checks it before it holds.

    Args:
        parts: overpayments, each with the cents of it that are claimed; all of it where there are none.
        reason: why, with the article; names nobody.

    Raises:
        AccessDenied: who acts prepares no payments.
        NotWithheld: there is no part or reason, the parts are of several debtors or claimed already, or too much.
    """
    require("payments.prepare", who)
    debtors = {overpaid.payee_id for overpaid, _ in parts}
    sums = [overpaid.amount if cents is None else cents for overpaid, cents in parts]
    if len(debtors) != 1 or not reason.strip():
        raise NotWithheld(
            f"A claim is of one debtor and has a reason; found {len(debtors)} debtors. Nothing was recorded. Decide a "
            "claim for each, with its reason."
        )
    assert who.staff is not None
    assert who.institution is not None
    debtor = debtors.pop()
    log_access(who, "record", [debtor], "claim of an overpayment")
    with in_scope(who), in_words("The claim"):
        claim = Claim(payer_id=who.institution, debtor_id=debtor, amount=sum(sums), reason=reason.strip(),
                      by_staff=who.staff)  # fmt: skip
        claim.save(force_insert=True)
        ClaimPart.objects.bulk_create(
            ClaimPart(claim=claim, overpaid=overpaid, cents=cents)
            for (overpaid, _), cents in zip(parts, sums, strict=True)
        )
        _plan(who, claim, claim.amount, by)
    return claim


def check_claim(who: Acting, claim: Claim) -> Claim:
    """Agree to a claim that somebody else decided, and to its plan; it is posted.

    Raises:
        AccessDenied: who acts approves no payments there.
        NotWithheld: it is agreed to or withdrawn already, or who acts decided it.
    """
    require("payments.approve", who, claim)
    with in_scope(who), in_words(f"Claim {claim.pk}"):
        Claim.objects.filter(pk=claim.pk).update(agreed_by=who.staff)
        for plan in Plan.objects.filter(claim=claim, agreed_by__isnull=True, ended_by__isnull=True):
            Plan.objects.filter(pk=plan.pk).update(agreed_by=who.staff)
        return Claim.objects.get(pk=claim.pk)


def withdraw_claim(who: Acting, claim: Claim, reason: str) -> Claim:
    """Withdraw a claim that nobody agreed to; its overpayments may be claimed again.

    Raises:
        AccessDenied: who acts neither prepares nor approves payments there.
        NotWithheld: it is agreed to or withdrawn already, or no reason is given.
    """
    require("payments.prepare" if who.may("prepare_payments") else "payments.approve", who, claim)
    with in_scope(who), in_words(f"Claim {claim.pk}"):
        Claim.objects.filter(pk=claim.pk).update(ended_by=who.staff, ended_because=reason.strip())
        return Claim.objects.get(pk=claim.pk)


def propose_plan(who: Acting, claim: Claim, by: By) -> Plan:
    """Propose another plan for what is open of a claim; it takes the place of the one before once it is agreed to.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NotWithheld: the claim is not agreed to, nothing is open of it, or less than a cent for each month.
    """
    require("payments.prepare", who, claim)
    with in_scope(who), in_words(f"The plan of claim {claim.pk}"):
        if not Claim.objects.get(pk=claim.pk).is_believed:
            raise NotWithheld(f"Claim {claim.pk} is not agreed to; no plan was recorded. Agree to the claim first.")
        return _plan(who, claim, open_of(claim), by)


def agree_plan(who: Acting, plan: Plan) -> Plan:
    """Agree to a plan that somebody else proposed.

    Raises:
        AccessDenied: who acts approves no payments there.
        NotWithheld: it is agreed to or ended already, its claim is not, or who acts proposed it.
    """
    require("payments.approve", who, _claim_of(who, plan))
    with in_scope(who), in_words(f"The plan of claim {plan.claim_id}"):
        Plan.objects.filter(pk=plan.pk).update(agreed_by=who.staff)
        return Plan.objects.get(pk=plan.pk)


def propose_write_off(who: Acting, claim: Claim, cents: int, reason: str) -> WriteOff:
    """Propose to give up a sum of a claim.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NotWithheld: the claim is not agreed to, no reason is given, or it is more than is open.
    """
    require("payments.prepare", who, claim)
    assert who.staff is not None
    with in_scope(who), in_words(f"The write-off of claim {claim.pk}"):
        if not Claim.objects.get(pk=claim.pk).is_believed:
            raise NotWithheld(
                f"Claim {claim.pk} is not agreed to; no write-off was recorded. Agree to the claim first."
            )
        if not reason.strip() or not 0 < cents <= open_of(claim):
            raise NotWithheld(
                f"The write-off of claim {claim.pk}: it needs a reason and a sum that is open of the claim; nothing "
                "was recorded. Look at what is open."
            )
        new = WriteOff(claim=claim, cents=cents, reason=reason.strip(), by_staff=who.staff)
        new.save(force_insert=True)
        return new


def agree_write_off(who: Acting, write_off: WriteOff) -> WriteOff:
    """Agree to a write-off that somebody else proposed; it is posted.

    Raises:
        AccessDenied: who acts approves no payments there.
        NotWithheld: it is agreed to already, more than is open by now, or who acts proposed it.
    """
    require("payments.approve", who, _claim_of(who, write_off))
    with in_scope(who), in_words(f"The write-off of claim {write_off.claim_id}"):
        WriteOff.objects.filter(pk=write_off.pk).update(agreed_by=who.staff)
        return WriteOff.objects.get(pk=write_off.pk)


def record_repayment(who: Acting, claim: Claim, cents: int, received_on: date, reference: str) -> Repayment:
    """Record that the debtor paid a sum of a claim back; it is posted.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NotWithheld: it is more than is open, or a repayment of this reference is recorded already.
    """
    require("payments.prepare", who, claim)
    if cents <= 0 or not reference.strip():
        raise NotWithheld(f"The repayment of claim {claim.pk}: it needs a sum and a reference. Nothing was recorded.")
    assert who.staff is not None
    with in_scope(who), in_words(f"The repayment of claim {claim.pk}"):
        return Repayment.objects.create(
            claim=claim, cents=cents, received_on=received_on, reference=reference.strip(), by_staff=who.staff
        )


def claims_today(who: Acting) -> list[Claim]:
    """Claims of the payer that were not withdrawn, in the order in which they were decided.

    Raises:
        AccessDenied: who acts reads no payments there.
    """
    require("payments.read", who)
    with in_scope(who):
        return list(Claim.objects.filter(payer=who.institution, ended_by__isnull=True).order_by("at", "pk"))


def open_of_all(who: Acting) -> dict[uuid.UUID, int]:
    """What `open_of` says of each claim of `claims_today`.

    Raises:
        AccessDenied: who acts reads no payments there.
    """
    found = claims_today(who)
    with in_scope(who), connection.cursor() as cursor:
        cursor.execute("SELECT claim_id, cents FROM payments_claims_settled(%s, false, NULL)", [who.institution])
        settled = dict(cursor.fetchall())
    return {one.pk: one.amount - settled.get(one.pk, 0) for one in found}


def open_of(claim: Claim) -> int:
    """Cents of a claim that may still be taken: less also what runs that are not cancelled will keep back. In scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_claim_settled(%s, false, NULL)", [claim.pk])
        return int(claim.amount - (cursor.fetchone() or (0,))[0])


def _claim_of(who: Acting, what: Plan | WriteOff) -> Claim:
    """The claim of a plan or write-off, where who acts sees it."""
    with in_scope(who):
        found = Claim.objects.filter(pk=what.claim_id).first()
    if found is None:
        raise AccessDenied("Šis prasījums nav šīs iestādes.", "The claim is not of this institution.")
    return found


def _plan(who: Acting, claim: Claim, cents: int, by: By) -> Plan:
    try:
        first = instalments(cents, by.months)[0]
    except ValueError as error:
        raise NotWithheld(f"The plan of a claim: {error}. Nothing was recorded. Look at what is open.") from None
    assert who.staff is not None
    new = Plan(claim=claim, since=first_of(by.since), months=by.months, monthly=first, is_withheld=by.is_withheld,
               by_staff=who.staff)  # fmt: skip
    new.save(force_insert=True)
    return new

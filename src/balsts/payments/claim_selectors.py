"""Claims page by page, and what became of one; overpayments that nobody has claimed. To be called in scope.

Sums are those of the books: what was kept back counts once its run is released. What runs to come will keep back stands
beside it (`coming`), since it cannot be taken otherwise meanwhile.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from balsts.access.acting import Acting
from balsts.payments.lines import A_PAGE, owed_by_of
from balsts.payments.models import Claim, ClaimPart, Deduction, Overpaid, Plan, Repayment, Run, WriteOff

PROPOSED, OPEN, ON_PLAN, SETTLED, WRITTEN_OFF, WITHDRAWN = (
    "proposed", "open", "on_plan", "settled", "written_off", "withdrawn",
)  # fmt: skip
STATES = (PROPOSED, OPEN, ON_PLAN, SETTLED, WRITTEN_OFF, WITHDRAWN)
"""Where a claim is; one that is settled is `written_off` where a part of it was given up."""
_MOST_OF_ONE = 50
"""So many overpayments of one debtor are offered at once."""


@dataclass(frozen=True)
class ClaimRow:
    """A claim with its parts, and what became of it: cents; whether something of it waits for a second person."""

    claim: Claim
    parts: tuple[ClaimPart, ...]
    state: str
    withheld: int
    coming: int
    repaid: int
    written_off: int
    waits: bool

    @property
    def left(self) -> int:
        """What is still open in the books."""
        return self.claim.amount - self.withheld - self.repaid - self.written_off


@dataclass(frozen=True)
class ClaimPage:
    """Some claims, those decided last first; `following` is the claim after which the next page begins."""

    rows: tuple[ClaimRow, ...]
    following: uuid.UUID | None


def claims_page(who: Acting, state: str = "", after: uuid.UUID | None = None, most: int = A_PAGE) -> ClaimPage:
    """Claims of the payer, of one state or of all, after one of them."""
    found = _with_sums(Claim.objects.filter(payer=who.institution))
    if state:
        found = found.filter(_is_of(state))
    if after:
        found = found.filter(pk__lt=after)
    rows = [_row(one) for one in found.order_by("-pk")[: most + 1]]
    return ClaimPage(tuple(rows[:most]), rows[most - 1].claim.pk if len(rows) > most else None)


def claim_row(claim: uuid.UUID) -> ClaimRow | None:
    """One claim, if who acts sees it."""
    found = _with_sums(Claim.objects.filter(pk=claim)).first()
    return None if found is None else _row(found)


def _with_sums(found: QuerySet[Claim]) -> QuerySet[Claim]:
    kept = Deduction.objects.filter(order__plan__claim=OuterRef("pk"))
    of = {"claim": OuterRef("pk")}
    plans, given_up = Plan.objects.filter(**of), WriteOff.objects.filter(**of)
    waiting = {"agreed_by__isnull": True, "ended_by__isnull": True}
    parts = ClaimPart.objects.order_by("pk").select_related("overpaid")
    return found.annotate(
        withheld=_sum(kept.filter(run__state=Run.State.RELEASED), "order__plan__claim"),
        coming=_sum(kept.exclude(run__state__in=[Run.State.RELEASED, Run.State.CANCELLED]), "order__plan__claim"),
        repaid=_sum(Repayment.objects.filter(**of), "claim"),
        written_off=_sum(given_up.filter(agreed_by__isnull=False), "claim"),
        has_plan=Exists(plans.filter(agreed_by__isnull=False, ended_by__isnull=True)),
        waits=Exists(plans.filter(**waiting)) | Exists(given_up.filter(**waiting)),
    ).annotate(left=F("amount") - F("withheld") - F("repaid") - F("written_off")).prefetch_related(
        Prefetch("parts", parts)
    )  # fmt: skip


def _sum(found: QuerySet[Any], by: str) -> Coalesce:
    return Coalesce(Subquery(found.order_by().values(by).annotate(sum=Sum("cents")).values("sum")), 0)


def _is_of(state: str) -> Q:
    believed = Q(agreed_by__isnull=False, ended_by__isnull=True)
    return {
        PROPOSED: Q(agreed_by__isnull=True, ended_by__isnull=True),
        WITHDRAWN: Q(ended_by__isnull=False),
        OPEN: believed & Q(left__gt=0, has_plan=False),
        ON_PLAN: believed & Q(left__gt=0, has_plan=True),
        SETTLED: believed & Q(left__lte=0, written_off=0),
        WRITTEN_OFF: believed & Q(left__lte=0, written_off__gt=0),
    }[state]


def _row(one: Any) -> ClaimRow:
    if one.ended_by is not None:
        state = WITHDRAWN
    elif one.agreed_by is None:
        state = PROPOSED
    elif one.left > 0:
        state = ON_PLAN if one.has_plan else OPEN
    else:
        state = WRITTEN_OFF if one.written_off else SETTLED
    return ClaimRow(one, tuple(one.parts.all()), state, int(one.withheld), int(one.coming), int(one.repaid),
                    int(one.written_off), bool(one.waits))  # fmt: skip


# -- what became of one --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ClaimHistory:
    """What belongs to a claim: plans and write-offs as they were proposed; money that came, the newest first."""

    plans: tuple[Plan, ...]
    write_offs: tuple[WriteOff, ...]
    repayments: tuple[Repayment, ...]
    kept: tuple[Deduction, ...]

    @property
    def waiting_plan(self) -> Plan | None:
        """The plan that was proposed last and waits for a second person."""
        return next((one for one in self.plans if one.agreed_by is None and one.ended_by is None), None)

    @property
    def waiting_write_offs(self) -> tuple[WriteOff, ...]:
        """Write-offs that wait for a second person."""
        return tuple(one for one in self.write_offs if one.agreed_by is None and one.ended_by is None)


def history_of(claim: Claim) -> ClaimHistory:
    """What became of a claim; of what was kept back, the last fifty lines."""
    kept = Deduction.objects.filter(order__plan__claim=claim).exclude(run__state=Run.State.CANCELLED)
    return ClaimHistory(
        tuple(Plan.objects.filter(claim=claim).order_by("-at", "-pk")),
        tuple(WriteOff.objects.filter(claim=claim).order_by("-at", "-pk")),
        tuple(Repayment.objects.filter(claim=claim).order_by("-received_on", "-pk")),
        tuple(kept.select_related("line", "run").order_by("-pk")[:_MOST_OF_ONE]),
    )


def decisions_behind(part: ClaimPart) -> tuple[str, ...]:
    """Numbers of decisions by which too much was found paid: those in force, else what replaced the earlier ones."""
    owed_by = owed_by_of(part.overpaid)
    standing = [one.number for one in owed_by if one.is_owed]
    return tuple(sorted(set(standing or [one.replaced_by for one in owed_by if one.replaced_by])))


# -- what is not claimed -------------------------------------------------------------------------------------------


def _unclaimed(who: Acting) -> QuerySet[Overpaid]:
    claimed = ClaimPart.objects.filter(overpaid=OuterRef("pk"), stands=True)
    found = Overpaid.objects.filter(run__payer=who.institution, run__state=Run.State.RELEASED)
    return found.exclude(Exists(claimed)).select_related("run").order_by("pk")


def unclaimed_page(who: Acting, after: int = 0, most: int = A_PAGE) -> tuple[list[Overpaid], int | None]:
    """Overpayments of released runs that stand in no claim, the oldest first; and after which the next page begins."""
    found = list(_unclaimed(who).filter(pk__gt=after)[: most + 1])
    return found[:most], found[most - 1].pk if len(found) > most else None


def unclaimed_beside(who: Acting, overpaid: int) -> list[Overpaid]:
    """An overpayment that stands in no claim, and others of the same payee; nothing where it is claimed or not seen."""
    one = _unclaimed(who).filter(pk=overpaid).first()
    if one is None:
        return []
    others = _unclaimed(who).filter(payee=one.payee_id).exclude(pk=one.pk)
    return [one, *others[: _MOST_OF_ONE - 1]]


# -- whose it is ---------------------------------------------------------------------------------------------------


def name_told(person: uuid.UUID) -> str | None:
    """The name of whoever a claim, an order or a choice of the payer is of; whoever asks has recorded it first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_person_told(%s)", [person])
        return cast("str | None", (cursor.fetchone() or (None,))[0])

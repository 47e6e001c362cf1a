"""Payment runs, for those who prepare, approve and release them; and a resident's own payments."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.cases.models import Award
from balsts.law.engine.vocabulary import month_number
from balsts.payments import use_cases
from balsts.payments.bank_selectors import files_of, of_payer, open_matters, returns_of, said_of_own
from balsts.payments.bank_work import settle_matter
from balsts.payments.lines import (
    A_PAGE,
    OVERPAID,
    Asked,
    Row,
    behind,
    kept_back_from,
    last_four,
    line_in,
    overpaid_in,
    page_of,
    way_of,
)
from balsts.payments.models import Event, Line, Matter, Overpaid, Run
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.selectors import Totals, lines_of_persons
from balsts.payments.sums import days_of, sum_rows, sums_of, sums_of_runs
from balsts.portal.api.callers import Key, for_residents, for_staff, once, why_of
from balsts.portal.api.payment_shapes import (
    AcknowledgeIn,
    CancelIn,
    FileOut,
    FindingName,
    FindingOut,
    FindingsOut,
    HeldName,
    KeptBackOut,
    LinePage,
    MatterOut,
    MatterPage,
    MyPaymentOut,
    MyPaymentsPage,
    OwedByOut,
    PaymentLineOut,
    PaymentLineRow,
    PrepareIn,
    ProofOut,
    ReturnOut,
    ReturnPage,
    RunOut,
    RunPage,
    RunRow,
    RunStepOut,
    SettleMatterIn,
    SumOut,
    TotalsOut,
)
from balsts.portal.api.shapes import Code
from balsts.portal.api.shown import word
from balsts.portal.my.views import persons_seen
from balsts.portal.payments.opening import line_recorded, run_seen, works_on_payments
from balsts.registry.use_cases import reading

router = Router()
_TAG = ["payments"]
LAST_NUMBER, LAST_LINE = 2**31 - 1, 2**63 - 1
_MOST, _MOST_DIFFERENCES = 200, 1000
Number = Annotated[int, Path(ge=1, le=LAST_NUMBER)]
Most = Annotated[int, Query(ge=1, le=_MOST)]


def payer_of(request: HttpRequest) -> Acting:
    """Who acts, of operations for those who pay.

    Raises:
        AccessDenied: anybody else.
    """
    who = for_staff(request)
    if not works_on_payments(who):
        raise AccessDenied("Šī darbība ir izmaksu veicējiem.", "This is for those who make payments.")
    return who


@router.get("/payment-runs", response=RunPage, tags=_TAG, summary="Payment runs")
def list_runs(request: HttpRequest, after: uuid.UUID | None = None, limit: Most = A_PAGE) -> RunPage:
    """The payer's runs with what each comes to, those prepared last first."""
    who = payer_of(request)
    with in_scope(who):
        runs = Run.objects.filter(payer=who.institution).order_by("-pk")
        found = list((runs.filter(pk__lt=after) if after else runs)[: limit + 1])
        totals = sums_of_runs(found[:limit])
    rows = [_row(one, totals.get(one.pk, Totals(0, 0, 0, 0, 0, 0))) for one in found[:limit]]
    return RunPage(items=rows, next=found[limit - 1].pk if len(found) > limit else None)


@router.post("/payment-runs", response={201: RunOut}, tags=_TAG, summary="Prepare a run")
def prepare(request: HttpRequest, body: PrepareIn, key: Key) -> Status[RunOut]:
    """Prepare the run of a month: everything that is owed by then and that no earlier run pays. May take minutes."""
    who, month = payer_of(request), month_number(body.month.year, body.month.month)
    made = once(request, key, lambda: use_cases.prepare_run(who, month, kind=body.kind, pay_on=body.pay_on))
    return Status(201, _out(who, run_seen(who, made)))


@router.get("/payment-runs/{uuid:run}", response=RunOut, tags=_TAG, summary="A run")
def read_run(request: HttpRequest, run: uuid.UUID) -> RunOut:
    """A run with its steps and what it comes to."""
    who = payer_of(request)
    return _out(who, run_seen(who, run))


@router.get("/payment-runs/{uuid:run}/findings", response=FindingsOut, tags=_TAG, summary="What a run differs in")
def read_findings(request: HttpRequest, run: uuid.UUID) -> FindingsOut:
    """Everything in which a run differs from the one before, with the digest by which it is acknowledged."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        seen = preview_of(found)
    return FindingsOut(digest=seen.digest, totals=TotalsOut(**asdict(seen.totals)),
                       findings=[FindingOut(**asdict(one)) for one in seen.findings])  # fmt: skip


@router.get("/payment-runs/{uuid:run}/lines", response=LinePage, tags=_TAG, summary="Lines of a run")
def list_lines(
    request: HttpRequest, run: uuid.UUID, finding: FindingName | None = None, code: Code | None = None,
    held: HeldName | None = None, after: Annotated[int, Query(ge=0, le=LAST_NUMBER)] = 0, limit: Most = A_PAGE,
) -> LinePage:  # fmt: skip
    """Lines by finding, right and why they are held, after a number; whose they are stands in each line alone."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        page = page_of(found, Asked(finding or "", code or "", held or ""), after, limit)
    return LinePage(items=[_line_row(one) for one in page.rows], next=page.following)


@router.get("/payment-runs/{uuid:run}/lines/{number}", response=PaymentLineOut, tags=_TAG, summary="A line")
def read_line(request: HttpRequest, run: uuid.UUID, number: Number) -> PaymentLineOut:
    """A line with whose it is and why this much; that staff looked stands in the person's record."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        return _line_out(request, who, line_in(found, number))


@router.get("/payment-runs/{uuid:run}/overpaid/{number}", response=PaymentLineOut, tags=_TAG,
            summary="An overpayment found")  # fmt: skip
def read_overpaid(request: HttpRequest, run: uuid.UUID, number: Number) -> PaymentLineOut:
    """An overpayment with whose it is, what was paid and what is owed now; recorded as a line is."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        return _line_out(request, who, overpaid_in(found, number))


def _line_out(request: HttpRequest, who: Acting, one: Line | Overpaid | None) -> PaymentLineOut:
    if one is None:
        raise Http404
    line_recorded(who, one, why_of(request))
    told, line = behind(one), one if isinstance(one, Line) else None
    kept = [KeptBackOut(kind=word(each.order.kind), creditor=each.order.creditor, reference=each.order.reference,
                        cents=each.cents) for each in kept_back_from(line)] if line else []  # fmt: skip
    row = Row(one.run_id, one.number, one.code, one.month, one.due, line.kind if line else OVERPAID, one.amount,
              line.held if line else "", one.programme, line.withheld if line else 0, 0,
              *(way_of(line) if line else ("", False)))  # fmt: skip
    return PaymentLineOut(
        line=_line_row(row), case=told.case, payee=told.payee, receiver=told.receiver,
        account=last_four(line.iban) if line else "", owed=told.owed, before=told.before,
        owed_by=[OwedByOut(**asdict(each)) for each in told.owed_by], kept_back=kept,
    )  # fmt: skip


@router.get("/payment-runs/{uuid:run}/sums", response=list[SumOut], tags=_TAG, summary="Sums of a run")
def read_sums(request: HttpRequest, run: uuid.UUID) -> list[SumOut]:
    """A run by programme, right and month, as the Treasury is told; nobody's data."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        return [SumOut(**asdict(one)) for one in sum_rows(found)]


@router.get("/payment-runs/{uuid:run}/proof", response=ProofOut, tags=_TAG, summary="Proof of a run")
def read_proof(request: HttpRequest, run: uuid.UUID) -> ProofOut:
    """Whether decisions, lines and ledger agree, worked out anew; where not, by line."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        proven = prove(found)
    said = proven.as_json() | {"differences": proven.differences[:_MOST_DIFFERENCES]}
    return ProofOut.model_validate(said)


# -- at the bank ---------------------------------------------------------------------------------------------------


@router.get("/payment-runs/{uuid:run}/files", response=list[FileOut], tags=_TAG, summary="Files of a run")
def list_files(request: HttpRequest, run: uuid.UUID) -> list[FileOut]:
    """The files in which a run goes to the bank, and where each is."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        return [FileOut.model_validate(one) for one in files_of(found)]


@router.get("/payment-runs/{uuid:run}/returns", response=ReturnPage, tags=_TAG, summary="What came back")
def list_returns(
    request: HttpRequest, run: uuid.UUID, after: Annotated[int, Query(ge=0, le=LAST_NUMBER)] = 0, limit: Most = A_PAGE
) -> ReturnPage:
    """Lines that the bank returned or rejected, after a number."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        events, following = returns_of(found, after, limit)
    return ReturnPage(items=[ReturnOut.model_validate(one) for one in events], next=following)


@router.get("/payment-matters", response=MatterPage, tags=_TAG, summary="Matters of the bank")
def list_matters(
    request: HttpRequest, after: Annotated[int, Query(ge=0, le=LAST_LINE)] = 0, limit: Most = A_PAGE
) -> MatterPage:
    """What the bank said that somebody of the payer must settle, the oldest first; nobody's data."""
    who = payer_of(request)
    with in_scope(who):
        found, following = open_matters(who.institution, after, limit)
    return MatterPage(items=[_matter(one) for one in found], next=following)


@router.post("/payment-matters/{matter}/settle", response=MatterOut, tags=_TAG, summary="Settle a matter")
def settle(
    request: HttpRequest, matter: Annotated[int, Path(ge=1, le=LAST_LINE)], body: SettleMatterIn, key: Key
) -> MatterOut:
    """Say how a matter was settled; a line that waited for it is paid by the next run, if it is still owed."""
    who = payer_of(request)
    with in_scope(who):
        found = Matter.objects.filter(of_payer(who.institution), pk=matter).first()
    if found is None:
        raise Http404
    once(request, key, lambda: settle_matter(who, found, body.note))
    with in_scope(who):
        return _matter(Matter.objects.get(pk=matter))


def _matter(one: Matter) -> MatterOut:
    return MatterOut(id=one.pk, kind=word(one.kind), run=one.run_id, number=one.number, action=one.action,
                     opened_at=one.opened_at, settled_at=one.settled_at)  # fmt: skip


# -- steps ---------------------------------------------------------------------------------------------------------


@router.post("/payment-runs/{uuid:run}/acknowledge", response=RunOut, tags=_TAG, summary="Acknowledge the findings")
def acknowledge(request: HttpRequest, run: uuid.UUID, body: AcknowledgeIn, key: Key) -> RunOut:
    """Say that one has looked through the findings of this digest; not by whoever prepared the run."""
    who = payer_of(request)
    found = run_seen(who, run)
    once(request, key, lambda: use_cases.acknowledge(who, found, body.digest))
    return _out(who, run_seen(who, run))


@router.post("/payment-runs/{uuid:run}/approve", response=RunOut, tags=_TAG, summary="Approve a run")
def approve(request: HttpRequest, run: uuid.UUID, key: Key) -> RunOut:
    """Approve a run whose present findings one has acknowledged."""
    who = payer_of(request)
    found = run_seen(who, run)
    once(request, key, lambda: use_cases.approve_run(who, found))
    return _out(who, run_seen(who, run))


@router.post("/payment-runs/{uuid:run}/release", response=RunOut, tags=_TAG, summary="Release a run")
def release(request: HttpRequest, run: uuid.UUID, key: Key) -> RunOut:
    """Release an approved run and post it in the ledger; by somebody who neither prepared nor approved it."""
    who = payer_of(request)
    found = run_seen(who, run)
    once(request, key, lambda: use_cases.release_run(who, found))
    return _out(who, run_seen(who, run))


@router.post("/payment-runs/{uuid:run}/cancel", response=RunOut, tags=_TAG, summary="Cancel a run")
def cancel(request: HttpRequest, run: uuid.UUID, body: CancelIn, key: Key) -> RunOut:
    """Cancel a run before it is released; the next run finds all of it again."""
    who = payer_of(request)
    found = run_seen(who, run)
    once(request, key, lambda: use_cases.cancel_run(who, found, body.reason))
    return _out(who, run_seen(who, run))


def _row(one: Run, totals: Totals) -> RunRow:
    return RunRow(id=one.pk, payer=one.payer_id, month=one.month, kind=word(one.kind), state=word(one.state),
                  pay_on=one.pay_on, snapshot_at=one.snapshot_at, totals=TotalsOut(**asdict(totals)))  # fmt: skip


def _out(who: Acting, one: Run) -> RunOut:
    with in_scope(who):
        steps = [RunStepOut(step=word(each.step), at=each.at, by_staff=each.by_staff, detail=each.detail)
                 for each in one.steps.order_by("at", "pk")]  # fmt: skip
        return RunOut(**_row(one, sums_of(one)).model_dump(), steps=steps)


def _line_row(one: Row) -> PaymentLineRow:
    return PaymentLineRow(**asdict(one))


# -- a resident's own ----------------------------------------------------------------------------------------------


@router.get("/my-payments", response=MyPaymentsPage, tags=_TAG, summary="One's own payments")
def my_payments(
    request: HttpRequest, before: Annotated[int, Query(ge=1, le=LAST_LINE)] | None = None, limit: Most = A_PAGE
) -> MyPaymentsPage:
    """What was paid, or held and why, to oneself and to those whom one may see; the newest first."""
    who = for_residents(request)
    persons = persons_seen(who)
    with reading(who, persons, "own payments by month"):
        lines = lines_of_persons(persons)
        found = list((lines.filter(pk__lt=before) if before else lines)[: limit + 1])
        shown, days = found[:limit], days_of(one.run_id for one in found)
        back = {line for line, said in said_of_own(one.pk for one in shown).items() if said.kind != Event.Kind.BOOKED}
        decisions = dict(Award.objects.filter(pk__in={one.award_id for one in shown}).values_list("pk", "decision"))
    return MyPaymentsPage(next=shown[-1].pk if len(found) > limit else None, items=[
        MyPaymentOut(id=one.pk, payee=one.payee_id, code=one.code, month=one.month, due=one.due,
                     pay_on=days[one.run_id].pay_on, kind=word(one.kind), amount=one.amount, withheld=one.withheld,
                     held=one.held, account=last_four(one.iban), came_back=one.pk in back,
                     channel=word(one.channel), to_supplier=way_of(one)[1], decision=decisions.get(one.award_id))
        for one in shown
    ])  # fmt: skip

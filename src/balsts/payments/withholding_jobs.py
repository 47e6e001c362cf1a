"""What `balsts payments withhold` and `claims` do; whoever takes a step signs with their password."""

from __future__ import annotations

import argparse
from typing import Any

from balsts.access.acting import Acting, in_scope
from balsts.access.signing import signed
from balsts.law.engine.errors import InputError
from balsts.law.engine.quantities import cents_from, euros, month_from
from balsts.payments import claims, orders
from balsts.payments.asked_jobs import day_of, one_of, state_of, told
from balsts.payments.models import Claim, Overpaid, Plan, WithholdingOrder, WithholdingRule, WriteOff
from balsts.payments.withholding import Kind
from balsts.payments.withholding_law import INTEREST_QUESTION, RANK_QUESTION


def withhold_order(arguments: argparse.Namespace) -> int:
    """Record an order."""
    terms = orders.Terms(
        Kind(arguments.kind), arguments.creditor, arguments.iban, arguments.reference,
        day_of("--since", arguments.since), day_of("--until", arguments.until) if arguments.until else None,
        _cents("--total", arguments.total), _cents("--monthly", arguments.monthly), arguments.children, arguments.rank,
    )  # fmt: skip
    who = signed(arguments.by)
    before = one_of(who, WithholdingOrder, "--instead-of", arguments.instead_of) if arguments.instead_of else None
    debtor = orders.debtor_of(who, arguments.person)
    return told(arguments, [_order(orders.record_order(who, debtor, terms, instead_of=before))])


def withhold_confirm(arguments: argparse.Namespace) -> int:
    """Confirm an order."""
    who = signed(arguments.by)
    return told(
        arguments, [_order(orders.confirm_order(who, one_of(who, WithholdingOrder, "--order", arguments.order)))]
    )


def withhold_end(arguments: argparse.Namespace) -> int:
    """End an order."""
    who = signed(arguments.by)
    order = one_of(who, WithholdingOrder, "--order", arguments.order)
    return told(arguments, [_order(orders.end_order(who, order, arguments.reason))])


def withhold_list(arguments: argparse.Namespace) -> int:
    """List orders."""
    return told(arguments, [_order(one) for one in orders.orders_today(signed(arguments.by))])


def withhold_rules(arguments: argparse.Namespace) -> int:
    """Show rules and open questions."""
    found = WithholdingRule.objects.order_by("code", "kind", "since")
    if arguments.code:
        found = found.filter(code=arguments.code)
    rows = [
        {"code": one.code, "for": one.kind, "since": one.since.isoformat(), "answer": one.answer,
         "percent": one.percent, "of_excess": one.of_excess, "kept": euros(one.floor),
         "kept_for_a_child": euros(one.floor_child), "basis": one.basis, "question": one.question}
        for one in found
    ]  # fmt: skip
    questions = [{"question": one} for one in (RANK_QUESTION, INTEREST_QUESTION)]
    return told(arguments, [*rows, *questions])


def claims_list(arguments: argparse.Namespace) -> int:
    """List overpayments that are undecided, and claims."""
    who = signed(arguments.by)
    found = [
        {"overpaid": one.pk, "debtor": str(one.payee_id), "code": one.code, "month": f"{one.month:%Y-%m}",
         "sum": euros(one.amount)}
        for one in claims.undecided(who)
    ]  # fmt: skip
    still = claims.open_of_all(who)
    return told(arguments, [*found, *(_claim(who, one, still[one.pk]) for one in claims.claims_today(who))])


def claims_decide(arguments: argparse.Namespace) -> int:
    """Decide a claim."""
    by, asked = _by(arguments), [_part(one) for one in arguments.overpaid]
    who = signed(arguments.by)
    with in_scope(who):
        known = Overpaid.objects.in_bulk([number for number, _ in asked])
    for number, _ in asked:
        if number not in known:
            raise InputError(f"--overpaid: this payer has no overpayment {number}; `claims list` shows what there is.")
    parts = [(known[number], cents) for number, cents in asked]
    return told(arguments, [_claim(who, claims.decide_claim(who, parts, arguments.reason, by))])


def claims_check(arguments: argparse.Namespace) -> int:
    """Agree to a claim."""
    who = signed(arguments.by)
    return told(arguments, [_claim(who, claims.check_claim(who, one_of(who, Claim, "--claim", arguments.claim)))])


def claims_withdraw(arguments: argparse.Namespace) -> int:
    """Withdraw a claim."""
    who = signed(arguments.by)
    claim = one_of(who, Claim, "--claim", arguments.claim)
    return told(arguments, [_claim(who, claims.withdraw_claim(who, claim, arguments.reason))])


def claims_plan(arguments: argparse.Namespace) -> int:
    """Propose a plan."""
    by = _by(arguments)
    who = signed(arguments.by)
    return told(arguments, [_plan(claims.propose_plan(who, one_of(who, Claim, "--claim", arguments.claim), by))])


def claims_agree_plan(arguments: argparse.Namespace) -> int:
    """Agree to a plan."""
    who = signed(arguments.by)
    return told(arguments, [_plan(claims.agree_plan(who, one_of(who, Plan, "--plan", arguments.plan)))])


def claims_write_off(arguments: argparse.Namespace) -> int:
    """Propose a write-off."""
    cents = _cents("--sum", arguments.sum) or 0
    who = signed(arguments.by)
    claim = one_of(who, Claim, "--claim", arguments.claim)
    return told(arguments, [_write_off(claims.propose_write_off(who, claim, cents, arguments.reason))])


def claims_agree_write_off(arguments: argparse.Namespace) -> int:
    """Agree to a write-off."""
    who = signed(arguments.by)
    found = one_of(who, WriteOff, "--write-off", arguments.write_off)
    return told(arguments, [_write_off(claims.agree_write_off(who, found))])


def claims_repaid(arguments: argparse.Namespace) -> int:
    """Record a repayment."""
    cents, day = _cents("--sum", arguments.sum) or 0, day_of("--on", arguments.on)
    who = signed(arguments.by)
    claim = one_of(who, Claim, "--claim", arguments.claim)
    claims.record_repayment(who, claim, cents, day, arguments.reference)
    return told(arguments, [_claim(who, claim)])


# ------------------------------------------------------------------------------- what is printed


def _order(one: WithholdingOrder) -> dict[str, Any]:
    return {
        "order": str(one.pk), "for": one.kind, "rank": one.rank, "state": state_of(one), "creditor": one.creditor,
        "iban": one.iban, "reference": one.reference, "since": f"{one.valid.lower}",
        "total": None if one.total is None else euros(one.total),
        "monthly": None if one.monthly is None else euros(one.monthly), "debtor": str(one.debtor_id),
    }  # fmt: skip


def _claim(who: Acting, one: Claim, still: int | None = None) -> dict[str, Any]:
    with in_scope(who):
        still = claims.open_of(one) if still is None else still
        waiting = Plan.objects.filter(claim=one, agreed_by__isnull=True, ended_by__isnull=True).order_by("-at").first()
    return {"claim": str(one.pk), "debtor": str(one.debtor_id), "state": state_of(one), "sum": euros(one.amount),
            "open": euros(still), "plan": _plan(waiting) if waiting else None}  # fmt: skip


def _plan(one: Plan) -> dict[str, Any]:
    return {"plan": str(one.pk), "state": state_of(one), "since": f"{one.since:%Y-%m}", "months": one.months,
            "monthly": euros(one.monthly), "withheld": one.is_withheld}  # fmt: skip


def _write_off(one: WriteOff) -> dict[str, Any]:
    return {"write_off": str(one.pk), "state": state_of(one), "sum": euros(one.cents)}


# ------------------------------------------------------------------------------- what is asked for


def _part(text: str) -> tuple[int, int | None]:
    number, _, amount = text.partition("=")
    if not number.isdecimal():
        raise InputError(
            f"--overpaid: {text[:40]}: expected a number as `claims list` prints it, such as 12 or 12=20.00."
        )
    return int(number), _cents("--overpaid", amount or None)


def _by(arguments: argparse.Namespace) -> claims.By:
    try:
        return claims.By(month_from(arguments.since), arguments.months, not arguments.paid_by_debtor)
    except ValueError as error:
        raise InputError(f"--since: {error}.") from None


def _cents(option: str, text: str | None) -> int | None:
    try:
        return None if text is None else int(cents_from(text))
    except ValueError as error:
        raise InputError(f"{option}: {error}.") from None

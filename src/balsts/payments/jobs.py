"""What `balsts payments` does, once the database is ready; whoever takes a step signs with their password."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

from tqdm import tqdm

from balsts.access.acting import Acting, in_scope
from balsts.access.signing import signed
from balsts.law.engine.errors import InputError
from balsts.law.engine.quantities import euros, month_from
from balsts.law.engine.vocabulary import Month
from balsts.payments import use_cases
from balsts.payments.models import Run
from balsts.payments.preview import Preview, preview_of
from balsts.payments.proof import Proof, prove_year
from balsts.payments.proof import prove as proof_of
from balsts.payments.selectors import released_in, run_of


def prepare(arguments: argparse.Namespace) -> int:
    """Prepare the run of a month."""
    month, day = _month(arguments), _day(arguments.pay_on)
    who = signed(arguments.by)
    return _told(arguments, who, use_cases.prepare_run(who, month, kind=arguments.kind, pay_on=day))


def preview(arguments: argparse.Namespace) -> int:
    """Show what a run differs in."""
    who, run = run_asked(arguments)
    return _told(arguments, who, run)


def approve(arguments: argparse.Namespace) -> int:
    """Acknowledge what was seen, and approve."""
    who, run = run_asked(arguments)
    use_cases.acknowledge(who, run, arguments.seen)
    return _told(arguments, who, use_cases.approve_run(who, run))


def release(arguments: argparse.Namespace) -> int:
    """Release a run."""
    who, run = run_asked(arguments)
    return _told(arguments, who, use_cases.release_run(who, run))


def cancel(arguments: argparse.Namespace) -> int:
    """Cancel a run."""
    who, run = run_asked(arguments)
    return _told(arguments, who, use_cases.cancel_run(who, run, arguments.reason))


def prove(arguments: argparse.Namespace) -> int:
    """Prove a run, or all released runs of a year."""
    if (arguments.month is None) == (arguments.year is None):
        raise InputError("--month and --year: expected one of them.")
    if arguments.month:
        who, run = run_asked(arguments)
        with in_scope(who):
            proofs = [(run, proof_of(run, every_line=arguments.every_line))]
    else:
        who = signed(arguments.by)
        with in_scope(who):
            runs = released_in(who, arguments.year)
            proving = prove_year(runs, every_line=arguments.every_line)
            proofs = list(tqdm(proving, total=len(runs), unit=" runs", delay=2, disable=not sys.stderr.isatty()))
    for run, found in proofs:
        if arguments.json:
            print(json.dumps(_json(run) | found.as_json(), sort_keys=True))
        else:
            _print_proof(run, found)
    return 0 if all(found.holds for _, found in proofs) else 1


def _print_proof(run: Run, found: Proof) -> None:
    print(f"{run.month:%Y-%m} {run.kind}: {run.state}")
    for name, expected, there in (
        ("decided, and in lines", found.decided, found.lines), ("lines, and posted", found.to_post, found.posted),
        ("kept back, and deducted", found.withheld, found.deducted),
        ("for the bank, and in files", found.to_file, found.filed),
        ("paid by the bank, and posted", found.paid, found.paid_posted),
        ("came back, and posted", found.back, found.back_posted),
    ):  # fmt: skip
        print(f"  {name:<30}{_money(expected):>20}{_money(there):>20}{'' if expected == there else '  differ'}")
    print(f"  {'without an answer yet':<30}{_money(found.waiting):>20}")
    print(f"  {'budget execution':<30}{_money(found.executed):>20}")
    for one in found.differences:
        line = f"line {one.number}" if one.number else "no line"
        print(f"{line}: {one.code} {one.month:%Y-%m}: {one.what}: expected {_money(one.expected)}, found "
              f"{_money(one.found)}, difference {_money(one.found - one.expected)}")  # fmt: skip
    print("all sums agree" if found.holds else f"{len(found.differences)} differences")


def _told(arguments: argparse.Namespace, who: Acting, run: Run) -> int:
    with in_scope(who):
        found = preview_of(run)
    if arguments.json:
        print(json.dumps(_json(run) | found.as_json(), sort_keys=True))
    else:
        _print_preview(run, found)
    return 0


def _print_preview(run: Run, found: Preview) -> None:
    totals = found.totals
    print(f"{run.month:%Y-%m} {run.kind}: {run.state}; pays on {run.pay_on}: {totals.paid:,} lines, "
          f"{_money(totals.paid_cents)}; held {totals.held:,}, {_money(totals.held_cents)}; overpaid "
          f"{totals.overpaid:,}, {_money(totals.overpaid_cents)}")  # fmt: skip
    for one in found.findings:
        lines = f"; lines {', '.join(map(str, one.numbers))}" if one.numbers else ""
        before = f" (before {_money(one.cents_before)})" if one.cents_before else ""
        print(f"{one.kind}: {one.many:,}, {_money(one.cents)}{before}{lines}")
    print(f"digest {found.digest}")


def _json(run: Run) -> dict[str, Any]:
    return {"run": str(run.pk), "month": f"{run.month:%Y-%m}", "kind": run.kind, "state": run.state,
            "pay_on": run.pay_on.isoformat(), "snapshot_at": run.snapshot_at.isoformat()}  # fmt: skip


def _money(cents: int) -> str:
    return f"{euros(cents)} EUR"


def run_asked(arguments: argparse.Namespace) -> tuple[Acting, Run]:
    """Who signs, and their payer's run of the month and kind that were asked for."""
    month = _month(arguments)
    who = signed(arguments.by)
    with in_scope(who):
        found = run_of(who, month, arguments.kind)
    if found is None:
        raise InputError(f"--month: there is no {arguments.kind} run of {arguments.month}; prepare it first.")
    return who, found


def _month(arguments: argparse.Namespace) -> Month:
    try:
        return month_from(arguments.month)
    except ValueError as error:
        raise InputError(f"--month: {error}.") from None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"--pay-on: {text} is not a day; expected YYYY-MM-DD.") from None

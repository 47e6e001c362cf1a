"""What `balsts payments payout` and `lists` do; whoever takes a step signs with their password."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from balsts.access.acting import Acting, in_scope
from balsts.access.signing import signed
from balsts.law.engine.errors import InputError
from balsts.law.engine.quantities import euros
from balsts.payments import payout_lists, payouts
from balsts.payments.asked_jobs import day_of, one_of, state_of, told
from balsts.payments.jobs import run_asked
from balsts.payments.lines import line_in
from balsts.payments.models import Line, PayoutChoice


def payout_record(arguments: argparse.Namespace) -> int:
    """Record a choice."""
    asked = payouts.Payout(
        payouts.Channel(arguments.channel), arguments.basis, day_of("--since", arguments.since),
        day_of("--until", arguments.until) if arguments.until else None, arguments.right, arguments.name,
        arguments.iban, arguments.reference, arguments.address,
    )  # fmt: skip
    who = signed(arguments.by)
    payee = payouts.payee_of(who, arguments.person)
    return told(arguments, [_choice(payouts.record_choice(who, payee, asked))])


def payout_agree(arguments: argparse.Namespace) -> int:
    """Agree to a choice."""
    who = signed(arguments.by)
    choice = one_of(who, PayoutChoice, "--choice", arguments.choice)
    return told(arguments, [_choice(payouts.agree_choice(who, choice))])


def payout_end(arguments: argparse.Namespace) -> int:
    """End a choice."""
    who = signed(arguments.by)
    choice = one_of(who, PayoutChoice, "--choice", arguments.choice)
    return told(arguments, [_choice(payouts.end_choice(who, choice, arguments.reason))])


def payout_list(arguments: argparse.Namespace) -> int:
    """List choices."""
    return told(arguments, [_choice(one) for one in payouts.choices_today(signed(arguments.by))])


def lists(arguments: argparse.Namespace) -> int:
    """Write the lists of a run into a folder."""
    into = Path(arguments.into)
    if not into.is_dir():
        raise InputError(f"--into: there is no folder {arguments.into}; nothing was written. Make it first.")
    who, run = run_asked(arguments)
    rows: list[dict[str, Any]] = []
    for one in payout_lists.write_lists(who, run):
        to = into / f"{run.month:%Y-%m}-{run.kind}-{run.number}-{one.channel}.csv"
        shutil.copyfile(payout_lists.path_of(one.sha256), to)
        rows.append({"list": one.channel, "payouts": one.payouts, "sum": euros(one.cents), "file": str(to),
                     "sha256": one.sha256})  # fmt: skip
    return told(arguments, rows)


def payout_answer(arguments: argparse.Namespace) -> int:
    """Apply an answer of the post."""
    try:
        content = Path(arguments.file).read_bytes()
    except OSError as error:
        raise InputError(f"--file: {arguments.file} cannot be read ({error.strerror}); nothing was changed.") from None
    done = payout_lists.apply_answer(signed(arguments.by), content)
    return told(arguments, [{"paid": done.paid, "undelivered": done.undelivered, "new": done.new}])


def payout_paid(arguments: argparse.Namespace) -> int:
    """Say that cash was paid."""
    on = day_of("--on", arguments.on)
    who, line = _line(arguments)
    payout_lists.paid_out(who, line, on, arguments.receipt)
    return told(arguments, [{"line": line.number, "state": "paid", "on": f"{on}"}])


def payout_not_fetched(arguments: argparse.Namespace) -> int:
    """Say that cash was not fetched."""
    on = day_of("--on", arguments.on)
    who, line = _line(arguments)
    payout_lists.not_paid_out(who, line, on, arguments.receipt)
    return told(arguments, [{"line": line.number, "state": "owed again", "on": f"{on}"}])


def _line(arguments: argparse.Namespace) -> tuple[Acting, Line]:
    who, run = run_asked(arguments)
    with in_scope(who):
        found = line_in(run, arguments.line)
    if found is None:
        raise InputError(f"--line: the run has no line {arguments.line}; the list of the cash desk names them.")
    return who, found


def _choice(one: PayoutChoice) -> dict[str, Any]:
    return {
        "choice": str(one.pk), "to": one.channel, "state": state_of(one), "right": one.code or "every",
        "name": one.name, "iban": one.iban, "reference": one.reference, "address": one.address, "basis": one.basis,
        "since": f"{one.valid.lower}", "until": f"{one.valid.upper}" if one.valid.upper else "",
        "payee": str(one.payee_id),
    }  # fmt: skip

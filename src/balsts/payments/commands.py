"""`balsts payments`: the steps of a payment run from the command line, and the proof of the books."""

from __future__ import annotations

import argparse

from balsts.payments.payout_commands import add_payouts
from balsts.payments.withholding_commands import add_claims, add_withhold

_JOBS = "balsts.payments.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `payments` to the command line."""
    parser = subparsers.add_parser(
        "payments", help="payments: prepare, look through, approve and release a month; prove the books",
        description="Payment runs: each step is taken by a member of staff, who signs with their password, which is "
                    "asked for or read from standard input. Different steps are taken by different people.",
        epilog="example: balsts payments prepare --month 2026-12 --by anna",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    job = _add(jobs, "prepare", "prepare the run of a month: all that is owed and no earlier run pays")
    job.add_argument("--pay-on", metavar="YYYY-MM-DD", help="the payment day; left out, the 15th, or a day before it")
    _add(jobs, "preview", "show what the run of a month differs in from the one before, and its digest")
    job = _add(jobs, "approve", "acknowledge the preview that was seen, and approve the run", "--seen DIGEST")
    job.add_argument("--seen", metavar="DIGEST", required=True, help="the digest that `preview` printed")
    _add(jobs, "release", "release the run for payment, and post it in the ledger")
    job = _add(jobs, "cancel", "cancel the run before it is released", "--reason 'wrong month'")
    job.add_argument("--reason", metavar="TEXT", required=True)
    text = "prove that decisions, lines, ledger, files and the bank agree: exit 0 when they do, 1 when not"
    job = _add(jobs, "prove", text, needs_month=False)
    job.add_argument("--year", type=int, metavar="YYYY", help="in place of --month: all released runs of a year")
    job.add_argument(
        "--every-line",
        action="store_true",
        help="compare all lines one by one, also where sums agree (slow: minutes for a million lines)",
    )
    _add_bank(jobs)
    add_withhold(jobs)
    add_claims(jobs)
    add_payouts(jobs)


def _add_bank(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "write and send files of released runs, fetch what the bank says, and apply it"
    job = jobs.add_parser("bank", help=text, description=f"{text.capitalize()}. Exit 1: something waits for a person.",
                          epilog="example: balsts payments bank --every 300")  # fmt: skip
    job.add_argument("--every", type=float, metavar="SECONDS", help="again and again; left out, once")
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job.set_defaults(handler="balsts.payments.bank_jobs:bank")
    text = "name the account out of which a payer pays, and what its bank takes in one file"
    job = jobs.add_parser("account", help=text, description=f"{text.capitalize()}.",
                          epilog="example: balsts payments account --payer 'Rīgas Sociālais dienests' --iban "
                                 "LV80BANK0000435195001 --bic HABALV22")  # fmt: skip
    job.add_argument("--payer", required=True, metavar="NAME", help="the institution's name in Latvian")
    job.add_argument("--iban", required=True)
    job.add_argument("--bic", required=True)
    job.add_argument(
        "--programme", default="", metavar="CODE", help="such as 20.01.00; left out, all without their own"
    )
    job.add_argument("--most-transfers", type=int, default=10_000, metavar="N", help="in one file (default: 10000)")
    job.add_argument("--most-cents", type=int, metavar="N", help="in one file; left out, no limit")
    job.set_defaults(handler="balsts.payments.bank_jobs:account")


def _add(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, more: str = "", *,
    needs_month: bool = True,
) -> argparse.ArgumentParser:  # fmt: skip
    example = f"example: balsts payments {name} --month 2026-12 --by anna {more}".rstrip()
    job = jobs.add_parser(name, help=text, description=text, epilog=example)
    job.add_argument("--month", metavar="YYYY-MM", required=needs_month, help="the month in which the run pays")
    job.add_argument("--by", metavar="USERNAME", required=True, help="the member of staff; by them the payer is known")
    job.add_argument("--kind", choices=("monthly", "extra"), default="monthly", help="the monthly run, or an extra one")
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job.set_defaults(handler=f"{_JOBS}:{name}")
    return job

"""`balsts payments`: the steps of a payment run from the command line, and the proof of the books."""

from __future__ import annotations

import argparse

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
    text = "prove that decisions, lines and ledger of a run agree: exit 0 when they do, 1 when not"
    _add(jobs, "prove", text)
    add_withhold(jobs)
    add_claims(jobs)


def _add(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, more: str = ""
) -> argparse.ArgumentParser:
    example = f"example: balsts payments {name} --month 2026-12 --by anna {more}".rstrip()
    job = jobs.add_parser(name, help=text, description=text, epilog=example)
    job.add_argument("--month", metavar="YYYY-MM", required=True, help="the month in which the run pays")
    job.add_argument("--by", metavar="USERNAME", required=True, help="the member of staff; by them the payer is known")
    job.add_argument("--kind", choices=("monthly", "extra"), default="monthly", help="the monthly run, or an extra one")
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job.set_defaults(handler=f"{_JOBS}:{name}")
    return job

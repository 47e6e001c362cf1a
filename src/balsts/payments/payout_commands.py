"""`balsts payments payout` and `lists`: where money goes when not to the payee's account, and what became of it."""

from __future__ import annotations

import argparse

_JOBS = "balsts.payments.payout_jobs"


def add_payouts(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `payout` and `lists` to `balsts payments`."""
    text = "where a payee's money goes when not to their own account: record, agree, end, list; what became of cash"
    parser = jobs.add_parser("payout", help=text, description=text,
                             epilog="example: balsts payments payout list --by anna")  # fmt: skip
    parts = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    _add_choices(parts)
    for name, text, more in (
        ("paid", "say that a line was paid in cash", "a receipt's number"),
        ("not-fetched", "say that cash was not fetched; it is owed again, and the next run pays it", "why"),
    ):
        job = _add(parts, f"payout {name}", text, f"--month 2026-12 --line 12 --on 2026-12-17 --receipt '{more}'")
        _of_run(job)
        job.add_argument("--line", metavar="NUMBER", type=int, required=True, help="its number in the run")
        job.add_argument("--on", metavar="YYYY-MM-DD", required=True)
        job.add_argument("--receipt", metavar="TEXT", required=True, help=more)
    job = _add(parts, "payout answer", "apply an answer of the post: whole, or not at all", "--file answer.csv")
    job.add_argument("--file", metavar="FILE", required=True,
                     help="CSV with the columns number, state (paid or undelivered) and day")  # fmt: skip
    job = _add(jobs, "lists", "write what a released run pays by post and in cash", "--month 2026-12 --into lists")
    _of_run(job)
    job.add_argument("--into", metavar="FOLDER", required=True, help="where they are written")


def _add_choices(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    job = _add(parts, "payout record", "record where money is to go; somebody else agrees", "--person 290390-11111 "
               "--to account --name 'SIA Siltums' --iban LV80BANK0000435195001 --reference L1 --right housing_benefit "
               "--basis 'decision 7, article 12' --since 2026-12-01")  # fmt: skip
    job.add_argument("--person", metavar="CODE", required=True, help="the payee's personal code")
    job.add_argument("--to", dest="channel", choices=("account", "post", "cash"), required=True,
                     help="an account of somebody else; at home by post; the payer's cash desk")  # fmt: skip
    job.add_argument("--right", metavar="CODE", default="", help="of one right; left out, every right without its own")
    job.add_argument("--name", metavar="NAME", default="", help="whose the account is")
    job.add_argument("--iban", metavar="IBAN", default="")
    job.add_argument("--reference", metavar="TEXT", default="", help="what they know the payment by: a contract")
    job.add_argument("--address", metavar="TEXT", default="", help="where the post delivers it")
    job.add_argument("--basis", metavar="TEXT", required=True, help="the application or decision; names nobody")
    job.add_argument("--since", metavar="YYYY-MM-DD", required=True, help="the first payment day it is for")
    job.add_argument("--until", metavar="YYYY-MM-DD", help="the first payment day it is no longer for")
    job = _add(parts, "payout agree", "agree to a choice that somebody else recorded", "--choice ID")
    job.add_argument("--choice", metavar="ID", required=True)
    job = _add(parts, "payout end", "no longer follow a choice", "--choice ID --reason 'moved out'")
    job.add_argument("--choice", metavar="ID", required=True)
    job.add_argument("--reason", metavar="TEXT", required=True)
    _add(parts, "payout list", "list the choices that are not ended")


def _of_run(job: argparse.ArgumentParser) -> None:
    job.add_argument("--month", metavar="YYYY-MM", required=True, help="the month in which the run pays")
    job.add_argument("--kind", choices=("monthly", "extra"), default="monthly", help="the monthly run, or an extra one")


def _add(
    parts: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, more: str = ""
) -> argparse.ArgumentParser:
    example = f"example: balsts payments {' '.join(filter(None, (name, more)))} --by anna"
    job = parts.add_parser(name.split()[-1], help=text, description=text, epilog=example)
    job.add_argument("--by", metavar="USERNAME", required=True, help="the member of staff; by them the payer is known")
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job.set_defaults(handler=f"{_JOBS}:{name.replace(' ', '_').replace('-', '_')}")
    return job

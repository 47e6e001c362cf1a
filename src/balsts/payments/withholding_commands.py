"""`balsts payments withhold` and `claims`: orders, claims, plans and write-offs from the command line."""

from __future__ import annotations

import argparse

_JOBS = "balsts.payments.withholding_jobs"


def add_withhold(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `withhold` to `balsts payments`."""
    parts = _group(
        jobs, "withhold", "orders of third parties: record, confirm, end, list; what may be withheld from what"
    )
    job = _add(parts, "withhold", "order", "record an order; somebody else confirms it", "--person 290390-11111 --for "
               "maintenance --creditor 'UGFA' --iban LV80BANK0000435195001 --reference 12-3 --since 2026-12-01 "
               "--monthly 120.00")  # fmt: skip
    job.add_argument("--person", metavar="CODE", required=True, help="the debtor's personal code")
    job.add_argument("--for", dest="kind", choices=("maintenance", "enforcement"), required=True)
    job.add_argument("--creditor", metavar="NAME", required=True)
    job.add_argument("--iban", metavar="IBAN", required=True, help="the creditor's account")
    job.add_argument("--reference", metavar="TEXT", required=True, help="the number of the document")
    job.add_argument("--since", metavar="YYYY-MM-DD", required=True, help="the first payment day it is for")
    job.add_argument("--until", metavar="YYYY-MM-DD", help="the first payment day it is no longer for")
    job.add_argument("--total", metavar="EUR", help="the sum in all")
    job.add_argument("--monthly", metavar="EUR", help="the sum a month at most")
    job.add_argument("--children", metavar="NUMBER", type=int, default=0, help="minors in the debtor's care it names")
    job.add_argument("--rank", metavar="NUMBER", type=int, help="its order of satisfaction; left out, that of its kind")
    job.add_argument("--instead-of", metavar="ORDER", help="the order that it changes")
    job = _add(parts, "withhold", "confirm", "confirm an order that somebody else recorded", "--order ID")
    job.add_argument("--order", metavar="ID", required=True)
    job = _add(parts, "withhold", "end", "keep nothing back by an order any more", "--order ID --reason 'paid in full'")
    job.add_argument("--order", metavar="ID", required=True)
    job.add_argument("--reason", metavar="TEXT", required=True)
    _add(parts, "withhold", "list", "list the orders that are not ended")
    job = _part(
        parts, "withhold", "rules", "show what may be withheld from which right, and what nobody has confirmed", ""
    )
    job.add_argument("--code", metavar="CODE", help="of one right")


def add_claims(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `claims` to `balsts payments`."""
    parts = _group(jobs, "claims", "overpayments: decide a claim, check it, plan it, write it off, list what is open")
    _add(parts, "claims", "list", "list overpayments in no claim, and claims with what is open of them")
    job = _add(parts, "claims", "decide", "decide a claim; somebody else checks it", "--overpaid 12 --overpaid "
               "13=20.00 --reason 'income was not declared' --since 2026-12 --months 10")  # fmt: skip
    job.add_argument("--overpaid", metavar="ID[=EUR]", action="append", required=True,
                     help="as `list` shows it; all of it, or a part")  # fmt: skip
    job.add_argument("--reason", metavar="TEXT", required=True, help="why, with the article; names nobody")
    _by_plan(job)
    job = _add(parts, "claims", "check", "agree to a claim and its plan; it is posted", "--claim ID")
    job.add_argument("--claim", metavar="ID", required=True)
    job = _add(
        parts, "claims", "withdraw", "withdraw a claim that nobody agreed to", "--claim ID --reason 'wrong person'"
    )
    job.add_argument("--claim", metavar="ID", required=True)
    job.add_argument("--reason", metavar="TEXT", required=True)
    job = _add(parts, "claims", "plan", "propose another plan", "--claim ID --since 2026-12 --months 5")
    job.add_argument("--claim", metavar="ID", required=True)
    _by_plan(job)
    job = _add(parts, "claims", "agree-plan", "agree to a plan", "--plan ID")
    job.add_argument("--plan", metavar="ID", required=True)
    job = _add(parts, "claims", "write-off", "propose to give up a sum", "--claim ID --sum 12.50 --reason 'article 5'")
    job.add_argument("--claim", metavar="ID", required=True)
    job.add_argument("--sum", metavar="EUR", required=True)
    job.add_argument("--reason", metavar="TEXT", required=True)
    job = _add(parts, "claims", "agree-write-off", "agree to a write-off; it is posted", "--write-off ID")
    job.add_argument("--write-off", metavar="ID", required=True)
    job = _add(parts, "claims", "repaid", "record what the debtor paid back", "--claim ID --sum 12.50 --on 2026-12-03 "
               "--reference 2026120300012")  # fmt: skip
    job.add_argument("--claim", metavar="ID", required=True)
    job.add_argument("--sum", metavar="EUR", required=True)
    job.add_argument("--on", metavar="YYYY-MM-DD", required=True, help="the day it was received")
    job.add_argument("--reference", metavar="TEXT", required=True, help="of the bank's entry; counts once")


def _by_plan(job: argparse.ArgumentParser) -> None:
    job.add_argument("--since", metavar="YYYY-MM", required=True, help="the first month of the plan")
    job.add_argument("--months", metavar="NUMBER", type=int, required=True, help="in how many months it is paid back")
    job.add_argument(
        "--paid-by-debtor", action="store_true", help="the debtor pays; nothing is kept back from payments"
    )


def _group(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    parser = jobs.add_parser(
        name, help=text, description=text, epilog=f"example: balsts payments {name} list --by anna"
    )
    return parser.add_subparsers(dest="step", metavar="STEP", required=True)


def _add(
    parts: argparse._SubParsersAction[argparse.ArgumentParser], group: str, name: str, text: str, more: str = ""
) -> argparse.ArgumentParser:
    job = _part(parts, group, name, text, f"{more} --by anna".strip())
    job.add_argument("--by", metavar="USERNAME", required=True, help="the member of staff; by them the payer is known")
    return job


def _part(
    parts: argparse._SubParsersAction[argparse.ArgumentParser], group: str, name: str, text: str, more: str
) -> argparse.ArgumentParser:
    example = f"example: balsts payments {group} {name} {more}".rstrip()
    job = parts.add_parser(name, help=text, description=text, epilog=example)
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job.set_defaults(handler=f"{_JOBS}:{group}_{name.replace('-', '_')}")
    return job

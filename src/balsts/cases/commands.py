"""`balsts cases`: work in the background, reassessment, rehearsal, take-up, replay, and the check of declarations."""

from __future__ import annotations

import argparse
from pathlib import Path

_JOBS = "balsts.cases.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `cases` to the command line."""
    parser = subparsers.add_parser(
        "cases", help="cases: reassess, rehearse a draft of law, find what nobody claimed, replay decisions",
        description="Cases of persons and households: what happens when a fact, the time or the law changes.",
        epilog="example: balsts cases rehearse examples/reform.yaml",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    _add_background(jobs)
    _add_law(jobs)
    job = _add(jobs, "take-up", "find what people are entitled to and have not claimed, over the whole registry",
               "find_unclaimed")  # fmt: skip
    job.add_argument("--json", action="store_true", help="print the sums as JSON")
    text = "work a sample of stored decisions out again: exit 0 when all come out the same, 1 when not"
    job = _add(jobs, "replay", text, "replay", "--sample 200")
    job.add_argument("--sample", type=int, default=100, metavar="N", help="how many decisions (100)")
    job.add_argument("--json", action="store_true", help="print what was found as JSON")
    job = _add(jobs, "lint", "check the declarations of all case types", "lint")
    job.add_argument("--json", action="store_true", help="print the types as JSON")


def _add_background(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    job = _add(jobs, "work", "do what is deferred, and wait for more until stopped", "work", "--once")
    job.add_argument("--once", action="store_true", help="stop when nothing is left")
    text = "defer all that is due once a night: law, time, news of the registry, take-up"
    job = _add(jobs, "nightly", text, "nightly", "--now")
    job.add_argument("--now", action="store_true", help="do it in this process instead")
    job.add_argument("--json", action="store_true", help="print what was deferred or done as JSON")
    text = "work cases out anew: those that news of the registry touch, or that a change of law does"
    job = _add(jobs, "reassess", text, "reassess", "--law-change HASH --workers 2")
    what = job.add_mutually_exclusive_group()
    what.add_argument(
        "--law-change", metavar="HASH", help="from the text of law of this hash (its beginning) to the present"
    )
    what.add_argument("--case", metavar="NUMBER", help="one case, by its number")
    what.add_argument(
        "--load", metavar="LOAD", help="cases of the persons of a bulk load, which tells nobody by itself"
    )
    what.add_argument("--resume", metavar="RUN", help="go on with a run that was broken off")
    job.add_argument("--workers", type=int, default=1, metavar="N", help="so many processes side by side (1)")
    job.add_argument("--json", action="store_true", help="print the sums as JSON")


def _add_law(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "try a draft of law on all cases that it touches: winners, losers, cost, work; nobody is named"
    job = _add(jobs, "rehearse", text, "rehearse", "examples/reform.yaml --on 2027-01")
    job.add_argument("draft", metavar="DRAFT.yaml", type=Path, help="a reform file; with the rules that it names")
    job.add_argument("--on", metavar="YYYY-MM", help="the first month looked at; left out, the present one")
    job.add_argument("--lang", choices=("lv", "en"), default="lv")
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job = _add(jobs, "enact", "make a draft that was rehearsed part of the law that decides, from a day on", "enact",
               "DRAFT --from 2027-01-01")  # fmt: skip
    job.add_argument(
        "draft", metavar="DRAFT", help="its identifier or the beginning of its hash, as `rehearse` prints it"
    )
    job.add_argument("--from", dest="since", metavar="YYYY-MM-DD", required=True, help="the first day")


def _add(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, function: str, example: str = ""
) -> argparse.ArgumentParser:
    job = jobs.add_parser(name, help=text, description=text, epilog=f"example: balsts cases {name} {example}".rstrip())
    job.set_defaults(handler=f"{_JOBS}:{function}")
    return job

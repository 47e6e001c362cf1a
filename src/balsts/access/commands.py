"""`balsts access`: the record of who looked, and what roles and purposes there are."""

from __future__ import annotations

import argparse
from pathlib import Path

_JOBS = "balsts.access.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `access` to the command line."""
    parser = subparsers.add_parser(
        "access", help="who looked at persons' data, and who may",
        description="The record of who looked; roles, purposes, municipalities.",
        epilog="example: balsts access verify-log --anchors anchors.txt",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    text = "work the chain of access records out anew: exit 0 when it holds, 1 when not"
    job = jobs.add_parser("verify-log", help=text, description=text,
                          epilog="example: balsts access verify-log --anchors anchors.txt")  # fmt: skip
    job.add_argument("--anchors", metavar="FILE", type=Path, help="ends of the chain noted earlier")
    job.set_defaults(handler=f"{_JOBS}:verify")
    text = "print the present end of the chain, to be kept elsewhere"
    job = jobs.add_parser("anchor-log", help=text, description=text,
                          epilog="example: balsts access anchor-log >> anchors.txt")  # fmt: skip
    job.set_defaults(handler=f"{_JOBS}:print_anchor")
    text = "list roles with their purposes, legal bases and open questions"
    job = jobs.add_parser("roles", help=text, description=text, epilog="example: balsts access roles --lang en")
    job.add_argument("--lang", choices=("lv", "en"), default="lv")
    job.set_defaults(handler=f"{_JOBS}:print_roles")
    text = "list municipalities with their codes, days and open questions"
    job = jobs.add_parser("municipalities", help=text, description=text, epilog="example: balsts access municipalities")
    job.set_defaults(handler=f"{_JOBS}:print_municipalities")

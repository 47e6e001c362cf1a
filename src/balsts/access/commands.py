"""`balsts access`: the record of who looked, and what roles and purposes there are."""

from __future__ import annotations

import argparse
from datetime import date
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
    _add_client(jobs)


def _add_client(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = jobs.add_parser(
        "client", help="other institutions' systems: open, list, revoke",
        description="Systems of other institutions that are told of statuses, ask about them, or search the registry.",
        epilog="example: balsts access client list",
    )  # fmt: skip
    parts = parser.add_subparsers(dest="job_of_client", metavar="JOB", required=True)
    text = "open a system's way in and print its id and secret; the secret is shown this once"
    job = parts.add_parser(
        "open", help=text, description=text,
        epilog="example: balsts access client open 'NVA e-services' --institution 'NVA' --may status_verify",
    )  # fmt: skip
    job.add_argument("name", metavar="NAME", help="what the system is called; it stands in the record of who looked")
    job.add_argument("--institution", metavar="NAME", required=True, help="whose it is: the institution's Latvian name")
    job.add_argument("--may", metavar="ABILITY", action="append", required=True,
                     help="status_feed, status_verify or registry_search; may be given again")  # fmt: skip
    job.add_argument("--since", metavar="DAY", type=date.fromisoformat, help="first day; left out, today")
    job.add_argument("--until", metavar="DAY", type=date.fromisoformat, help="first day on which it may call no more")
    job.set_defaults(handler=f"{_JOBS}:open_system")
    text = "close a system's way in, now and for good; its tokens end too"
    job = parts.add_parser("revoke", help=text, description=text,
                           epilog="example: balsts access client revoke 'NVA e-services'")  # fmt: skip
    job.add_argument("name", metavar="NAME")
    job.set_defaults(handler=f"{_JOBS}:revoke_system")
    text = "list systems: name, id, institution, abilities, days, revoked or not"
    job = parts.add_parser("list", help=text, description=text, epilog="example: balsts access client list")
    job.set_defaults(handler=f"{_JOBS}:list_systems")

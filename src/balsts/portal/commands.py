"""`balsts serve` and `balsts demonstration`: the portal on this machine, and who may sign in to the demonstration."""

from __future__ import annotations

import argparse
from pathlib import Path

_JOBS = "balsts.portal.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve` and `demonstration` to the command line."""
    text = "serve the portal until it is stopped"
    job = subparsers.add_parser("serve", help=text, description=f"{text.capitalize()}.",
                                epilog="example: balsts serve --demonstration --port 8000")  # fmt: skip
    job.add_argument("--port", type=int, default=8000, metavar="P", help="(default: 8000)")
    job.add_argument("--host", default="127.0.0.1", help="where it listens; TLS is the proxy's before it")
    job.add_argument("--threads", type=int, default=8, metavar="N", help="at once in a process (default: 8)")
    job.add_argument("--processes", type=int, default=1, metavar="N",
                     help="two for each core, of one thread each, on a machine for it (default: 1)")  # fmt: skip
    job.add_argument("--open", action="store_true", help="open the published figures in a browser of this machine")
    job.add_argument("--demonstration", action="store_true",
                     help="first prepare a small municipality, accounts and simulated registers")  # fmt: skip
    job.set_defaults(handler=f"{_JOBS}:serve")
    text = "list the demonstration's accounts with the codes that open them now"
    job = subparsers.add_parser("demonstration", help=text, description=f"{text.capitalize()}.",
                                epilog="example: balsts demonstration")  # fmt: skip
    job.add_argument("--prepare", type=Path, metavar="POPULATION", help="prepare it first, of a population file")
    job.set_defaults(handler=f"{_JOBS}:accounts", demonstration=True)

"""`balsts statistics`: live figures, and figures as open data."""

from __future__ import annotations

import argparse

from balsts.statistics.live_commands import add_esspros, add_refresh
from balsts.statistics.open_data.commands import add_open_data


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `statistics` to the command line."""
    parser = subparsers.add_parser(
        "statistics", help="statistics: live figures, open data",
        description="Statistics: live figures, and figures as open data.",
        epilog="example: balsts statistics refresh --year 2026",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    add_refresh(jobs)
    add_esspros(jobs)
    add_open_data(jobs)

"""`balsts statistics`: live figures."""

from __future__ import annotations

import argparse

from balsts.statistics.live_commands import add_refresh


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `statistics` to the command line."""
    parser = subparsers.add_parser(
        "statistics", help="statistics: live figures", description="Statistics: live figures.",
        epilog="example: balsts statistics refresh --year 2026",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    add_refresh(jobs)

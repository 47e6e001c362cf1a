"""`balsts statistics`: published figures as open data."""

from __future__ import annotations

import argparse

from balsts.statistics.open_data.commands import add_open_data


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `statistics` to the command line."""
    parser = subparsers.add_parser(
        "statistics", help="statistics: open data", description="Statistics: figures as open data.",
        epilog="example: balsts statistics open-data --out open-data --base https://balsts.example",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    add_open_data(jobs)

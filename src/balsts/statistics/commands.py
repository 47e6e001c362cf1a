<<<<<<< HEAD
"""`balsts statistics`: live figures."""
=======
"""`balsts statistics`: published figures as open data."""
>>>>>>> main

from __future__ import annotations

import argparse

<<<<<<< HEAD
from balsts.statistics.live_commands import add_refresh
=======
from balsts.statistics.open_data.commands import add_open_data
>>>>>>> main


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `statistics` to the command line."""
    parser = subparsers.add_parser(
<<<<<<< HEAD
        "statistics", help="statistics: live figures", description="Statistics: live figures.",
        epilog="example: balsts statistics refresh --year 2026",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    add_refresh(jobs)
=======
        "statistics", help="statistics: open data", description="Statistics: figures as open data.",
        epilog="example: balsts statistics open-data --out open-data --base https://balsts.example",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    add_open_data(jobs)
>>>>>>> main

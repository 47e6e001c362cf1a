"""`balsts statistics refresh` and `esspros`: live figures counted anew, and where rights stand in ESSPROS."""

from __future__ import annotations

import argparse
import re

from balsts.law.engine.errors import InputError

_PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


def add_refresh(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `refresh` to the parts of `balsts statistics`."""
    refresh = jobs.add_parser(
        "refresh", help="count live figures anew",
        description="Count live figures of months that are over, protect them, and show what may be shown; whole, or "
        "not at all. Left out, the year of the last month that is over is counted.",
        epilog="example: balsts statistics refresh --year 2026 --json",
    )  # fmt: skip
    which = refresh.add_mutually_exclusive_group()
    which.add_argument("--year", type=_year, metavar="YYYY", help="its months that are over, and the year once it is")
    which.add_argument("--month", type=_month, metavar="YYYY-MM", help="one month")
    refresh.add_argument("--json", action="store_true", help="what was done, as JSON")
    refresh.set_defaults(handler="balsts.statistics.live_jobs:run_refresh")


def add_esspros(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `esspros` to the parts of `balsts statistics`."""
    classified = jobs.add_parser("esspros", help="rights by function, scheme and form of ESSPROS",
                                 description="List every right with where it stands in ESSPROS.")  # fmt: skip
    classified.add_argument("--lang", choices=("lv", "en"), default="lv", help="language of names (lv)")
    classified.set_defaults(handler="balsts.statistics.live_jobs:print_esspros")


def _year(text: str) -> int:
    found = _PERIOD.fullmatch(text)
    if found is None or found[2]:
        raise InputError(f"--year {text}: expected a year such as 2026.")
    return int(found[1])


def _month(text: str) -> tuple[int, int]:
    found = _PERIOD.fullmatch(text)
    if found is None or not found[2]:
        raise InputError(f"--month {text}: expected a month such as 2026-01.")
    return int(found[1]), int(found[2])

"""What `balsts statistics refresh` does, once the database is ready."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from balsts.law.latvia import latvia
from balsts.statistics.esspros import ESSPROS, FUNCTIONS, SCHEMES
from balsts.statistics.refresh import refresh


def run_refresh(arguments: argparse.Namespace) -> int:
    """Refresh and say what was done."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    year, month = arguments.month or (arguments.year or last.year, None)
    done = refresh(year, month)
    if arguments.json:
        print(json.dumps(asdict(done), sort_keys=True))
        return 0
    print(f"{done.months[0]} to {done.months[-1]}: {done.cells:,} cells counted; {done.blocks:,} blocks are new or "
           "changed, "
          f"with {done.points:,} points, of which {done.suppressed:,} are suppressed")  # fmt: skip
    if done.kept:
        print(f"{done.kept:,} blocks stay as they were shown: what is new in them would tell of few")
    return 0


def print_esspros(arguments: argparse.Namespace) -> int:
    """List rights with their function, scheme and form."""
    law = latvia()
    for code, one in sorted(ESSPROS.items(), key=lambda named: (list(FUNCTIONS).index(named[1].function), named[0])):
        form = ("in kind" if one.is_in_kind else "cash") + (", means-tested" if one.is_means_tested else "")
        title = law.rules[code][-1].lv if arguments.lang == "lv" else law.rules[code][-1].en
        asked = f" ? {one.question.in_(arguments.lang)}" if one.question else ""
        print(f"{code}: {title} [{FUNCTIONS[one.function].in_(arguments.lang)}; "
              f"{SCHEMES[one.scheme].in_(arguments.lang)}; {form}]{asked}")  # fmt: skip
    return 0

"""Checks of a whole law: cited, complete at every time, of one unit, bounded, used and tested.

`lint` finds everything at once and never stops at the first mistake. What a single rule may not do stands in `subset`;
what a file may not hold is an error when the law is loaded.
"""

from __future__ import annotations

from balsts.law.engine.checks.check_names import check_names
from balsts.law.engine.checks.check_rules import check_rules
from balsts.law.engine.checks.check_time import check_time
from balsts.law.engine.checks.check_values import check_values
from balsts.law.engine.checks.finding import Finding
from balsts.law.engine.law import Law

__all__ = ["Finding", "lint"]


def lint(law: Law) -> list[Finding]:
    """Everything that is wrong with a law, by file and line; nothing when it holds together.

    Raises:
        LawError: a golden file that cannot be read.
    """
    found = [*check_names(law), *check_rules(law), *check_values(law), *check_time(law)]
    return sorted(set(found), key=lambda one: one.order)

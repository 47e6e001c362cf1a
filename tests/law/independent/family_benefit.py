"""The family state benefit worked out a second time, by hand and from the fact sheet alone.

Nothing here comes from the law as code: the tables are typed anew, dates are calendar dates, and the steps follow the
words of the agency. It is there to be compared with the law on many families.

One family: all children are of one mother and live with her; each is placed in the order of birth by its own day of
birth, and twins in the order of the list. Everybody is covered by the law (no temporary permits). Facts are those of
the 1st of the month; a child counts from its month of birth, but the benefit begins at one year in any case.

- To December 2021: a child from 1 to 15, or to 20 if in general or vocational education and unmarried. The first,
  second, third and every later child of the mother brings 11.38, 22.76, 34.14 and 50.07, and the family a supplement
  of 10 for two children paid for, 66 for three and 50 more for each further one.
- From January 2022: from 1 to 16, or to 20 if in general or vocational education and unmarried, or disabled; each
  child brings 25, 50, 75 or 100 when one, two, three, or four and more are paid for.
- From January 2026 also full-time students to 20, unmarried, who applied.
"""

from __future__ import annotations

from datetime import date
from typing import Any

_BY_ORDER = [1138, 2276, 3414, 5007]
_EACH = [2500, 5000, 7500, 10000]
_NEW_LAW = date(2022, 1, 1)
_STUDENTS = date(2026, 1, 1)


def family_benefit_cents(on: str, children: list[dict[str, Any]]) -> int:
    """The benefit of one family in a month, in cents.

    Args:
        on: the month, `2026-02`.
        children: all children of one mother, each with `born` (`2015-06-01`), `education` (none, general, vocational,
            higher_full_time or other), `is_married`, `is_disabled` (a disabled child) and `applied` (a student asked
            for the benefit).
    """
    first = date.fromisoformat(f"{on}-01")
    eldest_first = sorted(children, key=lambda child: str(child["born"]))
    paid = [_is_paid(child, first) for child in eldest_first]
    number = sum(paid)
    if first >= _NEW_LAW:
        return number * _EACH[min(number, 4) - 1] if number else 0
    by_order = sum(_BY_ORDER[min(place, 3)] for place, is_paid in enumerate(paid) if is_paid)
    return by_order + _supplement(number)


def _supplement(number: int) -> int:
    if number < 2:
        return 0
    if number == 2:
        return 1000
    return 6600 + 5000 * (number - 3)


def _is_paid(child: dict[str, Any], first: date) -> bool:
    if not _has_reached(1, child, first) or _has_reached(20, child, first):
        return False
    is_new = first >= _NEW_LAW
    if not _has_reached(16 if is_new else 15, child, first):
        return True
    if is_new and child["is_disabled"]:
        return True
    if child["is_married"]:
        return False
    if child["education"] in {"general", "vocational"}:
        return True
    return first >= _STUDENTS and child["education"] == "higher_full_time" and bool(child["applied"])


def _has_reached(years: int, child: dict[str, Any], first: date) -> bool:
    """Whether the birthday lies on the 1st or before; one born on 29 February has it on 1 March."""
    born = date.fromisoformat(str(child["born"]))
    return (born.year + years, born.month, born.day) <= (first.year, first.month, first.day)

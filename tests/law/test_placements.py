from __future__ import annotations

from datetime import date

from balsts.law.engine.vocabulary import Day, Link, Month, day_number, month_number
from balsts.law.latvia.vspl.adoption.rules import is_adopted_child, is_child_before_adoption
from balsts.law.latvia.vspl.foster_family.rules import is_foster_child
from balsts.law.latvia.vspl.guardianship.rules import is_ward

FEBRUARY, MARCH = month_number(2026, 2), month_number(2026, 3)
ON_1_MARCH = day_number(date(2026, 3, 1))
ADULT = Link(0)


def _in_care(day: Day, month: Month) -> set[bool]:
    return {
        is_ward(ADULT, True, day, month, True),
        is_foster_child(ADULT, True, day, month, True),
        is_child_before_adoption(ADULT, True, day, month, True),
        is_adopted_child(ADULT, True, day, month, True),
    }


def test_a_placement_does_not_count_before_its_month() -> None:
    assert _in_care(ON_1_MARCH, FEBRUARY) == {False}


def test_a_placement_counts_from_its_month() -> None:
    assert _in_care(ON_1_MARCH, MARCH) == {True}


def test_a_placement_without_a_day_is_an_old_one() -> None:
    assert _in_care(Day(0), FEBRUARY) == {True}

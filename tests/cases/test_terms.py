"""Last days of terms: days off, months of different lengths, working days around public holidays of Latvia."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from balsts.cases.terms import is_working_day, last_day, plus_working_days
from balsts.cases.types.declaration import Cited, Term

CITED = Cited("APL", "64", "seen", "vdeavk-term")
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def term(count: int, unit: str) -> Term:
    return Term(count, unit, CITED)  # type: ignore[arg-type]


def test_ten_working_days_pass_over_easter() -> None:
    # 2026: Good Friday is 3 April, Easter Monday 6 April.
    assert last_day(term(10, "working_days"), date(2026, 3, 27)) == date(2026, 4, 14)


def test_a_month_from_31_january_ends_in_february() -> None:
    assert last_day(term(1, "months"), date(2025, 1, 31)) == date(2025, 2, 28)


def test_a_month_that_would_end_on_a_day_off_ends_on_the_next_working_day() -> None:
    # 18 November is the day of the Republic; in 2026 a Wednesday.
    assert last_day(term(1, "months"), date(2026, 10, 18)) == date(2026, 11, 19)


def test_christmas_and_new_year_are_no_working_days() -> None:
    assert not any(map(is_working_day, (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1))))


@given(DAYS, st.integers(1, 60))
def test_there_are_as_many_working_days_as_the_term_counts(day: date, count: int) -> None:
    last = plus_working_days(day, count)
    between = [day + timedelta(days=one) for one in range(1, (last - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(last)


@given(DAYS, st.integers(1, 24), st.sampled_from(["days", "months", "working_days"]))
def test_a_later_day_never_ends_earlier(day: date, count: int, unit: str) -> None:
    later = day + timedelta(days=1)
    assert day < last_day(term(count, unit), day) <= last_day(term(count, unit), later)

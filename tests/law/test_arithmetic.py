"""Exact arithmetic: rounding, ages, lookups, and the same numbers at the extremes plain and compiled."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from balsts.law.engine.many.columns import Columns, column_type, tie
from balsts.law.engine.many.output import Output
from balsts.law.engine.many.passes import Pass, plain_pass
from balsts.law.engine.quantities import (
    MAX_CENTS,
    cents_from,
    date_of,
    euros,
    month_from,
    rate_from,
    round_down,
    round_half_up,
)
from balsts.law.engine.vocabulary import (
    RATE_ONE,
    Lookup,
    Month,
    completed_months,
    completed_years,
    day_number,
    indexed,
    month_of,
    months_from,
)
from balsts.law.engine.wiring import wire
from tests.law.small_country import CATALOGUE, small_country

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**9))
def test_half_up_goes_to_the_nearest_and_away_from_zero_at_a_half(numerator: int, denominator: int) -> None:
    exact, rounded = Fraction(numerator, denominator), round_half_up(numerator, denominator)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**9))
def test_rounding_down_goes_towards_zero(numerator: int, denominator: int) -> None:
    assert round_down(numerator, denominator) == int(Fraction(numerator, denominator))


@given(st.integers(0, MAX_CENTS))
def test_an_amount_written_and_read_again_is_the_same_amount(cents: int) -> None:
    assert cents_from(euros(cents)) == cents


@given(st.decimals(0, 9, places=6))
def test_a_rate_is_exact_to_six_decimals(rate: object) -> None:
    assert rate_from(f"{rate:.6f}") == Fraction(str(rate)) * RATE_ONE


@given(days, days)
def test_days_keep_the_order_of_the_calendar(first: date, second: date) -> None:
    assert (day_number(first) < day_number(second)) == (first < second)
    assert date_of(day_number(first)) == first


@given(days, st.integers(0, 1300))
def test_whole_months_and_years_are_those_of_the_calendar(born: date, later: int) -> None:
    month = Month(month_of(day_number(born)) + later)
    first = date(month // 12, month % 12 + 1, 1)
    years = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    assert completed_years(day_number(born), month) == years
    assert months_from(day_number(born), month) == later
    months = (first.year - born.year) * 12 + first.month - born.month - (first.day < born.day)
    assert completed_months(day_number(born), month) == months


def test_a_child_of_29_february_is_a_year_older_from_march() -> None:
    born = day_number(date(2024, 2, 29))
    assert [completed_years(born, month_from(month)) for month in ("2025-02", "2025-03", "2028-02", "2028-03")] == [
        0, 1, 3, 4]  # fmt: skip


@given(st.dictionaries(st.integers(0, 100), st.integers(0, 10**6), min_size=1, max_size=8), st.integers(-5, 120))
def test_a_lookup_finds_the_last_row_that_is_not_above_the_key(rows: dict[int, int], key: int) -> None:
    below = [row for row in rows if row <= key]
    assert Lookup(rows).at(key) == (rows[max(below)] if below else 0)


@given(st.integers(0, 10**6), st.lists(st.integers(RATE_ONE, 2 * RATE_ONE), min_size=1, max_size=5))
def test_a_stock_is_raised_step_by_step_each_rounded_to_the_cent(amount: int, rates: list[int]) -> None:
    start = date(2020, 1, 1)
    steps = {day_number(start + timedelta(days=366 * (number + 1))): rate for number, rate in enumerate(rates)}
    expected = amount
    for rate in rates:
        expected = round_half_up(expected * rate, RATE_ONE)
    assert indexed(amount, Lookup(steps), day_number(start), month_from("2040-01")) == expected


def test_the_largest_facts_give_the_same_compiled_as_plain() -> None:
    month, size = month_from("2022-12"), 60
    columns = Columns(np.array([0, size], np.uint64), {}, {})
    for one in CATALOGUE.persons():
        if one.kind not in ("link", "codes"):
            top = MAX_CENTS if one.kind == "money" else 1
            columns.persons[one.name] = np.full(size, top, column_type(CATALOGUE, one.name))
    columns.persons["born"] = np.full(size, day_number(date(1950, 1, 1)), np.int32)
    columns.persons["died"] = np.zeros(size, np.int32)
    columns.persons["pension_granted_on"] = np.full(size, day_number(date(2020, 2, 1)), np.int32)
    columns.persons |= {name: np.full(size, -1, np.int32) for name in CATALOGUE.links}
    columns.persons["applied_for_family_grant"] = np.ones(size, np.uint8)
    columns.household = {"rent": np.array([MAX_CENTS]), "is_registered": np.array([1], np.uint8)}
    tie(columns, CATALOGUE, month)
    wiring = wire(small_country(), month)
    outputs = [Output("value", key) for key in wiring.values]
    compiled, plain = Pass(wiring, outputs, checked=True).run(columns), plain_pass(wiring, outputs, columns)
    assert all((compiled[key].dense() == plain[key].dense()).all() for key in plain)
    assert plain["wages"].values[0] == size * MAX_CENTS

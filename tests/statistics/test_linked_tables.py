"""A scripted attacker on tables that belong together: months by sex and place, their year, amounts, earlier refreshes.

The attacker knows every number that is shown to the unit, that relations hold, and that each suppressed cell is 1 or
more.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.statistics.counting import WHOLE, Key, relations_of
from balsts.statistics.definitions.indicators import FAMILIES
from balsts.statistics.disclosure import FEWEST, Block, Cell, block_of, rounded, rounded_cents, suppressed
from balsts.statistics.refresh import _year_is_hidden
from tests.statistics.attacker import Row, range_of

PAID = FAMILIES["paid"]
PLACES, SEXES, AGES = ("north", "south", "west"), ("f", "m"), ("18-29", "65+")
Person = tuple[str, str, str, int, int]
"""Sex, age, place, the months in which somebody is paid (bits), cents a month."""
PERSONS = st.lists(
    st.tuples(st.sampled_from(SEXES), st.sampled_from(AGES), st.sampled_from(PLACES), st.integers(1, 7),
              st.sampled_from((2_500, 2_500, 8_700, 40_000))),
    min_size=1, max_size=40,
)  # fmt: skip


def month_of(persons: list[Person], number: int) -> dict[Key, Cell]:
    """The cells of a month."""
    found: dict[Key, Cell] = {}
    here = [one for one in persons if one[3] >> number & 1]
    for key in (WHOLE, *(("sex", one) for one in SEXES), *(("age", one) for one in AGES),
                *(("municipality", one) for one in PLACES)):  # fmt: skip
        cents = [one[4] for one in here if key == WHOLE or key[1] in one[:3]]
        if cents:
            found[key] = Cell(len(cents), len(cents), sum(cents), max(cents))
    return found


def year_of(persons: list[Person]) -> Cell:
    """The whole of a year of three months."""
    each = [one[4] * sum(one[3] >> number & 1 for number in range(3)) for one in persons]
    return Cell(len(each), len(each), sum(each), max(each))


def known(months: Mapping[str, Mapping[Key, Cell]], shown: Mapping[str, Block[Key]], year: Cell | None,
          measure: str) -> list[Row]:  # fmt: skip
    """What the attacker writes down of all tables; the year is known unless it is None."""
    rows = []
    for when, cells in months.items():
        values = {key: getattr(cell, measure) for key, cell in cells.items()}
        hidden = shown[when].hidden
        for relation in relations_of(PAID, cells):
            parts = [part for part in relation.parts if part in cells]
            if parts:
                unknown: dict[object, int] = {(when, part): 1 for part in parts if part in hidden}
                bound = -sum(values[part] for part in parts if part not in hidden)
                if WHOLE in hidden:
                    unknown[when, WHOLE] = -1
                else:
                    bound += values[WHOLE]
                rows.append(Row(unknown, bound, is_exact=True))
    if year is not None:
        rows += _of_year(months, shown, getattr(year, measure), adds=measure == "cents")
    return [one for one in rows if one.coefficients]


def _of_year(months: Mapping[str, Mapping[Key, Cell]], shown: Mapping[str, Block[Key]], total: int, *,
             adds: bool) -> list[Row]:  # fmt: skip
    wholes = {(when, WHOLE): cells[WHOLE] for when, cells in months.items() if cells}
    unknown = {name: 1 for name in wholes if WHOLE in shown[name[0]].hidden}
    shown_sum = sum(cell.cents if adds else cell.number for name, cell in wholes.items() if name not in unknown)
    if adds:
        return [Row(unknown, total - shown_sum, is_exact=True)]
    return [Row(dict.fromkeys(unknown, -1), shown_sum - total), *(Row({name: 1}, total) for name in unknown)]


@settings(max_examples=10)
@given(PERSONS)
def test_nothing_of_few_follows_from_months_their_parts_and_the_year(persons: list[Person]) -> None:
    months = {f"2026-{number + 1:02}": month_of(persons, number) for number in range(3)}
    shown = {when: block_of(cells, relations_of(PAID, cells)) for when, cells in months.items()}
    year = None if _year_is_hidden(PAID, year_of(persons), months, shown) else year_of(persons)
    counts, cents = known(months, shown, year, "number"), known(months, shown, year, "cents")
    for when, cells in months.items():
        for key, cell in cells.items():
            if not cell.is_sensitive:
                continue
            assert key in shown[when].hidden
            if cell.number < FEWEST:
                least, most = range_of((when, key), counts)
                assert most is None or (most >= FEWEST and most - least >= FEWEST - 1)
            least, most = range_of((when, key), cents)
            assert least < cell.cents or cell.cents == 1
            assert most is None or most >= cell.cents * Fraction(6, 5) - 1


@settings(max_examples=40)
@given(PERSONS, PERSONS)
def test_two_refreshes_differ_by_five_in_a_cell_or_not_at_all(persons: list[Person], more: list[Person]) -> None:
    first, later = month_of(persons, 0), month_of(persons + more[:12], 0)
    if not first or not later:
        return
    before = block_of(first, relations_of(PAID, first))
    after = block_of(later, relations_of(PAID, later), before)
    assert after.hidden == before.hidden
    for key in {*before.cells, *after.cells} - before.hidden:
        old, new = before.cells.get(key, Cell(0, 0)), after.cells.get(key, Cell(0, 0))
        assert old.number == new.number or abs(old.number - new.number) >= FEWEST
        if old.number == new.number and old.cents != new.cents:
            assert abs(new.cents - old.cents) * (old.number + 1) >= (FEWEST - 1) * min(old.cents, new.cents)
    # What is suppressed in both is no better known by both together: each by itself tells nothing.
    assert all(key in after.hidden for key, cell in later.items() if cell.is_sensitive) or after.is_kept


@given(st.integers(5, 400), st.sampled_from((2_500, 8_700, 13_732, 40_000)))
def test_an_amount_divided_by_its_fixed_rate_gives_the_shown_count_and_no_better(number: int, rate: int) -> None:
    shown_count, shown_cents = rounded(number), rounded_cents(number * rate, number)
    alike = {n for n in range(5, 410) if (rounded(n), rounded_cents(n * rate, n)) == (shown_count, shown_cents)}
    assert len(alike) >= 3 or shown_count == 5
    assert alike == {n for n in range(5, 410) if rounded(n) == shown_count}


def test_small_places_are_not_told_by_the_country_less_the_others() -> None:
    for counts in product(range(8), repeat=3):
        cells = {("municipality", place): Cell(n, n) for place, n in zip(PLACES, counts, strict=True) if n}
        if not cells:
            continue
        cells[WHOLE] = Cell(sum(counts), sum(counts))
        hidden = suppressed(cells, relations_of(PAID, cells))
        residual = cells[WHOLE].number - sum(cell.number for key, cell in cells.items() if key not in {*hidden, WHOLE})
        left = [key for key in hidden if key != WHOLE]
        if any(cells[key].number < FEWEST for key in left):
            assert WHOLE in hidden or (len(left) > 1 and residual - (len(left) - 1) >= FEWEST)

"""What is suppressed, how coarsely the rest is shown, and what follows of it: exhaustively where tables are small."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.statistics.disclosure import (
    BASE,
    FEWEST,
    Block,
    Cell,
    Relation,
    block_of,
    revised,
    rounded,
    rounded_cents,
    settled,
    step_of,
    suppressed,
    worked_out,
)
from tests.statistics.attacker import Row, range_of

WHOLE = "whole"
_SMALL = st.integers(0, 9)


def star(*parts: int, name: str = "") -> tuple[dict[str, Cell], Relation[str]]:
    """A whole and its parts."""
    cells = {f"{name}{number}": Cell(one, one) for number, one in enumerate(parts) if one}
    return {WHOLE: Cell(sum(parts), sum(parts)), **cells}, Relation(WHOLE, tuple(cells))


def rows_of(cells: Mapping[str, Cell], hidden: frozenset[str], relations: list[Relation[str]]) -> list[Row]:
    """What an attacker who knows every shown count to the unit can write down."""
    rows = []
    for one in relations:
        unknown = {part: 1 for part in one.parts if part in hidden}
        shown = sum(cells[part].number for part in one.parts if part in cells and part not in hidden)
        if one.whole in hidden:
            rows.append(Row({**unknown, one.whole: -1}, -shown, is_exact=True))
        else:
            rows.append(Row(unknown, cells[one.whole].number - shown, is_exact=True))
    return rows


@given(st.lists(_SMALL, min_size=2, max_size=4), st.integers(0, 30), st.data())
def test_nothing_narrower_follows_than_what_is_worked_out(parts: list[int], second: int, data: st.DataObject) -> None:
    cells, by_sex = star(*parts)
    total = sum(parts)
    if not total:
        return
    other = min(second, total)
    cells |= {key: Cell(n, n) for key, n in (("f", other), ("m", total - other)) if n}
    by_place = Relation(WHOLE, tuple(key for key in ("f", "m") if key in cells))
    relations = [by_sex, by_place]
    hidden = data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1, max_size=4))
    found = worked_out({key: cell.number for key, cell in cells.items()}, hidden, relations)
    solutions = []
    for guess in product(range(1, total + 1), repeat=len(hidden)):
        values = {key: cell.number for key, cell in cells.items()} | dict(zip(sorted(hidden), guess, strict=True))
        if all(values[one.whole] == sum(values[part] for part in one.parts) for one in relations):
            solutions.append(dict(zip(sorted(hidden), guess, strict=True)))
    for key in hidden:
        least, most = found[key].least, found[key].most
        values_of = [one[key] for one in solutions if WHOLE not in hidden or most is not None]
        if most is None:
            assert least == min(one[key] for one in solutions)
        else:
            assert (least, most) == (min(values_of), max(values_of))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(0, 100))
def test_no_small_cell_can_be_told_from_one_that_is_not(parts: list[int], share: int) -> None:
    cells, by_place = star(*parts)
    total = sum(parts)
    if not total:
        return
    women = total * share // 100
    cells |= {key: Cell(n, n) for key, n in (("f", women), ("m", total - women)) if n}
    relations = [by_place, Relation(WHOLE, tuple(key for key in ("f", "m") if key in cells))]
    hidden = suppressed(cells, relations)
    for key, cell in cells.items():
        if cell.number < FEWEST:
            assert key in hidden
            least, most = range_of(key, rows_of(cells, hidden, relations))
            assert most is None or (most >= FEWEST and most - least >= FEWEST - 1)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(100, 90_000)), min_size=2, max_size=6))
def test_no_amount_of_few_follows_from_the_amounts_that_are_shown(parts: list[tuple[int, int]]) -> None:
    cells = {str(n): Cell(count, count, count * each, each) for n, (count, each) in enumerate(parts)}
    whole = Cell(sum(one.number for one in cells.values()), sum(one.number for one in cells.values()),
                 sum(one.cents for one in cells.values()), max(one.largest for one in cells.values()))  # fmt: skip
    relation = Relation(WHOLE, tuple(cells))
    cells[WHOLE] = whole
    hidden = suppressed(cells, [relation])
    unknown = {key: 1 for key in relation.parts if key in hidden}
    shown = sum(cells[key].cents for key in relation.parts if key not in hidden)
    if WHOLE in hidden:
        rows = [Row({**unknown, WHOLE: -1}, -shown, is_exact=True)]
    else:
        rows = [Row(unknown, whole.cents - shown, is_exact=True)]
    for key, cell in cells.items():
        if cell.is_sensitive:
            least, most = range_of(key, rows)
            assert least <= max(1, cell.cents * Fraction(4, 5) + 1)
            assert most is None or most >= cell.cents * Fraction(6, 5) - 1


def test_one_small_cell_takes_the_smallest_other_with_it() -> None:
    cells, relation = star(3, 12, 40)
    assert suppressed(cells, [relation]) == {"0", "1"}


def test_two_small_cells_whose_sum_tells_too_much_take_a_third_with_them() -> None:
    cells, relation = star(2, 3, 40)
    assert suppressed(cells, [relation]) == {"0", "1", "2"}


def test_a_whole_is_suppressed_when_all_its_parts_are_and_their_sum_still_tells() -> None:
    cells, relation = star(2, 3)
    assert suppressed(cells, [relation]) == {"0", "1", WHOLE}


def test_a_cell_of_which_one_person_has_more_than_half_is_suppressed() -> None:
    cells = {"a": Cell(9, 9, 10_000, 6_000), "b": Cell(20, 20, 40_000, 2_000), "c": Cell(30, 30, 60_000, 2_000),
             WHOLE: Cell(59, 59, 110_000, 6_000)}  # fmt: skip
    assert suppressed(cells, [Relation(WHOLE, ("a", "b", "c"))]) == {"a", "b"}


def test_of_parts_that_overlap_the_small_one_is_not_told_by_the_whole() -> None:
    cells = {WHOLE: Cell(100, 100, 10_000, 100), "current": Cell(98, 98, 9_700, 100), "arrears": Cell(3, 3, 300, 150)}
    assert suppressed(cells, [Relation(WHOLE, ("current", "arrears"), adds=False)]) == {"arrears", "current"}


def test_cells_that_do_not_add_up_are_refused() -> None:
    cells = {WHOLE: Cell(10, 10), "a": Cell(6, 6), "b": Cell(5, 5)}
    with pytest.raises(ValueError, match="do not add up"):
        suppressed(cells, [Relation(WHOLE, ("a", "b"))])


@given(st.integers(0, 10_000))
def test_a_count_is_shown_as_a_multiple_of_five_next_to_it(number: int) -> None:
    shown = rounded(number)
    assert shown % BASE == 0
    assert (shown == 0) == (number == 0)
    if number >= FEWEST:
        assert abs(shown - number) <= BASE // 2


@given(st.integers(5, 5_000), st.integers(1, 200_000))
def test_an_amount_of_a_fixed_rate_tells_no_more_than_the_count(number: int, rate: int) -> None:
    alike = [n for n in range(5, 5_010) if rounded(n) == rounded(number)]
    assert len({rounded_cents(n * rate, n) for n in alike}) == 1


@given(st.integers(5, 5_000), st.integers(100, 200_000))
def test_an_amount_is_shown_within_what_half_a_step_and_the_rounded_count_allow(number: int, rate: int) -> None:
    cents, step = number * rate, step_of(Fraction(rate))
    assert step >= BASE * rate
    assert abs(rounded_cents(cents, number) - cents) <= max(step, BASE // 2 * rate + step // 2)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 90_000), st.integers(1, 90_000))
def test_what_is_shown_never_changes_by_fewer_than_five(old: int, new: int, rate: int, later_rate: int) -> None:
    before = Cell(old, old, old * rate, rate) if old else None
    now = Cell(new, new, new * later_rate, later_rate) if new else None
    rests = settled(before, now)
    change = abs((rests.number if rests else 0) - old)
    assert change == 0 or change >= FEWEST
    if change == 0 and rests and before and rests.cents != before.cents:
        assert abs(now.cents - before.cents) >= FEWEST * before.cents / before.number if now else False


def test_news_that_would_change_what_is_suppressed_leaves_the_block_as_it_was() -> None:
    cells, relation = star(3, 12, 40)
    before = block_of(cells, [relation])
    later, relation = star(9, 12, 40)
    after = block_of(later, [relation], before)
    assert after == Block(before.cells, before.hidden, is_kept=True)


def test_news_of_five_and_more_is_shown_and_news_of_fewer_is_not() -> None:
    cells, relation = star(30, 12, 40)
    before = block_of(cells, [relation])
    later, relation = star(36, 14, 40)
    after = block_of(later, [relation], before)
    assert {key: cell.number for key, cell in after.cells.items()} == {"0": 36, "1": 12, "2": 40, WHOLE: 90}


@given(st.lists(st.integers(0, 12), min_size=3, max_size=5), st.lists(st.integers(-12, 12), min_size=5, max_size=5))
def test_two_refreshes_together_tell_no_more_than_one(parts: list[int], changes: list[int]) -> None:
    """The attacker has both, and knows that what did not change is the same; each is attacked to the unit."""
    first, relation = star(*parts)
    later, again = star(*(max(0, one + change) for one, change in zip(parts, changes, strict=False)))
    if not first[WHOLE].number or not later[WHOLE].number:
        return
    before = block_of(first, [relation])
    after = revised(before, later, suppressed(later, [again]))
    assert after.hidden == before.hidden
    for key, cell in after.cells.items():
        change = abs(cell.number - before.cells.get(key, Cell(0, 0)).number)
        assert change == 0 or change >= FEWEST

"""Planted faults: whichever figure of a relation is printed otherwise, a contradiction about it appears."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from balsts.figures.book import packaged
from balsts.figures.datasets import DATASETS
from balsts.figures.relations import tried
from balsts.figures.relations.numbers import Span, is_exact, places, span
from balsts.figures.relations.trying import Tried, share, total
from balsts.figures.rows import Figure, Row, row_of
from tests.figures.changed import with_cells

_PERCENTAGES = ("percent-of-plan", "percent-of-whole")


def wrong(value: Decimal) -> str:
    """A number far from what was printed, with as many decimals."""
    return str(value * 3 + 1000)


def telling() -> dict[str, list[Tried]]:
    """Relations that hold between two sides that must be equal, by each figure that would break them."""
    found: dict[str, list[Tried]] = defaultdict(list)
    for one in packaged().tried:
        if one.is_bound or not one.holds:
            continue
        for code in (one.figure, *one.others):
            # Nothing is nothing per cent of whatever whole.
            is_deaf = one.relation in _PERCENTAGES and not one.computed and code not in (one.figure, one.others[0])
            if not is_deaf:
                found[code].append(one)
    return found


def batches(relations: dict[str, list[Tried]]) -> list[list[str]]:
    """The figures in batches, so that no two of a batch stand in one relation, whether it holds or not."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one in packaged().tried:
        for code in (one.figure, *one.others):
            neighbours[code].update((one.figure, *one.others))
    found: list[list[str]] = []
    taken: list[set[str]] = []
    for code in relations:
        at = next((at for at, near in enumerate(taken) if code not in near), len(found))
        if at == len(found):
            found.append([])
            taken.append(set())
        found[at].append(code)
        taken[at] |= neighbours[code]
    return found


def test_a_fault_planted_in_any_figure_of_a_relation_that_holds_is_found() -> None:
    relations = telling()
    assert len(relations) > 900
    before = {(one.relation, one.figure, one.others) for one in packaged().tried if not one.holds}
    for batch in batches(relations):
        rows = {table: list(packaged().rows(table)) for table in DATASETS}
        for code in batch:
            _plant(rows, code)
        after = {(one.relation, one.figure, one.others) for one in tried(rows) if not one.holds} - before
        about = {code for _, figure, others in after for code in (figure, *others)}
        assert set(batch) <= about, [code for code in batch if code not in about][:5]


def _plant(rows: dict[str, list[Row]], code: str) -> None:
    figure = packaged().figure(code)
    assert figure is not None
    at = figure.row.number - 2
    row = rows[figure.row.dataset][at]
    rows[figure.row.dataset][at] = with_cells(row, **{figure.column: wrong(figure.value)})


def test_a_fault_of_one_person_or_of_one_unit_in_the_last_place_of_a_percentage_is_found() -> None:
    ours = [one for one in packaged().tried if one.relation == "women-and-men" and one.holds]
    exact = [one for one in ours if is_exact(_figure(one.figure))]
    assert len(exact) > 20
    rows = {table: list(packaged().rows(table)) for table in DATASETS}
    for one in exact:
        figure = _figure(one.figure)
        at = figure.row.number - 2
        row = rows[figure.row.dataset][at]
        rows[figure.row.dataset][at] = with_cells(row, **{figure.column: str(figure.value + 1)})
    after = {one.figure for one in tried(rows) if one.relation == "women-and-men" and not one.holds}
    assert {one.figure for one in exact} <= after


def _figure(code: str) -> Figure:
    found = packaged().figure(code)
    assert found is not None
    return found


# -- how far apart two sides may lie -----------------------------------------------------------------------------


def printed(value: Decimal, decimals: int = 0, unit: str = "EUR") -> Figure:
    """A figure of the text as it would be printed, rounded half up."""
    text = str(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    table = DATASETS["report-figures"]
    cells = dict.fromkeys(table.columns, "") | {"section": "s", "indicator": "i", "year": "2023", "unit": unit,
                                                "value": text}  # fmt: skip
    return Figure(row_of(table, 2, cells, 0), "value")


amounts = st.lists(st.decimals(0, 10**7, places=4), min_size=2, max_size=9)


@given(amounts, st.integers(0, 2))
def test_a_sum_of_what_was_rounded_in_print_holds_however_it_was(parts: list[Decimal], decimals: int) -> None:
    whole = printed(sum(parts), decimals)
    assert total("parts-and-whole", whole, [printed(one, decimals) for one in parts]).holds


@given(amounts)
def test_a_sum_that_is_off_by_more_than_all_rounding_together_does_not_hold(parts: list[Decimal]) -> None:
    whole = printed(sum(parts) + len(parts) + 2)
    found = total("parts-and-whole", whole, [printed(one) for one in parts])
    assert not found.holds
    assert found.finding is not None
    assert found.finding.figure == whole.code


@given(amounts, st.integers(1, 5))
def test_persons_add_up_to_the_last_one(parts: list[Decimal], more: int) -> None:
    persons = [printed(one, unit="personas") for one in parts]
    everybody = sum(int(one.value) for one in persons)
    assert total("parts-and-whole", printed(Decimal(everybody), unit="personas"), persons).holds
    assert not total("parts-and-whole", printed(Decimal(everybody + more), unit="personas"), persons).holds


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_percentage_of_persons_holds_as_it_is_rounded_and_not_beside(part: int, whole: int, decimals: int) -> None:
    people = [printed(Decimal(one), unit="personas") for one in (part, whole)]
    value = Decimal(part) / whole * 100
    right = printed(value, decimals, "%")
    holds = share("percent-of-whole", right, people[:1], people[1:])
    assert holds is not None
    assert holds.holds
    step = Decimal(1).scaleb(-decimals)
    other = printed(right.value + step + step / 10, decimals + 1, "%")
    beside = share("percent-of-whole", other, people[:1], people[1:])
    assert beside is not None
    assert not beside.holds


def test_there_is_no_share_of_nothing() -> None:
    nobody = printed(Decimal(0), unit="personas")
    assert share("percent-of-whole", printed(Decimal(0), unit="%"), [nobody], [nobody]) is None


def test_what_a_number_may_stand_for_follows_from_its_digits() -> None:
    assert span(printed(Decimal("1067.5"), 1, "million EUR")) == Span(Decimal("1067.45"), Decimal("1067.55"))
    assert span(printed(Decimal(99), unit="%")) == Span(Decimal("98.5"), Decimal("99.5"))
    assert span(printed(Decimal(99), unit="personas")) == Span(Decimal(99), Decimal(99))
    assert places(printed(Decimal("99.0"), 1, "%")) == 1


def test_two_rounded_numbers_that_only_touch_are_two_numbers() -> None:
    one, next_to_it = Span(Decimal("432.95"), Decimal("433.05")), Span(Decimal("433.05"), Decimal("433.15"))
    assert not one.meets(next_to_it)
    assert one.meets(Span(Decimal("433.05"), Decimal("433.05")))


def test_a_wrong_percentage_of_a_large_programme_is_found_by_the_plan_behind_all_of_them() -> None:
    rows = {table: list(packaged().rows(table)) for table in DATASETS}
    benefits = next(row for row in rows["budget-execution"] if row["table"] == "001_annex3"
                    and row["programme_code"] == "20.01.00")  # fmt: skip
    rows["budget-execution"][benefits.number - 2] = with_cells(benefits, percent_published="98.8")  # printed 99.8
    found = [one for one in tried(rows) if one.relation == "plan-behind-percentages"]
    assert [one.holds for one in found] == [False]
    assert Figure(benefits, "percent_published").code in found[0].others

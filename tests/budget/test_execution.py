"""Plan and execution: sums made anew from plain CSV, transfers between sub-budgets, percent worked out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from balsts.budget import execution, transfers
from balsts.budget.measures import funded
from balsts.budget.picked import euros
from balsts.figures.book import Book, packaged
from tests.budget.printed import printed, summed

BOOK = packaged()
EXECUTION = "budget_execution.csv"


def rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), rounding=ROUND_HALF_UP)


def test_lines_of_annex_1_have_plan_execution_difference_and_the_year_before() -> None:
    found = execution.lines(BOOK, execution.BASIC)
    rows = printed(EXECUTION, table="001_annex1", year="2023")
    before = {row["line_code"]: row for row in printed(EXECUTION, table="001_annex1", year="2022")}
    assert [one.code for one in found] == [row["line_code"] for row in rows]
    for one, row in zip(found, rows, strict=True):
        assert one.plan
        assert one.actual
        assert one.before
        assert (one.plan.text, one.actual.text) == (row["plan"], row["actual"])
        assert one.before.text == before[row["line_code"]]["actual"]
        assert one.difference == Decimal(row["actual"]) - Decimal(row["plan"])
        is_share = Decimal(row["plan"]) > 0 and Decimal(row["actual"]) >= 0
        expected = rounded(Decimal(row["actual"]) * 100 / Decimal(row["plan"]), "0.1") if is_share else None
        assert one.percent == expected


def test_programmes_of_annex_3_add_up_to_the_basic_budget() -> None:
    rows = [row for row in printed(EXECUTION, table="001_annex3", budget="basic") if row["programme_code"]]
    groups = execution.by_programme(BOOK)
    assert sum(one.total for one in groups) == summed(rows, "actual") * 1000 == Decimal(1067475000)
    for group in groups:
        own = [row for row in rows if row["programme_code"][:2] == group.code[:2]]
        assert group.total == summed(own, "actual") * 1000
        assert group.heading is not None
        assert group.name == printed("programme_headings_2023.csv", programme_code=group.code,
                                     budget="basic")[0]["programme_name"]  # fmt: skip


@pytest.mark.parametrize("side", ["income", "expenditure"])
def test_what_consolidation_leaves_out_is_gross_less_consolidated(side: str) -> None:
    rows = printed(EXECUTION, table="001_annex3", budget="special", line=side)
    gross = [row for row in rows if row["programme_code"]]
    [whole] = [row for row in rows if not row["programme_code"]]
    found = next(one for one in transfers.sides(BOOK) if one.side == side)
    assert found.eliminated == (summed(gross, "actual") - Decimal(whole["actual"])) * 1000
    assert len(found.parts) == len(gross) == 5
    annex2 = {row["programme_code"]: row for row in printed(EXECUTION, table="001_annex2", year="2023", line=side)}
    for part in found.parts:
        assert part.transfer == euros(part.gross) - Decimal(annex2[part.code]["actual"])
        assert part.transfer >= 0
    assert found.printed_twice is not None
    assert found.printed_twice.text == annex2["04.00.00"]["actual"]


def test_both_sides_leave_out_the_same_to_the_last_place_printed() -> None:
    income, expenditure = transfers.sides(BOOK)
    assert abs(income.eliminated - expenditure.eliminated) <= 100
    assert (income.eliminated, expenditure.eliminated) == (Decimal(261717400), Decimal(261717300))


def test_percent_worked_out_is_the_published_one_where_a_plan_is_printed_elsewhere() -> None:
    found = [one for one in execution.lines(BOOK, execution.GROSS) if one.borrowed]
    assert {(one.programme_code, one.name) for one in found} == {
        ("", "income"), ("", "expenditure"), ("04.03.00", "income"), ("04.05.00", "expenditure"),
    }  # fmt: skip
    assert len([one for one in found if one.row["budget"] == "basic"]) == 1
    for one in found:
        assert one.published is not None
        assert one.percent == one.published.value
    without = [one for one in execution.lines(BOOK, execution.GROSS) if not one.borrowed]
    assert all(one.percent is None and one.difference is None for one in without)


def test_percent_of_another_base_than_the_plan_is_told_apart() -> None:
    tables = dict(execution.agency(BOOK))
    lines = next(several for name, several in tables.items() if name.startswith("Sociālās integrācijas"))
    income, spent = (next(one for one in lines if one.code == code) for code in ("1", "2"))
    assert income.published
    assert spent.published
    assert (income.percent, income.published.text) == (Decimal("93.9"), "93.9")
    assert (spent.percent, spent.published.text) == (Decimal("93.9"), "100")


def test_the_years_stand_side_by_side() -> None:
    for one in execution.side_by_side(BOOK):
        rows = printed(EXECUTION, table="001_summary", programme_name=one.name, line=one.side)
        assert [(year, amount.text) for year, amount, _ in one.years] == sorted(
            (int(row["year"]), row["actual"]) for row in rows)  # fmt: skip
    assert len(execution.side_by_side(BOOK)) == 3


def test_the_lines_of_a_programme_are_its_own_and_its_parts() -> None:
    own = execution.of_programme(BOOK, "20.01.00")
    assert [(one.row["table"], one.actual and one.actual.text) for one in own] == [("001_annex3", "455501.3")]
    assert {one.programme_code for one in execution.of_programme(BOOK, "20.00.00")} == {
        "20.01.00", "20.02.00", "20.03.00"}  # fmt: skip
    assert execution.of_programme(BOOK, "60.06.00") == ()


def test_priority_measures_add_up_and_the_transfer_is_that_of_named_measures() -> None:
    rows = printed("priority_measures_2023.csv", row_type="measure")
    found = funded(BOOK)
    assert found is not None
    assert found.total is not None
    assert found.summed == (summed(rows, "basic_budget_eur"), summed(rows, "special_budget_eur"))
    assert found.summed == (Decimal(35764138), Decimal(4850066))
    assert found.transfer == found.total.total - Decimal(38850211)
    parts = [row for row in rows if row["measure_no"] in {one.number for one in found.transferred}]
    assert [row["measure_no"] for row in parts] == ["1", "8"]
    assert summed(parts, "special_budget_eur") == found.transfer


def test_an_empty_book_has_no_budget_and_no_transfers() -> None:
    empty = Book({}, ())
    assert execution.lines(empty, execution.BASIC) == ()
    assert execution.by_programme(empty) == ()
    assert transfers.sides(empty) == ()
    assert funded(empty) is None

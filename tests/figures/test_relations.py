"""Contradictions in the published figures: found by stated relations, each true, none where it only looks so."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from balsts.figures.book import packaged
from balsts.figures.datasets import DATASETS
from balsts.figures.findings import Finding
from balsts.figures.relations import counts, tried
from balsts.figures.relations.kinds import KINDS
from balsts.figures.rows import Figure, Row
from tests.figures.changed import with_cells

FOUND = {
    # document, line of the text, what is printed: what it ought to be, worked by hand from the document's own figures
    ("000", 237, "344899"): "344908",  # 320 203 + 24 705
    ("000", 252, "35898"): "35933",  # 29 885 + 6 048
    ("000", 2354, "155"): "129",  # 76 + 53
    ("001", 1353, "-116935"): "-129541",  # 2022: -164 892 + 35 351
    ("001", 1353, "-228462"): "-259882",  # 2023: -237 814 - 22 068
    ("001", 166, "3988.2"): "3988.3",  # 3 988 266 408
    ("001", 559, "10"): "11",  # 4 + 3 + 1 + 1 + 1 + 1
    ("001", 1728, "10.4"): "10.3",  # 10 339 407
    ("001", 1768, "6.0"): "5.6",  # 5 633 724
    ("001", 3237, "3"): "0",  # 0 + 0
    ("001", 3237, "0"): "3",  # 0 + 3 + 0
    ("001", 3242, "3"): "0",
    ("001", 3242, "0"): "3",
    ("003", 313, "125"): "130",  # 13 of 10
    ("003", 321, "178"): "176.67",  # 53 of 30, as both are printed
    ("003", 353, "175"): "176.47",  # 60 of 34, as both are printed
    ("003", 375, "0.2"): "24",  # 6 of 25, in a column of percentages
    ("003", 410, "106"): "104.21",  # 99 of 95, however both were rounded
    ("003", 479, "0"): "-143",  # 5 461 190 - 5 461 333
    ("003", 530, "99.8"): "100",  # 385 735 of the 385 735 available
    ("003", 876, "64"): "60",  # 1 + 31 + 24 + 4
    ("003", 876, "78"): "82",  # 6 + 50 + 15 + 11
    ("003", 986, "50"): "50.91",  # 28 of 55
    ("003", 1018, "18"): "22",  # 4 + 3 + 4 + 5 + 6
    ("003", 1097, "68"): "74",  # 56 + 18
    ("003", 1103, "54"): "58.82",  # 40 of the 68
    ("003", 1322, "43"): "42.49",  # 2 799 of 6 587
    ("003", 1723, "0.42"): "42.22",  # 133 of 315 left
    ("003", 1800, "3108"): "3106",  # 2 625 + 314 + 124 + 10 + 33
    ("004", 195, "433.0"): "433.1",  # printed as 433.1 in line 84
}


@cache
def cells(table: str) -> list[dict[str, str]]:
    """The file of a table as text, read without the code under test."""
    with DATASETS[table].path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(code: str) -> str:
    """What the file has in the cell of a figure."""
    figure = packaged().figure(code)
    assert figure is not None
    return cells(figure.row.dataset)[figure.row.number - 2][figure.column]


def place(finding: Finding) -> tuple[str, int, str]:
    figure = packaged().figure(finding.figure)
    assert figure is not None
    assert figure.row.document is not None
    assert figure.row.line is not None
    return figure.row.document.code, figure.row.line, text_of(finding.figure)


def found_at(document: str, line: int, printed: str) -> Finding:
    return next(one for one in packaged().findings if place(one) == (document, line, printed))


def test_at_least_twenty_eight_contradictions_are_found_and_no_false_one() -> None:
    found = {place(one): str(one.computed) for one in packaged().findings}
    assert len(packaged().findings) == len(found) >= 28
    assert found == FOUND


def test_each_contradiction_is_one_when_worked_anew_from_the_text_of_the_files() -> None:
    for finding in packaged().findings:
        printed = Fraction(text_of(finding.figure))
        others = [Fraction(text_of(one)) for one in finding.others]
        value = WORKED[finding.relation](finding, others)
        digits = len(str(finding.computed).partition(".")[2])
        rounded = Decimal(value.numerator) / Decimal(value.denominator)
        assert rounded.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) == finding.computed, finding
        # Further apart than rounding of what is printed alone could bring them.
        assert abs(value - printed) >= Fraction(1, 2 * 10 ** len(text_of(finding.figure).partition(".")[2])), finding


def _balance(finding: Finding, others: list[Fraction]) -> Fraction:
    lines = [packaged().figure(one).row["line_code"] for one in finding.others]  # type: ignore[union-attr]
    return others[0] - others[1] if lines == ["1", "2"] else sum(others, Fraction(0))


def _sum(_: Finding, others: list[Fraction]) -> Fraction:
    return sum(others, Fraction(0))


def _percent(_: Finding, others: list[Fraction]) -> Fraction:
    return others[0] / others[-1] * 100


def _again(finding: Finding, others: list[Fraction]) -> Fraction:
    unit = packaged().figure(finding.others[0]).unit  # type: ignore[union-attr]
    return others[0] / (10**6 if unit == "EUR" else 1)


WORKED: dict[str, Callable[[Finding, list[Fraction]], Fraction]] = {
    "women-and-men": _sum, "parts-and-whole": _sum, "channels": _sum, "percent-of-plan": _percent,
    "percent-of-whole": _percent, "printed-twice": _again, "text-and-annex": _again, "balance": _balance,
}  # fmt: skip


def test_the_relations_that_hold_prove_that_the_tables_were_read_right() -> None:
    found = Counter({one.code: one.hold for one in counts(packaged().tried)})
    documents = [one for one in packaged().tried if one.relation != "read-twice"]
    assert len(documents) >= 490
    assert sum(one.holds for one in documents) >= 460
    assert {one.relation for one in packaged().tried} == KINDS.keys() == found.keys()
    assert found["women-and-men"] == 79
    assert found["criteria"] == 4
    assert found["channels"] == 17
    assert found["read-twice"] == 77
    assert all(one.tried == one.hold + one.do_not for one in counts(packaged().tried))


def test_eu_funds_add_up_to_every_printed_total_and_programmes_to_the_basic_budget() -> None:
    sums = [one for one in packaged().tried if one.relation == "parts-and-whole" and one.holds]
    of_funds = [one for one in sums if one.figure.startswith("eu-funds/")]
    assert {str(one.computed) for one in of_funds} >= {"446666311", "250008757", "389354567", "234477197", "297382986"}
    assert all(one.computed == one.printed for one in of_funds)
    assert [one.computed for one in sums if len(one.others) == 34] == [Decimal("1067475.0")]
    scores = [int(one.computed) for one in packaged().tried if one.relation == "criteria"]
    assert scores == [16, 18, 17, 21]


def test_a_contradiction_is_told_as_each_language_writes_numbers() -> None:
    women = found_at("000", 237, "344899")
    assert women.en == "Women 320,203 + men 24,705 give 344,908; printed 344,899."
    assert women.lv == "Sievietes 320\u00a0203 + vīrieši 24\u00a0705 dod 344\u00a0908; publicēts 344\u00a0899."
    plan = found_at("003", 313, "125")
    assert plan.en == "13 against a plan of 10 is 130%; printed 125%."
    assert plan.lv == "13 pret plānu 10 ir 130\u00a0%; publicēts 125\u00a0%."
    text = found_at("001", 1768, "6.0")
    assert text.en.endswith("is 5.6\u00a0million EUR; printed 6.0\u00a0million EUR.")
    assert text.lv == "9. pasākums 5\u00a0633\u00a0724\u00a0EUR ir 5,6\u00a0milj. EUR; publicēts 6,0\u00a0milj. EUR."
    for one in packaged().findings:
        assert one.lv.endswith(".")
        assert one.en.endswith(".")
        assert one.lv != one.en


# -- what looks like a relation and is none ----------------------------------------------------------------------


def involved() -> set[str]:
    """The figures that some contradiction is about."""
    return {code for one in packaged().findings for code in (one.figure, *one.others)}


def clean(table: str, is_meant: Callable[[Row], bool], *columns: str) -> None:
    """These figures are there, and no contradiction is about them."""
    rows = [row for row in packaged().rows(table) if is_meant(row)]
    codes = {Figure(row, one).code for row in rows for one in columns if one in row.values}
    assert codes
    assert not codes & involved()


def test_sub_budgets_that_are_not_consolidated_do_not_contradict_those_that_are() -> None:
    clean("budget-execution", lambda row: row["table"] == "001_annex3", "actual", "percent_published")
    parts = {"04.01.00", "04.02.00", "04.03.00", "04.04.00", "04.05.00"}
    clean(
        "budget-execution", lambda row: row["budget"] == "special" and row["programme_code"] in parts, "actual", "plan"
    )


def test_rates_of_women_and_of_men_are_not_added_up() -> None:
    clean("indicators", lambda row: row["indicator_kind"] == "POLRR", "value", "female", "male")


def test_composite_values_and_lists_of_some_do_not_contradict_their_whole() -> None:
    clean("indicators", lambda row: bool(row["value_text"]), "value_part1", "value_part2")
    clean("indicators", lambda row: "tehniskie palīglīdzekļi (vienības), t.sk." in row["indicator_name"], "value")


def test_what_grew_most_and_budgets_with_their_transfers_are_not_added_up_to_the_change() -> None:
    changes = ("Pamatbudžets", "Speciālais budžets", "valsts pensiju speciālais budžets")
    clean("budget-frame", lambda row: row["item"] in changes, "value")
    clean("priority-measures", lambda row: row["row_type"] == "text_group", "text_amount_million_eur")


def test_numbers_said_to_be_about_so_many_are_not_held_to_the_unit() -> None:
    clean("benefit-reforms", lambda row: row["row_type"] == "benefit", "recipients_published")


def test_a_result_that_may_have_been_rounded_is_told_with_that_remark() -> None:
    told = {one.printed: one.en for one in packaged().findings if one.relation == "percent-of-plan"}
    assert {number for number, text in told.items() if "before they were rounded" in text} == {178, 175}


def test_graduates_counted_without_interpreters_do_not_contradict_those_counted_with_them() -> None:
    college = [row for row in packaged().rows("siva") if row["section"] == "izglitiba_koledza"]
    clean("siva", lambda row: row in college and row["indicator"] == "nodarbinātie absolventi", "percent_published")


def test_more_invested_than_was_planned_is_no_contradiction() -> None:
    clean("eu-funds", lambda row: row["measure_code"] == "7211", "total_eur", "invested_eur", "percent_published")


# -- another year ------------------------------------------------------------------------------------------------


def test_a_file_of_another_year_with_the_same_layout_is_tried_by_the_same_relations() -> None:
    yearly = ("indicators", "budget-execution", "priority-measures", "public-services", "report-figures", "siva")
    rows = {table: packaged().rows(table) for table in yearly}
    later = {table: [_ten_years_later(row) for row in rows[table]] for table in yearly}
    now, then = tried(rows), tried(later)
    assert [(one.relation, one.printed, one.holds) for one in now] == [
        (one.relation, one.printed, one.holds) for one in then
    ]
    assert len(tried({table: [*rows[table], *later[table]] for table in yearly})) == len(now) + len(then)


def _ten_years_later(row: Row) -> Row:
    year = str(int(row["year"]) + 10) if row["year"].isdigit() else row["year"].replace("20", "30")
    return replace(with_cells(row, year=year, source_file=""), key=f"later{row.key}"[:10])


def test_the_method_says_how_many_relations_are_tried_and_hold() -> None:
    text = (Path(__file__).parents[2] / "docs/methods/contradictions.md").read_text(encoding="utf-8")
    found = counts(packaged().tried)
    for one in found:
        row = rf"^\| `{one.code}` \| .+ \| {one.tried} \| {one.hold} \| {one.do_not} \|$"
        assert re.search(row, text, re.MULTILINE), one
    sums = [sum(getattr(one, part) for one in found) for part in ("tried", "hold", "do_not")]
    assert f"| all | | {sums[0]} | {sums[1]} | {sums[2]} |" in text

"""The tree of programmes holds every indicator once, and tells what each document prints of a code."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from balsts.budget import programmes
from balsts.budget.measures import reported, spending_blocks
from balsts.figures.book import packaged
from tests.budget.printed import printed, summed

BOOK = packaged()
INDICATORS = printed("indicators_2020.csv")


def in_tree() -> list[programmes.Indicator]:
    return [one for area in programmes.areas(BOOK) for card in area.cards for branch in card.branches
            for result in branch.results for one in result.indicators]  # fmt: skip


def test_the_tree_holds_every_indicator_exactly_once_where_its_row_says() -> None:
    assert Counter(one.row["row_id"] for one in in_tree()) == Counter(row["row_id"] for row in INDICATORS)
    for area in programmes.areas(BOOK):
        for card in area.cards:
            for branch in card.branches:
                for result in branch.results:
                    for one in result.indicators:
                        assert one.row["policy_area"] == area.name
                        assert one.row["policy_card"] == card.name
                        assert one.row["programme_code"] == branch.code
                        assert one.row["result"] == result.name


def test_how_an_area_is_known_is_counted_and_the_unknown_stands_last() -> None:
    found = programmes.areas(BOOK)
    assert found[-1].name == ""
    for area in found:
        counted = Counter(row["policy_area_source"] for row in INDICATORS if row["policy_area"] == area.name)
        assert dict(area.known) == dict(counted)
        assert area.number == sum(counted.values())


def test_the_pages_of_codes_and_the_outcomes_of_areas_together_are_all_indicators() -> None:
    results = [result for code in programmes.codes(BOOK) for result in programmes.results(BOOK, code)]
    of_codes = sum(len(result.indicators) for result in results)
    without = [row for row in INDICATORS if not row["programme_code"]]
    assert {row["indicator_kind"] for row in without} == {"POLRR"}
    assert of_codes + len(without) == len(INDICATORS)


def test_a_composite_value_is_kept_as_what_it_is() -> None:
    composite = [one for one in in_tree() if one.first is not None]
    assert {one.row["row_id"] for one in composite} == {row["row_id"] for row in INDICATORS if row["value_part1"]}
    for one in composite:
        assert one.value is None
        assert one.row["value_text"]


def test_rates_of_women_and_men_are_told_from_parts_of_the_value() -> None:
    rates = {one.row["source_line"] for one in in_tree() if one.are_sexes_rates}
    assert rates == {"24", "175", "410", "463"}


def test_a_subprogramme_knows_its_programme_and_whether_that_is_printed() -> None:
    benefits = programmes.programme(BOOK, "20.01.00")
    assert benefits is not None
    assert benefits.parent == "20.00.00"
    above = programmes.programme(BOOK, "20.00.00")
    assert above is not None
    assert above.is_printed
    assert [one.code for one in above.parts] == ["20.01.00", "20.02.00", "20.03.00", "20.04.00"]
    unprinted = [one.code for one in programmes.programmes(BOOK) if not one.is_printed]
    assert unprinted == ["60.00.00", "69.00.00"]
    assert programmes.programme(BOOK, "12.34.56") is None


def test_names_are_dated_and_one_code_may_be_two_programmes() -> None:
    insurance = programmes.programme(BOOK, "04.00.00")
    assert insurance is not None
    assert {(one.name, one.budget) for one in insurance.names if 2023 in one.years} >= {
        ("Sociālā apdrošināšana", "special"), ("Valsts atbalsts sociālajai apdrošināšanai", "basic")}  # fmt: skip
    assert len(insurance.titles) > 1
    projects = programmes.programme(BOOK, "63.07.00")
    assert projects is not None
    assert projects.has_several_names
    assert {one.document.code for one in projects.names if one.document} == {"001", "003"}
    for one in (*insurance.names, *projects.names):
        assert one.years == tuple(sorted(set(one.years)))
        assert one.row["programme_name"] == one.name


def test_every_printed_code_is_known_with_every_name_printed_for_it() -> None:
    files = ("indicators_2020.csv", "budget_execution.csv", "programme_headings_2023.csv")
    for row in (one for file in files for one in printed(file) if one["programme_code"]):
        found = programmes.programme(BOOK, row["programme_code"])
        assert found is not None
        assert any(one.name == row["programme_name"] and int(row["year"]) in one.years for one in found.names)


def test_spending_belongs_to_the_results_printed_just_above_it() -> None:
    blocks = {one.spending["source_line"]: one for one in spending_blocks(BOOK)}
    assert len(blocks) == len([row for row in INDICATORS if row["indicator_kind"] == "PPIzd"]) == 36
    assert [row["source_line"] for row in blocks["801"].results] == ["759", "782"]
    assert [row["source_line"] for row in blocks["1049"].results] == ["1031"]
    assert [row["source_line"] for row in blocks["1138"].results] == ["1072", "1095", "1120"]
    assert blocks["869"].results == ()
    for one in blocks.values():
        for row in one.results:
            assert int(row["source_line"]) < int(one.spending["source_line"])
            assert row["priority_measure_name"] == one.spending["priority_measure_name"]


def test_a_measure_is_its_number_and_name_and_numbers_may_be_the_same() -> None:
    found = reported(BOOK)
    own = [row for row in INDICATORS if row["priority_measure_no"]]
    keys = {(row["priority_measure_no"], row["priority_measure_name"]) for row in own}
    assert {(one.number, one.name) for one in found} == keys
    assert len([one for one in found if one.number == "18_02_P"]) == 2
    for one in found:
        rows = [row for row in INDICATORS if (row["priority_measure_no"], row["priority_measure_name"])
                == (one.number, one.name)]  # fmt: skip
        spent = [row for row in rows if row["indicator_kind"] == "PPIzd"]
        assert len(one.blocks) == len(spent)
        assert (one.spent or Decimal(0)) == summed(spent, "value")
        assert one.not_printed == len([row for row in spent if not row["value"]])
        told = [row.key for block in one.blocks for row in (block.spending, *block.results)]
        assert len(told) + len(one.without_spending) == len(rows)

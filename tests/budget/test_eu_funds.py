"""European funds: sums to the euro, progress in money and in results, and the stated rule of what is at risk."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from balsts.budget import eu_funds
from balsts.budget.eu_funds import AHEAD, ENOUGH, NEAR
from balsts.figures.book import packaged
from tests.budget.printed import printed, summed

BOOK = packaged()
MEASURES = printed("eu_funds_2020.csv", row_type="measure")
TARGETS = printed("eu_funds_targets_2020.csv")


def test_measures_add_up_to_every_printed_sum_to_the_euro() -> None:
    found = eu_funds.sums(BOOK)
    assert len(found) == 7
    for one in found:
        kind = one.row["row_type"]
        own = [row for row in MEASURES if kind == "total" or (row["fund"] == one.row["fund"]
               and (kind == "fund_total" or row["group_code"] == one.row["group_code"]))]  # fmt: skip
        assert one.summed == (summed(own, "total_eur"), summed(own, "invested_eur"))
        assert one.total
        assert one.invested
        assert one.summed == (one.total.value, one.invested.value)


def test_every_measure_has_its_targets_and_each_target_a_measure() -> None:
    found = eu_funds.measures(BOOK)
    assert [one.code for one in found] == [row["measure_code"] for row in MEASURES]
    told = [(one.code, target.name) for one in found for target in one.targets]
    assert sorted(told) == sorted((row["measure_code"], row["target"]) for row in TARGETS)


def test_progress_worked_out_rounds_to_what_is_published_but_for_one_digit() -> None:
    for one in eu_funds.measures(BOOK):
        for target in one.targets:
            if target.published is not None:
                assert target.progress is not None
                assert abs(target.progress - target.published.value) <= 1


def test_children_in_institutions_are_an_inverse_target() -> None:
    found = eu_funds.measure(BOOK, "9221")
    assert found is not None
    [inverse] = [one for one in found.targets if one.is_inverse]
    assert inverse.planned
    assert inverse.reached
    assert inverse.published
    assert (inverse.planned.text, inverse.reached.text, inverse.published.text) == ("720", "552", "130")
    assert inverse.progress == Decimal("130.4")
    assert not any(one.is_inverse for other in eu_funds.measures(BOOK) if other.code != "9221"
                   for one in other.targets)  # fmt: skip


def test_results_are_the_mean_of_targets_each_at_most_a_hundred() -> None:
    found = eu_funds.measure(BOOK, "732")
    assert found is not None
    assert found.results == Decimal("47.0")  # 94 % and one target of which nothing is told
    over = eu_funds.measure(BOOK, "7211")
    assert over is not None
    assert over.results == Decimal("100.0")


@pytest.mark.parametrize("one", eu_funds.measures(BOOK), ids=lambda one: one.code)
def test_what_is_at_risk_follows_the_stated_rule(one: eu_funds.Measure) -> None:
    row = next(row for row in MEASURES if row["measure_code"] == one.code)
    shares = [_share(target) for target in TARGETS if target["measure_code"] == one.code and target["planned"]]
    expected = set()
    if row["status"] == "finished":
        if any(share is None or share < Decimal("99.5") for share in shares):
            expected.add("ended_below")
    else:
        money = Decimal(row["invested_eur"]) * 100 / Decimal(row["total_eur"])
        is_near = date.fromisoformat(row["end_date"]) - date(2020, 12, 31) <= timedelta(366)
        if is_near and (money < 80 or any(share is None or share < 80 for share in shares)):
            expected.add("ends_soon_behind")
        if None in shares:
            expected.add("not_begun")
        if any(share is not None for share in shares):
            mean = sum((min(share or Decimal(0), Decimal(100)) for share in shares), Decimal(0)) / len(shares)
            if money - mean > 20:
                expected.add("money_ahead")
    assert set(one.risks) == expected
    assert (NEAR.days, ENOUGH, AHEAD) == (366, 80, 20)


def _share(row: dict[str, str]) -> Decimal | None:
    if not row["achieved"]:
        return None
    share = Decimal(row["achieved"]) / Decimal(row["planned"])
    return 100 / share if "samazināšanās" in row["target"] else share * 100


def test_a_project_printed_with_two_numbers_shows_both() -> None:
    found = [one for one in eu_funds.projects(BOOK) if one.name == "Subsidētās darbavietas bezdarbniekiem"]
    assert {one.number: one.also_numbered for one in found} == {
        "9.1.1.2/15/I/001": ("9.1.1.1/15/I/001",), "9.1.1.1/15/I/001": ("9.1.1.2/15/I/001",)}  # fmt: skip
    assert [one.number for one in eu_funds.projects(BOOK, "9141")] == ["9.1.4.1/16/I/001"]


def test_what_is_printed_of_payment_requests_and_of_the_recovery_plan_is_found() -> None:
    assert [row["value"] for row in eu_funds.payment_requests(BOOK)] == ["4", "4"]
    milestones = [row for row in eu_funds.recovery_plan(BOOK) if row["element"] == "milestone"]
    assert [(row["element_code"], row["status"], row["part_of"]) for row in milestones] == [
        ("112", "reached", "3.1.2.1.i.")]  # fmt: skip
    assert [row["programme_code"] for row in eu_funds.recovery_money(BOOK)] == ["74.06.00", "74.50.00"]
    assert len(eu_funds.funded_projects(BOOK)) == len(printed("budget_2026_2028.csv", section="projekti"))

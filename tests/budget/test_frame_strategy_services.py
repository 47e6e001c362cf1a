"""The frame of the years to come, the strategy with its lights, audits, studies, public services."""

from __future__ import annotations

from decimal import Decimal

import pytest

from balsts.budget import frame, services, strategy
from balsts.figures.book import packaged
from tests.budget.printed import printed, summed

BOOK = packaged()
FRAME = "budget_2026_2028.csv"


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_policy_areas_add_up_to_the_consolidated_budget(year: str) -> None:
    rows = list(printed(FRAME, section="konsolidetais_kopbudzets", year=year, unit="million EUR"))
    parts = [row for row in rows if row["item"] != "Kopā"]
    found = frame.section(BOOK, frame.AREAS)
    assert found.total is not None
    areas = [one for one in found.items if not one.is_total]
    assert len(areas) == len(parts) == 5
    assert found.summed(year) == summed(parts, "value") == found.total.values[year].value
    for one, row in zip(areas, parts, strict=True):
        assert one.shares[year].text == row["share_percent"]


def test_measures_of_the_frame_add_up_in_each_year() -> None:
    found = frame.section(BOOK, frame.MEASURES)
    assert found.total is not None
    for year in ("2026", "2027", "2028"):
        rows = [row for row in printed(FRAME, section="prioritarie_pasakumi", year=year)
                if not row["item"].endswith("kopā")]  # fmt: skip
        assert found.summed(year) == summed(rows, "value") == found.total.values[year].value


def test_what_budgets_pay_each_other_more_is_worked_out_of_the_changes() -> None:
    for year, value in frame.eliminated(BOOK):
        rows = {row["item"]: Decimal(row["value"]) for row in printed(FRAME, section="izmainas_pret_2025", year=year)}
        whole = next(value for name, value in rows.items() if name.startswith("Labklājības nozares konsolidētā"))
        assert value == rows["Pamatbudžets"] + rows["Speciālais budžets"] - whole
    assert len(frame.eliminated(BOOK)) == 3


def test_every_line_of_the_frame_stands_in_one_section() -> None:
    rows = printed(FRAME)
    sections = dict.fromkeys(row["section"] for row in rows)
    found = [figure for one in sections for item in frame.section(BOOK, one).items for figure in item.values.values()]
    assert len(found) == len({one.code for one in found}) == len([row for row in rows if row["value"]])


def test_reforms_stand_under_their_law_with_what_they_change() -> None:
    rows = printed("benefit_reforms_2026.csv", row_type="benefit")
    found = [(law, one) for law in frame.laws(BOOK) for one in law.reforms]
    assert len(found) == len(rows)
    [(law, guardian)] = [(law, one) for law, one in found
                         if one.row["benefit"] == "Atlīdzība par aizbildņa pienākumu pildīšanu"]  # fmt: skip
    assert (guardian.difference, guardian.percent) == (Decimal("243.93"), Decimal("451.1"))
    assert [(year, cost and cost.text) for year, cost in law.costs] == [(2026, "51.9"), (2027, "52.3"), (2028, "67.1")]


def test_points_of_models_of_care_add_up_and_the_percent_of_each_is_kept() -> None:
    found = frame.care_criteria(BOOK)
    assert {model: found.summed(model) for model in found.models} == {
        model: one.value for model, one in found.totals.items()}  # fmt: skip
    models = frame.care_models(BOOK)
    assert len(models) == 6
    told = sum(len(values) for one in models for _, values in one.sources)
    assert told == len(printed("ltc_models.csv"))


@pytest.mark.parametrize(("assessed", "light"), [
    ("sasniegts termiņā / atbilst", "green"),
    ("sasniegts termiņā / atbilst, rezultātiem jābūt precīzākiem", "orange"),
    ("mērķa sasniegšanas pakāpi nevar noteikt / daļēji atbilst", "red"),
    ("sasniegts termiņā", ""),
])  # fmt: skip
def test_a_light_follows_the_principle_of_the_document(assessed: str, light: str) -> None:
    assert strategy.light(assessed) == light


def test_lights_agree_with_what_the_document_counts() -> None:
    found = strategy.goals(BOOK)
    assert [one.light for one in found] == [
        "green", "green", "orange", "red", "green", "green", "red", "orange", "green"]  # fmt: skip
    counted = {row["metric"]: Decimal(row["value"]) for row in printed("strategy_goals_2020_2023.csv",
                                                                       row_type="annex6_figure")}  # fmt: skip
    assert len(found) == counted["stratēģijas mērķi"]
    assert sum(one.light == "red" for one in found) == counted["mērķi ar daļēji atbilstošiem rezultātiem"]
    on_time = [one for one in found if one.row["value_text"].startswith("sasniegts termiņā")]
    assert len(on_time) == counted["mērķi, kas sasniegti plānotajā termiņā"]


def test_every_goal_has_results_and_only_one_result_is_under_way() -> None:
    assert all(one.results for one in strategy.goals(BOOK))
    results = strategy.results(BOOK)
    assert [one.name for one in results if not one.is_done] == ["Izveidota iekšējā mācību sistēma"]
    assert dict(strategy.statuses(results)) == {"IZPILDĪTS": 13, "PROCESĀ": 1}
    assert all(one.has_evidence for one in (*results, *strategy.key_indicators(BOOK)))


def test_every_figure_of_the_strategy_belongs_to_something_on_its_page() -> None:
    rows = [row for row in printed("strategy_goals_2020_2023.csv") if row["value"]]
    told = [one for result in (*strategy.results(BOOK), *strategy.key_indicators(BOOK)) for one in result.figures]
    told += [one.values for one in strategy.goals(BOOK) if one.values]
    told += strategy.other_figures(BOOK)
    assert len({one.code for one in told}) == len(told) == len(rows)


def test_audits_under_way_stand_first_and_recommendations_not_told_are_counted() -> None:
    found = strategy.audits(BOOK)
    assert len(found) == len(printed("audits.csv"))
    assert [row["follow_up"] for row in found][:3] == ["open"] * 3
    assert found[0]["term"] == "2024-12-31"
    siva = {row["indicator"]: row["value"] for row in printed("siva_2021.csv", section="kvalitates_vadiba")}
    recommendations = strategy.recommendations(BOOK)
    assert recommendations is not None
    assert recommendations.not_told == int(siva["ieteikumi"]) - int(siva["ieviesti ieteikumi"]) - int(
        siva["ieteikumi ar termiņu 2022. gads"])  # fmt: skip


def test_there_are_as_many_studies_as_the_report_counts() -> None:
    [counted] = [row for row in printed("report_figures_2023.csv", section="petijumi", group="kopā")
                 if row["indicator"] == "pabeigti pētījumi"]  # fmt: skip
    assert len(strategy.studies(BOOK)) == int(counted["value"])


def test_services_have_every_figure_of_their_table() -> None:
    rows = printed("public_services_2023.csv")
    found = services.services(BOOK)
    told = [figure for one in found for channels in one.applications.values() for figure in channels.values()]
    told += [figure for one in found for figure in (one.complaints, one.delays) if figure]
    assert len({one.code for one in told}) == len(told) == len(rows)
    for one in found:
        for stage, channels in one.applications.items():
            own = [row for row in rows if row["service"] == one.name and row["stage"] == stage
                   and row["channel"] in ("in_person", "post", "electronic", "phone")]  # fmt: skip
            assert one.parts(stage) == summed(own, "value") == channels["total"].value
    assert found[0].electronic_share == Decimal("9.1")
    assert found[1].electronic_share is None

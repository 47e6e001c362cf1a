"""Published figures by the API: every cell as its file has it, filtered, in pages, with contradictions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from balsts.figures import current
from balsts.figures.book import packaged
from balsts.figures.datasets import DATASETS
from tests.portal.callers import V1
from tests.portal.test_statistics_pages import printed, women_and_men

pytestmark = pytest.mark.django_db


def told(address: str, status: int = 200) -> Any:
    answer = Client().get(f"{V1}/statistics{address}")
    assert answer.status_code == status, (address, answer.content)
    return answer.json()


def all_rows(table: str, query: str = "", limit: int = 500) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        page = told(f"/tables/{table}/rows?limit={limit}&after={after}{query}")
        found, after = found + page["rows"], page["next"]
        assert page["total"] >= len(found)
    return found


def test_every_cell_and_every_figure_is_told_as_its_file_has_it() -> None:
    for table, declared in DATASETS.items():
        for cells, row in zip(printed(table), all_rows(table), strict=True):
            assert row["cells"] == cells
            assert {one["column"]: one["value"] for one in row["figures"]} == {
                name: cells[name] for name in declared.units if cells[name]
            }  # fmt: skip


def test_a_figure_is_found_by_its_code() -> None:
    for figure in list(packaged().figures())[::97]:
        found = told(f"/figures/{figure.code}")
        assert (found["code"], found["value"], found["unit"]) == (figure.code, figure.text, figure.unit)
        row = told(f"/tables/{figure.row.dataset}/rows/{figure.row.key}")
        assert found in row["figures"]
        assert row["source"]["line"] == figure.row.line


def test_tables_are_told_with_their_columns() -> None:
    found = {one["code"]: one for one in told("/tables")}
    assert list(found) == list(DATASETS)
    for code, one in found.items():
        assert one["rows"] == len(printed(code))
        assert [column["name"] for column in one["columns"]] == list(printed(code)[0])
        assert told(f"/tables/{code}") == one
    sexes = next(one for one in found["siva"]["columns"] if one["name"] == "sex")
    assert sexes["choices"]["female"] == {"lv": "sievietes", "en": "women"}


@pytest.mark.parametrize("limit", [7, 100])
def test_rows_are_filtered_and_come_in_pages(limit: int) -> None:
    found = all_rows("budget-execution", "&where=period:2022&where=budget:special", limit)
    assert [row["cells"] for row in found] == [row for row in printed("budget-execution")
                                               if row["year"] == "2022" and row["budget"] == "special"]  # fmt: skip
    words = all_rows("indicators", "&words=gimenes+valsts+pabalsta+sanemeji", limit)
    assert any(row["cells"]["source_line"] == "237" for row in words)
    series = packaged().rows("care-models")[0].series
    assert [row["period"] for row in all_rows("care-models", f"&series={series}", limit)] == [
        "2026-2030", "2031-2035", "2036-2040", "2041-2045",
    ]  # fmt: skip


def test_a_contradiction_is_told_with_each_of_its_figures() -> None:
    finding = women_and_men()
    for code in (finding.figure, *finding.others):
        (found,) = told(f"/figures/{code}")["contradictions"]
        assert (Decimal(found["printed"]), Decimal(found["computed"])) == (finding.printed, finding.computed)
        assert found["sentence"] == {"lv": finding.lv, "en": finding.en}
    assert found in told("/findings?relation=women-and-men&dataset=indicators")["findings"]
    assert told("/findings?dataset=amounts")["total"] == told("/findings?relation=none")["total"] == 0
    rows = [row for row in packaged().rows("siva") if packaged().findings_of_row(row)]
    assert [row["key"] for row in all_rows("siva", "&contradictions=true")] == [row.key for row in rows]


def test_all_contradictions_that_stand_are_told() -> None:
    found = told("/findings?limit=500")
    assert found["total"] == len(packaged().findings) > 0
    assert [one["sentence"]["en"] for one in found["findings"]] == [one.en for one in current.book().findings]


@pytest.mark.parametrize(("address", "status"), [
    ("/tables/none", 404), ("/tables/none/rows", 404), ("/tables/siva/rows/0123456789", 404),
    ("/figures/siva/0123456789/value", 404), ("/figures/none/0123456789/value", 404), ("/findings?dataset=none", 404),
    ("/tables/siva/rows?where=none:1", 422), ("/tables/siva/rows?where=year", 422),
    ("/tables/siva/rows?limit=501", 422),
    ("/tables/siva/rows?after=-1", 422), ("/tables/siva/rows/XYZ", 422),
])  # fmt: skip
def test_what_is_not_there_or_does_not_fit_is_a_problem(address: str, status: int) -> None:
    assert told(address, status)["status"] == status

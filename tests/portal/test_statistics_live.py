"""Live figures on pages, in files and in the API: the same protected values everywhere, and nothing of few anywhere."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from balsts.statistics.definitions.indicators import INDICATORS
from balsts.statistics.live import points_of
from balsts.statistics.refresh import refresh
from tests.access.people import LIEPAJA
from tests.statistics.conftest import _kept_here, _nobody_else_writes  # noqa: F401 - for these tests too
from tests.statistics.paid import FEBRUARY, MARCH, a_small_country, paid_months, paid_person

pytestmark = pytest.mark.django_db(databases=["default", "log"])
ENGLISH, LATVIAN = {"accept-language": "en"}, {"accept-language": "lv"}


def page(address: str, headers: dict[str, str] = ENGLISH) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def points_in_file(indicator: str) -> dict[tuple[str, ...], str]:
    content = Client().get(f"/statistics/live/{indicator}.csv").content.decode("utf-8-sig")
    return {(one["of"], one["period"], one["split"], one["part"]): one["value"]
            for one in csv.DictReader(io.StringIO(content))}  # fmt: skip


def points_in_api(indicator: str) -> dict[tuple[str, ...], Any]:
    found = Client().get(f"/api/v1/statistics/live/{indicator}").json()
    return {(one["of"], one["period"], one["split"], one["part"]): one["value"] or "" for one in found["points"]}


def cells_of(text: str) -> dict[str, str]:
    """Every table line of a page: what it is about, and its value in words."""
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>', text, re.DOTALL)
    return {name.strip(): re.sub(r"<[^>]+>", "", value).strip() for name, value in rows}


def test_the_page_the_file_and_the_api_show_the_same_and_nothing_of_few() -> None:
    a_small_country()
    paid_months()
    refresh(2026, until=MARCH)
    for indicator in ("recipients", "paid_amount"):
        of_file, of_api = points_in_file(indicator), points_in_api(indicator)
        assert of_file == of_api
        known = {(one.of, one.period, *one.part): "" if one.value is None else str(one.value)
                 for one in points_of(indicator)}  # fmt: skip
        assert of_file == known
        assert of_file["gmi_benefit", "2026-01", "sex", "m"] == ""
    shown = cells_of(page("/statistics/live/recipients/?of=gmi_benefit&period=2026-01"))
    assert (shown["2026-01"], shown["men"], shown["women"], shown["Liepāja"]) == ("25", "not shown", "not shown", "5")


def test_no_true_count_stands_anywhere_on_the_page_nor_in_its_chart() -> None:
    a_small_country(women=14, men=3, elsewhere=6)
    paid_months()
    refresh(2026, until=MARCH)
    text = page("/statistics/live/recipients/?period=2026-01")
    drawing = text[text.index("<svg class") if "<svg class" in text else text.rindex("<svg") :]
    assert "25" in drawing
    numbers = set(re.findall(r">\s*(\d+(?:[.,]\d+)?)\s*<", text))
    assert not numbers & {"23", "17", "14", "6", "23.00", "17.00", "14.00", "6.00"}
    assert LIEPAJA not in drawing


def test_every_indicator_has_a_page_in_both_languages_before_anything_was_counted() -> None:
    overview = page("/statistics/live/", LATVIAN)
    assert "Vēl nekas nav aprēķināts." in overview
    for one in INDICATORS.values():
        assert f"/statistics/live/{one.code}/" in overview
        assert one.name.lv in page(f"/statistics/live/{one.code}/", LATVIAN)
        assert one.versions[0].text.en in page(f"/statistics/live/{one.code}/").replace("&#x27;", "'")


def test_an_indicator_that_is_not_there_is_not_found() -> None:
    for address in ("/statistics/live/nothing/", "/statistics/live/nothing.csv", "/api/v1/statistics/live/nothing"):
        assert Client().get(address).status_code == 404


def test_the_published_figure_stands_beside_the_live_one_with_what_is_not_known() -> None:
    for _ in range(6):
        paid_person(code="family_state_benefit", until=FEBRUARY)
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    text = page("/statistics/live/recipients/?of=family_state_benefit")
    beside = text[text.index("Beside the published figure") :]
    assert "344899" in beside
    assert "it does not say whether payees or children were counted" in beside
    assert cells_of(page("/statistics/live/"))["Family and children"] == "500"
    assert "Beside the published figure" not in page("/statistics/live/paid_amount/?of=family_state_benefit")


def test_a_right_has_its_place_in_esspros_on_its_page_of_the_law() -> None:
    text = page("/law/rules/housing_benefit/")
    assert "Housing" in text
    assert "means-tested" in text
    assert "ESSPROS" not in page("/law/rules/household_income/")


def test_the_api_lists_indicators_with_their_definitions() -> None:
    found = Client().get("/api/v1/statistics/live").json()
    assert [one["code"] for one in found] == list(INDICATORS)
    assert found[0]["versions"][0]["text_lv"] == INDICATORS["recipients"].versions[0].text.lv

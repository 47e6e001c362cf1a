"""Open data in the portal: for everybody, at addresses that stay, in both languages."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client
from lxml import etree
from playwright.sync_api import Browser, Route
from rdflib import Graph
from rdflib.namespace import DCAT

from balsts.figures.current import book
from balsts.figures.datasets import DATASETS
from balsts.statistics.open_data.files import forms_of
from tests.portal.browsing import NARROW, WITH_CHROMIUM, assert_fits_twice_as_large, assert_is_accessible

pytestmark = pytest.mark.django_db(databases=["default", "log"])
TABLES, HERE = "/statistics/tables", "http://localhost"


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_page_lists_every_table_in_every_form(client: Client, lang: str) -> None:
    page = client.get("/statistics/open-data/", headers={"accept-language": lang}).content.decode()
    linked = set(re.findall(r'href="(/statistics/[^"]*)"', page))
    assert {f"{TABLES}/{code}.{one.ending}" for code, table in DATASETS.items()
            for one in forms_of(table)} <= linked  # fmt: skip
    for table in DATASETS.values():
        assert table.title(lang) in page
    assert ("atklāts jautājums" if lang == "lv" else "open question") in page
    of_tables = {f"{TABLES}/{code}.{ending}" for code in DATASETS for ending in ("csv", "xlsx", "parquet")}
    for address in linked - of_tables:
        response = client.get(address)
        assert (response.status_code, len(response.content) > 0) == (200, True), address


def test_the_catalogue_has_the_address_it_was_asked_by_or_the_one_the_office_names(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending, form in (("ttl", "turtle"), ("rdf", "xml")):
        response = client.get(f"/statistics/catalog.{ending}")
        graph = Graph().parse(data=response.content, format=form)
        assert f"http://testserver{TABLES}/siva.sdmx.json" in {str(one) for one in graph.objects(None, DCAT.accessURL)}
    monkeypatch.setenv("BALSTS_PUBLIC_ADDRESS", "https://balsts.example")
    assert b"https://balsts.example/statistics/tables/siva.csv" in client.get("/statistics/catalog.jsonld").content
    assert client.get("/statistics/catalog.txt").status_code == 404


def test_every_figure_is_at_its_address_in_both_forms_of_sdmx(client: Client) -> None:
    for code, table in DATASETS.items():
        if not table.has_figures:
            assert client.get(f"{TABLES}/{code}.sdmx.csv").status_code == 404
            continue
        printed = {one.code: one.text for row in book().rows(code) for one in row.figures()}
        response = client.get(f"{TABLES}/{code}.sdmx.csv")
        assert response.headers["Content-Type"] == "application/vnd.sdmx.data+csv;version=2.0.0"
        lines = list(csv.DictReader(io.StringIO(response.content.decode())))
        assert {one["FIGURE_CODE"]: one["OBS_VALUE"] for one in lines} == printed
        message = json.loads(client.get(f"{TABLES}/{code}.sdmx.json").content)
        assert len(message["data"]["dataSets"][0]["observations"]) == len(printed)
    for ending in ("xml", "json"):
        assert client.get(f"/statistics/sdmx/structure.{ending}").status_code == 200
    assert etree.fromstring(client.get("/statistics/sdmx/structure.xml").content).tag.endswith("}Structure")


def test_a_part_of_a_table_is_asked_for_by_codes_and_what_cannot_be_asked_for_is_told(client: Client) -> None:
    part = client.get(f"{TABLES}/siva.sdmx.csv", {"c[SEX]": "F,M"}).content.decode()
    lines = list(csv.DictReader(io.StringIO(part)))
    assert {one["SEX"] for one in lines} == {"F", "M"}
    wrong = client.get(f"{TABLES}/siva.sdmx.json", {"c[GENDER]": "F"})
    assert wrong.status_code == 400
    assert "expected c[…] with one of SECTION, INDICATOR" in wrong.content.decode()
    for address in (f"{TABLES}/none.sdmx.csv", f"{TABLES}/siva.sdmx.xml", "/statistics/sdmx/structure.csv",
                    f"{TABLES}/none.loaded.csv-metadata.json", f"{TABLES}/none.loaded.csv"):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_a_browser_that_has_the_file_is_not_sent_it_again(client: Client) -> None:
    first = client.get(f"{TABLES}/siva.sdmx.csv")
    again = client.get(f"{TABLES}/siva.sdmx.csv", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first.headers["Cache-Control"]


@WITH_CHROMIUM
@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_page_is_accessible(client: Client, browser: Browser, lang: str) -> None:
    # The browser is answered out of what was fetched before: it has a loop of its own, without this test's database.
    kept = {address: client.get(address, headers={"accept-language": lang})
            for address in ("/statistics/open-data/", "/static/portal/balsts.css")}  # fmt: skip
    bodies = {one: b"".join(found) if found.streaming else found.content for one, found in kept.items()}

    def answered(route: Route) -> None:
        address = route.request.url.removeprefix(HERE)
        if address in kept:
            route.fulfill(headers=dict(kept[address].items()), body=bodies[address])
        else:
            route.abort()

    with browser.new_context(base_url=HERE, viewport=NARROW) as context:  # type: ignore[arg-type]
        context.route("**/*", answered)
        page = context.new_page()
        page.goto("/statistics/open-data/")
        assert page.locator("main table tbody tr").count() == len(DATASETS)
        assert_is_accessible(page, "open data", lang)
        assert_fits_twice_as_large(page, "open data")

"""The law in the portal: every rule and value has a page in both languages, links lead somewhere, words are found."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve

from balsts.law.engine.checks.graph import needed_by
from balsts.law.engine.explaining.whole import steps_of
from balsts.law.engine.pages.questions import open_questions
from balsts.law.engine.quantities import money_words
from balsts.law.engine.vocabulary import Cents
from balsts.law.latvia import latvia
from balsts.portal.folding import folded
from balsts.portal.law_pages import book
from balsts.portal.law_pages.search import search

LAW = latvia()


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def text(client: Client, address: str, lang: str = "en", status: int = 200) -> str:
    response = client.get(address, headers={"accept-language": lang})
    assert response.status_code == status, address
    return response.content.decode()


def addresses() -> list[str]:
    return [
        "/law/", "/law/questions/", "/law/changes/", "/law/search/", "/law/search/?q=pabalsts",
        *(f"/law/acts/{code}/" for code in LAW.acts), *(f"/law/{folder}/" for folder in book.folders()),
        *(f"/law/rules/{name}/" for name in (*LAW.rules, *LAW.gathered)),
        *(f"/law/parameters/{name}/" for name in LAW.parameters),
    ]  # fmt: skip


def test_every_page_opens_and_its_links_lead_somewhere(client: Client) -> None:
    around = ("/", "/support/", "/providers/", "/statistics/", "/statistics/live/recipients/", "/sign-in/",
              "/api/v1/docs", "/static/portal/balsts.css", "/static/portal/mark.svg")  # fmt: skip
    known = {*addresses(), *around}
    for number, address in enumerate(addresses()):
        page = text(client, address, "lv" if number % 2 else "en")
        inside = {one.split("?")[0] for one in re.findall(r'href="(/[^"#]*)"', page)}
        elsewhere = {one for one in inside if one.startswith("/statistics/live/")}
        assert all(resolve(one) for one in elsewhere)
        assert inside - elsewhere <= {one.split("?")[0] for one in known}, (address, inside - known)


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_pages_speak_one_language_and_mark_the_other(client: Client, lang: str) -> None:
    page = text(client, "/law/rules/childcare_benefit/", lang)
    version = LAW.rules["childcare_benefit"][-1]
    own, other = (version.lv, version.en) if lang == "lv" else (version.en, version.lv)
    assert f"<title>{own} – Balsts</title>" in page
    assert f'lang="{"en" if lang == "lv" else "lv"}">{other}</span>' in page


def test_a_rule_shows_all_its_wordings_neighbours_and_tests(client: Client) -> None:
    page = unescape(text(client, "/law/rules/family_state_benefit/"))
    for version in LAW.rules["family_state_benefit"]:
        assert f"From {version.since:%d.%m.%Y}" in page
    for reader in needed_by(LAW).get("household_members", ()):
        assert f"/law/rules/{reader}/" in text(client, "/law/rules/household_members/")
    assert "worked example" in page


def test_a_value_shows_its_history_with_sources(client: Client) -> None:
    page = unescape(text(client, "/law/parameters/childcare_benefit_amount/", "lv"))
    for value in LAW.parameters["childcare_benefit_amount"].values:
        assert isinstance(value.value, int)
        assert f"{value.since:%d.%m.%Y}" in page
        assert money_words(Cents(value.value), "lv") in page
        assert value.reference[0] in page
    assert "<svg" in page
    assert "<style" not in page


def test_every_open_question_is_on_the_page_of_questions(client: Client) -> None:
    page = unescape(text(client, "/law/questions/", "lv"))
    for one in open_questions(LAW):
        assert one.question is None or one.question[0] in page


def test_every_day_of_change_is_told_the_last_first(client: Client) -> None:
    days = re.findall(r'id="day-\d+">(\d\d)\.(\d\d)\.(\d{4})<', text(client, "/law/changes/"))
    told = [f"{year}-{month}-{day}" for day, month, year in days]
    assert told == [str(day) for day in sorted(LAW.days_of_change, reverse=True) if day > LAW.first_day]


@pytest.mark.parametrize("words", ["Ģimenes valsts pabalsts", "gimenes valsts pabalsts", "GIMENES  pabalsts valsts",
                                   "family state benefit", "family_state_benefit".replace("_", " ")])  # fmt: skip
def test_words_are_found_with_and_without_diacritics(words: str) -> None:
    assert "family_state_benefit" in [one.name for one in search(words)]


def test_articles_and_acts_are_found_too() -> None:
    assert any(one.kind == "act" and one.name == "VSPL" for one in search("vspl"))
    assert all("33" in one.article for one in search("SPSPL 33(2)"))
    assert search("") == search("   ") == search("nekas tāds") == []
    assert folded("Ģīmenes ŠĶŪ") == "gimenes sku"


def test_a_search_says_how_much_was_found(client: Client) -> None:
    assert "Nothing holds all of these words" in text(client, "/law/search/?q=zzzz")
    assert "<script>" not in text(client, "/law/search/?q=<script>alert(1)</script>")
    assert "Only the first" in text(client, "/law/search/?q=a")


@pytest.mark.parametrize("address", ["/law/rules/no_such/", "/law/parameters/no_such/", "/law/no_such/",
                                     "/law/acts/NOSUCH/", "/law/rules/childcare_benefit_amount/"])  # fmt: skip
def test_what_is_not_in_the_law_has_no_page(client: Client, address: str) -> None:
    text(client, address, status=404)


def test_a_whole_rule_is_told_in_steps() -> None:
    told = [(one.depth, one.sort) for one in steps_of(LAW.rules["independent_living_grant"][-1], LAW, "en")]
    assert told == [(0, "if"), (1, "result"), (0, "if"), (1, "result"), (0, "otherwise")]


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_every_rule_can_be_told_in_steps_that_end_in_a_result(lang: str) -> None:
    for versions in LAW.rules.values():
        for version in versions:
            steps = steps_of(version, LAW, lang)
            assert steps[-1].sort in ("result", "otherwise")
            assert all(one.text for one in steps)

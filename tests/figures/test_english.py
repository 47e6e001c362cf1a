"""Every text of the published tables stands in both languages, and says the same in both."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATA, DATASETS, OF_ROW
from balsts.figures.english import english, latvian, word, worded

THE_SAME_IN_BOTH = re.compile(r"EUR|euro|MWh|[\d\s.,/%<>=–-]+")
"""Texts that are no words: units and figures."""
WORDS_OF_CODES = ("section", "table", "institution", "fund", "group_code")
LATVIAN_LETTERS = re.compile("[āčēģīķļņšūž]", re.IGNORECASE)
LATVIAN_IN_ENGLISH = {"trīs", "septiņas", "pasākumus", "Jūrmala"}
"""What a remark quotes as it is printed, and a name of a place."""


def pairs(file: str) -> list[tuple[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        return [(first, second) for first, second, *_ in list(csv.reader(opened))[1:]]


def cells(*kinds: str) -> dict[str, set[str]]:
    """The texts of the tables by column, of columns of these kinds."""
    found: dict[str, set[str]] = {}
    for table in DATASETS.values():
        with table.path.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                for name, text in row.items():
                    if text and COLUMNS[name].kind in kinds:
                        found.setdefault(name, set()).add(text)
    return found


def texts() -> set[str]:
    units = {unit for table in DATASETS.values() for unit in table.units.values() if unit != OF_ROW}
    return set().union(*cells("text").values()) | units


def numbers(text: str) -> Counter[int]:
    return Counter(int(one) for one in re.findall(r"\d+", text))


def test_every_text_of_the_tables_has_its_other_language() -> None:
    known = dict(pairs("english.csv")).keys() | dict(pairs("latvian.csv")).keys()
    assert texts() - known == set()


def test_no_translation_is_left_over() -> None:
    known = dict(pairs("english.csv")).keys() | dict(pairs("latvian.csv")).keys()
    assert known - texts() == set()


@pytest.mark.parametrize("file", ["english.csv", "latvian.csv"])
def test_a_translation_is_not_the_text_itself_but_where_it_is_no_words(file: str) -> None:
    same = [text for text, other in pairs(file) if text == other and not THE_SAME_IN_BOTH.fullmatch(text)]
    assert same == []


@pytest.mark.parametrize("file", ["english.csv", "latvian.csv"])
def test_both_languages_have_the_same_numbers(file: str) -> None:
    differing = [(text, other) for text, other in pairs(file) if numbers(text) != numbers(other)]
    assert differing == []


@pytest.mark.parametrize("file", ["english.csv", "latvian.csv", "words.csv"])
def test_translations_are_in_order_without_gaps_and_stray_spaces(file: str) -> None:
    content = (DATA / file).read_bytes()
    assert b"\r" not in content
    rows = pairs(file)
    assert [first for first, _ in rows] == sorted({first for first, _ in rows})
    untidy = [one for one in sum(rows, ()) if not one or one != " ".join(one.split())]
    assert untidy == []


def test_english_is_not_left_in_latvian() -> None:
    left = {one for _, text in pairs("english.csv") for one in re.findall(r"\w+", text)
            if LATVIAN_LETTERS.search(one)}  # fmt: skip
    assert left == LATVIAN_IN_ENGLISH


def test_quotation_marks_open_and_close() -> None:
    for file in ("english.csv", "latvian.csv"):
        for _, text in pairs(file):
            assert text.count("“") == text.count("”"), text
            assert '"' not in text


def test_a_text_is_worded_in_the_language_of_the_page() -> None:
    assert worded("Ģimenes valsts pabalsts", "lv") == "Ģimenes valsts pabalsts"
    assert worded("Ģimenes valsts pabalsts", "en") == english("Ģimenes valsts pabalsts") == "Family state benefit"
    assert worded("million EUR", "lv") == latvian("million EUR") == "milj. EUR"
    assert worded("million EUR", "en") == "million EUR"
    assert worded("printed in words: trīs", "lv") == "rakstīts vārdiem: trīs"
    assert worded("printed in words: trīs", "en") == "printed in words: trīs (three)"


def test_a_text_of_a_new_year_is_shown_as_it_is_written() -> None:
    assert worded("pavisam jauns pabalsts", "en") == worded("pavisam jauns pabalsts", "lv") == "pavisam jauns pabalsts"


def test_a_span_in_words_is_worded_for_any_year() -> None:
    assert (worded("līdz 2031", "en"), worded("līdz 2031", "lv")) == ("until 2031", "līdz 2031")
    assert {one for one in cells("year")["year"] if re.search("[a-zā-ž]", one)} == {"līdz 2029"}


def test_every_code_that_is_a_word_is_called_in_both_languages() -> None:
    codes = set().union(*(cells("code")[one] for one in WORDS_OF_CODES))
    assert {first for first, _ in pairs("words.csv")} == codes
    for code in codes:
        assert word(code, "lv") != code
        assert word(code, "en") not in (code, word(code, "lv"))
        assert not LATVIAN_LETTERS.search(word(code, "en"))
    assert word("04.01.00", "en") == "04.01.00"

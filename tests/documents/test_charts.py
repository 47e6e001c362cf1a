"""Charts: SVG that may stand anywhere, readable by day and night and without colour."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date

import altair
import pytest

from balsts.documents import charts
from balsts.documents.charts import SERIES, Frame, Series, areas, bars, draw, lines, pairs
from balsts.documents.letter import Picture
from balsts.documents.pdf import letter_pdf
from tests.documents import reading
from tests.documents.letters import AT, letter

FRAME = Frame("Tiesības pēc algas", "Pabalsts sarūk, algai augot.", "Alga, €", "€ mēnesī", tone="paper")
WAGES = (
    Series("Pabalsts & piemaksa", ((0, 300.0), (500, 150.0), (1000, 0.0))),
    Series("Mājoklis", ((0, 80.5), (500, 80.5), (1000, 20.0))),
)
DAYS = (Series("Likme", ((date(2026, 1, 1), 1.0), (date(2027, 1, 1), 2.0))),)
MADE: dict[str, Callable[[Frame], str]] = {
    "lines": lambda frame: lines(WAGES, frame),
    "areas": lambda frame: areas(WAGES, frame),
    "bars": lambda frame: bars([("Janvāris", 87.0), ("Februāris", 1114.5)], frame),
    "days": lambda frame: lines(DAYS, frame),
}
EVERY = pytest.mark.parametrize("make", MADE.values(), ids=MADE)


@EVERY
def test_a_chart_is_named_in_words(make: Callable[[Frame], str]) -> None:
    root = ET.fromstring(make(FRAME))
    title, about = root[0], root[1]
    assert (title.text, about.text) == (FRAME.title, FRAME.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"


@EVERY
def test_a_chart_holds_nothing_that_a_page_would_refuse(make: Callable[[Frame], str]) -> None:
    svg = make(FRAME)
    tags = {tag.rpartition("}")[2] for tag in (one.tag for one in ET.fromstring(svg).iter())}
    assert tags <= {"svg", "title", "desc", "g", "path", "line", "rect", "text", "defs", "clipPath"}
    assert not re.search(r"style=|href|\son\w+=|http(?!://www\.w3\.org/2000/svg)|class=", svg)


@EVERY
def test_a_chart_is_the_same_every_time_and_its_identifiers_are_its_own(make: Callable[[Frame], str]) -> None:
    svg = make(FRAME)
    assert svg == make(FRAME)
    other = make(Frame("Cits", "Cits.", "x", "y", tone="paper"))
    assert not set(re.findall(r'\bid="([^"]+)"', svg)) & set(re.findall(r'\bid="([^"]+)"', other))


def test_no_english_stands_in_a_latvian_chart() -> None:
    drawn = " ".join(text for text in ET.fromstring(areas(WAGES, FRAME)).itertext())
    assert not re.search(r"axis|chart|legend|titled", drawn, re.IGNORECASE)


@pytest.mark.parametrize(("language", "number"), [("lv", "1 114,50"), ("en", "1,114.50")])
def test_numbers_are_written_as_the_language_does(language: str, number: str) -> None:
    frame = Frame("a", "b", "c", "d", language="lv" if language == "lv" else "en")
    drawn = "|".join(ET.fromstring(bars([("x", 1114.5)], frame)).itertext()).replace("\u00a0", " ")
    assert number in drawn


def test_bars_bear_the_texts_that_are_given_and_a_pair_may_lack_one() -> None:
    drawn = list(ET.fromstring(bars([("x", -1.5), ("y", 2.0)], FRAME, ["−1,500", "2"])).itertext())
    assert {"−1,500", "2"} <= set(drawn)
    svg = pairs([("2022", None, 3.0), ("2023", 2.0, 4.0)], ("plāns", "izpilde"), FRAME, [("", "3,0"), ("2,00", "4")])
    root = ET.fromstring(svg)
    assert {"3,0", "2,00", "4"} <= set(root.itertext())
    outlined = [one for one in root.iter() if one.tag.endswith("path") and one.get("stroke-width") == "2"]
    assert len(outlined) == 3 + 2  # bars, and squares of the legend


def test_a_text_of_a_bar_below_nothing_stands_left_of_it() -> None:
    root = ET.fromstring(bars([("x", -1.5), ("y", 2.0)], FRAME, ["down", "up"]))
    anchors = {one.text: one.get("text-anchor") for one in root.iter() if one.tag.endswith("text")}
    assert (anchors["down"], anchors["up"]) == ("end", "start")


# ------------------------------------------------------------------------------------------- colour


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", SERIES)
def test_a_series_is_seen_by_day_and_by_night(colour: str) -> None:
    by_day, by_night = charts._INK["surface"]
    assert contrast(colour, by_day) >= 4.5
    assert contrast(colour, by_night) >= 3


@pytest.mark.parametrize("token", ["text", "muted"])
def test_words_of_a_chart_have_the_contrast_of_the_page(token: str) -> None:
    for word, surface in zip(charts._INK[token], charts._INK["surface"], strict=True):
        assert contrast(word, surface) >= 7


def test_the_tokens_are_those_of_the_style_sheet() -> None:
    sheet = (charts._FONTS.parents[1] / "portal" / "look" / "balsts.css").read_text(encoding="utf-8")
    for token, (by_day, by_night) in charts._INK.items():
        assert re.findall(rf"--{token}: (#\w+)", sheet)[:2] == [by_day, by_night]


def test_each_tone_has_its_colours() -> None:
    drawn = {tone: lines(WAGES, Frame("a", "b", "c", "d", tone=tone)) for tone in ("paper", "page", "dark")}
    assert 'fill="#14191c"' in drawn["paper"]
    assert 'fill="var(--text, #14191c)"' in drawn["page"]
    assert 'fill="#eef1f0"' in drawn["dark"]
    assert 'fill="#ffffff"' not in drawn["dark"]


def test_lines_differ_by_their_dashes_too() -> None:
    paths = [one.attrib for one in ET.fromstring(lines(WAGES, FRAME)).iter() if one.get("stroke-width") == "2.5"]
    drawn = {one["stroke"]: one.get("stroke-dasharray") for one in paths if one.get("d", "").count("L") > 1}
    assert drawn.keys() == set(SERIES[:2])
    assert len(set(drawn.values())) == 2


def test_each_area_bears_its_number_of_the_legend() -> None:
    drawn = [text.strip() for text in ET.fromstring(areas(WAGES, FRAME)).itertext()]
    assert {"1", "2", "1  Pabalsts & piemaksa", "2  Mājoklis"} <= set(drawn)


def test_an_area_of_nothing_bears_no_number() -> None:
    drawn = [
        text.strip() for text in ET.fromstring(areas((*WAGES, Series("Nekas", ((0, 0.0),) * 3)), FRAME)).itertext()
    ]
    assert "3" not in drawn


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 6 series"):
        lines([Series(str(number), ((0, 1.0),)) for number in range(7)], FRAME)


# ------------------------------------------------------------------------------------------- where it stands


def test_nothing_is_fetched() -> None:
    chart = altair.Chart("http://127.0.0.1:9/data.json").mark_point().encode(x="a:Q")
    with pytest.raises(ValueError, match="External data url not allowed"):
        draw(chart, FRAME)


@EVERY
def test_a_chart_may_stand_in_a_letter(make: Callable[[Frame], str]) -> None:
    pdf = letter_pdf(letter(Picture(make(FRAME), "Vārdos", "Zīmējums")), at=AT)
    assert "€ mēnesī" in reading.words(pdf)
    assert reading.claims(pdf)["pdfuaid:part"] == "1"

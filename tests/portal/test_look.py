"""The style sheet is made of its sources, texts are translated, pages bring neither script nor style of their own."""

from __future__ import annotations

import hashlib
import re

import polib
import pytest

from balsts.documents.charts import SERIES
from tests.portal.translations import CATALOGUE, PORTAL, messages

SOURCES = ("balsts.css", "build.mjs", "govuk.scss", "package-lock.json", "package.json")
_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")


def test_the_style_sheet_is_made_of_these_sources() -> None:
    digest = hashlib.sha256(b"".join((PORTAL / "look" / name).read_bytes() for name in SOURCES)).hexdigest()
    assert digest in (PORTAL / "static" / "portal" / "balsts.css").read_text(encoding="utf-8"), (
        "run `npm ci && npm run build` in src/balsts/portal/look"
    )


def test_the_lock_file_names_no_registry() -> None:
    text = (PORTAL / "look" / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert text.count('"integrity"') > 3


def test_every_text_is_translated_into_latvian() -> None:
    catalogue = polib.pofile(str(CATALOGUE))
    assert {(one.msgid, one.msgid_plural) for one in catalogue if not one.obsolete} == messages(), (
        "run `python -m tests.portal.translations`, translate what is new, and run it again"
    )
    assert catalogue.untranslated_entries() == []
    assert catalogue.fuzzy_entries() == []


def test_the_compiled_translations_are_those_that_are_written() -> None:
    compiled = {(one.msgid, one.msgid_plural): (one.msgstr, one.msgstr_plural)
                for one in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}  # fmt: skip
    written = {(one.msgid, one.msgid_plural): (one.msgstr, one.msgstr_plural) for one in polib.pofile(str(CATALOGUE))}
    assert compiled == written


def test_no_value_is_lost_in_a_translation() -> None:
    for one in polib.pofile(str(CATALOGUE)):
        names = set(re.findall(r"%\(\w+\)s", one.msgid + one.msgid_plural))
        for text in [one.msgstr] if one.msgstr else one.msgstr_plural.values():
            assert set(re.findall(r"%\(\w+\)s", text)) == names, one.msgid


def test_templates_bring_neither_script_nor_style() -> None:
    for path in (PORTAL / "templates").rglob("*.html"):
        assert not re.search(r"<script|<style|\bstyle=|\son\w+=|javascript:", path.read_text(encoding="utf-8")), path


def test_pictures_on_pages_have_the_colours_of_charts_in_letters() -> None:
    tokens = dict(_TOKEN.findall((PORTAL / "look" / "balsts.css").read_text(encoding="utf-8")))
    assert tuple(tokens[f"band-{number}"] for number in range(1, len(SERIES) + 1)) == SERIES


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("text", "surface"), ("text", "panel"), ("muted", "surface"), ("muted", "panel"), ("link", "surface"),
     ("link", "panel"), ("visited", "surface"), ("link-hover", "surface"), ("error", "surface"), ("on-brand", "button"),
     ("on-brand", "button-hover"), ("on-brand", "brand-deep"),
     ("on-brand", "danger"), ("on-brand", "danger-hover"), ("warn-text", "warn"), ("sure-text", "sure")],
)  # fmt: skip
def test_text_stands_out_from_what_it_stands_on(text: str, ground: str, night: bool) -> None:
    day, _, rest = (
        (PORTAL / "look" / "balsts.css").read_text(encoding="utf-8").partition("@media (prefers-color-scheme")
    )
    tokens = dict(_TOKEN.findall(day))
    if night:
        tokens |= dict(_TOKEN.findall(rest.partition("html, body")[0]))
    assert contrast(tokens[text], tokens[ground]) >= 7


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

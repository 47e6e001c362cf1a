"""Values and names in words: Latvian and English, for explanations and refusals."""

from __future__ import annotations

import re
from typing import Any

from balsts.law.engine.declare import Gathered, RuleVersion
from balsts.law.engine.errors import Unknown
from balsts.law.engine.law import Law
from balsts.law.engine.one import Results
from balsts.law.engine.parameters import Parameter
from balsts.law.engine.quantities import (
    calendar_words,
    date_of,
    date_words,
    euro_words,
    money_words,
    month_words,
    number_words,
    rate_words,
    unit_word,
)
from balsts.law.engine.subset import kind_of
from balsts.law.engine.vocabulary import Day, Lookup

YES = {"lv": ("nē", "jā"), "en": ("no", "yes")}
UNKNOWN = {"lv": "nav zināms", "en": "not known"}
NOBODY_WORD = {"lv": "neviens", "en": "nobody"}
_BESIDES = {
    "month": ("mēnesis", "month"),
    "family_payee": ("persona, kurai maksā par bērnu", "who is paid for the child"),
    "birth_order": ("kārtas numurs starp mātes bērniem", "order among the mother's children"),
    "birth_rank": ("kārtas numurs starp vienās dzemdībās dzimušiem", "order among children of one birth"),
}
_FROM = {"lv": "no", "en": "from"}
_LONG_AGO = 1900


def said(lang: str, latvian: str, english: str) -> str:
    """The one of two wordings that is in the language."""
    return latvian if lang == "lv" else english


def unit_of(law: Law, name: str, results: Results) -> str:
    """The unit of a value: money, number, flag, day, month, link, rate or choice."""
    known = law.catalogue.by_name.get(name)
    if known is not None:
        return known.kind
    if name in law.catalogue.links or name in law.catalogue.ties.payees or name == "family_payee":
        return "link"
    if name.startswith("applied_for_"):
        return "flag"
    value = results.wiring.values.get(name)
    if value is None:
        return "month" if name == "month" else "number"
    if value.version is not None:
        return kind_of(value.version).unit
    assert value.gathered is not None
    if value.gathered.kind in ("linked", "earlier", "total", "largest"):
        return unit_of(law, value.gathered.of, results)
    return {"count": "number", "any": "flag", "rights": "money"}[value.gathered.kind]


def measure_of(law: Law, name: str) -> str:
    """What a number counts (years, months, days, hours, persons, percent), where its parameter or input says so."""
    if name in law.parameters:
        return law.parameters[name].unit
    known = law.catalogue.by_name.get(name)
    return known.unit if known is not None else ""


def value_words(value: Any, unit: str, name: str, results: Results, lang: str) -> str:
    """A value for a person to read, as it stands in a calculation: without the word for its unit."""
    if isinstance(value, Unknown):
        return UNKNOWN[lang]
    if isinstance(value, Lookup):
        return "…"
    if unit == "money":
        return money_words(value, lang)
    if unit == "rate":
        return rate_words(value, lang)
    if unit == "flag":
        return YES[lang][bool(value)]
    if unit == "day":
        return date_words(value, lang)
    if unit == "month":
        return month_words(value, lang) if value else UNKNOWN[lang]
    if unit == "link":
        return results.facts.ids[value] if value >= 0 else NOBODY_WORD[lang]
    if unit == "choice":
        return _choice_words(value, name, results.wiring.law, lang)
    return str(int(value))


def measured_words(value: Any, unit: str, measure: str, name: str, results: Results, lang: str) -> str:
    """A value for a person to read by itself: with euros, years, months."""
    if unit == "money" and not isinstance(value, Unknown):
        return euro_words(value, lang)
    if unit == "number" and not isinstance(value, (Unknown, Lookup)):
        return number_words(int(value), measure, lang)
    return value_words(value, unit, name, results, lang)


def word_after(value: Any, unit: str, measure: str, lang: str) -> str:
    """The word for the unit of a value; empty where it has none."""
    if isinstance(value, (Unknown, Lookup)):
        return ""
    return "€" if unit == "money" else unit_word(int(value), measure, lang) if unit == "number" else ""


def _choice_words(value: int, name: str, law: Law, lang: str) -> str:
    while name in law.gathered:
        name = law.gathered[name].of
    known = law.catalogue.by_name.get(name)
    if known is None or known.choices is None:
        return str(int(value))
    member = next(one for one in known.choices if one == value)
    return said(lang, member.lv, member.en)


def parameter_words(parameter: Parameter, value: Any, written: str, lang: str) -> str:
    """The value of a parameter for a person to read; of a table, scale or steps all rows."""
    if isinstance(value, Unknown):
        return UNKNOWN[lang]
    if isinstance(value, Lookup):
        pairs = zip(value.keys, value.values, strict=True)
        return "; ".join(f"{_row(parameter.type, key, lang)}{_one(parameter, one, lang)}" for key, one in pairs)
    return _one(parameter, value, lang) if value is not None else written


def _one(parameter: Parameter, value: int, lang: str) -> str:
    if parameter.of == "flag":
        return YES[lang][bool(value)]
    if parameter.of == "money":
        return euro_words(value, lang)
    return rate_words(value, lang) if parameter.of == "rate" else number_words(value, parameter.unit, lang)


def _row(kind: str, key: int, lang: str) -> str:
    """What a row is for; the first row of steps holds from times that no event lies before, and says nothing."""
    if kind == "table":
        return f"{key}: "
    if kind == "scale":
        return f"{_FROM[lang]} {euro_words(key, lang)}: "
    since = date_of(Day(key))
    return f"{_FROM[lang]} {calendar_words(since, lang)}: " if since.year > _LONG_AGO else ""


def article_words(law: Law, article: str, lang: str) -> str:
    """An article as cited, with the words in it as the country's `articles.yaml` has them in the language."""
    for phrase, words in law.articles.items():
        article = re.sub(rf"\b{re.escape(phrase)}\b", words[lang], article) if phrase in article else article
    return article


def citation_words(law: Law, act: str, article: str, lang: str) -> str:
    """An act and its article as cited; a code that is a word of one language has another one in `acts.yaml`."""
    return f"{law.acts.get(act, {}).get(f'cited_{lang}', act)} {article_words(law, article, lang)}"


def title_of(law: Law, name: str, lang: str, version: RuleVersion | Gathered | None = None) -> str:
    """What a name stands for: the title of the rule, input, parameter or gathered value."""
    found = version or law.catalogue.by_name.get(name) or law.parameters.get(name) or law.gathered.get(name)
    if found is None and name in law.rules:
        found = law.rules[name][-1]
    if found is not None:
        return said(lang, found.lv, found.en)
    if name in _BESIDES:
        return said(lang, *_BESIDES[name])
    if name.startswith("applied_for_"):
        return said(lang, "pieteikts: ", "applied for: ") + title_of(law, name.removeprefix("applied_for_"), lang)
    if name in law.catalogue.ties.payees:
        return title_of(law, law.catalogue.ties.payees[name][0], lang)
    for one in law.catalogue.inputs:
        stem = one.key.removesuffix("s")
        if one.kind == "link" and name in (one.key, f"{stem}_1", f"{stem}_2"):
            return said(lang, one.lv, one.en)
    return name.replace("_", " ")


def event_of(law: Law, name: str, lang: str) -> str:
    """What happened on a day, as it follows "months since"; the title of the day where nothing is declared."""
    known = law.catalogue.by_name.get(name)
    return said(lang, *known.event) if known is not None and known.event else title_of(law, name, lang)

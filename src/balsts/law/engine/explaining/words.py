"""Values and conditions in words: Latvian and English, for explanations and refusals."""

from __future__ import annotations

from typing import Any

from balsts.law.engine.declare import Gathered, RuleVersion
from balsts.law.engine.errors import Unknown
from balsts.law.engine.law import Law
from balsts.law.engine.one import Results
from balsts.law.engine.quantities import date_words, money_words, month_text, rate_words
from balsts.law.engine.subset import kind_of
from balsts.law.engine.vocabulary import Lookup

YES = {"lv": ("nē", "jā"), "en": ("no", "yes")}
UNKNOWN = {"lv": "nav zināms", "en": "not known"}
NOBODY_WORD = {"lv": "neviens", "en": "nobody"}
_BESIDES = {
    "month": ("mēnesis", "month"),
    "family_payee": ("persona, kurai maksā par bērnu", "who is paid for the child"),
    "birth_order": ("kārtas numurs starp mātes bērniem", "order among the mother's children"),
    "birth_rank": ("kārtas numurs starp vienās dzemdībās dzimušiem", "order among children of one birth"),
}


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


def value_words(value: Any, unit: str, name: str, results: Results, lang: str) -> str:
    """A value for a person to read."""
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
        return month_text(value) if value else UNKNOWN[lang]
    if unit == "link":
        return results.facts.ids[value] if value >= 0 else NOBODY_WORD[lang]
    if unit == "choice":
        known = results.wiring.law.catalogue.by_name.get(name)
        return known.choice_names[value].replace("_", " ") if known else str(value)
    return str(int(value))


def title_of(law: Law, name: str, lang: str, version: RuleVersion | Gathered | None = None) -> str:
    """What a name stands for: the title of the rule, input, parameter or gathered value."""
    latvian = lang == "lv"
    if version is not None:
        return version.lv if latvian else version.en
    known = law.catalogue.by_name.get(name)
    if known is not None:
        return known.lv if latvian else known.en
    if name in law.parameters:
        return law.parameters[name].lv if latvian else law.parameters[name].en
    if name in law.gathered:
        return law.gathered[name].lv if latvian else law.gathered[name].en
    if name in law.rules:
        last = law.rules[name][-1]
        return last.lv if latvian else last.en
    if name in _BESIDES:
        return _BESIDES[name][0 if latvian else 1]
    if name.startswith("applied_for_"):
        return ("pieteikts: " if latvian else "applied for: ") + title_of(law, name.removeprefix("applied_for_"), lang)
    if name in law.catalogue.ties.payees:
        return title_of(law, law.catalogue.ties.payees[name][0], lang)
    for one in law.catalogue.inputs:
        stem = one.key.removesuffix("s")
        if one.kind == "link" and name in (one.key, f"{stem}_1", f"{stem}_2"):
            return one.lv if latvian else one.en
    return name.replace("_", " ")

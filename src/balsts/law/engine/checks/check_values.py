"""Lint of parameters one by one: citation, unit of measure, questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balsts.law.engine.checks.finding import Finding
from balsts.law.engine.errors import Unknown, nearest
from balsts.law.engine.law import Law
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.text import Place

_COUNTS = ("years", "months", "days", "hours", "persons", "pieces")
_UNITS = {"money": ("EUR",), "rate": ("share",), "whole_number": _COUNTS, "flag": ("flag",)}


def check_values(law: Law) -> Iterator[Finding]:
    """What is wrong with each parameter and each of its values."""
    for parameter in law.parameters.values():
        yield from _parameter(law, parameter)
        for value in parameter.values:
            yield from _value(law, parameter, value)


def _parameter(law: Law, parameter: Parameter) -> Iterator[Finding]:
    act = re.match(r"\w*", parameter.article.strip())
    code = act[0] if act else ""
    if code not in law.acts:
        yield Finding(
            "citation",
            parameter.place,
            f"{parameter.name} stands in «{parameter.article}»; expected the code of "
            f"an act of acts.yaml, then the article.{nearest(code, law.acts)}",
        )
    else:
        yield from unread_words(law, parameter.article, parameter.place, f"{parameter.name} stands in")
    expected = _UNITS[parameter.of]
    if parameter.unit not in expected:
        yield Finding(
            "units",
            parameter.place,
            f"{parameter.name} is a {parameter.type} of {parameter.of} in "
            f"{parameter.unit}; expected the unit {' or '.join(expected)}.",
        )
    if parameter.type == "steps" and parameter.by != "day":
        yield Finding(
            "units", parameter.place, f"{parameter.name} is steps by {parameter.by or 'nothing'}; expected `by: day`."
        )


def _reference(law: Law, parameter: Parameter, value: DatedValue, place: Place) -> Iterator[Finding]:
    latvian, english = value.reference
    if not (latvian.strip() and english.strip()):
        yield Finding(
            "citation", place, f"{parameter.name} from {value.since} has no reference; which act or document set it?"
        )
    words = words_of_one_language(latvian, law) if latvian == english else []
    if words:
        yield Finding(
            "language",
            place,
            f"the reference of {parameter.name} from {value.since} stands in one language («{words[0]}»); write "
            "{lv: …, en: …}, or the codes of acts.yaml with numbers alone.",
        )


def unread_words(law: Law, article: str, place: Place, where: str) -> Iterator[Finding]:
    """Whether an article says something that `articles.yaml` does not hold in both languages."""
    bare = article
    for phrase in law.articles:
        bare = bare.replace(phrase, " ")
    words = words_of_one_language(bare, law)
    if words:
        yield Finding(
            "language",
            place,
            f"{where} «{article}»; «{words[0]}» is not in articles.yaml. Add it there with {{lv: …, en: …}}.",
        )


def words_of_one_language(text: str, law: Law) -> list[str]:
    """The words of a text that keep it from being read in every language: all but codes of acts and single letters."""
    return [
        word for word in re.findall(r"\w+", text) if len(re.findall(r"[^\W\d_]", word)) > 1 and word not in law.acts
    ]


def _value(law: Law, parameter: Parameter, value: DatedValue) -> Iterator[Finding]:
    place = value.place or parameter.place
    for key in value.rests_on:
        if key not in law.sources:
            yield Finding(
                "citation",
                place,
                f"{parameter.name} from {value.since} rests on {key}, which is not in "
                f"sources.yaml.{nearest(key, law.sources)} Add the source with its address.",
            )
    yield from _reference(law, parameter, value, place)
    if value.certainty in ("seen", "derived", "unverified") and not value.rests_on and not value.repealed:
        yield Finding(
            "citation",
            place,
            f"{parameter.name} from {value.since} is {value.certainty} and rests on nothing; "
            "name its sources in rests_on.",
        )
    unknown = value.value
    if isinstance(unknown, Unknown) and not (unknown.question_lv.strip() and unknown.question_en.strip()):
        yield Finding(
            "question",
            place,
            f"{parameter.name} from {value.since} is unknown without a question; ask it in Latvian and in English.",
        )

"""Latvian throughout, English throughout: no word of the other language in what people are told of any golden case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from balsts.law import entitle as command
from balsts.law.engine import quantities
from balsts.law.engine.answer import entitle
from balsts.law.engine.checks.golden import golden_cases
from balsts.law.engine.explaining import formula, needed, reasons
from balsts.law.engine.explaining.explain import Explainer, unfolded
from balsts.law.engine.explaining.refuse import refusals
from balsts.law.engine.explaining.words import NOBODY_WORD, UNKNOWN, YES
from balsts.law.engine.quantities import in_month_words, month_words, number_words
from balsts.law.latvia import latvia

LAW = latvia()
WORD = re.compile(r"[^\W\d_]{2,}")
LANGUAGES = ("lv", "en")


def texts(lang: str) -> Iterator[str]:
    """Every text of the law, and of the command itself, that is in one language."""
    at = LANGUAGES.index(lang)
    titled = [*LAW.gathered.values(), *LAW.parameters.values(), *LAW.catalogue.inputs]
    titled += [version for versions in LAW.rules.values() for version in versions]
    titled += [member for one in LAW.catalogue.inputs for member in one.choices or ()]
    for one in titled:
        yield one.lv if lang == "lv" else one.en
    for one in LAW.catalogue.inputs:
        yield one.event[at] if one.event else ""
    for versions in LAW.rules.values():
        yield from (question.lv if lang == "lv" else question.en for one in versions for question in one.questions)
    for parameter in LAW.parameters.values():
        for value in parameter.values:
            yield value.reference[at]
            yield value.question[at] if value.question else ""
    yield from (words[lang] for words in LAW.articles.values())
    for words in (command._WORDS, command._PERIODS, command._CERTAINTY):
        yield from words[lang].values()


def words_in(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


@cache
def words_of(lang: str) -> frozenset[str]:
    """All words of a language, and those that the engine puts between them."""
    engine = (formula._WORDS[lang], needed._BOUNDS[lang], needed._BOUNDS_OF_TIME[lang], needed._STATED[lang],
              {name: words[lang] for name, words in formula._FUNCTION_WORDS.items()})  # fmt: skip
    between = [UNKNOWN[lang], NOBODY_WORD[lang], *YES[lang], reasons._ONE_OF[lang], *(str(one) for one in engine)]
    dates = [month_words(month, lang) for month in range(12)] + [in_month_words(month, lang) for month in range(12)]
    counts = [number_words(count, unit, lang) for unit in quantities._COUNTED for count in (1, 2, 29)]
    return frozenset(words_in(" ".join([*texts(lang), *between, *dates, *counts])))


def told(lang: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each line that any golden case is told, once, with what in it is no word: codes, sources and ids."""
    names = {*LAW.rights(), *LAW.statuses(), *LAW.sources}
    seen: set[str] = set()
    for case in golden_cases(LAW):
        answer = entitle(LAW, case.facts, case.month)
        explainer = Explainer(answer.results, lang)
        above: set[int] = set()
        explained = {right: unfolded(explainer.right(right), above) for right in answer.rights}
        left_out = sorted({*names, *case.facts.ids}, key=len, reverse=True)
        no_words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, left_out))})(?![\w-])")
        for line in command._table(answer, refusals(answer, lang), explained, lang):
            if line not in seen:
                seen.add(line)
                yield line, no_words


@pytest.mark.parametrize(("lang", "other"), [("lv", "en"), ("en", "lv")])
def test_what_people_are_told_has_no_word_of_the_other_language(lang: str, other: str) -> None:
    foreign = words_of(other) - words_of(lang)
    assert len(foreign) > 500
    lines = 0
    for line, no_words in told(lang):
        lines += 1
        found = words_in(line) & foreign
        assert not found or not words_in(no_words.sub("", line)) & foreign, (line, found)
    assert lines > 2_000


def test_a_word_of_the_other_language_would_be_found() -> None:
    assert {"article", "refugee", "agency", "ministry", "stated", "the"} <= words_of("en") - words_of("lv")
    assert {"pabalsts", "bēglis", "ministrijas", "nav", "vismaz"} <= words_of("lv") - words_of("en")


def test_every_day_of_the_law_has_an_event_and_every_member_of_a_choice_its_names() -> None:
    for one in LAW.catalogue.inputs:
        assert (one.event is not None) == (one.kind == "day"), one.key
        for member in one.choices or ():
            assert member.lv != member.en, member
            assert member.name.lower() not in (member.lv, ""), member

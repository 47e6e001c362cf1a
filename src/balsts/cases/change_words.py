"""The statement of a change in words: what was told or enacted otherwise, and what follows from it, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from balsts.cases.changes import days_of, sums
from balsts.cases.decided import HOLDS, is_money
from balsts.cases.law_in_force import LawInForce, law_in_force
from balsts.cases.models import Change, ChangeLine
from balsts.cases.timeline import month_of_day
from balsts.cases.types.reading import case_type
from balsts.exchange.catalogue import REGISTERS
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import calendar_words, cents_from, euro_words, month_words
from balsts.law.engine.vocabulary import Month
from balsts.registry.fact_types import BY_KEY, DECLARATION, WORKER


@dataclass(frozen=True)
class Said:
    """A change in words of one language: why, what follows line by line, the sums, and what the acts leave open."""

    why: tuple[str, ...]
    follows: tuple[str, ...]
    in_sum: tuple[str, ...]
    open_questions: tuple[str, ...]


def statement(change: Change, lang: str) -> Said:
    """A change in words, for the person and for whoever confirms it."""
    law, lines = law_in_force(), list(change.lines.order_by("code", "payee", "month"))
    return Said(
        tuple(_why(one, lang) for one in change.because),
        tuple(_follows(law, lines, lang)),
        tuple(_in_sum(law, lines, lang)),
        tuple(cited.question.in_language(lang) for cited in case_type(change.case.type).recovery.values()
              if cited.question is not None),
    )  # fmt: skip


def _why(one: Mapping[str, Any], lang: str) -> str:
    if one["what"] == "fact":
        return _fact(one, lang)
    if one["what"] == "parameter":
        old, new = one[f"old_{lang}"], one[f"new_{lang}"]
        reference = one["reference"][lang == "en"]
        if lang == "lv":
            was = f"līdz šim {old}, tagad" if old else "noteikts no jauna:"
            return f"Likumā mainīts: {one['lv']} {was} {new} no {_day(one['since'], lang)} ({reference})."
        was = f"was {old}, now" if old else "is new:"
        return f"The law changed: {one['en']} {was} {new} from {_day(one['since'], lang)} ({reference})."
    if one["what"] == "rule":
        citation = f"{one['act']} {one['article']}".strip()
        if lang == "lv":
            return f"Likumā jauna redakcija: {one['lv']} ({citation}) no {_day(one['since'], lang)}."
        return f"The law has a new wording: {one['en']} ({citation}) from {_day(one['since'], lang)}."
    return _OTHER[one["what"]][lang == "en"]


_OTHER = {
    "tie": (
        "Mainījušās ziņas par mājsaimniecības locekļiem vai viņu radniecību.",
        "What is known of the members of the household, or of the ties between them, changed.",
    ),
    "time": (
        "Pagājis laiks: iestājies vecums, termiņš vai mēnesis, no kura likums nosaka citādi.",
        "Time passed: an age, a term or a month was reached from which the law gives something else.",
    ),
    "law_text": (
        "Lēmums pieņemts ar agrāku likuma teksta versiju.",
        "The decision was made with an earlier version of the law's text.",
    ),
}


def _fact(one: Mapping[str, Any], lang: str) -> str:
    kind = BY_KEY[one["key"]].input
    title = kind.lv if lang == "lv" else kind.en
    source = _origin(one["origin"], lang)
    since, until = days_of(one, "new" if one["new_days"] else "old")
    span = _span(since, until, lang)
    old, new = _value(kind, one["old"], lang), _value(kind, one["new"], lang)
    if lang == "lv":
        before = f"līdz šim {old}" if one["old_days"] else "līdz šim ziņu nebija"
        after = f"tagad {new}" if one["new_days"] else "tagad atsaukts"
        return f"{title[:1].upper()}{title[1:]} ({source}){span}: {before}, {after}."
    before = f"until now {old}" if one["old_days"] else "until now nothing was told"
    after = f"now {new}" if one["new_days"] else "now withdrawn"
    return f"{title[:1].upper()}{title[1:]} ({source}){span}: {before}, {after}."


def _origin(code: str, lang: str) -> str:
    if code in _ORIGINS:
        return _ORIGINS[code][lang == "en"]
    return REGISTERS[code].name.in_language(lang)


_ORIGINS = {
    DECLARATION: ("paziņojusi persona", "stated by the person"),
    WORKER: ("konstatējis darbinieks", "established by staff"),
}


def _value(kind: Input, value: str | None, lang: str) -> str:
    if value is None:
        return "nav" if lang == "lv" else "none"
    if value == "***":
        return "aizsargāta ziņa" if lang == "lv" else "a fact under seal"
    if kind.kind == "money":
        return euro_words(cents_from(value), lang)
    if kind.kind == "flag":
        return {"lv": ("nē", "jā"), "en": ("no", "yes")}[lang][value == "true"]
    if kind.kind == "day":
        return _day(value, lang)
    if kind.kind == "choice" and kind.choices is not None:
        chosen = kind.choices[value.upper()]
        return chosen.lv if lang == "lv" else chosen.en
    return value


def _span(since: date | None, until: date | None, lang: str) -> str:
    if since is None and until is None:
        return ""
    words = {"lv": ("no", "līdz"), "en": ("from", "to")}[lang]
    first = f" {words[0]} {calendar_words(since, lang)}" if since else ""
    last = f" {words[1]} {calendar_words(date.fromordinal(until.toordinal() - 1), lang)}" if until else ""
    return first + last


def _day(text: str, lang: str) -> str:
    return calendar_words(date.fromisoformat(text), lang)


def _follows(law: LawInForce, lines: Iterable[ChangeLine], lang: str) -> Iterator[str]:
    """Lines of one code and payee in which the same changes, month after month, are told together."""
    therefore = "Tāpēc" if lang == "lv" else "Therefore"
    for (code, _), own in groupby(lines, lambda one: (one.code, one.payee_id)):
        for first, last, line in _runs(own):
            yield f"{therefore} {_months(first, last, lang)}: {_title(law, code, lang)} {_amounts(law, line, lang)}."


def _runs(lines: Iterable[ChangeLine]) -> Iterator[tuple[Month, Month, ChangeLine]]:
    run: list[ChangeLine] = []
    for one in lines:
        goes_on = run and (one.before, one.after) == (run[-1].before, run[-1].after)
        if run and not (goes_on and month_of_day(one.month) == month_of_day(run[-1].month) + 1):
            yield month_of_day(run[0].month), month_of_day(run[-1].month), run[0]
            run = []
        run.append(one)
    if run:
        yield month_of_day(run[0].month), month_of_day(run[-1].month), run[0]


def _months(first: Month, last: Month, lang: str) -> str:
    if first == last:
        return month_words(first, lang)
    return f"{month_words(first, lang)} – {month_words(last, lang)}"


def _title(law: LawInForce, code: str, lang: str) -> str:
    version = law.law.rules[code][-1]
    return version.lv if lang == "lv" else version.en


def _amounts(law: LawInForce, line: ChangeLine, lang: str) -> str:
    if is_money(law, line.code):
        more = line.after - line.before
        words = {"lv": ("mēnesī par {0} vairāk ({1} → {2})", "mēnesī par {0} mazāk ({1} → {2})"),
                 "en": ("{0} more a month ({1} → {2})", "{0} less a month ({1} → {2})")}[lang][more < 0]  # fmt: skip
        return words.format(*(euro_words(one, lang) for one in (abs(more), line.before, line.after)))
    if {line.before, line.after} == {0, HOLDS}:
        return {"lv": ("vairs nepienākas", "pienākas"), "en": ("is no longer due", "is due")}[lang][line.after == HOLDS]
    return f"{line.before} → {line.after}"


def _in_sum(law: LawInForce, lines: Iterable[ChangeLine], lang: str) -> Iterator[str]:
    found = sums(law, lines)
    if found.arrears:
        words = ("Par pagājušajiem mēnešiem jāpiemaksā {}.", "To be paid up for past months: {}.")
        yield words[lang == "en"].format(euro_words(found.arrears, lang))
    if found.overpaid:
        words = (
            "Par pagājušajiem mēnešiem piešķirts par daudz: {}. Vai un kā to atgūt, lemj atsevišķi.",
            "Granted too much for past months: {}. Whether and how it is recovered is decided separately.",
        )
        yield words[lang == "en"].format(euro_words(found.overpaid, lang))

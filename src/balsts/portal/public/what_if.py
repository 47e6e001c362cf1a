"""What if: the household as it would be after a change, line by line beside what it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from balsts.law.engine.answer import Answer, entitle
from balsts.law.engine.quantities import cents_from, euro_words, month_text
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia import latvia
from balsts.portal.public.answers import MOST_PERSONS, Answers
from balsts.portal.public.fields import MoneyField, OneOf
from balsts.portal.public.household import facts_of, household_file, in_the_month
from balsts.portal.public.names import names_of
from balsts.portal.public.offices import PARTS
from balsts.portal.public.result import in_hand
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import PERIODS

NOBODY = "nobody"
NO_CHANGE = dict.fromkeys(("works", "joins", "leaves"), NOBODY)
NEWBORN, NEWCOMER = "child-99", "adult-99"
_NEWCOMER_AGE_YEARS = 40
_INCOMES = ("wage_net_eur_month", "pension_eur_month", "other_counted_income_eur_month")


class WhatIfForm(GovukForm):
    """A change, or several at once."""

    def __init__(self, answers: Answers, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        names = names_of(answers)
        adults = [(one, names[one]) for one in answers.adults]
        others = [(one, names[one]) for one in answers.persons if one != answers.adults[0]]
        self.fields["works"] = OneOf(
            label=_("Somebody has another wage"), choices=[(NOBODY, _("No change")), *adults],
            wrong=_("Choose from the list."),
        )  # fmt: skip
        self.fields["wage"] = MoneyField(label=_("The new wage in hand"),
                                         help_text=_("Euros a month after tax; 0 for the loss of a job."))  # fmt: skip
        if len(answers.persons) < MOST_PERSONS:
            self.fields["birth"] = forms.BooleanField(label=_("A child is born this month"), required=False)
            self.fields["joins"] = OneOf(
                label=_("Somebody moves in"),
                choices=[(NOBODY, _("No change")),
                         *([] if answers.partner else [("partner", _("My partner"))]), ("other", _("Another adult"))],
                wrong=_("Choose from the list."),
            )  # fmt: skip
            self.fields["brings"] = MoneyField(
                label=_("The wage in hand of who moves in"),
                help_text=_("Euros a month after tax; empty if there is none."),
            )
        if others:
            self.fields["leaves"] = OneOf(label=_("Somebody moves out"),
                                          choices=[(NOBODY, _("No change")), *others],
                                          wrong=_("Choose from the list."))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something has to change."""
        found = super().clean() or {}
        choices = [found.get(name, NOBODY) for name in ("works", "joins", "leaves")]
        if not self.errors and set(choices) == {NOBODY} and not found.get("birth"):
            self.add_error("works", _("Choose at least one change."))
        if found.get("works", NOBODY) != NOBODY and found.get("works") == found.get("leaves"):
            self.add_error("leaves", _("Who moves out cannot also have another wage here. Choose one of the two."))
        return found


@dataclass(frozen=True)
class Line:
    """One line of the comparison: an income, a right or a sum, in euros a month."""

    title: str
    before: str
    after: str
    difference: str
    is_less: bool
    is_sum: bool = False


@dataclass(frozen=True)
class Comparison:
    """Before and after: what comes each month, what comes otherwise, and statuses."""

    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    statuses: tuple[tuple[str, bool, bool], ...]


def changed_file(file: dict[str, Any], change: Mapping[str, Any], month: Month) -> dict[str, Any]:
    """The household file after a change; the one before is left as it is."""
    persons = {name: dict(facts) for name, facts in file["persons"].items()}
    works = change.get("works", NOBODY)
    if works != NOBODY:
        persons[works] |= _job(change["wage"])
    first = next(iter(persons))
    if change.get("joins", NOBODY) != NOBODY:
        persons[NEWCOMER] = _newcomer(change, month)
        if change["joins"] == "partner":
            persons[first]["partner"] = NEWCOMER
    if change.get("birth"):
        couple = [first, *(one for one in (persons[first].get("partner"),) if one)]
        persons[NEWBORN] = {"born": in_the_month(month_text(month)), "sex": "f", "parents": couple}
    leaves = change.get("leaves", NOBODY)
    if leaves != NOBODY:
        persons = _without(persons, leaves)
    return file | {"persons": persons}


def _job(wage: str) -> dict[str, Any]:
    """A wage, with the work that brings it; no wage is no work."""
    return {"wage_net_eur_month": wage, "is_employed": cents_from(wage) > 0}


def _newcomer(change: Mapping[str, Any], month: Month) -> dict[str, Any]:
    """An adult of working age: what else may be due to them by their age is not asked here."""
    born = month_text(month - _NEWCOMER_AGE_YEARS * 12)
    return {"born": in_the_month(born), "sex": "m"} | _job(change.get("brings") or "0.00")


def _without(persons: dict[str, dict[str, Any]], leaves: str) -> dict[str, dict[str, Any]]:
    """The persons without one of them, and without ties to that one."""
    found = {}
    for name, facts in persons.items():
        if name != leaves:
            kept = {key: [one for one in value if one != leaves] if isinstance(value, list) else value
                    for key, value in facts.items() if value != leaves}  # fmt: skip
            if facts.get("partner") == leaves:
                kept.pop("is_married", None)
            found[name] = kept
    return found


def compared(answers: Answers, change: Mapping[str, Any], month: Month, lang: str) -> Comparison:
    """Before and after a change.

    Raises:
        DomainError: the household would not hold together.
    """
    before_file = household_file(answers, month)
    after_file = changed_file(before_file, change, month)
    before = entitle(latvia(), facts_of(before_file, month), month)
    after = entitle(latvia(), facts_of(after_file, month), month)
    return comparison(before_file, before, after_file, after, lang)


def comparison(
    before_file: Mapping[str, Any], before: Answer, after_file: Mapping[str, Any], after: Answer, lang: str
) -> Comparison:
    """Two answers beside each other."""
    incomes = _income_cents(before_file), _income_cents(after_file)
    monthly = _by_code(before), _by_code(after)
    lines = [_line(_("Wages, pensions and other income"), *incomes, lang)]
    for code in sorted({*monthly[0], *monthly[1]}):
        lines.append(_line(_title(code, before, after, lang), monthly[0].get(code, 0), monthly[1].get(code, 0), lang))
    support = sum(monthly[0].values()), sum(monthly[1].values())
    lines.append(_line(_("Support in all"), *support, lang, is_sum=True))
    lines.append(_line(_("Income and support together"), incomes[0] + support[0], incomes[1] + support[1], lang,
                       is_sum=True))  # fmt: skip
    return Comparison(tuple(lines), tuple(_others(before, after, lang)), tuple(_statuses(before, after, lang)))


def _income_cents(file: Mapping[str, Any]) -> int:
    return sum(int(cents_from(facts.get(name, "0.00"))) for facts in file["persons"].values() for name in _INCOMES)


def _by_code(answer: Answer) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, cents in in_hand(answer):
        found[code] = found.get(code, 0) + cents
    return found


def _title(code: str, before: Answer, after: Answer, lang: str) -> str:
    version = next(one for answer in (before, after) for one in [answer.results.wiring.version(code)])
    title = version.lv if lang == "lv" else version.en
    return title[:1].upper() + title[1:]


def _line(title: str, before: int, after: int, lang: str, *, is_sum: bool = False) -> Line:
    difference = after - before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    words = f"{sign}{euro_words(abs(difference), lang)}"
    return Line(title, euro_words(before, lang), euro_words(after, lang), words, difference < 0, is_sum)


def _others(before: Answer, after: Answer, lang: str) -> list[Line]:
    """What does not come each month in hand: once, by the half-year, in pieces, to somebody else."""
    found = []
    monthly = {*_by_code(before), *_by_code(after)}
    codes = {one.code for answer in (before, after) for one in answer.rights} - monthly - PARTS
    for code in sorted(codes):
        terms = before.results.wiring.version(code).right
        assert terms is not None
        title = f"{_title(code, before, after, lang)} ({PERIODS[terms.per]})"
        if terms.unit == "money":
            found.append(_line(title, before.amount(code), after.amount(code), lang))
        else:
            found.append(_pieces(title, before.amount(code), after.amount(code)))
    return found


def _pieces(title: str, before: int, after: int) -> Line:
    difference = after - before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return Line(title, str(before), str(after), f"{sign}{abs(difference)}", difference < 0)


def _statuses(before: Answer, after: Answer, lang: str) -> list[tuple[str, bool, bool]]:
    return [(_title(code, before, after, lang), before.statuses[code], after.statuses[code])
            for code in sorted(before.statuses)]  # fmt: skip

"""What the pages of the law say of it: sorts of rules, certainty, sources, golden tests, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balsts.law.engine.checks.cases import Case
from balsts.law.engine.declare import Gathered, RuleVersion
from balsts.law.engine.explaining.whole import Step
from balsts.law.engine.explaining.words import parameter_words, title_of
from balsts.law.engine.pages.folder import heading_of
from balsts.law.engine.pages.questions import OpenQuestion
from balsts.law.engine.parameters import Parameter
from balsts.law.engine.quantities import month_words, unit_word
from balsts.law.latvia import latvia
from balsts.portal.law_pages import book
from balsts.portal.words import PERIODS

PAYERS = {
    "state": gettext_lazy("Paid by the state"), "municipality": gettext_lazy("Paid by the municipality"),
    "insurance": gettext_lazy("Paid by social insurance"),
}  # fmt: skip
ACT_KINDS = {
    "law": gettext_lazy("Laws"), "regulation": gettext_lazy("Regulations of the Cabinet of Ministers"),
    "programme": gettext_lazy("Programmes"), "method": gettext_lazy("Methods of our own"),
}  # fmt: skip
CERTAINTIES = {
    "act": gettext_lazy("read in the act"),
    "seen": gettext_lazy("seen in a source"),
    "derived": gettext_lazy("derived by us"),
    "unverified": gettext_lazy("not verified"),
    "unknown": gettext_lazy("not known"),
}
SORTS = {
    "unknown": gettext_lazy("Values that nobody here knows"),
    "unverified": gettext_lazy("Values that are not verified"),
    "derived": gettext_lazy("Values that we derived"),
    "rule": gettext_lazy("Readings of rules"),
}
CHANGES = {
    "begins": gettext_lazy("begins"),
    "another": gettext_lazy("another wording"),
    "ends": gettext_lazy("ends"),
    "repealed": gettext_lazy("repealed"),
    "value": gettext_lazy("another value"),
}
ENTITIES = {
    "person": gettext_lazy("of a person"),
    "family": gettext_lazy("of a family"),
    "household": gettext_lazy("of a household"),
}
CHAPTERS = {
    "adoption": gettext_lazy("Adoption"), "after_care": gettext_lazy("After out-of-family care"),
    "assistant": gettext_lazy("Assistant service"), "covid": gettext_lazy("Support in the Covid-19 emergencies"),
    "crisis_apartment": gettext_lazy("Crisis apartment"), "disability_care": gettext_lazy("Care in disability"),
    "energy_support": gettext_lazy("Support for the rise of energy prices"),
    "guardianship": gettext_lazy("Guardianship"), "household_status": gettext_lazy("Statuses of a household"),
    "kits": gettext_lazy("Kits for households in need"), "means_test": gettext_lazy("Means test"),
    "persons": gettext_lazy("Persons in a month"), "thresholds": gettext_lazy("Thresholds of a household"),
}  # fmt: skip
"""What folders are about that have no right of their own name; for all others the law itself says it."""
REPEALED = {"lv": "atcelts", "en": "repealed"}
_MANY = 2


def folder_title(folder: str, lang: str) -> str:
    """What a folder of the law is about."""
    lv, en = heading_of(latvia(), folder)
    if folder in CHAPTERS:
        return str(CHAPTERS[folder])
    return lv if lang == "lv" and lv else en


def sort_of(version: RuleVersion) -> str:
    """What sort of rule it is, in a word."""
    return _("right") if version.right else _("status") if version.is_status else _("rule")


def terms(version: RuleVersion) -> list[str]:
    """What sort of rule it is, in short sentences."""
    whose = ENTITIES[version.entity]
    if version.is_status:
        return [_("A status of the household.")]
    if version.right is None:
        return [_("A rule %(whose)s.") % {"whose": whose}]
    right = version.right
    told = [_("A right %(whose)s.") % {"whose": whose}, f"{PAYERS[right.payer]}, {PERIODS[right.per]}."]
    told.append(_("Paid in the month after.") if right.paid == "arrears" else _("Paid in the month it is for."))
    told.append(_("Counts as income of the household in the means test.") if right.counted
                else _("Does not count as income of the household in the means test."))  # fmt: skip
    if right.starts_on_application:
        told.append(_("Begins only when it is asked for."))
    if right.after_death:
        told.append(_("Due after a death too."))
    return told


def gathers(declared: Gathered, lang: str) -> str:
    """What a gathered value gathers, in a sentence."""
    law = latvia()
    of = title_of(law, declared.of, lang) if declared.of else ""
    over = {"household": _("the household"), "family": _("the family")}.get(
        declared.over, title_of(law, declared.over, lang) if declared.over else "")  # fmt: skip
    sentence = {
        "count": _("How many fulfil “%(of)s”, among: %(over)s."), "total": _("The sum of “%(of)s”, among: %(over)s."),
        "any": _("Whether anybody fulfils “%(of)s”, among: %(over)s."),
        "largest": _("The largest “%(of)s”, among: %(over)s."), "linked": _("“%(of)s” of another person: %(over)s."),
        "earlier": _("“%(of)s” as it was %(months)s months before, by the law of then."),
        "rights": _("The sum of all rights that count as income, among: %(over)s."),
    }[declared.kind] % {"of": of, "over": over, "months": declared.months}  # fmt: skip
    if declared.where is None:
        return sentence
    return (
        f"{sentence} {_('Only those for whom this holds: %(where)s.') % {'where': title_of(law, declared.where, lang)}}"
    )


def indented(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps of a rule with the class that says how deep they stand."""
    return [
        {"depth": min(one.depth, 6), "sort": one.sort, "text": one.text[:1].upper() + one.text[1:]} for one in steps
    ]


def rounding(version: RuleVersion, lang: str) -> str:
    """How a result becomes whole cents; empty where the act says nothing."""
    if version.rounding is None:
        return ""
    to = _("cents") if version.rounding.to_cents == 1 else _("euros")
    article = {"to": to, "article": book.article(version.rounding.article, lang)}
    if version.rounding.mode == "half_up":
        return _("Rounded to whole %(to)s, halves up (%(article)s).") % article
    return _("Rounded down to whole %(to)s (%(article)s).") % article


def value_now(parameter: Parameter, lang: str) -> str:
    """The value of a parameter today."""
    found = parameter.on(timezone.localdate())
    return parameter_words(parameter, found.value, found.written, lang) if found else REPEALED[lang]


def unit(parameter: Parameter, lang: str) -> str:
    """What a value is counted in."""
    return unit_word(_MANY, parameter.unit, lang) or ("€" if parameter.unit == "EUR" else "")


def sources(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Sources by their titles, with addresses where they have one."""
    known = latvia().sources
    return [(known.get(key, {}).get("title", key), known.get(key, {}).get("address", "")) for key in keys]


def question(one: OpenQuestion, lang: str) -> dict[str, Any]:
    """An open question with what it is of, and the value that is used meanwhile."""
    argument = one.name.replace(".", "_")
    parameter = latvia().parameters.get(argument)
    used = next((value for value in parameter.values if value.since == one.since), None) if parameter else None
    is_known = parameter is not None and used is not None and one.sort != "unknown" and not used.repealed
    value = parameter_words(parameter, used.value, used.written, lang) if is_known and parameter and used else ""
    return {"of": book.named(argument, lang), "since": one.since, "value": value,
            "asked": one.question and one.question[0 if lang == "lv" else 1],
            "sort": _("reading") if one.sort == "rule" else CERTAINTIES[one.sort],
            "sources": sources(one.rests_on)}  # fmt: skip


def test(case: Case, name: str, lang: str) -> dict[str, str]:
    """A golden test that expects a figure of a name; its words are English alone."""
    expected = case.expect.get(name) or ", ".join(
        f"{who} {value}" for who, value in case.expect_rule.get(name, {}).items()
    )
    return {"month": month_words(case.month, lang), "name": case.name, "source": case.source, "expected": expected}

"""Facts, days and amounts in the language of the page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import euro_words, money_words, month_from, month_words
from balsts.registry.fact_types import BY_NUMBER
from balsts.registry.models import Address, Contact, Fact, Representation
from balsts.registry.statements import Origin

CHOICES = {
    ("sex", "f"): _("female"),
    ("sex", "m"): _("male"),
    ("resident_status", "citizen"): _("citizen of Latvia"),
    ("resident_status", "permanent"): _("permanent residence permit"),
    ("resident_status", "temporary"): _("temporary residence permit"),
    ("resident_status", "refugee"): _("refugee"),
    ("resident_status", "alternative"): _("alternative status"),
    ("resident_status", "ukraine_civilian"): _("Ukrainian civilian"),
    ("education", "none"): _("does not study"),
    ("education", "general"): _("general education"),
    ("education", "vocational"): _("vocational education"),
    ("education", "higher_full_time"): _("higher education, full time"),
    ("education", "other"): _("other education"),
    ("parental_benefit_option", "none"): _("none"),
    ("parental_benefit_option", "months_13"): _("13 months"),
    ("parental_benefit_option", "months_19"): _("19 months"),
}
STATUSES = {
    Fact.Status.KNOWN: _("known"),
    Fact.Status.STALE: _("out of date"),
    Fact.Status.PARTIAL: _("incomplete"),
    Fact.Status.MISSING: _("no data"),
    Fact.Status.UNAVAILABLE: _("the register is not available"),
    Fact.Status.UNREADABLE: _("cannot be read"),
}
CERTAINTIES = {
    Fact.Certainty.CONFIRMED: _("confirmed"),
    Fact.Certainty.DECLARED: _("declared"),
    Fact.Certainty.DERIVED: _("derived"),
}
RELATIONS = {
    "partner": _("partner"),
    "parent": _("parent"),
    "guardian": _("guardian"),
    "foster_parent": _("foster parent"),
    "adoptive_parent": _("adoptive parent"),
    "preadoption_carer": _("carer before adoption"),
    "support_person": _("support person"),
}
PERIODS = {
    "month": _("a month"), "once": _("once"), "half_year": _("a half-year"), "quarter": _("a quarter"),
    "week": _("a week"), "hour": _("an hour"), "day": _("a day"),
}  # fmt: skip
ADDRESSES = {
    Address.Kind.DECLARED: _("declared address"),
    Address.Kind.ACTUAL: _("actual address"),
    Address.Kind.POSTAL: _("address for letters"),
}
CONTACTS = {
    Contact.Kind.LANGUAGE: _("language"),
    Contact.Kind.TELEPHONE: _("telephone"),
    Contact.Kind.EMAIL: _("e-mail"),
    Contact.Kind.NOTICE: _("way of notice"),
}
GROUNDS = {
    Representation.Ground.COURT: _("court ruling"),
    Representation.Ground.ORPHANS_COURT: _("decision of an orphans' court"),
    Representation.Ground.AUTHORISATION: _("authorisation"),
    Representation.Ground.SUPPORT: _("support person"),
}


def in_language(one: Any) -> str:
    """The name of a role, purpose, institution, input or origin, whichever way it keeps its two languages."""
    lang = "lv" if get_language() == "lv" else "en"
    found: str = getattr(one, lang, None) or getattr(one, f"name_{lang}")
    return found


def title_of(fact: Fact) -> str:
    """What a fact is about."""
    return upper_first(in_language(BY_NUMBER[fact.type].input))


def value_of(fact: Fact) -> str:
    """What a fact says."""
    if fact.value is None:
        return str(_("none")) if fact.status == Fact.Status.KNOWN else str(_("not known"))
    return value_words(BY_NUMBER[fact.type].input, fact.value)


def value_words(one: Input, value: str) -> str:
    """A stored value of an input."""
    lang = "lv" if get_language() == "lv" else "en"
    if one.kind == "money":
        return f"{value.replace('.', ',') if lang == 'lv' else value} €"
    if one.kind == "flag":
        return str(_("yes") if value == "true" else _("no"))
    if one.kind == "day":
        return day_words(date.fromisoformat(value))
    if one.kind == "month":
        return month_words(month_from(value), lang)
    if one.kind == "choice":
        return str(CHOICES.get((one.key, value), value))
    return value


def euros_words(cents: int) -> str:
    """An amount without its sign, for a column of a table: 171,00."""
    return money_words(cents, "lv" if get_language() == "lv" else "en")


def day_words(day: date) -> str:
    """A day: 01.02.2026."""
    return date_format(day, "d.m.Y")


def day_before(day: date) -> date:
    """The last day of what holds until a day."""
    return day - timedelta(days=1)


def days_words(days: DateRange) -> str:
    """Days of a statement: from, to the last one."""
    last = days.upper and date.fromordinal(days.upper.toordinal() - 1)
    if days.lower and last:
        return day_words(last) if days.lower == last else f"{day_words(days.lower)} – {day_words(last)}"
    if days.lower:
        return str(_("from %(day)s") % {"day": day_words(days.lower)})
    return str(_("until %(day)s") % {"day": day_words(last)}) if last else str(_("always"))


def origin_words(origin: Origin) -> str:
    """Where a statement comes from."""
    return upper_first(in_language(origin))


def upper_first(text: str) -> str:
    """Text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def cents_words(cents: int) -> str:
    """An amount of cents, with its sign where it is less than nothing."""
    return f"{'−' if cents < 0 else ''}{euro_words(abs(cents), 'lv' if get_language() == 'lv' else 'en')}"


def month_of_words(month: int) -> str:
    """A month as the law counts months."""
    return month_words(month, "lv" if get_language() == "lv" else "en")


def number_words(number: int) -> str:
    """A number of things, in groups of three digits: 1 000 000, or 1,000,000 in English."""
    return f"{number:,}" if get_language() != "lv" else f"{number:,}".replace(",", "\u00a0")

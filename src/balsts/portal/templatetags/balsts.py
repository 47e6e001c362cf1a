"""Filters of the portal's templates."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.http import HttpRequest

from balsts.access.roles import PURPOSES, ROLES
from balsts.portal import words
from balsts.portal.persons.explained import explained
from balsts.portal.session.state import REASONS, reason_in

register = template.Library()
register.simple_tag(explained, name="explanation")
register.filter("in_language", words.in_language)
register.filter("day", words.day_words)
register.filter("days", words.days_words)
register.filter("upper_first", words.upper_first)
register.filter("day_before", words.day_before)
register.filter("euros", words.euros_words)
register.filter("cents", words.cents_words)
register.filter("month", words.month_of_words)
register.filter("number", words.number_words)


@register.filter
def of(names: dict[object, str], number: object) -> str:
    """The name under a number; a dash where there is none."""
    return names.get(number, "–")


@register.simple_tag
def working_as(request: HttpRequest) -> dict[str, str]:
    """As what and why somebody works, in words; nothing for a resident and for whoever has not said it."""
    who = getattr(request, "acting", None)
    if who is None or who.terms is None:
        return {}
    return {
        "role": words.upper_first(words.in_language(ROLES[who.role])),
        "purpose": words.in_language(PURPOSES[who.purpose]),
        "office": words.in_language(request.office),  # type: ignore[attr-defined]
    }


@register.simple_tag
def abilities(request: HttpRequest) -> dict[str, bool]:
    """Which of the pages of cases are for who acts."""
    who = request.acting  # type: ignore[attr-defined]
    decides = who.may("decide") and who.purpose != "provider_register"
    supervises = decides and who.may("supervise")
    return {"decides": decides, "lists": decides or who.may("hear_appeals"), "supervises": supervises}


@register.simple_tag
def residents_sign_in() -> bool:
    """Whether residents can sign in here."""
    return settings.RESIDENTS_PROVIDER is not None


@register.simple_tag
def reason_stated(request: HttpRequest) -> str:
    """Why somebody looks, in words."""
    reason, reference = reason_in(request) or ("", "")
    return f"{REASONS[reason]} {reference}".strip() if reason else ""


@register.simple_tag
def works_on(request: HttpRequest) -> dict[str, bool]:
    """Which of the pages of drafts of law, unclaimed rights and loading of figures are for who acts."""
    who = request.acting  # type: ignore[attr-defined]
    return {"drafts": who.may("rehearse"), "unclaimed": who.may("decide") and who.scope != "none",
            "loading": who.may("publish_figures")}  # fmt: skip

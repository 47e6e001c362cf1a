"""The electronic case of a person and of a household."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from balsts.portal.persons import case, picture
from balsts.portal.persons.forms import TimesForm
from balsts.portal.persons.opening import needs_reason, opened_household, opened_person

_YEARS_BACK = 2


def times_of(request: HttpRequest) -> TimesForm:
    """The days asked about: what stands in the address, else today as known now."""
    asked = {name: request.GET[name] for name in ("on", "known") if name in request.GET}
    return TimesForm({"on": f"{timezone.localdate():%d.%m.%Y}"} | asked)


@require_GET
@needs_reason
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Who somebody is: identity, addresses, ties, household, and what is known of a day."""
    form = times_of(request)
    with opened_person(request, person, "case: identity, addresses, relations, household, facts") as circle:
        on = form.cleaned_data["on"] if form.is_valid() else timezone.localdate()
        names, births = case.names_of(circle.visible), case.births_of(circle.visible)
        ties = case.ties_of(on, form.moment, circle)
        lines, contradictions = case.facts_of(circle.entries, None, on, form.moment)
        page = {
            "form": form, "on": on, "moment": form.moment, "person": person, "name": names.get(person, "–"),
            "lines": case.identity(circle.entries, on, form.moment), "ties": ties,
            "earlier": case.identity_history(circle.entries),
            "picture": picture.ties_picture(names.get(person, "–"), births.get(person), ties, births) if ties else "",
            "circle": circle, "members": _members(circle.members, names, births),
            "contradictions": contradictions, **_in_two(lines),
        }  # fmt: skip
        return render(request, "portal/persons/person.html", page)


@require_GET
@needs_reason
def facts(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """All that was ever stated of somebody in the last years: a timeline, sources, corrections."""
    today = timezone.localdate()
    since, until = date(today.year - _YEARS_BACK, 1, 1), date(today.year + 1, 1, 1)
    with opened_person(request, person, "facts over time, with corrections") as circle:
        lines = case.fact_history(circle.entries, (since, until))
        page = {
            "person": person, "name": case.names_of([person]).get(person, "–"), "circle": circle, "lines": lines,
            "picture": picture.timeline(lines, since, until), "since": since,
        }  # fmt: skip
        return render(request, "portal/persons/facts.html", page)


@require_GET
@needs_reason
def household(request: HttpRequest, household: uuid.UUID) -> HttpResponse:
    """Who lives together, and what is known of the household on a day."""
    form = times_of(request)
    with opened_household(request, household, "household: members, facts") as circle:
        on = form.cleaned_data["on"] if form.is_valid() else timezone.localdate()
        names, births = case.names_of(circle.visible), case.births_of(circle.visible)
        lines, contradictions = case.facts_of([], household, on, form.moment)
        page = {
            "form": form, "on": on, "moment": form.moment, "household": household, "circle": circle,
            "members": _members(circle.members, names, births), "contradictions": contradictions, **_in_two(lines),
        }  # fmt: skip
        return render(request, "portal/persons/household.html", page)


def _in_two(lines: list[case.FactLine]) -> dict[str, object]:
    """What is known, and apart from it what was asked and nobody could tell."""
    rows = case.rows_of(lines)
    return {"facts": [one for one in rows if one.is_sure], "unknown": [one for one in rows if not one.is_sure]}


def _members(
    members: tuple[uuid.UUID, ...], names: dict[uuid.UUID, str], births: dict[uuid.UUID, date]
) -> list[dict[str, object]]:
    """Members for a table, the oldest first."""
    order = sorted(members, key=lambda one: (births.get(one, date.max), one))
    return [{"person": one, "name": names.get(one, "–"), "born": births.get(one)} for one in order]

"""What was asked of registers about a person, and asking them about a household."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods
from psycopg.types.range import DateRange

from balsts.access.errors import AccessDenied
from balsts.access.models import StaffAccount
from balsts.access.roles import PURPOSES, ROLES
from balsts.exchange.connections import connection_from_environment
from balsts.exchange.periods import Period, months_back, next_month
from balsts.exchange.selectors import questions_about
from balsts.exchange.use_cases import ask_registers
from balsts.law.engine.errors import DomainError
from balsts.portal.persons import case
from balsts.portal.persons.opening import needs_reason, opened_household, opened_person
from balsts.portal.problems import problem_of
from balsts.portal.registers.forms import AskForm
from balsts.portal.words import in_language
from balsts.registry.models import Household


def language() -> str:
    """The language of the page, of the two that there are."""
    return "lv" if get_language() == "lv" else "en"


@require_GET
@needs_reason
def asked(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The questions made about somebody: which register, who asked, why, of which days, and what came of it."""
    lang = language()
    with opened_person(request, person, "register queries made") as circle:
        made = list(questions_about(person))
        people = StaffAccount.objects.in_bulk({one.staff for one in made if one.staff})
        rows = [
            {
                "register": one.register.in_language(lang), "days": DateRange(one.days.since, one.days.until),
                "purpose": in_language(PURPOSES[one.purpose]) if one.purpose in PURPOSES else one.purpose,
                "role": in_language(ROLES[one.role]) if one.role in ROLES else one.role,
                "who": people[one.staff].full_name if one.staff in people else "",
                "asked_at": one.asked_at, "outcome": one.outcome.in_language(lang), "problem": one.problem,
            }
            for one in made
        ]  # fmt: skip
        page = {"person": person, "name": case.names_of([person]).get(person, "–"), "circle": circle, "rows": rows}
        return render(request, "portal/registers/asked.html", page)


@require_http_methods(["GET", "POST"])
@needs_reason
def ask(request: HttpRequest, household: uuid.UUID) -> HttpResponse:
    """Ask registers about every member of a household."""
    who = request.acting  # type: ignore[attr-defined]
    form = AskForm(who.purpose, language(), request.POST or None)
    with opened_household(request, household, "household: members") as circle:
        members = [(one, name) for one, name in sorted(case.names_of(circle.members).items(), key=lambda one: one[1])]
    page = {"form": form, "household": household, "circle": circle, "members": members, "may_ask": who.may("record")}
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        window = Period(months_back(today, form.cleaned_data["months"]), next_month(today))
        try:
            connections = {"*": connection_from_environment()}
            ask_registers(who, Household(pk=household), form.cleaned_data["registers"], window, connections)
        except AccessDenied:
            return render(request, "portal/403.html", status=403)
        except DomainError as error:
            page["problem"] = problem_of(error)
            return render(request, "portal/registers/ask.html", page, status=409)
        return redirect("person_registers", members[0][0])
    return render(request, "portal/registers/ask.html", page)

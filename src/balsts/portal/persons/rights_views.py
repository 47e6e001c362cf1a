"""The rights of a household in a month, explained down to facts and articles."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import month_words
from balsts.portal import words
from balsts.portal.persons import case
from balsts.portal.persons.forms import MonthForm
from balsts.portal.persons.opening import needs_reason, opened_household
from balsts.portal.persons.rights import doubt_words, rights_of, unverified
from balsts.portal.problems import problem_of
from balsts.registry.fact_types import BY_KEY


@require_GET
@needs_reason
def rights(request: HttpRequest, household: uuid.UUID) -> HttpResponse:
    """What a household is owed in a month, as known on a day. It is no decision."""
    asked = {name: request.GET[name] for name in ("month", "known") if name in request.GET}
    form = MonthForm({"month": f"{timezone.localdate():%Y-%m}"} | asked)
    lang = "lv" if get_language() == "lv" else "en"
    with opened_household(request, household, "rights by the law") as circle:
        page: dict[str, object] = {"form": form, "household": household, "circle": circle}
        if not form.is_valid() or circle.hidden_members:
            return render(request, "portal/persons/rights.html", page)
        names = case.names_of(circle.visible)
        page["month"] = month_words(form.cleaned_data["month"], lang)
        try:
            found = rights_of(household, form.cleaned_data["month"], form.moment, names, lang)
        except DomainError as error:
            page["problem"] = problem_of(error)
            return render(request, "portal/persons/rights.html", page, status=409)
        page["rights"] = [
            {"shown": one, "per": words.PERIODS[one.per], "unverified": sorted(set(unverified(one.trees)))}
            for one in found.rights
        ]  # fmt: skip
        page["found"] = found
        page["doubts"] = [
            (
                names.get(one.about, _("household")),
                words.upper_first(words.in_language(BY_KEY[one.key].input)),
                doubt_words(one.why),
            )
            for one in found.doubts
        ]
        return render(request, "portal/persons/rights.html", page)

"""Finding a person: by code, name or date of birth, with the reason for looking."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.portal.persons.forms import FindForm
from balsts.portal.session.state import reason_in, state_reason, why
from balsts.portal.words import value_words
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Address, Fact
from balsts.registry.selectors import find_persons, in_latvian_order, known

MOST = 50


@dataclass(frozen=True)
class Hit:
    """A person who was found: enough to tell them from another of that name, and no more."""

    person: uuid.UUID
    name: str
    born: str
    address: str


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Look for a person. Asked by POST, so that no code or name stands in an address."""
    who = request.acting  # type: ignore[attr-defined]
    known_reason = reason_in(request) or ("", "")
    form = FindForm(request.POST or None, initial={"reason": known_reason[0], "reference": known_reason[1]})
    page: dict[str, object] = {"form": form, "most": MOST, "may_search": who.may("read")}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        state_reason(request, asked["reason"], asked["reference"])
        try:
            found = find_persons(who, code=asked["code"], name=asked["name"], born=asked["born"], most=MOST,
                                 why=why(request))  # fmt: skip
        except AccessDenied:
            return render(request, "portal/403.html", status=403)
        page["hits"] = _hits(who, found)
        page["has_more"] = len(found) == MOST
    return render(request, "portal/persons/find.html", page)


def _hits(who: Acting, found: list[uuid.UUID]) -> list[Hit]:
    """What was found, in the order of the Latvian alphabet; every hit is in the record already."""
    with in_scope(who):
        names = [(one.person_id, f"{one.given_names} {one.surname}") for one in in_latvian_order(found)]
        nameless = [(one, "–") for one in found if one not in {person for person, _ in names}]
        births = known(Fact).filter(person__in=found, type=BY_KEY["born"].number, value__isnull=False)
        born = {one.person_id: value_words(BY_KEY["born"].input, one.value or "") for one in births}
        homes = known(Address).filter(person__in=found, kind=Address.Kind.DECLARED).order_by("valid")
        home = {one.person_id: one.text for one in homes}
        return [Hit(person, name, born.get(person, ""), home.get(person, "")) for person, name in [*names, *nameless]]

"""Rights that nobody has claimed: an office's list to offer them from, and a resident's own."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.cases.decided import is_money
from balsts.cases.models import Unclaimed
from balsts.cases.take_up import for_person, for_staff, settle
from balsts.cases.types.reading import case_types
from balsts.portal.law_of_request import law_of_request
from balsts.portal.persons import case
from balsts.portal.persons.opening import needs_reason
from balsts.portal.words import in_language

MOST = 50
_OUTCOMES = (Unclaimed.State.OFFERED, Unclaimed.State.DECLINED)


def _row(one: Unclaimed, names: dict[uuid.UUID, str]) -> dict[str, object]:
    law = law_of_request()
    return {
        "hint": one, "name": names.get(one.person_id, "–"), "right": in_language(law.law.rules[one.code][-1]),
        "is_money": is_money(law, one.code),
        "type": in_language(case_types()[one.type].name) if one.type in case_types() else one.type,
    }  # fmt: skip


@require_GET
@needs_reason
def unclaimed(request: HttpRequest) -> HttpResponse:
    """What persons of the office could claim, the largest first."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    try:
        found = for_staff(who, MOST)
    except AccessDenied:
        raise Http404 from None
    with in_scope(who):
        names = case.names_of({one.person_id for one in found})
    rows = [_row(one, names) for one in found]
    return render(request, "portal/take_up/list.html", {"rows": rows, "most": MOST, "has_more": len(found) == MOST})


@require_GET
def my_unclaimed(request: HttpRequest) -> HttpResponse:
    """What a resident may be entitled to and has not claimed."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    if who.terms is not None:
        raise Http404
    rows = [_row(one, {}) for one in for_person(who)]
    return render(request, "portal/take_up/mine.html", {"rows": rows})


@require_POST
def settle_unclaimed(request: HttpRequest, hint: uuid.UUID) -> HttpResponse:
    """Say that a right was offered, or that the person does not want it."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    state = request.POST.get("state", "")
    if state not in _OUTCOMES or (who.terms is None and state == Unclaimed.State.OFFERED):
        raise Http404
    try:
        found = settle(who, hint, state)
    except AccessDenied:
        found = None
    if found is None:
        raise Http404
    return redirect("unclaimed" if who.terms is not None else "my_unclaimed")

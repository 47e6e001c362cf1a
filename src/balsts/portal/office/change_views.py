"""A proposed change after a decision: why, in which months, how much more or less; confirmed or dismissed by staff."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from balsts.cases.changes import confirm, dismiss, sums
from balsts.cases.models import Case, Change, Determination
from balsts.law.engine.errors import DomainError
from balsts.portal.law_of_request import law_of_request
from balsts.portal.office import words
from balsts.portal.office.case_views import frame_of
from balsts.portal.office.conflicts import conflict
from balsts.portal.office.forms import ConfirmForm, DismissForm
from balsts.portal.office.opening import acting_of, for_case_workers, opened_case
from balsts.portal.persons.case import names_of
from balsts.portal.persons.rights import source_words
from balsts.portal.words import in_language, upper_first, value_words
from balsts.registry.fact_types import BY_KEY

_WHAT = "a change: what was due and what is due now"


@require_GET
@for_case_workers
def change(request: HttpRequest, case: uuid.UUID, change: uuid.UUID) -> HttpResponse:
    """What changed: the cause, the sums, and month by month what was due and what is due now."""
    with opened_case(request, case, _WHAT) as found:
        page = frame_of(acting_of(request), found) | _page(_change_in(found, change))
        return render(request, "portal/office/change.html", page)


@require_http_methods(["GET", "POST"])
@for_case_workers
def settle(request: HttpRequest, case: uuid.UUID, change: uuid.UUID, is_confirmed: bool) -> HttpResponse:
    """Confirm a change by drafting the decision that replaces the present one, or dismiss it for a reason."""
    who = acting_of(request)
    with opened_case(request, case, _WHAT) as found:
        one = _change_in(found, change)
        form = (ConfirmForm if is_confirmed else DismissForm)(request.POST or None)
        page = frame_of(who, found) | {"change": one, "form": form, "is_confirmed": is_confirmed}
    if request.method == "POST" and form.is_valid():
        try:
            if is_confirmed:
                made = confirm(who, one, reasons=form.cleaned_data["reasons"].strip())
                return redirect("case_decision", found.pk, made.pk)
            dismiss(who, one, form.cleaned_data["reason"])
        except DomainError as error:
            return conflict(request, found, error)
        return redirect("case_change", found.pk, one.pk)
    return render(request, "portal/office/settle_change.html", page)


def _change_in(case: Case, change: uuid.UUID) -> Change:
    one: Change | None = case.changes.prefetch_related("lines").filter(pk=change).first()
    if one is None:
        raise Http404
    one.case = case
    return one


def _page(one: Change) -> dict[str, Any]:
    lines = sorted(one.lines.all(), key=lambda line: (line.month, line.code))
    about = {uuid.UUID(each["about"]) for each in one.because if each.get("about")}
    names = names_of(about | {line.payee_id for line in lines if line.payee_id})
    found = sums(law_of_request(), lines)
    return {
        "change": one, "cause": words.CAUSES[Determination.Cause(one.cause)],
        "state": words.CHANGE_STATES[Change.State(one.state)],
        "because": list(dict.fromkeys(_because(each, names) for each in one.because)),
        "sums": [(title, words.euros_words(cents)) for title, cents in (
            (_("Too little was granted for past months"), found.arrears),
            (_("Too much was granted for past months"), found.overpaid),
            (_("Difference each month from now on"), found.monthly)) if cents],
        "lines": [{
            "month": words.month_of(line.month), "title": words.right_words(line.code),
            "payee": names.get(line.payee_id, "") if line.payee_id else "",
            "before": words.amount_words(line.before, line.code), "after": words.amount_words(line.after, line.code),
            "difference": words.difference_words(line.after - line.before, line.code),
        } for line in lines],
    }  # fmt: skip


def _because(one: Mapping[str, Any], names: Mapping[uuid.UUID, str]) -> str:
    """One thing that differs from what the earlier decision rested on."""
    if one["what"] == "fact" and one["key"] in BY_KEY:
        said = {
            "fact": upper_first(in_language(BY_KEY[one["key"]].input)),
            "whose": names.get(uuid.UUID(one["about"]), _("the household")), "origin": source_words(one["origin"]),
            "old": _value(one["key"], one["old"]), "new": _value(one["key"], one["new"]),
        }  # fmt: skip
        return _("%(fact)s (%(whose)s): was %(old)s, is %(new)s; %(origin)s") % said
    lang = words.lang()
    if one["what"] == "parameter":
        said = {
            "title": upper_first(one[lang]),
            "old": one.get(f"old_{lang}") or "–",
            "new": one.get(f"new_{lang}") or "–",
        }
        return _("%(title)s: was %(old)s, is %(new)s") % said
    if one["what"] == "rule":
        return _("%(title)s: a new wording of the act") % {"title": upper_first(one[lang])}
    return {
        "tie": _("relations between persons, or who lives together"),
        "time": _("time has passed"),
    }.get(one["what"], _("the law has changed"))  # fmt: skip


def _value(key: str, value: str | None) -> str:
    if value is None:
        return _("not known")
    return value if value == "***" else value_words(BY_KEY[key].input, value)

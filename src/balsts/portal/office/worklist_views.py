"""The lists of an office's cases, finding a case, and what is to be done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.access.log import log_access
from balsts.cases.assigning import stands_in_for
from balsts.cases.models import Case
from balsts.cases.tasks import my_tasks
from balsts.cases.worklists import AT_MOST, LISTS, Place, cases_found, counts, types_of, worklist
from balsts.portal.office import words
from balsts.portal.office.forms import FilterForm, FindCaseForm
from balsts.portal.office.opening import acting_of, for_case_workers
from balsts.portal.office.showing import staff_names
from balsts.portal.persons.case import names_of

TITLES = {
    "mine": _("My cases"),
    "unassigned": _("Nobody's yet"),
    "overdue": _("Overdue"),
    "week": _("Due this week"),
    "second": _("For a second pair of eyes"),
    "unsent": _("To be made known"),
    "contested": _("Contested decisions"),
    "changes": _("Changes proposed"),
    "all": _("All open"),
}


@dataclass(frozen=True)
class Row:
    """A case in a list."""

    case: Case
    type: str
    stage: str
    left: str
    is_late: bool
    name: str


@dataclass(frozen=True)
class Tab:
    """A list that can be chosen, with how many cases it has."""

    name: str
    title: str
    number: str
    is_open: bool


@require_GET
@for_case_workers
def show(request: HttpRequest) -> HttpResponse:
    """A list of cases, the nearest term first."""
    who = acting_of(request)
    asked = request.GET.get("list", "")
    name = asked if asked in LISTS else "mine" if who.may("decide") else "contested"
    with in_scope(who):
        numbers = counts(who)
        form = FilterForm(types_of(who), request.GET or None)
        cleaned = form.cleaned_data if form.is_valid() else {}
        chosen = {key: cleaned.get(key, "") for key in ("type", "stage")}
        page = worklist(who, name, type_code=chosen["type"], stage=chosen["stage"],
                        after=Place.read(request.GET.get("after", "")))  # fmt: skip
        with_names = "names" in request.GET
        rows = _rows(request, page.cases, with_names=with_names)
        tasks = my_tasks(who) if name == "mine" else []
        away = staff_names(stands_in_for(who))
    kept = {"list": name} | {key: value for key, value in chosen.items() if value}
    kept |= {"names": "1"} if with_names else {}
    return render(request, "portal/office/worklist.html", {
        "title": TITLES[name], "name": name, "rows": rows, "form": form, "tabs": _tabs(name, numbers),
        "tasks": [(one, words.task_words(one.kind, one.detail)) for one in tasks], "with_names": with_names,
        "names_address": f"?{urlencode(kept | {'names': '1', 'after': request.GET.get('after', '')})}",
        "next_address": f"?{urlencode(kept | {'after': str(page.following)})}" if page.following else "",
        "is_first": "after" not in request.GET or not request.GET["after"], "away": sorted(away.values()),
        "is_filtered": any(chosen.values()),
    })  # fmt: skip


def _tabs(name: str, numbers: dict[str, int]) -> list[Tab]:
    return [Tab(one, str(TITLES[one]), f"{number}" if number <= AT_MOST else f"{AT_MOST}+", one == name)
            for one, number in numbers.items()]  # fmt: skip


def _rows(request: HttpRequest, cases: tuple[Case, ...] | list[Case], *, with_names: bool) -> list[Row]:
    """Cases as a list shows them; names only where they were asked for, and then each is recorded as found."""
    names: dict[uuid.UUID, str] = {}
    if with_names:
        persons = [one.subject_id for one in cases if one.subject_id]
        log_access(acting_of(request), "search_hit", persons, "names in a list of cases; reason: check")
        names = names_of(persons)
    return [
        Row(one, words.type_words(one.type), str(words.STAGES[Case.Stage(one.stage)]), words.left_words(one.due_on),
            words.is_late(one.due_on), names.get(one.subject_id, "–") if one.subject_id else "–")
        for one in cases
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_case_workers
def find(request: HttpRequest) -> HttpResponse:
    """Look for a case by its number or by somebody in it. Asked by POST, so that no name stands in an address."""
    who = acting_of(request)
    form = FindCaseForm(request.POST or None)
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["asked"]
        try:
            found = cases_found(who, **asked, why="reason: application")
        except AccessDenied:
            return render(request, "portal/403.html", status=403)
        if "number" in asked and len(found) == 1:
            return redirect("case", found[0].pk)
        with in_scope(who):
            page["rows"] = _rows(request, found, with_names="number" not in asked)
        page["with_names"] = "number" not in asked
    return render(request, "portal/office/find_case.html", page)

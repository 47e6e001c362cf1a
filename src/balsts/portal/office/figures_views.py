"""Figures of the office, for whoever sees to its work."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from balsts.cases.figures import AGES_DAYS, OfficeFigures, figures_of
from balsts.cases.models import Case, Decision
from balsts.cases.worklists import OPEN
from balsts.portal.office import words
from balsts.portal.office.bars import Bar, bars
from balsts.portal.office.opening import acting_of, for_case_workers
from balsts.portal.office.showing import staff_names


@require_GET
@for_case_workers
def figures(request: HttpRequest) -> HttpResponse:
    """What is open, how old it is, what is late, who has it, and what was decided this month."""
    who = acting_of(request)
    if not who.may("supervise"):
        raise Http404
    month = timezone.localdate().replace(day=1)
    found = figures_of(who, month)
    return render(request, "portal/office/figures.html", _page(found, month))


def _page(found: OfficeFigures, month: date) -> dict[str, Any]:
    names = staff_names(one.staff for one in found.loads)
    stages = [Bar(str(words.STAGES[Case.Stage(one)]), found.stages.get(one, 0)) for one in OPEN]
    ages = [Bar(label, number) for label, number in zip(_ages(), found.ages, strict=True)]
    loads = [(names.get(one.staff, "–") if one.staff else _("nobody yet"), one) for one in found.loads]
    decided = [Bar(str(words.KINDS[Decision.Kind(kind)]), number) for kind, number in sorted(found.decided.items())]
    total = sum(found.decided.values())
    return {
        "found": found, "month": words.month_of(month), "total": total,
        "automatic_share": round(100 * found.automatic / total) if total else None,
        "stages": stages, "ages": ages, "loads": loads, "decided": decided,
        "stages_picture": bars(stages, "stages", _("Open cases by stage; the same is told in the table below.")),
        "ages_picture": bars(ages, "ages", _("Waiting cases by age; the same is told in the table below.")),
        "loads_picture": bars([Bar(name, one.to_do, one.overdue) for name, one in loads], "loads",
                              _("Waiting cases by member of staff; the same is told in the table below.")),
    }  # fmt: skip


def _ages() -> list[str]:
    """The groups of age in words."""
    found, lower = [], 0
    for bound in AGES_DAYS:
        found.append(_("from %(lower)s to %(upper)s days") % {"lower": lower, "upper": bound - 1})
        lower = bound
    return [*found, ngettext("%(days)s day and more", "%(days)s days and more", lower) % {"days": lower}]

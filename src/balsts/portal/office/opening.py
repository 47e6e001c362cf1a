"""Opening a case: the rules, the record of everybody whose data it holds, then the case.

The case itself is the reason for looking: its number stands in the record. What is not in the scope of who asks is
answered as what does not exist.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from balsts.access.acting import Acting, in_scope
from balsts.access.kept_queries import Kept
from balsts.access.log import log_access
from balsts.cases.models import Case, Decision
from balsts.cases.selectors import case_seen, persons_in

View = Callable[..., HttpResponse]


def acting_of(request: HttpRequest) -> Acting:
    """Who acts in a request that is open to those who act alone."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    return who


def for_case_workers(view: View) -> View:
    """A page for staff who decide cases or hear appeals; for anybody else there is no such page."""

    @wraps(view)
    def opened(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        who = acting_of(request)
        if not (who.may("decide") or who.may("hear_appeals")):
            raise Http404
        return view(request, *arguments, **named)

    return opened


@contextmanager
def opened_case(request: HttpRequest, case: uuid.UUID, what: str) -> Iterator[Case]:
    """Open a case for a block, in the scope of who asks; everybody whose data it holds is recorded as looked at.

    Args:
        what: which data, by name, for the record.

    Raises:
        Http404: there is no such case, or none that who asks may see.
    """
    who = acting_of(request)
    with in_scope(who):
        found = case_seen(who, case)
        if found is None:
            raise Http404
        persons = persons_in(found)
        log_access(who, "read", persons, f"{what}; reason: {_reason(who, found)}")
        yield found


def _reason(who: Acting, case: Case) -> str:
    if who.scope == "self":
        return "own data"
    looks_back = case.stage in (Case.Stage.RUNNING, Case.Stage.CLOSED)
    return f"{'review' if looks_back else 'application'} {case.number}"


_DECISIONS = Kept(lambda case, decision: Decision.objects.filter(case=case, pk=decision).select_related(
    "determination", "replaces"
))  # fmt: skip


def decision_in(case: Case, decision: uuid.UUID) -> Decision:
    """A decision of an opened case.

    Raises:
        Http404: there is none, or none that who asks may see.
    """
    found = _DECISIONS.first(case.pk, decision)
    if found is None:
        raise Http404
    found.case = case
    return found

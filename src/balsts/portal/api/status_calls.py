"""What other systems ask: the feed of statuses and yes or no to one question; and public registers."""

from __future__ import annotations

import uuid
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import StringConstraints

from balsts.access.acting import in_scope, the_platform
from balsts.cases.models import RegisterEntry
from balsts.cases.statuses import MOST_NEWS, holds_status, news_of_statuses
from balsts.cases.types.reading import case_types
from balsts.portal.api.callers import SystemToken, system_of
from balsts.portal.api.shapes import ChangesOut, Code, EntriesOut, NewsOut, VerifyIn, VerifyOut
from balsts.portal.api.shown import entry_out

router = Router()
_LAST = 2**63 - 1


@router.get("/statuses/changes", auth=SystemToken(), response=ChangesOut, tags=["statuses"],
            summary="Statuses granted and ended")  # fmt: skip
def changes(
    request: HttpRequest, after: Annotated[int, Query(ge=0, le=_LAST)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_NEWS)] = 100,
) -> ChangesOut:  # fmt: skip
    """The feed after a position, in order. Read on with the last position; positions have no gaps.

    A status is told once the decision is in force: not before the person was notified of it.

    Needs `status_feed`. Who reads it is recorded for every person in it.
    """
    who, name = system_of(request, "status_feed")
    found, has_more = news_of_statuses(who, after, limit, asker=name)
    return ChangesOut(changes=[NewsOut.model_validate(one) for one in found], has_more=has_more)


@router.post("/statuses/verify", auth=SystemToken(), response=VerifyOut, tags=["statuses"],
             summary="Whether somebody has a status")  # fmt: skip
def verify(request: HttpRequest, body: VerifyIn) -> VerifyOut:
    """Yes or no, and nothing else; of whom the registry does not know it is no. Needs `status_verify`.

    Each question stands in the record that the person sees.
    """
    who, name = system_of(request, "status_verify")
    return VerifyOut(
        holds=holds_status(who, personal_code=body.personal_code, status=body.status, on=body.on, asker=name)
    )


@router.get("/registers/{register_code}/entries", auth=None, response=EntriesOut, tags=["registers"],
            summary="Entries of a public register")  # fmt: skip
def entries(
    request: HttpRequest, register_code: Code, after: uuid.UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    registration_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{11}$")] | None = None,
) -> EntriesOut:  # fmt: skip
    """Entries that hold today, with the fields that the register's declaration makes public. Open to everybody."""
    registers = {one.register.code: one.register for one in case_types().values() if one.register}
    declared = registers.get(register_code)
    if declared is None:
        raise Http404
    public = frozenset(one.code for one in declared.fields if one.is_public)
    with in_scope(the_platform()):
        found = RegisterEntry.objects.filter(
            register=register_code, recorded__upper_inf=True, valid__contains=timezone.localdate()
        ).select_related("organisation")
        if after is not None:
            found = found.filter(pk__gt=after)
        if registration_number is not None:
            found = found.filter(organisation__registration_number=registration_number)
        rows = list(found.order_by("pk")[: limit + 1])
    items = [entry_out(one, public) for one in rows[:limit]]
    return EntriesOut(items=items, next=items[-1].id if len(rows) > limit else None)

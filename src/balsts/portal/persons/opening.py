"""Opening a person's or household's page: the reason first, then the rules, then the record, then the data.

What is not in the scope of who asks is answered as what does not exist.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.errors import AccessDenied
from balsts.access.kept_queries import Kept
from balsts.portal.session.state import reason_in, why
from balsts.registry.models import Household, Membership, Person, Relation
from balsts.registry.predicates import persons_of
from balsts.registry.recording import days
from balsts.registry.selectors import entries_of, known, members_during
from balsts.registry.use_cases import reading

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Circle:
    """A person or household with the persons around, as far as who asks may see them.

    Attributes:
        household: the household of today; None when there is none.
        members: those of today who may be seen.
        hidden_members: how many of today may not.
        visible: everybody whose data the page may show.
        entries: of a person: their entries in the registry that may be seen, also those found to be duplicates.
    """

    household: uuid.UUID | None
    members: tuple[uuid.UUID, ...]
    hidden_members: int
    visible: frozenset[uuid.UUID]
    entries: tuple[uuid.UUID, ...] = ()


def needs_reason(view: View) -> View:
    """Ask staff why they look before the page opens; a resident needs no reason to see their own data."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if request.acting.terms is not None and reason_in(request) is None:  # type: ignore[attr-defined]
            return redirect(f"{reverse('reason')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *arguments, **named)

    return asked


@contextmanager
def opened_person(request: HttpRequest, person: uuid.UUID, what: str) -> Iterator[Circle]:
    """Open a person for a block, with those around them who may be seen; each is recorded as looked at.

    Args:
        what: which data, by name, for the record.

    Raises:
        Http404: there is no such person, or none that who asks may see.
    """
    who = request.acting  # type: ignore[attr-defined]
    with person_in_scope(who, person, f"{what}; {why(request)}") as circle:
        yield circle


@contextmanager
def person_in_scope(who: Acting, person: uuid.UUID, detail: str) -> Iterator[Circle]:
    """Open a person for a block, as `opened_person`; `detail` stands in the record: which data, and why.

    Raises:
        Http404: there is no such person, or none that who acts may see.
    """
    with in_scope(who):
        if not Person.objects.filter(pk=person).exists():
            raise Http404
        household = _household_of(person)
        entries = set(entries_of(None, [person]))
        circle = _circle(who, household, entries | _tied_to(entries))
        circle = replace(circle, entries=tuple(sorted(entries & circle.visible | {person})))
    try:
        with reading(who, [person, *sorted(circle.visible - {person})], detail):
            yield circle
    except AccessDenied:
        raise Http404 from None


@contextmanager
def opened_household(request: HttpRequest, household: uuid.UUID, what: str) -> Iterator[Circle]:
    """Open a household for a block; each member who may be seen is recorded as looked at.

    Raises:
        Http404: there is no such household, or none that who asks may see.
    """
    who = request.acting  # type: ignore[attr-defined]
    with in_scope(who):
        if who.terms is None or not Household.objects.filter(pk=household).exists():
            raise Http404
        circle = _circle(who, household, set())
    if not circle.members:
        raise Http404
    try:
        with reading(who, sorted(circle.visible), f"{what}; {why(request)}"):
            yield circle
    except AccessDenied:
        raise Http404 from None


def _circle(who: Acting, household: uuid.UUID | None, around: set[uuid.UUID]) -> Circle:
    members = _members_of(household) if household else []
    visible = frozenset(persons_of(who).filter(pk__in=around | set(members)).values_list("pk", flat=True))
    seen = tuple(one for one in members if one in visible)
    return Circle(household, seen, len(members) - len(seen), visible)


def _members_of(household: uuid.UUID) -> list[uuid.UUID]:
    """Who lives there, whoever asks: a page must know that somebody is left out, though not who."""
    today = timezone.localdate()
    with in_scope(the_platform()):
        found = members_during(household, days(today, today.fromordinal(today.toordinal() + 1)))
        return [one.person_id for one in found]


_HOUSEHOLDS = Kept(lambda person, on: known(Membership).filter(person=person, valid__contains=on).order_by("pk")[:1])
_TIES = Kept(lambda entries: known(Relation).filter(Q(person__any_of=entries) | Q(other__any_of=entries)))


def _household_of(person: uuid.UUID) -> uuid.UUID | None:
    found = _HOUSEHOLDS.first(person, timezone.localdate())
    return found.household_id if found else None


def _tied_to(entries: set[uuid.UUID]) -> set[uuid.UUID]:
    ties = _TIES(list(entries))
    up = {one.other_id for one in ties if one.person_id in entries}
    return up | {one.person_id for one in ties if one.other_id in entries}

"""Whom the questions of an application are asked of: the applicant, their partner, children and household."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from balsts.access.acting import in_scope, the_platform
from balsts.cases.types.declaration import About
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, PersonName, Relation
from balsts.registry.recording import days
from balsts.registry.representation import MAJORITY_YEARS
from balsts.registry.selectors import known, members_during

_RAISED_BY = ("parent", "guardian", "foster_parent", "adoptive_parent", "preadoption_carer")
NOBODY = ""
"""The subject of what is asked about the household or the case as a whole."""


@dataclass(frozen=True)
class Circle:
    """The persons of an application by their places in it; `names` are their given names alone.

    `visible`: whose data may be shown to whoever fills the form.
    """

    applicant: uuid.UUID
    partner: uuid.UUID | None
    children: tuple[uuid.UUID, ...]
    members: tuple[uuid.UUID, ...]
    household: uuid.UUID | None
    names: dict[uuid.UUID, str]
    visible: frozenset[uuid.UUID] = frozenset()

    def sees(self, subject: str) -> bool:
        """Whether what registers say of a subject may be shown; of the household and the case it may."""
        return not subject or uuid.UUID(subject) in self.visible

    def subjects(self, about: About) -> list[str]:
        """Whom a question is about, as identifiers; one that is about nobody in particular once."""
        if about in ("household", "case"):
            return [NOBODY]
        found = {
            "applicant": [self.applicant],
            "partner": [self.partner] if self.partner else [],
            "child": list(self.children),
            "member": list(self.members),
        }[about]
        return [str(one) for one in found]

    def name(self, subject: str) -> str:
        """The given name of a subject; empty for the household and the case."""
        return self.names.get(uuid.UUID(subject), "") if subject else ""


def circle_of(subject: uuid.UUID, household: uuid.UUID | None, on: date, visible: Iterable[uuid.UUID] = ()) -> Circle:
    """The persons around an applicant on a day, the applicant first and then the oldest.

    The platform reads it, so that a form asks of everybody who lives there; of the others it tells given names alone.
    """
    with in_scope(the_platform()):
        during = days(on, date.fromordinal(on.toordinal() + 1))
        found = [one.person_id for one in members_during(household, during)] if household else []
        everybody = sorted({*found, subject})
        births = _births(everybody)
        ties = list(known(Relation).filter(person__in=everybody, valid__contains=on))
        names = known(PersonName).filter(person__in=everybody, valid__contains=on)
        given = {one.person_id: one.given_names for one in names}
    members = sorted(everybody, key=lambda one: (one != subject, births.get(one, date.max), one))
    raised = {tie.person_id for tie in ties if tie.other_id == subject and tie.kind in _RAISED_BY}
    children = [one for one in members if one != subject and (one in raised or _is_minor(births.get(one), on))]
    partner = next((tie.other_id for tie in ties if tie.person_id == subject and tie.kind == "partner"
                    and tie.other_id in everybody), None)  # fmt: skip
    return Circle(subject, partner, tuple(children), tuple(members), household, given, frozenset(visible))


def _births(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, date]:
    found = known(Fact).filter(person__in=list(persons), type=BY_KEY["born"].number, value__isnull=False)
    return {one.person_id: date.fromisoformat(one.value) for one in found.order_by("-origin__rank")
            if one.person_id and one.value}  # fmt: skip


def _is_minor(born: date | None, on: date) -> bool:
    return born is not None and (on.year - born.year, on.month, on.day) < (MAJORITY_YEARS, born.month, born.day)

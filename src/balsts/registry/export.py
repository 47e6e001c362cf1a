"""Everything that is held of one person, as one file, for the person (datu subjekta pieprasījums, GDPR art. 15)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model
from psycopg.types.range import Range

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.models import AccessRecord
from balsts.access.predicates import require
from balsts.access.roles import PURPOSES, ROLES
from balsts.registry.fact_types import BY_NUMBER
from balsts.registry.models import STATEMENTS, Fact, Household, Membership, Relation, Statement, Visibility
from balsts.registry.selectors import history

FORMAT = "balsts-person-1"


def export_person(who: Acting, person: uuid.UUID, *, with_sealed: bool = True) -> dict[str, Any]:
    """What is held of a person, what was held and why it no longer is, from where, and who looked.

    Sealed statements are left out unless the role of who acts sees them, even while an opening shows them; the file
    says which kinds of data it shows.

    Args:
        with_sealed: false for a file that is handed to the person: what a seal protects is then left out for all roles.

    Returns:
        Plain values for JSON: `format`, `person`, `at`, `shows`, `statements` by kind, `facts_of_households`,
        `stated_of_others` (ties on others that name this person), `access` (who looked).

    Raises:
        AccessDenied: the person is not in the scope of who acts, or they may not export.
    """
    shows = who.sees() if with_sealed else who.sees() - {"sealed"}
    numbers = [Visibility[one.upper()] for one in shows]
    with in_scope(who):
        require("registry.export", who, person)
        log_access(who, "export", [person], "everything held")
        found = {
            "format": FORMAT,
            "person": str(person),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "shows": sorted(shows),
            "statements": {
                str(kind._meta.model_name): [
                    _plain(one) for one in history(kind, person).filter(visibility__in=numbers)
                    .select_related("source__origin", "ended_by")
                ]
                for kind in STATEMENTS
            },
            "facts_of_households": list(_of_households(person, numbers)),
            "stated_of_others": [_plain(one) for one in Relation.objects.filter(other=person, visibility__in=numbers)
                                 .select_related("source__origin", "ended_by").order_by("recorded", "valid")],
        }  # fmt: skip
    with in_scope(_as_the_person(person)):
        found["access"] = [_looked(one) for one in AccessRecord.objects.filter(subject=person).order_by("number")]
    return found


def _as_the_person(person: uuid.UUID) -> Acting:
    """The log of a person is theirs to see, whoever draws the file for them."""
    return Acting(None, None, "", "resident", "data_subject", person)


def _of_households(person: uuid.UUID, numbers: list[Visibility]) -> Iterator[dict[str, Any]]:
    """Facts of the households whose member the person is or was; of their days of membership alone."""
    for membership in Membership.objects.filter(person=person, recorded__upper_inf=True, visibility__in=numbers):
        household = Household(pk=membership.household_id)
        facts = Fact.objects.filter(household=household, valid__overlap=membership.valid, visibility__in=numbers)
        for one in facts.select_related("source__origin", "ended_by").order_by("recorded", "valid"):
            yield _plain(one)


def _plain(one: Statement) -> dict[str, Any]:
    values = {name: _text(getattr(one, name)) for name in one.VALUES}
    if isinstance(one, Fact):
        kind = BY_NUMBER[one.type].input
        values |= {"fact": kind.key, "lv": kind.lv, "en": kind.en, "status": Fact.Status(one.status).name.lower(),
                   "certainty": Fact.Certainty(one.certainty).name.lower()}  # fmt: skip
    key = {name: _text(value) for name, value in one.key().items() if name not in ("person_id", "type", "origin_id")}
    told = {
        "valid": _text(one.valid), "believed": _text(one.recorded), "source": one.source.reference,
        "origin": one.source.origin.code, "origin_lv": one.source.origin.name_lv,
    }  # fmt: skip
    if one.source.reason:
        told["reason"] = one.source.reason
    if one.ended_by:
        told["ended_because"] = one.ended_by.reason or one.ended_by.reference
    return {name: value for name, value in (key | values).items() if value is not None} | told


def _looked(one: AccessRecord) -> dict[str, Any]:
    role, purpose = ROLES.get(one.role), PURPOSES.get(one.purpose)
    return {
        "number": one.number, "at": one.at.isoformat(), "institution": _text(one.institution), "action": one.action,
        "role": role.lv if role else one.role, "purpose": purpose.lv if purpose else one.purpose, "what": one.detail,
    }  # fmt: skip


def _text(value: Any) -> Any:
    if isinstance(value, Range):
        return {"from": _text(value.lower), "until": _text(value.upper)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.pk if isinstance(value, Model) else value

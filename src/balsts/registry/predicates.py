"""Who may look at whom and record what: the first wall. Row-level security asks the same on its own."""

from __future__ import annotations

import uuid
from typing import Any

import rules
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from balsts.access.acting import Acting
from balsts.access.predicates import has_ability
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Address, Jurisdiction, Person, Representation
from balsts.registry.representation import LEGAL_REPRESENTATIVES, MAJORITY_YEARS

_SEEN_BY = """
    SELECT %(person)s::uuid
    UNION SELECT r.person_id FROM registry_representation r
    WHERE r.representative_id = %(person)s AND upper_inf(r.recorded) AND r.valid @> %(today)s::date
      AND %(see)s::text = ANY (r.matters)
    UNION SELECT t.person_id FROM registry_relation t
    WHERE t.other_id = %(person)s AND t.kind = ANY (%(kinds)s::text[])
      AND upper_inf(t.recorded) AND t.valid @> %(today)s::date
      AND NOT EXISTS (
          SELECT FROM registry_representation r WHERE r.person_id = t.person_id
          AND r.representative_id = %(person)s AND upper_inf(r.recorded) AND r.valid @> %(today)s::date
      ) AND (
          SELECT f.value FROM registry_fact f JOIN registry_origin o ON o.id = f.origin_id
          WHERE f.person_id = t.person_id AND f.type = %(born)s AND f.value IS NOT NULL AND upper_inf(f.recorded)
          ORDER BY o.rank LIMIT 1
      ) > %(of_age)s::text"""


def persons_of(who: Acting) -> QuerySet[Person]:
    """The persons in somebody's scope: the municipality's, the country's, or oneself and those one may see for.

    To be called in scope.
    """
    if who.scope == "national":
        return Person.objects.all()
    if who.scope == "municipality":
        declared = Address.objects.filter(
            _of_today(), municipality__present=who.municipality, kind=Address.Kind.DECLARED
        )
        dealt_with = Jurisdiction.objects.filter(_of_today(), municipality__present=who.municipality)
        return Person.objects.filter(Exists(declared) | Exists(dealt_with))
    if who.scope == "self" and who.person is not None:
        return Person.objects.filter(pk__in=_seen_by(who.person))
    return Person.objects.none()


def _of_today() -> Q:
    return Q(person=OuterRef("pk"), recorded__upper_inf=True, valid__contains=timezone.localdate())


def _seen_by(person: uuid.UUID) -> list[uuid.UUID]:
    """Oneself, and those one may see for today. In SQL: each page of a resident begins with it."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "person": person, "today": today, "see": Representation.Matter.SEE, "kinds": list(LEGAL_REPRESENTATIVES),
        "born": BY_KEY["born"].number, "of_age": f"{today.year - MAJORITY_YEARS:04}-{today:%m-%d}",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SEEN_BY, values)
        return [row[0] for row in cursor.fetchall()]


@rules.predicate
def is_in_scope(who: Acting, person: uuid.UUID) -> bool:
    """Whether a person is in the scope of who acts; oneself always is."""
    if who.scope == "self" and who.person == person:
        return True
    return persons_of(who).filter(pk=person).exists()


@rules.predicate
def is_a_person(who: Acting) -> bool:
    """Whether a resident acts for themselves."""
    return who.scope == "self" and who.person is not None


rules.add_rule("registry.search", has_ability("read"))
rules.add_rule("registry.read", (has_ability("read") | is_a_person) & is_in_scope)
rules.add_rule("registry.register", has_ability("record"))
rules.add_rule("registry.record", has_ability("record") & is_in_scope)
rules.add_rule("registry.merge", has_ability("merge") & is_in_scope)
rules.add_rule("registry.export", (has_ability("export") | is_a_person) & is_in_scope)
rules.add_rule("registry.break_glass", has_ability("break_glass") & is_in_scope)
rules.add_rule("registry.oversee", has_ability("oversee"))

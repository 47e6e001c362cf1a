"""Who may look at whom and record what: the first wall. Row-level security asks the same on its own."""

from __future__ import annotations

import uuid

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from balsts.access.acting import Acting
from balsts.access.predicates import has_ability
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Address, Fact, Jurisdiction, Person, Relation, Representation
from balsts.registry.representation import LEGAL_REPRESENTATIVES, MAJORITY_YEARS


def persons_of(who: Acting) -> QuerySet[Person]:
    """The persons in somebody's scope: the municipality's, the country's, or oneself and those one may see for."""
    if who.scope == "national":
        return Person.objects.all()
    if who.scope == "municipality":
        declared = Address.objects.filter(
            _of_today(), municipality__present=who.municipality, kind=Address.Kind.DECLARED
        )
        dealt_with = Jurisdiction.objects.filter(_of_today(), municipality__present=who.municipality)
        return Person.objects.filter(Exists(declared) | Exists(dealt_with))
    if who.scope == "self" and who.person is not None:
        stated = Representation.objects.filter(_of_today(), representative=who.person)
        for_others = stated.filter(matters__contains=[Representation.Matter.SEE])
        own = Relation.objects.filter(_of_today(), other=who.person, kind__in=LEGAL_REPRESENTATIVES)
        first_birth = (
            Fact.objects.filter(person=OuterRef("pk"), type=BY_KEY["born"].number, value__isnull=False,
                                recorded__upper_inf=True).order_by("origin__rank").values("value")[:1]
        )  # fmt: skip
        # First the few whom it can be at all, along indexes; the rest is asked of them alone.
        near = Person.objects.filter(pk=who.person).values("pk").union(
            Representation.objects.filter(_believed_today(), representative=who.person).values("person"),
            Relation.objects.filter(_believed_today(), other=who.person).values("person"),
        )  # fmt: skip
        today = timezone.localdate()
        of_age = f"{today.year - MAJORITY_YEARS:04}-{today:%m-%d}"
        return (
            Person.objects.filter(pk__in=near)
            .annotate(born=Subquery(first_birth))
            .filter(Q(pk=who.person) | Exists(for_others) | (Exists(own) & ~Exists(stated) & Q(born__gt=of_age)))
        )
    return Person.objects.none()


def _of_today() -> Q:
    return Q(person=OuterRef("pk")) & _believed_today()


def _believed_today() -> Q:
    return Q(recorded__upper_inf=True, valid__contains=timezone.localdate())


@rules.predicate
def is_in_scope(who: Acting, person: uuid.UUID) -> bool:
    """Whether a person is in the scope of who acts."""
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

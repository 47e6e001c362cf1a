"""Persons, households, and what is stated about them. Each statement has the form of `statements.Statement`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from balsts.access.models import Municipality
from balsts.registry.fact_types import FACT_TYPES, RELATION_KINDS
from balsts.registry.load_models import LiftedConstraint, Load, LoadPart
from balsts.registry.news_models import News
from balsts.registry.one_at_a_time import OneAtATime
from balsts.registry.seal_models import SealNotice, SealOpening
from balsts.registry.statements import Origin, Source, Statement, Visibility, has_days
from balsts.registry.uuids import uuid7

__all__ = [
    "Address", "BankAccount", "Contact", "Duplicate", "Erasure", "Fact", "Household", "Identifier", "Jurisdiction",
    "LegalHold", "LiftedConstraint", "Load", "LoadPart", "Membership", "News", "Origin", "Person", "PersonName",
    "Relation", "Representation", "SealNotice", "SealOpening", "Source", "Statement", "Visibility",
]  # fmt: skip


class Person(models.Model):
    """Somebody (persona). All that is known of them is stated elsewhere; codes and names can change, this cannot."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)


class Household(models.Model):
    """Those who live together and share expenses (mājsaimniecība); who they are is stated in memberships."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)


class Identifier(Statement):
    """A number by which others know the person (identifikators): the personal code, a foreign one, a document."""

    KEY = ("person", "scheme")
    VALUES = ("value",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=20, help_text="personal_code, or the country and kind of another number")
    value = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("identifier"),
            OneAtATime("identifier_one_of_a_scheme_at_a_time", ("person", "scheme")),
            OneAtATime("identifier_belongs_to_one_person_at_a_time", ("value", "scheme")),
            models.CheckConstraint(
                name="personal_code_is_eleven_digits",
                condition=~Q(scheme="personal_code") | Q(value__regex=r"^[0-9]{11}$"),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="identifier_by_value", fields=["value", "scheme"])]


_WORDS = Func(F("search_key"), Value(" "), function="string_to_array", output_field=ArrayField(models.TextField()))


class PersonName(Statement):
    """A name (vārds un uzvārds), with the keys by which it is found and sorted."""

    KEY = ("person",)
    VALUES = ("given_names", "surname")

    person = models.ForeignKey(Person, models.PROTECT, related_name="names")
    given_names = models.CharField(max_length=120)
    surname = models.CharField(max_length=120)
    search_key = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=800)

    class Meta:
        constraints: ClassVar[list[Any]] = [has_days("name"), OneAtATime("one_name_at_a_time", ("person",))]
        indexes: ClassVar[list[Any]] = [GinIndex(_WORDS, name="name_by_words")]


class Address(Statement):
    """Where somebody lives (dzīvesvieta): declared, or in fact."""

    class Kind(models.TextChoices):
        """Dzīvesvietas veids."""

        DECLARED = "declared", "deklarētā dzīvesvieta"
        ACTUAL = "actual", "faktiskā dzīvesvieta"
        POSTAL = "postal", "adrese saziņai"

    KEY = ("person", "kind")
    VALUES = ("municipality_id", "text", "address_code")

    person = models.ForeignKey(Person, models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        help_text="ATVK code of the classification of its days; empty abroad",
    )
    text = models.CharField(max_length=250)
    address_code = models.CharField(max_length=20, blank=True, help_text="code of the state address register")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("address"), OneAtATime("one_address_of_a_kind_at_a_time", ("person", "kind"))
        ]  # fmt: skip


class Jurisdiction(Statement):
    """That a municipality's office deals with somebody on another ground than their declared address (piekritība)."""

    class Ground(models.TextChoices):
        """Piekritības pamats."""

        APPLICATION = "application", "iesniegums"
        PLACEMENT = "placement", "ievietošana aprūpē"

    KEY = ("person", "municipality")
    VALUES = ("ground",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="jurisdictions")
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    ground = models.CharField(max_length=12, choices=Ground.choices)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("jurisdiction"), OneAtATime("one_ground_of_jurisdiction_at_a_time", ("person", "municipality"))
        ]  # fmt: skip


class Contact(Statement):
    """How somebody wants to be reached (saziņas izvēle): language, telephone, e-mail, way of notice."""

    class Kind(models.TextChoices):
        """Saziņas veids."""

        LANGUAGE = "language", "valoda"
        TELEPHONE = "telephone", "tālrunis"
        EMAIL = "email", "e-pasts"
        NOTICE = "notice", "paziņošanas veids"

    KEY = ("person", "kind")
    VALUES = ("value",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("contact"), OneAtATime("one_contact_of_a_kind_at_a_time", ("person", "kind"))
        ]  # fmt: skip


class BankAccount(Statement):
    """The account to which somebody is paid (norēķinu konts)."""

    KEY = ("person",)
    VALUES = ("iban", "holder")

    person = models.ForeignKey(Person, models.PROTECT, related_name="bank_accounts")
    iban = models.CharField(max_length=34)
    holder = models.CharField(
        max_length=140, blank=True, help_text="whose account it is, where it is not the person's own"
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("bank_account"), OneAtATime("one_account_for_payments_at_a_time", ("person",))
        ]  # fmt: skip


class Membership(Statement):
    """That somebody is a member of a household (mājsaimniecības loceklis)."""

    KEY = ("person",)
    VALUES = ("household_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("membership"), OneAtATime("member_of_one_household_at_a_time", ("person",))
        ]  # fmt: skip


class Relation(Statement):
    """A tie to another person (radniecība vai aprūpe), stated on the child; partners are stated on both.

    `place` tells two parents apart; a kind has as many places as the law's input takes.
    """

    KEY = ("person", "kind", "place")
    VALUES = ("other_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in RELATION_KINDS])
    place = models.PositiveSmallIntegerField(default=1)
    other = models.ForeignKey(Person, models.PROTECT, related_name="related")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("relation"),
            OneAtATime("one_relation_in_a_place_at_a_time", ("person", "kind", "place")),
            OneAtATime("one_relation_of_a_kind_with_somebody_at_a_time", ("person", "kind", "other")),
            models.CheckConstraint(name="nobody_is_their_own_relation", condition=~Q(person=F("other"))),
            models.CheckConstraint(
                name="relation_has_a_place_of_its_kind",
                condition=Q(place=1) | Q(place=2, kind__in=[kind for kind, (_, most) in RELATION_KINDS.items()
                                                            if most == 2]),
            ),
        ]  # fmt: skip


class Representation(Statement):
    """That somebody may act for another in some matters (pārstāvība).

    In no matter: that they may not, though the law would let a parent or guardian (a court took custody away).
    """

    class Ground(models.TextChoices):
        """Pārstāvības pamats."""

        COURT = "court", "tiesas nolēmums"
        ORPHANS_COURT = "orphans_court", "bāriņtiesas lēmums"
        AUTHORISATION = "authorisation", "pilnvara"
        SUPPORT = "support", "atbalsta persona"

    class Matter(models.TextChoices):
        """Pārstāvības apjoms."""

        SEE = "see", "skatīt datus"
        APPLY = "apply", "iesniegt un saņemt dokumentus"
        APPEAL = "appeal", "apstrīdēt lēmumus"
        PAYEE = "payee", "saņemt izmaksas"

    KEY = ("person", "representative")
    VALUES = ("ground", "matters")

    person = models.ForeignKey(Person, models.PROTECT, related_name="represented_by")
    representative = models.ForeignKey(Person, models.PROTECT, related_name="represents")
    ground = models.CharField(max_length=16, choices=Ground.choices)
    matters = ArrayField(models.CharField(max_length=8, choices=Matter.choices), blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("representation"),
            OneAtATime("one_ground_of_representation_at_a_time", ("person", "representative")),
            models.CheckConstraint(name="nobody_represents_themselves", condition=~Q(person=F("representative"))),
        ]


class LegalHold(Statement):
    """That nothing of a person may be erased for now (dzēšanas aizliegums): a court case, an audit, a recovery."""

    KEY = ("person", "ground")

    person = models.ForeignKey(Person, models.PROTECT, related_name="legal_holds")
    ground = models.CharField(max_length=120, help_text="the case or order, by its number")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("legal_hold"), OneAtATime("one_hold_on_a_ground_at_a_time", ("person", "ground"))
        ]  # fmt: skip


class Erasure(models.Model):
    """That statements were erased because their time was over (dzēšana): how many, under which rule; not of whom."""

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=32)
    rule = models.CharField(max_length=120)
    statements = models.PositiveBigIntegerField()


class Duplicate(Statement):
    """That two entries are of one person (dublikāts): what is known of either is known of `same_as`, which stands.

    Nothing is moved, so to find that they are two after all is to withdraw this.
    """

    KEY = ("person",)
    VALUES = ("same_as_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="found_to_be")
    same_as = models.ForeignKey(Person, models.PROTECT, related_name="duplicates")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("duplicate"),
            OneAtATime("same_as_one_person_at_a_time", ("person",)),
            models.CheckConstraint(name="nobody_is_their_own_duplicate", condition=~Q(person=F("same_as"))),
        ]


class Fact(Statement):
    """A fact that the law reads (fakts), typed by the law's catalogue of inputs; of a person or of a household.

    Each origin has a line of its own, so what two registers say differently is kept and shown, never overwritten.
    """

    class Status(models.IntegerChoices):
        """How far the answer that it rests on can be relied on; only a known fact may carry an automatic decision."""

        KNOWN = 0, "zināms"
        STALE = 1, "novecojis"
        PARTIAL = 2, "nepilnīgs"
        MISSING = 3, "nav ziņu"
        UNAVAILABLE = 4, "reģistrs nav pieejams"
        UNREADABLE = 5, "nav nolasāms"

    class Certainty(models.IntegerChoices):
        """How it is known."""

        CONFIRMED = 0, "apstiprināts"
        DECLARED = 1, "deklarēts"
        DERIVED = 2, "izsecināts"

    KEY = ("person", "household", "type", "origin")
    VALUES = ("value", "status", "certainty")

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="facts", db_index=False)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="facts", db_index=False
    )
    type = models.PositiveSmallIntegerField(choices=[(one.number, one.key) for one in FACT_TYPES])
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", db_index=False)
    value = models.TextField(null=True, blank=True, help_text="as a household file writes it; empty: there is none")
    status = models.PositiveSmallIntegerField(choices=Status.choices, default=Status.KNOWN)
    certainty = models.PositiveSmallIntegerField(choices=Certainty.choices)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            has_days("fact"),
            models.CheckConstraint(
                name="fact_is_of_a_person_or_a_household",
                condition=Q(person__isnull=True, household__isnull=False)
                | Q(person__isnull=False, household__isnull=True),
            ),
            OneAtATime("one_fact_of_a_person_at_a_time", ("person", "type", "origin"), indexed=2),
            OneAtATime("one_fact_of_a_household_at_a_time", ("household", "type", "origin")),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(name="fact_of_person", fields=["person", "type"]),
            models.Index(name="fact_of_household", fields=["household"], condition=Q(household__isnull=False)),
            models.Index(name="fact_by_birth", fields=["value"], condition=Q(type=1, recorded__upper_inf=True)),
        ]


STATEMENTS: tuple[type[Statement], ...] = (
    Identifier, PersonName, Address, Jurisdiction, Contact, BankAccount, Membership, Relation, Representation,
    Duplicate, LegalHold, Fact,
)  # fmt: skip
"""All kinds of statements."""

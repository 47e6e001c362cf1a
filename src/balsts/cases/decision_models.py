"""The chain: facts → determination → decision → award. Each link points to the one before and is never changed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from balsts.access.models import Institution
from balsts.cases.case_models import Case, StoredFile
from balsts.registry.models import Person
from balsts.registry.uuids import uuid7

MONTHS_HELP = "months by their first days: [first month, first month after); open-ended while nothing ends it"


class LawText(models.Model):
    """A text of the law that decided something (likuma teksts): its hash, and what was laid over it."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    first_used_at = models.DateTimeField(auto_now_add=True)


class Determination(models.Model):
    """What the law gives for a timeline of months, of facts as they were known at a moment (noteikšana).

    With the same facts and the same text of law it comes out the same; `digest` tells.
    """

    class Cause(models.TextChoices):
        """Noteikšanas iemesls."""

        APPLICATION = "application", "iesniegums"
        FACT = "fact", "mainījusies ziņa"
        LAW = "law", "mainījies likums"
        ERROR = "error", "iestādes kļūda"
        TIME = "time", "pagājis laiks"
        APPEAL = "appeal", "apstrīdēšana"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="determinations")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    months = DateRangeField(help_text="the months worked out, by their first days: [first, first after)")
    knowledge_at = models.DateTimeField(help_text="facts as they were known at this moment")
    law = models.ForeignKey(LawText, models.PROTECT, related_name="+")
    doubts = models.JSONField(
        default=list, null=True,
        help_text="facts that cannot carry an automatic decision: about, key, why; null: to be worked out when asked",
    )  # fmt: skip
    discretion = models.JSONField(default=list, help_text="what staff decided where the act lets them, with the reason")
    digest = models.CharField(max_length=64, help_text="of the lines")
    made_at = models.DateTimeField(auto_now_add=True)
    by_staff = models.UUIDField(null=True, help_text="empty: the platform")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="determination_has_months",
                condition=Q(months__isempty=False, months__lower_inf=False, months__upper_inf=False),
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="determinations_of_case", fields=["case", "made_at"])]

    @property
    def said(self) -> list[dict[str, Any]]:
        """What staff decided at their discretion: `code`, `effect`, `reason`, and more by effect."""
        return [one for one in self.discretion if "code" in one]

    @property
    def anchor(self) -> date | None:
        """A day of the month of application: the window of counted income lies before it."""
        return next((date.fromisoformat(one["anchor"]) for one in self.discretion if "anchor" in one), None)


class DeterminationLine(models.Model):
    """One right or status of one payee over months in which nothing about it changes.

    `amount` is in cents, or in pieces for rights in kind; empty for a status. A right that nobody can determine has
    neither: `question` says what is not known.
    """

    class Kind(models.TextChoices):
        """Rindas veids."""

        RIGHT = "right", "tiesības"
        STATUS = "status", "statuss"
        UNDETERMINED = "undetermined", "nav nosakāms"

    determination = models.ForeignKey(Determination, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=48)
    payee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", help_text="empty: the household")
    beneficiaries = ArrayField(models.UUIDField(), default=list)
    months = DateRangeField(help_text=MONTHS_HELP)
    amount = models.BigIntegerField(null=True)
    per = models.CharField(max_length=10, blank=True)
    paid_after_months = models.SmallIntegerField(default=0, help_text="how many months after its own it is paid")
    rule_since = models.DateField(null=True, help_text="the wording of the rule, by its first day")
    question = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="line_has_what_its_kind_has",
                condition=Q(kind="right", amount__gt=0, question="")
                | Q(kind="status", amount__isnull=True, question="")
                | (Q(kind="undetermined", amount__isnull=True) & ~Q(question="")),
            ),
            models.CheckConstraint(name="line_has_months", condition=Q(months__isempty=False, months__lower_inf=False)),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(name="lines_of_determination", fields=["determination", "code"]),
        ]


class Decision(models.Model):
    """An administrative act (lēmums). What it says never changes; how far it has come stands in its steps."""

    class Kind(models.TextChoices):
        """Lēmuma veids."""

        GRANT = "grant", "piešķirt"
        REFUSE = "refuse", "atteikt"
        REPLACE = "replace", "aizstāt iepriekšējo lēmumu"
        END = "end", "izbeigt"
        DISMISS = "dismiss", "izbeigt lietvedību"

    class State(models.TextChoices):
        """Lēmuma stāvoklis."""

        DRAFTED = "drafted", "sagatavots"
        CHECKED = "checked", "pārbaudīts"
        SIGNED = "signed", "parakstīts"
        NOTIFIED = "notified", "paziņots"
        IN_FORCE = "in_force", "spēkā"
        APPEALED = "appealed", "apstrīdēts"
        REPLACED = "replaced", "aizstāts"
        ENDED = "ended", "beidzies"
        DISCARDED = "discarded", "atmests"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    determination = models.ForeignKey(Determination, models.PROTECT, null=True, related_name="decisions")
    application = models.ForeignKey("cases.Application", models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    since = models.DateField(help_text="the first month or day it is about")
    is_automatic = models.BooleanField(default=False)
    needs_second = models.BooleanField(help_text="whether somebody else must check it before it is signed")
    reasons = models.CharField(max_length=4000, blank=True, help_text="what staff add to the reasons of the law")
    content = models.JSONField(default=dict, help_text="what is decided where it is not money: by the case type")
    drafted_by = models.UUIDField(null=True, help_text="empty: the platform")
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTED, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="decision_is_drafted_by_somebody",
                condition=Q(is_automatic=True, drafted_by__isnull=True, needs_second=False)
                | Q(is_automatic=False, drafted_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_decision_is_being_made_in_a_case",
                fields=["case"],
                condition=Q(state__in=["drafted", "checked", "signed"]),
            ),
            models.UniqueConstraint(
                name="decision_is_replaced_once", fields=["replaces"], condition=~Q(state="discarded")
            ),
            models.CheckConstraint(name="decision_does_not_replace_itself", condition=~Q(replaces=F("id"))),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="decisions_of_case", fields=["case", "made_at"])]


class DecisionStep(models.Model):
    """One step of a decision (lēmuma solis): which, when, by whom. The database holds to the order of steps."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=Decision.State.choices)
    at = models.DateTimeField(auto_now_add=True)
    on = models.DateField(help_text="the day from which it counts")
    by_staff = models.UUIDField(null=True, help_text="empty: the platform, or the person")
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="decision_takes_a_step_once",
                fields=["decision", "step"],
                condition=~Q(step__in=["in_force", "appealed"]),
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(name="steps_of_decision", fields=["decision", "at"]),
            models.Index(name="signed_in_a_month", fields=["at"], condition=Q(step="signed")),
        ]


class Trace(models.Model):
    """The explanation that a decision was made with (pamatojums): JSON by month and right, compressed."""

    decision = models.OneToOneField(Decision, models.PROTECT, primary_key=True, related_name="trace")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="of the JSON")


class Award(models.Model):
    """A right or status granted for months (piešķīrums), believed from one moment to another.

    A later decision ends the belief and states what goes on; nothing edits it. Amounts stand in its spans.
    """

    class Kind(models.TextChoices):
        """Piešķīruma veids."""

        RIGHT = "right", "tiesības"
        STATUS = "status", "statuss"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    case = models.ForeignKey(Case, models.PROTECT, related_name="awards")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    code = models.CharField(max_length=48)
    payee = models.ForeignKey(Person, models.PROTECT, related_name="awards", help_text="who gets it")
    months = DateRangeField(help_text=MONTHS_HELP)
    recorded = DateTimeRangeField(help_text="the moments it was believed: open-ended while it is")
    ended_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="award_has_months", condition=Q(months__isempty=False, months__lower_inf=False)
            ),
            models.CheckConstraint(
                name="award_is_ended_by_a_decision",
                condition=Q(recorded__upper_inf=True, ended_by__isnull=True)
                | Q(recorded__upper_inf=False, ended_by__isnull=False),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(name="awards_of_case", fields=["case"], condition=Q(recorded__upper_inf=True)),
            models.Index(name="awards_by_code", fields=["code"], condition=Q(recorded__upper_inf=True)),
        ]


class AwardHolder(models.Model):
    """For whom an award is (par kuru pienākas). Of one right, nobody has two at a time, whichever office decides."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    code = models.CharField(max_length=48)
    months = DateRangeField(help_text="those of the award")
    is_believed = models.BooleanField(default=True, help_text="follows the award")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="nobody_has_one_right_twice",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("months", RangeOperators.OVERLAPS),
                ],
                condition=Q(is_believed=True),
                violation_error_message="This person has this right in these months already.",
            )
        ]


class AwardSpan(models.Model):
    """The amount of an award over months (piešķīruma summa): cents a month, or pieces."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="spans")
    months = DateRangeField(help_text=MONTHS_HELP)
    amount = models.BigIntegerField()
    per = models.CharField(max_length=10)
    paid_after_months = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="award_span_is_positive", condition=Q(amount__gt=0)),
            ExclusionConstraint(
                name="award_has_one_amount_at_a_time",
                expressions=[("award", RangeOperators.EQUAL), ("months", RangeOperators.OVERLAPS)],
            ),
        ]


class Notice(models.Model):
    """The sealed document by which a decision is made known (paziņojums), in one language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="notices")
    language = models.CharField(max_length=2, choices=[("lv", "latviešu"), ("en", "angļu")])
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="one_notice_in_a_language", fields=["decision", "language"])
        ]


class Appeal(models.Model):
    """That somebody contests a decision (apstrīdēšana), and what came of it."""

    class Outcome(models.TextChoices):
        """Apstrīdēšanas rezultāts."""

        UPHELD = "upheld", "atstāts negrozīts"
        CHANGED = "changed", "grozīts"
        ANNULLED = "annulled", "atcelts"
        WITHDRAWN = "withdrawn", "atsaukts"
        LATE = "late", "iesniegts par vēlu"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    case = models.ForeignKey(Case, models.PROTECT, related_name="appeals")
    number = models.CharField(max_length=24, unique=True)
    key = models.UUIDField(unique=True)
    heard_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by_staff = models.UUIDField(null=True, help_text="the member of staff who entered it")
    received_on = models.DateField()
    grounds = models.CharField(max_length=4000)
    due_on = models.DateField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    reasons = models.CharField(max_length=4000, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    new_decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="decision_is_contested_once_at_a_time", fields=["decision"], condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="appeal_is_decided_whole",
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
        ]

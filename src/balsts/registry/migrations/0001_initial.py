"""Persons, households and statements about them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import balsts.registry.uuids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0003_municipalities"),
    ]

    operations = [
        TrigramExtension(),  # likeness of names
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name_lv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("rank", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(help_text="the message, declaration or document; with its hash", max_length=120),
                ),
                ("reason", models.CharField(blank=True, help_text="why, where it corrects something", max_length=300)),
                (
                    "staff",
                    models.UUIDField(blank=True, help_text="the account that recorded it, if one did", null=True),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.origin"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("court", "tiesas nolēmums"),
                            ("orphans_court", "bāriņtiesas lēmums"),
                            ("authorisation", "pilnvara"),
                            ("support", "atbalsta persona"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("see", "skatīt datus"),
                                ("apply", "iesniegt un saņemt dokumentus"),
                                ("appeal", "apstrīdēt lēmumus"),
                                ("payee", "saņemt izmaksas"),
                            ],
                            max_length=8,
                        ),
                        size=None,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represented_by", to="registry.person"
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represents", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid__isempty", False)), name="representation_has_days"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("representative", "="), ("valid", "&&")],
                        name="one_ground_of_representation_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("representative")), _negated=True),
                        name="nobody_represents_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("matters__len__gt", 0)), name="representation_is_in_some_matter"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("partner", "partner"),
                            ("parent", "parent"),
                            ("guardian", "guardian"),
                            ("foster_parent", "foster_parent"),
                            ("adoptive_parent", "adoptive_parent"),
                            ("preadoption_carer", "preadoption_carer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=1)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="related", to="registry.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="relation_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("kind", "="), ("place", "="), ("valid", "&&")],
                        name="one_relation_in_a_place_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("kind", "="), ("other", "="), ("valid", "&&")],
                        name="one_relation_of_a_kind_with_somebody_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="nobody_is_their_own_relation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place", 1),
                            models.Q(("kind__in", ["parent", "foster_parent", "adoptive_parent"]), ("place", 2)),
                            _connector="OR",
                        ),
                        name="relation_has_a_place_of_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                ("given_names", models.CharField(max_length=120)),
                ("surname", models.CharField(max_length=120)),
                ("search_key", models.CharField(max_length=250)),
                ("sort_key", models.CharField(max_length=800)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="name_by_likeness", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="name_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("valid", "&&")],
                        name="one_name_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="registry.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="membership_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("valid", "&&")],
                        name="member_of_one_household_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[("application", "iesniegums"), ("placement", "ievietošana aprūpē")], max_length=12
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="access.municipality"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="jurisdictions", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="jurisdiction_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("municipality", "="), ("valid", "&&")],
                        name="one_ground_of_jurisdiction_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        help_text="personal_code, or the country and kind of another number", max_length=20
                    ),
                ),
                ("value", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identifiers", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value", "scheme"], name="identifier_by_value")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="identifier_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("scheme", "="), ("valid", "&&")],
                        name="identifier_one_of_a_scheme_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("scheme", "="), ("value", "="), ("valid", "&&")],
                        name="identifier_belongs_to_one_person_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scheme", "personal_code"), _negated=True),
                            ("value__regex", "^[0-9]{11}$"),
                            _connector="OR",
                        ),
                        name="personal_code_is_eleven_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "type",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "born"),
                            (2, "died"),
                            (3, "sex"),
                            (4, "is_emergency_guardian"),
                            (5, "care_granted_on"),
                            (6, "adopted_on"),
                            (7, "left_care_on"),
                            (8, "birth_order"),
                            (9, "is_married"),
                            (10, "resident_status"),
                            (11, "disability_group"),
                            (12, "is_disabled_child"),
                            (13, "is_disabled_since_childhood"),
                            (14, "needs_special_care"),
                            (15, "mobility_opinion_on"),
                            (16, "has_sight_disability_group_1"),
                            (17, "has_celiac_certificate"),
                            (18, "education"),
                            (19, "is_employed"),
                            (20, "is_insured"),
                            (21, "is_imprisoned"),
                            (22, "is_in_long_term_care"),
                            (23, "long_term_care_cost_eur_month"),
                            (24, "is_orphan_after_care"),
                            (25, "lost_breadwinner_on"),
                            (26, "is_chernobyl_participant"),
                            (27, "applied_for"),
                            (28, "claimed_on"),
                            (29, "wage_net_eur_month"),
                            (30, "pension_eur_month"),
                            (31, "other_counted_income_eur_month"),
                            (32, "uncounted_income_eur_month"),
                            (33, "pension_gross_eur_month"),
                            (34, "is_early_pension"),
                            (35, "other_child_payments_eur_month"),
                            (36, "savings_eur"),
                            (37, "insurance_record_years"),
                            (38, "insurance_record_before_1996_years"),
                            (39, "notional_capital_eur"),
                            (40, "initial_capital_eur"),
                            (41, "pension_granted_on"),
                            (42, "average_contribution_wage_eur_month"),
                            (43, "average_contribution_wage_eur_day"),
                            (44, "incapacity_days"),
                            (45, "leave_days"),
                            (46, "parental_benefit_option"),
                            (47, "unemployed_since"),
                            (48, "capacity_loss_percent"),
                            (49, "gross_wage_eur_month"),
                            (50, "assistant_hours"),
                            (51, "housing_costs_eur_month"),
                            (52, "municipality"),
                            (53, "has_needy_property"),
                            (54, "months_since_first_application"),
                            (55, "crisis"),
                            (56, "housing_benefit_first_month"),
                        ]
                    ),
                ),
                (
                    "value",
                    models.TextField(
                        blank=True, help_text="as a household file writes it; empty: there is none", null=True
                    ),
                ),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "zināms"),
                            (1, "novecojis"),
                            (2, "nepilnīgs"),
                            (3, "nav ziņu"),
                            (4, "reģistrs nav pieejams"),
                            (5, "nav nolasāms"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "certainty",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "apstiprināts"), (1, "deklarēts"), (2, "izsecināts")]
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="registry.household",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="registry.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("recorded__upper_inf", True), ("type", 1)),
                        fields=["value"],
                        name="fact_by_birth",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="fact_has_days"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("household__isnull", False), ("person__isnull", True)),
                            models.Q(("household__isnull", True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="fact_is_of_a_person_or_a_household",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True), ("person__isnull", False)),
                        expressions=[("person", "="), ("type", "="), ("origin", "="), ("valid", "&&")],
                        name="one_fact_of_a_person_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True), ("household__isnull", False)),
                        expressions=[("household", "="), ("type", "="), ("origin", "="), ("valid", "&&")],
                        name="one_fact_of_a_household_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("language", "valoda"),
                            ("telephone", "tālrunis"),
                            ("email", "e-pasts"),
                            ("notice", "paziņošanas veids"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="contact_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("kind", "="), ("valid", "&&")],
                        name="one_contact_of_a_kind_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                ("iban", models.CharField(max_length=34)),
                (
                    "holder",
                    models.CharField(
                        blank=True, help_text="whose account it is, where it is not the person's own", max_length=140
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_accounts", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="bank_account_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("valid", "&&")],
                        name="one_account_for_payments_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("declared", "deklarētā dzīvesvieta"),
                            ("actual", "faktiskā dzīvesvieta"),
                            ("postal", "adrese saziņai"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(max_length=250)),
                (
                    "address_code",
                    models.CharField(blank=True, help_text="code of the state address register", max_length=20),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        help_text="ATVK code of the classification of its days; empty abroad",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.municipality",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="registry.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="address_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("kind", "="), ("valid", "&&")],
                        name="one_address_of_a_kind_at_a_time",
                    ),
                ],
            },
        ),
    ]

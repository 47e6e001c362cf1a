"""Withholding: claims, plans, orders, write-offs, deductions; what keeps them, who sees them, and the rules."""

from pathlib import Path

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

import balsts.registry.uuids
from balsts.payments.withholding_law import LIMITS

_SQL = Path(__file__).with_name("sql")


def fill(apps, schema_editor):
    """The rules as `withholding_law.py` has them; a later migration does the same when it has changed."""
    rule = apps.get_model("payments", "WithholdingRule")
    same = (
        "code",
        "kind",
        "answer",
        "since",
        "basis",
        "question",
        "percent",
        "of_excess",
        "floor",
        "floor_child",
        "floor_children_most",
    )
    found = [
        rule(**{name: getattr(one, name) for name in same}, reason_lv=one.reason.lv, reason_en=one.reason.en)
        for one in LIMITS
    ]
    fields = [name for name in (*same, "reason_lv", "reason_en") if name not in ("code", "kind", "since")]
    rows = rule.objects.using(schema_editor.connection.alias)
    rows.bulk_create(found, update_conflicts=True, unique_fields=["code", "kind", "since"], update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_payment_roles"),
        ("cases", "0011_asked_once"),
        ("payments", "0003_programmes"),
        ("registry", "0015_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("amount", models.BigIntegerField(help_text="cents, of all its parts")),
                ("reason", models.CharField(help_text="why, with the article; names nobody", max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClaimPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cents", models.BigIntegerField()),
                (
                    "stands",
                    models.BooleanField(default=True, help_text="false: the claim was withdrawn before anybody agreed"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cents", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(help_text="in the run, where it is transferred", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField(help_text="the first month, by its first day")),
                ("months", models.PositiveSmallIntegerField()),
                (
                    "monthly",
                    models.BigIntegerField(help_text="cents, of the first month; later ones may be a cent less"),
                ),
                ("is_withheld", models.BooleanField(help_text="kept back from payments; else the debtor pays")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Repayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cents", models.BigIntegerField()),
                ("received_on", models.DateField()),
                ("reference", models.CharField(help_text="of the bank's entry", max_length=70)),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="WithholdingOrder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("matter", models.UUIDField(default=balsts.registry.uuids.uuid7)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("maintenance", "maintenance"),
                            ("enforcement", "enforcement"),
                            ("recovery", "recovery"),
                        ],
                        max_length=12,
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(help_text="the order of satisfaction (kārta): 1 first")),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="payment days it is for: [first day, first day after)"
                    ),
                ),
                (
                    "total",
                    models.BigIntegerField(help_text="cents in all; empty: as long as it is in force", null=True),
                ),
                ("monthly", models.BigIntegerField(help_text="cents a month at most", null=True)),
                (
                    "children",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="minors in the debtor's care, as the document says"
                    ),
                ),
                ("creditor", models.CharField(blank=True, max_length=140)),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("reference", models.CharField(blank=True, help_text="the number of the document", max_length=70)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WithholdingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="of the right", max_length=48)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("maintenance", "maintenance"),
                            ("enforcement", "enforcement"),
                            ("recovery", "recovery"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "answer",
                    models.CharField(choices=[("may", "may"), ("never", "never"), ("open", "open")], max_length=5),
                ),
                ("since", models.DateField(help_text="the first payment day it is for, until the next rule")),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                (
                    "of_excess",
                    models.BooleanField(default=False, help_text="of what exceeds the floor, not of the whole payment"),
                ),
                ("floor", models.BigIntegerField(default=0, help_text="cents that are kept in any case")),
                ("floor_child", models.BigIntegerField(default=0)),
                ("floor_children_most", models.BigIntegerField(default=0)),
                ("basis", models.CharField(blank=True, help_text="where it was read", max_length=300)),
                ("question", models.CharField(blank=True, max_length=500)),
                (
                    "reason_lv",
                    models.CharField(
                        blank=True, help_text="what a person is told where nothing is withheld", max_length=200
                    ),
                ),
                ("reason_en", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="WriteOff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("cents", models.BigIntegerField()),
                ("reason", models.CharField(max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="entry_is_of_one_thing",
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="payments.run",
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="account",
            field=models.CharField(
                choices=[
                    ("expense", "pabalstu izdevumi"),
                    ("payable", "saistības pret saņēmēju"),
                    ("overpaid", "pārmaksa, par kuru vēl nav lemts"),
                    ("bank", "norēķinu konts bankā"),
                    ("claim", "prasījums pret parādnieku"),
                    ("creditor", "saistības pret piedzinēju"),
                    ("repaid", "saņemtās atmaksas"),
                    ("write_off", "norakstītie prasījumi"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(condition=models.Q(("withheld__gt", 0)), fields=["run"], name="lines_that_keep_back"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withheld", 0),
                    models.Q(("held", ""), ("withheld__gt", 0), ("withheld__lte", models.F("amount"))),
                    _connector="OR",
                ),
                name="line_keeps_back_no_more_than_it_pays",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="debtor",
            field=models.ForeignKey(
                help_text="parādnieks",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.person",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="payer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payments.claim",
            ),
        ),
        migrations.AddField(
            model_name="claimpart",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payments.claim"
            ),
        ),
        migrations.AddField(
            model_name="claimpart",
            name="overpaid",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.overpaid"
            ),
        ),
        migrations.AddField(
            model_name="deduction",
            name="line",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deductions",
                to="payments.line",
            ),
        ),
        migrations.AddField(
            model_name="deduction",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="payments.claim"
            ),
        ),
        migrations.AddField(
            model_name="repayment",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="repayments", to="payments.claim"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="repayment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payments.repayment",
            ),
        ),
        migrations.AddField(
            model_name="withholdingorder",
            name="debtor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
            ),
        ),
        migrations.AddField(
            model_name="withholdingorder",
            name="payer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
            ),
        ),
        migrations.AddField(
            model_name="withholdingorder",
            name="plan",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="order", to="payments.plan"
            ),
        ),
        migrations.AddField(
            model_name="deduction",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deductions", to="payments.withholdingorder"
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingrule",
            constraint=models.UniqueConstraint(fields=("code", "kind", "since"), name="one_withholding_rule_a_day"),
        ),
        migrations.AddConstraint(
            model_name="withholdingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("floor__gte", 0),
                    ("floor_child__gte", 0),
                    ("floor_children_most__gte", 0),
                    ("percent__lte", 100),
                    models.Q(("percent__gt", 0), models.Q(("answer", "may"), _negated=True), _connector="OR"),
                ),
                name="withholding_rule_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", "may"), models.Q(("reason_lv", ""), _negated=True), _connector="OR"),
                name="withholding_rule_says_why_not",
            ),
        ),
        migrations.AddField(
            model_name="writeoff",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="write_offs", to="payments.claim"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="write_off",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payments.writeoff",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(
                        "line",
                        "overpaid",
                        "event",
                        "claim",
                        "repayment",
                        "write_off",
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="entry_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("claim__isnull", True),
                        ("repayment__isnull", True),
                        ("run__isnull", False),
                        ("write_off__isnull", True),
                    ),
                    models.Q(
                        ("event__isnull", True),
                        ("line__isnull", True),
                        ("overpaid__isnull", True),
                        ("run__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="entry_of_a_run_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("claim__isnull", False)), fields=("claim",), name="claim_has_one_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("repayment__isnull", False)), fields=("repayment",), name="repayment_has_one_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("write_off__isnull", False)), fields=("write_off",), name="write_off_has_one_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("by_staff")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="claim_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="claimpart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands", True)), fields=("overpaid",), name="overpaid_is_claimed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimpart",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="claim_part_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("by_staff")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="plan_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("monthly__gt", 0), ("months__gt", 0), ("since__day", 1)), name="plan_is_by_months"
            ),
        ),
        migrations.AddConstraint(
            model_name="repayment",
            constraint=models.UniqueConstraint(fields=("claim", "reference"), name="repayment_counts_once"),
        ),
        migrations.AddConstraint(
            model_name="repayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), models.Q(("reference", ""), _negated=True)),
                name="repayment_is_positive",
            ),
        ),
        migrations.AddIndex(
            model_name="withholdingorder",
            index=models.Index(fields=["matter"], name="orders_of_matter"),
        ),
        migrations.AddConstraint(
            model_name="withholdingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("by_staff")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="withholdingorder_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("creditor", ""),
                        ("iban", ""),
                        ("kind", "recovery"),
                        ("plan__isnull", False),
                        ("total__isnull", True),
                    ),
                    models.Q(
                        models.Q(("kind", "recovery"), _negated=True),
                        ("plan__isnull", True),
                        models.Q(("creditor", ""), _negated=True),
                        models.Q(("iban", ""), _negated=True),
                        models.Q(("reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="order_names_a_creditor_or_a_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("total__isnull", False), ("monthly__isnull", False), _connector="OR"),
                    models.Q(("total__isnull", True), ("total__gt", 0), _connector="OR"),
                    models.Q(("monthly__isnull", True), ("monthly__gt", 0), _connector="OR"),
                ),
                name="order_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed_by__isnull", False), ("ended_by__isnull", True)),
                fields=("matter",),
                name="one_order_of_a_matter_is_believed",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__gte", 1), ("rank__lte", 9), ("valid__isempty", False)), name="order_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="deduction",
            constraint=models.UniqueConstraint(fields=("line", "order"), name="order_takes_from_a_line_once"),
        ),
        migrations.AddConstraint(
            model_name="deduction",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="deduction_has_its_number_in_the_run"),
        ),
        migrations.AddConstraint(
            model_name="deduction",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="deduction_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="writeoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("by_staff")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="writeoff_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="writeoff",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="write_off_is_positive"),
        ),
        migrations.RunSQL(
            (_SQL / "0006_withholding.sql").read_text(encoding="utf-8"),
            (_SQL / "0006_withholding_reverse.sql").read_text(encoding="utf-8"),
        ),
        migrations.RunSQL((_SQL / "0006_deductions.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL((_SQL / "0006_withholding_walls.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

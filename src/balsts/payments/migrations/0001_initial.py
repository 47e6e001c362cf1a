"""Tables of payments and the ledger."""

import django.db.models.deletion
from django.db import migrations, models

import balsts.registry.uuids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0009_payment_roles"),
        ("cases", "0011_asked_once"),
        ("registry", "0015_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("code", models.CharField(help_text="of the right", max_length=48, primary_key=True, serialize=False)),
                (
                    "programme",
                    models.CharField(blank=True, help_text="own: the municipality's own account", max_length=12),
                ),
                ("is_money", models.BooleanField(help_text="false: given in pieces, never paid")),
                ("basis", models.CharField(blank=True, help_text="where the programme was read", max_length=200)),
                ("question", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_money", False), ("programme", "")),
                            models.Q(("programme", ""), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="programme_is_known_or_asked_for",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField(help_text="the month in which it pays, by its first day")),
                (
                    "kind",
                    models.CharField(
                        choices=[("monthly", "mēneša izmaksa"), ("extra", "ārpuskārtas izmaksa")],
                        default="monthly",
                        max_length=8,
                    ),
                ),
                (
                    "snapshot_at",
                    models.DateTimeField(help_text="awards and accounts as they were believed at this moment"),
                ),
                ("pay_on", models.DateField(help_text="the payment day (izmaksas diena), a working day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "sagatavots"),
                            ("acknowledged", "atšķirības izskatītas"),
                            ("approved", "apstiprināts"),
                            ("released", "nodots izmaksai"),
                            ("cancelled", "atcelts"),
                        ],
                        default="prepared",
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        help_text="maksātājs",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.institution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Overpaid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="in the run")),
                ("code", models.CharField(help_text="of the right", max_length=48)),
                ("month", models.DateField(help_text="the month it is for (tiesību mēnesis)")),
                ("due", models.DateField(help_text="the month in which the act has it paid (izmaksas mēnesis)")),
                ("part", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField(help_text="cents")),
                ("programme", models.CharField(blank=True, max_length=12)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        help_text="to whom it is owed (saņēmējs)",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="in the run")),
                ("code", models.CharField(help_text="of the right", max_length=48)),
                ("month", models.DateField(help_text="the month it is for (tiesību mēnesis)")),
                ("due", models.DateField(help_text="the month in which the act has it paid (izmaksas mēnesis)")),
                ("part", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField(help_text="cents")),
                ("programme", models.CharField(blank=True, max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[("current", "kārtējā izmaksa"), ("arrears", "pārrēķins vai nokavēta izmaksa")],
                        max_length=8,
                    ),
                ),
                ("iban", models.CharField(blank=True, help_text="as it was valid on the payment day", max_length=34)),
                (
                    "held",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nav aizturēts"),
                            ("dead", "saņēmējs miris"),
                            ("no_programme", "nav zināma budžeta programma"),
                            ("receivers", "izmaksas drīkst saņemt vairāki pārstāvji"),
                            ("no_account", "nav konta, kas derīgs izmaksas dienā"),
                        ],
                        help_text="why it is not paid yet",
                        max_length=12,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        db_index=False,
                        help_text="the first of those that give it: each child of a payee may have one",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_lines",
                        to="cases.award",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        help_text="to whom it is owed (saņēmējs)",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who gets it on behalf of the payee: the payee, or a representative for payments",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "line",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entry", to="payments.line"
                    ),
                ),
                (
                    "overpaid",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry",
                        to="payments.overpaid",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("prepared", "sagatavots"),
                            ("acknowledged", "atšķirības izskatītas"),
                            ("approved", "apstiprināts"),
                            ("released", "nodots izmaksai"),
                            ("cancelled", "atcelts"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_staff", models.UUIDField()),
                (
                    "detail",
                    models.CharField(
                        blank=True, help_text="of an acknowledgement: the hash of what was seen", max_length=300
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="payments.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("expense", "pabalstu izdevumi"),
                            ("payable", "saistības pret saņēmēju"),
                            ("overpaid", "pārmaksa, par kuru vēl nav lemts"),
                        ],
                        max_length=10,
                    ),
                ),
                ("programme", models.CharField(max_length=12)),
                ("code", models.CharField(help_text="of the right", max_length=48)),
                ("month", models.DateField(help_text="the month of the right")),
                ("cents", models.BigIntegerField(help_text="debit above zero, credit below")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="payments.ledgerentry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        help_text="creditor or debtor",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("cents", 0), _negated=True), name="posting_is_not_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account", "expense"), ("person__isnull", True)),
                            models.Q(models.Q(("account", "expense"), _negated=True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="posting_to_a_person_names_them",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("payer", "month", "kind"),
                name="one_run_of_a_payer_month_and_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="run_is_of_a_month"),
        ),
        migrations.AddConstraint(
            model_name="overpaid",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="overpaid_has_its_number_in_the_run"),
        ),
        migrations.AddConstraint(
            model_name="overpaid",
            constraint=models.UniqueConstraint(
                fields=("case", "code", "payee", "month", "part"), name="overpaid_is_found_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="overpaid",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="overpaid_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="line_has_its_number_in_the_run"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("case", "code", "payee", "month", "part"), name="line_pays_a_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="line_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held", ""), _negated=True),
                    models.Q(
                        models.Q(("iban", ""), _negated=True),
                        models.Q(("programme", ""), _negated=True),
                        ("receiver__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="line_can_be_paid_or_is_held",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["run"], name="entries_of_run"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("line__isnull", False), ("overpaid__isnull", True)),
                    models.Q(("line__isnull", True), ("overpaid__isnull", False)),
                    _connector="OR",
                ),
                name="entry_is_of_a_line_or_an_overpayment",
            ),
        ),
        migrations.AddIndex(
            model_name="runstep",
            index=models.Index(fields=["run", "at"], name="steps_of_run"),
        ),
    ]

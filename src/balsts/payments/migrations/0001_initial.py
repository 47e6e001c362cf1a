"""Tables of payments, the ledger, and what goes to a bank and comes from it."""

import django.contrib.postgres.constraints
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
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="in the run")),
                ("programme", models.CharField(max_length=12)),
                ("first", models.PositiveIntegerField(help_text="number of its first line")),
                ("last", models.PositiveIntegerField(help_text="number of its last line")),
                ("transfers", models.PositiveIntegerField()),
                ("cents", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(
                        help_text="of its message, by which the bank knows it (MsgId)", max_length=35, unique=True
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField(help_text="in bytes")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stored", "saglabāta"),
                            ("sending", "tiek sūtīta"),
                            ("received", "banka saņēmusi"),
                            ("accepted", "banka pieņēmusi"),
                            ("in_part", "banka pieņēmusi daļēji"),
                            ("refused", "banka nepieņem"),
                        ],
                        default="stored",
                        editable=False,
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BankMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "number",
                    models.BigIntegerField(help_text="its last place in the order in which the bank gives messages"),
                ),
                ("name", models.CharField(help_text="as the bank names it", max_length=200)),
                ("size", models.BigIntegerField(help_text="in bytes")),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "saņemta"), ("applied", "ierakstīta"), ("aside", "atlikta malā")],
                        default="new",
                        max_length=8,
                    ),
                ),
                ("kind", models.CharField(blank=True, help_text="statement, notification or report", max_length=16)),
                ("account", models.CharField(blank=True, help_text="IBAN it is of", max_length=34)),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="what the bank calls the statement or report", max_length=70
                    ),
                ),
                ("opening", models.BigIntegerField(help_text="cents", null=True)),
                ("closing", models.BigIntegerField(help_text="cents", null=True)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, help_text="why it was set aside", max_length=1000)),
                ("settled_at", models.DateTimeField(help_text="when it was applied or set aside", null=True)),
                (
                    "payer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.institution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseMoved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "from_payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("booked", "izmaksāts"), ("returned", "atgriezts"), ("rejected", "noraidīts")],
                        max_length=8,
                    ),
                ),
                ("entry", models.PositiveIntegerField(help_text="in the message")),
                ("place", models.PositiveIntegerField(help_text="in the entry")),
                ("cents", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, help_text="code, or the bank's own word", max_length=35)),
                (
                    "action",
                    models.CharField(
                        blank=True, help_text="what follows (`iso20022.return_codes.Action`)", max_length=24
                    ),
                ),
                ("on", models.DateField(help_text="booked on", null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        help_text="empty: the whole file was refused when it was sent",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.bankmessage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FileStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("stored", "saglabāta"),
                            ("sending", "tiek sūtīta"),
                            ("received", "banka saņēmusi"),
                            ("accepted", "banka pieņēmusi"),
                            ("in_part", "banka pieņēmusi daļēji"),
                            ("refused", "banka nepieņem"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "detail",
                    models.CharField(blank=True, help_text="the bank's receipt, or why it refuses", max_length=300),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="payments.bankfile"
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
                        choices=[
                            ("current", "kārtējā izmaksa"),
                            ("arrears", "pārrēķins vai nokavēta izmaksa"),
                            ("again", "atkārtota izmaksa pēc bankas atmaksas"),
                        ],
                        max_length=8,
                    ),
                ),
                ("iban", models.CharField(blank=True, help_text="as it was valid on the payment day", max_length=34)),
                (
                    "withheld",
                    models.BigIntegerField(default=0, help_text="cents of the amount that do not go to the receiver"),
                ),
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
                            ("account_back", "banka uz šo kontu nemaksā"),
                            ("asked", "noskaidro, kāpēc banka maksājumu atgrieza"),
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
            ],
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entry",
                        to="payments.event",
                    ),
                ),
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
            ],
        ),
        migrations.CreateModel(
            name="PayerAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "programme",
                    models.CharField(
                        blank=True, help_text="empty: every programme without one of its own", max_length=12
                    ),
                ),
                ("iban", models.CharField(max_length=34)),
                ("bic", models.CharField(max_length=11)),
                ("most_transfers", models.PositiveIntegerField(help_text="in one file")),
                ("most_cents", models.BigIntegerField(help_text="in one file; empty: no limit", null=True)),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payer_accounts",
                        to="access.institution",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="bankfile",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payeraccount"
            ),
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
                            ("bank", "norēķinu konts bankā"),
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
                        db_constraint=False,
                        db_index=False,
                        help_text="creditor or debtor",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
            ],
        ),
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
                (
                    "number",
                    models.BigIntegerField(
                        editable=False, help_text="by it the bank is told which run it is", unique=True
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
                (
                    "last_event",
                    models.BigIntegerField(default=0, help_text="of the bank, that was known when it was prepared"),
                ),
                (
                    "last_move",
                    models.BigIntegerField(default=0, help_text="of a case to another payer, that was known then"),
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
                    "is_filed",
                    models.BooleanField(
                        default=False, editable=False, help_text="every line that is paid is in a file"
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
        migrations.AddField(
            model_name="overpaid",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
            ),
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("back", "maksājums atgriezts vai noraidīts"),
                            ("unknown", "bankas ieraksts, kam nav mūsu maksājuma"),
                            ("amount", "cita summa, nekā maksājām"),
                            ("message", "bankas ziņa, ko nevar lietot"),
                            ("file", "banka nepieņem datni"),
                            ("gap", "starp izrakstiem trūkst cita izraksta"),
                        ],
                        max_length=8,
                    ),
                ),
                ("entry", models.PositiveIntegerField(null=True)),
                ("place", models.PositiveIntegerField(null=True)),
                ("number", models.PositiveIntegerField(help_text="of the line it is about", null=True)),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("action", models.CharField(blank=True, max_length=24)),
                ("detail", models.CharField(blank=True, help_text="what the bank says", max_length=1000)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.UUIDField(null=True)),
                ("note", models.CharField(blank=True, help_text="how it was settled", max_length=1000)),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matter",
                        to="payments.event",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="payments.bankfile",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="payments.bankmessage",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.institution",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="the payee",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="line",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="payments.run"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
            ),
        ),
        migrations.AddField(
            model_name="bankfile",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="files", to="payments.run"
            ),
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
        migrations.AddConstraint(
            model_name="bankmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "applied")),
                fields=("kind", "account", "reference"),
                name="statement_is_applied_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "aside"), ("problem", ""), _connector="XOR"),
                name="message_is_set_aside_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeraccount",
            constraint=models.UniqueConstraint(
                fields=("payer", "programme"), name="one_account_of_a_payer_for_a_programme"
            ),
        ),
        migrations.AddConstraint(
            model_name="payeraccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_transfers__gt", 0), models.Q(("most_cents", None), ("most_cents__gt", 0), _connector="OR")
                ),
                name="bank_takes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents", 0), _negated=True), name="posting_is_not_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__in", ["expense", "bank"]), ("person__isnull", True)),
                    models.Q(models.Q(("account__in", ["expense", "bank"]), _negated=True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="posting_to_a_person_names_them",
            ),
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
            constraint=models.CheckConstraint(
                condition=models.Q(("is_filed", False), ("state", "released"), _connector="OR"),
                name="run_is_filed_once_released",
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
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["payer", "opened_at"], name="open_matters"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("settled_at", None), models.Q(("iban", ""), _negated=True)),
                fields=["iban"],
                name="matters_of_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("settled_at", None), ("settled_by", None)),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="matter_is_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry__isnull", False)),
                fields=("message", "entry", "place"),
                name="matter_is_opened_once",
            ),
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
                condition=models.Q(("withheld__gte", 0), ("withheld__lte", models.F("amount"))),
                name="line_withholds_of_itself",
            ),
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
                    models.Q(("event__isnull", True), ("line__isnull", False), ("overpaid__isnull", True)),
                    models.Q(("event__isnull", True), ("line__isnull", True), ("overpaid__isnull", False)),
                    models.Q(("event__isnull", False), ("line__isnull", True), ("overpaid__isnull", True)),
                    _connector="OR",
                ),
                name="entry_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("run", "number", "kind"), name="event_happens_once"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "booked"), _negated=True),
                fields=("run", "number"),
                name="line_comes_back_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="event_is_of_money"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", ""), ("kind", "booked")),
                    models.Q(models.Q(("action", ""), _negated=True), models.Q(("kind", "booked"), _negated=True)),
                    _connector="OR",
                ),
                name="what_comes_back_has_an_action",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="file_has_its_number_in_the_run"),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), ("last__gte", models.F("first")), ("transfers__gt", 0)),
                name="file_holds_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("run", "="),
                    ("programme", "="),
                    (models.Func(models.F("first"), models.F("last"), models.Value("[]"), function="int4range"), "&&"),
                ],
                name="line_is_in_one_file",
            ),
        ),
        migrations.AddIndex(
            model_name="runstep",
            index=models.Index(fields=["run", "at"], name="steps_of_run"),
        ),
    ]

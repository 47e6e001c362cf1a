"""Tables of payments, the ledger, and what goes to a bank and comes from it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.lookups
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
                ("bank", models.CharField(help_text="who gave it last (`bank.line.BankLine.name`)", max_length=200)),
                (
                    "number",
                    models.BigIntegerField(help_text="its last place in the order in which that bank gives messages"),
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
                (
                    "debtor",
                    models.ForeignKey(
                        help_text="parādnieks",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
                ("by_staff", models.UUIDField(null=True)),
                ("receipt", models.CharField(blank=True, db_default="", max_length=70)),
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
            name="ClaimPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cents", models.BigIntegerField()),
                (
                    "stands",
                    models.BooleanField(default=True, help_text="false: the claim was withdrawn before anybody agreed"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payments.claim"
                    ),
                ),
                (
                    "overpaid",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            name="PayoutChoice",
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
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="of the right; empty: every right without its own", max_length=48
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("account", "iestādes vai piegādātāja konts"),
                            ("post", "piegāde mājās pa pastu"),
                            ("cash", "skaidrā naudā maksātāja kasē"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="payment days it is for: [first day, first day after)"
                    ),
                ),
                ("name", models.CharField(blank=True, help_text="whose the account is", max_length=70)),
                ("iban", models.CharField(blank=True, max_length=34)),
                (
                    "reference",
                    models.CharField(blank=True, help_text="what they know the payment by: a contract", max_length=35),
                ),
                ("address", models.CharField(blank=True, help_text="where the post delivers it", max_length=200)),
                (
                    "basis",
                    models.CharField(help_text="why: the application, the decision; names nobody", max_length=300),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        help_text="saņēmējs",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("bank", "bankas pārskaitījums"),
                            ("post", "piegāde mājās pa pastu"),
                            ("cash", "skaidrā naudā maksātāja kasē"),
                        ],
                        default="bank",
                        max_length=4,
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
                        help_text="who gets it for the payee: the payee, or a representative; nobody where it goes to others' account",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "choice",
                    models.ForeignKey(
                        db_index=False,
                        help_text="by which it does not go to the account of the receiver",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.payoutchoice",
                    ),
                ),
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
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="payments.claim"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
            name="Repayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cents", models.BigIntegerField()),
                ("received_on", models.DateField()),
                ("reference", models.CharField(help_text="of the bank's entry", max_length=70)),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="repayments", to="payments.claim"
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
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.claim",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.event",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.line",
                    ),
                ),
                (
                    "overpaid",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.overpaid",
                    ),
                ),
                (
                    "repayment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.repayment",
                    ),
                ),
            ],
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
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="in the run: of the line, overpayment or transfer", null=True
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("line", "izmaksas rinda"),
                            ("overpaid", "pārmaksa"),
                            ("booked", "bankas ziņa: izmaksāts"),
                            ("returned", "bankas ziņa: atgriezts"),
                            ("rejected", "bankas ziņa: noraidīts"),
                        ],
                        db_default="",
                        max_length=8,
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("expense", "pabalstu izdevumi"),
                            ("payable", "saistības pret saņēmēju"),
                            ("overpaid", "pārmaksa, par kuru vēl nav lemts"),
                            ("bank", "norēķinu konts bankā"),
                            ("claim", "prasījums pret parādnieku"),
                            ("creditor", "saistības pret piedzinēju"),
                            ("repaid", "saņemtās atmaksas"),
                            ("write_off", "norakstītie prasījumi"),
                            ("post", "norēķini ar pastu"),
                            ("cash", "kase"),
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
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="empty: of a claim",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PayoutList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("account", "iestādes vai piegādātāja konts"),
                            ("post", "piegāde mājās pa pastu"),
                            ("cash", "skaidrā naudā maksātāja kasē"),
                        ],
                        max_length=8,
                    ),
                ),
                ("payouts", models.PositiveIntegerField()),
                ("cents", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField(help_text="in bytes")),
                ("by_staff", models.UUIDField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payout_lists",
                        to="payments.run",
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
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="payments.run",
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
        migrations.CreateModel(
            name="RunSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(choices=[("line", "izmaksas rindas"), ("overpaid", "pārmaksas")], max_length=8),
                ),
                ("programme", models.CharField(blank=True, max_length=12)),
                ("code", models.CharField(help_text="of the right", max_length=48)),
                ("month", models.DateField(help_text="the month of the right")),
                ("kind", models.CharField(blank=True, help_text="of a line: current or arrears", max_length=8)),
                ("held", models.CharField(blank=True, help_text="of a line: why it is held", max_length=12)),
                ("many", models.PositiveIntegerField()),
                ("cents", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sums",
                        to="payments.run",
                    ),
                ),
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
                (
                    "debtor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="order", to="payments.plan"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Deduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cents", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(help_text="in the run, where it is transferred", null=True)),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deductions",
                        to="payments.line",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.run"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deductions",
                        to="payments.withholdingorder",
                    ),
                ),
            ],
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "kind", "since"), name="one_withholding_rule_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("floor__gte", 0),
                            ("floor_child__gte", 0),
                            ("floor_children_most__gte", 0),
                            ("percent__lte", 100),
                            models.Q(("percent__gt", 0), models.Q(("answer", "may"), _negated=True), _connector="OR"),
                        ),
                        name="withholding_rule_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "may"), models.Q(("reason_lv", ""), _negated=True), _connector="OR"
                        ),
                        name="withholding_rule_says_why_not",
                    ),
                ],
            },
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
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="write_offs", to="payments.claim"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
            model_name="payoutchoice",
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
                name="payoutchoice_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("channel", "account"),
                        models.Q(("name", ""), _negated=True),
                        models.Q(("iban", ""), _negated=True),
                        models.Q(("reference", ""), _negated=True),
                        ("address", ""),
                    ),
                    models.Q(
                        ("channel", "post"),
                        ("iban", ""),
                        ("name", ""),
                        ("reference", ""),
                        models.Q(("address", ""), _negated=True),
                    ),
                    models.Q(("address", ""), ("channel", "cash"), ("iban", ""), ("name", ""), ("reference", "")),
                    _connector="OR",
                ),
                name="choice_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False), models.Q(("basis", ""), _negated=True)),
                name="choice_has_days_and_a_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutchoice",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("agreed_by__isnull", False), ("ended_by__isnull", True)),
                expressions=[("payer", "="), ("payee", "="), ("code", "="), ("valid", "&&")],
                name="one_choice_of_a_payee_and_right_in_force",
            ),
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
        migrations.AddIndex(
            model_name="posting",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["run"], name="postings_of_run"),
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
                    models.Q(("account__in", ["expense", "bank", "post", "cash"]), ("person__isnull", True)),
                    models.Q(
                        models.Q(("account__in", ["expense", "bank", "post", "cash"]), _negated=True),
                        ("person__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="posting_to_a_person_names_them",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("of", ""), ("run__isnull", True)),
                    models.Q(("number__isnull", False), ("run__isnull", False), models.Q(("of", ""), _negated=True)),
                    _connector="OR",
                ),
                name="posting_of_a_run_says_of_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutlist",
            constraint=models.UniqueConstraint(fields=("run", "channel"), name="one_list_of_a_run_and_channel"),
        ),
        migrations.AddConstraint(
            model_name="payoutlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), ("channel__in", ["post", "cash"]), ("payouts__gt", 0)),
                name="list_holds_payouts",
            ),
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
        migrations.AddIndex(
            model_name="line",
            index=models.Index(condition=models.Q(("withheld__gt", 0)), fields=["run"], name="lines_that_keep_back"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("channel", "bank"), _negated=True),
                fields=["run", "number"],
                name="lines_not_by_bank",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("choice__isnull", False)), fields=["choice"], name="lines_of_choice"
            ),
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
                        models.Q(("programme", ""), _negated=True),
                        models.Q(
                            models.Q(models.Q(("iban", ""), _negated=True), ("channel", "bank")),
                            models.Q(models.Q(("channel", "bank"), _negated=True), ("receiver__isnull", False)),
                            _connector="OR",
                        ),
                        models.Q(("receiver__isnull", False), ("choice__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="line_can_be_paid_or_is_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel", "bank"),
                    models.Q(("channel__in", ["post", "cash"]), ("choice__isnull", False), ("iban", "")),
                    _connector="OR",
                ),
                name="line_leaves_the_bank_by_a_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("run", "number", "kind"), name="event_happens_once"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by_staff__isnull", True), ("receipt", "")),
                    models.Q(
                        ("by_staff__isnull", False), ("message__isnull", True), models.Q(("receipt", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="event_of_staff_has_a_receipt",
            ),
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
        migrations.AddConstraint(
            model_name="runsum",
            constraint=models.UniqueConstraint(
                fields=("run", "what", "programme", "code", "month", "kind", "held"), name="run_has_one_sum_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="runsum",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), ("many__gt", 0)), name="run_sum_is_of_something"
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
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["run"], name="entries_of_run"),
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
                condition=models.Q(("line__isnull", False)), fields=("line",), name="line_has_one_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("overpaid__isnull", False)), fields=("overpaid",), name="overpaid_has_one_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("event__isnull", False)), fields=("event",), name="event_has_one_entry"
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
    ]

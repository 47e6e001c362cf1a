"""Roles of payments: who prepares runs, and who approves and releases them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_shared"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="role",
            field=models.CharField(
                choices=[
                    ("social_worker", "sociālā darba speciālists"),
                    ("social_service_head", "sociālā dienesta vadītājs"),
                    ("orphans_court_member", "bāriņtiesas loceklis"),
                    ("benefits_officer", "pabalstu piešķīrējs (VSAA)"),
                    ("benefits_head", "pabalstu nodaļas vadītājs (VSAA)"),
                    ("register_officer", "reģistra uzturētājs"),
                    ("register_head", "reģistra nodaļas vadītājs"),
                    ("policy_analyst", "politikas analītiķis"),
                    ("payment_officer", "izmaksu speciālists"),
                    ("payment_head", "izmaksu nodaļas vadītājs"),
                    ("disability_expert", "invaliditātes eksperts (VDEĀVK)"),
                    ("appeals_officer", "apstrīdēšanas lietu izskatītājs"),
                    ("data_protection_officer", "datu aizsardzības speciālists"),
                    ("auditor", "piekļuves auditors"),
                    ("account_manager", "kontu pārvaldnieks"),
                    ("status_subscriber", "sistēma, kas saņem statusus"),
                    ("status_verifier", "sistēma, kas pārbauda statusus"),
                    ("register_intake", "reģistru ziņu saņēmējs"),
                ],
                max_length=24,
            ),
        ),
    ]

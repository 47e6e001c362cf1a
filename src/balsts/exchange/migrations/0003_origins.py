"""The registers as origins of statements. Where nothing else decides, the register that keeps a thing is believed."""

from django.db import migrations

REGISTERS = (
    ("population_register", "Fizisko personu reģistrs (PMLP)", "Register of Natural Persons", 20),
    ("disability_commission", "Invaliditātes informatīvā sistēma (VDEĀVK)", "Disability Information System", 22),
    ("social_insurance", "Valsts sociālās apdrošināšanas aģentūra (VSAA)", "State Social Insurance Agency", 24),
    ("tax_authority", "Valsts ieņēmumu dienests (VID)", "State Revenue Service", 26),
    ("employment_agency", "Nodarbinātības valsts aģentūra (NVA)", "State Employment Agency", 28),
    ("education_register", "Valsts izglītības informācijas sistēma (VIIS)", "State Education Information System", 30),
    ("prisons", "Ieslodzījuma vietu pārvalde (IeVP)", "Prison Administration", 32),
    ("real_estate", "Kadastrs un zemesgrāmata", "Cadastre and land register", 34),
    ("vehicles", "Transportlīdzekļu reģistrs (CSDD)", "Register of vehicles", 36),
    ("tractors", "Traktortehnikas reģistrs (VTUA)", "Register of tractors", 38),
    ("enterprise_register", "Uzņēmumu reģistrs (UR)", "Enterprise register", 40),
)


def load(apps, schema_editor):
    model = apps.get_model("registry", "Origin")
    for code, lv, en, rank in REGISTERS:
        model.objects.using(schema_editor.connection.alias).create(code=code, name_lv=lv, name_en=en, rank=rank)


def unload(apps, schema_editor):
    codes = [code for code, _, _, _ in REGISTERS]
    apps.get_model("registry", "Origin").objects.using(schema_editor.connection.alias).filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_walls"), ("registry", "0003_origins")]
    operations = [migrations.RunPython(load, unload)]

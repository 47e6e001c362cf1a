"""What `balsts serve` and `balsts demonstration` do."""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from balsts.cases.law_in_force import law_in_force
from balsts.documents.seal import sealer_from_environment
from balsts.law.engine.errors import DomainError, InputError
from balsts.portal.demonstration import bank, prepare, registers
from balsts.portal.demonstration.payments import closed_accounts, first_month


class _Portal(BaseApplication):  # type: ignore[misc]
    """The portal in a server of one process, unless more are asked for."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our options and nobody else's."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application."""
        return get_wsgi_application()


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    if not 1 <= arguments.port <= 65535:
        raise InputError(f"--port {arguments.port} is not from 1 to 65535.")
    if arguments.threads < 1:
        raise InputError(f"--threads {arguments.threads} is not a number of threads from 1.")
    if arguments.processes < 1:
        raise InputError(f"--processes {arguments.processes} is not a number of processes from 1.")
    sealer_from_environment()  # what is wrong with the seal is told now, not when the first decision is signed
    with ExitStack() as stack:
        if arguments.demonstration:
            population = prepare.population_file()
            stack.enter_context(registers.simulated(population))
            stack.enter_context(bank.simulated_bank(population.parent / "bank", first_month(), closed_accounts()))
            _prepare_apart(population)
            stack.enter_context(_worker())
            stack.enter_context(bank.talking())
            demonstration = prepare.prepared()
            print("\n".join(prepare.words(demonstration, arguments.port)), flush=True)
        figures = f"http://localhost:{arguments.port}/statistics/"
        print(f"Published figures: {figures}", flush=True)
        print(f"Portal: http://localhost:{arguments.port}  (stop it with Ctrl-C)", flush=True)
        connections.close_all()  # the server's processes open their own
        _Portal({
            "bind": f"{arguments.host}:{arguments.port}", "workers": arguments.processes, "threads": arguments.threads,
            # A connection that is kept belongs to one process, which may be busy while others idle. So each request
            # comes by one of its own, and a process takes no more of them than it has threads. Keeping a visitor's
            # connection is the work of the proxy in front.
            "keepalive": 0, "worker_connections": arguments.threads, "timeout": 120,
            "post_worker_init": _settle, "worker_class": "gthread",
            "when_ready": partial(_open, figures) if arguments.open else _nothing,
            "loglevel": "warning", "control_socket_disable": True,
        }).run()  # fmt: skip
    return 0


def _open(address: str, _server: object) -> None:
    """Open a page once the portal answers; a machine without a screen has no browser to open it in."""
    if sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)


def _nothing(_server: object) -> None:
    """What is done when the portal answers, where nothing was asked for."""


_NEW_OBJECTS = 20_000
"""So many are made before Python looks for those that hold only each other; some three pages make as many."""


def _settle(_worker: object) -> None:
    """Read what every page needs before the first is asked for, and never search it for garbage."""
    get_resolver().url_patterns  # noqa: B018 - reading it is what imports the pages
    law_in_force()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def _prepare_apart(population: Path) -> None:
    """Prepare the demonstration in a process of its own.

    What typesets letters keeps threads of its own; a server's process that was forked from one that has typeset has not
    got them, and would wait for them for ever.
    """
    command = [sys.executable, "-m", "balsts.cli", "demonstration", "--prepare", str(population)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        raise DomainError("The demonstration could not be prepared; what went wrong stands above.")


@contextmanager
def _worker() -> Iterator[None]:
    """Do what pages leave to the background, such as a rehearsal, in a process beside the server for a block."""
    with subprocess.Popen([sys.executable, "-m", "balsts.cli", "cases", "work"]) as process:
        try:
            yield
        finally:
            process.terminate()


def accounts(arguments: argparse.Namespace) -> int:
    """List the demonstration's accounts; prepare it first when told to."""
    if arguments.prepare is not None:
        prepare.prepare(arguments.prepare)
    print("\n".join(prepare.words(prepare.prepared(), None)))
    return 0

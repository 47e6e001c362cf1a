"""The `balsts` command: one entry for every job, each with its own help."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence

from balsts.law.engine.errors import DomainError

_FAILED, _WRONG_INPUT, _STOPPED = 1, 2, 130
_JOBS = {
    "entitle": "balsts.law.entitle",
    "law": "balsts.law.commands",
    "population": "balsts.population.commands",
    "simulate": "balsts.population.simulate_command",
    "bench": "balsts.population.bench",
    "main-job": "balsts.population.main_job",
    "db": "balsts.database.commands",
    "access": "balsts.access.commands",
    "registry": "balsts.registry.commands",
    "registers": "balsts.exchange.simulation.commands",
    "exchange": "balsts.exchange.commands",
    "cases": "balsts.cases.commands",
    "payments": "balsts.payments.commands",
    "bank": "balsts.payments.bank.simulation.commands",
    "figures": "balsts.figures.commands",
    "statistics": "balsts.statistics.commands",
    "report": "balsts.statistics.report.commands",
    "documents": "balsts.documents.commands",
    "serve": "balsts.portal.commands",
    "demonstration": "balsts.portal.commands",
}
"""Each job's module, which adds its own part of the command line; only the job asked for is imported."""


def parser(job: str | None = None) -> argparse.ArgumentParser:
    """The command line: of one job, or of all when none is named."""
    found = argparse.ArgumentParser(
        prog="balsts",
        description="Balsts: the law of social protection, written once: decide, explain, simulate.",
        epilog="example: balsts entitle examples/household.yaml --lang en",
    )
    subparsers = found.add_subparsers(dest="job", metavar="JOB", required=True)
    for module in dict.fromkeys([_JOBS[job]] if job in _JOBS else _JOBS.values()):
        importlib.import_module(module).add_commands(subparsers)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one job.

    Returns:
        0 done; 2 the input is wrong (a message says what, where, expected what); 1 anything else.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # Latvian and JSON, whatever the terminal is set to
    given = list(sys.argv[1:] if arguments is None else arguments)
    parsed = parser(given[0] if given else None).parse_args(given)
    try:
        code = int(_handler(parsed)(parsed))
        sys.stdout.flush()
        return code
    except DomainError as error:
        for message in error.messages:
            sys.stderr.write(f"balsts: {message}\n")
        return _WRONG_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"balsts: {where}{error.strerror or error}.\n")
        return _FAILED
    except KeyboardInterrupt:
        sys.stderr.write("balsts: stopped; nothing was changed.\n")
        return _STOPPED


def _handler(parsed: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """What does a job; named as `module:function` where it needs the database, which is made ready first."""
    named: Callable[[argparse.Namespace], int] | str = parsed.handler
    if not isinstance(named, str):
        return named
    # A demonstration brings its tables up to date itself.
    migrated = not getattr(parsed, "demonstration", False)
    importlib.import_module("balsts.database.connections").set_up(migrated=migrated)
    module, function = named.split(":")
    found: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(module), function)
    return found


if __name__ == "__main__":
    sys.exit(main())

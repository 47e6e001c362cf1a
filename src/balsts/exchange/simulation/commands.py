"""`balsts registers`: the simulated state as a process of its own."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

CLIENT, SECRET = "balsts", "synthetic-persons-only"
_EXAMPLE = """example:
  balsts registers --persons 10000 --port 8800
  balsts registers --population nation.parquet --port 8800 --today 2026-02-25

Nobody in it exists. How to ask it, and how to make it fail, stands in docs/developers/exchange.md."""


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `registers` to the command line."""
    registers = subparsers.add_parser(
        "registers",
        help="a simulated state: every register over a synthetic population",
        description="Serve every state register from a synthetic population, as one process, until it is stopped.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    people = registers.add_mutually_exclusive_group(required=True)
    people.add_argument("--population", metavar="FILE.parquet", type=Path, help="the population to serve")
    people.add_argument("--persons", type=int, metavar="N", help="draw a population of so many persons")
    registers.add_argument("--seed", type=int, default=1, metavar="S", help="of the population drawn (default: 1)")
    registers.add_argument("--port", type=int, default=8800, metavar="P", help="(default: 8800; 0 takes a free one)")
    registers.add_argument("--today", metavar="YYYY-MM-DD", help="the day it is there (default: the real one)")
    registers.add_argument("--client", default=f"{CLIENT}:{SECRET}", metavar="ID:SECRET", help="who may ask")
    registers.add_argument(
        "--askers", metavar="JWKS.json", type=Path,
        help="keys that searches by the SPDCI standard are signed with (default: a token is enough)",
    )  # fmt: skip
    registers.set_defaults(handler=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    # Not before it is asked for: servers and tables take long to import, and every help text imports this module.
    return int(importlib.import_module("balsts.exchange.simulation.serving").serve(arguments))

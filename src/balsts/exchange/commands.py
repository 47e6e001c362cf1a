"""`balsts exchange`: what is agreed with registers, and reading their feeds."""

from __future__ import annotations

import argparse
import importlib

_JOBS = "balsts.exchange.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `exchange` to the command line."""
    exchange = subparsers.add_parser(
        "exchange",
        help="state registers: what is agreed with them; reading what changed",
        description="State registers: what is agreed with them; reading what changed there.",
        epilog="example: balsts exchange contracts tax_authority --lang en",
    )
    jobs = exchange.add_subparsers(dest="part", metavar="PART", required=True)
    text = "what is agreed with a register, or with all: purposes, legal bases, freshness, facts, open questions"
    contracts = jobs.add_parser(
        "contracts",
        help=text,
        description=text,
        epilog="example: balsts exchange contracts tax_authority --lang en",
    )
    contracts.add_argument("registers", nargs="*", metavar="REGISTER", help="its code; left out, all")
    contracts.add_argument("--lang", choices=("lv", "en"), default="lv", help="(default: lv)")
    contracts.set_defaults(handler=_contracts)
    for name, handler, text in (
        ("feed", "feed", "take in what changed in registers since they were last read"),
        (
            "snapshot",
            "snapshot",
            "take in all that registers tell of the persons we know, and read their feeds on from there",
        ),
    ):
        job = jobs.add_parser(
            name, help=text, description=f"{text.capitalize()}. BALSTS_REGISTERS_ADDRESS, _CLIENT, _SECRET and _PERMIT "
            "name the connection. Exit 0 when all was read to the end, 1 when not.",
            epilog=f"example: balsts exchange {name} population_register prisons",
        )  # fmt: skip
        job.add_argument("registers", nargs="+", metavar="REGISTER", help="its code")
        job.set_defaults(handler=f"{_JOBS}:{handler}")


def _contracts(arguments: argparse.Namespace) -> int:
    return int(importlib.import_module(_JOBS).contracts(arguments))

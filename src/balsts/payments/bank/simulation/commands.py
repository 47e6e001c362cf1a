"""`balsts bank`: the simulated bank as a process of its own."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

CLIENT, SECRET = "balsts", "nobody-is-paid"
_EXAMPLE = """example:
  balsts bank --port 8810 --data bank/
  balsts bank --port 8810 --data bank/ --seed 7 --today 2026-12-01 --scenario scenario.json
  curl -X POST http://127.0.0.1:8810/day                                    close the banking day
  curl -d '{"fault": "wrong_totals"}' http://127.0.0.1:8810/admin/faults    let something go wrong

No money moves. Payments find it by BALSTS_BANK_ADDRESS, _CLIENT and _SECRET."""


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `bank` to the command line."""
    bank = subparsers.add_parser(
        "bank",
        help="a simulated bank: takes payment files, gives reports and statements",
        description="Be a bank, as one process, until it is stopped. It takes payment files (pain.001.001.09) and\n"
        "gives reports (pain.002.001.10), notifications (camt.054.001.08) and statements (camt.053.001.08).\n"
        "What it was told it keeps in its folder, and goes on from there when it is started again.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bank.add_argument("--data", metavar="FOLDER", type=Path, required=True, help="where it keeps what it was told")
    bank.add_argument("--port", type=int, default=8810, metavar="P", help="(default: 8810; 0 takes a free one)")
    bank.add_argument("--seed", type=int, metavar="N", help="of a new folder: decides whose payment fails (default: 0)")
    bank.add_argument("--today", metavar="YYYY-MM-DD", help="of a new folder: its first day (default: the real one)")
    bank.add_argument("--scenario", metavar="FILE.json", type=Path, help="how it behaves (default: all goes well)")
    bank.add_argument("--day-every", type=float, metavar="SECONDS",
                      help="close the day so often, while something is due (default: when told)")  # fmt: skip
    bank.add_argument("--client", default=f"{CLIENT}:{SECRET}", metavar="ID:SECRET", help="who may use it")
    bank.set_defaults(handler=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    # Not before it is asked for: servers take long to import, and every help text imports this module.
    return int(importlib.import_module("balsts.payments.bank.simulation.serving").serve(arguments))

"""What `balsts exchange` does."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from balsts.exchange.catalogue import REGISTERS, register
from balsts.exchange.connections import connection_from_environment
from balsts.exchange.contract import AnyContract

if TYPE_CHECKING:
    from balsts.exchange.use_cases import FeedReading

_HEADINGS = {
    "lv": ("turētājs", "nolūki", "tiesiskais pamats", "solītā aktualitāte", "fakti", "atklātie jautājumi", "stundas"),
    "en": ("holder", "purposes", "legal basis", "freshness promised", "facts", "open questions", "hours"),
}


def contracts(arguments: argparse.Namespace) -> int:
    """Print what is agreed with registers."""
    chosen = [register(code) for code in arguments.registers] or list(REGISTERS.values())
    print("\n\n".join("\n".join(_as_lines(one, arguments.lang)) for one in chosen))
    return 0


def _as_lines(contract: AnyContract, language: str) -> list[str]:
    holder, purposes, basis, freshness, facts, questions, hours = _HEADINGS[language]
    promised = contract.freshness.promised / timedelta(hours=1)
    lines = [
        f"{contract.code}: {contract.name.in_language(language)}",
        f"  {holder}: {contract.holder.in_language(language)}",
        f"  {purposes}: {', '.join(contract.purposes)}",
        f"  {freshness}: {promised:.0f} {hours} ({contract.freshness.certainty}: {contract.freshness.rests_on})",
        f"  {facts}: {', '.join(contract.supplies)}",
    ]
    lines += [
        f"  {basis}: {one.act}, {one.article}: {one.says.in_language(language)} ({one.certainty}: {one.rests_on})"
        for one in contract.legal_bases
    ]
    return lines + [f"  {questions}: {one.in_language(language)}" for one in contract.open_questions]


def feed(arguments: argparse.Namespace) -> int:
    """Read the feeds of registers."""
    return _read(arguments, importlib.import_module("balsts.exchange.use_cases").read_feed)


def snapshot(arguments: argparse.Namespace) -> int:
    """Read the snapshots of registers."""
    return _read(arguments, importlib.import_module("balsts.exchange.use_cases").read_snapshot)


def _read(arguments: argparse.Namespace, read: Callable[..., FeedReading]) -> int:
    codes = [register(code).code for code in arguments.registers]
    connections = {"*": connection_from_environment()}
    has_failed = False
    for code in codes:
        found = read(code, connections)
        has_failed = has_failed or bool(found.problem)
        end = f"; stopped: {found.problem}" if found.problem else ""
        print(f"{code}: {found.taken} taken in, {found.set_aside} set aside{end}")
    return 1 if has_failed else 0

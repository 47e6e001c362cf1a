"""Which mutants the golden cases notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from balsts.law.engine.checks.golden import GoldenCase, differences, golden_cases
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import DomainError
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import wire
from tests.mutation.mutants import Mutant, mutants_of

EQUIVALENT = Path(__file__).with_name("equivalent.yaml")


@dataclass(frozen=True)
class Outcome:
    """One mutant and whether a case noticed it."""

    folder: str
    mutant: Mutant
    killed: bool


def cases_by_version(law: Law, cases: Iterable[GoldenCase]) -> dict[int, list[GoldenCase]]:
    """For each rule version (by identity) the cases whose expected figures rest on it."""
    found: dict[int, list[GoldenCase]] = defaultdict(list)
    rest_on: dict[int, dict[str, set[int]]] = {}
    for case in cases:
        if case.month not in rest_on:
            rest_on[case.month] = _rests_on(law, case.month)
        versions = set().union(*(rest_on[case.month].get(name, set()) for name in (*case.expect, *case.expect_rule)))
        for version in versions:
            found[version].append(case)
    return found


def _rests_on(law: Law, month: int) -> dict[str, set[int]]:
    """For every value of a month, the rule versions behind it."""
    rules = [name for name, version in law.in_force(first_day(Month(month))).items() if version]
    found: dict[str, set[int]] = {}
    for key, value in wire(law, month, wanted=[*rules]).values.items():
        own = set() if value.version is None else {id(value.version)}
        found[key] = own.union(*(found.get(need, set()) for need in value.needs))
    return found


def run(law: Law, versions: list[RuleVersion], by_version: dict[int, list[GoldenCase]] | None = None) -> list[Outcome]:
    """Try every mutant of the rules against the golden cases of the law."""
    if by_version is None:
        by_version = cases_by_version(law, golden_cases(law))
    equivalent = equivalents()
    outcomes = []
    for version in versions:
        for mutant in mutants_of(version):
            if (mutant.rule, mutant.since, mutant.change) not in equivalent:
                killed = _noticed(law, version, mutant, by_version.get(id(version), []))
                outcomes.append(Outcome(law.folder_of[version.name], replace(mutant, code=None), killed))
    return outcomes


def _noticed(law: Law, version: RuleVersion, mutant: Mutant, cases: list[GoldenCase]) -> bool:
    """Put the mutant's code in the rule's place, ask the cases, and put the rule back."""
    original = version.function.__code__
    assert mutant.code is not None
    version.function.__code__ = mutant.code
    try:
        return any(_fails(law, case) for case in cases)
    finally:
        version.function.__code__ = original


def _fails(law: Law, case: GoldenCase) -> bool:
    try:
        return bool(differences(law, case))
    except (ArithmeticError, AssertionError, DomainError, LookupError, TypeError, ValueError):
        return True  # a case that cannot be answered any more has noticed


def equivalents() -> set[tuple[str, str, str]]:
    """Changes that change nothing, each with its reason in the file."""
    if not EQUIVALENT.exists():
        return set()
    entries = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or []
    return {(one["rule"], str(one["since"]), one["change"]) for one in entries if one["reason"]}

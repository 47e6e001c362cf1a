"""Golden tests: cases from outside that the law must answer to the cent, beside the rules they test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balsts.law.engine.answer import Answer, entitle
from balsts.law.engine.errors import LawError, Unknown
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law
from balsts.law.engine.one import Facts, evaluate
from balsts.law.engine.quantities import cents_from, date_of, euros, month_from, month_text
from balsts.law.engine.text import Node, read_file
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import wire

_FIELDS = ("name", "on", "source", "given", "expect", "expect_rule")
_MAX_GOLDEN_BYTES = 1 << 22


@dataclass(frozen=True)
class GoldenCase:
    """One case: a household, a month, where the expected figure comes from, and the figure."""

    folder: str
    name: str
    month: Month
    source: str
    facts: Facts
    expect: dict[str, str]
    expect_rule: dict[str, dict[str, str]]
    place: str


def golden_cases(law: Law) -> Iterator[GoldenCase]:
    """All golden cases of a law; raises LawError or InputError where a file does not follow its form."""
    for folder, path in sorted(law.folders.items()):
        if (path / "golden.yaml").exists():
            yield from _cases_in(law, folder, path / "golden.yaml")


def _cases_in(law: Law, folder: str, path: Path) -> Iterator[GoldenCase]:
    tree = read_file(path, shown=f"{folder}/golden.yaml", max_bytes=_MAX_GOLDEN_BYTES)
    for node in tree.sequence("a list of cases", LawError):
        fields = node.mapping("a case", LawError)
        for key in fields:
            if key not in _FIELDS:
                node.place.fail(f"{key} is not a field of a case ({', '.join(_FIELDS)}).", LawError)
        for key in ("name", "on", "source", "given"):
            if key not in fields:
                node.place.fail(f"a golden case needs {key}.", LawError)
        if "expect" not in fields and "expect_rule" not in fields:
            node.place.fail("a golden case needs expect or expect_rule.", LawError)
        month = month_from(fields["on"].text("a month", LawError))
        facts, _ = read_household(fields["given"], law.catalogue, law.rights(), month)
        yield GoldenCase(
            folder=folder,
            name=fields["name"].text("a name", LawError),
            month=month,
            source=fields["source"].text("where the figure comes from", LawError),
            facts=facts,
            expect=_texts(fields.get("expect")),
            expect_rule={} if "expect_rule" not in fields else {
                key: _texts(value) for key, value in fields["expect_rule"].mapping("rules", LawError).items()
            },
            place=str(node.place),
        )  # fmt: skip


def _texts(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    return {key: value.text("a value", LawError) for key, value in node.mapping("values", LawError).items()}


def differences(law: Law, case: GoldenCase) -> list[str]:
    """What the law answers otherwise than the case expects; empty when all agrees."""
    found = []
    if case.expect:
        answer = entitle(law, case.facts, case.month)
        for code, expected in case.expect.items():
            got = _answered(law, answer, code)
            if got != _normal(expected):
                found.append(f"{case.place} «{case.name}» {month_text(case.month)}: {code} is {got}, "
                             f"expected {expected} ({case.source})")  # fmt: skip
    for rule, by_person in case.expect_rule.items():
        found.extend(_rule_differences(law, case, rule, by_person))
    return found


def _answered(law: Law, answer: Answer, code: str) -> str:
    if any(one.code == code for one in answer.undetermined):
        return "undetermined"
    if code in law.statuses():
        return "yes" if answer.statuses.get(code) else "no"
    if code not in law.rights():
        raise LawError(f"{code} is neither a right nor a status.")
    units = {one.version.right.unit for one in answer.rights if one.code == code and one.version.right}
    amount = answer.amount(code)
    return str(amount) if units == {"pieces"} else euros(amount)


def _normal(expected: str) -> str:
    if expected in ("undetermined", "yes", "no"):
        return expected
    return euros(cents_from(expected)) if "." in expected or expected == "0" else expected


def _rule_differences(law: Law, case: GoldenCase, rule: str, by_person: dict[str, str]) -> list[str]:
    results = evaluate(wire(law, case.month, wanted=[rule]), case.facts)
    found = []
    for who, expected in by_person.items():
        place = None if who == "household" else case.facts.ids.index(who)
        got = shown(results.value(rule, place), _annotation(law, rule, case.month), case.facts)
        if got != expected:
            found.append(f"{case.place} «{case.name}» {month_text(case.month)}: {rule} of {who} is {got}, "
                         f"expected {expected} ({case.source})")  # fmt: skip
    return found


def _annotation(law: Law, rule: str, month: Month) -> str:
    value = wire(law, month, wanted=[rule]).values[rule]
    if value.version is not None:
        return str(value.version.function.__annotations__["return"])
    assert value.gathered is not None
    if value.gathered.kind in ("count", "any", "rights"):
        return {"count": "int", "any": "bool", "rights": "Cents"}[value.gathered.kind]
    return _annotation(law, value.gathered.of, month) if value.gathered.of in law.rules else "Cents"


def shown(value: Any, annotation: str, facts: Facts) -> str:
    """A value as a golden file writes it."""
    if isinstance(value, Unknown):
        return "undetermined"
    if annotation == "Cents":
        return euros(value)
    if annotation == "bool":
        return "yes" if value else "no"
    if annotation == "Day":
        return date_of(value).isoformat() if value else "not known"
    if annotation == "Month":
        return month_text(value)
    if annotation == "Link":
        return facts.ids[value] if value >= 0 else "nobody"
    return str(int(value))

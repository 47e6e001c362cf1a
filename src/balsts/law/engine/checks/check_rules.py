"""Lint of rules one by one: citation, units, amounts in the text, length, titles, questions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import IntEnum

from balsts.law.engine.checks.check_values import unread_words
from balsts.law.engine.checks.finding import Finding, taken_apart
from balsts.law.engine.checks.graph import arguments_of, place_of, place_of_gathered, role_of
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import LawError, nearest
from balsts.law.engine.law import Law
from balsts.law.engine.source import body_of, tree_of
from balsts.law.engine.subset import kind_of

MOST_LINES = 25
_STRUCTURAL = (0, 1, 2)
_SIMPLE = {"money": "Cents", "rate": "Rate", "whole_number": "int", "flag": "bool"}
_OF = {"money": "Money", "rate": "Rate", "whole_number": "Number"}
_ROWS = {"table": "Table", "scale": "Scale", "steps": "Steps"}
_INPUTS = {"day": "Day", "month": "Month", "money": "Cents", "number": "int", "flag": "bool", "link": "Link"}


def check_rules(law: Law) -> Iterator[Finding]:
    """What is wrong with each rule version, and with what gathered values gather."""
    for versions in law.rules.values():
        for version in versions:
            yield from _citation(law, version)
            yield from _units(law, version)
            yield from _text(law, version)
            yield from _questions(law, version)
        yield from _agreement(law, versions)
    for name in law.gathered:
        yield from _gathered(law, name)


def _citation(law: Law, version: RuleVersion) -> Iterator[Finding]:
    place = place_of(law, version)
    if not version.act.strip() or not version.article.strip():
        yield Finding(
            "citation",
            place,
            f"{version.name} since {version.since} cites no "
            f"{'act' if not version.act.strip() else 'article'}; say which provision it is.",
        )
    elif version.act not in law.acts:
        yield Finding(
            "citation",
            place,
            f"{version.name} cites {version.act}, which is not in acts.yaml."
            f"{nearest(version.act, law.acts)} Add the act with its titles and address.",
        )
    yield from unread_words(law, version.article, place, f"{version.name} cites")
    if version.rounding is not None:
        yield from unread_words(law, version.rounding.article, place, f"{version.name} is rounded by")
    if version.rounding is not None and not version.rounding.article.strip():
        yield Finding("citation", place, f"{version.name} rounds without an article; say which provision rounds.")
    if not version.lv.strip() or not version.en.strip():
        yield Finding(
            "citation",
            place,
            f"{version.name} since {version.since} has no title; give it the Latvian and the English words.",
        )


def _questions(law: Law, version: RuleVersion) -> Iterator[Finding]:
    for question in version.questions:
        if not question.lv.strip() or not question.en.strip():
            yield Finding(
                "question",
                place_of(law, version),
                f"a question of {version.name} is empty; ask it in Latvian and in English.",
            )
        for key in re.split(r"[,;]\s*", question.rests_on):
            if key not in law.sources:
                yield Finding(
                    "citation",
                    place_of(law, version),
                    f"a question of {version.name} rests on "
                    f"{key or 'nothing'}, which is not in sources.yaml.{nearest(key, law.sources)}",
                )


# -- units ---------------------------------------------------------------------------------------------------------


def annotation_of(law: Law, name: str, trail: tuple[str, ...] = ()) -> str | None:
    """The type in which a name reaches a rule; None when nothing says it."""
    role = role_of(law, name)
    if role == "month":
        return "Month"
    if role == "parameter":
        parameter = law.parameters[name]
        return _SIMPLE.get(parameter.type) or f"{_OF[parameter.of]}{_ROWS[parameter.type]}"
    if role == "input":
        return _annotation_of_input(law, name)
    if role == "rule":
        return str(law.rules[name][0].function.__annotations__.get("return", "")) or None
    if role == "unknown" or name in trail:
        return None
    declared = law.gathered[name]
    fixed = {"count": "int", "any": "bool", "rights": "Cents"}.get(declared.kind)
    return fixed or annotation_of(law, declared.of, (*trail, name))


def _annotation_of_input(law: Law, name: str) -> str | None:
    known = law.catalogue.by_name.get(name)
    if known is not None:
        return known.choices.__name__ if known.choices else _INPUTS.get(known.kind)
    if name.startswith("applied_for_"):
        return "bool"
    return "int" if name in ("birth_order", "birth_rank") else "Link"


def _units(law: Law, version: RuleVersion) -> Iterator[Finding]:
    try:
        kind_of(version)
    except LawError as error:
        line, message = taken_apart(error)
        yield Finding("units", place_of(law, version, line), message)
    annotations = version.function.__annotations__
    for name in arguments_of(version):
        expected, written = annotation_of(law, name), annotations.get(name)
        if expected is not None and written is not None and written != expected:
            yield Finding(
                "units",
                place_of(law, version),
                f"{version.name} takes {name} as {written}, but it is {expected} ({_because(law, name)}).",
            )
    wanted = _result_of_declaration(version)
    if wanted is not None and annotations.get("return") != wanted:
        yield Finding(
            "units",
            place_of(law, version),
            f"{version.name} returns {annotations.get('return')}; a {_shape(version)} returns {wanted}.",
        )


def _because(law: Law, name: str) -> str:
    role = role_of(law, name)
    if role == "parameter":
        parameter = law.parameters[name]
        of = f" of {parameter.of}" if parameter.type in _ROWS else ""
        return f"the parameter {parameter.name} is a {parameter.type}{of}"
    return {
        "input": "by the catalogue of inputs",
        "month": "the month asked",
        "rule": "the result of that rule",
        "gathered": "by its declaration",
    }.get(role, role)


def _result_of_declaration(version: RuleVersion) -> str | None:
    if version.right is not None:
        return "Cents" if version.right.unit == "money" else "int"
    return "bool" if version.is_status else None


def _shape(version: RuleVersion) -> str:
    if version.right is None:
        return "status"
    return "right to money" if version.right.unit == "money" else "right to pieces"


def _agreement(law: Law, versions: tuple[RuleVersion, ...]) -> Iterator[Finding]:
    first = versions[0]
    for other in versions[1:]:
        for what, one, two in (
            ("returns", first.function.__annotations__.get("return"), other.function.__annotations__.get("return")),
            ("is a rule of a", first.entity, other.entity),
        ):
            if one != two:
                yield Finding(
                    "units",
                    place_of(law, other),
                    f"{other.name} since {other.since} {what} {two}, its wording "
                    f"since {first.since} {what} {one}; wordings of one rule agree in this.",
                )


def _gathered(law: Law, name: str) -> Iterator[Finding]:
    declared = law.gathered[name]
    flags = [declared.where] if declared.where else []
    if declared.kind in ("count", "any"):
        flags.append(declared.of)
    for read in flags:
        found = annotation_of(law, read)
        if found not in (None, "bool"):
            yield Finding(
                "units",
                place_of_gathered(law, name),
                f"{name} asks of which members {read} holds, but that is {found}; expected a yes-or-no value.",
            )
    if declared.kind in ("total", "largest") and annotation_of(law, declared.of) not in (None, "Cents", "int"):
        yield Finding(
            "units",
            place_of_gathered(law, name),
            f"{name} is a {declared.kind} of {declared.of}, which is "
            f"{annotation_of(law, declared.of)}; expected an amount or a number.",
        )


# -- text ----------------------------------------------------------------------------------------------------------


def _text(law: Law, version: RuleVersion) -> Iterator[Finding]:
    try:
        tree = tree_of(version.function)
        body = body_of(version.function)
    except LawError:
        return
    length = (tree.end_lineno or tree.lineno) - tree.lineno + 1
    if length > MOST_LINES:
        yield Finding(
            "length",
            place_of(law, version, tree.lineno),
            f"{version.name} has {length} lines; expected at "
            f"most {MOST_LINES}. Make its conditions rules of their own.",
        )
    if ast.get_docstring(tree) is None:
        yield Finding(
            "length",
            place_of(law, version, tree.lineno),
            f"{version.name} has no docstring; say in a line what it gives.",
        )
    names = version.function.__globals__
    local = set(arguments_of(version))
    for node in (inner for statement in body for inner in ast.walk(statement)):
        number = None
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
            number = node.value
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in local:
            held = names.get(node.id)
            number = held if isinstance(held, int) and not isinstance(held, (bool, IntEnum)) else None
        if number is not None and number not in _STRUCTURAL:
            yield Finding(
                "literal",
                place_of(law, version, getattr(node, "lineno", None)),
                f"{version.name} has the number {number} in its text; expected 0, 1 or 2. Make it a parameter.",
            )

"""Reforms: values and rules put in place of the law's own, without touching it.

A reform file names new values of parameters from a day on, and may name a Python file with new wordings of rules.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from balsts.law.engine.declare import Gathered, RuleVersion, declared_in, forget
from balsts.law.engine.errors import InputError, LawError, nearest
from balsts.law.engine.law import Law, changed
from balsts.law.engine.parameters import DatedValue, Parameter, dated_value
from balsts.law.engine.quantities import calendar_day
from balsts.law.engine.source import forget_file
from balsts.law.engine.subset import kind_of
from balsts.law.engine.text import Node, Place, read_file

_FIELDS = ("name", "parameters", "rules")
_CHANGE_FIELDS = ("from", "until", "value", "reference", "certainty", "rests_on", "question")


@dataclass(frozen=True)
class Reform:
    """What one reform file puts in place of the law."""

    name: str
    parameters: tuple[Parameter, ...]
    rules: tuple[RuleVersion, ...]
    gathered: dict[str, Gathered]


def with_reforms(law: Law, paths: list[Path]) -> Law:
    """The law with reforms applied in order, as one.

    Raises:
        InputError, LawError: the file, the place in it and what was expected.
    """
    for path in paths:
        law = applied(law, read_reform(path, law))
    return law


def applied(law: Law, reform: Reform) -> Law:
    """The law with one reform."""
    return changed(law, rules=reform.rules, parameters=reform.parameters, gathered=reform.gathered, by=reform.name)


def read_reform(path: Path, law: Law) -> Reform:
    """Read a reform of a law."""
    tree = read_file(path)
    fields = tree.mapping("a reform: a mapping with name, parameters, rules")
    for key, node in fields.items():
        if key not in _FIELDS:
            node.place.fail(f"{key} is not a field of a reform.{nearest(key, _FIELDS)}")
    if not {"parameters", "rules"} & fields.keys():
        tree.place.fail("changes nothing; give it `parameters:` or `rules:`.")
    name = fields["name"].text("the name of the reform") if "name" in fields else path.stem
    parameters = []
    if "parameters" in fields:
        for key, node in fields["parameters"].mapping("parameters by name").items():
            parameters.append(_revalued(law, key, node))
    rules: tuple[RuleVersion, ...] = ()
    gathered: dict[str, Gathered] = {}
    if "rules" in fields:
        rules, gathered = _rules(path.parent / fields["rules"].text("a Python file"), fields["rules"].place)
    return Reform(name, tuple(parameters), rules, gathered)


def _revalued(law: Law, name: str, node: Node) -> Parameter:
    parameter = law.parameters.get(name.replace(".", "_"))
    if parameter is None or parameter.name != name:
        names = [one.name for one in law.parameters.values()]
        node.place.fail(f"{name} is not a parameter of the law.{nearest(name, names)}")
    entries = node.content if isinstance(node.content, list) else [node]
    for entry in entries:
        parameter = _changed(parameter, entry)
    return parameter


def _changed(parameter: Parameter, node: Node) -> Parameter:
    fields = node.mapping("a change: {from: 2027-01-01, value: …, reference: …}")
    for key, field in fields.items():
        if key not in _CHANGE_FIELDS:
            field.place.fail(f"{key} is not a field of a change.{nearest(key, _CHANGE_FIELDS)}")
    for key in ("from", "value", "reference"):
        if key not in fields:
            node.place.fail(f"the change of {parameter.name} has no {key}.")
    since = fields["from"].text("a day")
    rest = {key: value for key, value in fields.items() if key not in ("from", "until")}
    try:
        new = dated_value(parameter, since, Node(rest, node.place))
    except LawError as error:
        raise InputError(*error.messages) from None
    kept = [value for value in parameter.values if value.since < new.since]
    return parameter.revalued((*kept, new, *_resumed(parameter, fields, new)))


def _resumed(parameter: Parameter, fields: dict[str, Node], new: DatedValue) -> list[DatedValue]:
    """What holds again after the reform's last day; nothing when it is open."""
    if "until" not in fields:
        return []
    try:
        until = calendar_day(fields["until"].text("a day"))
    except ValueError as error:
        fields["until"].place.fail(f"{error}.")
    if until <= new.since:
        fields["until"].place.fail("until must lie after from.")
    before = [value for value in parameter.values if value.since <= until]
    resumed = [DatedValue(**{**vars(before[-1]), "since": until})] if before else []
    return resumed + [value for value in parameter.values if value.since > until]


def _rules(path: Path, place: Place) -> tuple[tuple[RuleVersion, ...], dict[str, Gathered]]:
    """Run a file of rules and take what it declares, checked as the law's own rules are."""
    try:
        source = path.read_bytes()
    except OSError as error:
        place.fail(f"{path.name} cannot be read: {error.strerror or error}.")
    name = f"balsts_reform_{hashlib.sha256(source).hexdigest()[:16]}"
    forget(name)
    forget_file(str(path))
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    try:
        exec(compile(source, str(path), "exec"), vars(module))
    except SyntaxError as error:
        raise InputError(f"{path}, line {error.lineno}: is not readable as Python: {error.msg}.") from None
    except (ArithmeticError, AttributeError, ImportError, LookupError, NameError, TypeError, ValueError) as error:
        raise InputError(f"{path}: cannot be loaded: {error}.") from None
    versions = declared_in(name)
    for version in versions:
        kind_of(version)
    return tuple(versions), {key: value for key, value in vars(module).items() if isinstance(value, Gathered)}

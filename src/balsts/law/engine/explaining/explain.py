"""Why a result is what it is: a tree from a right down to facts and parameters, with every formula filled in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from balsts.law.engine.answer import Right
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import UndeterminedError, Unknown
from balsts.law.engine.explaining.formula import Path, Writer, path_of, titled, valued
from balsts.law.engine.explaining.gathered import members_of
from balsts.law.engine.explaining.words import (
    UNKNOWN,
    article_words,
    citation_words,
    measure_of,
    parameter_words,
    title_of,
    unit_of,
    value_words,
    word_after,
)
from balsts.law.engine.one import Results, arguments_of
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.subset import kind_of, kinds_in
from balsts.law.engine.vocabulary import Lookup
from balsts.law.engine.wiring import Argument, Bound, Value

Tree = dict[str, Any]
_UNITS = {"money": "money", "rate": "rate", "flag": "flag", "whole_number": "number"}
_OF_A_DAY = ("months_from", "completed_months", "completed_years")
_GATHERED = {
    "count": {"lv": "skaits", "en": "count"},
    "total": {"lv": "summa", "en": "sum"},
    "any": {"lv": "vai kāds", "en": "any"},
    "largest": {"lv": "lielākais", "en": "largest"},
    "linked": {"lv": "saistītā persona", "en": "linked person"},
    "earlier": {"lv": "agrākā mēnesī", "en": "in an earlier month"},
    "rights": {"lv": "vērā ņemamās tiesības", "en": "rights that count"},
}


class Explainer:
    """Builds the trees of one answer; a value that several rights rest on is told once and shared between them."""

    def __init__(self, results: Results, lang: str) -> None:
        self.results = results
        self.law = results.wiring.law
        self.lang = lang
        self.told: dict[tuple[str, int | None], Tree] = {}

    def right(self, right: Right) -> list[Tree]:
        """One tree for each evaluation behind a right (each child, or the household)."""
        places: tuple[int | None, ...] = right.places or (None,)
        return [self.value(self.results.wiring.values[right.code], place) for place in places]

    def who(self, value: Value, person: int | None) -> str:
        """Whom a value is of."""
        return "household" if value.entity == "household" or person is None else self.results.facts.ids[person]

    def value(self, value: Value, person: int | None) -> Tree:
        """The tree of a value of a person, family or household."""
        known = self.told.get((value.key, person))
        if known is None:
            known = self.told[value.key, person] = self.tell(value, person)
        return known

    def tell(self, value: Value, person: int | None) -> Tree:
        """Build the tree of a value."""
        result = self.results.value(value.key, person)
        unit = unit_of(self.law, value.name, self.results)
        tree: Tree = {
            "rule": value.name,
            "title": title_of(self.law, value.name, self.lang, value.version or value.gathered),
            "who": self.who(value, person),
            "result": value_words(result, unit, value.name, self.results, self.lang),
        } | self.unit(result, unit, "")
        if isinstance(result, Unknown):
            tree["undetermined"] = result.question_lv if self.lang == "lv" else result.question_en
        if value.version is not None:
            return tree | self.cited(value.version) | self.rule(value, value.version, person)
        return tree | self.gathered(value, person)

    def cited(self, version: RuleVersion) -> Tree:
        """Where a rule stands, how it rounds and what is open about it; the same for every household, so made once."""
        key = (id(version), self.lang)
        if key not in self.law.cited:
            self.law.cited[key] = dict(self._cited(version))
        return self.law.cited[key]

    def _cited(self, version: RuleVersion) -> Iterator[tuple[str, Any]]:
        yield "act", version.act
        yield "article", self.article(version.article)
        yield "cited", citation_words(self.law, version.act, version.article, self.lang)
        if version.rounding:
            yield "rounding", {"mode": version.rounding.mode, "to_cents": version.rounding.to_cents,
                               "article": self.article(version.rounding.article)}  # fmt: skip
        if version.questions:
            yield "open_questions", [question.lv if self.lang == "lv" else question.en
                                     for question in version.questions]  # fmt: skip

    # -- rules -------------------------------------------------------------------------------------------------

    def rule(self, value: Value, version: RuleVersion, person: int | None) -> Tree:
        """What a rule adds to its tree: formula, rounding, open questions, and all that it was given."""
        found = arguments_of(value, self.results, person)
        arguments = {one.name: given for one, given in zip(value.arguments, found, strict=True)}
        tree: Tree = {}
        guarded = value.guard is not None and person is not None and not self.results.columns[value.guard][person]
        if not guarded:
            tree = self.formula(value, version, arguments, person)
        inputs, parameters, below = [], [], []
        for argument, given in zip(value.arguments, found, strict=True):
            if argument.reach == "parameter":
                parameters.append(self.parameter(self.results.wiring.parameters[argument.key]))
            elif argument.key in self.results.wiring.values:
                below.append(self.value(self.results.wiring.values[argument.key], self.place(argument, person)))
            else:
                inputs.append(self.input(argument, given, person))
        return tree | {"inputs": inputs, "parameters": parameters, "from": below}

    def place(self, argument: Argument, person: int | None) -> int | None:
        """Where an argument of this person's rule is read: the household, the family's first child, the person."""
        if argument.reach == "household" or person is None:
            return None
        if argument.reach == "family":
            family = int(self.results.columns["family"][person])
            return family if family >= 0 else person
        return person

    def formula(self, value: Value, version: RuleVersion, arguments: dict[str, Any], person: int | None) -> Tree:
        """The formula in words and in values, with the tests met on the way; or the question that stays open."""
        try:
            path = path_of(version, arguments)
        except UndeterminedError:
            return {}
        in_values = Writer(version, self.lang, lambda name, unit: self.shown(name, unit, path),
                           lambda node: self.shown_value(node, version, path))  # fmt: skip
        return {
            "formula": self.in_words(version, path.returned),
            "calculation": in_values.text(path.returned),
            "because": [self.stated(test, outcome, version) for test, outcome in path.tests],
        }

    def in_words(self, version: RuleVersion, node: ast.expr) -> str:
        """An expression with the names of things; the same for every household, so written once."""
        written = self.law.written
        key = (id(node), self.lang)
        if key not in written:
            written[key] = titled(version, self.law, self.lang).text(node)
        return written[key]

    def stated(self, test: ast.expr, outcome: bool, version: RuleVersion) -> str:
        """A test that was met, put positively where it can be."""
        while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, outcome = test.operand, not outcome
        words = self.in_words(version, test)
        return words if outcome else f"{_NOT[self.lang]} {words}"

    def article(self, article: str) -> str:
        """An article in the words of the language."""
        return article_words(self.law, article, self.lang)

    def unit(self, value: Any, unit: str, measure: str) -> Tree:
        """The word for the unit of a value, where it has one: €, years, months."""
        word = word_after(value, unit, measure, self.lang)
        return {"unit": word} if word else {}

    def title(self, name: str) -> str:
        """The title of a named value."""
        return title_of(self.law, name, self.lang)

    def shown(self, name: str, unit: str, path: Path) -> str:
        """A name as the value it had on this path; the bare name when it had none."""
        return value_words(path.names[name], unit, name, self.results, self.lang) if name in path.names else name

    def shown_value(self, node: ast.expr, version: RuleVersion, path: Path) -> str:
        """A looked-up or computed part, as its value."""
        try:
            value = valued(node, version, path.names)
        except UndeterminedError:
            return "?"
        unit = kind_of(version).unit if isinstance(value, int) else "number"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert isinstance(node.func.value, ast.Name)
            table = kinds_in(version)[node.func.value.id].annotation
            unit = "money" if table.startswith("Money") else "rate" if table.startswith("Rate") else "number"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            by_name = {"is_known": "flag", "is_someone": "flag", "month_of": "month", "Cents": "money",
                       "Rate": "rate", "indexed": "money"}  # fmt: skip
            unit = by_name.get(node.func.id, "number")
            if node.func.id in _OF_A_DAY and valued(node.args[0], version, path.names) == 0:
                return UNKNOWN[self.lang]
        return value_words(value, unit, "", self.results, self.lang)

    # -- facts and parameters ----------------------------------------------------------------------------------

    def input(self, argument: Argument, given: Any, person: int | None) -> Tree:
        """One fact; `stated` says whether the file gave it or the default stands (left out when it is worked out)."""
        name = argument.name
        unit = unit_of(self.law, name, self.results)
        facts = self.results.facts
        stated = name in facts.stated_household if person is None or argument.reach == "household" else (
            name in facts.stated[person])  # fmt: skip
        found: Tree = {"name": name, "title": self.title(name),
                       "value": value_words(given, unit, name, self.results, self.lang),
                       **self.unit(given, unit, measure_of(self.law, name))}  # fmt: skip
        worked_out = name in self.law.catalogue.worked_out or unit == "link" or argument.reach == "month"
        return found if worked_out else found | {"stated": stated}

    def parameter(self, bound: Bound) -> Tree:
        """One parameter: value, first day, article, reference, certainty and what it rests on."""
        parameter, dated = bound.parameter, bound.dated
        key = (id(dated), self.lang)
        if key not in self.law.cited:
            self.law.cited[key] = self._parameter(parameter, dated)
        return self.law.cited[key]

    def _parameter(self, parameter: Parameter, dated: DatedValue) -> Tree:
        given = dated.value
        found: Tree = {
            "name": parameter.name,
            "title": parameter.lv if self.lang == "lv" else parameter.en,
            "value": self.parameter_value(parameter, given, dated.written),
            **self.unit(given, _UNITS[parameter.of], parameter.unit),
            "valid_from": dated.since.isoformat(),
            "article": self.article(parameter.article),
            "reference": dated.reference[0 if self.lang == "lv" else 1],
            "certainty": dated.certainty,
        }
        if dated.rests_on:
            found["rests_on"] = list(dated.rests_on)
        if dated.question:
            found["question"] = dated.question[0 if self.lang == "lv" else 1]
        return found

    def parameter_value(self, parameter: Parameter, given: Any, written: str) -> str:
        """A parameter as text: one amount bare, as in a calculation; tables and scales row by row."""
        if isinstance(given, (Unknown, Lookup)):
            return parameter_words(parameter, given, written, self.lang)
        return value_words(given, _UNITS[parameter.of], parameter.argument, self.results, self.lang)

    # -- gathered values ---------------------------------------------------------------------------------------

    def gathered(self, value: Value, person: int | None) -> Tree:
        """What a gathered value adds to its tree: the members' shares that are not zero."""
        assert value.gathered is not None
        declared = value.gathered
        tree: Tree = {"formula": f"{_GATHERED[declared.kind][self.lang]}: {self.gathered_title(value)}"}
        members = members_of(value, self.results, person)
        below: list[Tree] = []
        inputs: list[Tree] = []
        for member in members:
            for key in value.of:
                self.one_of(key, member, below, inputs)
        return tree | {"inputs": inputs, "parameters": [], "from": below}

    def one_of(self, key: str, member: int | None, below: list[Tree], inputs: list[Tree]) -> None:
        """Add one member's share, when it is not zero, to the rules `below` or to the `inputs`."""
        known = self.results.wiring.values.get(key)
        result = self.results.value(key, member)
        if known is not None:
            if isinstance(result, Unknown) or result:
                below.append(self.value(known, member))
        elif result:
            assert member is not None
            unit = unit_of(self.law, key, self.results)
            inputs.append({"name": key, "title": self.title(key), "who": self.results.facts.ids[member],
                           "value": value_words(result, unit, key, self.results, self.lang),
                           **self.unit(result, unit, measure_of(self.law, key)),
                           "stated": key in self.results.facts.stated[member]})  # fmt: skip

    def gathered_title(self, value: Value) -> str:
        """The title of what is gathered."""
        assert value.gathered is not None
        return self.title(value.gathered.of) if value.gathered.of else ", ".join(self.title(key) for key in value.of)


_NOT = {"lv": "neizpildās:", "en": "does not hold:"}


def unfolded(trees: list[Tree], told: set[int] | None = None) -> list[Tree]:
    """Trees for writing out: what was told once is only named again, with `told_above`."""
    seen = set[int]() if told is None else told
    found = []
    for tree in trees:
        if id(tree) in seen:
            names = ("rule", "title", "who", "result", "unit", "act", "article", "cited")
            found.append({key: tree[key] for key in names if key in tree} | {"told_above": True})
            continue
        seen.add(id(tree))
        found.append(tree | {"from": unfolded(tree["from"], seen)})
    return found


def unverified_in(trees: list[Tree]) -> list[Tree]:
    """The parameters in explanations whose value is not verified, each once."""
    found: dict[str, Tree] = {}
    waiting, seen = list(trees), set[int]()
    while waiting:
        tree = waiting.pop()
        if id(tree) in seen:
            continue
        seen.add(id(tree))
        for parameter in tree.get("parameters", ()):
            if parameter["certainty"] in ("derived", "unverified", "unknown"):
                found[parameter["name"]] = parameter
        waiting.extend(tree.get("from", ()))
    return [found[name] for name in sorted(found)]

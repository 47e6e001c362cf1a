"""Why somebody has no right: every condition that failed, with what was needed and what was found.

A rule that gave nothing is followed along the path it took; `and` is taken apart, conditions that are rules of their
own are followed further down, and what is left is a comparison or a yes-or-no fact.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from balsts.law.engine.answer import HOUSEHOLD, Answer, shares
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import UndeterminedError, Unknown
from balsts.law.engine.explaining.formula import Path, choice_of, choice_words, path_of, titled, valued
from balsts.law.engine.explaining.gathered import members_of
from balsts.law.engine.explaining.needed import OPPOSITE, TURNED, compared, others, stated_name, stated_words
from balsts.law.engine.explaining.reasons import Reason, one_of, ways_of
from balsts.law.engine.explaining.words import (
    NOBODY_WORD,
    YES,
    measure_of,
    measured_words,
    title_of,
    unit_of,
    value_words,
)
from balsts.law.engine.one import Results, arguments_of
from balsts.law.engine.subset import kind_of, kinds_in
from balsts.law.engine.wiring import Value

_MEMBER = {"lv": "kāds mājsaimniecības loceklis", "en": "a member of the household"}


@dataclass(frozen=True)
class Refusal:
    """A right that a possible payee does not have, with the conditions that failed."""

    code: str
    who: str
    because: tuple[Reason, ...]

    def as_json(self) -> dict[str, Any]:
        """In the form of the contract."""
        return {
            "code": self.code,
            "who": self.who,
            "because": [one.as_json() for one in self.because],
        }


def refusals(answer: Answer, lang: str, *, besides: Container[str] = ()) -> list[Refusal]:
    """Every code in force, `besides` some, for every possible payee who does not have it, by code, then payee."""
    found = []
    decided = {(one.code, one.who) for one in answer.rights} | {(one.code, one.who) for one in answer.undetermined}
    for code in answer.results.wiring.rights:
        if code in besides:
            continue
        by_payee: dict[str, dict[Reason, None]] = {}
        for share in shares(answer.results, code):
            if (code, share.payee) not in decided:
                reasons = Seeker(answer.results, lang).why(code, share.place)
                by_payee.setdefault(share.payee, {}).update(dict.fromkeys(reasons))
        if not by_payee and not any(one == code for one, _ in decided):
            by_payee[HOUSEHOLD] = {_no_payee(answer.results, code, lang): None}
        found += [Refusal(code, who, tuple(reasons)) for who, reasons in sorted(by_payee.items())]
    return found


def _no_payee(results: Results, code: str, lang: str) -> Reason:
    terms = results.wiring.version(code).right
    assert terms is not None
    title = title_of(results.wiring.law, terms.payee or code, lang)
    return Reason(title, _MEMBER[lang], NOBODY_WORD[lang], HOUSEHOLD)


class Seeker:
    """Finds the failed conditions behind one result."""

    def __init__(self, results: Results, lang: str) -> None:
        self.results = results
        self.law = results.wiring.law
        self.lang = lang

    def why(self, key: str, person: int | None) -> list[Reason]:
        """The conditions that failed for a value that is zero or false."""
        return list(dict.fromkeys(self.of_value(self.results.wiring.values[key], person, wanted=True)))

    def of_value(self, value: Value, person: int | None, *, wanted: bool) -> Iterator[Reason]:
        """Why a value is not what was wanted (`wanted`: more than zero, or yes), down to what can be stated."""
        version = value.version
        if version is None:
            yield from self.of_gathered(value, person, wanted)
            return
        if value.guard is not None and person is not None and not self.results.columns[value.guard][person]:
            yield from self.of_value(self.results.wiring.values[value.guard], person, wanted=True)
            return
        found = arguments_of(value, self.results, person)
        arguments = {one.name: given for one, given in zip(value.arguments, found, strict=True)}
        try:
            path = path_of(version, arguments)
        except UndeterminedError:
            yield self.plain(value.name, value, person, wanted)
            return
        looked = _Look(self, value, version, path, person)
        reasons = list(looked.path_reasons(wanted))
        yield from reasons or [self.plain(value.name, value, person, wanted)]

    def of_gathered(self, value: Value, person: int | None, wanted: bool) -> Iterator[Reason]:
        """For a count or sum that came to nothing: what each member lacks to add to it; one member would do."""
        ways: dict[tuple[Reason, ...], None] = {}
        assert value.gathered is not None
        if wanted and value.gathered.kind != "rights":
            inner = self.results.wiring.values.get(value.of[0])
            for member in members_of(value, self.results, person):
                if inner is not None:
                    ways.update(dict.fromkeys(ways_of(self.of_value(inner, member, wanted=True))))
        yield from one_of(tuple(ways), self.lang) or [self.plain(value.name, value, person, wanted)]

    def plain(self, name: str, value: Value, person: int | None, wanted: bool) -> Reason:
        """A value that should have been something and is not."""
        unit = unit_of(self.law, name, self.results)
        measure = measure_of(self.law, name)
        found = measured_words(self.results.value(value.key, person), unit, measure, name, self.results, self.lang)
        return Reason(title_of(self.law, name, self.lang, value.version or value.gathered), self.needed(unit, wanted),
                      found, self.who(value, person))  # fmt: skip

    def needed(self, unit: str, wanted: bool) -> str:
        """What would have been needed, in words: yes or no, or a bound."""
        if unit == "flag":
            return YES[self.lang][wanted]
        if unit in ("money", "rate"):
            nothing = measured_words(0, unit, "", "", self.results, self.lang)
            return compared(ast.Gt, nothing, unit, self.lang) if wanted else nothing
        return compared(ast.GtE, "1", unit, self.lang) if wanted else "0"

    def who(self, value: Value, person: int | None) -> str:
        """Whom a value is of: the household, or a person's id."""
        return HOUSEHOLD if value.entity == "household" or person is None else self.results.facts.ids[person]


class _Look:
    """One rule's path, and what on it would have to be otherwise."""

    def __init__(self, seeker: Seeker, value: Value, version: RuleVersion, path: Path, person: int | None) -> None:
        self.seeker = seeker
        self.value = value
        self.version = version
        self.path = path
        self.person = person
        self.kinds = kinds_in(version)
        self.words = titled(version, seeker.law, seeker.lang)

    def path_reasons(self, wanted: bool) -> Iterator[Reason]:
        """Reasons why the rule is not what was wanted (something, or nothing)."""
        if not self.path.tests or not _is_constant(self.path.returned):
            yield from self.otherwise(self.path.returned, wanted=wanted)
            return
        ways: dict[tuple[Reason, ...], None] = {}
        for (test, outcome), other in zip(self.path.tests, self.path.others, strict=True):
            if not self.is_never(other, wanted):
                ways.update(dict.fromkeys(ways_of(self.otherwise(test, wanted=not outcome))))
        yield from one_of(tuple(ways), self.seeker.lang)

    def is_never(self, statements: tuple[ast.stmt, ...], wanted: bool) -> bool:
        """Whether what would have followed gives at once, whatever the facts, not what was wanted."""
        first = statements[0]
        if not isinstance(first, ast.Return) or first.value is None or not _is_constant(first.value):
            return False
        return bool(valued(first.value, self.version, {})) != wanted

    def otherwise(self, node: ast.expr, *, wanted: bool) -> Iterator[Reason]:
        """Reasons for an expression that is not as wanted: true (or above zero), or false."""
        if isinstance(node, ast.BoolOp):
            yield from self.joined(node, wanted)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield from self.otherwise(node.operand, wanted=not wanted)
        elif isinstance(node, ast.Compare):
            yield self.comparison(node, wanted)
        elif isinstance(node, ast.Name):
            yield from self.name(node.id, wanted)
        elif isinstance(node, ast.IfExp):
            taken = valued(node.test, self.version, self.path.names)
            branch = node.body if taken else node.orelse
            if isinstance(branch, ast.Constant):
                yield from self.otherwise(node.test, wanted=not taken)
            else:
                yield from self.otherwise(branch, wanted=wanted)
        else:
            yield from self.amount(node, wanted)

    def joined(self, node: ast.BoolOp, wanted: bool) -> Iterator[Reason]:
        """All failed parts where all are needed; one reason for the lot where one of several would do."""
        every_part = isinstance(node.op, ast.And) == wanted
        failed = self.without_moot([part for part in node.values if self.failed(part, wanted)])
        if every_part or len(failed) == 1:
            for part in failed:
                yield from self.otherwise(part, wanted=wanted)
            return
        ways: dict[tuple[Reason, ...], None] = {}
        for part in failed:
            ways.update(dict.fromkeys(ways_of(self.otherwise(part, wanted=wanted))))
        yield from one_of(tuple(ways), self.seeker.lang)

    def without_moot(self, failed: list[ast.expr]) -> list[ast.expr]:
        """Leave out what is said of a day or a person that is not known at all."""
        missing = {part.args[0].id for part in failed if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
                   and part.func.id in ("is_known", "is_someone") and isinstance(part.args[0], ast.Name)}  # fmt: skip
        return [
            part for part in failed
            if (isinstance(part, ast.Call) and getattr(part.func, "id", "") in ("is_known", "is_someone"))
            or not any(isinstance(one, ast.Name) and one.id in missing for one in ast.walk(part))
        ]  # fmt: skip

    def failed(self, node: ast.expr, wanted: bool) -> bool:
        try:
            return bool(valued(node, self.version, self.path.names)) != wanted
        except UndeterminedError:
            return False

    def comparison(self, node: ast.Compare, wanted: bool) -> Reason:
        """The comparison, or the part of a chain, that is not as wanted: with the limit on the right."""
        sides = [node.left, *node.comparators]
        for number, operator in enumerate(node.ops):
            pair = ast.Compare(sides[number], [operator], [sides[number + 1]])
            if len(node.ops) == 1 or bool(valued(pair, self.version, self.path.names)) != wanted:
                left, right, sign = sides[number], sides[number + 1], type(operator)
                sign = sign if wanted else OPPOSITE[sign]
                if self.is_fixed(left) and not self.is_fixed(right):
                    left, right, sign = right, left, TURNED[sign]
                return Reason(self.words.text(left), self.limit(left, right, sign), self.shown(left, right),
                              self.seeker.who(self.value, self.person))  # fmt: skip
        return self.whole(node, wanted)

    def limit(self, left: ast.expr, right: ast.expr, sign: type) -> str:
        """What one side of a comparison has to be: the bound in words, and what the bound is."""
        if isinstance(right, ast.Attribute) and sign is ast.NotEq:
            return others(choice_of(right, self.version), self.seeker.lang)
        is_named = any(isinstance(one, ast.Name) and one.id in self.kinds and one.id != "month"
                       for one in ast.walk(right))  # fmt: skip
        table = right.func.value if isinstance(right, ast.Call) and isinstance(right.func, ast.Attribute) else right
        meant = f" ({self.words.text(table)})" if is_named else ""
        unit = self.unit(left) if isinstance(right, ast.Constant) else self.unit(right)
        return compared(sign, self.shown(right, left), unit, self.seeker.lang) + meant

    def is_fixed(self, node: ast.expr) -> bool:
        """Whether a side of a comparison is made of parameters and constants alone."""
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        fixed = {one.name for one in self.value.arguments if one.reach in ("parameter", "month")}
        return names & self.kinds.keys() <= fixed

    def name(self, name: str, wanted: bool) -> Iterator[Reason]:
        """A named value: followed into its rule, or stated as it is."""
        for argument in self.value.arguments:
            known = self.seeker.results.wiring.values.get(argument.key)
            if argument.name == name and known is not None and argument.reach != "parameter":
                place = None if argument.reach == "household" else self.person
                if argument.reach == "family" and self.person is not None:
                    place = int(self.seeker.results.columns["family"][self.person])
                if place is None or place >= 0:
                    if wanted or known.version is None:
                        yield from self.seeker.of_value(known, place, wanted=wanted)
                    else:
                        yield self.seeker.plain(known.name, known, place, wanted)
                    return
        yield self.whole(ast.Name(name, ast.Load()), wanted)

    def amount(self, node: ast.expr, wanted: bool) -> Iterator[Reason]:
        """An amount that came to nothing: the factor that is zero, or the sum as a whole."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for factor in (node.left, node.right):
                if self.failed(factor, wanted):
                    yield from self.otherwise(factor, wanted=wanted)
                    return
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
            for part in node.args:
                is_zero = isinstance(part, ast.Call) and not self.names_in(part)
                if not is_zero and not isinstance(part, ast.Constant) and (
                    valued(part, self.version, self.path.names) <= 0) == wanted:  # fmt: skip
                    yield from self.otherwise(part, wanted=wanted)
                    return
        yield self.whole(node, wanted)

    def names_in(self, node: ast.expr) -> bool:
        return any(isinstance(one, ast.Name) and one.id in self.path.names for one in ast.walk(node))

    def whole(self, node: ast.expr, wanted: bool) -> Reason:
        """An expression as it stands; of a day or a person, whether it is stated."""
        who = self.seeker.who(self.value, self.person)
        asked = stated_name(node)
        if asked is not None:
            unit = self.kinds[asked].unit
            found = value_words(self.path.names[asked], unit, asked, self.seeker.results, self.seeker.lang)
            needed, missing = stated_words(unit, self.seeker.lang, wanted=wanted)
            return Reason(self.words.text(ast.Name(asked, ast.Load())), needed, missing if wanted else found, who)
        value = valued(node, self.version, self.path.names)
        unit = "flag" if isinstance(value, bool) else self.unit(node)
        return Reason(self.words.text(node), self.seeker.needed(unit, wanted), self.shown(node, node), who)

    def unit(self, node: ast.expr) -> str:
        """The unit of a part, from the names in it."""
        if isinstance(node, ast.Name) and node.id in self.kinds:
            return self.kinds[node.id].unit
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            table = self.kinds[getattr(node.func.value, "id", "")].annotation
            return "money" if table.startswith("Money") else "rate" if table.startswith("Rate") else "number"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            by_name = {"is_known": "flag", "is_someone": "flag", "month_of": "month"}
            if node.func.id in ("min", "max"):
                return self.unit(node.args[-1])
            return by_name.get(node.func.id, "money" if node.func.id in ("Cents", "indexed") else "number")
        units = {self.unit(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)}
        for unit in ("money", "choice", "day", "month", "link"):
            if unit in units:
                return unit
        return kind_of(self.version).unit if units == {"rate"} else "number"

    def measure(self, node: ast.expr) -> str:
        """What the number of a part counts, from the functions and names in it; empty where nothing says so."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            by_name = {"months_from": "months", "completed_months": "months", "completed_years": "years"}
            return by_name.get(node.func.id, "")
        found = (measure_of(self.seeker.law, one.id) for one in ast.walk(node) if isinstance(one, ast.Name))
        return next((one for one in found if one), "")

    def shown(self, node: ast.expr, beside: ast.expr) -> str:
        """The value of one side of a comparison, in words."""
        value = valued(node, self.version, self.path.names)
        if isinstance(value, Unknown):
            return "?"
        if isinstance(value, bool):
            return YES[self.seeker.lang][value]
        if isinstance(node, ast.Attribute):
            return choice_words(node, self.version, self.seeker.lang)
        unit = self.unit(node)
        if unit == "number" and isinstance(node, ast.Constant):
            unit = self.unit(beside)
        name = node.id if isinstance(node, ast.Name) else ""
        measure = self.measure(node) or self.measure(beside)
        return measured_words(value, unit, measure, name, self.seeker.results, self.seeker.lang)


def _is_constant(node: ast.expr) -> bool:
    """Whether a rule returns this whatever it was given: a constant, or an amount or rate made of one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Cents", "Rate"):
        return isinstance(node.args[0], ast.Constant)
    return isinstance(node, ast.Constant)

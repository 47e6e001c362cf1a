"""Parameters: the numbers a legislator can change, each with its dates, reference and certainty.

One `parameters.yaml` a folder; its parameters reach rules as `<folder>_<name>`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NoReturn, TypeVar

from balsts.law.engine.errors import LawError, Unknown, nearest
from balsts.law.engine.quantities import calendar_day, cents_from, rate_from
from balsts.law.engine.text import Node, Place
from balsts.law.engine.vocabulary import Lookup, day_number

Type = Literal["money", "rate", "whole_number", "flag", "table", "scale", "steps"]
Certainty = Literal["act", "seen", "derived", "unverified", "unknown"]
Value = int | Lookup | Unknown | None
Choice = TypeVar("Choice", bound=str)

MAX_PARAMETER_CENTS = 100_000_000
MAX_RATE = 10_000_000
MAX_WHOLE_NUMBER = 1_000_000
"""Bounds of parameters (1 million euros, 1,000 %, a million): what makes an overflow impossible, see `subset`."""

_SIMPLE: tuple[Type, ...] = ("money", "rate", "whole_number", "flag")
_LOOKUPS: tuple[Type, ...] = ("table", "scale", "steps")
_CERTAINTIES: tuple[Certainty, ...] = ("seen", "derived", "unverified", "unknown")
_REQUIRED = ("name", "article", "unit", "per", "type", "values")
_VALUE_KEYS = ("value", "reference", "certainty", "rests_on", "enacted", "repealed", "question")


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter, in force from `since` until the next one.

    `reference` is the act or document that set it, in Latvian and English; twice the same where it is a bare citation.
    """

    since: date
    value: Value
    written: str
    reference: tuple[str, str]
    certainty: Certainty = "act"
    rests_on: tuple[str, ...] = ()
    enacted: date | None = None
    question: tuple[str, str] | None = None
    place: Place | None = None

    @property
    def repealed(self) -> bool:
        """Whether this entry is an end."""
        return self.value is None


@dataclass(frozen=True)
class Parameter:
    """A parameter with all its values, in the order of their dates."""

    name: str
    lv: str
    en: str
    article: str
    unit: str
    per: str
    type: Type
    of: str
    by: str
    values: tuple[DatedValue, ...]
    place: Place
    original: Parameter | None = None

    @property
    def path(self) -> str:
        """The name as the law's files and reforms write it: `childcare_benefit.amount`."""
        return self.name

    @property
    def argument(self) -> str:
        """The name as rules write it: `childcare_benefit_amount`."""
        return self.name.replace(".", "_")

    def on(self, day: date, known: date | None = None) -> DatedValue | None:
        """The value in force on a day, as the law was known on the day `known`; None when there is none."""
        found = None
        for value in self.values:
            if value.since > day:
                break
            if known is None or value.enacted is None or value.enacted <= known:
                found = value
        return None if found is None or found.repealed else found

    def parse(self, node: Node) -> Value:
        """Read a value of this parameter's type; raises LawError saying what was expected where."""
        return _parse_value(node, self.type, self.of)

    def revalued(self, values: tuple[DatedValue, ...]) -> Parameter:
        """The same parameter with other values (a reform), keeping what it was."""
        original = (self.original or self) if self.values else None
        return replace(self, values=values, original=original)


def read_parameters(tree: Node, folder: str) -> list[Parameter]:
    """All parameters of one file; raises LawError naming file, line and what was expected."""
    found = []
    for key, node in tree.mapping("a mapping of parameter names", LawError).items():
        found.append(_parameter(f"{folder}.{key}", node))
    return found


def _parameter(name: str, node: Node) -> Parameter:
    fields = node.mapping(f"the parameter {name} as a mapping", LawError)
    for key in fields:
        if key not in (*_REQUIRED, "of", "by"):
            _fail(fields[key], f"{key} is not a field of a parameter.{nearest(key, (*_REQUIRED, 'of', 'by'))}")
    for key in _REQUIRED:
        if key not in fields:
            _fail(node, f"{name} has no {key}; every parameter needs {', '.join(_REQUIRED)}.")
    kind = _choice(fields["type"], (*_SIMPLE, *_LOOKUPS))
    if kind in _LOOKUPS and "of" not in fields:
        _fail(node, f"{name} is a {kind}; say what its values are with `of: money`, `rate` or `whole_number`.")
    of = _choice(fields["of"], ("money", "rate", "whole_number")) if kind in _LOOKUPS else kind
    lv, en = _titles(fields["name"])
    bare = Parameter(
        name=name,
        lv=lv,
        en=en,
        article=_text(fields["article"]),
        unit=_text(fields["unit"]),
        per=_text(fields["per"]),
        type=kind,
        of=of,
        by=_text(fields["by"]) if "by" in fields else "",
        values=(),
        place=node.place,
    )
    return bare.revalued(_values(bare, fields["values"]))


def _values(parameter: Parameter, node: Node) -> tuple[DatedValue, ...]:
    entries = node.mapping("values by the day they hold from", LawError)
    if not entries:
        _fail(node, f"{parameter.name} has no value.")
    found = [dated_value(parameter, since, entry) for since, entry in entries.items()]
    days = [value.since for value in found]
    if days != sorted(days):
        _fail(node, f"the values of {parameter.name} are not in the order of their days.")
    return tuple(found)


def dated_value(parameter: Parameter, since: str, node: Node) -> DatedValue:
    """One entry under `values`."""
    fields = node.mapping("a value with its reference", LawError)
    for key in fields:
        if key not in _VALUE_KEYS:
            _fail(fields[key], f"{key} is not a field of a value.{nearest(key, _VALUE_KEYS)}")
    if "reference" not in fields:
        _fail(node, f"{parameter.name} from {since} has no reference: which act or document set it?")
    repealed = "repealed" in fields and _choice(fields["repealed"], ("true",)) == "true"
    if repealed == ("value" in fields):
        _fail(node, f"{parameter.name} from {since} needs either a value or `repealed: true`.")
    certainty: Certainty = _choice(fields["certainty"], _CERTAINTIES) if "certainty" in fields else "act"
    question = _titles(fields["question"]) if "question" in fields else None
    value: Value = None
    written = "repealed"
    if not repealed:
        value, written = _written(parameter, fields["value"], certainty, question, since)
    return DatedValue(
        since=_day(node, since),
        value=value,
        written=written,
        reference=_reference(fields["reference"]),
        certainty=certainty,
        rests_on=_rests_on(fields.get("rests_on"), certainty, node, parameter.name),
        enacted=_day(fields["enacted"], _text(fields["enacted"])) if "enacted" in fields else None,
        question=question,
        place=node.place,
    )


def _reference(node: Node) -> tuple[str, str]:
    if isinstance(node.content, str):
        return _text(node), _text(node)
    if not isinstance(node.content, dict):
        _fail(node, "expected the act or document that set the value: {lv: …, en: …}, or one text if it is a citation "
                    f"alone, the same in both languages, found {node.kind}.")  # fmt: skip
    return _titles(node)


def _written(
    parameter: Parameter, node: Node, certainty: str, question: tuple[str, str] | None, since: str
) -> tuple[Value, str]:
    if node.content == "unknown" or certainty == "unknown":
        if question is None or certainty != "unknown" or node.content != "unknown":
            _fail(node, f"{parameter.name} from {since}: an unknown value is written `value: unknown`, "
                        "`certainty: unknown` and has a question.")  # fmt: skip
        return Unknown(parameter.name, *question), "unknown"
    return parameter.parse(node), _as_text(node)


def _rests_on(node: Node | None, certainty: str, owner: Node, name: str) -> tuple[str, ...]:
    if node is None:
        if certainty in ("seen", "derived", "unverified"):
            _fail(owner, f"{name}: a value that is {certainty} must say what it rests on (rests_on).")
        return ()
    if isinstance(node.content, str):
        return (node.content,)
    return tuple(_text(item) for item in node.sequence("a list of source keys", LawError))


def _parse_value(node: Node, kind: str, of: str) -> int | Lookup:
    if kind in _SIMPLE:
        return _simple(node, kind)
    rows = node.mapping(f"rows of a {kind}", LawError)
    if not rows:
        _fail(node, f"a {kind} needs at least one row.")
    read_key: dict[str, Callable[[str], int]] = {
        "table": _whole,
        "scale": lambda text: int(cents_from(text)),
        "steps": lambda text: int(day_number(calendar_day(text))),
    }
    read: dict[int, int] = {}
    for key, value in rows.items():
        try:
            row = read_key[kind](key)
        except ValueError as error:
            _fail(value, f"{error}.")
        if row in read:
            _fail(value, f"the row {key} stands twice.")
        if read and row < max(read):
            _fail(value, f"the row {key} is out of order.")
        read[row] = _simple(value, of)
    return Lookup(read)


def _simple(node: Node, kind: str) -> int:
    text = _text(node)
    try:
        if kind == "money":
            value, bound = int(cents_from(text)), MAX_PARAMETER_CENTS
        elif kind == "rate":
            value, bound = int(rate_from(text)), MAX_RATE
        elif kind == "whole_number":
            value, bound = _whole(text), MAX_WHOLE_NUMBER
        else:
            return ("no", "yes").index(_choice(node, ("no", "yes")))
    except ValueError as error:
        _fail(node, f"{error}.")
    if value > bound:
        _fail(node, f"{text} is above what a parameter of this type may be.")
    return value


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError(f"expected a whole number, found {text[:40]}")
    return int(text)


def _as_text(node: Node) -> str:
    if isinstance(node.content, dict):
        return ", ".join(f"{key}: {_as_text(value)}" for key, value in node.content.items())
    return str(node.content)


def _titles(node: Node) -> tuple[str, str]:
    fields = node.mapping("the Latvian and English words: {lv: …, en: …}", LawError)
    if set(fields) != {"lv", "en"}:
        _fail(node, f"expected exactly lv and en, found {', '.join(fields) or 'nothing'}.")
    return _text(fields["lv"]), _text(fields["en"])


def _text(node: Node) -> str:
    text = node.text("text", LawError)
    if not text.strip():
        _fail(node, "expected text, found nothing.")
    return text


def _choice(node: Node, choices: tuple[Choice, ...]) -> Choice:
    text = _text(node)
    for choice in choices:
        if text == choice:
            return choice
    _fail(node, f"expected one of {', '.join(choices)}, found {text}.{nearest(text, choices)}")


def _day(node: Node, text: str) -> date:
    try:
        return calendar_day(text)
    except ValueError as error:
        _fail(node, f"{error}.")


def _fail(node: Node, message: str) -> NoReturn:
    node.place.fail(message, LawError)

"""Reads and checks the declarations of case types; a mistake is told with its file, line and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from balsts.access.models import OFFICES
from balsts.access.roles import PURPOSES, ROLES
from balsts.cases.types.declaration import (
    CardKind,
    CaseType,
    Cited,
    Discretion,
    EntryField,
    Evidence,
    Grant,
    NeededFact,
    Page,
    Question,
    Register,
    Term,
)
from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.texts import Text
from balsts.law.engine.errors import InputError, nearest
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import cents_from
from balsts.law.engine.text import Node, read_file
from balsts.law.latvia import latvia
from balsts.law.latvia.inputs import CATALOGUE

_FOLDER = Path(__file__).parent
_PACKAGE = Path(__file__).parents[2]
_COMMON = "common"
_CERTAINTIES = ("read", "seen", "derived", "unverified", "unknown")
_TERMS = ("decide", "contest", "hear", "answer")
_SHARED = ("terms", "unasked", "recovery", "discretions")
_RECOVERY = ("overpaid", "arrears")
_FIELD_KINDS = ("text", "long_text", "whole", "choice", "municipality", "catalogue")


@lru_cache(maxsize=1)
def common_terms() -> dict[str, Term]:
    """The terms that hold where a case type declares none of its own."""
    common = read_file(_FOLDER / f"{_COMMON}.yaml", shown=f"{_COMMON}.yaml")
    return _terms(_Fields(common, _SHARED))


@lru_cache(maxsize=1)
def case_types() -> dict[str, CaseType]:
    """All declared case types by code.

    Raises:
        InputError: a declaration does not follow its form.
    """
    common = _common()
    files = sorted(one for one in _FOLDER.glob("*.yaml") if one.stem != _COMMON)
    return {path.stem: read_case_type(path, common) for path in files}


@lru_cache(maxsize=1)
def unasked() -> dict[str, Text]:
    """Inputs of the law that no case type asks for, each with the reason; a type may have others of its own.

    Raises:
        InputError: `common.yaml` does not follow its form.
    """
    node = _Fields(_common(), _SHARED).need("unasked")
    found = {}
    for key, why in node.mapping("reasons by the law's input").items():
        _input(key, why)
        found[key] = _text(why)
    return found


def case_type(code: str) -> CaseType:
    """A case type by its code.

    Raises:
        InputError: there is none.
    """
    found = case_types()
    if code not in found:
        raise InputError(f"{code!r} is not a case type.{nearest(code, found)}")
    return found[code]


def _common() -> Node:
    return read_file(_FOLDER / f"{_COMMON}.yaml", shown=f"{_COMMON}.yaml")


def read_case_type(path: Path, common: Node) -> CaseType:
    """Read one declaration; what it does not say of terms is taken from `common.yaml`.

    Raises:
        InputError: it does not follow its form.
    """
    return _Reader(path.stem, read_file(path, shown=path.name), common).read()


class _Fields:
    """A mapping of a declaration, whose every name must be known."""

    def __init__(self, node: Node, known: tuple[str, ...]) -> None:
        self.node = node
        self.content = node.mapping(f"a mapping with {', '.join(known)}")
        for name, value in self.content.items():
            if name not in known:
                value.place.fail(f"{name} is not known here.{nearest(name, known)}")

    def need(self, name: str) -> Node:
        if name not in self.content:
            self.node.place.fail(f"has no {name}.")
        return self.content[name]

    def get(self, name: str) -> Node | None:
        return self.content.get(name)

    def text(self, name: str, otherwise: str | None = None) -> str:
        found = self.get(name)
        if found is None and otherwise is not None:
            return otherwise
        node = self.need(name)
        return "" if node.content is None else node.text(f"{name} as text")

    def one_of(self, name: str, known: Any, otherwise: str | None = None) -> Any:
        found = self.text(name, otherwise)
        if found not in known:
            self.need(name).place.fail(f"expected one of {', '.join(known)}; found {found}.{nearest(found, known)}")
        return found

    def yes(self, name: str, *, otherwise: bool) -> bool:
        return bool(self.one_of(name, ("yes", "no"), "yes" if otherwise else "no") == "yes")

    def whole(self, name: str, otherwise: str | None = None) -> int:
        found = self.text(name, otherwise)
        if not found.isdigit():
            self.need(name).place.fail(f"expected a whole number, found {found}.")
        return int(found)

    def items(self, name: str) -> list[Node]:
        found = self.get(name)
        return [] if found is None else found.sequence(f"{name} as a list")


def _text(node: Node) -> Text:
    fields = _Fields(node, ("lv", "en"))
    return Text(" ".join(fields.text("lv").split()), " ".join(fields.text("en").split()))


def _cited(node: Node) -> Cited:
    law = latvia()
    fields = _Fields(node, ("act", "article", "certainty", "rests_on", "question"))
    rests_on = fields.one_of("rests_on", tuple(law.sources))
    question = fields.get("question")
    return Cited(fields.one_of("act", tuple(law.acts)), fields.text("article"),
                 fields.one_of("certainty", _CERTAINTIES), rests_on, _text(question) if question else None)  # fmt: skip


class _Reader:
    _KNOWN = (
        "name", "says", "cited", "series", "subject", "purpose", "office", "prepares", "checks", "rights", "statuses",
        "second", "automatic", "grant", "terms", "pages", "facts", "evidence", "discretions", "register", "cards",
        "recovery",
    )  # fmt: skip

    def __init__(self, code: str, node: Node, common: Node) -> None:
        self.code = code
        self.fields = _Fields(node, self._KNOWN)
        self.common = _Fields(common, _SHARED)

    def read(self) -> CaseType:
        fields, law = self.fields, latvia()
        second = _Fields(fields.need("second"), ("rule", "above_eur"))
        rule = second.one_of("rule", ("always", "never", "above"))
        return CaseType(
            code=self.code,
            name=_text(fields.need("name")),
            says=_text(fields.need("says")),
            cited=_cited(fields.need("cited")),
            series=fields.text("series"),
            subject=fields.one_of("subject", ("household", "person", "organisation")),
            purpose=fields.one_of("purpose", tuple(PURPOSES)),
            office=fields.one_of("office", ("social_service", *OFFICES)),
            prepares=fields.one_of("prepares", tuple(ROLES)),
            checks=fields.one_of("checks", tuple(ROLES)),
            rights=self.codes("rights", law.rights()),
            statuses=self.codes("statuses", law.statuses()),
            second=rule,
            second_above_cents=cents_from(second.text("above_eur")) if rule == "above" else 0,
            is_automatic=fields.yes("automatic", otherwise=False),
            grant=self.grant(),
            terms=self.terms(),
            pages=tuple(self.page(one) for one in fields.items("pages")),
            facts=self.facts(),
            evidence=tuple(self.evidence(one) for one in fields.items("evidence")),
            discretions=self.discretions(),
            register=self.register(),
            cards=tuple(_card(one) for one in fields.items("cards")),
            recovery=self.recovery(),
        )

    def codes(self, name: str, known: list[str]) -> tuple[str, ...]:
        found = []
        for node in self.fields.items(name):
            code = node.text("a code of the law")
            if code not in known:
                node.place.fail(f"{code} is not among the {name} of the law.{nearest(code, known)}")
            found.append(code)
        return tuple(found)

    def grant(self) -> Grant:
        node = self.fields.get("grant")
        if node is None:
            return Grant("", 0, _cited(self.fields.need("cited")))
        fields = _Fields(node, ("months_rule", "window_months", "back_months", "cited"))
        rule = fields.text("months_rule", "")
        if rule and rule not in latvia().rules:
            fields.need("months_rule").place.fail(f"{rule} is not a rule of the law.{nearest(rule, latvia().rules)}")
        return Grant(rule, fields.whole("window_months", "0"), _cited(fields.need("cited")),
                     fields.whole("back_months", "0"))  # fmt: skip

    def terms(self) -> dict[str, Term]:
        return {**_terms(self.common), **_terms(self.fields)}

    def recovery(self) -> dict[str, Cited]:
        found: dict[str, Cited] = {}
        for source in (self.common, self.fields):
            node = source.get("recovery")
            for name, cited in (node.mapping("what the acts say of sums, by name") if node else {}).items():
                if name not in _RECOVERY:
                    cited.place.fail(f"{name} is not known here; there are {', '.join(_RECOVERY)}.")
                found[name] = _cited(cited)
        return found

    def facts(self) -> tuple[NeededFact, ...]:
        node = self.fields.get("facts")
        found = []
        for key, content in (node.mapping("facts by the law's input") if node else {}).items():
            fields = _Fields(content, ("from", "averaged", "why"))
            _input(key, content)
            registers = tuple(one.text("a register") for one in fields.items("from"))
            for register in registers:
                if register not in REGISTERS:
                    content.place.fail(f"{register} is not a register.{nearest(register, REGISTERS)}")
                if key not in REGISTERS[register].supplies:
                    content.place.fail(f"{register} does not supply {key}; it supplies "
                                       f"{', '.join(REGISTERS[register].supplies)}.")  # fmt: skip
            why = fields.get("why")
            found.append(
                NeededFact(key, registers, fields.yes("averaged", otherwise=False), _text(why) if why else None)
            )
        return tuple(found)

    def page(self, node: Node) -> Page:
        fields = _Fields(node, ("code", "title", "questions"))
        return Page(fields.text("code"), _text(fields.need("title")),
                    tuple(_question(one) for one in fields.items("questions")))  # fmt: skip

    def evidence(self, node: Node) -> Evidence:
        fields = _Fields(node, ("code", "title", "required", "only_if"))
        return Evidence(fields.text("code"), _text(fields.need("title")), fields.yes("required", otherwise=False),
                        _only_if(fields.get("only_if")))  # fmt: skip

    def discretions(self) -> tuple[Discretion, ...]:
        """Its own, and of what the law works out also those that every case type has."""
        own = [self.discretion(one) for one in self.fields.items("discretions")]
        is_worked_out = self.fields.items("rights") or self.fields.items("statuses")
        return (*own, *(self.discretion(one) for one in (self.common.items("discretions") if is_worked_out else ())))

    def discretion(self, node: Node) -> Discretion:
        fields = _Fields(node, ("code", "title", "effect", "fact", "cited"))
        effect = fields.one_of("effect", ("refuse", "set_amount", "accept_fact", "note"))
        fact = fields.text("fact", "")
        if fact:
            _input(fact, fields.need("fact"))
            if effect != "accept_fact":
                fields.need("fact").place.fail("only what is accepted (accept_fact) names a fact.")
        return Discretion(fields.text("code"), _text(fields.need("title")), effect, _cited(fields.need("cited")), fact)

    def register(self) -> Register | None:
        node = self.fields.get("register")
        if node is None:
            return None
        known = ("code", "name", "fields", "key", "valid_years", "removal_grounds", "cited")
        fields = _Fields(node, known)
        entry_fields = tuple(_entry_field(one) for one in fields.items("fields"))
        keys = tuple(one.text("a field") for one in fields.items("key"))
        for key in keys:
            if key not in {one.code for one in entry_fields}:
                fields.need("key").place.fail(f"{key} is not a field of the register.")
        return Register(fields.text("code"), _text(fields.need("name")), entry_fields, keys,
                        fields.whole("valid_years"), _choices(fields.need("removal_grounds")),
                        _cited(fields.need("cited")))  # fmt: skip


def _terms(source: _Fields) -> dict[str, Term]:
    node = source.get("terms")
    found: dict[str, Term] = {}
    for name, term in (node.mapping("terms by name") if node else {}).items():
        if name not in _TERMS:
            term.place.fail(f"{name} is not a term; there are {', '.join(_TERMS)}.")
        fields = _Fields(term, ("count", "unit", "cited"))
        found[name] = Term(fields.whole("count"), fields.one_of("unit", ("days", "working_days", "months")),
                           _cited(fields.need("cited")))  # fmt: skip
    return found


def _entry_field(node: Node) -> EntryField:
    fields = _Fields(node, ("code", "kind", "title", "public", "required", "choices", "catalogue"))
    kind = fields.one_of("kind", _FIELD_KINDS)
    choices = _catalogue(fields.text("catalogue")) if kind == "catalogue" else _choices(fields.get("choices"))
    return EntryField(fields.text("code"), kind, _text(fields.need("title")), fields.yes("public", otherwise=True),
                      fields.yes("required", otherwise=True), choices)  # fmt: skip


def _catalogue(name: str) -> tuple[tuple[str, Text], ...]:
    """The codes and names of a catalogue: a file of another folder, of which nothing else is read here."""
    content = read_file(_PACKAGE / name, shown=name).mapping("what there is, by code")
    return tuple((code, _text(one.mapping("with a name")["name"])) for code, one in content.items())


def _card(node: Node) -> CardKind:
    fields = _Fields(node, ("code", "name", "valid_years", "cited"))
    return CardKind(fields.text("code"), _text(fields.need("name")), fields.whole("valid_years"),
                    _cited(fields.need("cited")))  # fmt: skip


def _choices(node: Node | None) -> tuple[tuple[str, Text], ...]:
    found: Mapping[str, Node] = node.mapping("words by code") if node else {}
    return tuple((code, _text(words)) for code, words in found.items())


def _question(node: Node) -> Question:
    """A question written out, or the name of an input of the law alone."""
    if isinstance(node.content, str):
        found = _input(node.content, node)
        about = "household" if found.entity == "household" else "member"
        return Question(found.key, "fact", about, _title(found), None, is_required=True)  # type: ignore[arg-type]
    fields = _Fields(node, ("code", "kind", "about", "title", "hint", "required", "choices", "only_if"))
    kind = fields.one_of("kind", ("fact", "text", "long_text", "day", "month", "money", "whole", "yes_no", "choice",
                                  "account"))  # fmt: skip
    code = fields.text("code")
    title = fields.get("title")
    if kind == "fact":
        found = _input(code, node)
        own_title = _title(found)
    elif title is None:
        node.place.fail(f"{code} has no title.")
    about = fields.one_of("about", ("applicant", "partner", "child", "member", "household", "case"))
    hint = fields.get("hint")
    return Question(
        code, kind, about, _text(title) if title else own_title, _text(hint) if hint else None,
        fields.yes("required", otherwise=True),
        _choices(fields.get("choices")), _only_if(fields.get("only_if")),
    )  # fmt: skip


def _only_if(node: Node | None) -> tuple[str, tuple[str, ...]] | None:
    if node is None:
        return None
    found: Mapping[str, Node] = node.mapping("a question with the answers that count")
    if len(found) != 1:
        node.place.fail("expected one question with the answers that count.")
    question, answers = next(iter(found.items()))
    return question, tuple(one.text("an answer") for one in answers.sequence("a list of answers"))


def _input(key: str, node: Node) -> Input:
    if key not in CATALOGUE.by_key:
        raise InputError(f"{node.place}: {key} is not an input of the law.{nearest(key, CATALOGUE.by_key)}")
    return CATALOGUE.by_key[key]


def _title(found: Input) -> Text:
    return Text(found.lv[:1].upper() + found.lv[1:], found.en[:1].upper() + found.en[1:])

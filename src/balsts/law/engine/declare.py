"""How a law is declared: rules, rights, statuses, and the values that gather other values.

A rule is a plain function. The names of its arguments are the names of inputs, parameters or other rules; that is
the graph. Two wordings of one provision are two functions of one name with their own `since` and `until`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from types import FunctionType
from typing import Any, Literal, TypeVar

Entity = Literal["person", "family", "household"]
Period = Literal["month", "once", "half_year", "quarter", "week", "hour", "day"]
Function = TypeVar("Function", bound=Callable[..., Any])

CENT, EURO = 1, 100
_HALF_UP, _DOWN = "half_up", "down"


@dataclass(frozen=True)
class Rounding:
    """How the exact result of a rule becomes whole cents, and the provision that says so."""

    mode: Literal["half_up", "down"]
    to_cents: int
    article: str


def half_up(*, to: int, article: str) -> Rounding:
    """Round to the nearest multiple of `to` cents, halves away from zero."""
    return Rounding("half_up", to, article)


def down(*, to: int, article: str) -> Rounding:
    """Drop what is below a multiple of `to` cents, towards zero."""
    return Rounding("down", to, article)


@dataclass(frozen=True)
class Question:
    """A point of law that no source read so far settles, and the reading taken meanwhile."""

    lv: str
    en: str
    rests_on: str


@dataclass(frozen=True)
class RightTerms:
    """What makes a rule a right: who pays it, to whom, how often, and whether it counts as income."""

    payer: str
    per: Period
    paid: Literal["current", "arrears"]
    counted: bool
    unit: Literal["money", "pieces"]
    payee: str | None
    beneficiaries: str | None
    beneficiaries_over: str | None
    after_death: bool
    starts_on_application: bool


@dataclass(frozen=True)
class RuleVersion:
    """One wording of one rule, in force from `since` to the day before `until`."""

    name: str
    function: FunctionType
    act: str
    article: str
    lv: str
    en: str
    since: date
    until: date | None
    enacted: date | None
    entity: Entity
    rounding: Rounding | None = None
    right: RightTerms | None = None
    is_status: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """A declared value that gathers the values of other members, another month or all rights."""

    kind: Literal["count", "total", "any", "largest", "linked", "earlier", "rights"]
    of: str
    over: str
    lv: str
    en: str
    where: str | None = None
    otherwise: int = 0
    months: int = 0


@dataclass
class _Declared:
    rules: list[RuleVersion] = field(default_factory=list)


_declared_in: dict[str, _Declared] = defaultdict(_Declared)


def declared_in(module: str) -> list[RuleVersion]:
    """Every rule version declared by a module, in the order of its text."""
    return list(_declared_in[module].rules)


def forget(module: str) -> None:
    """Drop what a module declared, before it is loaded again (a reform file read twice)."""
    _declared_in.pop(module, None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def rule(
    *,
    act: str,
    article: str,
    lv: str,
    en: str,
    since: str,
    until: str | None = None,
    enacted: str | None = None,
    entity: Entity = "person",
    rounding: Rounding | None = None,
    questions: Iterable[Question] = (),
    right: RightTerms | None = None,
    is_status: bool = False,
) -> Callable[[Function], Function]:
    """Declare a function to be a rule of law.

    Args:
        act, article: the provision; `act` is a key of the country's acts.
        lv, en: the statutory term and its English title.
        since, until: first day of this wording, and the first day it no longer holds.
        enacted: the day the wording became known, when later than `since` (a retroactive law).
        entity: whom it is evaluated for; a family is the children raised together.
        rounding: needed when the body multiplies an amount by a rate.
        questions: points of this rule that no source read so far settles.
    """

    def declare(function: Function) -> Function:
        assert isinstance(function, FunctionType)
        first_day = date.fromisoformat(since)
        version = RuleVersion(
            name=function.__name__,
            function=function,
            act=act,
            article=article,
            lv=lv,
            en=en,
            since=first_day,
            until=_day(until),
            enacted=_day(enacted),
            entity=entity,
            rounding=rounding,
            right=right,
            is_status=is_status,
            questions=tuple(questions),
        )
        _declared_in[function.__module__].rules.append(version)
        return function

    return declare


def right(
    *,
    payer: str,
    per: Period,
    counted: bool,
    paid: Literal["current", "arrears"] = "current",
    unit: Literal["money", "pieces"] = "money",
    payee: str | None = None,
    beneficiaries: str | None = None,
    beneficiaries_over: str | None = None,
    after_death: bool = False,
    starts_on_application: bool = False,
    **rule_terms: Any,
) -> Callable[[Function], Function]:
    """Declare a rule whose result is an amount (or a number of pieces) that somebody is owed.

    Args:
        payer: who pays: state, municipality or insurance.
        per: the time the amount is for; `once` stands in the month of its event.
        counted: whether it counts as income of the household in the means test.
        paid: in the month it is for, or in arrears (the month after).
        payee: the link to whom it is paid; left out, the person the rule is evaluated for.
        beneficiaries: the yes-or-no rule naming whom it is for, among the members of the entity or, with
            `beneficiaries_over`, among those who point to this person by that link.
        after_death: due for a person who is no longer living (all other rights need a living person).
        starts_on_application: the law gives it only to those who asked (input `applied_for`).
        rule_terms: the arguments of `rule`.
    """
    terms = RightTerms(
        payer=payer,
        per=per,
        paid=paid,
        counted=counted,
        unit=unit,
        payee=payee,
        beneficiaries=beneficiaries,
        beneficiaries_over=beneficiaries_over,
        after_death=after_death,
        starts_on_application=starts_on_application,
    )
    return rule(right=terms, **rule_terms)


def status(**rule_terms: Any) -> Callable[[Function], Function]:
    """Declare a yes-or-no rule of a household that is a legal status of its own."""
    return rule(is_status=True, entity="household", **rule_terms)


def count(of: str, *, over: str, lv: str, en: str, where: str | None = None) -> Gathered:
    """How many members of `over` fulfil the rule `of` (and `where`).

    `over` is `family`, `household`, or a link: then the members who point to this person by it.
    """
    return Gathered("count", of, over, lv, en, where)


def total(of: str, *, over: str, lv: str, en: str, where: str | None = None) -> Gathered:
    """The sum of `of` over the members of `over` (who fulfil `where`)."""
    return Gathered("total", of, over, lv, en, where)


def any_of(of: str, *, over: str, lv: str, en: str, where: str | None = None) -> Gathered:
    """Whether any member of `over` fulfils the rule `of` (and `where`)."""
    return Gathered("any", of, over, lv, en, where)


def largest(of: str, *, over: str, lv: str, en: str, where: str | None = None) -> Gathered:
    """The largest `of` among the members of `over` (who fulfil `where`), at least 0."""
    return Gathered("largest", of, over, lv, en, where)


def linked(of: str, *, via: str, lv: str, en: str, otherwise: int = 0) -> Gathered:
    """The value of `of` for the member that the link `via` points to; `otherwise` when it points to nobody."""
    return Gathered("linked", of, via, lv, en, otherwise=otherwise)


def earlier(of: str, *, months: int, lv: str, en: str) -> Gathered:
    """The value of `of` for the same person, family or household `months` before, under the law of then."""
    return Gathered("earlier", of, "", lv, en, months=months)


def counted_rights(*, over: str, lv: str, en: str, where: str | None = None) -> Gathered:
    """The sum of all rights of persons and families that count as income, over the members of `over`."""
    return Gathered("rights", "", over, lv, en, where)

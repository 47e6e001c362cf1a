"""Tries a stated relation on figures: a sum, a percentage, a fact printed twice, a part within a whole.

How far the two sides may lie apart follows from the digits printed of each figure and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from balsts.figures.findings import Finding
from balsts.figures.relations import wording
from balsts.figures.relations.numbers import Span, scale, shown, span
from balsts.figures.rows import Figure

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Term:
    """A figure in a sum, taken so many times; below zero, taken off."""

    figure: Figure
    times: Decimal = Decimal(1)


@dataclass(frozen=True)
class Tried:
    """A relation that was tried on figures, and whether it holds.

    Attributes:
        relation: the code of its kind, one of `KINDS`.
        figure: the code of the figure that it gives a value for.
        others: the codes of the figures it is computed from.
        is_bound: it only sets a bound, or leaves so much open that many values satisfy it.
        finding: the contradiction that it is, where it does not hold.
    """

    relation: str
    figure: str
    others: tuple[str, ...]
    printed: Decimal
    computed: Decimal
    is_bound: bool
    finding: Finding | None

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return self.finding is None


def less(figure: Figure) -> Term:
    """A figure that is taken off."""
    return Term(figure, Decimal(-1))


def total(relation: str, whole: Figure, parts: Sequence[Figure | Term], more: Decimal = Decimal(0)) -> Tried:
    """A figure is the sum of others, in whatever multiples of the unit each is printed.

    Args:
        more: a number that is added to them.
    """
    terms = _terms(parts)
    value, allowed = _sum(terms, scale(whole))
    value, allowed = value + more, allowed.plus(Span(more, more))
    computed = shown(value, whole)
    pairs = [(one.figure, one.times) for one in terms]
    return _tried(relation, whole, terms, computed, span(whole).meets(allowed),
                  lambda lang: wording.of_sum(pairs, more, whole, computed, lang))  # fmt: skip


def share(relation: str, printed: Figure, part: Sequence[Figure | Term], whole: Sequence[Figure | Term],
          factor: Decimal = HUNDRED, *, is_as_printed: bool = False) -> Tried | None:  # fmt: skip
    """A figure is what a part comes to in hundredths of a whole, or in other such units.

    Args:
        factor: 100 for a percentage, 1 for «so many times».
        is_as_printed: part and whole are taken for what is printed; that they may have been rounded is said where it
            would explain the difference.

    Returns:
        None where the whole is nothing, so that there is no share of it.
    """
    parts, wholes = _terms(part), _terms(whole)
    unit = scale(wholes[0].figure)
    above, above_span = _sum(parts, unit)
    below, below_span = _sum(wholes, unit)
    if below_span.low <= 0 <= below_span.high:
        return None
    computed = _without_zeros(shown(above / below * factor, printed, least=2))
    allowed = above_span.over(below_span).times(factor)
    own = span(printed, is_rounded=True)
    exact = above / below * factor
    may_be_rounded = own.meets(allowed)
    holds = own.meets(Span(exact, exact)) if is_as_printed else may_be_rounded
    pairs = [[(one.figure, one.times) for one in terms] for terms in (parts, wholes)]
    return _tried(relation, printed, [*parts, *wholes], computed, holds,
                  lambda lang: wording.of_share(relation, pairs[0], pairs[1], printed, computed, lang,
                                                may_be_rounded=may_be_rounded))  # fmt: skip


def same(relation: str, one: Figure, other: Figure, sign: int = 1) -> Tried:
    """A fact stands in two places, perhaps rounded to other digits or with the other sign: both are one number.

    The figure with fewer digits is the one that a value is given for, the first where both have as many.
    """
    coarser, finer = (other, one) if _width(other) > _width(one) else (one, other)
    factor = scale(finer) / scale(coarser) * sign
    computed = shown(finer.value * factor, coarser)
    return _tried(relation, coarser, [Term(finer)], computed, span(coarser).meets(span(finer).times(factor)),
                  lambda lang: wording.of_same(coarser, finer, computed, sign, lang))  # fmt: skip


def within(relation: str, whole: Figure, parts: Sequence[Figure]) -> Tried:
    """What is said to be «of which» is together no more than the whole."""
    terms = _terms(parts)
    value, allowed = _sum(terms, scale(whole))
    computed = shown(value, whole)
    pairs = [(one.figure, one.times) for one in terms]
    return _tried(relation, whole, terms, computed, allowed.low <= span(whole).high,
                  lambda lang: wording.of_bound(pairs, whole, computed, lang), is_bound=True)  # fmt: skip


def between(relation: str, all_: Figure, ends: tuple[Figure, Figure]) -> Tried:
    """The rate of all lies between the rates of two groups that are all."""
    spans = [span(one, is_rounded=True) for one in ends]
    own = span(all_, is_rounded=True)
    holds = own.low <= max(one.high for one in spans) and own.high >= min(one.low for one in spans)
    nearest = min((one.value for one in ends), key=lambda end: abs(end - all_.value))
    return _tried(relation, all_, _terms(ends), nearest, holds,
                  lambda lang: wording.of_rates(all_, ends, lang), is_bound=True)  # fmt: skip


def hundred(relation: str, shares: Sequence[Figure]) -> Tried:
    """The shares of all parts add up to a hundred, as far as their digits allow."""
    largest = max(shares, key=lambda one: one.value)
    rest = [Term(one) for one in shares if one is not largest]
    value, allowed = _sum(rest, Decimal(1))
    own = span(largest, is_rounded=True).plus(allowed)
    return _tried(relation, largest, rest, HUNDRED - value, own.low <= HUNDRED <= own.high,
                  lambda lang: wording.of_hundred(value + largest.value, lang))  # fmt: skip


def behind(relation: str, plan: Figure, parts: Sequence[tuple[Figure, Figure]]) -> Tried:
    """A plan is the sum of the plans behind the percentages of its parts: what was done over its percentage.

    Args:
        parts: what was done, and the percentage of its plan that it is. What each leaves open adds up.
    """
    value, allowed = Decimal(0), Span(Decimal(0), Decimal(0))
    for actual, percent in parts:
        factor = HUNDRED * scale(actual) / scale(plan)
        value += actual.value / percent.value * factor
        allowed = allowed.plus(span(actual).over(span(percent, is_rounded=True)).times(factor))
    computed = shown(value, plan)
    return _tried(relation, plan, _terms([one for pair in parts for one in pair]), computed, span(plan).meets(allowed),
                  lambda lang: wording.of_plan(plan, len(parts), computed, lang), is_bound=True)  # fmt: skip


def of_one_base(relation: str, figure: Figure, own_share: Figure, other: Figure, other_share: Figure) -> Tried:
    """Two amounts are shares of one base, so that one follows from the other, each rounded; the shares are exact."""
    factor = own_share.value / other_share.value
    if own_share.unit != other_share.unit:
        factor = factor / HUNDRED if own_share.unit == "%" else factor * HUNDRED
    computed = shown(other.value * factor, figure)
    return _tried(relation, figure, _terms([own_share, other, other_share]), computed,
                  span(figure, is_rounded=True).meets(span(other, is_rounded=True).times(factor)),
                  lambda lang: wording.of_base(figure, other, computed, lang))  # fmt: skip


def counted(relation: str, figure: Figure, rows: int) -> Tried:
    """A number is that of the rows which list what it counts."""
    return _tried(relation, figure, [], Decimal(rows), figure.value == rows,
                  lambda lang: wording.of_count(figure, rows, lang))  # fmt: skip


# ----------------------------------------------------------------------------------------------------------------


def _terms(figures: Sequence[Figure | Term]) -> list[Term]:
    return [one if isinstance(one, Term) else Term(one) for one in figures]


def _sum(terms: Sequence[Term], unit: Decimal) -> tuple[Decimal, Span]:
    """The sum in a unit, and what it may be by the digits of each."""
    value, allowed = Decimal(0), Span(Decimal(0), Decimal(0))
    for one in terms:
        factor = one.times * scale(one.figure) / unit
        value += one.figure.value * factor
        allowed = allowed.plus(span(one.figure).times(factor))
    return value, allowed


def _width(figure: Figure) -> Decimal:
    """How much the digits of a figure leave open, in single units."""
    found = span(figure)
    return (found.high - found.low) * scale(figure)


def _without_zeros(value: Decimal) -> Decimal:
    """The same number without zeros at the end of its decimals."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _tried(relation: str, figure: Figure, terms: Sequence[Term], computed: Decimal, holds: bool,
           say: Callable[[str], str], *, is_bound: bool = False) -> Tried:  # fmt: skip
    others = tuple(dict.fromkeys(one.figure.code for one in terms))
    found = None if holds else Finding(relation, figure.code, others, figure.value, computed, say("lv"), say("en"))
    return Tried(relation, figure.code, others, figure.value, computed, is_bound, found)

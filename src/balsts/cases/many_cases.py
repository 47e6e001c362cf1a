"""What two texts of the law give many cases, month by month, by the compiled pass: where they differ, and by how much.

Only cases that differ are then worked out whole, with their explanation; of the others nothing needs to be kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from balsts.cases.decided import Stretch, stretches_of
from balsts.cases.homes import living_elsewhere
from balsts.cases.law_in_force import LawInForce, known_codes
from balsts.cases.models import Case
from balsts.cases.registry_columns import Asking, Layout, Registry
from balsts.cases.timeline import this_month
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type
from balsts.law.engine.many.codegen import generate
from balsts.law.engine.many.columns import Array
from balsts.law.engine.many.output import Entries, Output
from balsts.law.engine.many.passes import Pass, plain_pass
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import Wiring, wire

COMPILE_FROM = 200
"""Below this many households plain Python answers sooner, even where compiled code lies on disk for most months."""
_PASSES: dict[str, Pass] = {}
"""Compiled passes by their text: each is made once in a process, and lies compiled on disk for the next one."""
_PASS_OF: dict[tuple[str, Month, tuple[Output, ...]], Pass] = {}
"""The same by law, month and outputs: most months share one text."""


def _pass_of(law: LawInForce, month: Month, outputs: tuple[Output, ...], wiring: Wiring) -> Pass:
    key = (law.sha256, month, outputs)
    if key not in _PASS_OF:
        text = generate(wiring, list(outputs)).text
        if text not in _PASSES:
            _PASSES[text] = Pass(wiring, list(outputs))
        _PASS_OF[key] = _PASSES[text]
    return _PASS_OF[key]


@dataclass
class Question:
    """A case with the months of it that are looked at, as `Asking` lays its household out.

    `decided`: the first of its stretches; None of a household in which nothing is decided.
    """

    case: Case
    asking: Asking
    until: Month
    type: CaseType
    decided: Stretch | None = None


@dataclass
class Gap:
    """What two laws give one code in one month to rows of the columns: only where they differ.

    Attributes:
        cases: numbers of the questions.
        payees: numbers of the persons among `Registry.ids`; -1 of what is due to the household.
        before, after: amounts; `UNDETERMINED` where nobody knows.
    """

    month: Month
    code: str
    cases: Array
    payees: Array
    before: Array
    after: Array


@dataclass(frozen=True)
class MonthGiven:
    """What the first law and the last of a batch give everybody in a month, by output."""

    month: Month
    layout: Layout
    before: Mapping[str, Entries]
    after: Mapping[str, Entries]


@dataclass
class Batch:
    """Cases that are looked at together, laid out for a span of months.

    `plain` holds the numbers of questions that do not fit into columns, and must be worked out one by one.
    `beneficiaries`: whether it is asked too whom rights are for.
    """

    questions: list[Question]
    first: Month
    last: Month
    laws: tuple[LawInForce, ...]
    plain: set[int] = field(default_factory=set)
    beneficiaries: bool = False

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes of the case types, in alphabetical order."""
        return tuple(sorted({code for one in self.questions for code in one.type.codes}))

    @cached_property
    def registry(self) -> Registry:
        """The households, read from the registry once."""
        months = range(self.first, self.last + 1)
        names = {name for law in self.laws for month in months for name in self.wiring(law, Month(month)).inputs}
        last_known = Month(max(self.first, min(self.last, this_month())))
        return Registry([one.asking for one in self.questions], self.first, last_known, names)

    def wiring(self, law: LawInForce, month: Month) -> Wiring:
        """The law of a month for the codes of the batch."""
        return wire(law.law, month, wanted=known_codes(law, month, self.codes))

    def layout(self, month: Month) -> Layout:
        """The households in a month; after the present one as they are in it."""
        return self.registry.layout(Month(min(month, max(this_month(), self.first))), month)

    def given(self, law: LawInForce, month: Month, layout: Layout) -> dict[str, Entries]:
        """What a law gives everybody in a month."""
        wiring = self.wiring(law, month)
        codes = known_codes(law, month, self.codes)
        outputs = tuple(Output("value" if code in wiring.statuses else "right", code) for code in codes)
        if self.beneficiaries:
            outputs += tuple(Output("for", code) for code in codes if code not in wiring.statuses)
        if not outputs:
            return {}
        if layout.columns.households < COMPILE_FROM:
            return plain_pass(wiring, list(outputs), layout.columns)
        return _pass_of(law, month, outputs, wiring).run(layout.columns, wiring=wiring, threads=1)

    def months(self) -> Iterator[MonthGiven]:
        """What the first law and the last give, month by month."""
        for month in map(Month, range(self.first, self.last + 1)):
            layout = self.layout(month)
            before, after = (self.given(law, month, layout) for law in (self.laws[0], self.laws[-1]))
            yield MonthGiven(month, layout, before, after)

    def gaps(self, months: Iterable[MonthGiven] | None = None) -> Iterator[Gap]:
        """Where the first law and the last differ, in the months and codes of each case, of those that are its own."""
        for given in months if months is not None else self.months():
            for code in self.codes:
                yield from self._gap(given, code)

    def _gap(self, given: MonthGiven, code: str) -> Iterator[Gap]:
        month, before, after = given.month, given.before.get(code), given.after.get(code)
        some = before if before is not None else after
        if some is None:
            return
        nothing = np.zeros(some.size, np.int64)
        was = before.dense() if before is not None else nothing
        now = after.dense() if after is not None else nothing
        rows = np.flatnonzero(was != now)
        if not len(rows):
            return
        cases, payees = self.whose(month, code, given.layout, rows)
        own = self.is_own(month, code, cases, payees)
        if own.any():
            yield Gap(month, code, cases[own], payees[own], was[rows][own], now[rows][own])

    def whose(self, month: Month, code: str, layout: Layout, rows: Array) -> tuple[Array, Array]:
        """By row of an output, the number of its case, and that of its payee among `Registry.ids` (household: -1)."""
        if self.is_of_household(month, code):
            return rows, np.full(len(rows), -1)
        return layout.household[rows], layout.persons[rows]

    def is_of_household(self, month: Month, code: str) -> bool:
        """Whether a code is due to the household as a whole."""
        wirings = (self.wiring(law, month) for law in self.laws)
        return next(one.values[code].entity == "household" for one in wirings if code in one.values)

    def is_own(self, month: Month, code: str, cases: Array, payees: Array) -> Array:
        """Whether a row is of a case that asks for the code in the month, and due to whom its matter is about."""
        asks, begins, ends, subject = self._terms
        found: Array = asks[code][cases] & (begins[cases] <= month) & (month < ends[cases])
        found &= (payees < 0) | (subject[cases] < 0) | (subject[cases] == payees)
        if self.plain or self.registry.irregular:
            found &= ~np.isin(cases, sorted(self.plain | self.registry.irregular))
        return found

    def subjects_of(self, number: int) -> set[uuid.UUID]:
        """Whom a case is about: its household, who lived in it in the months decided, and whose case it is."""
        one = self.questions[number]
        members = self.registry.members_of(number, one.asking.since, one.until)
        return {found for found in (one.case.household_id, one.case.subject_id, *members) if found is not None}

    @cached_property
    def _terms(self) -> tuple[dict[str, Array], Array, Array, Array]:
        number = {one: at for at, one in enumerate(self.registry.ids)}
        asks = {code: np.array([code in one.type.codes for one in self.questions], bool) for code in self.codes}
        begins = np.array([one.asking.since for one in self.questions], np.int64)
        ends = np.array([one.until for one in self.questions], np.int64)
        # -1: what is due to anybody of the household is the case's own; else what is due to its subject alone.
        subject = np.array([-1 if one.type.subject == "household" else number.get(one.case.subject_id, -2)
                            for one in self.questions], np.int64)  # fmt: skip
        return asks, begins, ends, subject


def batch_of(
    cases: Sequence[Case], laws: tuple[LawInForce, ...], first: Month, last: Month, *, beneficiaries: bool = False
) -> Batch:
    """Lay cases out by what is decided in them; one with discretion, or of several stretches, goes the plain way, and
    so does one of a person who has moved to another household than the case names.
    """
    questions: list[Question] = []
    plain: set[int] = set()
    elsewhere = living_elsewhere([one.pk for one in cases], first_day(first))
    for case, decided in zip(cases, stretches_of(cases), strict=True):
        if not decided or case.household_id is None:
            continue
        is_plain = len(decided) > 1 or _has_discretion(decided[0]) or decided[0].since > this_month()
        if is_plain or case.pk in elsewhere:
            plain.add(len(questions))
        questions.append(_question(case, decided[0], decided[-1].until))
    return Batch(questions, first, last, laws, plain, beneficiaries)


def _has_discretion(one: Stretch) -> bool:
    return bool(one.determination.said)


def _question(case: Case, one: Stretch, until: Month) -> Question:
    declared = case_type(case.type)
    asked = one.asked(case)
    assert case.household_id is not None
    keys = frozenset(fact.key for fact in declared.facts if fact.is_averaged)
    asking = Asking(case.pk, case.household_id, asked.since, asked.anchor, declared.grant.window_months, keys)
    return Question(case, asking, until, declared, one)

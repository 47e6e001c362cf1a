"""Lines of many cases by the compiled pass: what a timeline says of one case, this says of thousands.

A test holds one against the other. A case with a right that nobody can determine is named as `unknown`; its line needs
the question, which the plain way has.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from balsts.cases.decided import HOLDS, Key
from balsts.cases.law_in_force import known_codes
from balsts.cases.many_cases import Batch, MonthGiven
from balsts.cases.timeline import Line
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.many.columns import Array
from balsts.law.engine.many.output import UNDETERMINED
from balsts.law.engine.vocabulary import Month

LinesByMonth = dict[Month, list[Line]]


class ManyLines:
    """The lines that the last law of a batch gives some of its cases, by case and month, as `timeline` sorts them."""

    def __init__(self, batch: Batch, months: Sequence[MonthGiven], chosen: Collection[int]) -> None:
        self.batch, self.law = batch, batch.laws[-1]
        self.names = [str(one) for one in batch.registry.ids]
        self.unknown: set[int] = set()
        self.of: dict[int, LinesByMonth] = {at: {} for at in chosen}
        self.is_chosen = np.zeros(len(batch.questions), bool)
        self.is_chosen[list(chosen)] = True
        for given in months:
            self._add(given)
        for by_month in self.of.values():
            for lines in by_month.values():
                lines.sort(key=lambda one: (one.kind, one.code, one.payee or ""))

    def _add(self, given: MonthGiven) -> None:
        wiring = self.batch.wiring(self.law, given.month)
        for code in known_codes(self.law, given.month, self.batch.codes):
            version = wiring.version(code)
            is_status = version.right is None
            members = self._everybody(given) if is_status else self._members(given, version)
            for case, payee, amount in self._owed(given, code):
                if amount == UNDETERMINED:
                    self.unknown.add(case)
                    continue
                if payee < 0 and not is_status and self.batch.questions[case].type.subject != "household":
                    continue
                line = self._line(given.month, version, payee, amount, members.get((case, payee), ()))
                self.of[case].setdefault(given.month, []).append(line)

    def _owed(self, given: MonthGiven, code: str) -> Iterator[tuple[int, int, int]]:
        return owed(self.batch, given, code, self.is_chosen, "after")

    def _everybody(self, given: MonthGiven) -> dict[tuple[int, int], tuple[str, ...]]:
        """All persons of each chosen household: whom a status is for."""
        layout = given.layout
        rows = np.flatnonzero(self.is_chosen[layout.household])
        return self._grouped(layout.household[rows], np.full(len(rows), -1), layout.persons[rows])

    def _members(self, given: MonthGiven, version: RuleVersion) -> dict[tuple[int, int], tuple[str, ...]]:
        """Whom a right is for, by case and payee."""
        assert version.right is not None
        layout, persons = given.layout, given.layout.columns.persons
        rows = given.after[f"{version.name}/for"].rows.astype(np.int64)
        rows = rows[self.is_chosen[layout.household[rows]]]
        cases = layout.household[rows]
        if version.entity == "household":
            return self._grouped(cases, np.full(len(rows), -1), layout.persons[rows])
        first = layout.columns.starts[cases].astype(np.int64)
        over = "family" if version.entity == "family" else version.right.beneficiaries_over
        place = rows if over is None else first + persons[over][rows]
        payee = place if version.right.payee is None else first + persons[version.right.payee][place]
        return self._grouped(cases, layout.persons[payee], layout.persons[rows])

    def _grouped(self, cases: Array, payees: Array, persons: Array) -> dict[tuple[int, int], tuple[str, ...]]:
        """Persons by case and payee, in the order of their identifiers."""
        found: dict[tuple[int, int], list[str]] = {}
        order = np.argsort(persons, kind="stable")
        for case, payee, person in zip(cases[order].tolist(), payees[order].tolist(), persons[order].tolist(),
                                       strict=True):  # fmt: skip
            found.setdefault((case, payee), []).append(self.names[person])
        return {key: tuple(members) for key, members in found.items()}

    def _line(self, month: Month, version: RuleVersion, payee: int, amount: int, members: tuple[str, ...]) -> Line:
        since = version.since.isoformat()
        if version.right is None:
            return Line("status", version.name, None, members, month, Month(month + 1), None, "", 0, since)
        paid_after = 1 if version.right.paid == "arrears" else 0
        return Line("right", version.name, self.names[payee] if payee >= 0 else None, members, month, Month(month + 1),
                    amount, version.right.per, paid_after, since)  # fmt: skip


def owed(batch: Batch, given: MonthGiven, code: str, is_chosen: Array, side: str) -> Iterator[tuple[int, int, int]]:
    """What a law (`before` or `after`) gives chosen cases of their own: case, payee (-1: household), amount."""
    entries = getattr(given, side).get(code)
    if entries is None:
        return
    cases, payees = batch.whose(given.month, code, given.layout, entries.rows)
    own = is_chosen[cases] & batch.is_own(given.month, code, cases, payees)
    yield from zip(cases[own].tolist(), payees[own].tolist(), entries.values[own].tolist(), strict=True)


def amounts_before(batch: Batch, months: Sequence[MonthGiven], chosen: Collection[int]) -> dict[int, dict[Key, int]]:
    """What the first law gives chosen cases, by case, month, code and payee, as `believed` tells it."""
    is_chosen = np.zeros(len(batch.questions), bool)
    is_chosen[list(chosen)] = True
    found: dict[int, dict[Key, int]] = {at: {} for at in chosen}
    for given in months:
        wiring = batch.wiring(batch.laws[0], given.month)
        for code in known_codes(batch.laws[0], given.month, batch.codes):
            is_status = code in wiring.statuses
            for case, payee, amount in owed(batch, given, code, is_chosen, "before"):
                found[case][given.month, code, _payee(batch, case, payee)] = HOLDS if is_status else amount
    return found


def _payee(batch: Batch, case: int, payee: int) -> uuid.UUID:
    """Of what is due to the household, whose case it is."""
    found = batch.registry.ids[payee] if payee >= 0 else batch.questions[case].case.subject_id
    assert found is not None
    return found

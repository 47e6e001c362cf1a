"""Somebody who wants to know what was suppressed: all tables at hand, and arithmetic that is exact.

Shares no code with `balsts.statistics`. `range_of` solves by the simplex method over fractions what the module itself
finds by narrowing bounds, so it is stronger wherever relations do not form a tree.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Row:
    """A row of a linear system: sum of unknowns times coefficients is at most, or exactly, a number."""

    coefficients: Mapping[Hashable, Fraction | int]
    bound: Fraction | int
    is_exact: bool = False


def range_of(unknown: Hashable, rows: Sequence[Row]) -> tuple[Fraction, Fraction | None]:
    """The least and the greatest that an unknown can be; all are 1 or more. None: nothing bounds it."""
    names = sorted({name for row in rows for name in row.coefficients} | {unknown}, key=str)
    # x = 1 + y, y >= 0; an equation is two inequalities
    below: list[tuple[list[Fraction], Fraction]] = []
    for row in rows:
        line = [Fraction(row.coefficients.get(name, 0)) for name in names]
        bound = Fraction(row.bound) - sum(line)
        below.append((line, bound))
        if row.is_exact:
            below.append(([-one for one in line], -bound))
    aim = [Fraction(int(name == unknown)) for name in names]
    most = _greatest(below, aim)
    least = _greatest(below, [-one for one in aim])
    assert least is not None
    return 1 - least, None if most is None else 1 + most


def _greatest(below: list[tuple[list[Fraction], Fraction]], aim: list[Fraction]) -> Fraction | None:
    """The greatest value of a linear function over y >= 0 under inequalities: two phases, the rule of Bland."""
    count = len(aim)
    table = [[*line, *(Fraction(int(at == row)) for at in range(len(below))), bound]
             for row, (line, bound) in enumerate(below)]  # fmt: skip
    basis = [count + row for row in range(len(below))]
    wide = count + len(below)
    if any(bound < 0 for _, bound in below):  # phase one: one artificial unknown, taken in by the row most below zero
        for line in table:
            line.insert(wide, Fraction(-1))
        worst = min(range(len(table)), key=lambda row: table[row][-1])
        _pivot(table, basis, worst, wide)
        goal = _reduced(table, basis, [Fraction(0)] * wide + [Fraction(-1)])
        assert _climb(table, basis, goal)
        assert goal[-1] == 0, "the tables contradict each other"
        if wide in basis:
            row = basis.index(wide)
            column = next((at for at in range(wide) if table[row][at]), None)
            if column is not None:
                _pivot(table, basis, row, column)
        for line in table:
            del line[wide]
    goal = _reduced(table, basis, [*aim, *[Fraction(0)] * len(below)])
    return -goal[-1] if _climb(table, basis, goal) else None


def _reduced(table: list[list[Fraction]], basis: list[int], aim: list[Fraction]) -> list[Fraction]:
    goal = [*aim, Fraction(0)]
    for row, column in enumerate(basis):
        if column < len(aim) and goal[column]:
            share = goal[column]
            goal = [one - share * other for one, other in zip(goal, table[row], strict=True)]
    return goal


def _climb(table: list[list[Fraction]], basis: list[int], goal: list[Fraction]) -> bool:
    """Climb to the greatest value; false where there is none."""
    while True:
        column = next((at for at in range(len(goal) - 1) if goal[at] > 0), None)
        if column is None:
            return True
        rows = [row for row in range(len(table)) if table[row][column] > 0]
        if not rows:
            return False
        row = min(rows, key=lambda one: (table[one][-1] / table[one][column], basis[one]))
        _pivot(table, basis, row, column)
        share = goal[column]
        goal[:] = [one - share * other for one, other in zip(goal, table[row], strict=True)]


def _pivot(table: list[list[Fraction]], basis: list[int], row: int, column: int) -> None:
    by = table[row][column]
    table[row] = [one / by for one in table[row]]
    for other, line in enumerate(table):
        if other != row and line[column]:
            share = line[column]
            table[other] = [one - share * mine for one, mine in zip(line, table[row], strict=True)]
    basis[row] = column

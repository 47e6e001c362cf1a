"""Relations that published figures ought to hold, and the contradictions found by trying them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from balsts.figures.findings import Finding
from balsts.figures.relations import agency, benefits, execution, frame, funds, indicators, report
from balsts.figures.relations.kinds import KINDS, Kind
from balsts.figures.relations.shelf import Shelf
from balsts.figures.relations.trying import Tried
from balsts.figures.rows import Row

STATED = (indicators, execution, agency, report, funds, frame, benefits)
"""Where relations are stated: a module for each document or kind of table."""


@dataclass(frozen=True)
class Count:
    """How many relations of a kind were tried, and how many of them hold."""

    code: str
    kind: Kind
    tried: int
    hold: int

    @property
    def do_not(self) -> int:
        """How many do not hold."""
        return self.tried - self.hold


def tried(rows: Mapping[str, Sequence[Row]]) -> list[Tried]:
    """Every stated relation whose figures are there, and whether it holds: rows by the code of their table."""
    shelf = Shelf(rows)
    return [one for module in STATED for one in module.tried(shelf)]


def contradictions(rows: Mapping[str, Sequence[Row]]) -> list[Finding]:
    """Every contradiction in the tables given: rows by the code of their table."""
    return [one.finding for one in tried(rows) if one.finding is not None]


def counts(relations: Iterable[Tried]) -> list[Count]:
    """How many relations of each kind were tried and hold, in the order of the kinds; only kinds that were tried."""
    found = list(relations)
    by_kind = {code: [one for one in found if one.relation == code] for code in KINDS}
    return [Count(code, KINDS[code], len(those), sum(one.holds for one in those))
            for code, those in by_kind.items() if those]  # fmt: skip

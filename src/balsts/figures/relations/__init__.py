"""Relations that published figures ought to hold, and the contradictions found by trying them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balsts.figures.findings import Finding
from balsts.figures.relations import agency, benefits, execution, frame, funds, indicators, report
from balsts.figures.relations.shelf import Shelf
from balsts.figures.relations.trying import Tried
from balsts.figures.rows import Row

STATED = (indicators, execution, agency, report, funds, frame, benefits)
"""Where relations are stated: a module for each document or kind of table."""


def tried(rows: Mapping[str, Sequence[Row]]) -> list[Tried]:
    """Every stated relation whose figures are there, and whether it holds: rows by the code of their table."""
    shelf = Shelf(rows)
    return [one for module in STATED for one in module.tried(shelf)]


def contradictions(rows: Mapping[str, Sequence[Row]]) -> list[Finding]:
    """Every contradiction in the tables given: rows by the code of their table."""
    return [one.finding for one in tried(rows) if one.finding is not None]

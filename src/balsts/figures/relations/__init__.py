"""Relations that published figures ought to hold, and the contradictions found by trying them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balsts.figures.findings import Finding
from balsts.figures.rows import Row


def contradictions(rows: Mapping[str, Sequence[Row]]) -> list[Finding]:
    """Every contradiction in the tables given: rows by the code of their table."""
    return []

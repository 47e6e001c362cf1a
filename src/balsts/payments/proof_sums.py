"""What decisions, lines, the ledger, files and the bank come to: added up, and held against each other, by run.

The database gives sums of cents by programme, right and month, each with its mark: the sum of cents times a number that
every row draws from its name (`migrations/sql/0005_sums.sql`). Two sides agree when cents and marks are the same. Lines
that differ by opposite cents differ in their marks, but for one chance in 2,147,483,648; the numbers are drawn anew for
each proof, so that nobody can write lines that hide behind each other.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db import DataError, connection, transaction
from psycopg.errors import NumericValueOutOfRange

from balsts.payments.models import Run

_ROW = "run_id, what, place, code, month, is_found, cents, mark"
_OF_RUNS = " UNION ALL ".join(
    f"SELECT {_ROW} FROM payments_sums_of_{one}(%(runs)s, %(seed)s)" for one in ("lines", "postings", "words")
)
_OF_KEYS = "".join(
    f" UNION ALL SELECT {_ROW} FROM payments_sums_of_{one}(%(whole)s, %(seed)s)" for one in ("keys", "less")
)
_BITS_OF_A_SEED = 62


@dataclass
class _Sides:
    """What is expected and what is found: cents, and their marks."""

    expected: int = 0
    found: int = 0
    expected_mark: int = 0
    found_mark: int = 0

    def take(self, cents: int, mark: int, *, is_found: bool) -> None:
        """Add a sum to one of both sides."""
        if is_found:
            self.found, self.found_mark = self.found + cents, self.found_mark + mark
        else:
            self.expected, self.expected_mark = self.expected + cents, self.expected_mark + mark

    @property
    def agree(self) -> bool:
        """Whether both are the same."""
        return (self.expected, self.expected_mark) == (self.found, self.found_mark)


_Group = tuple[str, str, str, date | None]
"""What is held against what; the programme or account; the right; the month."""


@dataclass
class Added:
    """What a run comes to, and where that does not agree."""

    groups: dict[_Group, _Sides] = field(default_factory=dict)
    is_filed: bool = True

    def take(self, group: _Group, cents: Any, mark: Any, *, is_found: bool) -> None:
        """Add what the database gives of a side of a group."""
        self.groups.setdefault(group, _Sides()).take(int(cents or 0), int(mark or 0), is_found=is_found)

    @property
    def keys_that_differ(self) -> list[tuple[str, date]]:
        """Rights and months of which the lines are not what awards come to."""
        return [(code, cast("date", month)) for (what, _, code, month), sides in sorted(self.groups.items())
                if what == "decided" and not sides.agree]  # fmt: skip

    @property
    def lines_differ(self) -> bool:
        """Whether lines are to be compared with the ledger, files and the bank's words, one by one."""
        return not self.is_filed or any(
            not sides.agree for (what, *_), sides in self.groups.items() if what not in ("decided", "answered")
        )

    @property
    def keys(self) -> dict[str, int]:
        """What awards and lines come to (`Proof.decided`, `Proof.lines`)."""
        decided, lines = self._sums("decided")
        return {"decided": decided, "lines": lines}

    @property
    def lines(self) -> dict[str, int]:
        """All other sums of a proof but what waits, where lines agree."""
        to_post, posted = self._sums("posted")
        withheld, deducted = self._sums("withheld")
        to_file, filed = self._sums("filed")
        paid, paid_posted = self._sums("told", ("bank", "post", "cash"))
        back, back_posted = self._sums("told", ("expense",))
        return {
            "to_post": to_post, "posted": posted, "withheld": withheld, "deducted": deducted,
            "to_file": to_file, "filed": filed, "paid": -paid, "paid_posted": -paid_posted,
            "back": -back, "back_posted": -back_posted,
        }  # fmt: skip

    @property
    def is_answered(self) -> bool:
        """Whether something was said of each line that was sent."""
        return all(sides.agree for (what, *_), sides in self.groups.items() if what == "answered")

    def _sums(self, wanted: str, places: Iterable[str] | None = None) -> tuple[int, int]:
        found = [sides for (what, place, *_), sides in self.groups.items()
                 if what == wanted and (places is None or place in places)]  # fmt: skip
        return sum(one.expected for one in found), sum(one.found for one in found)


def added_up(runs: Sequence[Run], whole: Run | None) -> dict[uuid.UUID, Added]:
    """What runs come to; of one of them also what awards do. Of none, where there is an amount too large to be marked.

    To be called in scope.
    """
    added = {run.pk: Added() for run in runs}
    seed = secrets.randbits(_BITS_OF_A_SEED)
    values: dict[str, Any] = {"runs": list(added), "seed": seed, "whole": whole and whole.pk}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_OF_RUNS + (_OF_KEYS if whole else ""), values)
            for run, what, place, code, month, is_found, cents, mark in cursor.fetchall():
                added[run].take((what, place, code, month), cents, mark, is_found=is_found)
            cursor.execute("SELECT run_id FROM payments_not_in_files(%s)", [list(added)])
            for (run,) in cursor.fetchall():
                added[run].is_filed = False
    except DataError as error:
        if not isinstance(error.__cause__, NumericValueOutOfRange):
            raise
        return {}
    return added


def waiting(run: Run, added: Added) -> int:
    """Cents that were sent and not answered yet. To be called in scope."""
    if added.is_answered:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_waiting(%s)", [run.pk])
        return cast("int", (cursor.fetchone() or (0,))[0] or 0)

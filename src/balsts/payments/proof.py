"""Proof that a run's decisions, lines and ledger agree, to the cent; where they do not, by line.

What each side comes to is added up first (`proof_sums.py`): that reads every row once and compares no lines. Lines are
compared where sums differ, and of all runs when asked to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from balsts.payments.models import Run
from balsts.payments.proof_sums import Added, added_up, waiting


@dataclass(frozen=True)
class Difference:
    """Where sums differ.

    `decided`: lines are not what awards come to; `posted`: postings are not what a line says; `withheld`: deductions or
    their postings are not what a line keeps back; `balanced`: postings of a line, an overpayment or a word of the bank
    do not sum to zero; `filed`: a line is in no file; `told`: postings are not what the bank says of a line.

    Cents that were expected and found; `number` is the line's in the run, or of the overpayment, or None for a key of
    which the run has none.
    """

    what: str
    number: int | None
    code: str
    month: date
    expected: int
    found: int


@dataclass(frozen=True)
class Proof:
    """Sums in cents over all keys that are due by the month of a run, and the differences.

    `lines` counts what this run and earlier ones pay, less what was found overpaid, with what this run holds. `posted`
    is what the ledger has of this run, `to_post` what its lines come to; both are 0 until it is released. `withheld`
    is what its lines keep back, `deducted` what its deductions come to.

    At the bank: `to_file` is what goes there and `filed` what is in files; `paid` is what the bank says it booked, less
    what came back, and `paid_posted` what the books have of that; `back` is what came back or never went and is to be
    paid again, `back_posted` the expense that was taken back with it; `waiting` is what was sent and not answered yet.
    """

    decided: int
    lines: int
    to_post: int
    posted: int
    withheld: int
    deducted: int
    to_file: int
    filed: int
    paid: int
    paid_posted: int
    back: int
    back_posted: int
    waiting: int
    differences: tuple[Difference, ...]

    @property
    def executed(self) -> int:
        """The expense of this run that stands in the books: budget execution (izpilde)."""
        return self.posted - self.back_posted

    @property
    def holds(self) -> bool:
        """Whether all agree."""
        expected = (self.decided, self.to_post, self.withheld, self.to_file, self.paid, self.back)
        found = (self.lines, self.posted, self.deducted, self.filed, self.paid_posted, self.back_posted)
        return not self.differences and expected == found

    def as_json(self) -> dict[str, Any]:
        """As commands print it."""
        differences = [asdict(one) | {"month": f"{one.month:%Y-%m}"} for one in self.differences]
        return asdict(self) | {"differences": differences, "executed": self.executed, "holds": self.holds}


_ROW = "what, number, code, month, expected, found"
_LINES = f"SELECT {_ROW} FROM payments_proof_of_lines(%s) UNION ALL SELECT {_ROW} FROM payments_proof_at_bank(%s)"
_KEYS = f"SELECT {_ROW} FROM payments_proof_of_keys(%s, %s::text[], %s::date[])"
_SUMS = {
    "sum_decided": ("decided", "lines"), "sum_posted": ("to_post", "posted"), "sum_withheld": ("withheld", "deducted"),
    "sum_filed": ("to_file", "filed"), "sum_paid": ("paid", "paid_posted"), "sum_back": ("back", "back_posted"),
    "sum_waiting": ("", "waiting"),
}  # fmt: skip
"""What the database calls two sums that are held against each other, and the names of both."""

_Row = tuple[str, int | None, str, date, int | None, int | None]


def prove(run: Run, *, whole: bool = True, every_line: bool = False) -> Proof:
    """Add up anew what a run rests on, and hold its lines, postings, files and the bank's words against it.

    To be called in scope. A case is proven where it was when the run was prepared.

    Args:
        whole: whether to work out what awards come to; left out, `decided` and `lines` are 0. The proof of a later run
            holds for earlier ones, since it counts all that was written by then.
        every_line: whether to compare all lines, also where sums say that they agree.
    """
    return next(_proofs([run], run if whole else None, every_line=every_line))[1]


def prove_year(runs: Iterable[Run], *, every_line: bool = False) -> Iterator[tuple[Run, Proof]]:
    """The proofs of a payer's runs, the last of them whole, one after the other; to be called in scope."""
    ordered = sorted(runs, key=lambda run: run.number)
    if ordered:
        yield from _proofs(ordered, ordered[-1], every_line=every_line)


def _proofs(runs: Sequence[Run], whole: Run | None, *, every_line: bool) -> Iterator[tuple[Run, Proof]]:
    added = {} if every_line else added_up(runs, whole)
    for run in runs:
        yield run, _proof(run, added.get(run.pk), whole=run is whole)


def _proof(run: Run, added: Added | None, *, whole: bool) -> Proof:
    """A proof from what was added up, as far as that agrees; else line by line."""
    rows: list[_Row] = []
    if whole and (added is None or added.keys_that_differ):
        rows += _compared_keys(run, added)
    if added is None or added.lines_differ:
        rows += _rows(_LINES, [run.pk, run.pk])
        sums = _sums_of(rows) | (added.keys if added and whole else {})
    else:
        sums = added.keys | added.lines | {"waiting": waiting(run, added)}
    return Proof(**sums, differences=tuple(Difference(*row) for row in rows if row[0] not in _SUMS))  # type: ignore[arg-type]


def _compared_keys(run: Run, added: Added | None) -> list[_Row]:
    """Keys of a run; of rights and months whose sums differ alone, where they were added up."""
    if added is None:
        return _rows(_KEYS, [run.pk, None, None])
    codes, months = zip(*added.keys_that_differ, strict=True)
    return [row for row in _rows(_KEYS, [run.pk, list(codes), list(months)]) if row[0] not in _SUMS]


def _rows(statement: str, values: list[Any]) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[_Row] = cursor.fetchall()
        return found


def _sums_of(rows: Iterable[_Row]) -> dict[str, int]:
    sums = {name: 0 for pair in _SUMS.values() for name in pair if name}
    for what, _, _, _, expected, found in rows:
        for name, cents in zip(_SUMS.get(what, ()), (expected, found), strict=False):
            if name:
                sums[name] = cents or 0
    return sums

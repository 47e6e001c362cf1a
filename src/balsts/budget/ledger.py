"""Execution out of the ledger: what programmes spent on rights, by month, equal to the books to the cent.

The books hold what the platform paid; published execution (`execution.py`) holds what the ministry printed. They are
shown side by side and never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import connection

from balsts.access.acting import in_scope, the_platform

_COLUMNS = {"line": "released", "overpaid": "overpaid", "back": "came_back", "repaid": "repaid",
            "write_off": "written_off"}  # fmt: skip
_OFF = ("overpaid", "back")
"""What the books take off the expense."""


@dataclass(frozen=True)
class Spent:
    """What a programme spent on a right in a month, in cents.

    Attributes:
        month: its first day: of lines and overpayments the month in which their run pays, of the rest the day it
            happened.
        released: lines of released runs, with what was withheld from them.
        overpaid: overpayments found, which the books take off the expense and hold against somebody.
        came_back: what the bank, the post or the cash desk returned or rejected.
        repaid, written_off: of claims for overpayments.
    """

    programme: str
    code: str
    month: date
    released: int = 0
    overpaid: int = 0
    came_back: int = 0
    repaid: int = 0
    written_off: int = 0

    @property
    def expense(self) -> int:
        """What the account of expense comes to."""
        return self.released - self.overpaid - self.came_back

    @property
    def paid_out(self) -> int:
        """Money that went out, less money that came in."""
        return self.released - self.came_back - self.repaid


_AMOUNTS = tuple(one.name for one in fields(Spent))[3:]


def spent(since: date, until: date) -> list[Spent]:
    """What was spent from the first day of a month to that of another, by programme, right and month, in that order."""
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT programme, code, month, kind, cents FROM payments_executed(%s, %s)", [since, until])
        rows = cursor.fetchall()
    found: dict[tuple[str, str, date], dict[str, Any]] = defaultdict(dict)
    for programme, code, month, kind, cents in rows:
        found[programme, code, month][_COLUMNS[kind]] = -cents if kind in _OFF else cents
    return [Spent(*key, **amounts) for key, amounts in sorted(found.items())]


def by_programme(rows: Iterable[Spent]) -> list[Spent]:
    """The same without rights (`code` is empty): programmes by month."""
    found: dict[tuple[str, date], list[Spent]] = defaultdict(list)
    for one in rows:
        found[one.programme, one.month].append(one)
    return [
        Spent(programme, "", month, *(sum(getattr(one, name) for one in several) for name in _AMOUNTS))
        for (programme, month), several in sorted(found.items())
    ]

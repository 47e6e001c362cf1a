"""The words a rule may use: its types and the few functions besides Python's own.

Every value of a rule is a whole number when it runs. The types exist for the reader, for mypy and for the
engine's own check of units; at run time `Cents` is `int` and a constant such as `Cents(0)` is the number 0.

Days are numbers that keep the order of the calendar and from which year, month and day can be read without a
division: `(year * 12 + month - 1) * 32 + day`. A day that is not known is 0. Months are `year * 12 + month - 1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

RATE_ONE = 1_000_000
"""A rate of one (100 %): rates are exact to six decimals and held as a whole number of millionths."""

MONTHS_IN_YEAR = 12
NOBODY = -1
"""The value of a link that points to no one."""

if TYPE_CHECKING:

    class Cents(int):
        """An amount of money, in whole cents."""

        def __add__(self, other: Cents) -> Cents: ...  # type: ignore[override]
        def __sub__(self, other: Cents) -> Cents: ...  # type: ignore[override]
        def __neg__(self) -> Cents: ...
        def __mul__(self, other: int) -> Cents: ...
        def __rmul__(self, other: int) -> Cents: ...

    class Rate(int):
        """A share of one, exact to six decimals. `amount * rate` must be rounded by the rule's `rounding`."""

        def __mul__(self, other: Cents) -> Cents: ...  # type: ignore[override]
        def __rmul__(self, other: Cents) -> Cents: ...  # type: ignore[override]

    class Day(int):
        """A day of the calendar; 0 when it is not known."""

    class Month(int):
        """A month of the calendar."""

        def __add__(self, other: int) -> Month: ...
        def __sub__(self, other: int) -> int: ...

    class Link(int):
        """Another member of the household, or nobody."""

else:
    Cents = Rate = Day = Month = Link = int


class Lookup:
    """Rows in rising order of their key; a key finds the last row that is not above it.

    Below the first row the answer is 0: nothing is due there. The same reading serves a table by number
    of children (the last row means "that many or more"), by age, a scale by amount and steps by date.
    """

    __slots__ = ("keys", "values")

    def __init__(self, rows: Mapping[int, int]) -> None:
        self.keys = tuple(sorted(rows))
        self.values = tuple(rows[key] for key in self.keys)

    def at(self, key: int) -> int:
        """The value of the last row whose key is at most `key`; 0 below the first row."""
        found = 0
        for row_key, value in zip(self.keys, self.values, strict=True):
            if row_key > key:
                break
            found = value
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lookup) and (self.keys, self.values) == (other.keys, other.values)

    def __hash__(self) -> int:
        return hash((self.keys, self.values))

    def __repr__(self) -> str:
        return f"Lookup({dict(zip(self.keys, self.values, strict=True))})"


if TYPE_CHECKING:
    Key = TypeVar("Key", bound=int)
    Found = TypeVar("Found", bound=int)

    class _Rows(Generic[Key, Found]):
        """A `Lookup` of which the kinds of keys and values are known, so that mypy checks what is looked up."""

        keys: tuple[Key, ...]
        values: tuple[Found, ...]

        def at(self, key: Key) -> Found: ...

    class MoneyTable(_Rows[int, Cents]):
        """Amounts by a whole number (children, age, group)."""

    class RateTable(_Rows[int, Rate]):
        """Rates by a whole number."""

    class NumberTable(_Rows[int, int]):
        """Whole numbers by a whole number."""

    class MoneyScale(_Rows[Cents, Cents]):
        """Amounts by an amount: the band that an income falls in."""

    class MoneySteps(_Rows[Day, Cents]):
        """Amounts by the day of an event."""

    class RateSteps(_Rows[Day, Rate]):
        """Rates by the day of an event."""

    class NumberSteps(_Rows[Day, int]):
        """Whole numbers by the day of an event."""

else:
    MoneyTable = RateTable = NumberTable = MoneyScale = MoneySteps = RateSteps = NumberSteps = Lookup


def day_number(day: date) -> Day:
    """The number of a calendar day."""
    return Day((day.year * MONTHS_IN_YEAR + day.month - 1) * 32 + day.day)


def month_number(year: int, month: int) -> Month:
    """The number of a month; `month` is 1 to 12."""
    return Month(year * MONTHS_IN_YEAR + month - 1)


def is_known(day: Day) -> bool:
    """Whether a day is known."""
    return day != 0


def is_someone(link: Link) -> bool:
    """Whether a link points to a member of the household."""
    return link >= 0


def month_of(day: Day) -> Month:
    """The month a day falls in."""
    return Month(day >> 5)


def months_from(day: Day, month: Month) -> int:
    """Calendar months from the month of `day` to `month`: 0 in its own month, negative before it."""
    return month - (day >> 5)


def completed_months(day: Day, month: Month) -> int:
    """Whole months completed since `day` on the 1st of `month`; negative before the day."""
    return month - (day >> 5) - (1 if (day & 31) > 1 else 0)


def indexed(amount: Cents, index: RateSteps, granted_on: Day, month: Month) -> Cents:
    """An amount granted once and raised since: each rate that came after the grant, to the 1st of `month`.

    Every step is rounded half up to the cent, as an awarded amount is a whole number of cents at any time.
    """
    for day, rate in zip(index.keys, index.values, strict=True):
        if day > granted_on and day <= month * 32 + 1:
            amount = Cents((2 * amount * rate + RATE_ONE) // (2 * RATE_ONE))
    return amount


def completed_years(day: Day, month: Month) -> int:
    """Whole years completed since `day` on the 1st of `month`; negative before the day."""
    return completed_months(day, month) // MONTHS_IN_YEAR

"""The month a population is drawn for, and ages counted from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from balsts.law.engine.errors import DomainError
from balsts.population.synthesis.facts import Ints, assumed

FIRST_YEAR, LAST_YEAR = 2020, 2027
_OLDEST = 125
_VARAKLANI_UNTIL = (2025, 7)


class CannotSynthesise(DomainError):
    """What was asked for cannot be drawn."""


def day_number(year: int, month: int, day: int = 1) -> int:
    """Days since 1970-01-01."""
    return int(np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D").astype(np.int64))


@dataclass(frozen=True)
class Calendar:
    """The month asked; ages are those at its end, so that births of the month itself are in."""

    year: int
    month: int

    @classmethod
    def of(cls, text: str) -> Calendar:
        """Read a month written YYYY-MM.

        Raises:
            CannotSynthesise: the text is no month, or one outside the years the figures cover.
        """
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        if match is None:
            raise CannotSynthesise(f"{text!r} is no month; write it as YYYY-MM, for example 2026-01.")
        calendar = cls(int(match[1]), int(match[2]))
        if not FIRST_YEAR <= calendar.year <= LAST_YEAR:
            raise CannotSynthesise(f"{text} cannot be drawn; the figures reach from {FIRST_YEAR}-01 to {LAST_YEAR}-12.")
        return calendar

    @property
    def first_day(self) -> int:
        """The 1st of the month."""
        return day_number(self.year, self.month)

    @property
    def end(self) -> int:
        """The 1st of the next month."""
        return self.months_before_end(0)

    @property
    def iso(self) -> str:
        """The 1st of the month as text."""
        return f"{self.year:04d}-{self.month:02d}-01"

    def months_before_end(self, months: int) -> int:
        """The 1st of the next month, some months earlier."""
        index = self.year * 12 + self.month - months
        return day_number(index // 12, index % 12 + 1)

    @property
    def has_ukrainian_civilians(self) -> bool:
        """Whether civilians from Ukraine have fled to the country yet."""
        return self.year * 100 + self.month >= assumed("ukrainian_civilians_since")

    @property
    def has_varaklani(self) -> bool:
        """Whether Varakļāni is still a municipality of its own."""
        return (self.year, self.month) < _VARAKLANI_UNTIL

    @cached_property
    def birthdays(self) -> Ints:
        """The end of the month, and the same day 1, 2, … years earlier: age a is born from [a + 1] to before [a]."""
        return np.array([self.months_before_end(12 * age) for age in range(_OLDEST + 1)], dtype=np.int64)

    def age(self, born: Ints) -> Ints:
        """Completed years at the end of the month."""
        ascending = self.birthdays[::-1]
        return (_OLDEST - np.searchsorted(ascending, born, side="right")).astype(np.int64)

"""A block under construction: persons in the order in which they were drawn, and how they belong together."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.facts import Bools, Ints

RELATIONS = (
    "partner", "parent_1", "parent_2", "guardian", "foster_parent_1", "foster_parent_2",
    "adoptive_parent_1", "adoptive_parent_2", "preadoption_carer",
)  # fmt: skip
YOUNGEST_PARENT_DAYS = 14 * 365 + 5
"""Fourteen years in days, leap days and one day to spare included."""


def nobody(size: int) -> Ints:
    """A relation that nobody has yet."""
    return np.full(size, -1, dtype=np.int64)


@dataclass
class Draft:
    """Persons of one block; relations and homes are positions in these arrays, -1 for none."""

    calendar: Calendar
    is_man: Bools
    born: Ints
    age: Ints
    home: Ints = field(init=False)
    relations: dict[str, Ints] = field(init=False)
    is_married: Bools = field(init=False)
    is_prisoner: Bools = field(init=False)
    is_resident: Bools = field(init=False)
    is_emergency_ward: Bools = field(init=False)

    def __post_init__(self) -> None:
        """Start with nobody related to anybody, and no home."""
        size = len(self.age)
        self.home = nobody(size)
        self.relations = {name: nobody(size) for name in RELATIONS}
        for name in ("is_married", "is_prisoner", "is_resident", "is_emergency_ward"):
            setattr(self, name, np.zeros(size, dtype=np.bool_))

    def __len__(self) -> int:
        """How many persons."""
        return len(self.age)

    def move_birth(self, persons: Ints, born: Ints) -> None:
        """Give some persons another date of birth."""
        self.born[persons] = born
        self.age[persons] = self.calendar.age(born)

    def may_be_parent(self, parent: Ints, child: Ints) -> Bools:
        """Whether the one is at least fourteen years older than the other."""
        return self.born[child] - self.born[parent] >= YOUNGEST_PARENT_DAYS

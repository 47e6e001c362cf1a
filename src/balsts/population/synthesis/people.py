"""The persons of a block in their final order: households one after another, the eldest member first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.draft import Draft
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import Bools, Floats, Ints


@dataclass(frozen=True)
class People:
    """Arrays over persons; `household` counts from 0, `first` and `size` are arrays over households."""

    calendar: Calendar
    is_man: Bools
    born: Ints
    age: Ints
    household: Ints
    first: Ints
    size: Ints
    relations: dict[str, Ints]
    is_married: Bools
    is_prisoner: Bools
    is_resident: Bools
    is_emergency_ward: Bools

    def __len__(self) -> int:
        """How many persons."""
        return len(self.age)

    @property
    def sex(self) -> Ints:
        """0 for women, 1 for men."""
        return self.is_man.astype(np.int64)

    @property
    def is_inside(self) -> Bools:
        """In an institution: care or prison."""
        return self.is_resident | self.is_prisoner

    def total(self, values: Floats | Ints | Bools) -> Floats:
        """The sum over each household."""
        return np.add.reduceat(values.astype(np.float64), self.first)

    def expected(self, per_person: float) -> float:
        """A share of the population as an expected number of persons of this block."""
        return per_person * len(self)

    def age_in_years(self) -> Floats:
        """Age with fractions, at the end of the month."""
        return (self.calendar.end - self.born) / 365.2425

    def is_younger_than(self, months: int) -> Bools:
        """Born less than so many months before the end of the month."""
        return self.born >= self.calendar.months_before_end(months)

    def raises(self, child: Bools) -> Bools:
        """Whether a person is a parent or carer of one of the children named."""
        answer = np.zeros(len(self), dtype=np.bool_)
        for name, other in self.relations.items():
            if name != "partner":
                answer[other[child & (other >= 0)]] = True
        return answer


def order_people(draw: Draw, draft: Draft) -> People:
    """Put households in random order, so that any part of the file is like the whole."""
    _, home = np.unique(draft.home, return_inverse=True)
    homes = int(home.max()) + 1
    household = draw.shuffled(np.arange(homes))[home]
    order = np.lexsort((draft.born, household))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    relations = {}
    for name, other in draft.relations.items():
        moved = other[order]
        relations[name] = np.where(moved >= 0, position[np.maximum(moved, 0)], -1)
    size = np.bincount(household, minlength=homes)
    return People(
        draft.calendar, draft.is_man[order], draft.born[order], draft.age[order], household[order],
        np.cumsum(size) - size, size, relations, draft.is_married[order], draft.is_prisoner[order],
        draft.is_resident[order], draft.is_emergency_ward[order],
    )  # fmt: skip

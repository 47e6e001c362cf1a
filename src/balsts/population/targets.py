"""How near a population is to the published figures.

The comparison reads the columns of the population file only, so that it serves any population, block by block.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.facts import Floats, fact, published, read
from balsts.population.synthesis.income import published_level
from balsts.population.tallies import tally_block

_UNITS = {"percent": "%", "persons": "persons", "households": "households", "families": "families"}


@dataclass(frozen=True)
class Target:
    """A published figure and the tallies that answer it.

    Attributes:
        area: what it is about.
        label: what is counted.
        key: the published figure in `data/facts.csv`.
        top: the tally; a count unless there is a `bottom`.
        bottom: what the tally is divided by, for shares (in percent) and means.
        moved: whether the figure is moved to the year of the population by the growth of wages.
    """

    area: str
    label: str
    key: str
    top: str
    bottom: str = ""
    moved: bool = False


@dataclass(frozen=True)
class Comparison:
    """One line of the table; numbers of persons and families are those of a country of the published size."""

    area: str
    label: str
    unit: str
    year: str
    source: str
    published: float
    synthetic: float

    @property
    def difference_percent(self) -> float:
        """How far the synthetic figure is from the published one, in percent of the latter."""
        return 100 * (self.synthetic / self.published - 1)


@cache
def targets() -> tuple[Target, ...]:
    """What is compared, in the order of the table."""
    return tuple(
        Target(row["area"], row["label"], row["fact"], row["top"], row["bottom"], moved=row["moved"] == "yes")
        for row in read("targets.csv")
    )


class Measure:
    """Tallies of a population, block by block."""

    def __init__(self, on: str = "2026-01") -> None:
        self.calendar = Calendar.of(on)
        self.tallies: dict[str, float] = {}
        self.wage_counts: Floats = np.zeros(1)

    def add(self, block: pa.Table) -> None:
        """Take in a block of whole households."""
        tallies, wages = tally_block(block, self.calendar)
        for name, value in tallies.items():
            self.tallies[name] = self.tallies.get(name, 0.0) + value
        counts = np.zeros(max(len(wages), len(self.wage_counts)))
        counts[: len(self.wage_counts)] += self.wage_counts
        counts[: len(wages)] += wages
        self.wage_counts = counts

    def compare(self) -> list[Comparison]:
        """The published figures beside those of the population; at least one block must have been added."""
        return [self._compare(target) for target in targets()]

    def _compare(self, target: Target) -> Comparison:
        row = fact(target.key)
        value, year = float(row["value"]), row["year"]
        if target.moved:
            value = published_level(target.key.removesuffix("_2024"), self.calendar.year)
            year = str(self.calendar.year)
        unit = _UNITS.get(row["unit"].split(" ")[0], row["unit"])
        synthetic = self._value(target, row["unit"])
        return Comparison(target.area, target.label, unit, year, row["source_id"], value, synthetic)

    def _value(self, target: Target, unit: str) -> float:
        if target.top == "median_wage":
            return self._median_wage()
        top = self.tallies[target.top]
        if not target.bottom:
            return top / self.tallies["persons"] * published("population")
        bottom = self.tallies[target.bottom]
        return (100 if unit.startswith("percent") else 1) * top / bottom if bottom else 0.0

    def _median_wage(self) -> float:
        cumulated = np.cumsum(self.wage_counts)
        return float(np.searchsorted(cumulated, cumulated[-1] / 2)) + 0.5


def compare_with_published(population: pa.Table | Iterable[pa.Table], on: str = "2026-01") -> list[Comparison]:
    """The comparison of a population, or of its blocks of whole households."""
    measure = Measure(on)
    for block in [population] if isinstance(population, pa.Table) else population:
        measure.add(block)
    return measure.compare()

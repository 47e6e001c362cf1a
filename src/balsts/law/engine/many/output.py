"""What a pass over a population is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

UNDETERMINED = -(2**62)
"""Stands in an output for a value that needs something nobody knows."""


@dataclass(frozen=True)
class Output:
    """Something to be written for everyone: a right by payee, those a right is for, or a value as it is."""

    kind: Literal["right", "for", "value"]
    name: str

    @property
    def column(self) -> str:
        """Its name among the columns of the result."""
        return self.name if self.kind != "for" else f"{self.name}/for"


@dataclass(frozen=True)
class Entries:
    """An output of a population: only the rows that have something, as most have nothing of most.

    Attributes:
        size: how many rows there are: persons, or households.
        rows: those that have something, each once, in no certain order (int32).
        values: what they have (int64), never 0; `UNDETERMINED` where nobody knows.
    """

    size: int
    rows: np.ndarray[Any, np.dtype[np.int32]]
    values: np.ndarray[Any, np.dtype[np.int64]]

    def dense(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """One value a row, 0 where there is nothing."""
        found = np.zeros(self.size, np.int64)
        found[self.rows] = self.values
        return found

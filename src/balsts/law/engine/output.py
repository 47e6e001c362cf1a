"""What a pass over a population is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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

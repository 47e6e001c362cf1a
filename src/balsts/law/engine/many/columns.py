"""A population in columns, as the law reads it: persons sorted by household, links within the household."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from balsts.law.engine import families
from balsts.law.engine.household import TiePlan
from balsts.law.engine.inputs import Catalogue
from balsts.law.engine.one import Facts

Array = np.ndarray[Any, Any]

COMPILE_FROM_HOUSEHOLDS = 10_000
"""Below this many households plain Python answers sooner than a compiler could."""

_TYPES: dict[str, type[np.generic]] = {
    "day": np.int32, "month": np.int32, "money": np.int64, "number": np.int32, "flag": np.uint8, "choice": np.uint8,
}  # fmt: skip


@dataclass
class Columns:
    """A population as the law reads it.

    Attributes:
        starts: position of each household's first person and, last, the number of persons (uint64).
        persons: one value a person by name; links count from the household's first person, -1 for nobody.
        household: one value a household by name.
        stated: links and orders of birth as they were stated, before `tie` took out those who are not living.
    """

    starts: Array
    persons: dict[str, Array]
    household: dict[str, Array]
    stated: dict[str, Array] = field(default_factory=dict)

    @property
    def households(self) -> int:
        """How many households."""
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """How many persons."""
        return int(self.starts[-1])

    @property
    def sizes(self) -> Array:
        """Persons in each household (int64)."""
        sizes: Array = np.diff(self.starts.astype(np.int64))
        return sizes

    @cached_property
    def largest(self) -> int:
        """Persons in the largest household."""
        return int(self.sizes.max(initial=0))

    def facts(self, household: int) -> Facts:
        """One household as facts; its persons are called 0, 1, 2 …"""
        first, last = int(self.starts[household]), int(self.starts[household + 1])
        ids = [str(number) for number in range(last - first)]
        persons = {name: column[first:last].tolist() for name, column in self.persons.items()}
        whole = {name: int(column[household]) for name, column in self.household.items()}
        return Facts(ids, persons, whole, [0] * len(ids), [set() for _ in ids], set())


def column_type(catalogue: Catalogue, name: str) -> type[np.generic]:
    """The type in which a value is held; it is fixed, so that compiled code fits every population."""
    known = catalogue.by_name.get(name)
    if known is not None:
        return _TYPES[known.kind]
    return np.uint8 if name.startswith("applied_for_") else np.int32


def nobody(catalogue: Catalogue, person_inputs: list[str], household_inputs: list[str]) -> Columns:
    """A population of no one, which is enough to compile for."""
    return Columns(
        np.zeros(1, np.uint64),
        {name: np.zeros(0, column_type(catalogue, name)) for name in person_inputs},
        {name: np.zeros(0, column_type(catalogue, name)) for name in household_inputs},
    )


def tie(columns: Columns, catalogue: Catalogue, month: int) -> None:
    """Work out families, payees and orders of birth for everyone living in the month; adds and replaces columns."""
    persons, size = columns.persons, columns.size
    if not columns.stated:
        columns.stated = {name: persons[name] for name in (*catalogue.links, "birth_order")}
    born, died = persons["born"], persons["died"]
    present = ((born >> 5) <= month) & ((died == 0) | ((died >> 5) > month))
    links = np.stack([columns.stated[name] for name in catalogue.links])
    if not present.all():
        base = np.repeat(columns.starts[:-1].astype(np.int64), columns.sizes)
        living = present[np.where(links >= 0, base + links, 0)] if size else links >= 0
        links = np.where((links >= 0) & living & present, links, np.int32(-1))
    plan = TiePlan(catalogue)
    worked = {name: np.empty(size, np.int32) for name in catalogue.worked_out}
    payees = np.empty((len(plan.payee_names), size), np.int32)
    arguments = (
        int(catalogue.woman), born, persons["sex"], present, links, plan.partner,
        np.array(plan.placements, np.int64).reshape(-1, 2), np.array(plan.parents, np.int64).reshape(-1, 2),
        np.array(plan.payee_links, np.int64).reshape(-1, 2), columns.stated["birth_order"], worked["family"],
        worked["family_payee"], payees, worked["birth_order"], worked["birth_rank"],
    )  # fmt: skip
    if columns.households < COMPILE_FROM_HOUSEHOLDS:
        starts = columns.starts.tolist()
        for first, last in itertools.pairwise(starts):
            families.tie_household(first, last - first, *arguments)
    else:
        from balsts.law.engine.many.compiled import module_of

        module_of(_tie_text()).tie_all(columns.starts.astype(np.int64), *arguments)
    persons.update({name: links[row] for row, name in enumerate(catalogue.links)})
    persons.update(worked)
    persons.update({name: payees[row] for row, name in enumerate(plan.payee_names)})


def _tie_text() -> str:
    """The text of `families` for the compiler: the same statements without types."""
    source = ast.parse(Path(families.__file__).read_text(encoding="utf-8"))
    functions = [node for node in source.body if isinstance(node, ast.FunctionDef)]
    texts = []
    for node in functions:
        node.returns = None
        for argument in node.args.args:
            argument.annotation = None
        texts.append(f"@njit(nogil=True)\n{ast.unparse(node)}")
    by_name = {node.name: text for node, text in zip(functions, texts, strict=True)}
    order = [name for name in by_name if name != "tie_household"] + ["tie_household"]
    arguments = ", ".join(argument.arg for argument in functions[[one.name for one in functions].index(
        "tie_household")].args.args[2:])  # fmt: skip
    loop = (
        f"@njit(cache=True, nogil=True)\ndef tie_all(starts, {arguments}):\n"
        "    for h in range(len(starts) - 1):\n"
        f"        tie_household(starts[h], starts[h + 1] - starts[h], {arguments})\n"
    )
    return "\n\n\n".join(["from numba import njit", *(by_name[name] for name in order), loop])

"""A law over a population: recipients and amounts by code, exact to the cent, and the difference a reform makes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from balsts.law.engine.law import Law
from balsts.law.engine.many.columns import Array, Columns
from balsts.law.engine.many.output import UNDETERMINED, Entries, Output
from balsts.law.engine.many.passes import Progress, run
from balsts.law.engine.quantities import euros, month_text, round_half_up
from balsts.law.engine.wiring import Wiring, wire
from balsts.population.parquet import write_population
from balsts.population.reader import Population

_WEEKS_IN_YEAR, _MONTHS_IN_YEAR = 52, 12
_LIMB = 1 << 20
_BLOCK = 1 << 15
_ROWS = pa.schema({"household_id": pa.int64(), "person_id": pa.int64(), "code": pa.string(), "amount_cents": pa.int64(),
                   "pieces": pa.int64()})  # fmt: skip


@dataclass
class Total:
    """What one code comes to: weighted counts and the amount, all exact."""

    recipients: Fraction = Fraction(0)
    beneficiaries: Fraction = Fraction(0)
    amount: Fraction = Fraction(0)
    undetermined: Fraction = Fraction(0)
    unit: str = "money"

    def __add__(self, other: Total) -> Total:
        return Total(self.recipients + other.recipients, self.beneficiaries + other.beneficiaries,
                     self.amount + other.amount, self.undetermined + other.undetermined, other.unit)  # fmt: skip

    def __sub__(self, other: Total) -> Total:
        return Total(self.recipients - other.recipients, self.beneficiaries - other.beneficiaries,
                     self.amount - other.amount, self.undetermined - other.undetermined, self.unit)  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """In the form of the contract: the amount is rounded once, half up, to the cent."""
        cents = round_half_up(self.amount.numerator, self.amount.denominator)
        amount: dict[str, Any] = {"amount_eur": euros(cents)} if self.unit == "money" else {"pieces": cents}
        found = {"recipients": _count(self.recipients), "beneficiaries": _count(self.beneficiaries), **amount}
        return found | ({"undetermined": _count(self.undetermined)} if self.undetermined else {})


@dataclass
class Simulation:
    """The answer of one law for one population and month."""

    month: int
    persons: int
    households: int
    totals: dict[str, Total] = field(default_factory=dict)
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """In the form of the contract."""
        return {
            "on": month_text(self.month),
            "persons": self.persons,
            "households": self.households,
            "seconds": round(self.seconds, 3),
            "rights": {code: total.as_json() for code, total in sorted(self.totals.items())},
        }


def difference(base: Simulation, reform: Simulation) -> dict[str, Any]:
    """What a reform changes, code by code, in the form of `rights`."""
    codes = sorted(base.totals.keys() | reform.totals.keys())
    return {code: (reform.totals.get(code, Total()) - base.totals.get(code, Total())).as_json() for code in codes}


def _count(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def needed_inputs(wirings: list[Wiring]) -> set[str]:
    """The inputs that laws read, as a population file must be read for them."""
    return {name for wiring in wirings for name in wiring.inputs}


def outputs_for(wiring: Wiring, codes: list[str]) -> list[Output]:
    """Amounts, and those they are for where they are not simply the payees."""
    found = [Output("right", code) for code in codes]
    return found + [Output("for", code) for code in codes if not _is_own(wiring, code)]


def _is_own(wiring: Wiring, code: str) -> bool:
    """Whether a right is for the very person who is paid."""
    version = wiring.version(code)
    terms = version.right
    return terms is not None and version.entity == "person" and terms.payee is None and terms.beneficiaries is None


def simulate(law: Law, population: Population, month: int, codes: list[str] | None = None, *,
             progress: Progress | None = None, keep: bool = False,
             threads: int | None = None) -> tuple[Simulation, dict[str, Entries]]:  # fmt: skip
    """Totals of a law over a population in one month.

    Args:
        codes: the rights wanted; all in force when left out.
        keep: whether the amounts of each are wanted too (`simulate --out`).
    """
    everything = wire(law, month)
    chosen = [code for code in (codes or everything.rights) if code in everything.rights]
    wiring = everything if codes is None else wire(law, month, wanted=chosen)
    started = time.perf_counter()
    columns = population.columns
    found = run(wiring, outputs_for(wiring, chosen), columns, progress=progress, threads=threads)
    simulation = Simulation(month, columns.size, columns.households)
    for code in chosen:
        simulation.totals[code] = _total(wiring, code, found, population)
    simulation.seconds = time.perf_counter() - started
    return simulation, found if keep else {}


def _total(wiring: Wiring, code: str, found: dict[str, Entries], population: Population) -> Total:
    version = wiring.version(code)
    terms = version.right
    assert terms is not None
    entries = found[code]
    weights = population.weights if version.entity == "household" else _each(population)
    is_unknown = entries.values == UNDETERMINED
    known, unknown = entries.rows[~is_unknown], entries.rows[is_unknown]
    amounts = entries.values[~is_unknown]
    recipients = counted(known, weights)
    if terms.per == "week":
        amounts = (2 * amounts * _WEEKS_IN_YEAR + _MONTHS_IN_YEAR) // (2 * _MONTHS_IN_YEAR)
    amount = weighted(amounts, _at(weights, known))
    beneficiaries = recipients if _is_own(wiring, code) else counted(found[f"{code}/for"].rows, _each(population))
    return Total(recipients, beneficiaries, amount, counted(unknown, weights), terms.unit)


def counted(rows: Array, weights: Array) -> Fraction:
    """How many some rows stand for."""
    return weighted(np.ones(len(rows), np.int64), _at(weights, rows))


def _at(weights: Array, rows: Array) -> Array:
    return weights if len(weights) == 1 else weights[rows]


def _each(population: Population) -> Array:
    """The weight of each person: that of the household; one number when all are alike."""
    weights = population.weights
    if len(weights) and (weights == weights[0]).all():
        return weights[:1]
    return np.repeat(weights, population.columns.sizes)


def weighted(values: Array, weights: Array) -> Fraction:
    """The exact sum of whole numbers times doubles; a double is a whole number times a power of two.

    Args:
        values: whole numbers.
        weights: doubles of 0 or more, one each, or a single one for all.
    """
    if not len(values):
        return Fraction(0)
    if len(weights) == 1 or (weights == weights[0]).all():
        return int(values.sum(dtype=np.int64)) * Fraction(float(weights[0]))
    mantissas, exponents = np.frexp(weights)
    whole = (mantissas * 2**53).astype(np.int64)
    exact = Fraction(0)
    for exponent in np.unique(exponents):
        chosen = exponents == exponent
        exact += _dot(values[chosen], whole[chosen]) * Fraction(2) ** (int(exponent) - 53)
    return exact


def _dot(values: Array, whole: Array) -> int:
    """The exact sum of products, by limbs so small that no sum of a block leaves 64 bits."""
    total = 0
    for value_shift, value_limb in _limbs(values):
        for weight_shift, weight_limb in _limbs(whole):
            for first in range(0, len(values), _BLOCK):
                part = np.dot(value_limb[first : first + _BLOCK], weight_limb[first : first + _BLOCK])
                total += int(part) << (value_shift + weight_shift)
    return total


def _limbs(values: Array) -> Iterator[tuple[int, Array]]:
    shift = 0
    while (values != 0).any():
        if (values < 0).any():
            raise ValueError("amounts of a right are never negative")
        yield shift, values % _LIMB
        values = values // _LIMB
        shift += 20


def rows_of(wiring: Wiring, found: dict[str, Entries], population: Population) -> pa.Table:
    """One row a right: household, payee (none for a household's right), code, amount or pieces."""
    households = np.repeat(population.household_ids, population.columns.sizes)
    tables = []
    for code in [name for name in found if "/" not in name]:
        version = wiring.version(code)
        assert version.right is not None
        known = np.flatnonzero(found[code].values != UNDETERMINED)
        known = known[np.argsort(found[code].rows[known])]
        at = found[code].rows[known]
        whole = version.entity == "household"
        payees = pa.nulls(len(at), pa.int64()) if whole else pa.array(population.person_ids[at])
        amounts = pa.array(found[code].values[known])
        nothing = pa.nulls(len(at), pa.int64())
        is_money = version.right.unit == "money"
        tables.append(pa.table({
            "household_id": pa.array((population.household_ids if whole else households)[at]),
            "person_id": payees,
            "code": pa.array(np.full(len(at), code, dtype=object), pa.string()),
            "amount_cents": amounts if is_money else nothing,
            "pieces": nothing if is_money else amounts,
        }))  # fmt: skip
    return pa.concat_tables([_ROWS.empty_table(), *tables])


def write_rights(wiring: Wiring, found: dict[str, Entries], population: Population, path: Path) -> None:
    """Write `rows_of` to a Parquet file, whole or not at all."""
    write_population(rows_of(wiring, found, population), path)


def part_of(population: Population, first: int, last: int) -> Population:
    """The households from `first` to before `last`."""
    columns = population.columns
    start, end = int(columns.starts[first]), int(columns.starts[last])
    return Population(
        Columns(
            columns.starts[first : last + 1] - columns.starts[first],
            {name: column[start:end] for name, column in columns.persons.items()},
            {name: column[first:last] for name, column in columns.household.items()},
            {name: column[start:end] for name, column in columns.stated.items()},
        ),
        population.person_ids[start:end],
        population.household_ids[first:last],
        population.weights[first:last],
    )


def merged(parts: list[Simulation]) -> Simulation:
    """The sum of simulations of parts of a population."""
    whole = Simulation(parts[0].month, 0, 0)
    for part in parts:
        whole.persons += part.persons
        whole.households += part.households
        for code, total in part.totals.items():
            whole.totals[code] = whole.totals.get(code, Total()) + total
    return whole

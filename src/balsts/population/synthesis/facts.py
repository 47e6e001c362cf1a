"""What the synthesis is drawn from: the published figures and the assumptions, read from `data/`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DATA = Path(__file__).resolve().parent.parent / "data"
AGES = 106
"""Length of every array by age: 0 to 104, and 105 for all above."""


@cache
def read(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _facts() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in read("facts.csv")}


def fact(key: str) -> dict[str, str]:
    """A published figure with its year, unit and source."""
    return _facts()[key]


@cache
def published(key: str) -> float:
    """The value of a published figure."""
    return float(fact(key)["value"])


def rate(key: str) -> float:
    """A published share that is printed in percent, as a number from 0 to 1."""
    return published(key) / 100


def per_person(key: str) -> float:
    """A published number of persons, families or events as a share of the published population."""
    return published(key) / published("population")


@cache
def _assumptions() -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in read("assumptions.csv"):
        rows.setdefault(row["name"], []).append(row)
    return rows


@cache
def assumed(name: str) -> float:
    """The value of an assumption that is a single number."""
    (row,) = _assumptions()[name]
    return float(row["value"])


def assumed_per_person(name: str) -> float:
    """An assumed number of persons or families in the country as a share of the published population."""
    return assumed(name) / published("population")


@cache
def assumed_groups(name: str) -> dict[str, float]:
    """The values of an assumption given by group, in the order of the file."""
    return {row["group"]: float(row["value"]) for row in _assumptions()[name]}


@cache
def assumed_by_age(name: str, group: str = "", sex: str = "") -> Floats:
    """An assumption given by age as an array over ages; ages that are not named have 0."""
    values = np.zeros(AGES)
    for row in _assumptions()[name]:
        if row["group"] == group and row["sex"] in ("", sex):
            last = int(row["age_to"]) if row["age_to"] else AGES - 1
            values[int(row["age_from"]) : last + 1] = float(row["value"])
    values.setflags(write=False)
    return values


@cache
def population_by_age(year: int) -> Floats:
    """Persons by age and sex (0 women, 1 men) on 1 July, shape (2, 106)."""
    values = np.zeros((2, AGES))
    for row in read("population_by_age.csv"):
        if int(row["year"]) == year and row["sex"] in ("F", "M"):
            values[int(row["sex"] == "M"), int(row["age_from"])] = float(row["value"])
    values.setflags(write=False)
    return values


@cache
def death_rates() -> Floats:
    """Deaths per person and year by sex (0 women, 1 men) and age, shape (2, 106)."""
    values = np.zeros((2, AGES))
    for row in read("mortality_by_age.csv"):
        if row["sex"] in ("F", "M"):
            last = int(row["age_to"]) if row["age_to"] else AGES - 1
            values[int(row["sex"] == "M"), int(row["age_from"]) : min(last, AGES - 1) + 1] = float(row["value"])
    values.setflags(write=False)
    return values


@cache
def fertility_pattern() -> tuple[Ints, Floats]:
    """Middle years of the 5-year periods, and for each the cumulated share of births by mother's 5-year age from 15."""
    years = sorted({int(row["year"]) for row in read("fertility_by_age.csv")})
    shares = np.zeros((len(years), 7))
    for row in read("fertility_by_age.csv"):
        shares[years.index(int(row["year"])), (int(row["age_from"]) - 15) // 5] = float(row["value"])
    return np.array(years, dtype=np.int64), np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)


@cache
def municipalities(with_varaklani: bool) -> tuple[tuple[str, ...], Floats]:
    """Codes of the municipalities and their shares; Varakļāni became a part of Madona on 2025-07-01."""
    weights: dict[str, float] = {}
    for row in read("municipalities.csv"):
        code = row["code"]
        if not with_varaklani:
            code = {"0055000": "0038001", "0038000": "0038001"}.get(code, code)
        weights[code] = weights.get(code, 0.0) + float(row["value"])
    total = sum(weights.values())
    return tuple(weights), np.array(list(weights.values())) / total


def threshold(column: str, day: str) -> float:
    """An amount of `thresholds.csv` in force on a day, EUR a month."""
    rows = [row for row in read("thresholds.csv") if row["valid_from"] <= day]
    return float(rows[-1][column])

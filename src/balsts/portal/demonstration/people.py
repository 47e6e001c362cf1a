"""The persons of the demonstration: whole households of a municipality and of its neighbour, with made-up names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from balsts.exchange.simulation.identities import given_name, personal_code, surname
from balsts.population.parquet import write_population
from balsts.population.synthesis import synthesise

HERE, NEIGHBOUR = "0036000", "0053000"
MONTH = date(2026, 1, 1)
HOUSEHOLDS = 2_000
_NEIGHBOURS = 200
_DRAWN, _SEED = 8_000, 2026


def write_people(path: Path) -> None:
    """Draw the persons and write them as a population file; the same each time."""
    drawn = synthesise(_DRAWN, seed=_SEED, on=f"{MONTH:%Y-%m}")
    homes = drawn["household_id"].to_pylist()
    place = {home: number for number, home in enumerate(dict.fromkeys(homes))}
    kept = drawn.slice(0, sum(place[home] < HOUSEHOLDS + _NEIGHBOURS for home in homes))
    rows = kept.select(["person_id", "household_id", "sex"]).to_pylist()
    code = [HERE if place[one["household_id"]] < HOUSEHOLDS else NEIGHBOUR for one in rows]
    at = kept.schema.get_field_index("municipality")
    kept = kept.set_column(at, "municipality", pa.array(code).cast(kept.schema.field(at).type))
    for column, values in _made_up(rows):
        kept = kept.append_column(column, pa.array(values))
    write_population([kept], path)


def _made_up(rows: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [
        ("x_given_names", [given_name(one["person_id"], one["sex"]) for one in rows]),
        ("x_surname", [surname(one["household_id"], one["sex"]) for one in rows]),
        ("x_personal_code", [personal_code(one["person_id"]) for one in rows]),
        ("x_address", [f"Parauga iela {1 + one['household_id'] % 89}" for one in rows]),
    ]

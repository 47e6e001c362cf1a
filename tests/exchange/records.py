"""Any record that a contract allows, drawn from its types."""

from __future__ import annotations

import types
from datetime import date, timedelta
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from balsts.exchange.contract import AnyContract, Record, Spell
from balsts.exchange.periods import Period

EARLIEST, LATEST = date(2019, 1, 1), date(2027, 12, 31)
DAYS = st.dates(EARLIEST, LATEST)
MONTHS = DAYS.map(lambda day: f"{day:%Y-%m}")
CODES = st.integers(0, 10**8 - 1).map(lambda number: f"399{number:08}")


@st.composite
def windows(draw: st.DrawFn) -> Period:
    since = draw(DAYS)
    return Period(since, draw(st.none() | st.integers(1, 900).map(lambda days: since + timedelta(days=days))))


def records_of(contract: AnyContract) -> st.SearchStrategy[Record]:
    return _record(contract.record)


def _record(kind: type[Record]) -> st.SearchStrategy[Record]:
    fields = {name: _field(name, field) for name, field in kind.model_fields.items()}
    if issubclass(kind, Spell):
        lengths = st.none() | st.integers(1, 2000)
        return st.builds(_spell, st.just(kind), lengths, st.fixed_dictionaries(fields))
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))


def _spell(kind: type[Record], days: int | None, values: dict[str, Any]) -> Record:
    until = None if days is None else values["since"] + timedelta(days=days)
    return kind(**values | {"until": until})


def _field(name: str, field: FieldInfo) -> st.SearchStrategy[Any]:
    if name in ("month", "complete_to"):
        return MONTHS
    if name.endswith("_code") or name == "municipality":
        return CODES
    bounds = {
        key: value for one in field.metadata for key in ("ge", "le") if (value := getattr(one, key, None)) is not None
    }
    return _type(field.annotation, bounds)


def _type(kind: Any, bounds: dict[str, int]) -> st.SearchStrategy[Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*(st.none() if part is type(None) else _type(part, bounds) for part in parts))
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        return st.lists(_type(parts[0], {}), max_size=4).map(tuple)
    if hasattr(kind, "__metadata__"):
        inner = {key: value for meta in kind.__metadata__ for one in getattr(meta, "metadata", ())
                 for key in ("ge", "le") if (value := getattr(one, key, None)) is not None}  # fmt: skip
        return _type(parts[0], inner)
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record(kind)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(bounds.get("ge", 0), bounds.get("le", 10_000_000))
    if kind is date:
        return DAYS
    return CODES

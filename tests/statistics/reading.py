"""What others read in our messages: written from the standards, without our writers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs

Read = tuple[Mapping[str, str], Decimal, Mapping[str, str]]
"""A figure as it was read: key, value, what is told of it."""


def schema(path: Path) -> jsonschema_rs.Draft7Validator:
    """An official schema of SDMX-JSON; it names no version of JSON Schema, and uses none newer than draft 7."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return jsonschema_rs.Draft7Validator({**told, "$schema": "http://json-schema.org/draft-07/schema#"},
                                         validate_formats=True)  # fmt: skip


def figures_of_json(content: bytes) -> Iterator[Read]:
    """The figures of an SDMX-JSON 2.0 data message: keys and coded attributes are places in lists of values."""
    message: Any = json.loads(content, parse_float=Decimal, parse_int=Decimal)
    (structure,), (dataset,) = message["data"]["structures"], message["data"]["dataSets"]
    dimensions = structure["dimensions"]["observation"]
    attributes = structure["attributes"]["observation"]
    for places, (value, *told) in dataset["observations"].items():
        key = {one["id"]: _code(one["values"][int(at)])
               for one, at in zip(dimensions, places.split(":"), strict=True)}  # fmt: skip
        yield key, value, {one["id"]: _code(one["values"][int(text)]) if "values" in one else text
                           for one, text in zip(attributes, told, strict=True) if text is not None}  # fmt: skip


def _code(value: Mapping[str, str]) -> str:
    return value["id"] if "id" in value else value["value"]

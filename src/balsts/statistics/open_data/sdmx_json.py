"""SDMX-JSON 2.0: structures, and the figures of a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from balsts.statistics.open_data.codes import Codelist, Names
from balsts.statistics.open_data.message import (
    LANGUAGES,
    SENDER_NAMES,
    Heading,
    Part,
    concept_urn,
    dsd_id,
    flow_id,
    urn,
)
from balsts.statistics.open_data.observations import Observation
from balsts.statistics.open_data.structures import (
    AGENCY,
    SCHEME,
    SCHEME_NAMES,
    VERSION,
    Component,
    Structure,
    Structures,
)

SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-{}-schema.json"
_NUMBER = "\ue000"
"""Stands on both sides of a figure until it is written as a number, with the digits it was printed with."""
_NUMBERS = re.compile(f'"{_NUMBER}(-?[0-9.]+){_NUMBER}"')


def structure_json(found: Structures, heading: Heading) -> bytes:
    """All structures: lists of codes, concepts, data structure definitions and dataflows."""
    return _written({
        "meta": _meta(heading, "structure"),
        "data": {
            "codelists": [_codelist(one) for one in found.codelists],
            "conceptSchemes": [
                _kept("ConceptScheme", SCHEME, SCHEME_NAMES)
                | {"concepts": [{"id": one.id} | _names(one.names) for one in found.concepts]}
            ],
            "dataStructures": [_definition(one) for one in found.tables],
            "dataflows": [
                _kept("Dataflow", flow_id(one), one.names) | {"structure": urn("DataStructure", dsd_id(one))}
                for one in found.tables
            ],
        },
    })  # fmt: skip


def data_json(structure: Structure, found: Structures, taken: Iterable[Observation], heading: Heading) -> bytes:
    """The figures of a table, each with its whole key; a value that has a code is given by its place in the list.

    Args:
        taken: the figures to write.
    """
    figures = list(taken)
    dimensions = [_dimension(one, at, found, {f.key[one.id] for f in figures})
                  for at, one in enumerate(structure.key)]  # fmt: skip
    attributes = [_told(one, found, {f.attributes[one.id] for f in figures if one.id in f.attributes})
                  for one in structure.attributes]  # fmt: skip
    places = {one["id"]: _places(one) for one in (*dimensions, *attributes)}
    return _written({
        "meta": _meta(heading, "data"),
        "data": {
            "structures": [{
                **_names(structure.names),
                "links": [{"rel": "dataflow", "urn": urn("Dataflow", flow_id(structure))},
                          {"rel": "structure", "urn": urn("DataStructure", dsd_id(structure))}],
                "dimensions": {"dataSet": [], "series": [], "observation": dimensions},
                "measures": {"observation": [_component(structure.measure) | {"isMandatory": True}]},
                "attributes": {"dataSet": [], "dimensionGroup": [], "series": [], "observation": attributes},
                "annotations": [], "dataSets": [0],
            }],
            "dataSets": [{
                "structure": 0, "action": "Information",
                "links": [{"rel": "dataflow", "urn": urn("Dataflow", flow_id(structure))}],
                "observations": {
                    ":".join(str(places[name][code]) for name, code in one.key.items()): _values(one, structure, places)
                    for one in figures
                },
            }],
        },
    })  # fmt: skip


# -- parts of both -------------------------------------------------------------------------------------------------


def _written(message: Mapping[str, Any]) -> bytes:
    text = json.dumps(message, ensure_ascii=False, indent=1)
    return (_NUMBERS.sub(r"\1", text) + "\n").encode()


def _meta(heading: Heading, kind: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA.format(kind), "id": heading.id, "test": False, "prepared": heading.moment,
        "contentLanguages": list(LANGUAGES), "sender": {"id": AGENCY} | _names(SENDER_NAMES),
    }  # fmt: skip


def _names(names: Names) -> dict[str, Any]:
    return {"name": next(names[one] for one in LANGUAGES if one in names), "names": dict(names)}


# -- structures ----------------------------------------------------------------------------------------------------


def _kept(part: Part, name: str, names: Names) -> dict[str, Any]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION,
            "links": [{"rel": "self", "urn": urn(part, name)}]} | _names(names)  # fmt: skip


def _codelist(one: Codelist) -> dict[str, Any]:
    return _kept("Codelist", one.id, one.names) | {
        "codes": [{"id": code.id} | _names(code.names) for code in one.codes]
    }


def _definition(structure: Structure) -> dict[str, Any]:
    return _kept("DataStructure", dsd_id(structure), structure.names) | {
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": [_identity(one) | {"position": at} for at, one in enumerate(structure.dimensions)],
                "timeDimension": _identity(structure.time),
            },
            "measureList": {"id": "MeasureDescriptor",
                            "measures": [_identity(structure.measure) | _usage(structure.measure)]},
            "attributeList": {
                "id": "AttributeDescriptor",
                "attributes": [_identity(one) | _usage(one) | {"attributeRelationship": {"observation": {}}}
                               for one in structure.attributes],
            },
        }
    }  # fmt: skip


def _usage(one: Component) -> dict[str, str]:
    return {"usage": "mandatory" if one.is_required else "optional"}


def _identity(one: Component) -> dict[str, Any]:
    values = {"enumeration": urn("Codelist", one.codelist)} if one.codelist else {"format": {"dataType": one.kind}}
    return {"id": one.id, "conceptIdentity": concept_urn(one.id), "localRepresentation": values}


# -- data ----------------------------------------------------------------------------------------------------------


def _component(one: Component) -> dict[str, Any]:
    return {"id": one.id, **_names(one.names)} | ({} if one.codelist else {"format": {"dataType": one.kind}})


def _dimension(one: Component, at: int, found: Structures, used: set[str]) -> dict[str, Any]:
    values = _coded(one, found, used) if one.codelist else [{"value": text} for text in sorted(used)]
    return _component(one) | {"keyPosition": at, "values": values}


def _told(one: Component, found: Structures, used: set[str]) -> dict[str, Any]:
    values = {"values": _coded(one, found, used)} if one.codelist and used else {}
    return _component(one) | {"isMandatory": one.is_required, "relationship": {"observation": {}}} | values


def _coded(one: Component, found: Structures, used: set[str]) -> list[dict[str, Any]]:
    return [{"id": code.id} | _names(code.names) for code in found.codelist(one.codelist).codes if code.id in used]


def _places(component: Mapping[str, Any]) -> dict[str, int]:
    return {one.get("id") or one["value"]: at for at, one in enumerate(component.get("values", ()))}


def _values(one: Observation, structure: Structure, places: Mapping[str, Mapping[str, int]]) -> Sequence[Any]:
    """The figure and what is told of it: a code by its place, a text as it is, nothing as null."""
    told = [places[part.id].get(one.attributes.get(part.id, "")) if part.codelist else one.attributes.get(part.id)
            for part in structure.attributes]  # fmt: skip
    return [f"{_NUMBER}{one.value}{_NUMBER}", *told]

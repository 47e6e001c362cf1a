"""Structures as an SDMX-ML 3.0 message."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree
from lxml.builder import ElementMaker

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
from balsts.statistics.open_data.structures import (
    AGENCY,
    SCHEME,
    SCHEME_NAMES,
    VERSION,
    Component,
    Structure,
    Structures,
)

_BASE = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
NAMESPACES = {"mes": f"{_BASE}/message", "str": f"{_BASE}/structure", "com": f"{_BASE}/common"}
_MES, _STR, _COM = (ElementMaker(namespace=one, nsmap=NAMESPACES) for one in NAMESPACES.values())
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element: TypeAlias = Any
"""An element of XML; the library is not typed."""


def structure_xml(found: Structures, heading: Heading) -> bytes:
    """All structures: lists of codes, concepts, data structure definitions and dataflows."""
    message = _MES.Structure(
        _MES.Header(
            _MES.ID(heading.id), _MES.Test("false"), _MES.Prepared(heading.moment),
            _MES.Sender(*_names(SENDER_NAMES), id=AGENCY),
        ),
        _MES.Structures(
            _STR.Codelists(*(_codelist(one) for one in found.codelists)),
            _STR.ConceptSchemes(_concepts(found)),
            _STR.DataStructures(*(_definition(one) for one in found.tables)),
            _STR.Dataflows(*(_flow(one) for one in found.tables)),
        ),
    )  # fmt: skip
    made: bytes = etree.tostring(message, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made


def _names(names: Names) -> list[Element]:
    return [_COM.Name(names[lang], {_LANG: lang}) for lang in LANGUAGES if lang in names]


def _kept(part: Part, name: str) -> dict[str, str]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, "urn": urn(part, name)}


def _codelist(one: Codelist) -> Element:
    base = urn("Codelist", one.id).replace(".Codelist=", ".Code=")
    codes = (_STR.Code(*_names(code.names), id=code.id, urn=f"{base}.{code.id}") for code in one.codes)
    return _STR.Codelist(*_names(one.names), *codes, **_kept("Codelist", one.id))


def _concepts(found: Structures) -> Element:
    concepts = (_STR.Concept(*_names(one.names), id=one.id, urn=concept_urn(one.id)) for one in found.concepts)
    return _STR.ConceptScheme(*_names(SCHEME_NAMES), *concepts, **_kept("ConceptScheme", SCHEME))


def _flow(structure: Structure) -> Element:
    return _STR.Dataflow(*_names(structure.names), _STR.Structure(urn("DataStructure", dsd_id(structure))),
                         **_kept("Dataflow", flow_id(structure)))  # fmt: skip


def _definition(structure: Structure) -> Element:
    dimensions = [
        _STR.Dimension(*_identity(one), id=one.id, position=str(at)) for at, one in enumerate(structure.dimensions, 1)
    ]
    attributes = [
        _STR.Attribute(*_identity(one), _STR.AttributeRelationship(_STR.Observation()), id=one.id, usage=_usage(one))
        for one in structure.attributes
    ]
    measure = _STR.Measure(*_identity(structure.measure), id=structure.measure.id, usage=_usage(structure.measure))
    return _STR.DataStructure(
        *_names(structure.names),
        _STR.DataStructureComponents(
            _STR.DimensionList(
                *dimensions, _STR.TimeDimension(*_identity(structure.time), id=structure.time.id),
                id="DimensionDescriptor",
            ),
            _STR.AttributeList(*attributes, id="AttributeDescriptor"),
            _STR.MeasureList(measure, id="MeasureDescriptor"),
        ),
        **_kept("DataStructure", dsd_id(structure)),
    )  # fmt: skip


def _usage(one: Component) -> str:
    return "mandatory" if one.is_required else "optional"


def _identity(one: Component) -> tuple[Element, Element]:
    """What a component means, and what its values are."""
    values = (_STR.Enumeration(urn("Codelist", one.codelist)) if one.codelist
              else _STR.TextFormat(textType=one.kind))  # fmt: skip
    return _STR.ConceptIdentity(concept_urn(one.id)), _STR.LocalRepresentation(values)

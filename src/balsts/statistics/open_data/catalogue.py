"""The catalogue of open data by DCAT-AP 3: the tables, the forms they can be had in, the API."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from lxml import etree
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from balsts.figures.datasets import DATASETS, Dataset
from balsts.statistics.open_data.about import About, about
from balsts.statistics.open_data.codes import Names
from balsts.statistics.open_data.files import (
    COLUMNS_ENDING,
    ROOT,
    STRUCTURE_FORMS,
    Files,
    Form,
    forms_of,
    structure_place,
    table_place,
)
from balsts.statistics.open_data.observations import period_of
from balsts.statistics.open_data.publisher import CATALOGUE_PUBLISHER, LICENCES, NO_LICENCE, PUBLISHERS, Publishing

TITLE = {"lv": "Labklājības nozares publicēto skaitļu katalogs",
         "en": "Catalogue of published figures of the welfare sector"}  # fmt: skip
DESCRIPTION = {
    "lv": "Labklājības ministrijas un tās iestāžu dokumentos publicētie skaitļi kā dati, katrs ar savu vietu avotā. "
          "Skaitļi ir tādi, kādi tie publicēti: pretrunas ir norādītas pie tiem, nevis labotas.",
    "en": "Figures published in documents of the Ministry of Welfare and its institutions, as data, each with its "
          "place in the source. They are as they were printed: contradictions are shown with them, not corrected.",
}  # fmt: skip
FORMATS = {"ttl": ("turtle", "text/turtle"), "jsonld": ("json-ld", "application/ld+json"),
           "rdf": ("xml", "application/rdf+xml")}  # fmt: skip
"""Forms of the catalogue by the ending of its file: how the library calls each, and its kind."""

_EU = "http://publications.europa.eu/resource/authority/"
_VCARD, _SPDX = Namespace("http://www.w3.org/2006/vcard/ns#"), Namespace("http://spdx.org/rdf/terms#")
_THEMES: dict[str, Names] = {
    "SOCI": {"lv": "Iedzīvotāji un sabiedrība", "en": "Population and society"},
    "GOVE": {"lv": "Valdība un publiskais sektors", "en": "Government and public sector"},
    "ECON": {"lv": "Ekonomika un finanses", "en": "Economy and finance"},
    "HEAL": {"lv": "Veselība", "en": "Health"},
}
_API = {"lv": "Balsts programmsaskarne (API)", "en": "API of Balsts"}
_PUBLIC = {"lv": "publiski pieejams", "en": "public"}


def catalogue(files: Files, here: Publishing) -> Graph:
    """The catalogue of a book's files. Every node has an address, so that it is written the same way each time."""
    return _Catalogue(files, here).graph


def written(graph: Graph, ending: str) -> bytes:
    """The catalogue in one of `FORMATS`, the same bytes for the same catalogue.

    Raises:
        KeyError: there is no such form.
    """
    form, _ = FORMATS[ending]
    if form == "json-ld":
        nodes: list[dict[str, Any]] = json.loads(graph.serialize(format=form, auto_compact=False))
        ordered = [_sorted(one) for one in sorted(nodes, key=lambda one: str(one["@id"]))]
        return (json.dumps(ordered, ensure_ascii=False, indent=1) + "\n").encode()
    made = graph.serialize(format=form, encoding="utf-8")
    return _ordered_xml(made) if form == "xml" else made


def _ordered_xml(made: bytes) -> bytes:
    """RDF/XML with its statements in order; the library takes them as they come."""
    root = etree.fromstring(made, etree.XMLParser(remove_blank_text=True))
    for node in root:
        node[:] = sorted(node, key=etree.tostring)
    root[:] = sorted(root, key=etree.tostring)
    ordered: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return ordered


def _sorted(node: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(value, key=lambda one: json.dumps(one, sort_keys=True)) if isinstance(value, list) else value
            for key, value in sorted(node.items())}  # fmt: skip


class _Catalogue:
    """Puts the catalogue together."""

    def __init__(self, files: Files, here: Publishing) -> None:
        self._files, self._here = files, here
        self._root = f"{here.address}{ROOT}"
        self.graph = Graph(bind_namespaces="none")
        for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("prov", PROV), ("skos", SKOS),
                              ("rdfs", RDFS), ("xsd", XSD), ("vcard", _VCARD), ("spdx", _SPDX)):  # fmt: skip
            self.graph.bind(prefix, space)
        self.node = self._own("catalogue")
        self._services()
        self._heading()
        for table in DATASETS.values():
            self._dataset(table)
        self._structure()

    # -- what is said of each ------------------------------------------------------------------------------------

    def _heading(self) -> None:
        node = self.node
        self._add(node, RDF.type, DCAT.Catalog)
        self._named(node, DCTERMS.title, TITLE)
        self._named(node, DCTERMS.description, DESCRIPTION)
        self._add(node, DCTERMS.publisher, self._publisher(CATALOGUE_PUBLISHER))
        self._add(node, DCTERMS.modified, self._changed())
        self._languages(node)
        self._add(node, DCTERMS.spatial, self._listed("country", "LVA", DCTERMS.Location))
        self._add(node, FOAF.homepage, self._typed(f"{self._root}open-data/", FOAF.Document))
        themes = self._typed(f"{_EU}data-theme", SKOS.ConceptScheme)
        self._named(themes, DCTERMS.title, {"en": "Data theme"})
        self._add(node, DCAT.themeTaxonomy, themes)
        self._licence(node)

    def _dataset(self, table: Dataset) -> None:
        told, node = about(table.code), self._own(f"dataset-{table.code}")
        rows = self._files.book.rows(table.code)
        numbers = {"rows": len(rows), "figures": sum(len(one.values) for one in rows)}
        self._add(self.node, DCAT.dataset, node)
        self._add(node, RDF.type, DCAT.Dataset)
        self._named(node, DCTERMS.title, {"lv": table.lv, "en": table.en})
        self._named(node, DCTERMS.description, {
            "lv": f"{told.names['lv']} Rindas: {numbers['rows']}, skaitļi: {numbers['figures']}.",
            "en": f"{told.names['en']} Rows: {numbers['rows']}, figures: {numbers['figures']}.",
        })  # fmt: skip
        self._add(node, DCTERMS.identifier, Literal(table.code))
        self._add(node, DCAT.landingPage, self._typed(f"{self._root}open-data/#{table.code}", FOAF.Document))
        self._around(node, told)
        institutions = {one.document.institution for one in rows if one.document}
        publisher = institutions.pop() if len(institutions) == 1 else CATALOGUE_PUBLISHER
        self._add(node, DCTERMS.publisher, self._publisher(publisher))
        self._temporal(node, table)
        self._provenance(node, table)
        for form in forms_of(table):
            self._distribution(node, f"{table.code}-{form.ending}", table_place(table, form.ending), form)
        self._add(node, DCTERMS.relation, self._typed(f"{self._root}{structure_place('xml')}", RDFS.Resource))
        self._add(self._service, DCAT.servesDataset, node)

    def _structure(self) -> None:
        """The structures of SDMX are data too: lists of codes that others may use."""
        node = self._own("dataset-structures")
        self._add(self.node, DCAT.dataset, node)
        self._add(node, RDF.type, DCAT.Dataset)
        self._named(node, DCTERMS.title, {"lv": "Publicēto skaitļu SDMX struktūras",
                                          "en": "SDMX structures of the published figures"})  # fmt: skip
        self._named(node, DCTERMS.description, {
            "lv": "Kodu saraksti, jēdzieni, datu struktūru definīcijas un datu plūsmas visām tabulām.",
            "en": "Lists of codes, concepts, data structure definitions and dataflows of all tables.",
        })  # fmt: skip
        self._add(node, DCTERMS.identifier, Literal("structures"))
        self._add(node, DCTERMS.publisher, self._publisher(CATALOGUE_PUBLISHER))
        self._around(node, about("structures"))
        for form in STRUCTURE_FORMS:
            self._distribution(node, f"structures-{form.ending}", structure_place(form.ending), form)

    def _around(self, node: URIRef, told: About) -> None:
        """What is said of every dataset in the same way."""
        for lang, words in told.keywords.items():
            for one in words:
                self._add(node, DCAT.keyword, Literal(one, lang))
        for one in told.themes:
            theme = self._listed("data-theme", one, SKOS.Concept)
            self._named(theme, SKOS.prefLabel, _THEMES[one])
            self._add(node, DCAT.theme, theme)
        self._add(node, DCTERMS.accrualPeriodicity, self._listed("frequency", told.frequency, DCTERMS.Frequency))
        self._add(node, DCTERMS.modified, self._changed())
        self._add(node, DCTERMS.spatial, self._listed("country", "LVA", DCTERMS.Location))
        self._languages(node)
        self._add(node, DCTERMS.accessRights, self._access())
        self._add(node, DCAT.contactPoint, self._contact())

    def _temporal(self, node: URIRef, table: Dataset) -> None:
        first, last = _years(self._files, table)
        if first is None or last is None:
            return
        period = self._typed(f"{self._root}catalog#period-{first}-{last}", DCTERMS.PeriodOfTime)
        self._add(period, DCAT.startDate, Literal(date(first, 1, 1)))
        self._add(period, DCAT.endDate, Literal(date(last, 12, 31)))
        self._add(node, DCTERMS.temporal, period)

    def _provenance(self, node: URIRef, table: Dataset) -> None:
        documents = {one.document.code: one.document for one in self._files.book.rows(table.code) if one.document}
        for code in sorted(documents):
            one = documents[code]
            statement = self._typed(f"{self._root}catalog#document-{code}", DCTERMS.ProvenanceStatement)
            self._named(statement, RDFS.label, {"lv": f"No dokumenta: {one.lv}", "en": f"From the document: {one.en}"})
            self._add(node, DCTERMS.provenance, statement)

    def _distribution(self, dataset: URIRef, name: str, place: str, form: Form) -> None:
        node = self._own(f"distribution-{name.replace('.', '-')}")
        address = self._typed(f"{self._root}{place}", RDFS.Resource)
        self._add(dataset, DCAT.distribution, node)
        self._add(node, RDF.type, DCAT.Distribution)
        self._named(node, DCTERMS.title, form.names)
        self._add(node, DCAT.accessURL, address)
        self._add(node, DCAT.downloadURL, address)
        self._add(node, DCAT.mediaType, self._typed(f"https://www.iana.org/assignments/media-types/{form.iana}",
                                                    DCTERMS.MediaType))  # fmt: skip
        if form.file_type:
            self._add(node, DCTERMS["format"], self._listed("file-type", form.file_type, DCTERMS.MediaTypeOrExtent))
        if form.standard:
            title, where = form.standard
            standard = self._typed(f"{where}#{title.replace(' ', '-')}", DCTERMS.Standard)
            self._named(standard, DCTERMS.title, {"en": title})
            self._add(node, DCTERMS.conformsTo, standard)
        if COLUMNS_ENDING.startswith(form.ending):
            self._add(node, FOAF.page, self._typed(f"{address}-metadata.json", FOAF.Document))
        if form.is_made_here:
            self._measured(node, self._files.content(place))
        self._licence(node)

    def _measured(self, node: URIRef, content: bytes) -> None:
        checksum = self._typed(f"{node}-sha256", _SPDX.Checksum)
        self._add(checksum, _SPDX.algorithm, self._typed(_SPDX.checksumAlgorithm_sha256, _SPDX.ChecksumAlgorithm))
        self._add(checksum, _SPDX.checksumValue, Literal(hashlib.sha256(content).hexdigest(), datatype=XSD.hexBinary))
        self._add(node, _SPDX.checksum, checksum)
        self._add(node, DCAT.byteSize, Literal(len(content), datatype=XSD.nonNegativeInteger))

    # -- what several share --------------------------------------------------------------------------------------

    def _services(self) -> None:
        self._service = self._own("service-api")
        self._add(self.node, DCAT.service, self._service)
        self._add(self._service, RDF.type, DCAT.DataService)
        self._named(self._service, DCTERMS.title, _API)
        self._add(self._service, DCAT.endpointURL, self._typed(f"{self._here.address}api/v1/", RDFS.Resource))
        self._add(self._service, DCAT.endpointDescription,
                  self._typed(f"{self._here.address}api/v1/openapi.json", RDFS.Resource))  # fmt: skip
        self._add(self._service, DCTERMS.publisher, self._publisher(CATALOGUE_PUBLISHER))
        self._add(self._service, DCAT.contactPoint, self._contact())
        self._add(self._service, DCTERMS.accessRights, self._access())

    def _publisher(self, code: str) -> URIRef:
        node = self._typed(f"{self._root}catalog#publisher-{code.lower()}", FOAF.Agent)
        self._named(node, FOAF.name, PUBLISHERS.get(code, {"lv": code, "en": code}))
        kind = self._typed("http://purl.org/adms/publishertype/NationalAuthority", SKOS.Concept)
        self._named(kind, SKOS.prefLabel, {"en": "National authority"})
        self._add(node, DCTERMS.type, kind)
        return node

    def _contact(self) -> URIRef:
        node = self._typed(f"{self._root}catalog#contact", _VCARD.Organization)
        self._add(node, RDF.type, _VCARD.Kind)
        self._named(node, _VCARD.fn, PUBLISHERS[CATALOGUE_PUBLISHER])
        if self._here.contact:
            self._add(node, _VCARD.hasEmail, URIRef(f"mailto:{self._here.contact}"))
        else:
            self._add(node, _VCARD.hasURL, URIRef(f"{self._root}open-data/"))
        return node

    def _licence(self, node: URIRef) -> None:
        """The licence, or that none is chosen: what is not known is said, never guessed."""
        if self._here.licence:
            licence = self._listed("licence", self._here.licence, DCTERMS.LicenseDocument)
            self._named(licence, DCTERMS.title, LICENCES[self._here.licence])
            self._add(node, DCTERMS.license, licence)
            return
        rights = self._typed(f"{self._root}catalog#no-licence", DCTERMS.RightsStatement)
        self._named(rights, RDFS.label, NO_LICENCE)
        self._add(node, DCTERMS.rights, rights)

    def _access(self) -> URIRef:
        access = self._listed("access-right", "PUBLIC", DCTERMS.RightsStatement)
        self._named(access, RDFS.label, _PUBLIC)
        return access

    def _languages(self, node: URIRef) -> None:
        for code in ("LAV", "ENG"):
            self._add(node, DCTERMS.language, self._listed("language", code, DCTERMS.LinguisticSystem))

    def _changed(self) -> Literal:
        return Literal(self._files.changed_at)

    # -- parts of the graph --------------------------------------------------------------------------------------

    def _own(self, name: str) -> URIRef:
        return URIRef(f"{self._root}catalog#{name}")

    def _listed(self, authority: str, code: str, kind: URIRef) -> URIRef:
        """An entry of a European list, with the kind of thing it is."""
        return self._typed(f"{_EU}{authority}/{code}", kind)

    def _typed(self, address: str, kind: URIRef) -> URIRef:
        node = URIRef(address)
        if kind != RDFS.Resource:  # everything is one
            self._add(node, RDF.type, kind)
        return node

    def _named(self, node: URIRef, how: URIRef, names: Names) -> None:
        for lang, name in names.items():
            self._add(node, how, Literal(name, lang))

    def _add(self, node: URIRef, how: URIRef, what: URIRef | Literal) -> None:
        self.graph.add((node, how, what))


def _years(files: Files, table: Dataset) -> tuple[int | None, int | None]:
    """The first and last year that a table's figures are about."""
    found = [_ends(period_of(files.book, row)[0]) for row in files.book.rows(table.code) if row.values]
    return (min(one for one, _ in found), max(one for _, one in found)) if found else (None, None)


def _ends(period: str) -> tuple[int, int]:
    """The first and last year of a period: 2020, 2020-12-31, or 2026-01-01/P5Y."""
    first = int(period[:4])
    years = int(period.partition("/P")[2].rstrip("Y") or 1)
    return first, first + years - 1


def places() -> Iterable[str]:
    """Where the catalogue lies, below the root of open data."""
    return (f"catalog.{one}" for one in FORMATS)

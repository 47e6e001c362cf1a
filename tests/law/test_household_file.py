"""Every mistake in a household file gets one message that names the file, the place and what was expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.law.engine.errors import InputError
from balsts.law.engine.household import load_household, read_household
from balsts.law.engine.one import Facts
from balsts.law.engine.quantities import MAX_CENTS, month_from
from balsts.law.engine.text import MAX_BYTES, Node, parse
from balsts.law.latvia import latvia
from tests.law.populations import household_files

MONTH = month_from("2026-02")
FILE = "household.yaml"


def read(text: str | bytes, on: str | None = None) -> Facts:
    data = text.encode() if isinstance(text, str) else text
    law = latvia()
    asked = None if on is None else month_from(on)
    return read_household(parse(data, FILE), law.catalogue, law.rights(), asked)[0]


def persons(*lines: str, more: str = "") -> str:
    return "on: 2026-02\npersons:\n" + "".join(f"  {line}\n" for line in lines) + more


def anna(facts: str = "") -> str:
    return f"anna: {{born: 1990-05-04, sex: f{', ' if facts else ''}{facts}}}"


JURIS = "juris: {born: 1988-01-30, sex: m}"

MISTAKES = {
    "an unknown fact of a person": (persons(anna("wage: 1")), 3, "persons.anna.wage", "wage is not a fact of a person"),
    "a fact with a slip of the pen": (
        persons(anna("wage_net_eur_mont: '1.00'")), 3, "persons.anna.wage_net_eur_mont",
        "Nearest known name: wage_net_eur_month."),
    "an unknown fact of the household": (
        persons(anna(), more="housing_cost_eur_month: '1.00'\n"), 4, "housing_cost_eur_month",
        "is not a fact of a household. Nearest known name: housing_costs_eur_month."),
    "negative money": (persons(anna("wage_net_eur_month: '-1.00'")), 3, "persons.anna.wage_net_eur_month",
                       "expected an amount of 0 or more, found -1.00"),
    "a negative nothing": (persons(anna("wage_net_eur_month: '-0'")), 3, "persons.anna.wage_net_eur_month",
                           "expected an amount of 0 or more"),
    "three decimals": (persons(anna("wage_net_eur_month: 1.001")), 3, "persons.anna.wage_net_eur_month",
                       "expected an amount in euros with at most two decimals, such as 171.00, found 1.001"),
    "a comma for a point": (persons(anna('wage_net_eur_month: "1,50"')), 3, "persons.anna.wage_net_eur_month",
                            "expected an amount in euros"),
    "an amount with an exponent": (persons(anna("wage_net_eur_month: 1e3")), 3, "persons.anna.wage_net_eur_month",
                                   "expected an amount in euros"),
    "an amount that is no number": (persons(anna("wage_net_eur_month: .nan")), 3, "persons.anna.wage_net_eur_month",
                                    "expected an amount in euros"),
    "an amount in other digits": (persons(anna("wage_net_eur_month: '١٢'")), 3, "persons.anna.wage_net_eur_month",
                                  "expected an amount in euros"),
    "an amount above all bounds": (persons(anna("wage_net_eur_month: 10000000.01")), 3,
                                   "persons.anna.wage_net_eur_month", "expected an amount of at most 10000000.00"),
    "an endless amount": (persons(anna("savings_eur: " + "9" * 5000)), 3, "persons.anna.savings_eur",
                          "expected an amount in euros"),
    "words for an amount": (persons(anna("savings_eur: [1, 2]")), 3, "persons.anna.savings_eur",
                            "expected an amount such as 171.00, found a list"),
    "a birth in the future": (persons("anna: {born: 2026-03-01, sex: f}"), 3, "persons.anna.born",
                              "born 2026-03-01 lies after the month asked, 2026-02"),
    "a day in the future": (persons(anna("adopted_on: 2026-03-01")), 3, "persons.anna.adopted_on",
                            "adopted_on 2026-03-01 lies after the month asked, 2026-02"),
    "a day that is none": (persons("anna: {born: 2025-02-29, sex: f}"), 3, "persons.anna.born",
                           "expected a day such as 2026-02-01, found 2025-02-29"),
    "a day in another order": (persons("anna: {born: 04.05.1990, sex: f}"), 3, "persons.anna.born",
                               "expected a day such as 2026-02-01"),
    "a day without hyphens": (persons("anna: {born: 19900504, sex: f}"), 3, "persons.anna.born", "expected a day"),
    "a moment for a day": (persons("anna: {born: 1990-05-04T00:00, sex: f}"), 3, "persons.anna.born", "expected a day"),
    "a year nought": (persons("anna: {born: 0000-01-01, sex: f}"), 3, "persons.anna.born", "expected a day"),
    "no day of birth": (persons("anna: {sex: f}"), 3, "persons.anna", "anna has no born; every person needs it"),
    "an empty day of birth": (persons("anna: {born: , sex: f}"), 3, "persons.anna", "anna has no born"),
    "no sex": (persons("anna: {born: 1990-05-04}"), 3, "persons.anna", "anna has no sex; every person needs it"),
    "another sex": (persons("anna: {born: 1990-05-04, sex: female}"), 3, "persons.anna.sex",
                    "expected one of f, m, found «female»"),
    "an unknown choice": (persons(anna("education: generall")), 3, "persons.anna.education",
                          "higher_full_time, other, found «generall». Nearest known name: general."),
    "a choice by its number": (persons(anna("education: 1")), 3, "persons.anna.education", "expected one of none"),
    "a flag as no": (persons(anna("is_employed: no")), 3, "persons.anna.is_employed",
                     "expected true or false, found «no»"),
    "a flag as on": (persons(anna("is_employed: on")), 3, "persons.anna.is_employed", "expected true or false"),
    "a flag as a number": (persons(anna("is_employed: 1")), 3, "persons.anna.is_employed", "expected true or false"),
    "a flag as a mapping": (persons(anna("is_employed: {a: b}")), 3, "persons.anna.is_employed",
                            "expected true or false, found a mapping"),
    "a group that is not there": (persons(anna("disability_group: 4")), 3, "persons.anna.disability_group",
                                  "expected a whole number from 0 to 3, found «4»"),
    "a group behind noughts": (persons(anna("disability_group: 00000000004")), 3, "persons.anna.disability_group",
                               "expected a whole number from 0 to 3"),
    "an endless number": (persons(anna("disability_group: " + "0" * 20 + "9" * 5000)), 3,
                          "persons.anna.disability_group", "expected a whole number from 0 to 3"),
    "a number with a fraction": (persons(anna("disability_group: 1.0")), 3, "persons.anna.disability_group",
                                 "expected a whole number from 0 to 3, found «1.0»"),
    "a negative number": (persons(anna("disability_group: -1")), 3, "persons.anna.disability_group",
                          "expected a whole number from 0 to 3"),
    "a number in another base": (persons(anna("disability_group: 0x1")), 3, "persons.anna.disability_group",
                                 "expected a whole number from 0 to 3"),
    "a month that is none": (persons(anna(), more="housing_benefit_first_month: 2026-13\n"), 4,
                             "housing_benefit_first_month", "expected a month such as 2026-02, found 2026-13"),
    "no month asked": ("persons: {" + anna() + "}", 1, "", "says no month; add `on: 2026-02` or ask with --on 2026-02"),
    "a bad month asked": ("on: 2026-2\npersons: {" + anna() + "}", 1, "on", "expected a month such as 2026-02"),
    "a day for the month asked": ("on: 2026-02-01\npersons: {" + anna() + "}", 1, "on", "expected a month"),
    "no persons": ("on: 2026-02\n", 1, "", "has no persons; expected `persons:` with the members by id"),
    "nobody": ("on: 2026-02\npersons: {}\n", 2, "persons", "has 0 persons; expected 1 to 100"),
    "persons left empty": ("on: 2026-02\npersons:\n", 2, "persons", "expected the members by id"),
    "persons in a list": ("on: 2026-02\npersons: [anna]\n", 2, "persons",
                          "expected the members by id: anna: {born: 1990-05-04, sex: f}, found a list"),
    "a person as a word": (persons("anna: f"), 3, "persons.anna", "expected the facts of anna"),
    "a hundred and one": (persons(*(f"p{number}: {{born: 1990-05-04, sex: f}}" for number in range(101))), 3, "persons",
                          "has 101 persons; expected 1 to 100"),
    "a list at the top": ("- on: 2026-02\n", 1, "", "expected a household: a mapping with `persons`, found a list"),
    "a word at the top": ("household\n", 1, "", "expected a household: a mapping with `persons`"),
    "a partner who is not there": (persons(anna("partner: juri"), JURIS), 3, "persons.anna.partner",
                                   "partner points to juri, who is not in this file. Nearest known name: juris."),
    "a partner of oneself": (persons(anna("partner: anna")), 3, "persons.anna.partner",
                             "anna cannot be their own partner"),
    "two partners": (persons(anna("partner: [juris, oto]"), JURIS, "oto: {born: 1988-01-30, sex: m}"), 3,
                     "persons.anna.partner", "names 2 persons; expected at most 1"),
    "three parents": (persons(anna("parents: [a, b, c]")), 3, "persons.anna.parents",
                      "names 3 persons; expected at most 2"),
    "one parent twice": (persons("anna: {born: 2020-05-04, sex: f, parents: [juris, juris]}", JURIS), 3,
                         "persons.anna.parents[1]", "juris is named twice"),
    "a parent as a mapping": (persons(anna("parents: {juris: true}"), JURIS), 3, "persons.anna.parents",
                              "expected the id of a member, found a mapping"),
    "a parent left empty": (persons(anna("parents: [~]"), JURIS), 3, "persons.anna.parents[0]",
                            "expected the id of a member, found nothing"),
    "a younger parent": (persons(anna(), "juris: {born: 1988-01-30, sex: m, parents: [anna]}"), 4, "persons.juris",
                         "anna, a parent of juris, is not older than juris"),
    "a parent of the same age": (persons(anna(), "juris: {born: 1990-05-04, sex: m, parents: [anna]}"), 4,
                                 "persons.juris", "anna, a parent of juris, is not older than juris"),
    "a younger adoptive parent": (persons(anna(), "juris: {born: 1988-01-30, sex: m, adoptive_parents: [anna]}"), 4,
                                  "persons.juris", "anna, a parent of juris, is not older than juris"),
    "parents in a circle": (persons(anna("parents: [juris]"), "juris: {born: 1988-01-30, sex: m, parents: [anna]}"), 3,
                            "persons.anna", "the parents go in a circle that comes back to anna"),
    "partners who contradict": (
        persons(anna("partner: juris"), "juris: {born: 1988-01-30, sex: m, partner: oto}",
                "oto: {born: 1988-01-30, sex: m}"), 3, "persons.anna",
        "anna says the partner is juris, but juris's partner is oto"),
    "a partner of two": (
        persons(anna("partner: juris"), JURIS, "oto: {born: 1988-01-30, sex: m, partner: juris}"), 5, "persons.oto",
        "oto says the partner is juris, but juris's partner is anna"),
    "a death before the birth": (persons(anna("died: 1990-05-03")), 3, "persons.anna", "anna died before being born"),
    "an unknown right": (persons(anna("applied_for: [family_benefit]")), 3, "persons.anna.applied_for[0]",
                         "family_benefit is not the code of a right. Nearest known name: family_state_benefit."),
    "a right beside the list": (persons(anna("applied_for: gmi_benefit")), 3, "persons.anna.applied_for",
                                "expected a list of codes of rights, found «gmi_benefit»"),
    "a fact twice": (persons(anna("is_married: true, is_married: true")), 3, "persons.anna",
                     "is_married is stated twice; keep one"),
    "a person twice": (persons(anna(), anna()), 4, "persons", "anna is stated twice; keep one"),
    "an anchor": ("on: &month 2026-02\n", 1, "on", "uses an anchor or alias; write the value out"),
    "an alias": (persons("anna: &a {born: 1990-05-04, sex: f}", "juris: *a"), 3, "persons.anna", "anchor or alias"),
    "an alias alone": ("on: *month\n", 1, "on", "uses an anchor or alias"),
    "an anchor on a name": ("&a on: 2026-02\n", 1, "", "a name was expected here"),
    "an alias for a name": ("*a : 2026-02\n", 1, "", "a name was expected here"),
    "a tag": ("on: !!str 2026-02\n", 1, "on", "carries the tag tag:yaml.org,2002:str; write plain text"),
    "a tag that would run code": ("on: !!python/object/apply:os.getcwd []\n", 1, "on", "carries the tag"),
    "a tag on a name": ("!!str on: 2026-02\n", 1, "", "a name was expected here"),
    "a list for a name": ("[on]: 2026-02\n", 1, "", "a name was expected here"),
    "a second document": (persons(anna()) + "---\non: 2026-03\n", 4, "", "expected one document, found a second"),
    "a bracket left open": ("on: [2026-02\n", 2, "", "is not readable as YAML"),
    "a tabulator": ("on:\n\t2026-02\n", 2, "", "is not readable as YAML"),
}  # fmt: skip


def assert_one_message(text: str | bytes, line: int | None, path: str, expected: str) -> None:
    with pytest.raises(InputError) as error:
        read(text)
    assert len(error.value.messages) == 1
    message = error.value.messages[0]
    place = FILE + (f", line {line}" if line is not None else "") + (f", {path}" if path else "")
    assert message.startswith(f"{place}: "), message
    assert expected in message
    assert "\n" not in message
    assert len(message) < 500


@pytest.mark.parametrize(("text", "line", "path", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_place_and_what_was_expected(text: str, line: int, path: str, expected: str) -> None:
    assert_one_message(text, line, path, expected)


UNREADABLE = {
    "empty": (b"", "is empty; expected a YAML or JSON mapping"),
    "blank": (b" \n\t\n \n", "is empty; expected a YAML or JSON mapping"),
    "only a comment": (b"# nothing\n", "is empty; expected a YAML or JSON mapping"),
    "only a mark of order": (b"\xef\xbb\xbf", "is empty"),
    "over 1 MiB": (b"on: 2026-02\n" + b"# more\n" * 160_000, f"is larger than {MAX_BYTES:,} bytes"),
    "binary": (b"\x7fELF\x02\x01\x01\x00\x80\xff", "byte 8 is not UTF-8 text; expected a YAML or JSON file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "byte 0 is not UTF-8 text"),
    "other letters": ("on: janvāris".encode("utf-16"), "byte 0 is not UTF-8 text"),
    "a nought byte": (b"on: \x00", "is not readable as YAML"),
}


@pytest.mark.parametrize(("data", "expected"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_is_no_text_is_told_so(data: bytes, expected: str) -> None:
    assert_one_message(data, None, "", expected)


def test_a_file_of_exactly_one_mebibyte_is_read() -> None:
    text = persons(anna())
    assert read(text + "#" * (MAX_BYTES - len(text))).ids == ["anna"]


@pytest.mark.parametrize("depth", [60, 900, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", '{"a":', "- "])
def test_deep_nesting_is_told_and_breaks_nothing(depth: int, opening: str) -> None:
    closing = {"[": "]", "{a: ": "}", '{"a":': "}", "- ": ""}[opening]
    with pytest.raises(InputError, match=rf"^{FILE}"):
        read(opening * depth + "1" + closing * depth)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    law = latvia()
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InputError, match="cannot be read") as error:
            load_household(path, law.catalogue, law.rights())
        assert str(path) in str(error.value)


def json_anna(stated: str) -> str:
    return f'{{"on": "2026-02", "persons": {{"anna": {{"born": "1990-05-04", "sex": "f", {stated}}}}}}}'


JSON_MISTAKES = {
    "a name twice": ('{"on": "2026-02", "on": "2026-03"}', "on", "is stated twice; keep one"),
    "three decimals": (json_anna('"savings_eur": 1.001'), "persons.anna.savings_eur", "at most two decimals"),
    "a number that is none": (json_anna('"savings_eur": NaN'), "persons.anna.savings_eur", "expected an amount"),
    "null in a list": (json_anna('"parents": [null]'), "persons.anna.parents[0]", "expected the id of a member"),
    "an endless number": ('{"on": ' + "9" * 5000 + "}", "on", "expected a month such as 2026-02"),
    "a list of persons": ('{"on": "2026-02", "persons": [1]}', "persons", "found a list"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "path", "expected"), JSON_MISTAKES.values(), ids=JSON_MISTAKES.keys())
def test_a_mistake_in_json_is_told_with_its_place(text: str, path: str, expected: str) -> None:
    assert_one_message(text, None, path, expected)


def test_scalars_are_read_as_they_are_written() -> None:
    stated = '"wage_net_eur_month": 12.50, "is_married": true, "disability_group": 1'
    for text in (persons(anna(stated.replace('"', ""))), json_anna(stated)):
        facts = read(text)
        assert facts.persons["wage_net"] == [1250]
        assert facts.persons["is_married"] == facts.persons["disability_group"] == [1]


def test_names_that_other_readers_take_for_truths_are_names() -> None:
    facts = read(
        persons(
            "no: {born: 1990-05-04, sex: f}",
            "yes: {born: 2010-05-04, sex: f, parents: [no]}",
            "null: {born: 2012-05-04, sex: f, parents: [on]}",
            "on: {born: 1980-05-04, sex: f}",
        )
    )
    assert facts.ids == ["no", "null", "on", "yes"]


def test_a_value_left_empty_is_one_that_was_not_stated() -> None:
    facts = read(persons(anna("wage_net_eur_month: , is_married: null, parents: ~, disability_group: ")))
    assert facts.persons["wage_net"] == [0]
    assert facts.stated == [{"born", "sex"}]


def test_what_the_law_does_not_read_yet_is_accepted() -> None:
    facts = read(persons(anna("leave_days: 31, unemployed_since: 2025-01-01"), more="municipality: '0001000'\n"))
    assert facts.persons["leave_days"] == [31]


@pytest.mark.parametrize("name", ["died", "claimed_on"])
def test_a_death_and_a_claim_may_lie_ahead(name: str) -> None:
    assert read(persons(anna(f"{name}: 2026-07-01"))).persons[name][0] > 0


def test_a_birth_in_the_month_asked_is_none_of_the_future() -> None:
    assert read(persons("anna: {born: 2026-02-28, sex: f}")).ids == ["anna"]


def test_the_month_asked_goes_before_the_one_in_the_file() -> None:
    with pytest.raises(InputError, match="lies after the month asked, 1989-12"):
        read(persons(anna()), on="1989-12")
    assert read(persons(anna()), on="2030-12").ids == ["anna"]


def test_the_largest_amount_is_accepted_to_the_cent() -> None:
    assert read(persons(anna("savings_eur: 10000000.00"))).persons["savings"] == [MAX_CENTS]


def test_a_hundred_persons_are_one_household() -> None:
    assert len(read(persons(*(f"p{number}: {{born: 1990-05-04, sex: f}}" for number in range(100)))).ids) == 100


def read_or_refused(data: bytes) -> None:
    try:
        read(data, on="2026-02")
    except InputError as error:
        assert len(error.messages) == 1  # noqa: PT017
        assert error.messages[0].startswith(FILE)  # noqa: PT017


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


@settings(max_examples=300)
@given(st.text("onpersbrw:{}[],-&*!|>'\"#%@`~? \n\t\\0129.é", max_size=120))
def test_any_text_of_signs_that_yaml_knows_is_read_or_refused(text: str) -> None:
    read_or_refused(text.encode())
    read_or_refused(("persons: {anna: {born: 1990-05-04, sex: f, " + text).encode())


KEYS = st.sampled_from([*(one.key for one in latvia().catalogue.inputs), "on", "persons", "anna", ""])
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates().map(str),
                   st.sampled_from(["anna", "juris", "2026-02", "f", "general", "gmi_benefit", "0.00"]))  # fmt: skip
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))


@settings(max_examples=300)
@given(TREES, st.dictionaries(KEYS, TREES, max_size=3))
def test_any_structure_is_read_or_refused(tree: Any, facts: Any) -> None:
    whole = {"persons": {"anna": {"born": "1990-05-04", "sex": "f"} | facts, "juris": facts}}
    for one in (tree, whole):
        read_or_refused(json.dumps(one).encode())
        read_or_refused(yaml.safe_dump(one).encode())


@settings(max_examples=60)
@given(household_files(latvia(), MONTH))
def test_a_household_reads_the_same_as_yaml_and_as_json(file: dict[str, Any]) -> None:
    assert read(json.dumps(file)) == read(yaml.safe_dump(file))


@settings(max_examples=60)
@given(household_files(latvia(), MONTH), st.data())
def test_one_bad_value_in_a_good_household_is_found_where_it_stands(file: dict[str, Any], data: st.DataObject) -> None:
    person = data.draw(st.sampled_from(sorted(file["persons"])))
    key = data.draw(st.sampled_from(["born", "sex", "savings_eur", "is_married", "education", "partner"]))
    file["persons"][person][key] = {"oh": "no"}
    with pytest.raises(InputError, match=rf"^{FILE}, persons\.{person}\.{key}: "):
        read(json.dumps(file))


def test_a_tree_without_places_is_what_was_written() -> None:
    tree: Node = parse(b"a: [1, {b: c}]\n", FILE)
    assert tree.plain() == {"a": ["1", {"b": "c"}]}

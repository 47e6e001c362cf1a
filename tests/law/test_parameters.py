"""Files of parameters: what they must hold, file and line where they do not, and which value holds on a day."""

from __future__ import annotations

from datetime import date

import pytest

from balsts.law.engine.errors import DomainError, Unknown
from balsts.law.engine.parameters import Parameter, read_parameters
from balsts.law.engine.text import parse
from balsts.law.engine.vocabulary import Lookup, day_number

FILE = "country/act/grant/parameters.yaml"
HEAD = "amount:\n  name: {lv: summa, en: amount}\n  article: GA 3\n  unit: EUR\n  per: month\n"
VALUE = '{value: "10.00", reference: Act}'


def text(values: str = f"    2020-01-01: {VALUE}\n", type_: str = "money", head: str = HEAD, more: str = "") -> str:
    return f"{head}  type: {type_}\n{more}  values:\n{values}"


def read(written: str) -> Parameter:
    return read_parameters(parse(written.encode(), FILE), "grant")[0]


def one(value: str) -> str:
    return f"    2020-01-01: {value}\n"


TABLE = "  of: money\n  by: children\n"
REFUSED = {
    "no name": (text(head=HEAD.replace("  name: {lv: summa, en: amount}\n", "")), 2,
                "grant.amount has no name; every parameter needs name, article, unit, per, type, values"),
    "no unit": (text(head=HEAD.replace("  unit: EUR\n", "")), 2, "grant.amount has no unit"),
    "a name in one language": (text(head=HEAD.replace(", en: amount", "")), 2, "expected exactly lv and en, found lv"),
    "a name that is a word": (text(head=HEAD.replace("{lv: summa, en: amount}", "summa")), 2,
                              "expected the Latvian and English words"),
    "an empty article": (text(head=HEAD.replace("GA 3", '" "')), 3, "expected text, found nothing"),
    "an unknown field": (text(head=HEAD + "  artcle: GA 3\n"), 6,
                         "artcle is not a field of a parameter. Nearest known name: article."),
    "an unknown type": (text(type_="mony"), 6, "table, scale, steps, found mony. Nearest known name: money"),
    "no values": (text(values="    {}\n"), 8, "grant.amount has no value"),
    "values in a list": (text(values="    - a\n"), 8, "expected values by the day they hold from, found a list"),
    "a value without its reference": (text(one('{value: "1.00"}')), 8,
                                      "grant.amount from 2020-01-01 has no reference: which act or document set it?"),
    "a reference in Latvian alone": (text(one('{value: "1.00", reference: {lv: Likums}}')), 8,
                                     "expected exactly lv and en, found lv"),
    "a reference that is a list": (text(one('{value: "1.00", reference: [Act]}')), 8,
                                   "expected the act or document that set the value: {lv: …, en: …}"),
    "an unknown field of a value": (text(one('{valeu: "1.00", reference: Act}')), 8,
                                    "valeu is not a field of a value. Nearest known name: value."),
    "a bare value": (text(one('"1.00"')), 8, "expected a value with its reference, found «1.00»"),
    "neither a value nor an end": (text(one("{reference: Act}")), 8, "needs either a value or `repealed: true`"),
    "a value and an end": (text(one('{value: "1.00", repealed: true, reference: Act}')), 8,
                           "needs either a value or `repealed: true`"),
    "an end that is no end": (text(one("{repealed: yes, reference: Act}")), 8, "expected one of true, found yes"),
    "three decimals": (text(one('{value: "1.001", reference: Act}')), 8,
                       "expected an amount in euros with at most two decimals, such as 171.00, found 1.001"),
    "a negative amount": (text(one('{value: "-1.00", reference: Act}')), 8, "expected an amount of 0 or more"),
    "an amount above all bounds": (text(one('{value: "1000000.01", reference: Act}')), 8,
                                   "1000000.01 is above what a parameter of this type may be"),
    "seven decimals": (text(one('{value: "0.1234567", reference: Act}'), "rate"), 8,
                       "expected a share such as 0.22 with at most six decimals, found 0.1234567"),
    "a share above 1000 %": (text(one('{value: "10.000001", reference: Act}'), "rate"), 8, "is above what a parameter"),
    "per cent": (text(one('{value: "22 %", reference: Act}'), "rate"), 8, "expected a share such as 0.22"),
    "a number with a fraction": (text(one('{value: "1.5", reference: Act}'), "whole_number"), 8,
                                 "expected a whole number, found 1.5"),
    "a number above a million": (text(one('{value: "1000001", reference: Act}'), "whole_number"), 8, "is above what"),
    "a flag as true": (text(one('{value: "true", reference: Act}'), "flag"), 8, "expected one of no, yes, found true"),
    "a day that is none": (text(f"    2020-02-30: {VALUE}\n"), 8, "a day such as 2026-02-01, found 2020-02-30"),
    "days out of order": (text(f"    2021-01-01: {VALUE}\n    2020-01-01: {VALUE}\n"), 8,
                          "the values of grant.amount are not in the order of their days"),
    "a day twice": (text(f"    2020-01-01: {VALUE}\n    2020-01-01: {VALUE}\n"), 9, "2020-01-01 is stated twice"),
    "a table of nothing": (text(type_="table"), 2,
                           "grant.amount is a table; say what its values are with `of: money`, `rate` or"),
    "a table of days": (text(type_="table", more=TABLE.replace("money", "day")), 7,
                        "expected one of money, rate, whole_number, found day"),
    "a table without rows": (text(one("{value: {}, reference: Act}"), "table", more=TABLE), 10,
                             "a table needs at least one row"),
    "a table as one amount": (text(one(VALUE), "table", more=TABLE), 10, "expected rows of a table, found «10.00»"),
    "a row by a word": (text(one('{value: {one: "1.00"}, reference: Act}'), "table", more=TABLE), 10,
                        "expected a whole number, found one"),
    "a row twice": (text(one('{value: {1: "1.00", 01: "2.00"}, reference: Act}'), "table", more=TABLE), 10,
                    "the row 01 stands twice"),
    "rows out of order": (text(one('{value: {2: "1.00", 1: "2.00"}, reference: Act}'), "table", more=TABLE), 10,
                          "the row 1 is out of order"),
    "a scale by a word": (text(one('{value: {a: "1.00"}, reference: Act}'), "scale", more=TABLE), 10,
                          "expected an amount in euros"),
    "steps by a number": (text(one('{value: {1: "1.00"}, reference: Act}'), "steps", more=TABLE), 10,
                          "expected a day such as 2026-02-01, found 1"),
    "an unknown certainty": (text(one('{value: "1.00", reference: Act, certainty: sene}')), 8,
                             "unverified, unknown, found sene. Nearest known name: seen"),
    "a certainty that rests on nothing": (text(one('{value: "1.00", reference: Act, certainty: seen}')), 8,
                                          "a value that is seen must say what it rests on (rests_on)"),
    "an unknown value without a question": (text(one("{value: unknown, certainty: unknown, reference: none}")), 8,
                                            "an unknown value is written `value: unknown`, `certainty: unknown` and"),
    "an unknown value that is certain": (
        text(one("{value: unknown, reference: none, question: {lv: Kas?, en: What?}}")), 8, "an unknown value is"),
    "a known value that is unknown": (
        text(one('{value: "1.00", certainty: unknown, reference: none, question: {lv: Kas?, en: What?}}')), 8,
        "an unknown value is written"),
    "a question in one language": (text(one('{value: "1.00", reference: Act, question: {en: What?}}')), 8,
                                   "expected exactly lv and en, found en"),
    "a day of enactment that is none": (text(one('{value: "1.00", reference: Act, enacted: soon}')), 8,
                                        "expected a day such as 2026-02-01, found soon"),
    "a parameter as a word": ("amount: 1\n", 1, "expected the parameter grant.amount as a mapping, found «1»"),
    "a list of parameters": ("- amount\n", 1, "expected a mapping of parameter names, found a list"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "line", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_parameter_that_does_not_follow_its_form_is_refused(written: str, line: int, message: str) -> None:
    with pytest.raises(DomainError) as error:
        read(written)
    assert str(error.value).startswith(f"{FILE}, line {line}"), str(error.value)
    assert message in str(error.value)


def test_each_type_is_read_as_an_exact_whole_number() -> None:
    assert read(text()).values[0].value == 1000
    assert read(text(one('{value: "0.333333", reference: Act}'), "rate")).values[0].value == 333_333
    assert read(text(one('{value: "192", reference: Act}'), "whole_number")).values[0].value == 192
    assert [read(text(one(f'{{value: "{word}", reference: Act}}'), "flag")).values[0].value
            for word in ("no", "yes")] == [0, 1]  # fmt: skip


def test_rows_are_read_by_number_by_amount_and_by_day() -> None:
    rows = {"table": '{1: "1.00", 3: "2.50"}', "scale": '{"0.00": "1.00", "301.00": "2.50"}',
            "steps": '{1900-01-01: "1.00", 2026-01-01: "2.50"}'}  # fmt: skip
    found = {kind: read(text(one(f"{{value: {written}, reference: Act}}"), kind, more=TABLE)).values[0].value
             for kind, written in rows.items()}  # fmt: skip
    assert found == {
        "table": Lookup({1: 100, 3: 250}),
        "scale": Lookup({0: 100, 30100: 250}),
        "steps": Lookup({day_number(date(1900, 1, 1)): 100, day_number(date(2026, 1, 1)): 250}),
    }


HISTORY = (
    f"    2020-01-01: {VALUE}\n"
    '    2021-01-01: {value: "20.00", reference: Act, enacted: 2021-06-15}\n'
    "    2022-01-01: {repealed: true, reference: Act}\n"
    '    2023-01-01: {value: "30.00", reference: Act}\n'
)


@pytest.mark.parametrize(("day", "cents"), [
    (date(2019, 12, 31), None), (date(2020, 1, 1), 1000), (date(2020, 12, 31), 1000), (date(2021, 1, 1), 2000),
    (date(2021, 12, 31), 2000), (date(2022, 1, 1), None), (date(2022, 12, 31), None), (date(2023, 1, 1), 3000),
    (date(2100, 1, 1), 3000),
])  # fmt: skip
def test_a_value_holds_from_its_day_until_the_next(day: date, cents: int | None) -> None:
    found = read(text(HISTORY)).on(day)
    assert (found and found.value) == cents


@pytest.mark.parametrize(("known", "cents"), [
    (date(2021, 6, 14), 1000), (date(2021, 6, 15), 2000), (None, 2000), (date(2030, 1, 1), 2000),
])  # fmt: skip
def test_a_value_enacted_later_was_not_known_before(known: date | None, cents: int) -> None:
    found = read(text(HISTORY)).on(date(2021, 3, 1), known)
    assert found is not None
    assert found.value == cents


def test_an_end_that_nobody_knew_of_yet_did_not_end_it() -> None:
    history = HISTORY.replace("{repealed: true,", "{repealed: true, enacted: 2022-05-01,")
    parameter = read(text(history))
    assert parameter.on(date(2022, 2, 1)) is None
    found = parameter.on(date(2022, 2, 1), known=date(2022, 4, 30))
    assert found is not None
    assert found.value == 2000


def test_a_value_nobody_knows_carries_its_question() -> None:
    written = "{value: unknown, certainty: unknown, reference: none, question: {lv: Cik?, en: How much?}, rests_on: S1}"
    found = read(text(one(written))).values[0]
    assert isinstance(found.value, Unknown)
    assert (found.value.parameter, found.value.question_lv, found.value.question_en) == (
        "grant.amount", "Cik?", "How much?")  # fmt: skip
    assert found.rests_on == ("S1",)


def test_a_value_says_where_it_was_written_and_what_it_rests_on() -> None:
    found = read(text(one('{value: "1.00", reference: Act, certainty: seen, rests_on: [S1, D]}'))).values[0]
    assert (found.certainty, found.rests_on, found.reference, str(found.place)) == (
        "seen", ("S1", "D"), ("Act", "Act"), f"{FILE}, line 8, amount.values.2020-01-01")  # fmt: skip


def test_a_reform_keeps_what_the_parameter_was() -> None:
    parameter = read(text(HISTORY))
    twice = parameter.revalued(parameter.values[:1]).revalued(parameter.values[:2])
    assert twice.original is parameter
    assert twice.on(date(2026, 1, 1)) is twice.values[1]

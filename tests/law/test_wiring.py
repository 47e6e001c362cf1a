"""How the law of a month is wired: by the names of arguments, each to something that holds on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balsts.law.engine.answer import entitle
from balsts.law.engine.errors import LawError, Unknown
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law, changed
from balsts.law.engine.one import Results, evaluate
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import parse
from balsts.law.engine.wiring import Wiring, wire
from balsts.law.latvia import latvia
from tests.law.evaluators import Interpreted, every_output
from tests.law.made_up import TERMS, Maker, parameter, right_text, rule_text, unknown
from tests.law.populations import columns_of, random_columns, tied
from tests.law.small_country import small_country

MONTH = month_from("2023-06")
FAMILY = (
    "{ada: {born: 1990-01-01, sex: f, wage_eur_month: '10.00'}, ben: {born: 2015-01-01, sex: m, parents: [ada]},"
    " cia: {born: 2021-01-01, sex: f, parents: [ada]}}"
)


def wired(law: Law, *names: str, month: int = MONTH) -> Wiring:
    return wire(law, month, wanted=names or None)


def results(law: Law, persons: str = FAMILY, month: int = MONTH) -> Results:
    """Everything that is declared, worked out for one household, plainly and by the generated text alike."""
    names = [*law.gathered, *(name for name in law.rules if law.version(name, date(2023, 6, 1)))]
    wiring = wired(law, *names, month=month)
    facts, _ = read_household(parse(f"{{persons: {persons}}}".encode(), "h"), law.catalogue, law.rights(), month)
    assert Interpreted(wiring, every_output(wiring)).differences(wiring, columns_of(facts, law.catalogue)) == []
    return evaluate(wiring, facts)


REFUSED = {
    "an unknown name": (rule_text("return wag", "wag: Cents"),
                        "amount asks for wag, which is no input, rule or parameter. Nearest known name: wage."),
    "an input nobody declared": (rule_text("return amount_due", "amount_due: Cents"), "amount asks for amount_due"),
    "a circle": (rule_text("return other", "other: Cents") + rule_text("return amount", "amount: Cents", name="other"),
                 "The law goes in a circle: amount → other → amount."),
    "a circle of one": (rule_text("return amount", "amount: Cents"), "The law goes in a circle: amount → amount."),
    "a circle through a gathered value": (
        'all_of_it = total("amount", over="household", lv="V", en="A")\n'
        + rule_text("return all_of_it", "all_of_it: Cents"),
        "The law goes in a circle: amount → all_of_it → amount."),
    "a rule of the past": (
        rule_text("return other", "other: Cents")
        + rule_text("return wage", name="other").replace(TERMS, f'{TERMS}, until="2023-06-01"'),
        "amount needs other, which has no wording in force on 2023-06-01."),
    "a rule of the future": (
        rule_text("return other", "other: Cents") + rule_text("return wage", name="other").replace("2020", "2024"),
        "amount needs other, which has no wording in force on 2023-06-01."),
    "a person's value for a household": (
        rule_text("return wage", terms='entity="household"'),
        "amount is a rule of a household and cannot read wage of a person directly; gather it with count, total,"),
    "a person's value for a family": (
        rule_text("return wage", terms='entity="family"'),
        "amount is a rule of a family and cannot read wage of a person directly"),
    "a family's value for a household": (
        rule_text("return part", "part: int", "int", 'entity="household"')
        + 'part = count("is_here", over="family", lv="S", en="S")\n',
        "amount is a rule of a household and cannot read part of a family directly"),
    "a household's value gathered": (
        'rents = total("rent", over="household", lv="Ī", en="R")\n' + rule_text("return rents", "rents: Cents"),
        "rents gathers rent, which is a value of a household; only persons' values are gathered."),
    "a choice by a household's value": (
        'members = count("is_here", over="household", where="is_registered", lv="L", en="M")\n'
        + rule_text("return members", "members: int", "int"),
        "members gathers is_registered, which is a value of a household"),
    "a link that is none": (
        'wards = count("is_here", over="gardian", lv="A", en="W")\n' + rule_text("return wards", "wards: int", "int"),
        "A gathered value asks for gardian, which is no input, rule or parameter. Nearest known name: guardian."),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_law_that_does_not_hold_together_is_refused(made_up: Maker, rules: str, message: str) -> None:
    with pytest.raises(LawError) as error:
        wired(made_up(rules), "amount")
    assert message in str(error.value)


def test_a_value_missing_on_the_day_is_told_with_the_first_there_is(made_up: Maker) -> None:
    rules = rule_text("return chapter_base", "chapter_base: Cents")
    law = made_up(rules, parameter("base", '"1.00"', since="2024-01-01"))
    with pytest.raises(LawError) as error:
        wired(law, "amount")
    assert str(error.value) == ("chapter.base has no value on 2023-06-01 (first: 2024-01-01) but amount needs it. "
                                "Add one with its reference.")  # fmt: skip
    assert wired(law, "amount", month=month_from("2024-01")).parameters["chapter_base"].dated.value == 100


def test_a_parameter_of_nought_that_a_rule_divides_by_is_told(made_up: Maker) -> None:
    rules = rule_text("return birth_order % chapter_base", "birth_order: int, chapter_base: int", "int")
    for value, is_refused in (('"0"', True), ('"1"', False)):
        law = made_up(rules, parameter("base", value, "whole_number"))
        if is_refused:
            with pytest.raises(LawError, match=r"chapter\.base is 0 on 2023-06-01, but amount divides by it"):
                wired(law, "amount")
        else:
            assert wired(law, "amount").version("amount").name == "amount"


def test_two_rules_of_one_name_in_two_chapters_are_refused(made_up: Maker) -> None:
    with pytest.raises(LawError, match="amount is declared in another and in chapter; names are unique in a country"):
        made_up(rule_text("return wage"), another=rule_text("return wage"))


def test_a_rule_and_a_gathered_value_of_one_name_are_refused(made_up: Maker) -> None:
    gathered = 'amount = count("is_here", over="household", lv="L", en="M")\n'
    with pytest.raises(LawError, match="names are unique in a country"):
        made_up(rule_text("return wage") + "\n\n" + gathered, another=gathered)


def test_a_rule_of_a_past_wording_gives_way_to_the_next_on_its_day(made_up: Maker) -> None:
    old = rule_text("return wage").replace(TERMS, f'{TERMS}, until="2023-06-01"')
    law = made_up(old + rule_text("return wage + wage").replace("2020", "2023").replace("-01-01", "-06-01"))
    by_month = {text: wired(law, "amount", month=month_from(text)).version("amount") for text in ("2023-05", "2023-06")}
    assert by_month["2023-05"] is law.rules["amount"][0]
    assert by_month["2023-06"] is law.rules["amount"][1]


def test_a_wording_enacted_later_was_not_known_before(made_up: Maker) -> None:
    old = rule_text("return wage").replace(TERMS, f'{TERMS}, until="2023-01-01"')
    new = rule_text("return wage + wage").replace(TERMS, TERMS.replace("2020", "2023") + ', enacted="2023-03-15"')
    law = made_up(old + new)
    for known, place in ((date(2023, 3, 14), 0), (date(2023, 3, 15), 1), (None, 1)):
        assert law.version("amount", date(2023, 2, 1), known) is law.rules["amount"][place]


def test_a_right_ends_with_its_last_wording(made_up: Maker) -> None:
    law = made_up(right_text("return wage").replace('since="2020-01-01"', 'since="2020-01-01", until="2023-06-01"'))
    assert wire(law, month_from("2023-05")).rights == ["amount"]
    assert wire(law, month_from("2023-06")).rights == []


GATHERED = """
members = count("is_here", over="household", lv="L", en="M")
earners = count("wage", over="household", lv="P", en="E")
wages = total("wage", over="household", lv="A", en="W")
oldest = largest("birth_order", over="family", lv="V", en="O")
children = count("is_here", over="family", lv="B", en="C")
own_children = count("is_here", over="parent_1", lv="B", en="C")
has_child = any_of("is_here", over="parent_1", lv="I", en="H")
mothers_wage = linked("wage", via="parent_1", otherwise=7, lv="M", en="M")
siblings = linked("own_children", via="parent_1", lv="B", en="S")
long_ago = earlier("is_here", months=40, lv="P", en="B")
living_then = count("long_ago", over="household", lv="D", en="L")
"""


def test_values_are_gathered_over_household_family_link_and_time(made_up: Maker) -> None:
    law = made_up(GATHERED + rule_text("return children", "children: int", "int"))
    found = results(law).columns
    assert {name: found[name] for name in ("members", "earners", "wages", "living_then")} == {
        "members": 3, "earners": 1, "wages": 1000, "living_then": 2,
    }  # fmt: skip
    assert found["amount"] == [0, 2, 2]
    assert found["oldest"] == [0, 2, 0]
    assert found["own_children"] == [2, 0, 0]
    assert found["has_child"] == [True, False, False]
    assert found["mothers_wage"] == [7, 1000, 1000]
    assert found["siblings"] == [0, 2, 2]


def test_the_dead_are_not_gathered(made_up: Maker) -> None:
    law = made_up(GATHERED)
    found = results(law, FAMILY.replace("2015-01-01", "2015-01-01, died: 2023-06-01")).columns
    assert (found["members"], found["own_children"], found["children"][2]) == (2, [1, 0, 0], 1)


RIGHT_FOR_ALL = right_text("return wage", terms="").replace("counted=False", "counted=True")
COUNTED = """
counted = counted_rights(over="household", lv="V", en="C")
counted_of_adults = counted_rights(over="household", where="is_adult", lv="V", en="C")
"""


def test_rights_that_count_are_added_up(made_up: Maker) -> None:
    more = right_text("return wage * 2", name="uncounted") + rule_text(
        "return months_from(born, month) > 216", "born: Day, month: Month", "bool", name="is_adult"
    )
    found = results(made_up(COUNTED + RIGHT_FOR_ALL + more)).columns
    assert (found["counted"], found["counted_of_adults"]) == (1000, 1000)


@pytest.mark.parametrize("use", ["linked", "total", "earlier", "through a rule"])
def test_an_unknown_value_makes_all_that_uses_it_undetermined_and_nothing_else(made_up: Maker, use: str) -> None:
    base = rule_text("if wage > Cents(0):\n    return chapter_base\nreturn wage", "wage: Cents, chapter_base: Cents",
                     name="base")  # fmt: skip
    uses = {
        "linked": 'used = linked("base", via="parent_1", lv="L", en="E")\n',
        "total": 'used = total("base", over="household", lv="L", en="E")\n',
        "earlier": 'used = earlier("base", months=1, lv="L", en="E")\n',
        "through a rule": rule_text("return base + base", "base: Cents", name="used"),
    }
    found = results(made_up(uses[use] + base, unknown("base"))).columns
    assert [isinstance(value, Unknown) for value in found["base"]] == [True, False, False]
    used = found["used"] if isinstance(found["used"], list) else [found["used"]]
    expected = {"linked": [False, True, True], "total": [True], "earlier": [True, False, False],
                "through a rule": [True, False, False]}  # fmt: skip
    assert [isinstance(value, Unknown) for value in used] == expected[use]


def test_an_undetermined_right_asks_its_question(made_up: Maker) -> None:
    law = made_up(right_text("return chapter_base", "chapter_base: Cents"), unknown("base"))
    facts, _ = read_household(parse(f"{{persons: {FAMILY}}}".encode(), "h"), law.catalogue, law.rights(), MONTH)
    answer = entitle(law, facts, MONTH)
    assert answer.rights == []
    assert {(one.code, one.who, one.unknown.question_en) for one in answer.undetermined} == {
        ("amount", who, "What?") for who in ("ada", "ben", "cia")
    }


def test_a_reform_changes_the_law_it_was_made_from_in_nothing(made_up: Maker) -> None:
    law = made_up(right_text("return chapter_base", "chapter_base: Cents"), parameter("base", '"1.00"'))
    base = law.parameters["chapter_base"]
    other = changed(law, parameters=[base.revalued((replace(base.values[0], value=700),))], by="test")
    assert wire(other, MONTH).parameters["chapter_base"].dated.value == 700
    assert wire(law, MONTH).parameters["chapter_base"].dated.value == 100
    assert (law.amendments, other.amendments) == ((), ("test",))


@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_every_value_stands_after_all_it_is_worked_out_from(law: Law) -> None:
    for day in law.days_of_change:
        wiring = wire(law, day.year * 12 + day.month - 1)
        place = {key: number for number, key in enumerate(wiring.values)}
        for value in wiring.values.values():
            assert all(place[need] < place[value.key] for need in value.needs if need in place), value.key


def test_what_is_wanted_alone_answers_as_when_all_is_asked() -> None:
    law = latvia()
    month = month_from("2026-01")
    whole = wire(law, month)
    household = tied(random_columns(law, month, 20, seed=9), law.catalogue, month)
    for number in range(household.households):
        everything = evaluate(whole, household.facts(number))
        for code in whole.rights[number::10]:
            alone = evaluate(wire(law, month, wanted=[code]), household.facts(number))
            assert repr(alone.columns[code]) == repr(everything.columns[code]), code

"""Lint: each kind of mistake is found once, at its place, with what was expected; laws that hold together are clean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from balsts.law.engine.checks.finding import Finding
from balsts.law.engine.checks.graph import stand_alone
from balsts.law.engine.checks.lint import lint
from balsts.law.engine.checks.reach import Reach, months_of_change
from balsts.law.engine.errors import Unknown
from balsts.law.engine.inputs import Catalogue, Input
from balsts.law.engine.law import Law, changed
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from tests.law.small_country import CATALOGUE, small_country
from tests.law.tiny_law import AMOUNT, GOLDEN, GRANT, tiny_law


def told(law: Law) -> list[str]:
    return [str(one) for one in lint(law)]


def the_finding(law: Law) -> Finding:
    found = lint(law)
    assert len(found) == 1, "\n".join(str(one) for one in found)
    return found[0]


# ------------------------------------------------------------------------------------------- clean laws


def test_the_small_country_is_clean() -> None:
    assert told(small_country()) == []


def test_latvia_is_clean() -> None:
    assert told(latvia()) == []


def test_the_tiny_law_is_clean(tmp_path: Path) -> None:
    assert told(tiny_law(tmp_path)) == []


# ------------------------------------------------------------------------------------------- citations


def test_a_rule_of_an_act_nobody_lists_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace('act="GA"', 'act="GAA"')))
    assert found.kind == "citation"
    assert found.place.file.endswith("tiny/rules.py")
    assert found.place.line == 16
    assert "grant cites GAA, which is not in acts.yaml. Nearest known name: GA." in found.message


def test_a_rule_without_an_article_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace('article="2"', 'article=" "')))
    assert (found.kind, "cites no article" in found.message) == ("citation", True)


def test_a_rule_without_a_latvian_title_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace('lv="Grants"', 'lv=""')))
    assert (found.kind, "has no title" in found.message) == ("citation", True)


def test_a_value_resting_on_a_source_nobody_lists_is_found(tmp_path: Path) -> None:
    parameters = AMOUNT.replace("reference: GA 2", "reference: GA 2, certainty: seen, rests_on: [S, T]")
    found = the_finding(tiny_law(tmp_path, parameters=parameters))
    assert found.kind == "citation"
    assert found.place.line == 9
    assert "tiny.amount from 2020-01-01 rests on T, which is not in sources.yaml." in found.message


@pytest.mark.parametrize("reference", ["Grants Act", "{lv: Grants Act of 2022, en: Grants Act of 2022}", "GA 2, pants"])
def test_a_reference_in_one_language_alone_is_found(tmp_path: Path, reference: str) -> None:
    quoted = reference if reference.startswith("{") else f'"{reference}"'
    found = the_finding(tiny_law(tmp_path, parameters=AMOUNT.replace("reference: GA 2", f"reference: {quoted}")))
    assert (found.kind, found.place.line) == ("language", 9)
    assert "the reference of tiny.amount from 2020-01-01 stands in one language («" in found.message


@pytest.mark.parametrize("reference", ["GA 2(1) p. 3", "GA, 2022-05-10", "{lv: Grantu likums, en: Grants Act}"])
def test_a_citation_alone_and_a_reference_in_both_languages_are_clean(tmp_path: Path, reference: str) -> None:
    quoted = reference if reference.startswith("{") else f'"{reference}"'
    assert lint(tiny_law(tmp_path, parameters=AMOUNT.replace("reference: GA 2", f"reference: {quoted}"))) == []


def test_a_parameter_that_stands_in_no_act_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, parameters=AMOUNT.replace("article: GA 2", "article: not read")))
    assert (found.kind, "tiny.amount stands in «not read»" in found.message) == ("citation", True)


def test_a_question_resting_on_a_source_nobody_lists_is_found(tmp_path: Path) -> None:
    asked = 'questions=[Question(lv="Vai?", en="Is it?", rests_on="S, T")], counted=False'
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace("counted=False", asked)))
    assert (found.kind, "a question of grant rests on T" in found.message) == ("citation", True)


def test_a_rounding_without_an_article_is_found(tmp_path: Path) -> None:
    rules = GRANT.replace("counted=False", 'counted=False, rounding=half_up(to=CENT, article="")')
    found = the_finding(tiny_law(tmp_path, rules=rules.replace("return tiny_amount", "return Cents(0)\n"
                                 "    return tiny_amount * Rate(0)")))  # fmt: skip
    assert (found.kind, "rounds without an article" in found.message) == ("citation", True)


# ------------------------------------------------------------------------------------------- time


TWO_WORDINGS = """
@right(act="GA", article="2", lv="Grants", en="Grant", since="2020-01-01", {until}payer="state", per="month",
       counted=False)
def grant(tiny_amount: Cents) -> Cents:
    \"\"\"For everyone.\"\"\"
    return tiny_amount


@right(act="GA", article="2", lv="Grants", en="Grant", since="2021-01-01", payer="state", per="month", counted=False)
def grant(tiny_amount: Cents) -> Cents:
    \"\"\"For everyone, twice.\"\"\"
    return tiny_amount * 2
"""
TESTED_TWICE = GOLDEN + GOLDEN.replace("2020-06", "2021-06").replace('expect: {grant: "10', 'expect: {grant: "20')


def test_two_wordings_that_overlap_are_found(tmp_path: Path) -> None:
    law = tiny_law(tmp_path, rules=TWO_WORDINGS.format(until='until="2021-06-01", '), golden=TESTED_TWICE)
    found = the_finding(law)
    assert found.kind == "dates"
    assert 'expected until="2021-01-01" on the older wording, found 2021-06-01' in found.message


def test_an_older_wording_without_an_end_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=TWO_WORDINGS.format(until=""), golden=TESTED_TWICE))
    assert (found.kind, "found no end" in found.message) == ("dates", True)


def test_two_wordings_that_meet_are_clean(tmp_path: Path) -> None:
    law = tiny_law(tmp_path, rules=TWO_WORDINGS.format(until='until="2021-01-01", '), golden=TESTED_TWICE)
    assert told(law) == []


def test_a_wording_that_ends_before_it_begins_is_found(tmp_path: Path) -> None:
    found = lint(tiny_law(tmp_path, rules=TWO_WORDINGS.format(until='until="2020-01-01", '), golden=TESTED_TWICE))
    assert any(one.kind == "dates" and "so on no day" in one.message for one in found)


CONDITION = """
@rule(act="GA", article="3", lv="Jauns", en="Young", since="2020-01-01", until="{until}")
def is_young(born: Day, month: Month) -> bool:
    \"\"\"Under a month.\"\"\"
    return months_from(born, month) < 1


@rule(act="GA", article="3", lv="Jauns", en="Young", since="2021-03-01")
def is_young(born: Day, month: Month) -> bool:
    \"\"\"Under two months.\"\"\"
    return months_from(born, month) < 2


@right(act="GA", article="2", lv="Grants", en="Grant", since="2020-01-01", payer="state", per="month", counted=False)
def grant(is_young: bool, tiny_amount: Cents) -> Cents:
    \"\"\"For the young.\"\"\"
    return tiny_amount if is_young else Cents(0)
"""
CONDITION_TESTED = GOLDEN.replace("10.00", "0.00") + GOLDEN.replace("10.00", "0.00").replace("2020-06", "2021-06")


def test_a_gap_between_two_wordings_that_something_needs_is_found(tmp_path: Path) -> None:
    law = tiny_law(tmp_path, rules=CONDITION.format(until="2021-01-01"), golden=CONDITION_TESTED)
    found = the_finding(law)
    assert found.kind == "missing"
    assert "is_young has no wording on 2021-01-01" in found.message
    assert "but grant needs it" in found.message


def test_two_wordings_without_a_gap_are_clean(tmp_path: Path) -> None:
    law = tiny_law(tmp_path, rules=CONDITION.format(until="2021-03-01"), golden=CONDITION_TESTED)
    assert told(law) == []


def test_a_value_that_begins_after_the_rule_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, parameters=AMOUNT.replace("2020-01-01", "2020-03-01")))
    assert found.kind == "missing"
    assert "tiny.amount has no value on 2020-01-01 (first: 2020-03-01), but grant needs it" in found.message


def test_a_value_that_is_repealed_under_a_rule_in_force_is_found(tmp_path: Path) -> None:
    parameters = AMOUNT + "    2022-05-10: {repealed: true, reference: GA 2022}\n"
    found = the_finding(tiny_law(tmp_path, parameters=parameters))
    assert found.kind == "missing"
    assert "tiny.amount has no value on 2022-06-01" in found.message


def test_a_law_that_was_not_whole_before_a_late_enactment_is_found(tmp_path: Path) -> None:
    """A wording that was known at once reads a value that became known only later."""
    parameters = AMOUNT.replace("reference: GA 2", "reference: GA 2, enacted: 2020-03-15")
    found = the_finding(tiny_law(tmp_path, parameters=parameters))
    assert found.kind == "missing"
    assert "the law of 2020-01 as it was known on 2020-03-14 cannot be built" in found.message


def test_a_circle_is_found(tmp_path: Path) -> None:
    rules = (
        GRANT.replace("def grant(", "def grant(is_one: bool, ")
        + """

@rule(act="GA", article="3", lv="Viens", en="One", since="2020-01-01")
def is_one(is_other: bool) -> bool:
    \"\"\"Who is the other.\"\"\"
    return is_other


@rule(act="GA", article="3", lv="Otrs", en="Other", since="2020-01-01")
def is_other(is_one: bool) -> bool:
    \"\"\"Who is one.\"\"\"
    return is_one
"""
    )
    found = the_finding(tiny_law(tmp_path, rules=rules))
    assert found.kind == "cycle"
    assert "is_one → is_other → is_one" in found.message


# ------------------------------------------------------------------------------------------- units and bounds


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("tiny_amount: int", "takes tiny_amount as int, but it is Cents (the parameter tiny.amount is a money)"),
        ("tiny_amount: Cents, born: Month", "takes born as Month, but it is Day (by the catalogue of inputs)"),
        ("tiny_amount: Cents, school: bool", "takes school as bool, but it is School"),
        ("tiny_amount: Cents, month: int", "takes month as int, but it is Month"),
        ("tiny_amount: Cents, is_here: int", "takes is_here as int, but it is bool (the result of that rule)"),
        ("tiny_amount: Cents, guardian: int", "takes guardian as int, but it is Link"),
    ],
)
def test_an_argument_of_another_unit_is_found(tmp_path: Path, arguments: str, expected: str) -> None:
    law = tiny_law(tmp_path, rules=GRANT.replace("tiny_amount: Cents", arguments))
    found = [one for one in lint(law) if one.kind == "units"]
    assert any(expected in one.message for one in found), found


@pytest.mark.parametrize(
    ("kind", "annotation"),
    [("table\n  of: money\n  by: children", "MoneyTable"), ("scale\n  of: money", "MoneyScale"),
     ("steps\n  of: rate\n  by: day", "RateSteps"), ("table\n  of: whole_number", "NumberTable")],
)  # fmt: skip
def test_a_lookup_taken_as_money_is_found(tmp_path: Path, kind: str, annotation: str) -> None:
    unit, value = {"M": ("EUR", "1.00"), "R": ("share", "0.5"), "N": ("years", "1")}[annotation[0]]
    key = {"e": "1", "s": "1900-01-01"}[annotation[-1]]
    parameters = AMOUNT.replace("type: money", f"type: {kind}").replace("unit: EUR", f"unit: {unit}")
    law = tiny_law(tmp_path, parameters=parameters.replace('"10.00"', f'{{{key}: "{value}"}}'))
    found = the_finding(law)
    assert (found.kind, f"but it is {annotation}" in found.message) == ("units", True)


def test_a_unit_that_does_not_fit_the_type_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, parameters=AMOUNT.replace("unit: EUR", "unit: share")))
    assert (found.kind, "expected the unit EUR" in found.message) == ("units", True)


def test_a_sum_of_money_and_a_number_is_found_at_its_line(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace("return tiny_amount", "return tiny_amount + 1")))
    assert (found.kind, found.place.line) == ("units", 19)
    assert "grant mixes a money and a number" in found.message


def test_a_right_to_money_that_returns_a_number_is_found(tmp_path: Path) -> None:
    rules = GRANT.replace("-> Cents", "-> int").replace("return tiny_amount", "return 1")
    found = [one for one in lint(tiny_law(tmp_path, rules=rules)) if one.kind == "units"]
    assert "a right to money returns Cents" in found[0].message


def test_wordings_that_return_different_things_are_found(tmp_path: Path) -> None:
    rules = CONDITION.format(until="2021-03-01").replace(
        '-> bool:\n    """Under two months."""\n    return months_from(born, month) < 2',
        '-> int:\n    """Months."""\n    return months_from(born, month)',
    )
    found = [one for one in lint(tiny_law(tmp_path, rules=rules, golden=CONDITION_TESTED)) if one.kind == "units"]
    assert any("returns int, its wording since 2020-01-01 returns bool" in one.message for one in found)


SUM = """
everything = total("wage", over="household", lv="Viss", en="Everything")


@right(act="GA", article="2", lv="Grants", en="Grant", since="2020-01-01", payer="state", per="month", counted=False,
       entity="household", rounding=half_up(to=CENT, article="GA 2"))
def grant(everything: Cents, tiny_amount: Rate) -> Cents:
    \"\"\"A share of everything.\"\"\"
    return {what} * tiny_amount
"""
SHARE = AMOUNT.replace("unit: EUR", "unit: share").replace("type: money", "type: rate").replace("10.00", "0.5")
NO_WAGE = GOLDEN.replace("10.00", "0.00")


def test_a_share_of_a_sum_that_could_leave_62_bits_is_found(tmp_path: Path) -> None:
    """Each rule by itself is within bounds; a thousand members with the largest wage and the largest rate are not."""
    law = tiny_law(tmp_path, rules=SUM.format(what="everything"), parameters=SHARE, golden=NO_WAGE)
    found = the_finding(law)
    assert found.kind == "bounds"
    assert "grant can become larger than 62 bits; round in between" in found.message


def test_a_share_of_a_bounded_sum_is_clean(tmp_path: Path) -> None:
    what = "min(everything, wage_bound)"
    rules = SUM.format(what=what).replace("tiny_amount: Rate", "tiny_amount: Rate, tiny_most: Cents")
    parameters = SHARE + AMOUNT.replace("amount", "most")
    law = tiny_law(tmp_path, rules=rules.replace("wage_bound", "tiny_most"), parameters=parameters, golden=NO_WAGE)
    assert told(law) == []


def test_an_index_that_could_grow_without_bounds_is_found(tmp_path: Path) -> None:
    rules = """
@right(act="GA", article="2", lv="Pensija", en="Pension", since="2020-01-01", payer="state", per="month", counted=False)
def grant(pension_at_grant: Cents, pension_granted_on: Day, month: Month, tiny_amount: RateSteps) -> Cents:
    \"\"\"With every index since.\"\"\"
    return indexed(pension_at_grant, tiny_amount, pension_granted_on, month)
"""
    parameters = SHARE.replace("type: rate", "type: steps\n  of: rate\n  by: day")
    rows = ", ".join(f'20{year}-10-01: "8"' for year in range(20, 24))
    law = tiny_law(tmp_path, rules=rules, parameters=parameters.replace('"0.5"', f"{{{rows}}}"), golden=NO_WAGE)
    found = the_finding(law)
    assert (found.kind, "whose rates together raise it above" in found.message) == ("bounds", True)


# ------------------------------------------------------------------------------------------- use and tests


def test_a_parameter_that_no_rule_reads_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, parameters=AMOUNT + AMOUNT.replace("amount:", "other:")))
    assert (found.kind, found.place.line) == ("unused", 12)
    assert "tiny.other is read by no rule" in found.message


def test_a_value_between_two_first_days_of_months_is_found(tmp_path: Path) -> None:
    parameters = (
        AMOUNT
        + """
    2021-03-05: {value: "11.00", reference: GA 2}
    2021-03-20: {value: "12.00", reference: GA 2}
"""
    )
    found = the_finding(tiny_law(tmp_path, parameters=parameters))
    assert (found.kind, "tiny.amount from 2021-03-05 is read by no rule" in found.message) == ("unused", True)


def test_a_rule_that_nothing_needs_is_found(tmp_path: Path) -> None:
    rules = GRANT + CONDITION.format(until="2021-03-01").split("@right")[0]
    found = the_finding(tiny_law(tmp_path, rules=rules))
    assert (found.kind, "is_young is needed by no right and no status" in found.message) == ("unused", True)


def test_a_rule_that_a_golden_test_asks_for_stands_alone(tmp_path: Path) -> None:
    """A length of stay or a series of payments is no household's right, but somebody asks for it."""
    rules = GRANT + CONDITION.format(until="2021-03-01").split("@right")[0]
    case = GOLDEN.replace('expect: {grant: "10.00"}', "expect_rule: {is_young: {ada: no}}")
    law = tiny_law(tmp_path, rules=rules, golden=GOLDEN + case + case.replace("2020-06", "2021-06"))
    assert stand_alone(law, {"is_young", "grant"}) == ["is_young"]
    assert told(law) == []


def test_a_gathered_value_that_nothing_needs_is_found(tmp_path: Path) -> None:
    rules = 'members = count("is_here", over="household", lv="Visi", en="All")\n\n\n' + GRANT
    found = the_finding(tiny_law(tmp_path, rules=rules))
    assert (found.kind, found.place.line) == ("unused", 16)


def test_a_wording_without_a_golden_test_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=TWO_WORDINGS.format(until='until="2021-01-01", ')))
    assert found.kind == "untested"
    assert "grant since 2021-01-01 has no golden test; add a case of a month from 2021-01-01 on" in found.message


def test_a_golden_test_of_a_code_nobody_knows_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, golden=GOLDEN + GOLDEN.replace("{grant:", "{grand:")))
    assert found.kind == "untested"
    assert "«one person» expects grand, which is no right or status. Nearest known name: grant." in found.message


# ------------------------------------------------------------------------------------------- inputs and names


def test_an_argument_that_nobody_can_supply_is_found(tmp_path: Path) -> None:
    found = lint(tiny_law(tmp_path, rules=GRANT.replace("tiny_amount: Cents", "tiny_amount: Cents, wages: Cents")))
    assert [one.kind for one in found] == ["input", "wiring"]
    assert (
        "grant asks for wages, which is no input, rule, gathered value or parameter. Nearest known name: wage"
        in str(found[0])
    )


def test_an_application_for_what_is_no_right_is_found(tmp_path: Path) -> None:
    arguments = "tiny_amount: Cents, applied_for_grand: bool"
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace("tiny_amount: Cents", arguments)))
    assert (found.kind, "grand is no right, so nobody can apply for it" in found.message) == ("input", True)


def test_a_household_rule_that_reads_a_person_is_found(tmp_path: Path) -> None:
    rules = GRANT.replace("tiny_amount: Cents", "tiny_amount: Cents, wage: Cents")
    found = lint(tiny_law(tmp_path, rules=rules.replace("counted=False", 'counted=False, entity="household"')))
    assert {one.kind for one in found} == {"wiring"}
    assert "cannot read wage of a person directly; gather it" in found[0].message


def test_a_payee_that_is_no_link_is_found(tmp_path: Path) -> None:
    found = the_finding(tiny_law(tmp_path, rules=GRANT.replace("counted=False", 'counted=False, payee="wage"')))
    assert (found.kind, "the payee of grant is wage; expected a link" in found.message) == ("input", True)


def test_a_count_of_something_that_is_no_condition_is_found(tmp_path: Path) -> None:
    rules = 'earners = count("wage", over="household", lv="Algas", en="Wages")\n\n\n' + GRANT.replace(
        "tiny_amount: Cents", "tiny_amount: Cents, earners: int")  # fmt: skip
    found = the_finding(tiny_law(tmp_path, rules=rules))
    assert (found.kind, "earners asks of which members wage holds, but that is Cents" in found.message) == (
        "units",
        True,
    )


def test_a_rule_called_as_an_input_is_found(tmp_path: Path) -> None:
    rules = GRANT + GRANT.replace("@right", "@rule").split(", payer")[0] + ")\n" + (
        'def wage(tiny_amount: Cents) -> Cents:\n    """An amount."""\n    return tiny_amount\n')  # fmt: skip
    found = [one for one in lint(tiny_law(tmp_path, rules=rules)) if one.kind == "name"]
    assert "wage is a rule and an input; rename one of them" in found[0].message


BAD_INPUTS = [
    (Input("size", "number", "lielums", "size", at_most=10**12), "expected 1 to"),
    (Input("colour", "choice", "krāsa", "colour"), "a choice without choices"),
    (Input("wage", "money", "alga", "wage"), "are both called wage"),
    (Input("bonus_eur", "money", "prēmija", "bonus", default_from="wages"), "Nearest known name: wage"),
]


@pytest.mark.parametrize(("one", "expected"), BAD_INPUTS)
def test_a_catalogue_that_does_not_hold_together_is_found(one: Input, expected: str) -> None:
    catalogue = Catalogue((*CATALOGUE.inputs, one), CATALOGUE.ties, CATALOGUE.woman)
    found = the_finding(replace(small_country(), catalogue=catalogue))
    assert (found.kind, expected in found.message) == ("input", True)


# ------------------------------------------------------------------------------------------- text


@pytest.mark.parametrize("number", ["18", "1000"])
def test_a_number_in_the_text_of_a_rule_is_found(tmp_path: Path, number: str) -> None:
    rules = GRANT.replace("return tiny_amount", f"return tiny_amount * {number}")
    found = the_finding(tiny_law(tmp_path, rules=rules))
    assert (found.kind, found.place.line) == ("literal", 19)
    assert f"grant has the number {number} in its text; expected 0, 1 or 2" in found.message


def test_a_number_hidden_behind_a_name_is_found(tmp_path: Path) -> None:
    rules = "TIMES = 12\n\n\n" + GRANT.replace("return tiny_amount", "return tiny_amount * TIMES")
    found = the_finding(tiny_law(tmp_path, rules=rules))
    assert (found.kind, "the number 12" in found.message) == ("literal", True)


def test_a_rule_of_more_than_25_lines_is_found(tmp_path: Path) -> None:
    lines = "\n".join(f"    step_{number} = tiny_amount" for number in range(22))
    rules = GRANT.replace("    return", f"{lines}\n    return")
    assert told(tiny_law(tmp_path / "a", rules=rules)) == []
    longer = rules.replace("    return", "    more = tiny_amount\n    return")
    found = the_finding(tiny_law(tmp_path / "longer", rules=longer))
    assert (found.kind, "grant has 26 lines; expected at most 25" in found.message) == ("length", True)


def test_an_unknown_value_without_a_question_is_found() -> None:
    ward = small_country().parameters["family_grant_ward"]
    values = tuple(
        replace(one, value=Unknown(ward.name, "", " ")) if isinstance(one.value, Unknown) else one
        for one in ward.values
    )
    found = the_finding(changed(small_country(), parameters=[ward.revalued(values)], by="a test"))
    assert (found.kind, "from 2023-01-01 is unknown without a question" in found.message) == ("question", True)


# ------------------------------------------------------------------------------------------- the walk is the wiring


@pytest.mark.parametrize("law", [small_country(), latvia()], ids=["small country", "Latvia"])
def test_lint_walks_what_the_wiring_builds(law: Law) -> None:
    for month in months_of_change(law):
        wiring = wire(law, month)
        in_force = law.in_force(first_day(Month(month)))
        reached = Reach(law, month).walk([name for name, one in in_force.items() if one.right or one.is_status])
        versions = {(one.name, one.version.since) for one in wiring.values.values() if one.version}
        values = {(bound.parameter.argument, bound.dated.since) for bound in wiring.parameters.values()}
        assert set(reached.versions) == versions
        assert set(reached.values) == values
        assert not reached.missing

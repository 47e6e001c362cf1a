"""Why somebody has no right: every condition that failed, taken apart, the readable way round, in both languages."""

from __future__ import annotations

import pytest

from balsts.law.engine.answer import entitle
from balsts.law.engine.explaining.refuse import Refusal, refusals
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import parse
from balsts.law.latvia import latvia
from tests.law.made_up import Maker, parameter, right_text, unknown

LIMIT = parameter("limit", '"100.00"').replace("{lv: L, en: E}", "{lv: robeža, en: limit}")
AGE = parameter("age", '"18"', "whole_number").replace("{lv: L, en: E}", "{lv: vecums, en: age limit}")


def refused(law: Law, household: str, lang: str = "en") -> list[Refusal]:
    facts, month = read_household(parse(household.encode(), "household"), law.catalogue, law.rights(),
                                  month_from("2026-02"))  # fmt: skip
    return refusals(entitle(law, facts, month), lang)


def why(law: Law, household: str, code: str = "amount", who: str = "a", lang: str = "en") -> list[tuple[str, str, str]]:
    """Condition, what was needed and what is, of one refusal."""
    (found,) = [one for one in refused(law, household, lang) if (one.code, one.who) == (code, who)]
    return [(one.condition, one.needed, one.found) for one in found.because]


def when(condition: str, arguments: str) -> str:
    """A right of 1 euro under one condition."""
    return right_text(f"if not ({condition}):\n    return Cents(0)\nreturn euro", f"{arguments}, chapter_euro: Cents"
                      ).replace("return euro", "return chapter_euro")  # fmt: skip


EURO = parameter("euro", '"1.00"')
PERSON = "{persons: {a: {born: 1990-01-01, sex: f}}}"
CLERK = '{persons: {a: {born: 1990-01-01, sex: m, wage_eur_month: "250.00", school: evening}}}'


# ------------------------------------------------------------------------------------------- and, or, not


def test_all_conditions_that_failed_are_told(made_up: Maker) -> None:
    law = made_up(when("wage < chapter_limit and sex == Sex.F and is_registered",
                       "wage: Cents, sex: Sex, is_registered: bool, chapter_limit: Cents"), EURO + LIMIT)  # fmt: skip
    assert why(law, CLERK) == [("wage", "less than 100.00 € (limit)", "250.00 €"), ("sex", "female", "male")]


def test_conditions_that_held_are_not_told(made_up: Maker) -> None:
    law = made_up(when("wage < chapter_limit and sex == Sex.F", "wage: Cents, sex: Sex, chapter_limit: Cents"),
                  EURO + LIMIT)  # fmt: skip
    assert why(law, CLERK.replace("250.00", "99.99")) == [("sex", "female", "male")]


def test_where_one_of_several_would_do_they_are_told_as_one(made_up: Maker) -> None:
    law = made_up(when("wage < chapter_limit or sex == Sex.F", "wage: Cents, sex: Sex, chapter_limit: Cents"),
                  EURO + LIMIT)  # fmt: skip
    assert why(law, CLERK) == [
        ("wage or sex", "at least one of: wage: less than 100.00 € (limit); sex: female", "wage: 250.00 €; sex: male"),
    ]  # fmt: skip
    assert why(law, CLERK, lang="lv") == [
        ("alga vai dzimums", "vismaz viens no: alga: mazāk nekā 100,00 € (robeža); dzimums: sieviešu",
         "alga: 250,00 €; dzimums: vīriešu"),
    ]  # fmt: skip


def test_one_of_several_within_all_is_one_reason_among_them(made_up: Maker) -> None:
    law = made_up(when("is_registered and (wage < chapter_limit or sex == Sex.F)",
                       "is_registered: bool, wage: Cents, sex: Sex, chapter_limit: Cents"), EURO + LIMIT)  # fmt: skip
    found = why(law, CLERK.replace("{persons", "{is_registered: false, persons"))
    assert [one[0] for one in found] == ["registered", "wage or sex"]
    assert found[0] == ("registered", "yes", "no")


def test_what_must_not_be_is_told_as_needed_no(made_up: Maker) -> None:
    law = made_up(when("not is_registered", "is_registered: bool"), EURO)
    assert why(law, PERSON) == [("registered", "no", "yes")]
    assert why(law, PERSON, lang="lv") == [("reģistrēta", "nē", "jā")]


@pytest.mark.parametrize("condition", ["not (wage > chapter_limit)", "not wage > chapter_limit",
                                       "not (wage > chapter_limit or sex == Sex.F)"])  # fmt: skip
def test_a_comparison_that_must_not_hold_is_turned_round(made_up: Maker, condition: str) -> None:
    law = made_up(when(condition, "wage: Cents, sex: Sex, chapter_limit: Cents"), EURO + LIMIT)
    assert why(law, CLERK)[0] == ("wage", "at most 100.00 € (limit)", "250.00 €")


# ------------------------------------------------------------------------------------------- comparisons


@pytest.mark.parametrize(("condition", "needed"), [
    ("chapter_limit > wage", "less than 100.00 € (limit)"), ("chapter_limit >= wage", "at most 100.00 € (limit)"),
    ("wage < chapter_limit", "less than 100.00 € (limit)"), ("wage <= chapter_limit", "at most 100.00 € (limit)"),
    ("chapter_limit == wage", "100.00 € (limit)"),
    ("chapter_limit <= wage and wage <= chapter_limit", "at most 100.00 € (limit)"),
])  # fmt: skip
def test_a_fact_is_compared_with_the_limit_and_not_the_limit_with_the_fact(
    made_up: Maker, condition: str, needed: str
) -> None:
    law = made_up(when(condition, "wage: Cents, chapter_limit: Cents"), EURO + LIMIT)
    assert why(law, CLERK) == [("wage", needed, "250.00 €")]


@pytest.mark.parametrize(
    ("wage", "needed"), [("50.00", "at least 100.00 € (limit)"), ("250.00", "less than 200.00 € (upper limit)")]
)
def test_only_the_side_of_a_range_that_failed_is_told(made_up: Maker, wage: str, needed: str) -> None:
    upper = parameter("upper", '"200.00"').replace("{lv: L, en: E}", "{lv: augšējā robeža, en: upper limit}")
    law = made_up(when("chapter_limit <= wage < chapter_upper",
                       "wage: Cents, chapter_limit: Cents, chapter_upper: Cents"), EURO + LIMIT + upper)  # fmt: skip
    assert why(law, CLERK.replace("250.00", wage)) == [("wage", needed, f"{wage} €")]


def test_a_comparison_with_a_number_of_the_wording_has_the_unit_of_the_fact(made_up: Maker) -> None:
    law = made_up(when("wage > 0", "wage: Cents"), EURO)
    assert why(law, PERSON) == [("wage", "more than 0.00 €", "0.00 €")]


def test_ages_and_months_are_compared_in_words(made_up: Maker) -> None:
    law = made_up(when("completed_years(born, month) < chapter_age", "born: Day, month: Month, chapter_age: int"),
                  EURO + AGE)  # fmt: skip
    assert why(law, PERSON) == [("whole years since birth", "less than 18 years (age limit)", "36 years")]
    assert why(law, PERSON, lang="lv") == [("pilni gadi kopš dzimšanas", "mazāk nekā 18 gadi (vecums)", "36 gadi")]


def test_a_local_name_is_told_as_what_it_stands_for(made_up: Maker) -> None:
    body = """is_low = wage < chapter_limit
if not (is_low and sex == Sex.F):
    return Cents(0)
return chapter_euro"""
    law = made_up(right_text(body, "wage: Cents, sex: Sex, chapter_limit: Cents, chapter_euro: Cents"), EURO + LIMIT)
    assert why(law, CLERK) == [("wage", "less than 100.00 € (limit)", "250.00 €"), ("sex", "female", "male")]


def test_what_one_way_needs_together_stays_together(made_up: Maker) -> None:
    law = made_up(when("wage < chapter_limit or (sex == Sex.F and is_registered)",
                       "wage: Cents, sex: Sex, is_registered: bool, chapter_limit: Cents"), EURO + LIMIT)  # fmt: skip
    (found,) = refused(law, CLERK.replace("{persons", "{is_registered: false, persons"))
    (reason,) = found.because
    assert [[one.condition for one in way] for way in reason.instead_of] == [["wage"], ["sex", "registered"]]
    assert reason.needed == ("at least one of: wage: less than 100.00 € (limit); sex: female and registered: yes")
    told = reason.as_json()["one_of"]
    assert [one["condition"] for one in told[1]] == ["sex", "registered"]


def test_words_of_one_choice_are_told_as_one_list(made_up: Maker) -> None:
    either = "school == School.FULL_TIME or school == School.NONE"
    law = made_up(when(either, "school: School"), EURO)
    assert why(law, CLERK) == [("school", "full-time or none", "evening")]
    law = made_up(when("school != School.EVENING", "school: School"), EURO)
    assert why(law, CLERK) == [("school", "none or full-time", "evening")]
    assert why(law, CLERK, lang="lv") == [("skola", "nekāda vai pilna laika", "vakara")]


def test_any_earlier_exit_that_would_do_is_told_too(made_up: Maker) -> None:
    body = """if sex == Sex.F:
    return chapter_euro
if wage < chapter_limit:
    return chapter_euro
return Cents(0)"""
    law = made_up(right_text(body, "wage: Cents, sex: Sex, chapter_limit: Cents, chapter_euro: Cents"), EURO + LIMIT)
    assert why(law, CLERK) == [
        ("sex or wage", "at least one of: sex: female; wage: less than 100.00 € (limit)", "sex: male; wage: 250.00 €"),
    ]  # fmt: skip


def test_of_several_members_one_would_do(made_up: Maker) -> None:
    counted = """
is_poor_somewhere = any_of("is_poor", over="household", lv="Ir nabags", en="Has a poor member")
"""
    law = made_up(rule_text("is_poor", "Poor", "wage < chapter_limit", "wage: Cents, chapter_limit: Cents") + counted
                  + when("is_poor_somewhere", "is_poor_somewhere: bool").replace(
                      'per="month"', 'per="month", entity="household"'), EURO + LIMIT)  # fmt: skip
    rich = """{persons: {a: {born: 1990-01-01, sex: f, wage_eur_month: "200.00"},
                b: {born: 1990-01-01, sex: m, wage_eur_month: "300.00"}}}"""
    assert why(law, rich, who="household") == [(
        "wage", "at least one of: wage (a): less than 100.00 € (limit); wage (b): less than 100.00 € (limit)",
        "wage (a): 200.00 €; wage (b): 300.00 €",
    )]  # fmt: skip


# ------------------------------------------------------------------------------------------- further down


def rule_text(name: str, title: str, body: str, arguments: str) -> str:
    return (f'\n\n@rule(act="A", article="1", lv="{title}", en="{title}", since="2020-01-01")\n'
            f"def {name}({arguments}) -> bool:\n    return {body}\n")  # fmt: skip


def test_a_condition_that_is_a_rule_is_followed_into_it(made_up: Maker) -> None:
    law = made_up(rule_text("is_poor", "Poor", "wage < chapter_limit", "wage: Cents, chapter_limit: Cents")
                  + when("is_poor", "is_poor: bool"), EURO + LIMIT)  # fmt: skip
    assert why(law, CLERK) == [("wage", "less than 100.00 € (limit)", "250.00 €")]


def test_a_rule_that_must_not_hold_is_told_by_its_title(made_up: Maker) -> None:
    law = made_up(rule_text("is_poor", "Poor", "wage < chapter_limit", "wage: Cents, chapter_limit: Cents")
                  + when("not is_poor", "is_poor: bool"), EURO + LIMIT)  # fmt: skip
    assert why(law, PERSON) == [("Poor", "no", "yes")]


def test_a_day_that_is_not_known_is_not_compared(made_up: Maker) -> None:
    condition = "is_known(pension_granted_on) and months_from(pension_granted_on, month) < chapter_age"
    months = AGE.replace("years", "months").replace('"18"', '"60"')
    law = made_up(when(condition, "pension_granted_on: Day, month: Month, chapter_age: int"), EURO + months)
    assert why(law, PERSON) == [("granted on", "stated", "not stated")]
    known = "{persons: {a: {born: 1950-01-01, sex: f, pension_granted_on: 2020-02-01}}}"
    assert why(law, known) == [
        ("months since the grant", "less than 60 months, that is 5 years (age limit)", "72 months, that is 6 years")
    ]


def test_a_person_who_is_not_there_is_not_compared(made_up: Maker) -> None:
    linked = '\nspouse_wage = linked("wage", via="partner", otherwise=0, lv="Partnera alga", en="Partner wage")\n'
    law = made_up(linked + when("is_someone(partner) and spouse_wage < chapter_limit",
                                "partner: Link, spouse_wage: Cents, chapter_limit: Cents"), EURO + LIMIT)  # fmt: skip
    assert why(law, PERSON) == [("partner", "at least one person", "nobody")]
    couple = """{persons: {a: {born: 1990-01-01, sex: f, partner: b},
                 b: {born: 1990-01-01, sex: m, wage_eur_month: "200.00"}}}"""
    assert why(law, couple) == [("Partner wage", "less than 100.00 € (limit)", "200.00 €")]


def test_an_amount_of_nothing_is_refused_by_the_factor_that_is_nothing(made_up: Maker) -> None:
    count = '\nchildren = count("is_here", over="guardian", lv="Bērni", en="Children")\n'
    law = made_up(count + right_text("return children * chapter_euro", "children: int, chapter_euro: Cents"), EURO)
    assert why(law, PERSON) == [("Children", "at least 1", "0")]


def test_a_value_nobody_knows_is_a_question_and_no_refusal(made_up: Maker) -> None:
    law = made_up(when("wage < chapter_limit", "wage: Cents, chapter_limit: Cents"), EURO + unknown("limit"))
    assert refused(law, CLERK) == []


# ------------------------------------------------------------------------------------------- the law of Latvia


def test_the_childrens_own_reasons_are_told_to_the_payee() -> None:
    family = """{persons: {anna: {born: 1985-05-04, sex: f}, liene: {born: 2005-06-11, sex: f, parents: [anna]},
                 oto: {born: 2025-12-11, sex: m, parents: [anna]}}}"""
    (found,) = [one for one in refused(latvia(), family) if one.code == "family_state_benefit"]
    assert found.who == "anna"
    (reason,) = found.because
    assert {one.of for way in reason.instead_of for one in way} == {"liene", "oto"}
    ((young,),) = [way for way in reason.instead_of if way[0].of == "oto"]
    assert (young.condition, young.needed, young.found) == (
        "Age in whole years on the 1st", "at least 1 year (age from which the family state benefit is paid)", "0 years",
    )  # fmt: skip


def test_a_month_of_death_is_no_month_of_living() -> None:
    dead = """{persons: {a: {born: 1990-01-01, sex: f, disability_group: 2, died: 2026-02-03},
               b: {born: 1990-01-01, sex: m, partner: a}}}"""
    assert why(latvia(), dead, "state_social_security_benefit") == [(
        "date of death or month of death",
        "at least one of: date of death: not stated; month of death: after February 2026",
        "date of death: 3 February 2026; month of death: February 2026",
    )]  # fmt: skip
    living = refused(latvia(), dead.replace("2026-02-03", "2026-03-03"))
    assert ("state_social_security_benefit", "a") not in [(one.code, one.who) for one in living]


def test_a_code_that_nobody_can_be_paid_names_who_is_missing() -> None:
    assert why(latvia(), PERSON, "guardian_child_benefit", "household") == [
        ("guardian", "a member of the household", "nobody")
    ]
    assert why(latvia(), PERSON, "guardian_child_benefit", "household", "lv") == [
        ("aizbildnis", "kāds mājsaimniecības loceklis", "neviens"),
    ]  # fmt: skip
    assert why(latvia(), PERSON, "foster_child_maintenance", "household") == [
        ("foster parents", "a member of the household", "nobody")
    ]


def test_a_limit_on_income_is_told_with_both_amounts() -> None:
    rich = '{persons: {a: {born: 1990-01-01, sex: f, wage_net_eur_month: "3000.00"}}}'
    reasons = why(latvia(), rich, "gmi_benefit", "household")
    assert ("Household income", "at most 425.00 € (Needy threshold of the household)", "3000.00 €") in reasons

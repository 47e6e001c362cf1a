"""Declared case types: what the law reads is told or asked, each right has one type, and mistakes are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from balsts.cases.types.checks import complaints, inputs_of, open_questions
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type, case_types
from balsts.exchange.texts import Text
from balsts.law.latvia import latvia


def without(kind: str, code: str) -> dict[str, CaseType]:
    """All types, one of them without its facts or pages."""
    return case_types() | {code: replace(case_type(code), **{kind: ()})}


def test_what_the_law_reads_of_every_case_type_is_told_asked_or_explained() -> None:
    assert complaints() == []
    assert len(case_types()) >= 20


def test_a_fact_that_nobody_supplies_is_found() -> None:
    found = complaints(without("facts", "childbirth"))
    assert "childbirth: the law reads resident_status; no register tells it" in " ".join(found)


def test_a_form_that_does_not_ask_is_found() -> None:
    found = complaints(without("pages", "celiac"))
    assert any("has_celiac_certificate" in one for one in found)


def test_a_right_of_two_case_types_and_of_none_is_found() -> None:
    types = dict(case_types())
    del types["transport"]
    types["celiac"] = replace(types["celiac"], rights=("celiac_support", "childbirth_benefit"))
    found = " ".join(complaints(types))
    assert "transport_benefit belongs to no case type" in found
    assert "childbirth_benefit belongs to several case types: celiac, childbirth" in found


def test_a_right_that_is_over_and_a_payer_who_does_not_decide_are_found() -> None:
    wrong = replace(case_type("crisis"), rights=("ukraine_work_start_grant",))
    found = " ".join(complaints(case_types() | {"crisis": wrong}))
    assert "ukraine_work_start_grant is in force in none" in found
    assert "is paid by the state, and a social service decides" in found


@pytest.mark.parametrize("text", [Text("vienādi", "vienādi"), Text("", "only English")])
def test_a_text_in_one_language_is_found(text: Text) -> None:
    found = complaints(case_types() | {"crisis": replace(case_type("crisis"), says=text)})
    assert any("not in both languages" in one for one in found)


def test_a_condition_on_a_later_question_is_found() -> None:
    form = case_type("crisis")
    first = form.pages[0]
    late = replace(first.questions[0], only_if=("crisis", ("true",)))
    changed = replace(form, pages=(replace(first, questions=(late, *first.questions[1:])), *form.pages[1:]))
    assert any("no earlier page asks" in one for one in complaints(case_types() | {"crisis": changed}))


@pytest.mark.parametrize(("code", "count", "unit"), [
    ("family_state_benefit", 10, "working_days"), ("state_social_security", 22, "working_days"),
    ("survivor_social_security", 22, "working_days"), ("blind_assistant", 22, "working_days"),
    ("refugee", 10, "working_days"), ("childbirth", 1, "months"),
])  # fmt: skip
def test_terms_of_decision_are_those_of_the_fact_sheets(code: str, count: int, unit: str) -> None:
    term = case_type(code).terms["decide"]
    assert (term.count, term.unit) == (count, unit)


def test_only_types_whose_facts_registers_tell_decide_by_themselves() -> None:
    law = latvia()
    for one in case_types().values():
        if one.is_automatic:
            told = {fact.key for fact in one.facts if fact.registers}
            assert inputs_of(one, law) - told == set(), one.code
            # A doubtful fact is established by a person; where one is doubtful nothing decides by itself.
            assert {each.effect for each in one.discretions} == {"accept_fact"}


def test_what_the_acts_leave_open_can_be_listed() -> None:
    assert any(code == "crisis" and "apmērs katrā pašvaldībā" in one.lv for code, one in open_questions())

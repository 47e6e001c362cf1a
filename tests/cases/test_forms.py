"""Forms: what is asked of whom, what is read from what was typed, and answers that come back as they went."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.cases.answers import Answers, Shown
from balsts.cases.circle import Circle
from balsts.cases.forms import Field, NotAnAnswer, missing, prune, read, refused, sheets, take
from balsts.cases.types.declaration import Question
from balsts.cases.types.reading import case_type
from balsts.exchange.texts import Text
from balsts.law.engine.errors import DomainError

ANNA, LIENE, JANIS = (uuid.UUID(int=one) for one in (1, 2, 3))
CIRCLE = Circle(ANNA, JANIS, (LIENE,), (ANNA, JANIS, LIENE), uuid.UUID(int=9),
                {ANNA: "Anna", LIENE: "Liene", JANIS: "Jānis"}, frozenset({ANNA, LIENE}))  # fmt: skip
TEXT = Text("Kas?", "What?")


def field(kind: str, code: str = "x", *, required: bool = True, **more: object) -> Field:
    return Field(Question(code, kind, "case", TEXT, None, required, **more), "")  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "typed", "kept"), [
    ("money", "1 234,50 €", "1234.50"), ("money", "171", "171.00"), ("day", "4.5.1990.", "1990-05-04"),
    ("day", "2026-02-01", "2026-02-01"), ("month", "2026-02", "2026-02"), ("whole", " 12 ", "12"),
    ("yes_no", "true", "true"), ("account", "lv80 bank 0000 4351 9500 1", "LV80BANK0000435195001"),
    ("long_text", "viens\r\ndivi", "viens\ndivi"),
])  # fmt: skip
def test_answers_are_kept_in_one_way_however_they_are_typed(kind: str, typed: str, kept: str) -> None:
    assert read(field(kind), typed) == kept


@pytest.mark.parametrize(("kind", "typed"), [
    ("money", "-1"), ("money", "1,234"), ("money", "daudz"), ("day", "31.02.2026"), ("month", "2026-13"),
    ("whole", "-1"), ("whole", "1.5"), ("yes_no", "varbūt"), ("account", "LV80BANK0000435195002"), ("text", "a" * 201),
    ("choice", "kas cits"), ("money", ""),
])  # fmt: skip
def test_what_is_no_answer_is_told_in_both_languages(kind: str, typed: str) -> None:
    with pytest.raises(NotAnAnswer) as wrong:
        read(field(kind, choices=(("yes", TEXT),) if kind == "choice" else ()), typed)
    assert wrong.value.text.lv != wrong.value.text.en
    assert typed not in wrong.value.text.lv or not typed


def test_an_answer_that_may_be_left_out_is_left_out() -> None:
    assert read(field("money", required=False), "  ") is None


def test_a_question_about_each_member_is_asked_of_each_and_one_about_a_child_of_children() -> None:
    pages = {one.code: one for one in sheets(case_type("assistance"), CIRCLE, Answers())}
    assert [one.about for one in pages["savings"].fields] == [str(ANNA), str(JANIS), str(LIENE)]
    guardian = {one.code: one for one in sheets(case_type("guardian"), CIRCLE, Answers())}
    assert [one.about for one in guardian["payments"].fields] == [str(LIENE)]


def test_of_somebody_whose_data_may_not_be_seen_nothing_is_asked_that_a_register_tells() -> None:
    pages = sheets(case_type("assistance"), CIRCLE, Answers())
    assert {one.about for one in pages if one.code.startswith("means")} == {str(ANNA), str(LIENE)}


def test_a_question_is_asked_only_where_an_earlier_answer_asks_for_it() -> None:
    declared = case_type("crisis")
    later = replace(declared.pages[1], questions=(replace(declared.pages[1].questions[0],
                                                          only_if=("happened_on", ("2026-02-01",))),))  # fmt: skip
    form = replace(declared, pages=(declared.pages[0], later))
    answers = Answers()
    assert "crisis" not in {one.code for one in sheets(form, CIRCLE, answers)}
    answers.says("happened_on", "", "2026-02-01")
    assert "crisis" in {one.code for one in sheets(form, CIRCLE, answers)}
    answers.says("crisis", "", "true")
    answers.says("happened_on", "", "2026-03-01")
    prune(form, CIRCLE, answers)
    assert answers.value("crisis", "") is None


def test_what_is_known_is_confirmed_or_contradicted_and_both_sides_are_kept() -> None:
    declared, answers = case_type("assistance"), Answers()
    sheet = next(one for one in sheets(declared, CIRCLE, answers) if one.code == "means-1")
    wage, pension, other = sheet.fields
    known = {(one.question.code, one.about): Shown("420.00", "tax_authority", "2026-02-01") for one in sheet.fields}
    assert take(sheet, {}, answers, known).keys() == {wage.right_name, pension.right_name, other.right_name}
    typed = {wage.right_name: "true", pension.right_name: "false", pension.name: "500,00", other.right_name: "false"}
    assert take(sheet, typed, answers, known).keys() == {other.name}
    assert answers.is_confirmed("wage_net_eur_month", str(ANNA))
    shown = known["pension_eur_month", str(ANNA)]
    assert answers.contradictions() == [("pension_eur_month", str(ANNA), shown, "500.00")]
    open_fields = {one.name for _, one in missing(declared, CIRCLE, answers)}
    assert other.name in open_fields
    assert wage.name not in open_fields


def test_an_answer_that_no_form_could_have_given_is_found() -> None:
    savings = {str(ANNA): "100.00", str(uuid.uuid4()): "5.00"}
    answers = Answers(values={"savings_eur": savings, "is_admin": {"": "true"}})
    found = refused(case_type("assistance"), CIRCLE, answers)
    assert len(found) == 2
    assert "is_admin" in found


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
ABOUT = st.sampled_from(["", str(ANNA), str(LIENE)])
SHOWN = st.builds(Shown, TEXTS, TEXTS, TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple))


@given(st.lists(st.tuples(TEXTS, ABOUT, TEXTS, st.none() | SHOWN, st.booleans()), max_size=8))
def test_answers_come_back_from_json_as_they_went(said: list[tuple[str, str, str, Shown | None, bool]]) -> None:
    answers = Answers()
    for question, about, value, shown, confirms in said:
        if confirms and shown:
            answers.confirms(question, about, shown)
        else:
            answers.says(question, about, value, shown)
    assert Answers.from_json(json.loads(json.dumps(answers.as_json()))) == answers
    for question, about, *_ in said:
        answers.leave_out(question, about)
    assert answers == Answers()


NO_ANSWERS = [{"values": []}, {"values": {"x": 1}}, {"shown": {"x": {"": {}}}}, {"confirmed": 7}]


@pytest.mark.parametrize("content", NO_ANSWERS)
def test_what_are_no_answers_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(DomainError, match="not of the form"):
        Answers.from_json(content)


KINDS = ["money", "day", "month", "whole", "yes_no", "account", "text", "long_text"]


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_what_is_read_once_is_read_again_to_the_same(kind: str, typed: str) -> None:
    try:
        kept = read(field(kind, required=False), typed)
    except NotAnAnswer:
        return
    if kept is not None:
        assert read(field(kind), kept) == kept

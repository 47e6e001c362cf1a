"""Explanations: down to every fact and parameter, with formulas that give the result, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from inspect import signature
from typing import Any

import pytest

from balsts.law.engine.answer import Answer, entitle
from balsts.law.engine.checks.golden import golden_cases
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.explaining.explain import Explainer, unfolded, unverified_in
from balsts.law.engine.explaining.formula import Writer
from balsts.law.engine.explaining.words import title_of
from balsts.law.engine.household import read_household
from balsts.law.engine.source import body_of
from balsts.law.engine.text import parse
from balsts.law.latvia import latvia
from tests.command import Command
from tests.law.calculations import rounded, worked_out
from tests.law.test_entitle import EXAMPLE

Tree = dict[str, Any]
LAW = latvia()
CERTAINTIES = ("act", "seen", "derived", "unverified", "unknown")


def answered(text: str) -> Answer:
    facts, month = read_household(parse(text.encode(), "household"), LAW.catalogue, LAW.rights())
    return entitle(LAW, facts, month)


def trees(answer: Answer, code: str, lang: str = "en") -> list[Tree]:
    """The trees of a right that has one payee."""
    (right,) = [one for one in answer.rights if one.code == code]
    return Explainer(answer.results, lang).right(right)


def below(*roots: Tree) -> Iterator[Tree]:
    """Each tree below and including some, once."""
    waiting, seen = list(roots), set[int]()
    while waiting:
        tree = waiting.pop()
        if id(tree) not in seen:
            seen.add(id(tree))
            yield tree
            waiting += tree.get("from", ())


def of_rule(name: str, *roots: Tree) -> Tree:
    return next(tree for tree in below(*roots) if tree["rule"] == name)


# ------------------------------------------------------------------------------------------- what a tree holds


def test_the_gmi_benefit_is_told_down_to_the_wage() -> None:
    (tree,) = trees(answered(EXAMPLE), "gmi_benefit")
    assert (tree["rule"], tree["who"], tree["result"]) == ("gmi_benefit", "household", "87.00")
    assert (tree["act"], tree["article"]) == ("SPSPL", "33(2)")
    assert tree["calculation"] == "449.00 − 362.00"
    member = of_rule("member_income", tree)
    wage = next(one for one in member["inputs"] if one["name"] == "wage_net")
    assert wage == {"name": "wage_net", "title": "net wage", "value": "64.00", "unit": "€", "stated": True}
    pension = next(one for one in member["inputs"] if one["name"] == "pension")
    assert (pension["value"], pension["stated"]) == ("0.00", False)


def test_a_parameter_is_told_with_all_that_vouches_for_it() -> None:
    (tree,) = trees(answered(EXAMPLE), "childcare_benefit")
    parameters = {one["name"]: one for part in below(tree) for one in part["parameters"]}
    amount = parameters["childcare_benefit.amount"]
    assert (amount["value"], amount["valid_from"], amount["certainty"]) == ("298.00", "2026-01-01", "seen")
    assert amount["article"] == "VSPL 7"
    assert "S4" in amount["rests_on"]
    assert amount["reference"].startswith("VSPL amendments of the 2026 budget package")


@pytest.mark.parametrize(("code", "household"), [
    ("gmi_benefit", EXAMPLE),
    ("housing_benefit", EXAMPLE),
    ("childcare_benefit", EXAMPLE),
    ("state_social_security_benefit", "{on: 2026-02, persons: {a: {born: 1990-03-03, sex: m, disability_group: 2}}}"),
    ("transport_benefit", "{on: 2026-02, persons: {a: {born: 1990-03-03, sex: m, mobility_opinion_on: 2026-02-01}}}"),
    ("guardian_child_benefit",
     "{on: 2026-02, persons: {g: {born: 1970-01-01, sex: f}, c: {born: 2019-03-03, sex: m, guardian: g}}}"),
])  # fmt: skip
def test_every_branch_ends_in_facts_and_parameters(code: str, household: str) -> None:
    roots = trees(answered(household), code)
    parameters = [one for tree in below(*roots) for one in tree["parameters"]]
    inputs = [one for tree in below(*roots) for one in tree["inputs"]]
    assert parameters
    assert inputs
    for one in parameters:
        assert all(one[key] for key in ("name", "title", "value", "valid_from", "article", "reference", "certainty"))
        assert one["certainty"] in CERTAINTIES
    for one in inputs:
        assert one["title"]
        assert one["value"]
    for tree in below(*roots):
        assert {"rule", "title", "who", "result", "inputs", "parameters", "from"} <= tree.keys()
        assert tree["from"] or tree["inputs"] or tree["parameters"] or tree["result"] in ("0", "0.00", "no")


def test_each_child_behind_a_right_has_a_tree() -> None:
    brothers = """{on: 2026-02, persons: {a: {born: 1990-01-01, sex: f}, b: {born: 2025-10-10, sex: f, parents: [a]},
               c: {born: 2024-09-10, sex: m, parents: [a]}}}"""
    found = [(tree["who"], tree["result"]) for tree in trees(answered(brothers), "childcare_benefit")]
    assert found == [("b", "298.00"), ("c", "298.00")]


def test_what_was_told_is_only_named_again(command: Command) -> None:
    explanation = command.answer(EXAMPLE, "--explain", "--lang", "en")["rights"][0]["explanation"]
    again = [tree for tree in below(*explanation) if tree.get("told_above")]
    assert again
    assert all("from" not in tree and tree["result"] and tree["title"] for tree in again)
    told = [(tree["rule"], tree["who"]) for tree in below(*explanation) if not tree.get("told_above")]
    assert len(told) == len(set(told))


def test_each_right_of_an_answer_can_be_read_by_itself(command: Command) -> None:
    for right in command.answer(EXAMPLE, "--explain")["rights"]:
        assert not any(tree.get("told_above") for tree in right["explanation"])


# ------------------------------------------------------------------------------------------- certainty and questions


def test_values_that_are_not_verified_are_listed(command: Command) -> None:
    (right,) = [one for one in command.answer(EXAMPLE, "--explain=gmi_benefit", "--lang", "en")["rights"]
                if one["code"] == "gmi_benefit"]  # fmt: skip
    listed = {one["name"]: one for one in right["unverified"]}
    assert set(listed) == {"means_test.savings_first", "means_test.savings_other"}
    assert listed["means_test.savings_first"]["certainty"] == "unverified"
    assert listed["means_test.savings_first"]["question"].startswith("Is the savings limit of 2026 the needy threshold")
    out = command.entitle(EXAMPLE, "--explain=gmi_benefit").out
    assert "Izmantotas vērtības, kas nav pārbaudītas likuma tekstā:" in out
    assert "425,00 €, nepārbaudīts (ld-riga, D)." in out


def test_a_right_of_verified_values_lists_none() -> None:
    assert unverified_in(trees(answered(EXAMPLE), "childcare_benefit")) == []


def test_a_rule_with_an_open_question_asks_it() -> None:
    (tree,) = trees(answered(EXAMPLE), "gmi_benefit")
    assert any("Does income equal to the threshold" in question
               for part in below(tree) for question in part.get("open_questions", ()))  # fmt: skip


def test_an_undetermined_value_is_explained_by_its_question() -> None:
    answer = answered("{on: 2026-02, persons: {a: {born: 1999-03-03, sex: f, assistant_hours: 10}}}")
    value = answer.results.wiring.values["assistant_service_funding"]
    latvian = ("lv", "nav zināms", "Kāds ir finansējums par asistenta stundu no 2024. gada?")
    english = ("en", "not known", "What is the funding for an hour of an assistant from 2024?")
    for lang, result, question in (latvian, english):
        tree = Explainer(answer.results, lang).value(value, 0)
        assert tree["result"] == result
        assert question in [part.get("undetermined") for part in below(tree)]
        (unknown,) = [one for one in unverified_in([tree]) if one["certainty"] == "unknown"]
        assert unknown["name"] == "assistant.funding_per_hour"
        assert (unknown["value"], unknown["question"]) == (result, question)


def test_a_yes_or_no_of_the_law_is_a_word_of_the_language() -> None:
    answer = answered(EXAMPLE)
    for lang, expected in (("lv", "nē"), ("en", "no")):
        kits = [one for tree in below(*trees(answer, "food_kits", lang)) for one in tree["parameters"]]
        assert {one["value"] for one in kits if one["name"] == "kits.for_low_income"} == {expected}


# ------------------------------------------------------------------------------------------- sums


def test_amounts_are_written_as_the_language_does() -> None:
    answer = answered(EXAMPLE)
    (latvian,), (english,) = trees(answer, "gmi_benefit", "lv"), trees(answer, "gmi_benefit", "en")
    assert (latvian["calculation"], latvian["result"]) == ("449,00 − 362,00", "87,00")
    assert (english["calculation"], english["result"]) == ("449.00 − 362.00", "87.00")
    threshold = of_rule("needy_threshold", latvian)
    assert threshold["calculation"] == "425,00 + 298,00 × (3 − 1)"


def test_the_calculation_of_every_golden_case_gives_its_result() -> None:
    """Read by a parser that knows nothing of the engine, down to every rule behind every right."""
    checked = 0
    for case in golden_cases(LAW):
        answer = entitle(LAW, case.facts, case.month)
        explainer = Explainer(answer.results, "lv")
        for tree in below(*(tree for right in answer.rights for tree in explainer.right(right))):
            if "calculation" in tree and tree["result"] != "nav zināms":
                found = worked_out(tree["calculation"])
                if "rounding" in tree:
                    found = rounded(found, tree["rounding"])
                assert found == worked_out(tree["result"]), (case.name, tree["title"], tree["calculation"])
                checked += 1
    assert checked > 10_000


def test_a_difference_of_sums_keeps_its_brackets() -> None:
    version = next(iter(LAW.rules.values()))[0]
    writer = Writer(version, "en", lambda name, unit: name)
    for text in ("a - (b + c)", "a - (b - c)", "a - b - c", "a + b - c", "(a + b) * c", "a - b * c", "-(a + b)",
                 "a // (b // c)", "(a or b) and c", "a or b and c", "not (a and b)", "not a and b"):  # fmt: skip
        words = writer.text(ast.parse(text, mode="eval").body)
        for symbol, python in ((" − ", " - "), ("−", "-"), (" × ", " * "), (" ÷ ", " // "), ("not: ", "not ")):
            words = words.replace(symbol, python)
        assert words == text


def test_yes_no_and_conditional_expressions_are_words() -> None:
    version = next(iter(LAW.rules.values()))[0]
    written = Writer(version, "lv", lambda name, unit: name).text(ast.parse("a if b else True", mode="eval").body)
    assert written == "a, ja b, citādi jā"


def test_the_value_of_a_calculation_is_read_rightly() -> None:
    assert worked_out("449,00 − 362,00") == 87
    assert worked_out("152,60 × 30 %") == Fraction("45.78")
    assert worked_out("mazākais no (392,70 + 300,00 − 500,00; 300,00)") == Fraction("192.70")
    assert worked_out("jā un 0,00 ≤ 905,00 un nav: nē") is True
    assert worked_out("augstākā pilna laika studijās = augstākā pilna laika studijās") is True
    assert worked_out("2025. gada decembris + 1") == worked_out("2026. gada janvāris")
    assert worked_out("31.12.2025. < 01.01.2026.") is True


# ------------------------------------------------------------------------------------------- words


def expressions(statements: list[ast.stmt], local: set[str]) -> Iterator[ast.expr]:
    """Every condition, assigned value and result in the body of a rule; names assigned on the way go to `local`."""
    for statement in statements:
        if isinstance(statement, ast.If):
            yield statement.test
            yield from expressions([*statement.body, *statement.orelse], local)
        elif isinstance(statement, ast.Assign):
            assert isinstance(statement.targets[0], ast.Name)
            local.add(statement.targets[0].id)
            yield statement.value
        else:
            assert isinstance(statement, ast.Return)
            assert statement.value is not None
            yield statement.value


def every_version() -> Iterator[RuleVersion]:
    for versions in LAW.rules.values():
        yield from versions


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_every_formula_of_the_law_is_written_without_a_name_of_the_code(lang: str) -> None:
    for version in every_version():
        local: set[str] = set()
        for node in expressions(list(body_of(version.function)), local):
            text = Writer(version, lang, lambda name, unit: title_of(LAW, name, lang)).text(node)
            assert text
            assert "_" not in text, (version.name, text)
        for name in set(signature(version.function).parameters) - local:
            title = title_of(LAW, name, lang)
            assert title
            assert lang == "en" or title != name.replace("_", " "), f"{name} in {version.name} has no Latvian title"


def test_every_title_of_the_law_is_in_both_languages() -> None:
    titles = [(version.name, version.lv, version.en) for version in every_version()]
    titles += [(name, one.lv, one.en) for name, one in LAW.gathered.items()]
    titles += [(name, one.lv, one.en) for name, one in LAW.parameters.items()]
    titles += [(one.name, one.lv, one.en) for one in LAW.catalogue.inputs]
    for name, latvian, english in titles:
        assert latvian, name
        assert english, name
        assert "_" not in latvian + english, name
    payees = {version.right.payee for version in every_version() if version.right and version.right.payee}
    assert payees
    for payee in payees:
        assert title_of(LAW, payee, "lv") != payee.replace("_", " ")


def test_what_a_golden_case_is_told_has_no_name_of_the_code() -> None:
    for case in list(golden_cases(LAW))[::5]:
        answer = entitle(LAW, case.facts, case.month)
        for lang in ("lv", "en"):
            explainer = Explainer(answer.results, lang)
            for tree in below(*(tree for right in answer.rights for tree in explainer.right(right))):
                told = [tree["title"], tree["result"], tree.get("formula", ""), tree.get("calculation", "")]
                told += [one[key] for one in (*tree["inputs"], *tree["parameters"]) for key in ("title", "value")]
                told += tree.get("because", [])
                assert not any(re.search(r"[a-z]_[a-z]|\bTrue\b|\bFalse\b", text) for text in told), told


def test_unfolding_leaves_the_trees_as_they_were() -> None:
    roots = trees(answered(EXAMPLE), "gmi_benefit")
    before = sum(1 for _ in below(*roots))
    unfolded(roots)
    assert sum(1 for _ in below(*roots)) == before
    assert not any("told_above" in tree for tree in below(*roots))

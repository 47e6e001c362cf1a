"""`balsts law`: lists, one rule, inputs, questions and lint, for people within 100 columns and for programs as JSON."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

import pytest

from balsts.law.commands import add_commands
from balsts.law.engine.errors import InputError
from balsts.law.engine.law import Law
from balsts.law.tables import WIDTH, paragraph, table
from tests.law.small_country import small_country
from tests.law.tiny_law import AMOUNT, tiny_law

Ask = Callable[..., tuple[int, str]]
COLD_SECONDS = 0.5


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask `balsts law …` of the law of Latvia, or of another one."""

    def asked(*arguments: str, law: Law | None = None) -> tuple[int, str]:
        parser = argparse.ArgumentParser(prog="balsts")
        add_commands(parser.add_subparsers())
        parsed = parser.parse_args(["law", *arguments])
        if law is not None:
            parsed.law = lambda: law
        code = parsed.handler(parsed)
        return code, capsys.readouterr().out

    return asked


def data(answer: tuple[int, str]) -> Any:
    code, text = answer
    assert code == 0
    return json.loads(text)


# ------------------------------------------------------------------------------------------- list


def test_the_list_says_what_each_right_is(ask: Ask) -> None:
    listed = {one["code"]: one for one in data(ask("list", "--json"))}
    assert listed["childcare_benefit"] == {
        "code": "childcare_benefit", "kind": "right", "entity": "person", "payer": "state", "per": "month",
        "paid": "arrears", "unit": "money", "counted": True, "payee": "family_payee", "act": "VSPL", "article": "7",
        "name": {"lv": "Bērna kopšanas pabalsts", "en": "Childcare benefit"}, "folder": "childcare_benefit",
        "since": "2020-01-01", "until": None,
    }  # fmt: skip
    assert listed["needy_household"]["kind"] == "status"
    assert listed["energy_benefit"]["until"] == "2023-06-01"


def test_the_list_of_a_month_holds_what_is_in_force_then(ask: Ask) -> None:
    then = {one["code"] for one in data(ask("list", "--on", "2022-12", "--json"))}
    now = {one["code"] for one in data(ask("list", "--on", "2026-02", "--json"))}
    assert "energy_benefit" in then
    assert "energy_benefit" not in now


def test_the_list_is_latvian_unless_english_is_asked_for(ask: Ask) -> None:
    _, latvian = ask("list")
    _, english = ask("list", "--lang", "en")
    assert "Bērna kopšanas pabalsts (VSPL 7)" in latvian
    assert "Childcare benefit (VSPL 7)" in english
    assert "mājsaimniecība" in latvian
    assert "municipality" in english


# ------------------------------------------------------------------------------------------- show


def test_a_rule_is_shown_with_everything_around_it(ask: Ask) -> None:
    shown = data(ask("show", "family_grant", "--json", law=small_country()))
    assert shown["kind"] == "right"
    assert [(one["name"], one["role"]) for one in shown["needs"]] == [
        ("children_paid", "gathered"), ("family_grant_per_child", "parameter"), ("family_payee", "input"),
        ("is_grant_child", "rule"),
    ]  # fmt: skip
    assert shown["versions"][0]["formula"] == (
        "def family_grant(children_paid: int, family_grant_per_child: MoneyTable) -> Cents:\n"
        "    return children_paid * family_grant_per_child.at(children_paid)"
    )
    per_child = next(one for one in shown["parameters"] if one["name"] == "family_grant.per_child")
    assert [value["since"] for value in per_child["values"]] == ["2020-01-01", "2022-03-01"]
    assert per_child["values"][1]["enacted"] == "2022-04-20"
    assert [one["expects"] for one in shown["golden"]] == ["45.00", "12.00"]


def test_a_rule_is_shown_as_of_one_month(ask: Ask) -> None:
    early = data(ask("show", "is_grant_child", "--on", "2021-12", "--json", law=small_country()))
    late = data(ask("show", "is_grant_child", "--on", "2022-01", "--json", law=small_country()))
    assert [one["since"] for one in early["versions"]] == ["2019-01-01"]
    assert [one["since"] for one in late["versions"]] == ["2022-01-01"]
    assert "school" not in {one["name"] for one in early["needs"]}
    assert "school" in {one["name"] for one in late["needs"]}


def test_who_needs_a_rule_is_shown(ask: Ask) -> None:
    assert data(ask("show", "is_grant_child", "--json", law=small_country()))["needed_by"] == [
        "children_paid", "family_grant", "first_grant", "has_child", "ward_grant", "was_grant_child",
    ]  # fmt: skip


def test_a_gathered_value_and_a_parameter_are_shown_too(ask: Ask) -> None:
    assert data(ask("show", "children_paid", "--json", law=small_country()))["kind"] == "gathered"
    ward = data(ask("show", "family_grant.ward", "--json", law=small_country()))
    assert ward["kind"] == "parameter"
    assert ward["needed_by"] == ["ward_grant"]
    assert [value["certainty"] for value in ward["parameters"][0]["values"]] == ["act", "unknown", "act"]
    _, text = ask("show", "family_grant.ward", "--lang", "en", law=small_country())
    assert "? What is the amount in 2023?" in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("show", "childcare_benefits"), "Nearest known name: childcare_benefit."),
        (("show", "childcare_benefit.amounts"), "Nearest known name: childcare_benefit.amount."),
        (("show", "housing_benefit", "--on", "2021-06"), "housing_benefit has no wording in force on 2021-06-01"),
        (("list", "--on", "2019-12"), "the law is held from 2020-01 on"),
        (("list", "--on", "2026"), "--on: expected a month such as 2026-02, found 2026"),
    ],
)
def test_a_wrong_question_is_told_what_was_expected(ask: Ask, arguments: tuple[str, ...], expected: str) -> None:
    with pytest.raises(InputError) as error:
        ask(*arguments)
    assert expected in str(error.value)


# ------------------------------------------------------------------------------------------- inputs and questions


def test_the_inputs_say_type_default_bounds_and_who_reads_them(ask: Ask) -> None:
    found = data(ask("inputs", "--json"))
    inputs = {one["key"]: one for one in found["inputs"]}
    assert inputs["wage_net_eur_month"]["arguments"] == ["wage_net"]
    assert inputs["wage_net_eur_month"]["columns"] == ["wage_net_cents"]
    assert inputs["wage_net_eur_month"]["default"] == "0.00"
    assert inputs["wage_net_eur_month"]["at_most"] == "10000000.00"
    assert "member_income" in inputs["wage_net_eur_month"]["used_by"]
    assert inputs["parents"]["columns"] == ["parent_1_id", "parent_2_id"]
    assert inputs["parents"]["used_for"] == "families"
    assert inputs["has_needy_property"]["default"] is True
    assert inputs["born"]["required"] is True
    assert inputs["education"]["choices"][0] == "none"
    assert inputs["notional_capital_eur"]["used_by"] == []
    assert "family_payee" in {one["argument"] for one in found["worked_out"]}
    assert found["start_on_application"] == ["ukraine_work_start_grant"]


def test_the_questions_begin_with_what_nobody_knows(ask: Ask) -> None:
    found = data(ask("questions", "--json", law=small_country()))
    assert [(one["folder"], one["sort"], one["name"], one["since"]) for one in found] == [
        ("family_grant", "unknown", "family_grant.ward", "2023-01-01")
    ]
    sorts = ["unknown", "unverified", "derived", "rule"]
    every = data(ask("questions", "--json"))
    assert {one["sort"] for one in every} == set(sorts)
    for folder in {one["folder"] for one in every}:
        numbers = [sorts.index(one["sort"]) for one in every if one["folder"] == folder]
        assert numbers == sorted(numbers)
    first_certain = next(n for n, one in enumerate(every) if not has_unknown(every, one["folder"]))
    assert all(not has_unknown(every, one["folder"]) for one in every[first_certain:])


def has_unknown(found: list[Any], folder: str) -> bool:
    return any(one["folder"] == folder and one["sort"] == "unknown" for one in found)


def test_a_law_without_questions_says_so(ask: Ask, tmp_path: Path) -> None:
    assert ask("questions", "--lang", "en", law=tiny_law(tmp_path)) == (0, "No open questions.\n")


# ------------------------------------------------------------------------------------------- lint


def test_lint_of_a_clean_law_is_done(ask: Ask, tmp_path: Path) -> None:
    code, text = ask("lint", law=tiny_law(tmp_path))
    assert (code, text) == (0, "2 rules (2 wordings), 1 parameters, 1 days of change: nothing found\n")


def test_lint_with_findings_fails(ask: Ask, tmp_path: Path) -> None:
    law = tiny_law(tmp_path, parameters=AMOUNT.replace("unit: EUR", "unit: share"))
    code, text = ask("lint", law=law)
    assert code == 1
    assert "tiny/parameters.yaml, line 3, amount: tiny.amount is a money of money in share" in text
    assert text.endswith("1 finding\n")
    code, text = ask("lint", "--json", law=law)
    assert code == 1
    assert [(one["kind"], one["line"]) for one in json.loads(text)] == [("units", 3)]


# ------------------------------------------------------------------------------------------- for all


@pytest.mark.parametrize("lang", ["lv", "en"])
@pytest.mark.parametrize("what", [("list",), ("inputs",), ("questions",), ("show", "housing_benefit"),
                                  ("show", "has_reached_pension_age")])  # fmt: skip
def test_text_stays_within_its_columns(ask: Ask, what: tuple[str, ...], lang: str) -> None:
    _, text = ask(*what, "--lang", lang)
    longest = max(text.splitlines(), key=len)
    is_formula = longest.lstrip().startswith(("def ", "return ", "if ", "and ", "or "))
    assert len(longest) <= WIDTH or is_formula, longest


@pytest.mark.parametrize("part", ["lint", "list", "show", "inputs", "questions", "pages"])
def test_every_part_helps_with_an_example(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser(prog="balsts")
    add_commands(parser.add_subparsers())
    with pytest.raises(SystemExit) as end:
        parser.parse_args(["law", part, "--help"])
    assert end.value.code == 0
    assert f"example: balsts law {part}" in capsys.readouterr().out


def test_a_list_starts_without_the_compiled_path() -> None:
    """By the processor's time, as the machine may be shared: the least of three. No array library is loaded."""
    program = (
        "import sys\nfrom balsts.cli import main\ncode = main(['law', 'list'])\n"
        "heavy = {'numpy', 'numba', 'pyarrow'} & set(sys.modules)\nassert not heavy, heavy\nsys.exit(code)"
    )
    took = []
    for _ in range(3):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < COLD_SECONDS


def test_a_table_wraps_its_last_column() -> None:
    assert table([["a", "word " * 30], ["long name", "x"]])[1].startswith(" " * 13 + "word")
    assert all(len(line) <= WIDTH for line in table([["a" * 40, "word " * 60]]))
    assert table([]) == []
    assert paragraph("word " * 40, indent=2, hang=4)[1].startswith(" " * 6 + "word")

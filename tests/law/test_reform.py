"""Reforms: values and rules put in place of the law's own for as long as they are asked for, and mistakes in them."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from balsts.law.engine.answer import entitle
from balsts.law.engine.errors import DomainError
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law, load_law
from balsts.law.engine.parameters import DatedValue
from balsts.law.engine.quantities import month_from
from balsts.law.engine.reform import with_reforms
from balsts.law.engine.text import parse
from balsts.law.latvia import CATALOGUE, latvia
from tests.command import Command

CHILD = "{persons: {a: {born: 1990-01-01, sex: f}, c: {born: 2026-06-10, sex: m, parents: [a]}}}"
FAMILY = """{persons: {a: {born: 1990-01-01, sex: f}, b: {born: 2015-06-10, sex: m, parents: [a]},
             c: {born: 2016-06-10, sex: m, parents: [a]}}}"""
RAISED = 'name: Raised\nparameters:\n  childcare_benefit.amount: {from: 2027-01-01, value: "340.00", reference: idea}\n'
RULES = '''"""A flat benefit for each child."""

from __future__ import annotations

from balsts.law.engine.declare import right
from balsts.law.engine.vocabulary import Cents


@right(act="IDEA", article="1", lv="Pabalsts katram bērnam", en="Benefit for each child", since="2027-01-01",
       payer="state", per="month", counted=False, payee="family_payee")
def childcare_benefit(is_minor: bool, childcare_benefit_amount: Cents) -> Cents:
    """The same for every child."""
    if not is_minor:
        return Cents(0)
    return childcare_benefit_amount
'''


def reform(folder: Path, text: str, name: str = "reform.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def amount(law: Law, household: str, month: str, code: str) -> int:
    on = month_from(month)
    facts, _ = read_household(parse(household.encode(), "household"), law.catalogue, law.rights(), on)
    return entitle(law, facts, on).amount(code)


def childcare(law: Law, month: str) -> int:
    return amount(law, CHILD, month, "childcare_benefit")


# ------------------------------------------------------------------------------------------- values


def test_a_value_holds_from_its_day_on(tmp_path: Path) -> None:
    law = with_reforms(latvia(), [reform(tmp_path, RAISED)])
    assert [childcare(law, month) for month in ("2026-12", "2027-01", "2027-06")] == [29800, 34000, 34000]


def test_a_value_that_ends_gives_way_to_the_law(tmp_path: Path) -> None:
    text = RAISED.replace("from: 2027-01-01,", "from: 2027-01-01, until: 2027-03-01,")
    law = with_reforms(latvia(), [reform(tmp_path, text)])
    assert [childcare(law, month) for month in ("2026-12", "2027-01", "2027-02", "2027-03")] == [
        29800, 34000, 34000, 29800,
    ]  # fmt: skip


def test_values_of_a_list_hold_one_after_the_other(tmp_path: Path) -> None:
    text = """parameters:
      childcare_benefit.amount:
      - {from: 2026-08-01, value: "310.00", reference: idea}
      - {from: 2027-02-01, until: 2027-04-01, value: "330.00", reference: idea}
    """
    law = with_reforms(latvia(), [reform(tmp_path, text)])
    months = ["2026-07", "2026-08", "2027-01", "2027-02", "2027-03", "2027-04"]
    assert [childcare(law, month) for month in months] == [29800, 31000, 31000, 33000, 33000, 31000]


def test_a_value_before_changes_of_the_law_itself_replaces_them_until_told_otherwise(tmp_path: Path) -> None:
    text = 'parameters: {childcare_benefit.amount: {from: 2025-01-01, value: "200.00", reference: idea}}'
    household = CHILD.replace("2026-06-10", "2025-06-10")
    law = with_reforms(latvia(), [reform(tmp_path, text)])
    assert [amount(law, household, month, "childcare_benefit") for month in ("2025-12", "2026-01")] == [20000, 20000]
    closed = with_reforms(latvia(), [reform(tmp_path, text.replace("01-01,", "01-01, until: 2025-09-01,"))])
    assert [amount(closed, household, month, "childcare_benefit") for month in ("2025-08", "2025-12", "2026-01")] == [
        20000, 17100, 29800,
    ]  # fmt: skip


def test_a_table_is_replaced_as_a_whole(tmp_path: Path) -> None:
    law = latvia()
    text = "parameters: {family_state_benefit.per_child: {from: 2027-01-01, reference: idea, value: TABLE}}"
    changed = with_reforms(law, [reform(tmp_path, text.replace("TABLE", '{1: "30.00", 2: "60.00"}'))])
    assert amount(law, FAMILY, "2027-01", "family_state_benefit") == 2 * 5000
    assert amount(changed, FAMILY, "2027-01", "family_state_benefit") == 2 * 6000


def test_a_value_nobody_knows_can_be_assumed(tmp_path: Path) -> None:
    household = "{persons: {a: {born: 1999-03-03, sex: f, assistant_hours: 10}}}"
    text = 'parameters: {assistant.funding_per_hour: {from: 2024-01-01, value: "6.00", reference: assumed}}'
    law, on = with_reforms(latvia(), [reform(tmp_path, text)]), month_from("2026-02")
    facts, _ = read_household(parse(household.encode(), "household"), law.catalogue, law.rights(), on)
    assert "assistant_service_funding" in {one.code for one in entitle(latvia(), facts, on).undetermined}
    answer = entitle(law, facts, on)
    assert answer.amount("assistant_service_funding") == 6000
    assert "assistant_service_funding" not in {one.code for one in answer.undetermined}


def test_a_known_value_can_be_made_unknown(tmp_path: Path) -> None:
    text = """parameters: {childcare_benefit.amount: {from: 2027-01-01, value: unknown, certainty: unknown,
              question: {lv: Cik?, en: How much?}, reference: idea}}"""
    law, on = with_reforms(latvia(), [reform(tmp_path, text)]), month_from("2027-01")
    facts, _ = read_household(parse(CHILD.encode(), "household"), law.catalogue, law.rights(), on)
    questions = {one.code: one.unknown.question_en for one in entitle(law, facts, on).undetermined}
    assert questions["childcare_benefit"] == "How much?"


# ------------------------------------------------------------------------------------------- the law itself


def test_reforms_are_applied_in_order_as_one(tmp_path: Path) -> None:
    first = reform(tmp_path, RAISED, "first.yaml")
    second = reform(tmp_path, RAISED.replace("340.00", "350.00").replace("2027-01", "2027-02"), "second.yaml")
    both = with_reforms(latvia(), [first, second])
    assert [childcare(both, month) for month in ("2027-01", "2027-02")] == [34000, 35000]
    turned = with_reforms(latvia(), [second, first])
    assert [childcare(turned, month) for month in ("2027-01", "2027-02")] == [34000, 34000]


def test_a_reform_never_changes_the_law_itself(tmp_path: Path) -> None:
    law = latvia()
    before = {name: tuple(vars(value) for value in one.values) for name, one in law.parameters.items()}
    rules = {name: tuple(map(id, versions)) for name, versions in law.rules.items()}
    text = RAISED + "rules: reform.py\n"
    (tmp_path / "reform.py").write_text(RULES)
    reformed = with_reforms(law, [reform(tmp_path, text)])
    assert childcare(reformed, "2027-01") == 34000
    assert childcare(law, "2027-01") == 29800
    assert latvia() is law
    assert {name: tuple(vars(value) for value in one.values) for name, one in law.parameters.items()} == before
    assert {name: tuple(map(id, versions)) for name, versions in law.rules.items()} == rules
    assert law.amendments == ()
    assert reformed.amendments == ("Raised",)


def test_a_reform_without_a_name_is_called_as_its_file(tmp_path: Path) -> None:
    law = with_reforms(latvia(), [reform(tmp_path, RAISED.replace("name: Raised\n", ""), "more_for_children.yaml")])
    assert law.amendments == ("more_for_children",)


def test_a_reform_gives_what_editing_the_law_would_give(tmp_path: Path) -> None:
    """The law of Latvia is copied, one amount in its file rewritten, and loaded as another law."""
    copied = tmp_path / "edited_latvia"
    shutil.copytree(latvia().root, copied, ignore=shutil.ignore_patterns("__pycache__"))
    path = copied / "vspl" / "childcare_benefit" / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    edited = text.replace('value: "298.00"', 'value: "340.00"')
    assert edited.count("340.00") == 1
    path.write_text(edited, encoding="utf-8")
    sys.path.insert(0, str(tmp_path))
    try:
        law = load_law(importlib.import_module("edited_latvia"), code="lv", catalogue=CATALOGUE,
                       presence=latvia().presence, first_day=date(2020, 1, 1))  # fmt: skip
    finally:
        sys.path.remove(str(tmp_path))
    reformed = with_reforms(latvia(), [reform(tmp_path, RAISED.replace("2027", "2026"))])

    def values(one: Law) -> dict[str, list[tuple[date, object]]]:
        return {name: [(dated.since, said(dated)) for dated in parameter.values]
                for name, parameter in one.parameters.items()}  # fmt: skip

    def said(dated: DatedValue) -> object:
        return dated.written

    assert values(law) == values(reformed)
    assert values(law) != values(latvia())
    for month in ("2025-12", "2026-01", "2026-08", "2027-01"):
        for household in (CHILD.replace("2026-06-10", "2025-06-10"), FAMILY):
            for code in latvia().rights():
                assert amount(law, household, month, code) == amount(reformed, household, month, code)


# ------------------------------------------------------------------------------------------- rules


def test_a_rule_is_replaced_from_its_day_on(tmp_path: Path) -> None:
    (tmp_path / "reform.py").write_text(RULES)
    law = with_reforms(latvia(), [reform(tmp_path, "rules: reform.py\n")])
    assert amount(law, FAMILY, "2026-12", "childcare_benefit") == 0
    assert amount(law, FAMILY, "2027-01", "childcare_benefit") == 2 * 29800


def test_a_new_right_stands_beside_those_of_the_law(tmp_path: Path) -> None:
    (tmp_path / "reform.py").write_text(RULES.replace("def childcare_benefit(", "def child_bonus("))
    law = with_reforms(latvia(), [reform(tmp_path, "rules: reform.py\n")])
    assert "child_bonus" in law.rights()
    assert "child_bonus" not in latvia().rights()
    assert amount(law, FAMILY, "2027-01", "child_bonus") == 2 * 29800


def test_rules_and_values_of_one_reform_go_together(tmp_path: Path) -> None:
    (tmp_path / "reform.py").write_text(RULES)
    law = with_reforms(latvia(), [reform(tmp_path, RAISED + "rules: reform.py\n")])
    assert amount(law, FAMILY, "2027-01", "childcare_benefit") == 2 * 34000


def test_a_file_of_rules_that_was_edited_is_read_anew(tmp_path: Path) -> None:
    path = reform(tmp_path, "rules: reform.py\n")
    for minor, expected in (("is_minor", 2), ("is_adult", 1)):
        (tmp_path / "reform.py").write_text(RULES.replace("is_minor", minor))
        law = with_reforms(latvia(), [path])
        # an adult has nobody who is paid for a child, so the mother has nothing
        assert amount(law, FAMILY, "2027-01", "childcare_benefit") == (expected * 29800 if minor == "is_minor" else 0)


# ------------------------------------------------------------------------------------------- mistakes

MISTAKES = [
    ("an unknown parameter", 'parameters: {childcare_benefit.amont: {from: 2027-01-01, value: "1.00", reference: x}}',
     "childcare_benefit.amont is not a parameter of the law. Nearest known name: childcare_benefit.amount."),
    ("the name of the argument",
     'parameters: {childcare_benefit_amount: {from: 2027-01-01, value: "1.00", reference: x}}',
     "childcare_benefit_amount is not a parameter of the law. Nearest known name: childcare_benefit.amount."),
    ("an unknown field", "parameter: {}", "parameter is not a field of a reform. Nearest known name: parameters."),
    ("an unknown field of a change",
     'parameters: {childcare_benefit.amount: {form: 2027-01-01, value: "1.00", reference: x}}',
     "form is not a field of a change. Nearest known name: from."),
    ("no day", 'parameters: {childcare_benefit.amount: {value: "1.00", reference: x}}', "has no from"),
    ("no reference", 'parameters: {childcare_benefit.amount: {from: 2027-01-01, value: "1.00"}}', "has no reference"),
    ("no value", "parameters: {childcare_benefit.amount: {from: 2027-01-01, reference: x}}", "has no value"),
    ("a day that is none", 'parameters: {childcare_benefit.amount: {from: 2027-02-30, value: "1.00", reference: x}}',
     "2027-02-30"),
    ("an end that is none",
     'parameters: {childcare_benefit.amount: {from: 2027-01-01, until: x, value: "1.00", reference: x}}', "found x"),
    ("an end before its start",
     'parameters: {childcare_benefit.amount: {from: 2027-01-01, until: 2027-01-01, value: "1.00", reference: x}}',
     "until must lie after from"),
    ("an amount that is none", "parameters: {childcare_benefit.amount: {from: 2027-01-01, value: much, reference: x}}",
     "much"),
    ("half a cent",
     'parameters: {childcare_benefit.amount: {from: 2027-01-01, value: "1.005", reference: x}}', "1.005"),
    ("a table for an amount",
     'parameters: {childcare_benefit.amount: {from: 2027-01-01, value: {1: "1.00"}, reference: x}}', "mapping"),
    ("nothing", "name: Nothing", "changes nothing"),
    ("a list", "- 1", "expected a reform"),
    ("no file of rules", "rules: gone.py", "gone.py cannot be read: No such file or directory"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [one[1:] for one in MISTAKES], ids=[one[0] for one in MISTAKES])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    path = reform(tmp_path, f"# a reform\n{text}\n")
    with pytest.raises(DomainError) as caught:
        with_reforms(latvia(), [path])
    (message,) = caught.value.messages
    assert message.startswith(f"{path}, line 2")
    assert expected in message


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("def childcare", "def childcare benefit", "line 11: is not readable as Python"),
    ("import right", "import rigth", "cannot import name 'rigth'"),
    ("import Cents", "import os", "cannot be loaded"),
    ("if not is_minor:", "while not is_minor:", "reform.py"),
    ("return childcare_benefit_amount", "return childcare_benefit_amount / 2", "reform.py"),
    ("return childcare_benefit_amount", "return open('x')", "reform.py"),
], ids=["syntax", "import", "a module that is not there", "loop", "division", "call"])  # fmt: skip
def test_a_mistake_in_a_file_of_rules_is_told(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (tmp_path / "reform.py").write_text(RULES.replace(old, new))
    with pytest.raises(DomainError) as caught:
        with_reforms(latvia(), [reform(tmp_path, "rules: reform.py\n")])
    assert expected in caught.value.messages[0]
    assert "reform.py" in caught.value.messages[0]


def test_an_argument_the_law_does_not_know_is_told_when_it_is_asked(tmp_path: Path) -> None:
    (tmp_path / "reform.py").write_text(RULES.replace("is_minor", "is_minr"))
    law = with_reforms(latvia(), [reform(tmp_path, "rules: reform.py\n")])
    with pytest.raises(DomainError, match=r"is_minr.*Nearest known name: is_minor"):
        amount(law, FAMILY, "2027-01", "childcare_benefit")


# ------------------------------------------------------------------------------------------- through the command


def test_two_laws_are_compared_on_one_household(command: Command) -> None:
    path = command.file(RAISED, "reform.yaml")
    household = CHILD.replace("{persons", "{on: 2027-01, persons")

    def found(*options: str | Path) -> dict[str, str]:
        return {one["code"]: one.get("amount_eur") for one in command.answer(household, *options)["rights"]}

    law_a, law_b = found(), found("--reform", path)
    assert (law_a["childcare_benefit"], law_b["childcare_benefit"]) == ("298.00", "340.00")
    # 187 + 131 for two persons; the benefit counts as income
    assert (law_a["gmi_benefit"], law_b.get("gmi_benefit")) == ("20.00", None)
    assert law_a.keys() - law_b.keys() == {"gmi_benefit"}


def test_the_explanation_names_the_value_of_the_reform(command: Command) -> None:
    path = command.file(RAISED, "reform.yaml")
    answer = command.answer(CHILD, "--on", "2027-01", "--reform", path, "--explain=childcare_benefit")
    assert '"reference": "idea"' in json.dumps(answer)
    assert '"valid_from": "2027-01-01"' in json.dumps(answer)


def test_a_mistake_in_a_reform_ends_the_command_with_2(command: Command) -> None:
    path = command.file(RAISED.replace("amount", "amont"), "reform.yaml")
    message = command.refuses("entitle", command.file(CHILD), "--on", "2027-01", "--reform", path)
    assert message.startswith(f"balsts: {path}, line 3, parameters.childcare_benefit.amont")
    assert "Nearest known name: childcare_benefit.amount" in message

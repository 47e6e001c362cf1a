"""Laws made up for one test: a chapter of rules and parameters as text, over the inputs of the small country."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.law import Law, load_law
from balsts.law.engine.subset import Kind, kind_of
from tests.law.small_country import CATALOGUE

Maker = Callable[..., Law]
_NUMBERS = itertools.count()

HEAD = """from __future__ import annotations

from balsts.law.engine.declare import (
    CENT, EURO, any_of, count, counted_rights, down, earlier, half_up, largest, linked, right, rule, status, total,
)
from balsts.law.engine.vocabulary import (
    Cents, Day, Link, Month, MoneyScale, MoneySteps, MoneyTable, NumberSteps, NumberTable, Rate, RateSteps, RateTable,
    completed_months, completed_years, indexed, is_known, is_someone, month_of, months_from,
)
from tests.law.small_country import School, Sex

"""
_PRESENCE = """

@rule(act="A", article="1", lv="Ir", en="Is here", since="2019-01-01")
def is_here(born: Day, died: Day, month: Month) -> bool:
    return months_from(born, month) >= 0 and (not is_known(died) or month_of(died) > month)
"""
TERMS = 'act="A", article="1", lv="L", en="E", since="2020-01-01"'
RIGHT_TERMS = f'{TERMS}, payer="state", per="month", counted=False'


def maker(folder: Path) -> Maker:
    """A function that makes a law of one chapter, `chapter`, from the texts of its two files."""

    def law(rules: str = "", parameters: str = "", **more: str) -> Law:
        name = f"made_up_{next(_NUMBERS)}"
        root = folder / name
        chapters = {"persons": ("", ""), "chapter": (rules, parameters)} | {
            key: (text, "") for key, text in more.items()
        }
        for chapter, (rule_text, parameter_text) in chapters.items():
            place = root / chapter
            place.mkdir(parents=True)
            (place / "__init__.py").write_text("")
            presence = _PRESENCE if chapter == "persons" else ""
            (place / "rules.py").write_text(HEAD + presence + rule_text)
            if parameter_text:
                (place / "parameters.yaml").write_text(parameter_text)
        (root / "__init__.py").write_text("")
        sys.path.insert(0, str(folder))
        try:
            package = importlib.import_module(name)
            return load_law(package, code="made-up", catalogue=CATALOGUE, presence="is_here",
                            first_day=date(2020, 1, 1))  # fmt: skip
        finally:
            sys.path.remove(str(folder))

    return law


def parameter(name: str, value: str, type_: str = "money", since: str = "2020-01-01", more: str = "") -> str:
    """The text of a parameter with one value."""
    unit = {"money": "EUR", "rate": "share", "whole_number": "years", "flag": "flag"}.get(type_, "EUR")
    return (
        f"{name}:\n  name: {{lv: L, en: E}}\n  article: A 1\n  unit: {unit}\n  per: month\n  type: {type_}\n{more}"
        f"  values:\n    {since}: {{value: {value}, reference: Act}}\n"
    )


def unknown(name: str, type_: str = "money", since: str = "2020-01-01") -> str:
    """The text of a parameter whose value nobody knows."""
    value = f"    {since}: {{value: unknown, certainty: unknown, question: {{lv: Kas?, en: What?}}, reference: none}}\n"
    return parameter(name, '"0"', type_).split("  values:\n")[0] + "  values:\n" + value


def rule_text(body: str, arguments: str = "wage: Cents", result: str = "Cents", terms: str = "", name: str = "amount",
              ) -> str:  # fmt: skip
    """The text of one rule of a person."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"\n\n@rule({TERMS}{', ' if terms else ''}{terms})\ndef {name}({arguments}) -> {result}:\n{lines}"


def right_text(body: str, arguments: str = "wage: Cents", terms: str = "", name: str = "amount") -> str:
    """The text of one right of a person."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"\n\n@right({RIGHT_TERMS}{', ' if terms else ''}{terms})\ndef {name}({arguments}) -> Cents:\n{lines}"


def version(law: Law, name: str = "amount") -> RuleVersion:
    """The first wording of a rule."""
    return law.rules[name][0]


def kind(law: Law, name: str = "amount") -> Kind:
    """What the check of the language finds a rule to return."""
    return kind_of(version(law, name))

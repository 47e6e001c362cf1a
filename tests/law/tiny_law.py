"""Invented laws of a few lines, written to a folder and loaded, for tests of what lint finds."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

from balsts.law.engine.law import Law, load_law
from tests.law.small_country import CATALOGUE

HEAD = '''"""Rules of a tiny law."""

from __future__ import annotations

from balsts.law.engine.declare import *
from balsts.law.engine.declare import Question
from balsts.law.engine.vocabulary import *


@rule(act="GA", article="1", lv="Ir klāt", en="Is here", since="2020-01-01")
def is_here(born: Day, month: Month) -> bool:
    """Born."""
    return months_from(born, month) >= 0


'''
GRANT = '''\
@right(act="GA", article="2", lv="Grants", en="Grant", since="2020-01-01", payer="state", per="month", counted=False)
def grant(tiny_amount: Cents) -> Cents:
    """For everyone."""
    return tiny_amount
'''
AMOUNT = """
amount:
  name: {lv: apmērs, en: amount}
  article: GA 2
  unit: EUR
  per: month
  type: money
  values:
    2020-01-01: {value: "10.00", reference: GA 2}
"""
GOLDEN = """
- name: one person
  on: 2020-06
  source: worked by hand, 10.00
  given: {persons: {ada: {born: 1990-05-01, sex: f}}}
  expect: {grant: "10.00"}
"""


def tiny_law(
    folder: Path,
    *,
    rules: str = GRANT,
    parameters: str = AMOUNT,
    golden: str = GOLDEN,
    acts: str = "GA: {lv: Grantu likums, en: Grants Act}\n",
    sources: str = "S: {title: a source}\n",
) -> Law:
    """A law of one folder called `tiny`, of a right of everyone unless told otherwise."""
    name = f"law_of_{''.join(letter for letter in folder.name if letter.isalnum())}"
    files = {
        "__init__.py": '"""A tiny law: for a test."""\n',
        "acts.yaml": acts,
        "sources.yaml": sources,
        "tiny/__init__.py": "",
        "tiny/rules.py": HEAD + dedent(rules),
        "tiny/parameters.yaml": dedent(parameters),
        "tiny/golden.yaml": dedent(golden),
    }
    for path, text in files.items():
        if text or path.endswith(".py"):
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        package = importlib.import_module(name)
        return load_law(package, code="xx", catalogue=CATALOGUE, presence="is_here", first_day=date(2020, 1, 1))
    finally:
        sys.path.remove(str(folder))

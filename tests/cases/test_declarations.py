"""Declarations of case types: what is wrong is told with file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from balsts.cases.types import reading
from balsts.cases.types.reading import case_types, read_case_type
from balsts.law.engine.errors import InputError
from balsts.law.engine.text import read_file

FOLDER = Path(reading.__file__).parent
GOOD = (FOLDER / "assistance.yaml").read_text(encoding="utf-8")


def declared(tmp_path: Path, text: str) -> object:
    path = tmp_path / "assistance.yaml"
    path.write_text(text, encoding="utf-8")
    return read_case_type(path, read_file(FOLDER / "common.yaml"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("rights: [gmi_benefit,", "rights: [gmi_benefits,", r"line \d+, rights\[0\]: gmi_benefits is not"),
        ("rights: [gmi_benefit,", "rights: [gmi_benefits,", "Nearest known name: gmi_benefit"),
        ("from: [tax_authority]", "from: [prisons]", "prisons does not supply wage_net_eur_month"),
        ("wage_net_eur_month:", "wage_eur:", "wage_eur is not an input of the law"),
        ("unit: working_days", "unit: weeks", "expected one of days, working_days, months; found weeks"),
        ("count: 10", "count: ten", "expected a whole number, found ten"),
        ("subject: household", "subject: family", "expected one of household, person, organisation"),
        ("months_rule: household_status_months", "months_rule: status_months", "is not a rule of the law"),
        ("act: SPSPL, article: \"33\"", "act: SPL, article: \"33\"", "expected one of"),
        ("series: SP", "serie: SP", "serie is not known here. Nearest known name: series"),
        ("automatic: no", "automatic: maybe", "expected one of yes, no"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in GOOD
    with pytest.raises(InputError, match=told):
        declared(tmp_path, GOOD.replace(before, after, 1))


def test_every_declared_case_type_is_read_with_its_terms() -> None:
    found = case_types()
    assert "assistance" in found
    for one in found.values():
        assert set(one.terms) == {"decide", "contest", "hear", "answer"}
        assert one.name.lv
        assert one.name.en

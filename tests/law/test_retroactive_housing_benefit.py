"""The housing benefit of the winter of 2026 before and after the law of 2026-02-26, which reached back to January."""

from __future__ import annotations

from datetime import date

import pytest

from balsts.law.engine.answer import entitle
from balsts.law.engine.household import read_household
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import parse
from balsts.law.latvia import latvia

LONE_PENSIONER = b"""
persons:
  tom: {born: 1945-02-02, sex: m, pension_eur_month: "500.00"}
housing_costs_eur_month: "300.00"
"""


@pytest.mark.parametrize(
    ("month", "known", "cents"),
    [
        # Example H1, published as 192: 2.1 x 187.00 + 300.00 - 500.00
        ("2026-01", date(2026, 1, 31), 19270),
        ("2026-02", date(2026, 2, 25), 19270),
        # Example H2, published as 267: 2.5 x 187.00 + 300.00 - 500.00
        ("2026-01", date(2026, 2, 26), 26750),
        ("2026-02", date(2026, 2, 26), 26750),
        ("2026-02", None, 26750),
    ],
)
def test_the_law_as_it_was_known_decides_the_coefficient(month: str, known: date | None, cents: int) -> None:
    law = latvia()
    facts, on = read_household(parse(LONE_PENSIONER, "tom"), law.catalogue, law.rights(), month_from(month))
    assert entitle(law, facts, on, known=known).amount("housing_benefit") == cents

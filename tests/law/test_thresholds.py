"""The stored thresholds of social assistance agree with the medians and shares they come from."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from balsts.law.latvia import latvia

# Valid from, the median of that year's thresholds, the shares of it for GMI, needy and low-income households.
MEDIANS = [
    ("2023-07-01", "626.57", "0.20"),
    ("2024-01-01", "685.78", "0.20"),
    ("2025-01-01", "754.375", "0.22"),  # not published: the amounts force a median from here ...
    ("2025-01-01", "754.99", "0.22"),  # ... to below 755.00
    ("2026-01-01", "850.02", "0.22"),
]
NEEDY, LOW_INCOME, OTHER_PERSON = Decimal("0.50"), Decimal("0.80"), Decimal("0.7")
NOT_ROUNDED = ("2023-07-01", "gmi")


def whole_euros(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def stored(name: str, day: str) -> Decimal:
    found = latvia().parameters[f"thresholds_{name}"].on(date.fromisoformat(day))
    assert found is not None
    assert found.since == date.fromisoformat(day)
    assert isinstance(found.value, int)
    return Decimal(found.value) / 100


@pytest.mark.parametrize(("day", "median", "gmi_share"), MEDIANS)
def test_a_threshold_of_the_first_person_is_its_share_of_the_median_in_whole_euros(
    day: str, median: str, gmi_share: str
) -> None:
    for name, share in (("gmi", Decimal(gmi_share)), ("needy", NEEDY), ("low_income", LOW_INCOME)):
        assert stored(f"{name}_first", day) == whole_euros(Decimal(median) * share), name


@pytest.mark.parametrize("day", sorted({day for day, _, _ in MEDIANS}))
def test_a_threshold_of_each_other_person_is_seven_tenths_in_whole_euros(day: str) -> None:
    for name in ("gmi", "needy", "low_income"):
        exact = stored(f"{name}_first", day) * OTHER_PERSON
        expected = exact if (day, name) == NOT_ROUNDED else whole_euros(exact)
        assert stored(f"{name}_other", day) == expected, name


@pytest.mark.parametrize("median", ["754.37", "755.00"])
def test_no_other_median_gives_the_thresholds_of_2025(median: str) -> None:
    shares = (("gmi", Decimal("0.22")), ("needy", NEEDY), ("low_income", LOW_INCOME))
    derived = [whole_euros(Decimal(median) * share) for _, share in shares]
    assert derived != [stored(f"{name}_first", "2025-01-01") for name, _ in shares]


def test_from_2024_the_savings_limit_is_the_needy_threshold() -> None:
    parameters = latvia().parameters
    for day in ("2024-01-01", "2025-01-01", "2026-01-01"):
        for person in ("first", "other"):
            limit = parameters[f"means_test_savings_{person}"].on(date.fromisoformat(day))
            assert limit is not None
            assert limit.value == stored(f"needy_{person}", day) * 100

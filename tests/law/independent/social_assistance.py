"""GMI and housing benefit of a simple household, worked out by hand and apart from the law's own text.

Written from the published amounts, with tables of its own, so that property tests can hold the law against it. It
imports nothing of the project and shares no rounding or lookup with it.

The household: all members live in it (nobody in prison or in long-term care), savings are 0 and property is within the
limits, no member is a Ukrainian civilian in the first months after an application, and the housing benefit was granted
before. Months from 2021-07 to 2026-12.
"""

from __future__ import annotations

# From month: GMI of the first and of each other person, low-income threshold of the first and of each other, in cents.
_AMOUNTS = (
    ("2021-01", 10900, 7600, 43600, 30500),
    ("2023-07", 12500, 8750, 50100, 35100),
    ("2024-01", 13700, 9600, 54900, 38400),
    ("2025-01", 16600, 11600, 60400, 42300),
    ("2026-01", 18700, 13100, 68000, 47600),
)

# From month of the benefit: coefficient in tenths of a lone person of pension age or with a disability, of a household
# of such persons only, of such persons and children, of all other households.
_TENTHS = (
    ("2021-07", 10, 10, 10, 10),
    ("2022-01", 25, 20, 15, 15),
    ("2022-10", 30, 30, 30, 30),
    ("2023-06", 25, 20, 20, 15),
    ("2025-01", 21, 17, 17, 13),
    ("2026-01", 25, 20, 20, 17),
    ("2026-05", 21, 17, 17, 13),
)


def _row(table: tuple[tuple[str, int, int, int, int], ...], on: str) -> tuple[int, int, int, int]:
    if not "2021-07" <= on <= "2026-12":
        raise ValueError(f"{on} is outside 2021-07 to 2026-12")
    return [row[1:] for row in table if row[0] <= on][-1]


def gmi_cents(on: str, members: int, income_cents: int) -> int:
    """The GMI benefit of a household of `members` with a counted monthly income, in the month `on` (`2026-02`)."""
    first, other, _, _ = _row(_AMOUNTS, on)
    lacking = first - other + members * other - income_cents
    return lacking if members > 0 and lacking > 0 else 0


def housing_cents(
    on: str,
    adults_pension_or_disabled: int,
    other_adults: int,
    children: int,
    income_cents: int,
    housing_cents: int,
) -> int:
    """The housing benefit of a household in the month `on` (`2026-02`).

    Args:
        on: the month the benefit is for.
        adults_pension_or_disabled: members of pension age or with a disability group from 1 to 3, of age.
        other_adults: all other members of age (not young people in education, who count as children from 2026).
        children: minors.
        income_cents: all counted income of the household without its GMI benefit.
        housing_cents: the costs of the dwelling within the norms.
    """
    members = adults_pension_or_disabled + other_adults + children
    if members == 0 or housing_cents == 0:
        return 0
    first, other, low_income_first, low_income_other = _row(_AMOUNTS, on)
    if on < "2022-01" and income_cents > low_income_first + low_income_other * (members - 1):
        return 0
    lone, only, with_children, others = _row(_TENTHS, on)
    if other_adults > 0 or adults_pension_or_disabled == 0:
        tenths = others
    elif children > 0:
        tenths = with_children
    elif members > 1:
        tenths = only
    else:
        tenths = lone
    kept_in_tenths = tenths * (first + other * (members - 1))
    if kept_in_tenths % 10:
        raise ValueError(f"the minimum of {members} members in {on} is no whole number of cents")
    lacking = kept_in_tenths // 10 + housing_cents - income_cents - gmi_cents(on, members, income_cents)
    return max(0, min(lacking, housing_cents))

"""Who is here, and how old."""

from __future__ import annotations

from balsts.law.engine.declare import rule
from balsts.law.engine.vocabulary import Day, Month, completed_years, is_known, month_of, months_from


@rule(act="GA", article="1", lv="Ir klāt", en="Is here", since="2019-01-01")
def is_here(born: Day, died: Day, month: Month) -> bool:
    """Born and living."""
    return months_from(born, month) >= 0 and (not is_known(died) or month_of(died) > month)


@rule(act="GA", article="2", lv="Vecums", en="Age", since="2019-01-01")
def age(born: Day, month: Month) -> int:
    """Whole years on the 1st."""
    return completed_years(born, month)

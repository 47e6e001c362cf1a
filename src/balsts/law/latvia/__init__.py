"""The law of Latvia: one folder an act, in it one folder a benefit or chapter."""

from __future__ import annotations

import sys
from datetime import date
from functools import lru_cache

from balsts.law.engine.law import Law, load_law
from balsts.law.latvia.inputs import CATALOGUE


@lru_cache(maxsize=1)
def latvia() -> Law:
    """The law of Latvia from 2020 on; the month before is there for rules that look back."""
    return load_law(
        sys.modules[__name__],
        code="lv",
        catalogue=CATALOGUE,
        presence="is_living",
        first_day=date(2020, 1, 1),
    )

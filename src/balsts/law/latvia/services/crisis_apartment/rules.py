"""Crisis apartment: how long an adult victim of violence can stay (MK 790, from 2023-07 as amended by MK 355)."""

from __future__ import annotations

from balsts.law.engine.declare import rule


@rule(act="MK790", article="article not read", lv="Krīzes dzīvoklis sākumā, dienas",
      en="Crisis apartment at first, days", since="2023-07-01")  # fmt: skip
def crisis_apartment_first_days(crisis_apartment_first_stay_days: int) -> int:
    """For how many days it is given at first, at most."""
    return crisis_apartment_first_stay_days


@rule(act="MK790", article="article not read", lv="Krīzes dzīvoklis ar pagarinājumu, dienas",
      en="Crisis apartment with extensions, days", since="2023-07-01")  # fmt: skip
def crisis_apartment_longest_days(crisis_apartment_longest_stay_days: int) -> int:
    """How many days a stay can reach, however long was asked for."""
    return crisis_apartment_longest_stay_days

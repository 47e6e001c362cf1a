"""What the registers of property have in common: each knows a part of what a household owns, none can weigh it."""

from __future__ import annotations

from balsts.exchange.contract import FactStatus, Finding
from balsts.exchange.periods import Period
from balsts.exchange.texts import NO_ENTRIES, Text

PROPERTY = "has_needy_property"

WEIGHED_BY_A_PERSON = Text(
    "Vai īpašums pārsniedz ierobežojumus (SPSPL 36. panta pirmā daļa), lemj darbinieks, redzot visu reģistru datus; "
    "reģistrs viens pats to nevar pateikt.",
    "Whether property is within the limits (article 36(1) of the Law on Social Services and Social Assistance) is "
    "weighed by a worker who sees the entries of all registers; one register alone cannot tell.",
)


def to_be_weighed(holdings: int, window: Period) -> Finding:
    """The finding of one register of property: a part of the answer, never the answer."""
    if holdings:
        reason = Text(f"ierakstu skaits: {holdings}; jāizvērtē", f"entries: {holdings}; to be weighed")
    else:
        reason = NO_ENTRIES
    return Finding(PROPERTY, window, None, FactStatus.PARTIAL, reason=reason)

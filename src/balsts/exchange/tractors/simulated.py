"""What the simulated register of tractors tells of a person."""

from __future__ import annotations

from balsts.exchange.periods import Period
from balsts.exchange.simulation.people import Person
from balsts.exchange.tractors.contract import Tractor, TractorRecord

_OWNERS_IN_HUNDRED = 3


def record(person: Person, _window: Period) -> TractorRecord:
    """A tractor for a few adults."""
    if not person.is_adult or person.number("owns a tractor", 100) >= _OWNERS_IN_HUNDRED:
        return TractorRecord(personal_code=person.code)
    tractor = Tractor(
        since=person.months_ago("tractor", 1, 200),
        registration_number=f"T{person.number('tractor plate', 10**5):05}P",
        category="tractor",
        role="owner",
        model="Paraugtraktors",
    )
    return TractorRecord(personal_code=person.code, tractors=(tractor,))

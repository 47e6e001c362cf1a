"""What the simulated register of vehicles tells of a person."""

from __future__ import annotations

from balsts.exchange.periods import Period
from balsts.exchange.simulation.people import Person
from balsts.exchange.vehicles.contract import Vehicle, VehicleRecord

_OWNERS_IN_HUNDRED = 45


def record(person: Person, _window: Period) -> VehicleRecord:
    """A car for some adults."""
    if not person.is_adult or person.number("owns a car", 100) >= _OWNERS_IN_HUNDRED:
        return VehicleRecord(personal_code=person.code)
    car = Vehicle(
        since=person.months_ago("car", 1, 120),
        registration_number=f"PRG-{person.number('plate', 10**4):04}",
        category="car",
        role="owner",
        model="Paraugauto",
    )
    return VehicleRecord(personal_code=person.code, vehicles=(car,))

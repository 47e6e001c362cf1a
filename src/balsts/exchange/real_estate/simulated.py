"""What the simulated cadastre and land register tell of a person."""

from __future__ import annotations

from balsts.exchange.periods import Period
from balsts.exchange.real_estate.contract import RealEstate, RealEstateRecord, Share
from balsts.exchange.simulation.people import Person

_OWNERS_IN_HUNDRED = 55
_WHOLE = Share(numerator=1, denominator=1)


def record(person: Person, _window: Period) -> RealEstateRecord:
    """A home for some adults; a second dwelling where the file says that property is over the limits."""
    properties: list[RealEstate] = []
    if person.is_adult and person.number("owns a home", 100) < _OWNERS_IN_HUNDRED:
        properties.append(_dwelling(person, "home", is_home=True))
    if person.is_adult and person["has_needy_property"] is False:
        properties.append(_dwelling(person, "second dwelling", is_home=False))
    return RealEstateRecord(personal_code=person.code, properties=tuple(properties))


def _dwelling(person: Person, what: str, *, is_home: bool) -> RealEstate:
    return RealEstate(
        since=person.months_ago(what, 25, 200),
        cadastre_number=f"0100{person.number(f'{what} cadastre', 10**7):07}",
        kind="dwelling",
        share=_WHOLE,
        area_m2=30 + person.number(f"{what} area", 90),
        municipality=person["municipality"] or "0001000",
        is_declared_home=is_home,
    )

"""What the simulated employment agency tells of a person."""

from __future__ import annotations

from balsts.exchange.employment_agency.contract import EmploymentAgencyRecord, UnemployedSpell
from balsts.exchange.periods import Period
from balsts.exchange.simulation.people import Person


def record(person: Person, _window: Period) -> EmploymentAgencyRecord:
    """The status of an unemployed person as in the population file."""
    since = person["unemployed_since"]
    return EmploymentAgencyRecord(
        personal_code=person.code, unemployed=() if since is None else (UnemployedSpell(since=since),)
    )

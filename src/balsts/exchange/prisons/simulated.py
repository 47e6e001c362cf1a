"""What the simulated prison administration tells of a person."""

from __future__ import annotations

from balsts.exchange.periods import Period
from balsts.exchange.prisons.contract import Custody, PrisonRecord
from balsts.exchange.simulation.people import Person


def record(person: Person, _window: Period) -> PrisonRecord:
    """Imprisonment as in the population file."""
    custody = (Custody(since=person.months_ago("custody", 13, 60)),) if person["is_imprisoned"] else ()
    return PrisonRecord(personal_code=person.code, custody=custody)

"""What the simulated disability commission tells of a person."""

from __future__ import annotations

from datetime import date

from balsts.exchange.disability_commission.contract import DisabilityDecision, DisabilityRecord, SpecialCareOpinion
from balsts.exchange.periods import Period
from balsts.exchange.simulation.people import Person


def record(person: Person, _window: Period) -> DisabilityRecord:
    """Disability and opinions as in the population file."""
    decided_on = person.months_ago("disability", 25, 60)
    group = person["disability_group"] or None
    is_of_child = bool(person["is_disabled_child"])
    until = _eighteenth_birthday(person) if is_of_child and group is None else None
    decision = DisabilityDecision(
        since=decided_on,
        until=until,
        decided_on=decided_on,
        is_of_child=is_of_child,
        group=group,
        is_since_childhood=bool(person["is_disabled_since_childhood"]),
        capacity_loss_percent=person["capacity_loss_percent"] or 0,
        is_of_sight=bool(person["has_sight_disability_group_1"]),
    )
    return DisabilityRecord(
        personal_code=person.code,
        decisions=(decision,) if group or is_of_child else (),
        special_care=(SpecialCareOpinion(since=decided_on, until=until),) if person["needs_special_care"] else (),
        mobility_opinion_on=person["mobility_opinion_on"],
    )


def _eighteenth_birthday(person: Person) -> date:
    born: date = person["born"]
    day = min(born.day, 28) if born.month == 2 else born.day
    return born.replace(year=born.year + 18, day=day)

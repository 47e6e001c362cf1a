"""What the simulated enterprise register tells of a person."""

from __future__ import annotations

from balsts.exchange.enterprise_register.contract import EnterpriseRecord, EnterpriseRole
from balsts.exchange.periods import Period
from balsts.exchange.simulation.people import Person

_ROLES_IN_HUNDRED = 4


def record(person: Person, _window: Period) -> EnterpriseRecord:
    """A role for a few adults."""
    if not person.is_adult or person.number("has a role", 100) >= _ROLES_IN_HUNDRED:
        return EnterpriseRecord(personal_code=person.code)
    number = person.number("enterprise", 10**5)
    role = EnterpriseRole(
        since=person.months_ago("role", 1, 200),
        registration_number=f"400049{number:05}",
        enterprise=f"SIA Paraugs {number}",
        role=("owner", "board_member", "sole_trader", "farm_owner")[person.number("which role", 4)],
    )
    return EnterpriseRecord(personal_code=person.code, roles=(role,))

"""What the simulated education register tells of a person."""

from __future__ import annotations

from balsts.exchange.education_register.contract import EducationRecord, Enrolment, Level
from balsts.exchange.periods import Period
from balsts.exchange.simulation.people import Person

_LEVELS: dict[str, Level] = {
    "general": "general",
    "vocational": "vocational",
    "higher_full_time": "higher_full_time",
    "other": "higher_part_time",
}
_PRESCHOOL_AGES = range(2, 7)


def record(person: Person, _window: Period) -> EducationRecord:
    """The education of the population file; children who attend none of it are in preschool from two to six."""
    level = _LEVELS.get(person["education"] or "none")
    if level is None and person.age in _PRESCHOOL_AGES:
        level = "preschool"
    if level is None:
        return EducationRecord(personal_code=person.code)
    enrolment = Enrolment(
        since=person.months_ago("enrolment", 13, 36),
        level=level,
        institution=f"Paraugskola {person.number('school', 700)}",
    )
    return EducationRecord(personal_code=person.code, enrolments=(enrolment,))

"""Persons as the standard's records: civil registration, disability, social registry.

The words are those of the standard's extensions (crvs, dr, social, version 1). Only those fields are stated that we
know; the standard asks for none of them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from balsts.exchange.disability_commission.contract import DisabilityRecord
from balsts.exchange.population_register.contract import CivilRecord

CIVIL, DISABILITY, SOCIAL = "ns:org:RegistryType:Civil", "ns:org:RegistryType:DR", "ns:org:RegistryType:Social"
CIVIL_RECORD, DISABILITY_RECORD, SOCIAL_RECORD = (
    "spdci-extensions-dci:Person", "spdci-extensions-dci:DisabledPerson", "SRGroup",
)  # fmt: skip
_SEX = {"f": "female", "m": "male"}
_LEVELS = {1: "Very severe", 2: "Severe", 3: "Moderate"}
"""Invaliditātes grupa → the standard's level, by the degrees that the Disability Law names with the groups."""


def identifier(code: str) -> dict[str, str]:
    """A personal code."""
    return {"@type": "Identifier", "identifier_type": "UIN", "identifier_value": code}


def name_of(given_names: str, surname: str) -> dict[str, str]:
    """A name."""
    return {"@type": "Name", "surname": surname, "given_name": given_names}


def civil_person(record: CivilRecord, on: date) -> dict[str, Any]:
    """An entry of the population register as a person of civil registration, on a day."""
    married = [one for one in record.marriages if one.since <= on and (one.until is None or on < one.until)]
    homes = [one for one in record.addresses if one.since <= on and (one.until is None or on < one.until)]
    found: dict[str, Any] = {
        "@type": "CRVS_Person",
        "identifier": identifier(record.personal_code),
        "name": name_of(record.given_names, record.surname),
        "sex": _SEX[record.sex],
        "birth_date": record.born.isoformat(),
        "marital_status": "M" if married else "S",
    }
    if record.died:
        found["death_date"] = record.died.isoformat()
    if married:
        found["marriage_date"] = married[0].since.isoformat()
    for number, code in enumerate(record.parent_codes[:2], start=1):
        found[f"parent{number}_identifier"] = identifier(code)
    if homes:
        found["address"] = {
            "@type": "Address", "address_line1": homes[0].address, "region_code": homes[0].municipality,
            "country_code": "LV",
        }  # fmt: skip
    return found


def disabled_person(record: DisabilityRecord, civil: CivilRecord, on: date) -> dict[str, Any]:
    """Decisions of the commission as a person of the disability registry, on a day; empty without a disability."""
    current = [one for one in record.decisions if one.since <= on and (one.until is None or on < one.until)]
    if not current:
        return {}
    decision = current[0]
    found: dict[str, Any] = {
        "personal_details": {
            "identifier": record.personal_code,
            "name": {"first_name": civil.given_names, "last_name": civil.surname},
            "date_of_birth": civil.born.isoformat(),
            "gender": _SEX[civil.sex].capitalize(),
        },
        "disability_status": "Approved",
        "registration_date": f"{decision.decided_on}T00:00:00Z",
    }
    if decision.group is not None:
        found["disability_level"] = _LEVELS[decision.group]
    return found


def household_group(number: str, members: list[dict[str, Any]]) -> dict[str, Any]:
    """A household of ours as a group of the social registry."""
    return {
        "@type": "spdci:Group",
        "group_identifier": [{"@type": "Identifier", "identifier_type": "HOUSEHOLD_ID", "identifier_value": number}],
        "group_type": "household",
        "group_size": len(members),
        "member_list": members,
    }


def member(identifiers: list[dict[str, str]], about: dict[str, Any]) -> dict[str, Any]:
    """Somebody in a group: identifiers, and what else is stated of them."""
    person = {"@type": "SRPerson", "identifier": identifiers, **about}
    return {"@type": "Member", "member_identifier": identifiers, "demographic_info": person}

"""All registers that are asked, by code."""

from __future__ import annotations

from balsts.exchange.contract import AnyContract
from balsts.exchange.disability_commission.contract import CONTRACT as DISABILITY_COMMISSION
from balsts.exchange.education_register.contract import CONTRACT as EDUCATION_REGISTER
from balsts.exchange.employment_agency.contract import CONTRACT as EMPLOYMENT_AGENCY
from balsts.exchange.enterprise_register.contract import CONTRACT as ENTERPRISE_REGISTER
from balsts.exchange.population_register.contract import CONTRACT as POPULATION_REGISTER
from balsts.exchange.prisons.contract import CONTRACT as PRISONS
from balsts.exchange.real_estate.contract import CONTRACT as REAL_ESTATE
from balsts.exchange.social_insurance.contract import CONTRACT as SOCIAL_INSURANCE
from balsts.exchange.tax_authority.contract import CONTRACT as TAX_AUTHORITY
from balsts.exchange.tractors.contract import CONTRACT as TRACTORS
from balsts.exchange.vehicles.contract import CONTRACT as VEHICLES
from balsts.law.engine.errors import InputError, nearest

REGISTERS: dict[str, AnyContract] = {
    one.code: one
    for one in (
        POPULATION_REGISTER,
        TAX_AUTHORITY,
        SOCIAL_INSURANCE,
        DISABILITY_COMMISSION,
        EMPLOYMENT_AGENCY,
        REAL_ESTATE,
        VEHICLES,
        TRACTORS,
        EDUCATION_REGISTER,
        PRISONS,
        ENTERPRISE_REGISTER,
    )
}


def register(code: str) -> AnyContract:
    """The contract of a register.

    Raises:
        InputError: there is none of this code.
    """
    if code not in REGISTERS:
        raise InputError(f"{code!r} is not a register; known are {', '.join(REGISTERS)}.{nearest(code, REGISTERS)}")
    return REGISTERS[code]

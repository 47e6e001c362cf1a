"""What each simulated register tells of a person, by the register's code."""

from __future__ import annotations

from collections.abc import Callable

from balsts.exchange.contract import Record
from balsts.exchange.disability_commission.simulated import record as disability_commission
from balsts.exchange.education_register.simulated import record as education_register
from balsts.exchange.employment_agency.simulated import record as employment_agency
from balsts.exchange.enterprise_register.simulated import record as enterprise_register
from balsts.exchange.periods import Period
from balsts.exchange.population_register.simulated import record as population_register
from balsts.exchange.prisons.simulated import record as prisons
from balsts.exchange.real_estate.simulated import record as real_estate
from balsts.exchange.simulation.people import Person
from balsts.exchange.social_insurance.simulated import record as social_insurance
from balsts.exchange.tax_authority.simulated import record as tax_authority
from balsts.exchange.tractors.simulated import record as tractors
from balsts.exchange.vehicles.simulated import record as vehicles

RECORDS: dict[str, Callable[[Person, Period], Record]] = {
    "population_register": population_register,
    "tax_authority": tax_authority,
    "social_insurance": social_insurance,
    "disability_commission": disability_commission,
    "employment_agency": employment_agency,
    "real_estate": real_estate,
    "vehicles": vehicles,
    "tractors": tractors,
    "education_register": education_register,
    "prisons": prisons,
    "enterprise_register": enterprise_register,
}

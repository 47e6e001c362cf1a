"""What the simulated tax authority tells of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from balsts.exchange.periods import Period, months_back, next_month
from balsts.exchange.simulation.people import Person
from balsts.exchange.tax_authority.contract import Employment, MonthlyWage, TaxRecord

REPORTS_ARE_IN_ON = 20
"""From this day of a month all employers have reported on the month before; an assumption of the simulation."""
_EMPLOYERS = 5000


def record(person: Person, window: Period) -> TaxRecord:
    """Employment as in the population file, and its wage for every reported month that is asked about."""
    since = person.months_ago("employment", 25, 132)
    complete_to = last_reported_month(person.today)
    employer = f"400039{person.number('employer', _EMPLOYERS):05}"
    wage = person.cents("wage_net_cents")
    months = reported_months(window, since, complete_to) if wage else iter(())
    return TaxRecord(
        personal_code=person.code,
        complete_to=f"{complete_to:%Y-%m}",
        employments=(Employment(since=since, employer=employer),) if person["is_employed"] else (),
        wages=tuple(_wage(month, employer, wage, person.cents("gross_wage_cents")) for month in months),
    )


def last_reported_month(today: date) -> date:
    """The first day of the last month that everybody has reported on."""
    return months_back(today, 1 if today.day >= REPORTS_ARE_IN_ON else 2)


def reported_months(window: Period, since: date, complete_to: date) -> Iterator[date]:
    """The first days of the months asked about, from `since` to the last reported one."""
    month = max(window.since, since).replace(day=1)
    while month <= complete_to and (window.until is None or month < window.until):
        yield month
        month = next_month(month)


def _wage(month: date, employer: str, net: int, gross: int) -> MonthlyWage:
    # Where the file has no gross wage, one that leaves this net wage: contributions of 10.5 %, the rest as tax.
    earned = gross or net * 7 // 5
    contributions = min(earned * 105 // 1000, earned - net)
    return MonthlyWage(
        month=f"{month:%Y-%m}",
        employer=employer,
        gross_cents=earned,
        employee_contributions_cents=contributions,
        income_tax_cents=earned - contributions - net,
    )

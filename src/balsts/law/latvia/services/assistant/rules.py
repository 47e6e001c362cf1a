"""State funding of the assistant service, for the hours given in a month (MK 942, from 2021-07 MK 316)."""

from __future__ import annotations

from balsts.law.engine.declare import right, rule
from balsts.law.engine.vocabulary import Cents


@rule(act="INVL", article="12", lv="Šajā mēnesī sniegts asistenta pakalpojums", en="An assistant served this month",
      since="2020-01-01")  # fmt: skip
def has_assistant(assistant_hours: int) -> bool:
    """Only hours really given are paid."""
    return assistant_hours > 0


@right(act="MK942", article="article not read", lv="Valsts finansējums asistenta pakalpojumam",
       en="State funding of the assistant service", since="2020-01-01", until="2021-07-01",
       payer="state", per="month", counted=False)  # fmt: skip
def assistant_service_funding(has_assistant: bool, assistant_hours: int, assistant_funding_per_hour: Cents) -> Cents:
    """For the hours of the month, at the rate of an hour; stated at the person served."""
    if not has_assistant:
        return Cents(0)
    return assistant_hours * assistant_funding_per_hour


@right(act="MK316", article="article not read", lv="Valsts finansējums asistenta pakalpojumam",
       en="State funding of the assistant service", since="2021-07-01",
       payer="state", per="month", counted=False)  # fmt: skip
def assistant_service_funding(has_assistant: bool, assistant_hours: int, assistant_funding_per_hour: Cents) -> Cents:
    """For the hours of the month, at the rate of an hour; stated at the person served."""
    if not has_assistant:
        return Cents(0)
    return assistant_hours * assistant_funding_per_hour


@right(act="MK942", article="article not read", lv="Asistenta atlīdzība", en="Remuneration of the assistant",
       since="2020-01-01", until="2021-07-01",
       payer="state", per="month", counted=False)  # fmt: skip
def assistant_wage(has_assistant: bool, assistant_hours: int, assistant_wage_per_hour: Cents) -> Cents:
    """The part of the funding that the assistant gets at least."""
    if not has_assistant:
        return Cents(0)
    return assistant_hours * assistant_wage_per_hour


@right(act="MK316", article="article not read", lv="Asistenta atlīdzība", en="Remuneration of the assistant",
       since="2021-07-01",
       payer="state", per="month", counted=False)  # fmt: skip
def assistant_wage(has_assistant: bool, assistant_hours: int, assistant_wage_per_hour: Cents) -> Cents:
    """The part of the funding that the assistant gets at least."""
    if not has_assistant:
        return Cents(0)
    return assistant_hours * assistant_wage_per_hour


@right(act="MK942", article="article not read", lv="Asistenta pakalpojuma administrēšana",
       en="Administration of the assistant service", since="2020-01-01", until="2021-07-01",
       payer="state", per="month", counted=False)  # fmt: skip
def assistant_administration(
    has_assistant: bool, assistant_hours: int, assistant_administration_per_hour: Cents
) -> Cents:
    """The part of the funding for administration at most."""
    if not has_assistant:
        return Cents(0)
    return assistant_hours * assistant_administration_per_hour


@right(act="MK316", article="article not read", lv="Asistenta pakalpojuma administrēšana",
       en="Administration of the assistant service", since="2021-07-01",
       payer="state", per="month", counted=False)  # fmt: skip
def assistant_administration(
    has_assistant: bool, assistant_hours: int, assistant_administration_per_hour: Cents
) -> Cents:
    """The part of the funding for administration at most."""
    if not has_assistant:
        return Cents(0)
    return assistant_hours * assistant_administration_per_hour

"""The contract with the register of vehicles (Ceļu satiksmes drošības direkcija, CSDD)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.property_holdings import PROPERTY, WEIGHED_BY_A_PERSON, to_be_weighed
from balsts.exchange.texts import Text


class Vehicle(Spell):
    """Transportlīdzeklis during the time that the person owned or held it."""

    registration_number: str
    category: Literal["car", "motorcycle", "trailer", "goods_vehicle", "other"]
    role: Literal["owner", "holder"]
    model: str


class VehicleRecord(Record):
    """What the register states of one person."""

    personal_code: str
    vehicles: tuple[Vehicle, ...] = ()


def read(record: VehicleRecord, window: Period) -> Iterator[Finding]:
    """One finding: how many vehicles there are to weigh."""
    held = [one for one in record.vehicles if one.period().within(window) is not None]
    yield to_be_weighed(len(held), window)


CONTRACT = Contract(
    code="vehicles",
    name=Text("Transportlīdzekļu un to vadītāju valsts reģistrs", "State Register of Vehicles and Drivers"),
    holder=Text("Ceļu satiksmes drošības direkcija (CSDD)", "Road Traffic Safety Directorate"),
    purposes=("social_assistance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=VehicleRecord,
    supplies=(PROPERTY,),
    read=read,
    open_questions=(FORMAT, UNKNOWN_PROVISION, WEIGHED_BY_A_PERSON),
)

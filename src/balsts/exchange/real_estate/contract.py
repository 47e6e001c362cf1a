"""The contract with the cadastre and the land register (Kadastrs, Zemesgrāmata): what a person owns of real estate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.property_holdings import PROPERTY, WEIGHED_BY_A_PERSON, to_be_weighed
from balsts.exchange.texts import Text


class Share(Record):
    """Domājamā daļa: an exact part of a property."""

    numerator: Annotated[int, Field(ge=1)]
    denominator: Annotated[int, Field(ge=1)]


class RealEstate(Spell):
    """Nekustamais īpašums during the time that the person owned it; area in square metres."""

    cadastre_number: str
    kind: Literal["dwelling", "land", "building"]
    share: Share
    area_m2: Annotated[int, Field(ge=0)]
    municipality: str
    is_declared_home: bool = False


class RealEstateRecord(Record):
    """What both registers state of one person."""

    personal_code: str
    properties: tuple[RealEstate, ...] = ()


def read(record: RealEstateRecord, window: Period) -> Iterator[Finding]:
    """One finding: how many properties there are to weigh."""
    owned = [one for one in record.properties if one.period().within(window) is not None]
    yield to_be_weighed(len(owned), window)


CONTRACT = Contract(
    code="real_estate",
    name=Text("Kadastra informācijas sistēma un zemesgrāmata", "Cadastre and land register"),
    holder=Text("Valsts zemes dienests; Tiesu administrācija", "State Land Service; Court Administration"),
    purposes=("social_assistance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=RealEstateRecord,
    supplies=(PROPERTY,),
    read=read,
    open_questions=(FORMAT, UNKNOWN_PROVISION, WEIGHED_BY_A_PERSON),
)

"""The contract with the register of tractors (Valsts tehniskās uzraudzības aģentūra, VTUA)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.property_holdings import PROPERTY, WEIGHED_BY_A_PERSON, to_be_weighed
from balsts.exchange.texts import Text


class Tractor(Spell):
    """Traktortehnika during the time that the person owned or held it."""

    registration_number: str
    category: Literal["tractor", "trailer", "machine", "other"]
    role: Literal["owner", "holder"]
    model: str


class TractorRecord(Record):
    """What the register states of one person."""

    personal_code: str
    tractors: tuple[Tractor, ...] = ()


def read(record: TractorRecord, window: Period) -> Iterator[Finding]:
    """One finding: how many machines there are to weigh."""
    held = [one for one in record.tractors if one.period().within(window) is not None]
    yield to_be_weighed(len(held), window)


CONTRACT = Contract(
    code="tractors",
    name=Text("Traktortehnikas un tās vadītāju informatīvā sistēma", "Register of tractors and their drivers"),
    holder=Text("Valsts tehniskās uzraudzības aģentūra (VTUA)", "State Technical Supervision Agency"),
    purposes=("social_assistance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=TractorRecord,
    supplies=(PROPERTY,),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        WEIGHED_BY_A_PERSON,
        Text("Vai reģistru joprojām tur VTUA?", "Does this agency still keep the register?"),
    ),
)

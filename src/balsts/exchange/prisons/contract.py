"""The contract with the prison administration (Ieslodzījuma vietu pārvalde, IeVP)."""

from __future__ import annotations

from collections.abc import Iterator

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.findings import from_spells
from balsts.exchange.legal_bases import FORMAT, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.texts import Text


class Custody(Spell):
    """Atrašanās ieslodzījuma vietā: nothing about why."""


class PrisonRecord(Record):
    """What the administration states of one person: that and when, nothing else."""

    personal_code: str
    custody: tuple[Custody, ...] = ()


def read(record: PrisonRecord, window: Period) -> Iterator[Finding]:
    """Whether the person is in prison."""
    yield from from_spells("is_imprisoned", [(one.period(), True) for one in record.custody], False, window)


CONTRACT = Contract(
    code="prisons",
    name=Text("Ieslodzīto informācijas sistēma", "Information system on prisoners"),
    holder=Text("Ieslodzījuma vietu pārvalde (IeVP)", "Prison Administration"),
    purposes=("social_assistance", "state_benefits", "register_intake"),
    legal_bases=(SOCIAL_POLICY_SYSTEM,),
    freshness=WITHIN_A_DAY,
    record=PrisonRecord,
    supplies=("is_imprisoned",),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        Text(
            "Vai apcietinājums pirms sprieduma un atklātais cietums ir tas, ko likums sauc par ieslodzījumu?",
            "Are detention before judgment and the open prison what the law means by prison?",
        ),
    ),
)

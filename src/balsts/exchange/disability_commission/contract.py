"""The contract with the disability commission (VDEĀVK): disability, its group and term, and opinions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from balsts.exchange.contract import Contract, Finding, LegalBasis, Record, Spell
from balsts.exchange.findings import always, from_spells
from balsts.exchange.legal_bases import FORMAT, SOCIAL_POLICY_SYSTEM, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.texts import Text


class DisabilityDecision(Spell):
    """Lēmums par invaliditāti: a group for an adult; of a child, `is_of_child` and before 18 no group."""

    decided_on: date
    is_of_child: bool = False
    group: Annotated[int, Field(ge=1, le=3)] | None = None
    is_since_childhood: bool = False
    capacity_loss_percent: Annotated[int, Field(ge=0, le=100)] = 0
    is_of_sight: bool = False


class SpecialCareOpinion(Spell):
    """Atzinums par īpašas kopšanas nepieciešamību."""


class DisabilityRecord(Record):
    """What the commission states of one person."""

    personal_code: str
    decisions: tuple[DisabilityDecision, ...] = ()
    special_care: tuple[SpecialCareOpinion, ...] = ()
    mobility_opinion_on: date | None = None


def read(record: DisabilityRecord, window: Period) -> Iterator[Finding]:
    """The findings of decisions and opinions; outside their terms there is no disability."""
    decisions = [(one.period(), one) for one in record.decisions]
    yield from from_spells("disability_group", [(period, one.group or 0) for period, one in decisions], 0, window)
    yield from from_spells("is_disabled_child", [(period, one.is_of_child) for period, one in decisions], False, window)
    yield from from_spells(
        "is_disabled_since_childhood", [(period, one.is_since_childhood) for period, one in decisions], False, window
    )
    yield from from_spells(
        "has_sight_disability_group_1",
        [(period, one.is_of_sight and one.group == 1) for period, one in decisions],
        False,
        window,
    )
    yield from from_spells(
        "capacity_loss_percent", [(period, one.capacity_loss_percent) for period, one in decisions], 0, window
    )
    yield from from_spells("needs_special_care", [(one.period(), True) for one in record.special_care], False, window)
    yield always("mobility_opinion_on", record.mobility_opinion_on, window)


CONTRACT = Contract(
    code="disability_commission",
    name=Text("Invaliditātes informatīvā sistēma", "Disability Information System"),
    holder=Text(
        "Veselības un darbspēju ekspertīzes ārstu valsts komisija (VDEĀVK)",
        "State Medical Commission for the Assessment of Health Condition and Working Ability",
    ),
    purposes=(
        "social_assistance", "social_services", "state_benefits", "social_insurance",
        "disability", "register_intake",
    ),
    legal_bases=(
        LegalBasis(
            act="INVL",
            article="3.1",
            says=Text(
                "nosaka iestādes, kurām ir tiesības apstrādāt sistēmā uzkrātos datus",
                "names the institutions that may process the data of the system",
            ),
            certainty="seen",
            rests_on="https://tapportals.mk.gov.lv/annotation/6ac4dfd9-1ec2-41f7-9df0-2b031da74371 (22-TA-360)",
        ),
        SOCIAL_POLICY_SYSTEM,
    ),
    freshness=WITHIN_A_DAY,
    record=DisabilityRecord,
    supplies=(
        "disability_group", "is_disabled_child", "is_disabled_since_childhood", "has_sight_disability_group_1",
        "capacity_loss_percent", "needs_special_care", "mobility_opinion_on",
    ),
    read=read,
    open_questions=(
        FORMAT,
        Text(
            "Vai Invaliditātes likuma 3.1 pants nosauc arī pašvaldību sociālos dienestus? Saraksts nav lasīts.",
            "Does article 3.1 of the Disability Law name municipal social services too? The list was not read.",
        ),
        Text(
            "Vai sistēma izsniedz darbspēju zaudējumu procentos, un vai to lasa nelaimes gadījumu atlīdzība?",
            "Is the loss of capacity in per cent given out, and is it the one that the work accident annuity reads?",
        ),
    ),
)  # fmt: skip

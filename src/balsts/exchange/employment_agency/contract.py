"""The contract with the employment agency (NVA): the status of an unemployed person."""

from __future__ import annotations

from collections.abc import Iterator

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.findings import from_spells
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.texts import Text


class UnemployedSpell(Spell):
    """Bezdarbnieka statuss."""


class EmploymentAgencyRecord(Record):
    """What the agency states of one person."""

    personal_code: str
    unemployed: tuple[UnemployedSpell, ...] = ()


def read(record: EmploymentAgencyRecord, window: Period) -> Iterator[Finding]:
    """The status, and that who has it is not employed meanwhile; who has none may be either."""
    spells = [(one.period(), one.since) for one in record.unemployed]
    yield from from_spells("unemployed_since", spells, None, window)
    for period, _ in spells:
        part = period.within(window)
        if part is not None:
            yield Finding("is_employed", part, False, is_derived=True)


CONTRACT = Contract(
    code="employment_agency",
    name=Text("Bezdarbnieku uzskaites sistēma", "Register of unemployed persons"),
    holder=Text("Nodarbinātības valsts aģentūra (NVA)", "State Employment Agency"),
    purposes=("social_assistance", "social_services", "state_benefits", "social_insurance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=EmploymentAgencyRecord,
    supplies=("unemployed_since",),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        Text(
            "Vai īslaicīga darba laikā statusu aptur, un vai ziņa to rāda? Citādi tā ir pretruna ar VID datiem.",
            "Is the status suspended during short work, and does the message show it? If not, it contradicts the tax "
            "authority's data.",
        ),
    ),
)

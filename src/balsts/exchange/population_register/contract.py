"""The contract with the population register (Fizisko personu reģistrs, PMLP)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from balsts.exchange.contract import Contract, FactStatus, Finding, LegalBasis, Record, Spell
from balsts.exchange.findings import always, from_spells, unstated
from balsts.exchange.legal_bases import FORMAT, SOCIAL_POLICY_SYSTEM, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.texts import MERGED, NO_COUNTERPART, Text

ResidenceKind = Literal[
    "citizen", "noncitizen", "permanent", "temporary", "refugee", "alternative", "temporary_protection", "other"
]

RESIDENT_STATUS: dict[str, str | None] = {
    "citizen": "citizen",
    # The law's inputs have no word for a non-citizen (nepilsonis); no rule tells one from a permanent resident.
    "noncitizen": "permanent",
    "permanent": "permanent",
    "temporary": "temporary",
    "refugee": "refugee",
    "alternative": "alternative",
    "temporary_protection": "ukraine_civilian",
    "other": None,
}
"""The register's kinds of residence → the words of the input `resident_status`."""

_WITHOUT_CODE = "without a code"


class Residence(Spell):
    """Valstiskā piederība vai uzturēšanās statuss."""

    kind: ResidenceKind


class DeclaredAddress(Spell):
    """Deklarētā dzīvesvieta; `municipality` is an ATVK code of seven digits."""

    municipality: str
    address: str


class Marriage(Spell):
    """Laulība; a spouse outside the register has no code."""

    spouse_code: str | None = None


class Guardianship(Spell):
    """Aizbildnība over this child."""

    guardian_code: str


class CivilRecord(Record):
    """What the register states of one person.

    `former_codes` are personal codes the person had before; `merged_into` is the code of the entry that stands for the
    same person when two entries were found to be one.
    """

    personal_code: str
    former_codes: tuple[str, ...] = ()
    merged_into: str | None = None
    given_names: str
    surname: str
    born: date
    died: date | None = None
    sex: Literal["f", "m"]
    residences: tuple[Residence, ...]
    addresses: tuple[DeclaredAddress, ...] = ()
    marriages: tuple[Marriage, ...] = ()
    parent_codes: tuple[str, ...] = ()
    guardianships: tuple[Guardianship, ...] = ()


def read(record: CivilRecord, window: Period) -> Iterator[Finding]:
    """The findings of a person's entry; an entry merged into another one says nothing more about anybody."""
    if record.merged_into is not None:
        yield from (unstated(name, window, MERGED) for name in CONTRACT.supplies)
        return
    yield always("born", record.born, window)
    yield always("died", record.died, window)
    yield always("sex", record.sex, window)
    yield always("parents", record.parent_codes or None, window)
    yield from _residence(record, window)
    yield from _home(record, window)
    yield from from_spells("is_married", [(one.period(), True) for one in record.marriages], False, window)
    yield from _spouse(record, window)
    guarded = [(one.period(), one) for one in record.guardianships]
    yield from from_spells("guardian", [(period, one.guardian_code) for period, one in guarded], None, window)
    yield from _start_of_care(record, window)


def _residence(record: CivilRecord, window: Period) -> Iterator[Finding]:
    name = "resident_status"
    for finding in from_spells(name, [(one.period(), one.kind) for one in record.residences], None, window):
        if finding.status is not FactStatus.KNOWN:
            yield finding
        elif finding.value is None:
            yield unstated(name, finding.period)
        elif (word := RESIDENT_STATUS[str(finding.value)]) is None:
            yield Finding(name, finding.period, None, FactStatus.UNREADABLE, reason=NO_COUNTERPART)
        else:
            yield Finding(name, finding.period, word, is_derived=word != finding.value)


def _start_of_care(record: CivilRecord, window: Period) -> Iterator[Finding]:
    # Care in a foster family or before adoption begins on a day that this register does not know.
    spells = [(one.period(), one.since) for one in record.guardianships]
    for finding in from_spells("care_granted_on", spells, None, window):
        is_unstated = finding.value is None and finding.status is FactStatus.KNOWN
        yield unstated("care_granted_on", finding.period) if is_unstated else finding


def _spouse(record: CivilRecord, window: Period) -> Iterator[Finding]:
    spells = [(one.period(), one.spouse_code or _WITHOUT_CODE) for one in record.marriages]
    for finding in from_spells("partner", spells, None, window):
        yield unstated("partner", finding.period) if finding.value == _WITHOUT_CODE else finding


def _home(record: CivilRecord, window: Period) -> Iterator[Finding]:
    spells = [(one.period(), one.municipality) for one in record.addresses]
    for finding in from_spells("municipality", spells, None, window):
        is_unstated = finding.value is None and finding.status is FactStatus.KNOWN
        yield unstated("municipality", finding.period) if is_unstated else finding


CONTRACT = Contract(
    code="population_register",
    name=Text("Fizisko personu reģistrs", "Register of Natural Persons"),
    holder=Text("Pilsonības un migrācijas lietu pārvalde (PMLP)", "Office of Citizenship and Migration Affairs"),
    purposes=(
        "social_assistance", "social_services", "state_benefits", "social_insurance",
        "disability", "child_protection", "register_intake",
    ),
    legal_bases=(
        LegalBasis(
            act="Fizisko personu reģistra likums",
            article="1. p. 1) apakšpunkts",
            says=Text(
                "reģistrs nodrošina fizisko personu identifikāciju un datu apstrādi, ko veic valsts institūcijas",
                "the register serves identification and the processing of data by institutions of the state",
            ),
            certainty="read",
            rests_on="https://likumi.lv/ta/id/296185",
        ),
        LegalBasis(
            act="MK563 (2021)",
            article="2",
            says=Text(
                "ziņas izsniedz, pamatojoties uz pieprasījumu vai rakstveida vienošanos",
                "data are given out on request or under a written agreement",
            ),
            certainty="read",
            rests_on="https://likumi.lv/ta/id/325476",
        ),
        SOCIAL_POLICY_SYSTEM,
    ),
    freshness=WITHIN_A_DAY,
    record=CivilRecord,
    supplies=(
        "born", "died", "sex", "parents", "resident_status", "municipality", "is_married", "partner", "guardian",
        "care_granted_on",
    ),
    read=read,
    open_questions=(
        FORMAT,
        Text(
            "Nepilsonim likuma ievadēs nav sava vārda; to lasa kā pastāvīgo iedzīvotāju.",
            "A non-citizen has no word of its own in the law's inputs and is read as a permanent resident.",
        ),
        Text(
            "Reģistrs zina laulību, nevis faktisku kopdzīvi: partneri bez laulības jānorāda pašai personai.",
            "The register knows marriages, not couples living together: an unmarried partner must be declared.",
        ),
        Text(
            "Vai reģistrs norāda ārkārtas aizbildni, audžuģimeni un aprūpi pirms adopcijas? Adopciju neatklāj: vecāki "
            "ir adoptētāji.",
            "Does the register state emergency guardians, foster care and care before adoption? Adoption is not "
            "disclosed: the adopters stand as the parents.",
        ),
    ),
)  # fmt: skip

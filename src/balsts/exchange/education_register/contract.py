"""The contract with the education register (Valsts izglītības informācijas sistēma, VIIS)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.findings import from_spells
from balsts.exchange.legal_bases import FORMAT, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period, pieces
from balsts.exchange.texts import Text

Level = Literal["preschool", "general", "vocational", "higher_full_time", "higher_part_time", "interest"]

EDUCATION: dict[str, str] = {
    # A child in preschool attends no school in the sense of the benefits.
    "preschool": "none",
    "general": "general",
    "vocational": "vocational",
    "higher_full_time": "higher_full_time",
    "higher_part_time": "other",
    "interest": "other",
}
"""The register's levels → the words of the input `education`."""

_WEIGHT = ("none", "other", "general", "vocational", "higher_full_time")


class Enrolment(Spell):
    """Izglītojamā reģistrācija at one institution; leave (akadēmiskais atvaļinājums) ends it."""

    level: Level
    institution: str


class EducationRecord(Record):
    """What the register states of one person."""

    personal_code: str
    enrolments: tuple[Enrolment, ...] = ()


def read(record: EducationRecord, window: Period) -> Iterator[Finding]:
    """What the person attends; of several enrolments at once the one that gives most rights.

    Two enrolments are not a contradiction: a pupil may attend a hobby school as well.
    """
    spells = [(one.period(), EDUCATION[one.level]) for one in record.enrolments]
    yield from from_spells("education", _best(spells, window), "none", window)


def _best(spells: list[tuple[Period, str]], window: Period) -> Iterator[tuple[Period, str]]:
    for piece in pieces(window, spells):
        if piece.values:
            yield piece.period, max(piece.values, key=_WEIGHT.index)


CONTRACT = Contract(
    code="education_register",
    name=Text("Valsts izglītības informācijas sistēma (VIIS)", "State Education Information System"),
    holder=Text("Izglītības un zinātnes ministrija", "Ministry of Education and Science"),
    purposes=("social_assistance", "social_services", "state_benefits", "child_protection", "register_intake"),
    legal_bases=(SOCIAL_POLICY_SYSTEM,),
    freshness=WITHIN_A_DAY,
    record=EducationRecord,
    supplies=("education",),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        Text(
            "Cik ātri skola ievada atskaitīšanu? Solītā dienas kavēšanās attiecas uz sistēmu, nevis uz skolu.",
            "How soon does a school enter that a pupil has left? The promised day of lag is the system's alone.",
        ),
        Text(
            "Vai augstskolas studējošie un pilna laika studijas ir tajā pašā sistēmā?",
            "Are students of higher education, and whether they study full time, in the same system?",
        ),
    ),
)

"""What travels by the API about programmes, budget, EU funds, strategy and services: published figures, as printed.

Numbers travel as texts, so that none loses a digit. What is not printed is null.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from balsts.portal.api.shapes import Text

ProgrammeCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$"),
                          Field(description="a code of the budget, as 20.01.00")]  # fmt: skip
MeasureCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,4}$"), Field(description="as 9221")]
Number = Annotated[str, Field(description="an exact decimal number, worked out here")]


class PlanFigureOut(Schema):
    """A published figure: its code, its text as printed, its unit, where it was read, what contradicts it."""

    code: str
    text: str
    unit: Text
    document: str
    line: int | None
    contradictions: list[Text]


class IndicatorOut(Schema):
    """An indicator of a year."""

    name: Text
    kind: str
    year: str
    unit: Text
    value: PlanFigureOut | None
    female: PlanFigureOut | None
    male: PlanFigureOut | None
    value_text: str
    area_known: str
    priority_measure: str


class PlanResultOut(Schema):
    """What was to be brought about, with its indicators; policy outcomes have no name here."""

    name: Text
    indicators: list[IndicatorOut]


class BranchOut(Schema):
    """What stands under a code of the budget; policy outcomes have none."""

    code: str
    name: Text
    results: list[PlanResultOut]


class CardOut(Schema):
    """A policy card; an empty name where the document prints none."""

    name: Text
    branches: list[BranchOut]


class AreaOut(Schema):
    """A policy area, and how it is known of how many indicators: published, derived, assigned."""

    name: Text
    known: dict[str, int]
    cards: list[CardOut]


class NamedOut(Schema):
    """A name of a programme with the document, budget and years that it is printed for."""

    name: Text
    budget: str
    document: str
    years: list[int]


class BudgetLineOut(Schema):
    """A line of a table of execution."""

    table: str
    year: int | None
    programme_code: str
    code: str
    name: Text
    plan: PlanFigureOut | None
    actual: PlanFigureOut | None
    before: PlanFigureOut | None
    percent_published: PlanFigureOut | None
    difference_eur: Number | None
    percent: Number | None


class ProgrammeRow(Schema):
    """A code of the budget in the list of all."""

    code: str
    parent: str | None
    is_printed: bool
    names: list[NamedOut]


class ProgrammesOut(Schema):
    """The tree of policy areas, and every code of the budget."""

    areas: list[AreaOut]
    programmes: list[ProgrammeRow]


class ProgrammeOut(ProgrammeRow):
    """A programme or subprogramme with its money and its results."""

    parts: list[str]
    lines: list[BudgetLineOut]
    results: list[PlanResultOut]


class BudgetOut(Schema):
    """Plan and execution: the basic budget by line, by programme, the agency's tables."""

    year: int | None
    basic: list[BudgetLineOut]
    programmes: list[BudgetLineOut]
    years: list[BudgetLineOut]
    agency: list[BudgetLineOut]


class TransferOut(Schema):
    """A sub-budget gross and consolidated, and what it is paid or pays."""

    code: str
    name: Text
    gross: PlanFigureOut
    consolidated: PlanFigureOut
    transfer_eur: Number


class SideOut(Schema):
    """One side of the special budget: what consolidation leaves out."""

    side: str
    year: int
    total: PlanFigureOut
    gross_eur: Number
    eliminated_eur: Number
    parts: list[TransferOut]


class FundedOut(Schema):
    """A priority measure with the money approved."""

    number: str
    name: Text
    basic: PlanFigureOut | None
    special: PlanFigureOut | None
    in_text: PlanFigureOut | None


class SpendingOut(Schema):
    """What was spent, and the codes of rows of results that it was spent on."""

    amount: PlanFigureOut | None
    programme_code: str
    results: list[str]


class ReportedOut(Schema):
    """A priority measure of a report of results, known by number and name together."""

    number: str
    name: Text
    spending: list[SpendingOut]


class MeasuresOut(Schema):
    """Priority measures: approved and reported; the transfer that consolidation takes out of the approved."""

    funded: list[FundedOut]
    consolidated: PlanFigureOut | None
    transfer_eur: Number | None
    reported: list[ReportedOut]


class FrameItemOut(Schema):
    """A line of the frame of the years to come."""

    section: str
    name: Text
    unit: Text
    values: dict[str, PlanFigureOut]
    shares: dict[str, PlanFigureOut]
    changes: dict[str, PlanFigureOut]


class ReformOut(Schema):
    """A benefit before and after."""

    law: Text
    benefit: Text
    condition: Text
    old: PlanFigureOut | None
    new: PlanFigureOut | None
    recipients: PlanFigureOut | None
    difference: Number | None


class FrameOut(Schema):
    """The frame of the years to come."""

    items: list[FrameItemOut]
    reforms: list[ReformOut]
    eliminated_million_eur: dict[str, str]


class TargetOut(Schema):
    """A target of a measure; of an inverse one less is better."""

    name: Text
    planned: PlanFigureOut | None
    reached: PlanFigureOut | None
    percent_published: PlanFigureOut | None
    percent: Number | None
    is_inverse: bool


class ProjectOut(Schema):
    """A project that a document names."""

    name: Text
    number: str
    also_numbered: list[str]
    fund: str
    institution: str
    start_date: str
    end_date: str
    status: str


class MeasureOut(Schema):
    """A measure: money and results, percent worked out; risks by our rule."""

    code: str
    name: Text
    fund: str
    group: Text
    total: PlanFigureOut | None
    invested: PlanFigureOut | None
    percent_published: PlanFigureOut | None
    money_percent: Number | None
    results_percent: Number | None
    is_finished: bool
    ends: date | None
    risks: list[str]
    targets: list[TargetOut]
    projects: list[ProjectOut]


class RecoveryOut(Schema):
    """What is printed of the Recovery and Resilience Facility."""

    element: str
    code: str
    name: Text
    part_of: str
    status: str
    end_date: str
    value: PlanFigureOut | None
    line: int | None


class EuFundsOut(Schema):
    """European funds on the day of the state."""

    as_of: date | None
    measures: list[MeasureOut]
    projects: list[ProjectOut]
    payment_requests: list[IndicatorOut]
    recovery_plan: list[RecoveryOut]


class StrategyResultOut(Schema):
    """A planned result or key performance indicator with its evidence."""

    name: Text
    status: str
    target: str
    goals: list[str]
    figures: list[PlanFigureOut]
    evidence: list[Text]


class GoalOut(Schema):
    """A goal; `light` is green, orange or red by the document's principle, worked out of its words."""

    number: str
    name: Text
    light: str
    reached: Text
    fits: Text
    results: list[Text]


class AuditOut(Schema):
    """An audit and what it recommended."""

    year: str
    institution: str
    auditor: Text
    audit: Text
    conclusion: Text
    recommendation: Text
    follow_up: str
    term: str


class StudyOut(Schema):
    """A study."""

    title: Text
    aim: Text
    status: str


class StrategyOut(Schema):
    """The strategy: goals, results, key performance indicators, audits, studies."""

    goals: list[GoalOut]
    results: list[StrategyResultOut]
    key_indicators: list[StrategyResultOut]
    audits: list[AuditOut]
    studies: list[StudyOut]


class ServiceOut(Schema):
    """A public service: applications by stage and channel, complaints, delays."""

    name: Text
    year: int
    applications: dict[str, dict[str, PlanFigureOut]]
    complaints: PlanFigureOut | None
    delays: PlanFigureOut | None
    electronic_percent: Number | None

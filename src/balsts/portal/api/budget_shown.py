"""Records of programmes, budget, EU funds, strategy and services in the shapes that travel by the API."""

from __future__ import annotations

from decimal import Decimal

from balsts.budget.eu_funds import Measure, Project, Target, projects
from balsts.budget.execution import Line
from balsts.budget.frame import Item, LawCost, Reform
from balsts.budget.measures import Funded, ReportedMeasure
from balsts.budget.picked import figure
from balsts.budget.programmes import Area, Branch, Indicator, Named, Programme, Result
from balsts.budget.services import Service
from balsts.budget.strategy import Goal
from balsts.budget.strategy import Result as StrategyResult
from balsts.budget.transfers import Side
from balsts.figures.book import Book
from balsts.figures.english import worded
from balsts.figures.rows import Figure, Row
from balsts.portal.api import budget_shapes as out
from balsts.portal.api.shapes import Text


def text(said: str) -> Text:
    """A text of a document in both languages."""
    return Text(lv=worded(said, "lv"), en=worded(said, "en"))


def figure_out(book: Book, one: Figure) -> out.PlanFigureOut:
    """A figure as printed."""
    row = one.row
    return out.PlanFigureOut(
        code=one.code, text=one.text, unit=text(one.unit), document=row.document.code if row.document else "",
        line=row.line, contradictions=[Text(lv=found.lv, en=found.en) for found in book.findings_of(one)],
    )  # fmt: skip


def optional(book: Book, one: Figure | None) -> out.PlanFigureOut | None:
    """A figure, where it is printed."""
    return None if one is None else figure_out(book, one)


def number(value: Decimal | None) -> str | None:
    """A number worked out."""
    return None if value is None else f"{value:f}"


# -- programmes ----------------------------------------------------------------------------------------------------


def area(book: Book, one: Area) -> out.AreaOut:
    """A policy area with all below it."""
    cards = [out.CardOut(name=text(card.name), branches=[_branch(book, branch) for branch in card.branches])
             for card in one.cards]  # fmt: skip
    return out.AreaOut(name=text(one.name), known=dict(one.known), cards=cards)


def _branch(book: Book, one: Branch) -> out.BranchOut:
    return out.BranchOut(code=one.code, name=text(one.name), results=[result(book, each) for each in one.results])


def result(book: Book, one: Result) -> out.PlanResultOut:
    """A result with its indicators."""
    return out.PlanResultOut(name=text(one.name), indicators=[indicator(book, each) for each in one.indicators])


def indicator(book: Book, one: Indicator) -> out.IndicatorOut:
    """An indicator."""
    row = one.row
    return out.IndicatorOut(
        name=text(one.name), kind=one.kind, year=row["year"], unit=text(row["unit"]), value=optional(book, one.value),
        female=optional(book, one.female), male=optional(book, one.male), value_text=row["value_text"],
        area_known=row["policy_area_source"],
        priority_measure=f"{row['priority_measure_no']} {row['priority_measure_name']}".strip(),
    )  # fmt: skip


def programme_row(one: Programme) -> out.ProgrammeRow:
    """A code of the budget."""
    return out.ProgrammeRow(code=one.code, parent=one.parent, is_printed=one.is_printed,
                            names=[_named(each) for each in one.names])  # fmt: skip


def _named(one: Named) -> out.NamedOut:
    return out.NamedOut(name=text(one.name), budget=one.budget, document=one.document.code if one.document else "",
                        years=list(one.years))  # fmt: skip


# -- money ---------------------------------------------------------------------------------------------------------


def line(book: Book, one: Line) -> out.BudgetLineOut:
    """A line of plan and execution."""
    return out.BudgetLineOut(
        table=one.row["table"], year=one.row.year, programme_code=one.programme_code, code=one.code,
        name=text(one.name), plan=optional(book, one.plan), actual=optional(book, one.actual),
        before=optional(book, one.before), percent_published=optional(book, one.published),
        difference_eur=number(one.difference), percent=number(one.percent),
    )  # fmt: skip


def side(book: Book, one: Side) -> out.SideOut:
    """One side of the special budget."""
    parts = [out.TransferOut(code=part.code, name=text(part.name), gross=figure_out(book, part.gross),
                             consolidated=figure_out(book, part.consolidated), transfer_eur=f"{part.transfer:f}")
             for part in one.parts]  # fmt: skip
    return out.SideOut(side=one.side, year=one.year, total=figure_out(book, one.total), gross_eur=f"{one.gross:f}",
                       eliminated_eur=f"{one.eliminated:f}", parts=parts)  # fmt: skip


def measures_out(book: Book, found: Funded | None, reported: tuple[ReportedMeasure, ...]) -> out.MeasuresOut:
    """Priority measures."""
    funded = [out.FundedOut(number=one.number, name=text(one.name), basic=optional(book, one.basic),
                            special=optional(book, one.special), in_text=optional(book, one.in_text))
              for one in (found.measures if found else ())]  # fmt: skip
    return out.MeasuresOut(
        funded=funded, consolidated=optional(book, found.consolidated) if found else None,
        transfer_eur=number(found.transfer) if found else None, reported=[_reported(book, one) for one in reported],
    )  # fmt: skip


def _reported(book: Book, one: ReportedMeasure) -> out.ReportedOut:
    spending = [out.SpendingOut(amount=optional(book, block.amount), programme_code=block.spending["programme_code"],
                                results=[f"{row.dataset}/{row.key}" for row in block.results])
                for block in one.blocks]  # fmt: skip
    return out.ReportedOut(number=one.number, name=text(one.name), spending=spending)


def item(book: Book, section: str, one: Item) -> out.FrameItemOut:
    """A line of the frame."""
    values, shares, changes = ({year: figure_out(book, each) for year, each in several.items()}
                               for several in (one.values, one.shares, one.changes))  # fmt: skip
    return out.FrameItemOut(section=section, name=text(one.name), unit=text(one.unit), values=values, shares=shares,
                            changes=changes)  # fmt: skip


def reform(book: Book, law: LawCost, one: Reform) -> out.ReformOut:
    """What becomes of a benefit."""
    return out.ReformOut(
        law=text(law.law), benefit=text(one.row["benefit"]), condition=text(one.row["condition"]),
        old=optional(book, one.old), new=optional(book, one.new), recipients=optional(book, one.recipients),
        difference=number(one.difference),
    )  # fmt: skip


# -- European funds ------------------------------------------------------------------------------------------------


def measure(book: Book, one: Measure) -> out.MeasureOut:
    """A measure with its targets and projects."""
    return out.MeasureOut(
        code=one.code, name=text(one.name), fund=one.fund, group=text(one.group), total=optional(book, one.total),
        invested=optional(book, one.invested), percent_published=optional(book, one.published),
        money_percent=number(one.money), results_percent=number(one.results), is_finished=one.is_finished,
        ends=one.ends, risks=list(one.risks), targets=[_target(book, each) for each in one.targets],
        projects=[project(each) for each in projects(book, one.code)],
    )  # fmt: skip


def _target(book: Book, one: Target) -> out.TargetOut:
    return out.TargetOut(
        name=text(one.name), planned=optional(book, one.planned), reached=optional(book, one.reached),
        percent_published=optional(book, one.published), percent=number(one.progress), is_inverse=one.is_inverse,
    )  # fmt: skip


def project(one: Project) -> out.ProjectOut:
    """A project."""
    row = one.row
    return out.ProjectOut(
        name=text(one.name), number=one.number, also_numbered=list(one.also_numbered), fund=row["fund"],
        institution=row["institution"], start_date=row["start_date"], end_date=row["end_date"], status=row["status"],
    )  # fmt: skip


def recovery(book: Book, row: Row) -> out.RecoveryOut:
    """A part of the recovery plan."""
    return out.RecoveryOut(
        element=row["element"], code=row["element_code"], name=text(row["element_name"]), part_of=row["part_of"],
        status=row["status"], end_date=row["end_date"], value=optional(book, figure(row, "value")), line=row.line,
    )  # fmt: skip


# -- strategy and services -----------------------------------------------------------------------------------------


def goal(one: Goal) -> out.GoalOut:
    """A goal."""
    said = text(one.row["value_text"])
    (reached_lv, _, fits_lv), (reached_en, _, fits_en) = said.lv.partition(" / "), said.en.partition(" / ")
    return out.GoalOut(
        number=one.number, name=text(one.name), light=one.light, reached=Text(lv=reached_lv, en=reached_en),
        fits=Text(lv=fits_lv, en=fits_en), results=[text(each.name) for each in one.results],
    )  # fmt: skip


def strategy_result(book: Book, one: StrategyResult) -> out.StrategyResultOut:
    """A result or key indicator."""
    return out.StrategyResultOut(
        name=text(one.name), status=one.status, target=one.target, goals=[each for each in one.goals if each],
        figures=[figure_out(book, each) for each in one.figures],
        evidence=[text(row["evidence"]) for row in one.evidence],
    )  # fmt: skip


def audit(row: Row) -> out.AuditOut:
    """An audit."""
    auditor, name, conclusion, recommendation = (text(row[one]) for one in ("auditor", "audit", "conclusion",
                                                                            "recommendation"))  # fmt: skip
    return out.AuditOut(
        year=row["year"], institution=row["institution"], auditor=auditor, audit=name, conclusion=conclusion,
        recommendation=recommendation, follow_up=row["follow_up"], term=row["term"],
    )  # fmt: skip


def study(row: Row) -> out.StudyOut:
    """A study."""
    return out.StudyOut(title=text(row["research"]), aim=text(row["aim"]), status=row["status"])


def service(book: Book, one: Service) -> out.ServiceOut:
    """A public service."""
    applications = {stage: {channel: figure_out(book, each) for channel, each in channels.items()}
                    for stage, channels in one.applications.items()}  # fmt: skip
    return out.ServiceOut(
        name=text(one.name), year=one.year, applications=applications, complaints=optional(book, one.complaints),
        delays=optional(book, one.delays), electronic_percent=number(one.electronic_share),
    )  # fmt: skip

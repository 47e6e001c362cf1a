"""Annual reports: which can be had, and each with its tables and sources. Open to everybody."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Router

from balsts.figures import current
from balsts.law.engine.errors import InputError
from balsts.portal.api.report_shapes import (
    AnnualReportOut,
    PieceOut,
    ReportCode,
    ReportRemarkOut,
    ReportRowOut,
    ReportSourceOut,
    ReportsOut,
    ReportTableOut,
    ReportYear,
)
from balsts.statistics.report.counted import CountedFigures, municipalities
from balsts.statistics.report.form import Cell, Report, Table
from balsts.statistics.report.institutions import INSTITUTIONS, available
from balsts.statistics.report.live import live_report
from balsts.statistics.report.whole import report_of

router = Router()
_TAG = ["published figures"]
Lang = Literal["lv", "en"]


@router.get("/statistics/reports", auth=None, response=list[ReportsOut], tags=_TAG, summary="Annual reports")
def list_reports(request: HttpRequest, language: Lang = "lv") -> list[ReportsOut]:
    """The reports that can be had, as PDF and HTML at `/statistics/report/{code}/{year}.pdf`. Open to everybody."""
    published = [ReportsOut(code=one.code, name=one.name(language), is_live=False, years=years)
                 for one, years in available(current.book()) if years]  # fmt: skip
    return published + [ReportsOut(code=code, name=name, is_live=True, years=years)
                        for code, name, years in municipalities()]  # fmt: skip


@router.get("/statistics/reports/{report_code}/{year}", auth=None, response=AnnualReportOut, tags=_TAG,
            summary="An annual report")  # fmt: skip
def read_report(
    request: HttpRequest, report_code: ReportCode, year: ReportYear, language: Lang = "lv"
) -> AnnualReportOut:
    """The tables of a report, each number with its source and remarks. Open to everybody."""
    try:
        if report_code in INSTITUTIONS:
            found = report_of(current.book(), report_code, year, language)
        else:
            found = live_report(CountedFigures(), report_code, year, language)
    except InputError:
        raise Http404 from None
    return _report(found)


def _report(report: Report) -> AnnualReportOut:
    return AnnualReportOut(
        code=report.institution, year=report.year, language=report.language, name=report.name, title=report.title,
        documents=dict(report.documents),
        tables=[_table(one.heading, block) for one in report.chapters for block in one.all_blocks()
                if isinstance(block, Table)],
        sources=[ReportSourceOut(**asdict(one)) for one in report.sources],
        remarks=[ReportRemarkOut(**asdict(one)) for one in report.remarks],
    )  # fmt: skip


def _table(chapter: str, table: Table) -> ReportTableOut:
    rows = [ReportRowOut(kind=row.kind, cells=[[_piece(one) for one in pieces] for pieces in row.cells])
            for row in table.rows]  # fmt: skip
    return ReportTableOut(chapter=chapter, number=table.number, caption=table.caption,
                          columns=[one.title for one in table.columns], rows=rows)  # fmt: skip


def _piece(cell: Cell) -> PieceOut:
    return PieceOut(text=cell.text, sources=list(cell.sources), is_computed=cell.is_computed,
                    remarks=list(cell.remarks), light=cell.light)  # fmt: skip

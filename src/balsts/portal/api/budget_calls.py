"""Programmes, budget, EU funds, strategy and services, as published; open to everybody.

An answer is made once for a book of figures and kept: it is the same for whoever asks.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from balsts.budget import eu_funds, execution, frame, measures, programmes, services, strategy, transfers
from balsts.figures import current
from balsts.figures.book import Book
from balsts.portal.api import budget_shown as shown
from balsts.portal.api.budget_shapes import (
    BudgetOut,
    EuFundsOut,
    FrameOut,
    MeasureCode,
    MeasureOut,
    MeasuresOut,
    ProgrammeCode,
    ProgrammeOut,
    ProgrammesOut,
    ServiceOut,
    SideOut,
    StrategyOut,
)

router = Router(auth=None, tags=["published plans and results"])


@router.get("/statistics/programmes", response=ProgrammesOut, summary="Policy areas and programmes")
def list_programmes(request: HttpRequest) -> HttpResponse:
    """The tree from policy area to indicator, each indicator once, and every code with the names printed for it."""
    return _kept(_programmes)


@router.get("/statistics/programmes/{programme_code}", response=ProgrammeOut, summary="A programme")
def read_programme(request: HttpRequest, programme_code: ProgrammeCode) -> HttpResponse:
    """A programme or subprogramme: names with their years, money, results with indicators."""
    return _kept(_programme, programme_code)


@router.get("/statistics/budget", response=BudgetOut, summary="Plan and execution")
def read_budget(request: HttpRequest) -> HttpResponse:
    """The basic budget by line; by programme; the years side by side; the agency's tables.

    The plan holds the amendments of the year. Percent is worked out beside the one published.
    """
    return _kept(_budget)


@router.get("/statistics/budget/consolidated", response=list[SideOut], summary="Consolidated and gross")
def read_consolidated(request: HttpRequest) -> HttpResponse:
    """Income and expenditure of the special budget with the transfers between its sub-budgets and without them."""
    return _kept(_consolidated)


@router.get("/statistics/budget/measures", response=MeasuresOut, summary="Priority measures")
def read_measures(request: HttpRequest) -> HttpResponse:
    """Priority measures: money approved, and what was spent on which results. Numbers of measures are not unique."""
    return _kept(_measures)


@router.get("/statistics/budget/frame", response=FrameOut, summary="The frame of the years to come")
def read_frame(request: HttpRequest) -> HttpResponse:
    """Areas, changes, measures, laws and other parts of the frame; what becomes of benefits."""
    return _kept(_frame)


@router.get("/statistics/eu-funds", response=EuFundsOut, summary="EU funds")
def list_eu_funds(request: HttpRequest) -> HttpResponse:
    """Measures with money, targets and risks by our rule; projects, payment requests, the recovery plan."""
    return _kept(_eu_funds)


@router.get("/statistics/eu-funds/{measure_code}", response=MeasureOut, summary="A measure of EU funds")
def read_eu_fund(request: HttpRequest, measure_code: MeasureCode) -> HttpResponse:
    """A measure with its targets and projects."""
    return _kept(_eu_fund, measure_code)


@router.get("/statistics/strategy", response=StrategyOut, summary="The strategy")
def read_strategy(request: HttpRequest) -> HttpResponse:
    """Goals with their lights, results and key indicators with evidence, audits, studies."""
    return _kept(_strategy)


@router.get("/statistics/services", response=list[ServiceOut], summary="Public services")
def list_services(request: HttpRequest) -> HttpResponse:
    """Public services by channel, with complaints and delays."""
    return _kept(_services)


# -- what they answer --------------------------------------------------------------------------------------------------


def _programmes(book: Book) -> ProgrammesOut:
    every = [one for found in programmes.programmes(book) for one in (found, *found.parts)]
    return ProgrammesOut(areas=[shown.area(book, one) for one in programmes.areas(book)],
                         programmes=[shown.programme_row(one) for one in every])  # fmt: skip


def _programme(book: Book, programme_code: str) -> ProgrammeOut:
    found = programmes.programme(book, programme_code)
    if found is None:
        raise Http404
    return ProgrammeOut(
        **shown.programme_row(found).model_dump(), parts=[one.code for one in found.parts],
        lines=[shown.line(book, one) for one in execution.of_programme(book, programme_code)],
        results=[shown.result(book, one) for one in programmes.results(book, programme_code)],
    )  # fmt: skip


def _budget(book: Book) -> BudgetOut:
    by_programme = [one for group in execution.by_programme(book) for one in group.lines]
    every = {
        "basic": execution.lines(book, execution.BASIC), "programmes": (*execution.totals(book), *by_programme),
        "years": execution.lines(book, execution.SUMMARY),
        "agency": (*execution.lines(book, execution.AGENCY_SUMMARY),
                   *(one for _, several in execution.agency(book) for one in several)),
    }  # fmt: skip
    told = {name: [shown.line(book, one) for one in several] for name, several in every.items()}
    return BudgetOut(year=execution.reported_year(book, execution.BASIC), **told)


def _consolidated(book: Book) -> list[SideOut]:
    return [shown.side(book, one) for one in transfers.sides(book)]


def _measures(book: Book) -> MeasuresOut:
    found = measures.funded(book)
    return shown.measures_out(book, found, measures.reported(book))


def _frame(book: Book) -> FrameOut:
    sections = dict.fromkeys(row["section"] for row in book.rows(frame.TABLE))
    return FrameOut(
        items=[shown.item(book, one, item) for one in sections for item in frame.section(book, one).items],
        reforms=[shown.reform(book, law, one) for law in frame.laws(book) for one in law.reforms],
        eliminated_million_eur={year: str(value) for year, value in frame.eliminated(book)},
    )  # fmt: skip


def _eu_funds(book: Book) -> EuFundsOut:
    several = eu_funds.measures(book)
    return EuFundsOut(
        as_of=several[0].as_of if several else None, measures=[shown.measure(book, one) for one in several],
        projects=[shown.project(one) for one in eu_funds.projects(book)],
        payment_requests=[shown.indicator(book, programmes.indicator(book, row))
                          for row in eu_funds.payment_requests(book)],
        recovery_plan=[shown.recovery(book, row) for row in eu_funds.recovery_plan(book)],
    )  # fmt: skip


def _eu_fund(book: Book, measure_code: str) -> MeasureOut:
    found = eu_funds.measure(book, measure_code)
    if found is None:
        raise Http404
    return shown.measure(book, found)


def _strategy(book: Book) -> StrategyOut:
    return StrategyOut(
        goals=[shown.goal(one) for one in strategy.goals(book)],
        results=[shown.strategy_result(book, one) for one in strategy.results(book)],
        key_indicators=[shown.strategy_result(book, one) for one in strategy.key_indicators(book)],
        audits=[shown.audit(row) for row in strategy.audits(book)],
        studies=[shown.study(row) for row in strategy.studies(book)],
    )  # fmt: skip


def _services(book: Book) -> list[ServiceOut]:
    return [shown.service(book, one) for one in services.services(book)]


def _kept(build: Callable[..., BaseModel | list[Any]], *about: str) -> HttpResponse:
    """The answer that a function makes of the book as it stands."""
    return HttpResponse(_made(current.book(), build, *about), content_type="application/json; charset=utf-8")


@lru_cache(maxsize=200)
def _made(book: Book, build: Callable[..., BaseModel | list[BaseModel]], *about: str) -> str:
    made = build(book, *about)
    if isinstance(made, BaseModel):
        return made.model_dump_json()
    return json.dumps([one.model_dump(mode="json") for one in made], ensure_ascii=False)

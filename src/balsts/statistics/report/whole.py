"""A whole report out of the published figures: which chapters it has, in which order, and the lists at its end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import yaml

from balsts.documents.letter import Language
from balsts.figures.book import Book
from balsts.figures.datasets import DATASETS
from balsts.figures.documents import DOCUMENTS
from balsts.statistics.report import (
    agency,
    form,
    ministry_budget,
    ministry_programmes,
    ministry_results,
    ministry_strategy,
    registers,
)
from balsts.statistics.report.desk import Desk
from balsts.statistics.report.institutions import title, wanted

_ABOUT = Path(__file__).parent / "about.yaml"
_SHORT = 12
Maker = Callable[[Desk], form.Chapter | None]


def _about(desk: Desk) -> form.Chapter | None:
    """Basic information: what the documents say of the institution itself."""
    sections = []
    for one in _said():
        if (one["institution"], one["year"]) == (desk.institution.code, desk.year):
            document = next(known for known in DOCUMENTS.values() if known.code == one["document"])
            desk.documents[document.code] = document.title(desk.lang)
            items = tuple((form.Cell(item[desk.lang]), form.Cell(desk.say(
                f" ({document.code}, {item['line']}. rinda)", f" ({document.code}, line {item['line']})")))
                for item in one["items"])  # fmt: skip
            sections.append(form.Section(one["heading"][desk.lang], (form.Items(items),)))
    return form.Chapter(desk.say("Pamatinformācija", "Basic information"), (), tuple(sections)) if sections else None


@cache
def _said() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(_ABOUT.read_text(encoding="utf-8"))
    return found


CHAPTERS: dict[str, tuple[Sequence[Maker], Sequence[Maker]]] = {
    "lm": (
        (_about, ministry_budget.finances, ministry_programmes.indicators, ministry_programmes.eu_funds,
         registers.projects, registers.recovery, ministry_results.results, ministry_strategy.in_short,
         ministry_results.research, ministry_results.management, ministry_results.personnel,
         ministry_results.communication, ministry_results.other_figures),
        (ministry_budget.basic_budget, ministry_budget.special_budget, ministry_budget.programmes,
         ministry_budget.priority_measures, ministry_results.ukraine, ministry_strategy.evaluation,
         ministry_strategy.carried_out, ministry_results.public_services),
    ),
    "siva": (
        (_about, agency.tasks, agency.finances, registers.projects, agency.services, agency.coordination,
         agency.efficiency, agency.staff, agency.public, agency.other),
        (),
    ),
}  # fmt: skip
"""Makers of chapters, which are numbered, and of annexes, which name themselves; each makes none without figures."""


def report_of(book: Book, institution: str, year: int, lang: Language) -> form.Report:
    """The report of an institution and a year, out of the published figures.

    Raises:
        InputError: there is no such institution, or no report of that year; it lists what there is.
    """
    whose = wanted(book, institution, year)
    desk = Desk(book, whose, year, lang)
    chapters, annexes = CHAPTERS[whose.code]
    written = [one for one in (make(desk) for make in chapters) if one is not None]
    found = [numbered(one, number) for number, one in enumerate(written, 1)]
    found += [replace(one, is_annex=True) for one in (make(desk) for make in annexes) if one is not None]
    if desk.remarks:
        found.append(_contradictions(desk))
    return form.Report(lang, whose.code, year, whose.name(lang), title(year, lang), _colophon(desk), tuple(found),
                       tuple(desk.sources), tuple(desk.remarks), tuple(sorted(desk.documents.items())))  # fmt: skip


def numbered(chapter: form.Chapter, number: int) -> form.Chapter:
    """A chapter with its number, and those of its sections."""
    sections = tuple(
        form.Section(f"{number}.{at}. {one.heading}", one.blocks) for at, one in enumerate(chapter.sections, 1)
    )
    return replace(chapter, heading=f"{number}. {chapter.heading}", sections=sections)


def _contradictions(desk: Desk) -> form.Chapter:
    """What in the published figures contradicts itself, all in one place."""
    told = desk.paragraph(desk.say(
        "Publicētajos dokumentos atrastās pretrunas starp šī pārskata skaitļiem. Neviens skaitlis nav labots; "
        "pie skaitļa stāv tās pašas piezīmes numurs.",
        "Contradictions found between figures of this report in the published documents. No figure was corrected; "
        "the number of the same remark stands beside the figure.",
    ))  # fmt: skip
    items = form.Items(tuple((form.Cell(f"({one.number}) {one.text}"),) for one in desk.remarks))
    return form.Chapter(
        desk.say("Pretrunas publicētajos skaitļos", "Contradictions in the published figures"),
        (told, items),
        is_annex=True,
    )


def _colophon(desk: Desk) -> tuple[str, ...]:
    return (
        desk.say("Sagatavots no publicētajiem skaitļiem, kā tie nolasīti dokumentos; neviens nav labots.",
                 "Made of the published figures as they were read in the documents; none was corrected."),
        desk.say("Katram skaitlim pielikumā «Skaitļu avoti» ir dokuments un rinda.",
                 "For each number, the appendix “Sources of figures” has the document and the line."),
        desk.say(f"Datu pazīme: {identity(desk.book)[:_SHORT]}", f"Mark of the data: {identity(desk.book)[:_SHORT]}"),
    )  # fmt: skip


_identities: WeakKeyDictionary[Book, str] = WeakKeyDictionary()


def identity(book: Book) -> str:
    """What the figures of a book are told apart by: the same for the same rows and contradictions, wherever loaded."""
    if book not in _identities:
        digest = hashlib.sha256()
        for code in DATASETS:
            for row in book.rows(code):
                digest.update("\x1f".join((code, row.key, *row.cells.values())).encode())
        for one in book.findings:
            digest.update(f"\x1e{one.figure}\x1f{one.lv}".encode())
        _identities[book] = digest.hexdigest()
    return _identities[book]

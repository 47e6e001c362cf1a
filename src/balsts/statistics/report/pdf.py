"""A report as PDF: PDF/A-2a and PDF/UA-1 in one file, each number a link to its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from balsts.documents.pdf import document_pages, document_pdf
from balsts.documents.text import shown
from balsts.statistics.report import form
from balsts.statistics.report.words import words

_TONED = re.compile(r"var\(--[a-z]+, (#[0-9a-f]{6})\)")


def pdf_of(report: form.Report, drawings: dict[int, str]) -> bytes:
    """A report as PDF; the same report gives the same bytes, for it is dated by the end of its year.

    Args:
        drawings: each chart as SVG, by its number.
    """
    return document_pdf("report", data_of(report, drawings), at=datetime(report.year, 12, 31, tzinfo=UTC))


def pages_of(report: form.Report, drawings: dict[int, str]) -> list[bytes]:
    """The pages as pictures (PNG), to look at."""
    return document_pages("report", data_of(report, drawings))


def data_of(report: form.Report, drawings: dict[int, str]) -> dict[str, Any]:
    """What the template reads: each text as it may be shown, nothing of it markup."""
    return {
        "language": report.language,
        "title": shown(report.title),
        "name": shown(report.name),
        "is_draft": False,
        "sender": {"name": shown(report.name)},
        "year": report.year,
        "words": words(report),
        "colophon": [shown(one) for one in report.colophon],
        "chapters": [_chapter(report, one, drawings) for one in report.chapters],
        "documents": [[shown(one) for one in both] for both in report.documents],
        "sources": [
            [
                one.number,
                shown(one.title),
                shown(one.value),
                shown(f"{one.document}, {one.place}"),
                shown(one.code),
                shown(one.note),
            ]
            for one in report.sources
        ],
    }


def _chapter(report: form.Report, chapter: form.Chapter, drawings: dict[int, str]) -> dict[str, Any]:
    return {
        "heading": shown(chapter.heading),
        "is_annex": chapter.is_annex,
        "blocks": _blocks(report, chapter.blocks, drawings),
        "sections": [
            {"heading": shown(one.heading), "blocks": _blocks(report, one.blocks, drawings)} for one in chapter.sections
        ],
    }


def _blocks(report: form.Report, blocks: Sequence[form.Block], drawings: dict[int, str]) -> list[dict[str, Any]]:
    return [_block(report, one, drawings) for one in blocks]


def _block(report: form.Report, block: form.Block, drawings: dict[int, str]) -> dict[str, Any]:
    said = words(report)
    remarks = [[number, shown(report.remarks[number - 1].text)] for number in form.remarks_of(block)]
    if isinstance(block, form.Paragraph):
        return {"kind": "paragraph", "pieces": _pieces(block.pieces), "remarks": remarks}
    if isinstance(block, form.Items):
        return {"kind": "items", "items": [_pieces(one) for one in block.items], "remarks": remarks}
    if isinstance(block, form.Chart):
        return {
            "kind": "chart",
            "svg": _TONED.sub(r"\1", drawings[block.number]),
            "alternative": shown(f"{block.caption}. {block.about}"),
            "caption": shown(f"{said['chart'].format(number=block.number)} {block.caption}, {block.measured}"),
            "same": said["same"].format(number=block.table),
            "wide": _wide(drawings[block.number]),
        }
    return {
        "kind": "table",
        "caption": shown(f"{said['table'].format(number=block.number)} {block.caption}"),
        "columns": [
            {"title": shown(one.title), "is_number": one.is_number, "share": one.share} for one in block.columns
        ],
        "rows": [{"kind": row.kind, "cells": [_pieces(one) for one in row.cells]} for row in block.rows],
        "remarks": remarks,
    }


def _pieces(pieces: form.Pieces) -> list[dict[str, Any]]:
    """Pieces without what they do not have: a report has thousands of them."""
    found = []
    for one in pieces:
        piece: dict[str, Any] = {"text": shown(one.text)}
        if one.sources:
            piece["sources"] = list(one.sources)
        if one.is_computed:
            piece["is_computed"] = True
        if one.remarks:
            piece["remarks"] = list(one.remarks)
        if one.light:
            piece["light"] = one.light
        if one.lang:
            piece["lang"] = one.lang
        found.append(piece)
    return found


def _wide(svg: str) -> float:
    """How wide a drawing is, in its own pixels."""
    found = re.search(r'width="([\d.]+)"', svg)
    return float(found[1]) if found else 0.0

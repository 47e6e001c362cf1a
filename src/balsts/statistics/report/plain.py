"""A report as what JSON can hold: for other programs, and to look at."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from balsts.statistics.report import form
from balsts.statistics.report.numbers import plain


def plain_of(report: form.Report) -> dict[str, Any]:
    """A report with its chapters, tables, numbers and their sources."""
    return {
        "institution": report.institution, "year": report.year, "language": report.language, "name": report.name,
        "title": report.title, "colophon": list(report.colophon), "documents": dict(report.documents),
        "chapters": [
            {"heading": one.heading, "blocks": [_block(block) for block in one.blocks],
             "sections": [{"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}
                          for section in one.sections]}
            for one in report.chapters
        ],
        "sources": [asdict(one) for one in report.sources], "remarks": [asdict(one) for one in report.remarks],
    }  # fmt: skip


def _block(block: form.Block) -> dict[str, Any]:
    if isinstance(block, form.Paragraph):
        return {"kind": "paragraph", "pieces": _pieces(block.pieces)}
    if isinstance(block, form.Items):
        return {"kind": "items", "items": [_pieces(one) for one in block.items]}
    if isinstance(block, form.Chart):
        series = [{"name": name, "values": [None if one is None else plain(one) for one in values]}
                  for name, values in block.series]  # fmt: skip
        return {"kind": "chart", "number": block.number, "caption": block.caption, "measured": block.measured,
                "table": block.table, "labels": list(block.labels), "series": series}  # fmt: skip
    return {
        "kind": "table", "number": block.number, "caption": block.caption,
        "columns": [one.title for one in block.columns],
        "rows": [{"kind": row.kind, "cells": [_pieces(one) for one in row.cells]} for row in block.rows],
    }  # fmt: skip


def _pieces(pieces: form.Pieces) -> list[dict[str, Any]]:
    """Pieces, each with what it has."""
    return [{name: value for name, value in asdict(one).items() if value} for one in pieces]

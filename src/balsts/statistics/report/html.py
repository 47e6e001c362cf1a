"""A report as HTML: one file with everything in it, no script, nothing fetched; each number a link to its source."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

import balsts.documents
from balsts.statistics.report import form
from balsts.statistics.report.words import words

_DOCUMENTS = Path(balsts.documents.__file__).parent
_FONTS = {"latin": "U+0000-00FF, U+2000-206F, U+20AC, U+2190-2193, U+2212, U+25A0-25CF",
          "latin-ext": "U+0100-02BA, U+1E00-1E9F, U+20A0-20AB"}  # fmt: skip
_SIGNS = {"reached": "●", "partly": "▲", "open": "■"}


def html_of(report: form.Report, drawings: dict[int, str], base: str | None = None) -> str:
    """A report as a file of HTML.

    Args:
        drawings: each chart as SVG in the tone of a page, by its number.
        base: the address of the portal that has the pages of rows, empty where the file is read there itself; left out,
            rows are named and not linked.
    """
    return _Writer(report, drawings, base).whole()


@cache
def style() -> str:
    """The style sheet, with the font in it."""
    faces = []
    for part, letters in _FONTS.items():
        kept = base64.b64encode(
            (_DOCUMENTS / "fonts" / f"source-sans-3-{part}-wght-normal.woff2").read_bytes()
        ).decode()
        faces.append(
            '@font-face { font-family: "Source Sans 3 Variable"; font-style: normal; font-weight: 200 900; '
            f'src: url("data:font/woff2;base64,{kept}") format("woff2"); unicode-range: {letters}; }}'
        )
    return "\n".join([*faces, (_DOCUMENTS / "templates" / "report.css").read_text(encoding="utf-8")])


@cache
def policy() -> str:
    """The content security policy that the file keeps to: its own style and font, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"


class _Writer:
    """Writes one file: what stands where a number first stands is known while it is written."""

    def __init__(self, report: form.Report, drawings: dict[int, str], base: str | None) -> None:
        self._report, self._drawings, self._base = report, drawings, base
        self._words = words(report)
        self._placed: set[int] = set()
        self._block = 0

    def whole(self) -> str:
        """The file."""
        report, mark = self._report, (_DOCUMENTS / "templates" / "mark.svg").read_text(encoding="utf-8").strip()
        chapters = [self._chapter(number, one) for number, one in enumerate(report.chapters, 1)]
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{report.language}">',
                "<head>",
                '<meta charset="utf-8">',
                f"<title>{escape(report.title)} – {escape(report.name)}</title>",
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                '<meta name="color-scheme" content="light dark">',
                f"<style>{style()}</style>",
                "</head>",
                "<body>",
                f'<a class="skip" href="#main">{self._words["skip"]}</a>',
                f'<header><div class="in"><span class="mark" aria-hidden="true">{mark}</span>',
                f"<span>{escape(report.name)}</span></div></header>",
                '<main id="main">',
                f"<h1>{escape(report.title)}</h1>",
                *(f'<p class="small">{escape(one)}</p>' for one in report.colophon),
                self._contents(),
                *chapters,
                self._sources(),
                "</main>",
                "</body>",
                "</html>",
                "",
            ]
        )

    def _contents(self) -> str:
        entries = []
        for number, chapter in enumerate(self._report.chapters, 1):
            below = "".join(f'<li><a href="#k{number}-{at}">{escape(one.heading)}</a></li>'
                            for at, one in enumerate(chapter.sections, 1))  # fmt: skip
            entries.append(
                f'<li><a href="#k{number}">{escape(chapter.heading)}</a>{f"<ul>{below}</ul>" if below else ""}</li>'
            )
        entries.append(f'<li><a href="#sources">{self._words["sources"]}</a></li>')
        named = self._words["contents"]
        return f'<nav aria-labelledby="contents"><h2 id="contents">{named}</h2><ul>{"".join(entries)}</ul></nav>'

    def _chapter(self, number: int, chapter: form.Chapter) -> str:
        parts = [
            f'<section aria-labelledby="k{number}"><h2 id="k{number}">{escape(chapter.heading)}</h2>',
            self._blocks(chapter.blocks),
        ]
        for at, section in enumerate(chapter.sections, 1):
            parts += [f'<h3 id="k{number}-{at}">{escape(section.heading)}</h3>', self._blocks(section.blocks)]
        return "\n".join([*parts, "</section>"])

    def _blocks(self, blocks: Iterable[form.Block]) -> str:
        return "\n".join(self._one(block) for block in blocks)

    def _one(self, block: form.Block) -> str:
        self._block += 1
        if isinstance(block, form.Chart):
            return self._chart(block)
        if isinstance(block, form.Table):
            told = self._table(block)
        elif isinstance(block, form.Items):
            told = f"<ul>{''.join(f'<li>{self._pieces(one)}</li>' for one in block.items)}</ul>"
        else:
            told = f"<p>{self._pieces(block.pieces)}</p>"
        return told + self._remarks(form.remarks_of(block))

    def _remarks(self, numbers: list[int]) -> str:
        if not numbers:
            return ""
        texts = {number: escape(self._report.remarks[number - 1].text) for number in numbers}
        said = "".join(f'<li id="r{one}-{self._block}"><sup>({one})</sup> {text}</li>' for one, text in texts.items())
        return f'<ul class="remarks" aria-label="{self._words["remarks"]}">{said}</ul>'

    def _chart(self, chart: form.Chart) -> str:
        caption = f"{self._words['chart'].format(number=chart.number)} {chart.caption}, {chart.measured}"
        same = self._words["same"].format(number=chart.table)
        return (
            f"<figure><figcaption>{escape(caption)}</figcaption>"
            f'<div class="picture">{self._drawings[chart.number]}</div>'
            f'<p class="small"><a href="#t{chart.table}">{escape(same)}</a></p></figure>'
        )

    def _table(self, table: form.Table) -> str:
        widest = max(
            range(len(table.columns)), key=lambda at: (not table.columns[at].is_number) * table.columns[at].share
        )
        heads = "".join(
            f'<th scope="col"{" class=n" if one.is_number else ""}>{escape(one.title)}</th>' for one in table.columns
        )
        parts, is_open = [], False
        for row in table.rows:
            if row.kind == "group" or not is_open:
                parts.append("</tbody><tbody>" if is_open else "<tbody>")
                is_open = True
            parts.append(self._row(table, row, widest))
        caption = f"{self._words['table'].format(number=table.number)} {table.caption}"
        return (f'<div class="scroll" role="region" tabindex="0" aria-labelledby="t{table.number}"><table>'
                f'<caption id="t{table.number}">{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
                f'{"".join(parts)}</tbody></table></div>')  # fmt: skip

    def _row(self, table: form.Table, row: form.Row, widest: int) -> str:
        if row.kind == "group":
            return (f'<tr class="group"><th scope="rowgroup" colspan="{len(table.columns)}">'
                    f"{self._pieces(row.cells[0])}</th></tr>")  # fmt: skip
        cells = []
        for at, (column, pieces) in enumerate(zip(table.columns, row.cells, strict=True)):
            told = self._pieces(pieces)
            if at == widest and told:
                cells.append(f'<th scope="row">{told}</th>')
            else:
                cells.append(f"<td{' class=n' if column.is_number else ''}>{told}</td>")
        return f"<tr{' class=total' if row.kind else ''}>{''.join(cells)}</tr>"

    def _pieces(self, pieces: form.Pieces) -> str:
        return "".join(self._piece(one) for one in pieces)

    def _piece(self, one: form.Cell) -> str:
        said = escape(one.text)
        if one.lang:
            said = f'<span lang="{one.lang}">{said}</span>'
        if one.light:
            said = f'<span class="{one.light}" aria-hidden="true">{_SIGNS[one.light]}</span> {said}'
        if one.is_computed:
            from_ = ", ".join(
                f'<a href="#s{number}" aria-label="{self._words["source"]} {number}">{number}</a>'
                for number in one.sources
            )
            said += f' <span class="from">[{from_}]</span>'
        elif one.sources:
            said = f'<a{self._place(one.sources[0])} href="#s{one.sources[0]}">{said}</a>'
        for number in one.remarks:
            told = self._words["remark"].format(number=number)
            href = f"#r{number}-{self._block}"
            said += f'<sup><a class="mark-of-remark" href="{href}" aria-label="{told}">({number})</a></sup>'
        return said

    def _place(self, number: int) -> str:
        """The identifier of a number where it stands first: the list of sources leads back there."""
        if number in self._placed:
            return ""
        self._placed.add(number)
        return f' id="c{number}"'

    def _sources(self) -> str:
        said = self._words
        heads = "".join(f'<th scope="col"{" class=n" if name == "value" else ""}>{said[name]}</th>'
                        for name in ("number", "figure", "value", "place"))  # fmt: skip
        documents = "".join(f"<li>{escape(code)}: {escape(title)}</li>" for code, title in self._report.documents)
        rows = "".join(self._source(one) for one in self._report.sources)
        told = f"<h3>{said['documents']}</h3><ul>{documents}</ul>" if documents else ""
        return (
            f'<section aria-labelledby="sources"><h2 id="sources">{said["sources"]}</h2>'
            f"<p>{said['sources_told']}</p>{told}"
            f'<div class="scroll" role="region" tabindex="0" aria-labelledby="all-sources"><table class="sources">'
            f'<caption id="all-sources">{said["figures"]}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
            "</table></div></section>"
        )

    def _source(self, one: form.Source) -> str:
        number = str(one.number)
        if one.number in self._placed:
            number = f'<a href="#c{one.number}" aria-label="{self._words["back"]}: {one.number}">{one.number}</a>'
        code, note = escape(one.code), f" · {escape(one.note)}" if one.note else ""
        if self._base is not None:
            code = f'<a href="{escape(self._base + one.address)}">{code}</a>'
        return (
            f'<tr id="s{one.number}"><td>{number}</td>'
            f'<th scope="row">{escape(one.title)} <span class="code">{code}{note}</span></th>'
            f"<td class=n>{escape(one.value)}</td><td>{escape(f'{one.document}, {one.place}')}</td></tr>"
        )

"""Where a report of published figures is put together: rows of the book in, cells with sources and remarks out."""

from __future__ import annotations

from balsts.documents.letter import Language
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.english import worded
from balsts.figures.rows import Figure, Row
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE, Bench
from balsts.statistics.report.institutions import Institution
from balsts.statistics.report.numbers import percent_of, shown
from balsts.statistics.report.remarked import qualified

_UNSAID = frozenset({
    "row_id", "table", "section", "institution", "policy_area_source", "policy_card", "validity_basis", "fund",
    "group_code", "model_variant", "unit",
})  # fmt: skip
"""Columns that do not help to say in words which figure it is."""

_LINES = {"planned": "source_line_planned", "achieved": "source_line_achieved",
          "percent_published": "source_line_achieved"}  # fmt: skip
"""Columns whose figures have a line of their own, in tables that say so."""


class Desk(Bench):
    """What the chapters of a report of published figures share: besides, the book and the institution."""

    def __init__(self, book: Book, institution: Institution, year: int, lang: Language) -> None:
        super().__init__(year, lang)
        self.book, self.institution = book, institution
        self._remark_numbers: dict[str, int] = {}

    # -- words ---------------------------------------------------------------------------------------------------

    def name(self, text: str) -> str:
        """A name of the documents in the language of the report."""
        return worded(text, self.lang)

    def words(self, text: str) -> form.Pieces:
        """A name as what stands in a cell; marked as Latvian where it has no English name."""
        named = self.name(text)
        is_latvian = self.lang == "en" and named == text and any(one.isalpha() and not one.isascii() for one in text)
        return (form.Cell(named, lang="lv" if is_latvian else ""),)

    def line(self, figure: Figure) -> str:
        """Which place of its document a figure is from, as in the list of sources."""
        row = figure.row
        if row.document is None:
            return self.say(f"datnes {row.number}. rinda", f"row {row.number} of the file")
        line = row.get(_LINES.get(figure.column, "")) or row.line
        return self.say(f"{line}. rinda", f"line {line}")

    # -- numbers -------------------------------------------------------------------------------------------------

    def figure(self, row: Row, column: str) -> form.Pieces:
        """The number of a column of a row, or a dash where there is none."""
        if column not in row.values:
            return NONE
        before, number = qualified(row, column, self.lang)
        cell = self._cell(Figure(row, column), number)
        return (form.Cell(before), cell) if before else (cell,)

    def _cell(self, figure: Figure, text: str) -> form.Cell:
        remarks = tuple(self._remark(one.sentence(self.lang)) for one in self.book.findings_of(figure))
        return form.Cell(text, (self._source(figure, text),), remarks=tuple(dict.fromkeys(remarks)))

    def share(self, row: Row, part: str, whole: str) -> form.Pieces:
        """A number in percent of another of the same row, computed here."""
        if part not in row.values or whole not in row.values:
            return NONE
        found = percent_of(row.values[part], row.values[whole])
        if found is None:
            return NONE
        both = (Figure(row, part), Figure(row, whole))
        sources = tuple(self._source(one, shown(one.text, self.lang)) for one in both)
        return (form.Cell(shown(found, self.lang), sources, is_computed=True),)

    def _source(self, figure: Figure, text: str) -> int:
        """The number of a figure's entry in the list of sources; the same figure has one entry."""
        if figure.code in self.used:
            return self.used[figure.code]
        row, document = figure.row, figure.row.document
        if document is not None:
            self.documents[document.code] = document.title(self.lang)
        number = self.used[figure.code] = len(self.sources) + 1
        self.sources.append(
            form.Source(
                number,
                figure.code,
                self._told(figure),
                text,
                document.code if document else row.table.file,
                self.line(figure),
                f"/statistics/tables/{row.dataset}/{row.key}/",
                worded(row.get("source_note"), self.lang),
            )
        )
        return number

    def _told(self, figure: Figure) -> str:
        """What a figure is, in words: the table, what the row is about, the column."""
        row = figure.row
        said = [self._dimension(row, one.name) for one in row.table.dimensions
                if one.name not in _UNSAID and row[one.name]]  # fmt: skip
        unit = self.name(figure.unit)
        column = figure.heading(self.lang)
        return f"{row.table.title(self.lang)}: {', '.join([*said, column])}{f' ({unit})' if unit else ''}"

    def _dimension(self, row: Row, column: str) -> str:
        known = COLUMNS[column]
        text = row[column]
        return known.word(text, self.lang) if known.kind == "choice" else self.name(text)

    def _remark(self, sentence: str) -> int:
        if sentence not in self._remark_numbers:
            self._remark_numbers[sentence] = len(self.remarks) + 1
            self.remarks.append(form.Remark(len(self.remarks) + 1, sentence))
        return self._remark_numbers[sentence]

    # -- rows ----------------------------------------------------------------------------------------------------

    def before(self, row: Row) -> Row | None:
        """The row of the same series for the year before."""
        found = (one for one in self.book.series(row.dataset, row.series) if one.period == str(self.year - 1))
        return next(found, None)

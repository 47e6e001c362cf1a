"""A report as plain data: chapters of paragraphs, tables and charts, each number with its source. Never how it looks.

The published figures and the live ones fill this one form; PDF, HTML and JSON are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from balsts.documents.letter import Language

Light = Literal["", "reached", "partly", "open"]
"""A traffic light: reached or corresponding; partly; not reached. Words always stand beside it."""


@dataclass(frozen=True)
class Cell:
    """A piece of text, or a number with its source.

    Attributes:
        text: as it is shown.
        sources: numbers of entries in the list of sources: one for a figure, several for what is computed of them,
            none for words.
        is_computed: whether the number is printed nowhere, but computed here of its sources.
        remarks: numbers of remarks: contradictions that the figure takes part in.
        light: its traffic light.
        lang: the language of the text, where it is not that of the report.
    """

    text: str
    sources: tuple[int, ...] = ()
    is_computed: bool = False
    remarks: tuple[int, ...] = ()
    light: Light = ""
    lang: str = ""


Pieces = tuple[Cell, ...]
"""What stands in one place: words and numbers, joined as they are."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of words and numbers."""

    pieces: Pieces


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Pieces, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right. `share` says how wide it is beside the others, for words."""

    title: str
    is_number: bool = False
    share: int = 1


@dataclass(frozen=True)
class Row:
    """A row of a table: a total, the heading of the rows below it (one piece over all columns), or neither."""

    cells: tuple[Pieces, ...]
    kind: Literal["", "total", "group"] = ""


@dataclass(frozen=True)
class Table:
    """A table with its number in the report."""

    number: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != (1 if row.kind == "group" else len(self.columns)):
                raise ValueError(f"table {self.number}: a row of {len(row.cells)} cells, {len(self.columns)} columns")


@dataclass(frozen=True)
class Chart:
    """A chart with its number: the numbers of the table named, drawn.

    Attributes:
        kind: `bars` from left to right; `columns` upwards, beside each other for each label; `lines` over years.
        about: what is to be seen, in a sentence, for those who do not see it.
        across: what labels are; for `lines`, years.
        measured: what values tell, with their unit.
        table: the number of the table that has the same in numbers.
        series: a name and a value for each label; None where there is none.
    """

    number: int
    kind: Literal["bars", "columns", "lines"]
    caption: str
    about: str
    across: str
    measured: str
    table: int
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


Block = Paragraph | Items | Table | Chart


@dataclass(frozen=True)
class Section:
    """A part of a chapter under a heading of its own."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter, or an annex, which begins a page."""

    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    is_annex: bool = False

    def all_blocks(self) -> Iterator[Block]:
        """Its blocks and those of its sections, in order."""
        yield from self.blocks
        for section in self.sections:
            yield from section.blocks


@dataclass(frozen=True)
class Source:
    """Where a number is from: an entry of the appendix.

    Attributes:
        code: the code of the figure, or of the live one.
        title: what the number is, in words.
        value: as the number is shown.
        document: the short code of the document, or the definition by which a live figure is counted.
        place: where in it ("1309. rinda").
        address: the page of the row or of the definition in the portal.
        note: what whoever read the document noted of the row.
    """

    number: int
    code: str
    title: str
    value: str
    document: str
    place: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """A contradiction, said in a sentence."""

    number: int
    text: str


@dataclass(frozen=True)
class Report:
    """An annual report.

    Attributes:
        institution: its code, as `lm`.
        title: what it is ("Publiskais gada pārskats par 2023. gadu").
        name: whose it is.
        colophon: what it was made of, by which data, one line each.
        documents: short codes of documents with their titles.
    """

    language: Language
    institution: str
    year: int
    name: str
    title: str
    colophon: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]
    remarks: tuple[Remark, ...]
    documents: tuple[tuple[str, str], ...]

    def blocks(self) -> Iterator[Block]:
        """Every block of every chapter, in order."""
        for chapter in self.chapters:
            yield from chapter.all_blocks()

    def tables(self) -> Iterator[Table]:
        """Every table."""
        return (block for block in self.blocks() if isinstance(block, Table))

    def cells(self) -> Iterator[Cell]:
        """Every piece of every block."""
        for block in self.blocks():
            yield from cells_of(block)


def cells_of(block: Block) -> Iterator[Cell]:
    """Every piece of a block."""
    if isinstance(block, Paragraph):
        yield from block.pieces
    elif isinstance(block, Items):
        for item in block.items:
            yield from item
    elif isinstance(block, Table):
        for row in block.rows:
            for pieces in row.cells:
                yield from pieces


def remarks_of(block: Block) -> list[int]:
    """Numbers of the remarks that a block has, each once, in order."""
    return sorted({number for cell in cells_of(block) for number in cell.remarks})

"""A letter as plain data: what it says, never how it looks. It may be a decision, a reminder or an answer.

Every text is shown as it stands: nothing in it is markup. A new line in a text is a new line on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["lv", "en"]


@dataclass(frozen=True)
class Party:
    """Who writes, or to whom.

    Args:
        lines: address, one line each.
        contact: how to be reached: telephone, e-mail, office hours; one line each.
    """

    name: str
    lines: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True)
class Items:
    """A list, numbered where the order matters."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table. Amounts stand to the right, so that they can be compared."""

    title: str
    is_amount: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a header that is repeated on every page; the first cell of a row names the row.

    Args:
        caption: what the table shows.
        rows: as many cells in each as there are columns.
        has_total: whether the last row is the sum of those above it.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool = False

    def __post_init__(self) -> None:
        uneven = [number for number, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if not self.columns or uneven:
            raise ValueError(f"a table of {len(self.columns)} columns has rows of another length: {uneven}")


@dataclass(frozen=True)
class Fact:
    """A fact that a step rests on: where it is from, and the day it was told or holds from."""

    name: str
    value: str
    source: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Step:
    """A step of a calculation and, below it, the steps that it was made of.

    Args:
        result: what came out, written for people ("87,00 €").
        formula: in words ("sliekšņu summa − ienākumi").
        calculation: the same in numbers ("449,00 − 362,00").
        citations: articles that say so.
        notes: what else has to be said: rounding, an open question.
    """

    title: str
    result: str
    formula: str = ""
    calculation: str = ""
    citations: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Calculation:
    """How a result came about, from the result down to facts."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG), such as `charts` makes.

    Args:
        alternative: what it shows, in words, for those who do not see it.
        caption: what stands below it.
    """

    svg: str
    alternative: str
    caption: str = ""


Block = Paragraph | Items | Table | Calculation | Picture


@dataclass(frozen=True)
class Section:
    """A part of a letter under a heading of its own."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Signatory:
    """The person who signs, or nobody where it was decided automatically (then `name` is empty)."""

    role: str
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter on A4.

    Args:
        place: where it was written.
        number: the register number of the document; it stands on every page.
        summary: the letter in plain words, before everything else.
        verification: how a reader finds out that the letter is genuine; it stands on every page.
        is_draft: whether it is marked as not yet valid.
    """

    language: Language
    sender: Party
    addressee: Party
    place: str
    on: date
    number: str
    title: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    signatory: Signatory | None = None
    verification: str = ""
    is_draft: bool = False

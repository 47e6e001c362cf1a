"""What every report is put together on: its language, numbers of tables and charts, and the list of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal, TypeVar

from balsts.documents.letter import Language
from balsts.statistics.report import form
from balsts.statistics.report.numbers import plain, shown

NONE = (form.Cell("–"),)
"""What stands where there is no number."""
One = TypeVar("One")


class Bench:
    """What the chapters of one report share.

    Attributes:
        sources: the list of sources so far; `used` has the number of each by the code of its figure.
    """

    def __init__(self, year: int, lang: Language) -> None:
        self.year, self.lang = year, lang
        self.used: dict[str, int] = {}
        self.sources: list[form.Source] = []
        self.remarks: list[form.Remark] = []
        self.documents: dict[str, str] = {}
        self._tables = self._charts = 0

    def say(self, lv: str, en: str) -> str:
        """A text of ours in the language of the report."""
        return lv if self.lang == "lv" else en

    # -- blocks --------------------------------------------------------------------------------------------------

    def paragraph(self, *parts: str | form.Pieces) -> form.Paragraph:
        """A paragraph of texts and numbers."""
        return form.Paragraph(pieces(parts))

    def table(self, caption: str, columns: Sequence[form.Column], rows: Iterable[form.Row]) -> form.Table:
        """A table, with the next number."""
        self._tables += 1
        return form.Table(self._tables, caption, tuple(columns), tuple(rows))

    def chart(
        self,
        kind: Literal["bars", "columns", "lines"],
        table: form.Table,
        caption: str,
        labels: Sequence[str],
        series: Sequence[tuple[str, Sequence[Decimal | None]]],
        across: str,
        measured: str,
    ) -> form.Chart:
        """A chart of numbers of a table, with the next number."""
        self._charts += 1
        kept = tuple((name, tuple(values)) for name, values in series)
        return form.Chart(self._charts, kind, caption, self._seen(labels, kept), across, measured,
                          table.number, tuple(labels), kept)  # fmt: skip

    def _seen(self, labels: Sequence[str], series: Sequence[tuple[str, Sequence[Decimal | None]]]) -> str:
        """The most and the least of a chart, in words."""
        all_ = [
            (value, f"{label}, {name}" if len(series) > 1 else label)
            for name, values in series
            for label, value in zip(labels, values, strict=True)
            if value is not None
        ]
        most, least = max(all_, key=lambda one: one[0]), min(all_, key=lambda one: one[0])
        high, low = shown(plain(most[0]), self.lang), shown(plain(least[0]), self.lang)
        return self.say(f"Lielākā vērtība: {most[1]}: {high}. Mazākā: {least[1]}: {low}.",
                        f"The highest value: {most[1]}: {high}. The lowest: {least[1]}: {low}.")  # fmt: skip


def pieces(parts: Iterable[str | form.Pieces]) -> form.Pieces:
    """Texts and numbers as the pieces of one place."""
    found: list[form.Cell] = []
    for part in parts:
        found += [form.Cell(part)] if isinstance(part, str) else part
    return tuple(found)


def words_of(*texts: str) -> tuple[form.Pieces, ...]:
    """Texts as cells."""
    return tuple((form.Cell(one),) for one in texts)


def grouped(rows: Iterable[One], key: Callable[[One], str]) -> list[tuple[str, list[One]]]:
    """Rows by a key, keys in the order in which they first stand."""
    found: dict[str, list[One]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.items())


def capital(text: str) -> str:
    """A text with its first letter a capital, as in a heading."""
    return text[:1].upper() + text[1:]

"""What is wrong in a file that is refused: each fault at its cell, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from balsts.figures.wording import WORDING
from balsts.law.engine.errors import InputError, nearest

_MOST_SHOWN = 50


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file.

    Attributes:
        code: which fault it is.
        en: what is wrong, what was expected and what to do, without its place, in English.
        lv: the same in Latvian.
        address: the cell, as a spreadsheet names it (N12); nothing where the whole file is meant.
        column: the column of the cell, where it is known.
    """

    code: str
    en: str
    lv: str
    address: str = ""
    column: str = ""

    def sentence(self, file_name: str, lang: str) -> str:
        """The sentence with the file and the place in it."""
        cell = f", {'šūna' if lang == 'lv' else 'cell'} {self.address}" if self.address else ""
        column = f" ({self.column})" if self.column else ""
        return f"{file_name}{cell}{column}: {self.lv if lang == 'lv' else self.en}"


class FileRefused(InputError):
    """A file that was refused whole: nothing of it is used.

    Attributes:
        faults: what is wrong, in the order of its rows.
    """

    def __init__(self, file_name: str, *faults: Fault) -> None:
        self.file_name, self.faults = file_name, faults
        super().__init__(*self.sentences("en"))

    def sentences(self, lang: str) -> list[str]:
        """What is wrong, in a language; only the first where there is much."""
        found = [one.sentence(self.file_name, lang) for one in self.faults[:_MOST_SHOWN]]
        left = len(self.faults) - _MOST_SHOWN
        if left > 0:
            found.append(f"… un vēl {left}." if lang == "lv" else f"… and {left} more.")
        return found


def fault(code: str, address: str = "", column: str = "", /, *, known: Iterable[str] = (), **values: object) -> Fault:
    """A fault in words.

    Args:
        code: which one of `wording.WORDING`.
        address: its cell, where it is in one.
        column: the column of the cell.
        known: the names that could have stood there: the closest to `given` is told.
        values: what is put into its words.
    """
    said, names = WORDING[code], tuple(known)
    near = nearest(str(values.get("given", "")), names)
    values |= {"known": ", ".join(names)}
    return Fault(
        code, said.en.format(nearest=near, **values),
        said.lv.format(nearest=near.replace("Nearest known name", "Tuvākais zināmais"), **values), address, column,
    )  # fmt: skip


def address_of(column: int, row: int) -> str:
    """The address of a cell in a spreadsheet, both counted from 1: N12."""
    return f"{get_column_letter(column)}{row}"

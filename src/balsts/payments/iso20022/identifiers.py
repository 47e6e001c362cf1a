"""The names of messages, payment blocks and transfers, worked out from the numbers of run, file, block and line.

    message            B000000042F00003           run 42, file 3
    payment block      B000000042F00003P02        its block 2
    transfer           B000000042L000000017K31    line 17 of run 42, check digits 31

Nothing is random: the same line has the same name in every writing of its file, so a file that is sent again is known
to the bank as the same. The end-to-end id does not hold the number of the file, because a line is one line whichever
file it goes in. Its two check digits (ISO 7064, mod 97-10) keep a mistyped or foreign name from being taken for another
line. At most 35 characters, letters and digits alone, as SEPA asks of identifiers (EPC132-08: the basic Latin set, no
slash at either end, no two together).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MOST_RUNS = 999_999_999
MOST_FILES = 99_999
MOST_BLOCKS = 99
MOST_LINES = 999_999_999

_END_TO_END = re.compile(r"B([0-9]{9})L([0-9]{9})K([0-9]{2})")
_MESSAGE = re.compile(r"B([0-9]{9})F([0-9]{5})")
_BLOCK = re.compile(r"(B[0-9]{9}F[0-9]{5})P[0-9]{2}")


class LineName(NamedTuple):
    """One line of one payment run."""

    run: int
    line: int


@dataclass(frozen=True, slots=True)
class FileName:
    """One file of one payment run."""

    run: int
    file: int


def message_id(run: int, file: int) -> str:
    """The name of a file's message (MsgId), 16 characters.

    Raises:
        ValueError: a number does not fit: runs are 1 to 999 999 999, files 1 to 99 999.
    """
    return f"B{_fits(run, MOST_RUNS, 'run'):09}F{_fits(file, MOST_FILES, 'file'):05}"


def payment_information_id(run: int, file: int, block: int) -> str:
    """The name of a block of transfers in a file (PmtInfId), 19 characters.

    Raises:
        ValueError: a number does not fit; blocks are 1 to 99.
    """
    return f"{message_id(run, file)}P{_fits(block, MOST_BLOCKS, 'block'):02}"


def end_to_end_id(run: int, line: int) -> str:
    """The name of a transfer from payer to payee (EndToEndId), 23 characters.

    Raises:
        ValueError: a number does not fit; lines are 1 to 999 999 999.
    """
    return f"B{_fits(run, MOST_RUNS, 'run'):09}L{_fits(line, MOST_LINES, 'line'):09}K{_check_digits(run, line):02}"


def line_of(end_to_end: str) -> LineName | None:
    """The run and line that a transfer's name stands for; None for a name that is not ours or was mistyped."""
    found = _END_TO_END.fullmatch(end_to_end)
    if found is None:
        return None
    run, line, digits = (int(part) for part in found.groups())
    return LineName(run, line) if run and line and digits == _check_digits(run, line) else None


def file_of(message: str) -> FileName | None:
    """The run and file that a message's name stands for; None for a name that is not ours."""
    found = _MESSAGE.fullmatch(message)
    if found is None:
        return None
    run, file = (int(part) for part in found.groups())
    return FileName(run, file) if run and file else None


def file_of_block(block: str) -> str | None:
    """The name of the message that a block of transfers stands in; None for a name that is not ours."""
    found = _BLOCK.fullmatch(block)
    return found[1] if found and file_of(found[1]) else None


def _check_digits(run: int, line: int) -> int:
    """Two digits, 02 to 98, by which the number of run and line with them leaves 1 when divided by 97."""
    return 98 - (run * 10**9 + line) * 100 % 97


def _fits(number: int, most: int, what: str) -> int:
    if not 1 <= number <= most:
        raise ValueError(f"The number of a {what} is {number}; an identifier holds 1 to {most}.")
    return number

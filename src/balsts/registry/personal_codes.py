"""Personal codes (personas kods): read as written, checked where there is something to check, never refused for it.

The code is an opaque identifier of eleven digits. Older ones hold the date of birth and a check digit: ddmmyy-cnnnn,
where c is the century (0: 18.., 1: 19.., 2: 20..). Those given since 2017 begin with 3, have 2 to 9 next, and hold
nothing else; whether their last digit checks anything is not published, so none of them is called wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from balsts.law.engine.errors import DomainError

_WRITTEN = re.compile(r"^([0-9]{6})-?([0-9]{5})$")
_CENTURIES = {"0": 1800, "1": 1900, "2": 2000}
_WEIGHTS = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class NotAPersonalCode(DomainError):
    """What was given has not the form of a personal code."""


@dataclass(frozen=True)
class PersonalCode:
    """A personal code.

    Attributes:
        digits: the eleven digits.
        born: the date of birth that an older code holds; None where it holds none.
        doubts: what does not fit, in English; a reason to look twice, never to refuse.
    """

    digits: str
    born: date | None
    doubts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.digits[:6]}-{self.digits[6:]}"


def read_personal_code(text: str) -> PersonalCode:
    """Read a personal code, with or without its hyphen and with spaces around it.

    Raises:
        NotAPersonalCode: it has not eleven digits; the message does not repeat it.
    """
    found = _WRITTEN.match(text.strip().replace("\N{EN DASH}", "-"))  # what word processors make of a hyphen
    if not found:
        raise NotAPersonalCode("A personal code has eleven digits: 010190-12345 or 320101-12345.")
    digits = "".join(found.groups())
    if digits[0] == "3" and digits[1] in "23456789":
        return PersonalCode(digits, None, ())
    born = _birth(digits)
    doubts = [] if born else ["its first digits are no date and do not begin a newer code"]
    if check_digit(digits) != digits[10]:
        doubts.append("its last digit does not check")
    return PersonalCode(digits, born, tuple(doubts))


def check_digit(digits: str) -> str:
    """The last digit that an older code should have, from its first ten."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return str((1101 - total) % 11 % 10)


def _birth(digits: str) -> date | None:
    century = _CENTURIES.get(digits[6])
    if century is None:
        return None
    try:
        return date(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None

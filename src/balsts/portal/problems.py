"""What went wrong, in the language of the page: errors of use cases are worded in English where they are raised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, override

from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.portal.problem_texts import PIECES, TEMPLATES

_PLACE = re.compile(r"(?:\S*/)?(?:draft|[\w.-]+\.ya?ml)(?:, line (\d+))?(?:, ([^:\s]+))?: (.+)", re.DOTALL)
"""Where in a text: its file, which the page does not name, the line, and the path inside."""
_HINT = re.compile(r"(.+?) Nearest known name: (\S+)\.", re.DOTALL)
_NAMED = re.compile(r"%\\\((\w+)\\\)s")


@dataclass(frozen=True)
class Problem:
    """What a page says of an error.

    Attributes:
        said: in the language of the page.
        untold: what is known of it in English alone; empty on a page in English.
    """

    said: str
    untold: str = ""


def problem_of(error: DomainError) -> Problem:
    """An error as a page in the present language says it."""
    if isinstance(error, AccessDenied):
        return Problem(error.lv if get_language() == "lv" else " ".join(error.messages))
    found = [_sentence(str(one)) for one in error.messages]
    said = " ".join(one for one in found if one)
    if None not in found:
        return Problem(said)
    general = gettext("It cannot be done so; the reason is known in English alone.")
    untold = " ".join(str(message) for message, one in zip(error.messages, found, strict=True) if one is None)
    return Problem(f"{said} {general}".strip(), untold)


def _sentence(message: str) -> str | None:
    """A message in the language of the page, with the place it is about; None where it has no words there."""
    place = _PLACE.fullmatch(message)
    line, path, text = place.groups() if place else (None, None, message)
    hint = _HINT.fullmatch(text)
    said = _worded(hint[1] if hint else text)
    if said is None:
        return None
    if hint:
        said = gettext("%(said)s Nearest known name: %(name)s.") % {"said": said, "name": hint[2]}
    where = ", ".join(one for one in (gettext("Line %(line)s") % {"line": line} if line else "", path) if one)
    return f"{where}: {said}" if where else said


def _worded(text: str) -> str | None:
    if get_language() != "lv":
        return text
    for pattern, template in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return str(template) % {name: _piece(value) for name, value in found.groupdict().items()}
    return None


def _piece(text: str) -> str:
    """A piece of a sentence: in words where it has some, else as it is: a name, a number, a day."""
    for pattern, template in _pieces():
        found = pattern.fullmatch(text)
        if found:
            return str(template) % found.groupdict()
    return text


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], Any]]:
    return [(_pattern(one), one) for one in TEMPLATES]


@lru_cache(maxsize=1)
def _pieces() -> list[tuple[re.Pattern[str], Any]]:
    return [(_pattern(one), one) for one in PIECES]


def _pattern(template: Any) -> re.Pattern[str]:
    """What matches a text in English with its names filled in."""
    with override("en"):
        return re.compile(_NAMED.sub(r"(?P<\1>.+?)", re.escape(str(template))), re.DOTALL)

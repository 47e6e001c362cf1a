"""Errors that a user or an author of law can cause: what, where, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class DomainError(Exception):
    """An error somebody outside the program can cause and mend; programming errors are never one."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = list(messages)


class InputError(DomainError):
    """A file or argument that cannot be used as it is."""


class LawError(DomainError):
    """A text of law (rules, parameters, golden tests, reforms) that does not hold together."""


class UndeterminedError(Exception):
    """A value that nobody knows was needed. Carries the `Unknown` so that the answer can ask the question."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.parameter)
        self.unknown = unknown


@dataclass(frozen=True, eq=False)
class Unknown:
    """Stands in for a value that the law needs and nobody knows; any use of it makes the result undetermined."""

    parameter: str
    question_lv: str
    question_en: str

    def _used(self, *_: object) -> int:
        raise UndeterminedError(self)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __neg__ = _used
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __lt__ = __le__ = __gt__ = __ge__ = _used
    __rshift__ = __rrshift__ = __and__ = __rand__ = _used
    __bool__ = __int__ = __index__ = __eq__ = __ne__ = at = _used  # type: ignore[assignment]
    keys = values = property(_used)
    __hash__ = object.__hash__


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint with the closest known name, or nothing."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Nearest known name: {found[0]}." if found else ""

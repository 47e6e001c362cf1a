"""What lint finds: where something in a law is wrong, what was expected and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from balsts.law.engine.errors import LawError
from balsts.law.engine.text import Place

_OF_A_RULE = re.compile(r"^.*?, line (\d+)(?: \(line (\d+)\))?: (?:the rule )?", re.DOTALL)

Kind = Literal[
    "citation", "dates", "missing", "units", "bounds", "cycle", "unused", "untested", "input", "literal", "name",
    "question", "language", "length", "wiring",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One mistake in a law."""

    kind: Kind
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} [{self.kind}]"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Findings are listed by file, then by line."""
        return self.place.file, self.place.line or 0, self.kind, self.message


def taken_apart(error: LawError) -> tuple[int | None, str]:
    """The line that an error of one rule names, and the rest of what it says."""
    text = str(error)
    found = _OF_A_RULE.match(text)
    return (int(found[2] or found[1]), text[found.end() :]) if found else (None, text)

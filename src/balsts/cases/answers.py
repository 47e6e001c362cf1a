"""The answers of an application: what was said about whom, what of the state's data was confirmed, and as shown when.

Kept as JSON in a draft and in the application; every value is text in the one way that `forms.read` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from balsts.law.engine.errors import DomainError

Said = dict[str, dict[str, str]]
"""Question → whom it is about (empty: the household or the case) → the answer."""


@dataclass(frozen=True)
class Shown:
    """What a register says of a question, as it was shown: the value, the origin's code, the day it stands for.

    `months`: of a window, what each month said, by its number as text such as `2026-01`; empty otherwise.
    """

    value: str
    origin: str
    as_of: str
    months: tuple[tuple[str, str], ...] = ()


@dataclass
class Answers:
    """What was answered so far.

    Attributes:
        values: what the person said, also against a register.
        confirmed: question → of whom what is known was said to be right.
        shown: what was known when it was confirmed or contradicted.
        details: of the whole application: the month asked for, the channel, the day it came, that it is true.
    """

    values: Said = field(default_factory=dict)
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, dict[str, Shown]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)

    def value(self, question: str, about: str) -> str | None:
        """What was said; None where nothing was."""
        return self.values.get(question, {}).get(about)

    def is_confirmed(self, question: str, about: str) -> bool:
        """Whether what is known was said to be right."""
        return about in self.confirmed.get(question, [])

    def is_answered(self, question: str, about: str) -> bool:
        """Whether something was said or confirmed."""
        return self.value(question, about) is not None or self.is_confirmed(question, about)

    def says(self, question: str, about: str, value: str, shown: Shown | None = None) -> None:
        """Keep an answer, against what is known if something is."""
        self.leave_out(question, about)
        self.values.setdefault(question, {})[about] = value
        if shown:
            self.shown.setdefault(question, {})[about] = shown

    def confirms(self, question: str, about: str, shown: Shown) -> None:
        """Keep that what is known is right."""
        self.leave_out(question, about)
        self.confirmed.setdefault(question, []).append(about)
        self.shown.setdefault(question, {})[about] = shown

    def leave_out(self, question: str, about: str) -> None:
        """Forget what was said of a question."""
        for kept in (self.values, self.shown):
            kept.get(question, {}).pop(about, None)
            if not kept.get(question, True):
                del kept[question]
        if about in self.confirmed.get(question, []):
            self.confirmed[question].remove(about)
            if not self.confirmed[question]:
                del self.confirmed[question]

    def contradictions(self) -> list[tuple[str, str, Shown, str]]:
        """What was said against what was shown: question, whom about, what was shown, what was said."""
        return [
            (question, about, shown, said)
            for question, by_subject in sorted(self.shown.items())
            for about, shown in sorted(by_subject.items())
            if (said := self.value(question, about)) is not None and said != shown.value
        ]

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "values": {question: dict(found) for question, found in self.values.items()},
            "confirmed": {question: list(found) for question, found in self.confirmed.items()},
            "shown": {question: {about: _shown_json(one) for about, one in found.items()}
                      for question, found in self.shown.items()},
            "details": dict(self.details),
        }  # fmt: skip

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Answers:
        """As it was kept; an application that came without a form has none.

        Raises:
            DomainError: it is no answers of a form; the message does not repeat them.
        """
        try:
            return cls(
                values={str(question): {str(about): str(value) for about, value in found.items()}
                        for question, found in content.get("values", {}).items()},
                confirmed={str(question): [str(about) for about in found]
                           for question, found in content.get("confirmed", {}).items()},
                shown={str(question): {str(about): _shown(one) for about, one in found.items()}
                       for question, found in content.get("shown", {}).items()},
                details={str(name): str(value) for name, value in content.get("details", {}).items()},
            )  # fmt: skip
        except (AttributeError, KeyError, TypeError, ValueError):
            raise DomainError(
                "The answers are not of the form {values, confirmed, shown, details}; send them as the form keeps them."
            ) from None


def _shown_json(one: Shown) -> dict[str, Any]:
    return {"value": one.value, "origin": one.origin, "as_of": one.as_of, "months": [list(pair) for pair in one.months]}


def _shown(one: Mapping[str, Any]) -> Shown:
    months = tuple((str(month), str(value)) for month, value in one["months"])
    return Shown(str(one["value"]), str(one["origin"]), str(one["as_of"]), months)

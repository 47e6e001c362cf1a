"""The answers of a walk through the questions: they travel in the pages themselves, sealed, and are kept nowhere.

Between two pages they are one hidden field: packed and signed, so that what comes back is what we sent. The seal keeps
nothing secret from whoever answers; it keeps our code from reading what others made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from balsts.law.engine.errors import DomainError

MOST_PERSONS = 12
MOST_BYTES = 8 * 1024
LASTS_SECONDS = 12 * 3600
_SALT = "balsts.portal.public.answers"
_FORM = 1
"""Raised when pages ask for other things: answers of before are then not understood, and refused."""


class AnswersRefusedError(DomainError):
    """Answers that cannot be read: changed on the way, too old, or of another version of the questions."""


@dataclass(frozen=True)
class Answers:
    """What was answered, by page: `{"household": {"adults": 2, "children": 1}, "adult-01": {…}}`."""

    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, page: str) -> Mapping[str, Any]:
        """The answers of one page; empty when it was not answered."""
        return self.pages.get(page, {})

    def has(self, page: str) -> bool:
        """Whether a page was answered."""
        return page in self.pages

    def with_page(self, page: str, given: Mapping[str, Any]) -> Answers:
        """The same with one page answered, or answered anew."""
        return Answers({**self.pages, page: dict(given)})

    def only(self, pages: list[str]) -> Answers:
        """The answers of some pages alone."""
        return Answers({page: given for page, given in self.pages.items() if page in pages})

    # -- persons ---------------------------------------------------------------------------------------------------

    @property
    def adults(self) -> list[str]:
        """The identifiers of the adults; the first is who answers."""
        return [f"adult-{number:02d}" for number in range(1, self.of("household").get("adults", 0) + 1)]

    @property
    def children(self) -> list[str]:
        """The identifiers of the children."""
        return [f"child-{number:02d}" for number in range(1, self.of("household").get("children", 0) + 1)]

    @property
    def persons(self) -> list[str]:
        """Everybody."""
        return [*self.adults, *self.children]

    @property
    def partner(self) -> str | None:
        """The husband, wife or partner of who answers."""
        return next((one for one in self.adults if self.of(one).get("relation") in ("married", "partner")), None)


def sealed(answers: Answers) -> str:
    """Answers as a hidden field carries them."""
    return signing.dumps({"form": _FORM, "pages": answers.pages}, salt=_SALT, compress=True)


def opened(text: str) -> Answers:
    """Answers out of a hidden field.

    Raises:
        AnswersRefusedError: they were not sealed here, are too old or too long, or of another form.
    """
    if not text or len(text) > MOST_BYTES:
        raise AnswersRefusedError(
            f"The answers are {len(text)} characters long; expected 1 to {MOST_BYTES}. Start the questions again."
        )
    try:
        found = signing.loads(text, salt=_SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        raise AnswersRefusedError(
            "The answers were changed on the way or are too old; expected those of the page before. "
            "Start the questions again."
        ) from None
    if found.get("form") != _FORM:
        raise AnswersRefusedError("The questions have changed since these answers. Start the questions again.")
    return Answers(found["pages"])

"""Letters for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from balsts.documents.letter import Block, Letter, Party, Section
from balsts.documents.sample import sample_letter

AT = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
LETTERS = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ €"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'


def letter(*blocks: Block, title: str = "Lēmums") -> Letter:
    """A short letter with some blocks."""
    return Letter(
        language="lv",
        sender=Party("Paraugu dienests"),
        addressee=Party("Anna Ozola"),
        place="Paraugos",
        on=date(2026, 3, 3),
        number="1",
        title=title,
        summary=("Īsais teksts.",),
        sections=(Section("Nodaļa", blocks),),
    )


def whole_letter(language: str = "lv", **changes: object) -> Letter:
    """A letter with every kind of block."""
    return replace(sample_letter("lv" if language == "lv" else "en"), **changes)  # type: ignore[arg-type]

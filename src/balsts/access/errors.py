"""Refusals that a person reads: in Latvian and in English."""

from __future__ import annotations

from balsts.law.engine.errors import DomainError


class AccessDenied(DomainError):
    """What was asked for is not this person's to do or to see. `lv` is the message in Latvian."""

    def __init__(self, lv: str, en: str) -> None:
        super().__init__(en)
        self.lv = lv

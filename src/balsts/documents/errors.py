"""What can go wrong with documents, for those who can mend it."""

from __future__ import annotations

from balsts.law.engine.errors import DomainError


class SealError(DomainError):
    """A document cannot be sealed or checked as things are: what happened, and what to do."""

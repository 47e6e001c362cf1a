"""What goes wrong in cases, in words for whoever can mend it. No message holds personal data."""

from __future__ import annotations

from balsts.law.engine.errors import DomainError


class CaseNotReady(DomainError):
    """A step that the case or decision is not ready for."""


class OverlappingAward(DomainError):
    """Somebody has the right in these months already, by whichever office."""


class NotReplayable(DomainError):
    """A decision was made with another text of the law than this installation has."""


class EntryRefused(DomainError):
    """An entry of a register that does not follow its declaration, or a register that says something else now."""


class CardRefused(DomainError):
    """A card that cannot be given, given anew or taken back."""


class ComplaintRefused(DomainError):
    """A complaint that cannot be taken in, handed over or answered so."""

"""What can be wrong with a file for the bank, or from it.

No message holds a name, an account or an amount of a person: a transfer is named by its end-to-end id, an entry by its
place in the file, an element by its name.
"""

from __future__ import annotations

from balsts.law.engine.errors import DomainError


class PaymentValueError(DomainError):
    """Something that was to be paid cannot stand in a payment file; nothing was written."""


class SchemaError(DomainError):
    """A file does not follow the official schema of its message."""


class BankFileError(DomainError):
    """A file from the bank that cannot be trusted as a whole: set it aside, take nothing from it."""

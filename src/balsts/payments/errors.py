"""What goes wrong in payments, in words for whoever can mend it. No message holds personal data."""

from __future__ import annotations

from balsts.law.engine.errors import DomainError


class RunNotReady(DomainError):
    """A run that cannot take the step asked for: of another state, or by the same person as an earlier step."""


class RunExists(DomainError):
    """There is a run of this payer, month and kind already, or one that pays the same is being prepared."""


class NotAcknowledged(DomainError):
    """What a run differs in from the month before was not looked through, or has changed since."""


class NoPayerAccount(DomainError):
    """A payer has no account with a bank out of which a programme is paid."""


class StoredFileMissing(DomainError):
    """The bytes of a file that was kept are not there any more."""


class BankIsBusy(DomainError):
    """Another process is speaking to the bank."""


class MatterSettled(DomainError):
    """A matter that was settled before, or of which is not said how."""


class NotWithheld(DomainError):
    """An order, claim, plan, write-off or repayment that is not recorded or agreed to as it was asked for."""


class NoPayout(DomainError):
    """A choice of where money goes, or a word about cash, that is not recorded or agreed to as it was asked for."""


class AnswerNotUsable(DomainError):
    """An answer of the post in which rows do not fit what was paid out."""


class AccountExists(DomainError):
    """A payer has an account for a programme already."""

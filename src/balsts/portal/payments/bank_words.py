"""Files to the bank, what it says of lines, and what a person must settle, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from balsts.payments.iso20022.return_codes import Action, instruction, reason
from balsts.payments.models import BankFile, Event, Line, Matter
from balsts.portal.office.words import lang

FILES = {
    BankFile.State.STORED: _("kept, not sent yet"),
    BankFile.State.SENDING: _("being sent"),
    BankFile.State.RECEIVED: _("received by the bank"),
    BankFile.State.ACCEPTED: _("accepted by the bank"),
    BankFile.State.IN_PART: _("accepted by the bank in part"),
    BankFile.State.REFUSED: _("refused by the bank"),
}
EVENTS = {
    Event.Kind.BOOKED: _("paid out"),
    Event.Kind.RETURNED: _("returned"),
    Event.Kind.REJECTED: _("rejected"),
}
MATTERS = {
    Matter.Kind.BACK: _("A payment came back or was rejected"),
    Matter.Kind.UNKNOWN: _("The bank names a payment that is not ours"),
    Matter.Kind.AMOUNT: _("The bank names another sum than we paid"),
    Matter.Kind.MESSAGE: _("A message of the bank cannot be used"),
    Matter.Kind.FILE: _("The bank refused a file"),
    Matter.Kind.GAP: _("Statements do not follow each other: one is missing"),
}
MATTERS_DO = {
    Matter.Kind.UNKNOWN: _("Ask the bank what the entry is, and say here what it was."),
    Matter.Kind.AMOUNT: _("Ask the bank why the sum differs, and say here what it was."),
    Matter.Kind.MESSAGE: _(
        "Nothing of the message was recorded. Ask the bank for a right one; it is taken in by itself. Then settle this."
    ),
    Matter.Kind.FILE: _(
        "No line of the file was paid; the next run finds them again. See why the bank refused it, and mend that first."
    ),
    Matter.Kind.GAP: _("Ask the bank for the statement that is missing; it is taken in by itself. Then settle this."),
}
"""What is to be done; for what came back, the table of reason codes says it."""
BACK_FOR_PERSONS: dict[str, Any] = {
    Action.ASK_FOR_ACCOUNT: _(
        "Your bank did not take the payment to this account. Write to the office to which other account to pay."
    ),
    Action.ASK_FOR_ADDRESS: _(
        "The bank did not take the payment because of the name or address. Write to the office if they have changed."
    ),
    Action.PAY_IN_NEXT_RUN: _("The bank did not carry the payment out. You need to do nothing: it is paid again."),
    Action.FUND_THE_ACCOUNT: _("The bank did not carry the payment out. You need to do nothing: it is paid again."),
    Action.STOP_PERSON_DECEASED: _(
        "By what the bank knows the payee has died, so the payment was stopped. If that is wrong, write to the office "
        "at once."
    ),
}
BACK_FROM_OTHERS: dict[str, Any] = {
    Action.ASK_FOR_ACCOUNT: _(
        "The account of %(name)s did not take the payment. Find out from them why, and write to the office to which "
        "account of theirs, or of yours, to pay."
    ),
    Action.ASK_FOR_ADDRESS: _(
        "The payment to %(name)s was not taken because of their name or address. Write to the office if you know that "
        "these have changed."
    ),
    Action.PAY_IN_NEXT_RUN: _("The payment to %(name)s was not carried out. You need to do nothing: it is paid again."),
    Action.FUND_THE_ACCOUNT: _(
        "The payment to %(name)s was not carried out. You need to do nothing: it is paid again."
    ),
}
"""The same where the money goes to the account of an institution or supplier."""
NOT_HANDED_OUT = _("The payment was not handed out. You need to do nothing: it is paid again, in the same way.")
BACK_OTHERWISE = _(
    "The bank sent the payment back, and the payer is finding out why. If you know of a reason, write to the office."
)


def back_words(code: str) -> str:
    """Why the bank sent a payment back, by its code: what the code means."""
    said = reason(code).meaning.in_language(lang())
    return f"{code}: {said}" if code else said


def action_words(action: str) -> str:
    """What follows for staff from what the bank said."""
    known = Action(action) if action in set(Action) else Action.HOLD_AND_ASK_A_PERSON
    return instruction(known).in_language(lang())


def matter_do(matter: Matter) -> str:
    """What is to be done about a matter."""
    if matter.kind == Matter.Kind.BACK:
        return action_words(matter.action)
    return str(MATTERS_DO[Matter.Kind(matter.kind)])


def person_words(line: Line, action: str) -> str:
    """What came back, for whoever waits for the money: why, and what to do."""
    if line.channel != Line.Channel.BANK:
        return str(NOT_HANDED_OUT)
    if line.choice is not None and action in BACK_FROM_OTHERS:
        return str(BACK_FROM_OTHERS[action]) % {"name": line.choice.name}
    return str(BACK_FOR_PERSONS.get(action, BACK_OTHERWISE))

"""What the database refuses of orders, claims, choices and what belongs to them, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from balsts.law.engine.errors import DomainError
from balsts.payments.errors import NotWithheld

_WORDS = {
    "takes_two_people": "whoever stated it cannot agree to it; another head of payments does",
    "agreed to once": "it is agreed to already, or ended; look at its state",
    "not once it is posted": "it stands in the books already, or no reason is given; a write-off answers a claim",
    "are more than is open": "it is more than is open of the claim; look at what is open",
    "overpaid_is_claimed_once": "an overpayment stands in another claim already; leave it out, or withdraw that claim",
    "was released, and not more than it": "each part is of an overpayment of one debtor in a released run, and not "
                                          "more than it; look at the list of overpayments",
    "parts are added by who states": "parts are added by who states the claim, before it is agreed to",
    "repayment_counts_once": "a repayment of this reference is recorded already",
    "keeps its payer, debtor and kind": "a changed order is of the same debtor and kind; record another order instead",
    "is of a claim that is agreed to": "the claim is not agreed to yet; agree to the claim first",
    "order_has_an_end": "an order has a sum in all or a sum a month, above zero; state one",
    "order_names_a_creditor": "an order names its creditor, their account and its number; state all three",
    "order_has_days": "its last day comes after its first, and its rank is from 1 to 9",
    "plan_is_by_months": "a plan has at least one month, and a cent for each",
    "claim_part_is_positive": "each part of a claim is above zero",
    "claim_is_positive": "each part of a claim is above zero",
    "one_choice_of_a_payee_and_right_in_force": "another choice of this payee and right was agreed to meanwhile; look "
                                                "at the list",
    "choice_says_where": "an account has a name, an IBAN and a reference; the post has an address; the cash desk none "
                         "of these",
    "choice_has_days_and_a_basis": "it has days that it is for, and says why",
}  # fmt: skip


@contextmanager
def in_words(what: str, error_of: type[DomainError] = NotWithheld) -> Iterator[None]:
    """Say what the database refuses about something, which `what` names.

    Raises:
        NotWithheld, or the error named: it refuses something that is known here.
    """
    try:
        yield
    except IntegrityError as error:
        said = [words for found, words in _WORDS.items() if found in str(error)]
        if not said:
            raise
        raise error_of(f"{what}: {said[0]}. Nothing was changed.") from None

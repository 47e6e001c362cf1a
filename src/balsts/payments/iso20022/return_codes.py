"""Why a bank rejected or returned a payment, and what follows from it.

`reason(code)` gives the meaning in Latvian and English and the one action the platform takes. A code that is not in the
table, a bank's own word, or no code at all fails closed: the payment is held and a person is asked.

Source of the codes: ISO 20022 External Code Sets, ExternalStatusReason1Code (rejections, pain.002) and
ExternalReturnReason1Code (returns, camt.053 and camt.054), as of May 2025. Which action a code
leads to is our decision.
"""

from __future__ import annotations

from balsts.exchange.texts import Text
from balsts.payments.iso20022.return_code_table import REASONS, TEXTS_OF_ACTIONS, UNKNOWN, Action, Reason

__all__ = ["Action", "Reason", "instruction", "reason"]


def reason(code: str) -> Reason:
    """What a code means and what to do. Codes are read exactly: lower case or blanks make it another, unknown one."""
    return REASONS.get(code, UNKNOWN)


def instruction(action: Action) -> Text:
    """What an action is, for whoever carries it out."""
    return TEXTS_OF_ACTIONS[action]

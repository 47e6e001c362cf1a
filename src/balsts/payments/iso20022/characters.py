"""Which characters a bank is sent, and what becomes of all others. The one place that decides it.

A bank is chosen one of two policies. `EPC_BASIC`: nothing but the letters, digits and signs every bank of SEPA takes;
all else goes by the table of the European Payments Council (`epc_table.py`). `LATVIAN`: the letters of the Latvian
alphabet stay as they are as well, which banks take by agreement (Luminor Bank, Latvian branch: "Specification for ISO
20022, Payment Initiation Message", 30 October 2019, "Local characters"). Names are composed first (NFC), so that a
letter and its mark are one. Control characters are in no table: they are refused.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from balsts.payments.iso20022.epc_table import BASIC, MAPPED, OTHERWISE
from balsts.payments.iso20022.errors import PaymentValueError

LATVIAN_LETTERS = frozenset("ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūž")

_REFUSED = re.compile("[\x00-\x1f\ud800-\udfff]")  # controls, and halves of characters, which no encoding holds


class CharacterPolicy(Enum):
    """What a bank takes; the value is the set of characters it is sent."""

    EPC_BASIC = BASIC
    LATVIAN = BASIC | LATVIAN_LETTERS


class _Letters(dict[int, str]):
    """What each character becomes under one policy, filled as characters are met."""

    def __init__(self, kept: frozenset[str]) -> None:
        super().__init__()
        self._kept = kept

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter in self._kept else MAPPED.get(letter, OTHERWISE)
        return self[code]


_LETTERS = {policy: _Letters(policy.value) for policy in CharacterPolicy}


def converted(text: str, policy: CharacterPolicy, at_most: int | None = None) -> str:
    """A text as the bank is sent it, without blanks around it.

    Args:
        text: any text of a person, an organisation or a payment.
        policy: what the bank takes.
        at_most: characters to keep of the result; left out, all of them. (One letter of another script can become
            three of ours.)

    Raises:
        PaymentValueError: the text holds a control character, such as the end of a line.
    """
    if _REFUSED.search(text):
        raise PaymentValueError(
            "A text for the bank holds a control character (the end of a line, a tabulator); expected printable "
            "characters on one line. Take it out of the name or the remittance text."
        )
    written = unicodedata.normalize("NFC", text).translate(_LETTERS[policy]).strip()
    return written if at_most is None else written[:at_most].rstrip()

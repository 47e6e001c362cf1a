"""Holds a written payment file against the official schema, and counts it again from its bytes."""

from __future__ import annotations

from dataclasses import dataclass

from balsts.payments.iso20022.errors import SchemaError
from balsts.payments.iso20022.hashing import Readable
from balsts.payments.iso20022.xml_reading import Element, Message, cents_from, name_of, number_from, stream, text_at

PAYMENT_FILE = Message("pain.001.001.09", SchemaError)
_PLACES = {"GrpHdr": "CstmrCdtTrfInitn", "PmtInf": "CstmrCdtTrfInitn", "CdtTrfTxInf": "PmtInf"}
_HERE = {"": PAYMENT_FILE.namespace}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file that follows the schema says of itself, and truly holds.

    Attributes:
        transactions: transfers, as declared and as counted.
        cents: their sum, as declared and as counted.
    """

    message_id: str
    transactions: int
    cents: int


def check(source: Readable) -> CheckedFile:
    """Check a payment file that was written: the schema, the numbers of transfers, the sums. Holds none of it.

    Raises:
        SchemaError: the file does not follow the schema, was cut off, or does not hold what it declares.
    """
    message_id = ""
    declared: tuple[int | None, int | None] = (None, None)
    wrong: list[str] = []
    transactions = cents = in_block = cents_in_block = 0
    for element in stream(source, PAYMENT_FILE, _PLACES, by_schema=True):
        name = name_of(element)
        if name == "GrpHdr":
            message_id, declared = text_at(element, "MsgId", _HERE), _declared(element)
        elif name == "CdtTrfTxInf":
            in_block += 1
            cents_in_block += cents_from(text_at(element, "Amt/InstdAmt", _HERE)) or 0
        else:
            if _declared(element) != (in_block, cents_in_block):
                wrong.append(f"Payment block {text_at(element, 'PmtInfId', _HERE)}")
            transactions, cents = transactions + in_block, cents + cents_in_block
            in_block = cents_in_block = 0
    if declared != (transactions, cents):
        wrong.append(f"Message {message_id}")
    if wrong:  # told after what is wrong by the schema, which the stream raises at its end
        raise SchemaError(
            f"{wrong[0]} declares another number or sum of transfers than it holds. Do not send it; write the file "
            "again."
        )
    return CheckedFile(message_id, transactions, cents)


def _declared(element: Element) -> tuple[int | None, int | None]:
    """The number of transfers and their cents, as a heading has them; None for what is none."""
    number, total = (text_at(element, name, _HERE) for name in ("NbOfTxs", "CtrlSum"))
    return number_from(number), cents_from(total)

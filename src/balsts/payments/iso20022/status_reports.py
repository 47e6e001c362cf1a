"""Reads what a bank says of a payment file it was sent: pain.002.001.10, as a stream of transactions.

The schema of this version is in no public package, so the reader is typed from public documentation: the message
definition of CustomerPaymentStatusReport, EPC132-08 (its reject), and the schema of the later version 12, whose
elements it shares. It holds a list of the elements it knows in each place that matters; a file with any other there is
refused, as is one with a status it does not know. `verify` in `status_checks.py` reads the whole file before anything
of it is believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.hashing import Readable
from balsts.payments.iso20022.status_models import (
    OUTCOMES,
    Counts,
    PaymentStatus,
    Record,
    Report,
    Status,
    TransactionStatus,
)
from balsts.payments.iso20022.xml_reading import (
    Element,
    Message,
    cents_from,
    children,
    moment_from,
    name_of,
    number_from,
    stream,
    text_of,
)

_Value = TypeVar("_Value")

REPORT = Message("pain.002.001.10")
ANSWERS = "pain.001."
"""What a report we can use answers to: a payment file, of any version the bank names it by."""

_PLACES = {
    "GrpHdr": "CstmrPmtStsRpt",
    "OrgnlGrpInfAndSts": "CstmrPmtStsRpt",
    "OrgnlPmtInfAndSts": "CstmrPmtStsRpt",
    "TxInfAndSts": "OrgnlPmtInfAndSts",
    "CstmrPmtStsRpt": "Document",
}
_STATUS = {"StsRsnInf", "NbOfTxsPerSts"}
_ORIGINAL = {"OrgnlNbOfTxs", "OrgnlCtrlSum"}
_KNOWN = {
    "CstmrPmtStsRpt": {"GrpHdr", "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "SplmtryData"},
    "GrpHdr": {"MsgId", "CreDtTm", "InitgPty", "FwdgAgt", "DbtrAgt", "CdtrAgt"},
    "OrgnlGrpInfAndSts": {"OrgnlMsgId", "OrgnlMsgNmId", "OrgnlCreDtTm", "GrpSts"} | _ORIGINAL | _STATUS,
    "OrgnlPmtInfAndSts": {"OrgnlPmtInfId", "PmtInfSts", "TxInfAndSts"} | _ORIGINAL | _STATUS,
    "TxInfAndSts": {
        "StsId", "OrgnlInstrId", "OrgnlEndToEndId", "OrgnlUETR", "TxSts", "StsRsnInf", "ChrgsInf", "TrckrData",
        "AccptncDtTm", "AcctSvcrRef", "ClrSysRef", "OrgnlTxRef", "SplmtryData",
    },
    "StsRsnInf": {"Orgtr", "Rsn", "AddtlInf"},
    "Rsn": {"Cd", "Prtry"},
    "NbOfTxsPerSts": {"DtldNbOfTxs", "DtldSts", "DtldCtrlSum"},
}  # fmt: skip


def records(source: Readable) -> Iterator[Record]:
    """The report, then the blocks and their transfers, as they come: a block follows its transfers.

    Raises:
        BankFileError: the file is not a report of this version, or holds what is not known for certain.
    """
    message_id, created_at = "", None
    for element in stream(source, REPORT, _PLACES, by_schema=False):
        name = name_of(element)
        parts = _known(element, name)
        if name == "GrpHdr":
            message_id, created_at = text_of(parts.get("MsgId")), moment_from(text_of(parts.get("CreDtTm")))
        elif name == "OrgnlGrpInfAndSts":
            if not message_id or created_at is None:
                raise BankFileError("The report has no id or no moment of creation. Set it aside and ask the bank.")
            yield _report(element, parts, message_id, created_at)
        elif name == "TxInfAndSts":
            yield _transaction(element, parts)
        elif name == "OrgnlPmtInfAndSts":
            yield PaymentStatus(
                payment_information_id=_needed(text_of(parts.get("OrgnlPmtInfId")), "A payment block is not named."),
                original_transactions=_count(parts.get("OrgnlNbOfTxs")),
                status=_status(element, parts.get("PmtInfSts"), "A payment block"),
                counts=_counts(element),
            )


def _known(element: Element, name: str) -> dict[str, Element]:
    """The elements in an element, all of which must be known.

    Raises:
        BankFileError: one is not; its name is told, which is the bank's, not a person's.
    """
    parts = children(element)
    for other in parts.keys() - _KNOWN[name]:
        raise BankFileError(
            f"Element {other} in {name} is not known in {REPORT.version}, and what it says may matter. Set the file "
            "aside and ask the bank."
        )
    return parts


def _report(element: Element, parts: dict[str, Element], message_id: str, created_at: datetime) -> Report:
    answered = text_of(parts.get("OrgnlMsgNmId"))
    if not answered.startswith(ANSWERS):
        raise BankFileError("The report does not answer a payment file (pain.001). Set it aside and ask the bank.")
    total = text_of(parts.get("OrgnlCtrlSum"))
    return Report(
        message_id=message_id,
        created_at=created_at,
        original_message_id=_needed(text_of(parts.get("OrgnlMsgId")), "The report does not name the file it answers."),
        original_transactions=_count(parts.get("OrgnlNbOfTxs")),
        original_cents=_needed(cents_from(total), "The original sum is no sum in cents.") if total else None,
        group=_status(element, parts.get("GrpSts"), "The file"),
        counts=_counts(element),
    )


def _transaction(element: Element, parts: dict[str, Element]) -> TransactionStatus:
    name = _needed(text_of(parts.get("OrgnlEndToEndId")), "A transfer is not named by its end-to-end id.")
    status = _status(element, parts.get("TxSts"), "A transfer")
    _needed(status.code, "A transfer has no status.")
    return TransactionStatus(
        payment_information_id=text_of(children(element.getparent()).get("OrgnlPmtInfId")),
        end_to_end_id=name,
        servicer_reference=text_of(parts.get("AcctSvcrRef")),
        status=status,
    )


def _status(element: Element, given: Element | None, whose: str) -> Status:
    code = text_of(given)
    if code and code not in OUTCOMES:
        raise BankFileError(
            f"{whose} has a status that is not known. Set the report aside and ask the bank what the status means; "
            "then add it to status_models.py."
        )
    reasons: list[str] = []
    own: list[str] = []
    information: list[str] = []
    for one in element:
        if name_of(one) != "StsRsnInf":
            continue
        parts = _known(one, "StsRsnInf")
        if "Rsn" in parts:
            reason = _known(parts["Rsn"], "Rsn")
            (reasons if "Cd" in reason else own).append(
                text_of(reason.get("Cd") if "Cd" in reason else reason.get("Prtry"))
            )
        information += [text_of(line) for line in one if name_of(line) == "AddtlInf"]
    return Status(code, tuple(reasons), tuple(own), tuple(information))


def _counts(element: Element) -> Counts:
    """How many transfers are said to have each status."""
    counts = []
    for one in element:
        if name_of(one) == "NbOfTxsPerSts":
            parts = _known(one, "NbOfTxsPerSts")
            code = text_of(parts.get("DtldSts"))
            if code not in OUTCOMES:
                raise BankFileError("A count is of a status that is not known. Set the report aside and ask the bank.")
            counts.append((code, _needed(_count(parts.get("DtldNbOfTxs")), "A count of transfers is no number.")))
    return tuple(counts)


def _count(element: Element | None) -> int | None:
    if element is None:
        return None
    return _needed(number_from(text_of(element)), "A count of transfers is no number.")


def _needed(value: _Value | None, otherwise: str) -> _Value:
    """A value that must be there, and not blank."""
    if value is None or value == "":
        raise BankFileError(f"{otherwise} Set the report aside and ask the bank.")
    return value

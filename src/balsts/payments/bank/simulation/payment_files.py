"""Reads a payment file (pain.001.001.09) as a bank would: as a stream, knowing nothing of how it was written.

It shares no code with the writer and the readers of `iso20022`, so that each is a check of the other; only the official
schema is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

VERSION = "pain.001.001.09"
_SPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{VERSION}}}"
_END_TO_END_ID, _INSTRUCTION_ID, _AMOUNT, _NAME, _IBAN, _TEXT = (
    "/".join(_SPACE + name for name in path.split())
    for path in (
        "PmtId EndToEndId", "PmtId InstrId", "Amt InstdAmt", "Cdtr Nm", "CdtrAcct Id IBAN", "RmtInf Ustrd",
    )
)  # fmt: skip
_SUM = re.compile(r"(\d+)(?:\.(\d{1,2})0*|\.)?")


class NotTaken(Exception):
    """A file that the bank does not take, with a code for programs and a reason for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class Block(NamedTuple):
    """What the transfers of one block have in common.

    Attributes:
        place: in the file, from 1.
        transactions, cents: as declared; None where nothing is.
    """

    place: int
    id: str
    debtor_iban: str
    execution_on: date
    is_batch: bool
    transactions: int | None
    cents: int | None


class Transfer(NamedTuple):
    """One transfer, as the file has it."""

    block: Block
    end_to_end_id: str
    instruction_id: str
    cents: int
    creditor_name: str
    creditor_iban: str
    text: str


@dataclass
class PaymentFile:
    """A payment file that is read; the heading is known from the first transfer on."""

    path: Path
    message_id: str = ""
    created_at: str = ""
    transactions: int | None = None
    cents: int | None = None
    _block: Block | None = field(default=None, init=False)
    _blocks: int = field(default=0, init=False)

    def transfers(self, *, by_schema: bool) -> Iterator[Transfer]:
        """All transfers, in order; nothing is held.

        Raises:
            NotTaken: it is not XML, is cut off, or is not by the schema; that may be known at the end alone.
        """
        tags = [_SPACE + name for name in ("Document", "GrpHdr", "PmtInf", "CdtTrfTxInf")]
        before: Any = None
        ended = False
        try:
            with self.path.open("rb") as source:
                events = etree.iterparse(
                    source, events=("end",), tag=tags, schema=_schema() if by_schema else None,
                    resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
                    remove_comments=True, remove_pis=True,
                )  # fmt: skip
                for _, element in events:
                    name = element.tag[len(_SPACE) :]
                    if name == "CdtTrfTxInf":
                        yield self._transfer(element)
                        before = _emptied(element, before)
                    elif name == "PmtInf":
                        self._block, before = None, None
                        element.clear()
                    elif name == "GrpHdr":
                        self._heading(element)
                    else:
                        ended = element.getparent() is None
        except etree.XMLSyntaxError as error:
            raise NotTaken(*_said(error)) from None
        if not ended:  # lxml lets a file that was cut off pass when a schema is given
            raise NotTaken("not_xml", "The file was cut off before its end.")

    def _heading(self, element: Any) -> None:
        if element.getroottree().docinfo.internalDTD is not None:
            raise NotTaken("not_xml", "The file declares a document type.")
        self.message_id, self.created_at = _text(element, "MsgId"), _text(element, "CreDtTm")
        self.transactions, self.cents = _number(_text(element, "NbOfTxs")), cents_of(_text(element, "CtrlSum"))

    def _transfer(self, element: Any) -> Transfer:
        if self._block is None:
            self._blocks += 1
            self._block = _block(element.getparent(), self._blocks)
        amount = element.find(_AMOUNT)
        cents = None if amount is None or amount.get("Ccy") != "EUR" else cents_of(amount.text or "")
        if cents is None:
            raise NotTaken("amount", "A transfer has no amount in euros and cents; nothing else is taken here.")
        return Transfer(
            self._block,
            element.findtext(_END_TO_END_ID) or "",
            element.findtext(_INSTRUCTION_ID) or "",
            cents,
            element.findtext(_NAME) or "",
            element.findtext(_IBAN) or "",
            element.findtext(_TEXT) or "",
        )


def _block(element: Any, place: int) -> Block:
    debtor, day = _text(element, "DbtrAcct", "Id", "IBAN"), _text(element, "ReqdExctnDt", "Dt")
    try:
        execution_on = date.fromisoformat(day)
    except ValueError:
        raise NotTaken("date", "A block has no day of execution.") from None
    if not debtor:
        raise NotTaken("account", "A block does not name the account that pays by its IBAN.")
    return Block(
        place,
        _text(element, "PmtInfId"),
        debtor,
        execution_on,
        _text(element, "BtchBookg") in ("true", "1"),
        _number(_text(element, "NbOfTxs")),
        cents_of(_text(element, "CtrlSum")),
    )


def cents_of(text: str) -> int | None:
    """A sum in euros as cents; None for what is none."""
    found = _SUM.fullmatch(text)
    return None if found is None else int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _text(element: Any, *path: str) -> str:
    return element.findtext("/".join(_SPACE + name for name in path), default="") or ""


def _emptied(element: Any, before: Any) -> Any:
    """Empty a transfer that was read, and take the one before it out of the tree."""
    element.clear()
    if before is not None:
        before.getparent().remove(before)
    return element


@cache
def _schema() -> Any:
    text = files("balsts.payments.iso20022").joinpath("schemas", f"{VERSION}.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text))


def _said(error: Any) -> tuple[str, str]:
    """What the parser found, without the value it found it in."""
    named = re.match(r"Element '(?:\{[^}]*\})?(\w+)'", error.msg or "")
    if named:
        return "schema", f"Element {named[1]} is not as {VERSION} has it (line {error.lineno})."
    return "not_xml", f"The file is not well-formed XML (line {error.lineno})."

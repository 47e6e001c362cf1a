"""Reads statements (camt.053.001.08) and notifications (camt.054.001.08) of a bank as a stream of lines.

The records are typed by the official schemas (`schemas/`). An entry for a batch can hold as many details as a file of
payments, so lines come one by one, each with the heading of its entry; nothing grows with the file. What is read here
is not yet to be believed: `verify` in `statement_checks.py` reads the whole file first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.hashing import Readable
from balsts.payments.iso20022.single_entries import single
from balsts.payments.iso20022.statement_models import (
    CURRENCY,
    Balance,
    Detail,
    Entry,
    Line,
    Statement,
    Totals,
)
from balsts.payments.iso20022.transaction_codes import code_in
from balsts.payments.iso20022.xml_reading import (
    Element,
    Message,
    cents_from,
    children,
    day_from,
    moment_from,
    name_of,
    number_from,
    stream,
    text_at,
    text_of,
)

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Kind:
    """Which of the two messages.

    Attributes:
        outermost: the element in the document.
        part: the element that holds the entries of one account.
        has_balances: whether it opens and closes.
    """

    message: Message
    outermost: str
    part: str
    pagination: str
    has_balances: bool

    @property
    def places(self) -> dict[str, str]:
        """The elements that are read, each with the one it stands in."""
        return {
            "GrpHdr": self.outermost,
            self.part: self.outermost,
            "Ntry": self.part,
            "NtryDtls": "Ntry",
            "TxDtls": "NtryDtls",
        }


STATEMENT = Kind(Message("camt.053.001.08"), "BkToCstmrStmt", "Stmt", "StmtPgntn", has_balances=True)
NOTIFICATION = Kind(Message("camt.054.001.08"), "BkToCstmrDbtCdtNtfctn", "Ntfctn", "NtfctnPgntn", has_balances=False)


@dataclass
class Reading:
    """A file while it is read.

    Attributes:
        statement: its heading, from its first line on; None before.
        entries: entries read to their end.
        parts: accounts read to their end.
    """

    source: Readable
    kind: Kind
    by_schema: bool = False
    statement: Statement | None = None
    entries: int = 0
    parts: int = 0
    _message_id: str = ""
    _entry: Entry | None = None
    _places: int = 0
    _in_batch: int = 0
    _batch_cents: int | None = 0
    _block: str = ""
    _here: dict[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """All lines in the order of the file.

        Raises:
            BankFileError: the file is not of this kind, or holds what cannot be read for certain.
        """
        kind = self.kind
        self._here = {"": kind.message.namespace}
        for element in stream(self.source, kind.message, kind.places, by_schema=self.by_schema):
            name = name_of(element)
            if name == "GrpHdr":
                self._heading(element)
            elif name == "TxDtls":
                yield self._line(element)
            elif name == "NtryDtls":
                self._batch(element)
            elif name == "Ntry":
                yield from self._ended(element)
            else:
                self._begin(element)
                self.parts += 1

    def _heading(self, element: Element) -> None:
        self._message_id = text_at(element, "MsgId", self._here)
        self._whole(element, "MsgPgntn")

    def _begin(self, part: Element) -> None:
        """Read the heading of the account's part, which stands before its first entry."""
        if self.parts:
            raise BankFileError(
                f"The file holds more than one {self.kind.part}; expected the entries of one account and period. Ask "
                "the bank for one file for each."
            )
        if self.statement is None:
            self._whole(part, self.kind.pagination)
            self.statement = self._statement(part)

    def _whole(self, element: Element, pagination: str) -> None:
        page = element.find(pagination, self._here)
        if page is not None and (text_at(page, "PgNb", self._here), text_at(page, "LastPgInd", self._here)) not in (
            ("1", "true"),
            ("1", "1"),
        ):
            raise BankFileError(
                "The file is one page of several, so that its balances cannot be proven. Ask the bank for the whole."
            )

    def _statement(self, part: Element) -> Statement:
        here = self._here
        balances = [self._balance(children(one)) for one in part.findall("Bal", here)]
        return Statement(
            message_id=self._message_id,
            id=text_at(part, "Id", here),
            created_at=moment_from(text_at(part, "CreDtTm", here)),
            account=text_at(part, "Acct/Id/IBAN", here),
            copy=text_at(part, "CpyDplctInd", here),
            opening=_one_of(balances, "OPBD", "PRCD"),
            closing=_one_of(balances, "CLBD"),
            all_entries=_totals(part.find("TxsSummry/TtlNtries", here)),
            credits=_totals(part.find("TxsSummry/TtlCdtNtries", here)),
            debits=_totals(part.find("TxsSummry/TtlDbtNtries", here)),
        )

    def _balance(self, parts: dict[str, Element]) -> Balance:
        cents = _cents(parts.get("Amt"), "A balance")
        return Balance(
            code=_code_or_own(children(parts.get("Tp")).get("CdOrPrtry")),
            cents=cents if _is_credit(parts.get("CdtDbtInd"), "A balance") else -cents,
            on=_needed(_day(parts.get("Dt")), "A balance has no day."),
        )

    def _line(self, details: Element) -> Line:
        """A line for one payment of an entry, whose heading has been read."""
        detail = None
        if self._entry is None:
            self._entry, detail = self._first_of_entry(details.getparent().getparent())
        self._places += 1
        if detail is None:
            detail = _detail(children(details), self._entry, f"Entry {self._entry.number}, payment {self._places}")
        self._in_batch += 1
        if detail.cents is None or self._batch_cents is None:
            self._batch_cents = None
        else:
            self._batch_cents += detail.cents if detail.is_credit == self._entry.is_credit else -detail.cents
        return Line(self._entry, self._places, detail)

    def _batch(self, element: Element) -> None:
        """A part of an entry that says how many payments it stands for, and lists them, must list them all."""
        first = element[0] if len(element) else None
        said = children(first) if first is not None and name_of(first) == "Btch" else {}
        listed, cents = self._in_batch, self._batch_cents
        self._in_batch, self._batch_cents = 0, 0
        if not listed:
            self._block = text_of(said.get("PmtInfId"))
            return
        wrong_number = "NbOfTxs" in said and number_from(text_of(said["NbOfTxs"])) != listed
        wrong_sum = "TtlAmt" in said and cents is not None and cents_from(text_of(said["TtlAmt"])) != cents
        if wrong_number or wrong_sum:
            raise BankFileError(
                f"Entry {self.entries + 1} lists {listed} payments and says another number or sum of them. Set the "
                "file aside and ask the bank."
            )

    def _ended(self, element: Element) -> Iterator[Line]:
        if self._entry is None:
            yield Line(self._heading_of_entry(element), 0, None, self._block)
        self.entries += 1
        self._entry, self._places, self._block = None, 0, ""

    def _first_of_entry(self, element: Element) -> tuple[Entry, Detail | None]:
        """An entry's heading, and its first payment where both are written as most are."""
        self._begin(element.getparent())
        return single(element, self.entries + 1) or (self._heading_of_entry(element), None)

    def _heading_of_entry(self, element: Element) -> Entry:
        self._begin(element.getparent())
        number = self.entries + 1
        where, parts = f"Entry {number}", children(element)
        return Entry(
            number=number,
            cents=_cents(parts.get("Amt"), where),
            is_credit=_is_credit(parts.get("CdtDbtInd"), where),
            is_reversal=text_of(parts.get("RvslInd")) in ("true", "1"),
            status=_code_or_own(parts.get("Sts")),
            booked_on=_day(parts.get("BookgDt")),
            valued_on=_day(parts.get("ValDt")),
            reference=text_of(parts.get("NtryRef")),
            servicer_reference=text_of(parts.get("AcctSvcrRef")),
            code=code_in(parts.get("BkTxCd")),
        )


def _detail(parts: dict[str, Element], entry: Entry, where: str) -> Detail:
    """One payment of an entry."""
    references, returned = children(parts.get("Refs")), parts.get("RtrInf")
    back = children(returned)
    reason = children(back.get("Rsn"))
    return Detail(
        end_to_end_id=text_of(references.get("EndToEndId")),
        message_id=text_of(references.get("MsgId")),
        payment_information_id=text_of(references.get("PmtInfId")),
        instruction_id=text_of(references.get("InstrId")),
        servicer_reference=text_of(references.get("AcctSvcrRef")),
        transaction_id=text_of(references.get("TxId")),
        cents=_cents(parts["Amt"], where) if "Amt" in parts else None,
        is_credit=_is_credit(parts["CdtDbtInd"], where) if "CdtDbtInd" in parts else entry.is_credit,
        code=code_in(parts.get("BkTxCd")),
        return_reason=text_of(reason.get("Cd")),
        return_reason_own=text_of(reason.get("Prtry")),
        return_information=" ".join(_texts(returned, "AddtlInf")),
        original_code=code_in(back.get("OrgnlBkTxCd")),
        remittance_text=" ".join(_texts(parts.get("RmtInf"), "Ustrd")),
    )


def _texts(element: Element | None, name: str) -> list[str]:
    """The texts of all elements of a name in an element."""
    return [] if element is None else [text_of(one) for one in element if name_of(one) == name]


def _code_or_own(element: Element | None) -> str:
    """A code, or the bank's own word in its place."""
    return text_of(element[0]) if element is not None and len(element) else ""


def _one_of(balances: list[Balance], *codes: str) -> Balance | None:
    """The balance of the first code that is there. Two of one code: in no file that can be proven."""
    for code in codes:
        found = [balance for balance in balances if balance.code == code]
        if len(found) > 1:
            raise BankFileError(f"The file holds {len(found)} balances of the kind {code}; expected one. Set it aside.")
        if found:
            return found[0]
    return None


def _totals(element: Element | None) -> Totals:
    parts = children(element)
    net, net_cents = children(parts.get("TtlNetNtry")), None
    if net:
        cents = _needed(cents_from(text_of(net.get("Amt"))), "A net total is no sum in cents.")
        net_cents = cents if _is_credit(net.get("CdtDbtInd"), "A net total") else -cents
    return Totals(
        number=_needed(number_from(text_of(parts["NbOfNtries"])), "A count is none.")
        if "NbOfNtries" in parts
        else None,
        cents=_needed(cents_from(text_of(parts["Sum"])), "A declared sum is no sum in cents.")
        if "Sum" in parts
        else None,
        net_cents=net_cents,
    )


def _cents(amount: Element | None, where: str) -> int:
    if amount is None or amount.get("Ccy") != CURRENCY:
        raise BankFileError(f"{where} is not in {CURRENCY}. Set the file aside; other currencies are not read.")
    return _needed(cents_from((amount.text or "").strip()), f"{where} has an amount that is no sum in cents.")


def _is_credit(element: Element | None, where: str) -> bool:
    direction = text_of(element)
    if direction not in ("CRDT", "DBIT"):
        raise BankFileError(f"{where} does not say whether it is a credit or a debit. Set the file aside.")
    return direction == "CRDT"


def _day(element: Element | None) -> date | None:
    """A day, or the day of a moment."""
    text = text_of(element[0]) if element is not None and len(element) else ""
    return _needed(day_from(text), "A day is not written as a day.") if text else None


def _needed(value: _Value | None, otherwise: str) -> _Value:
    if value is None:
        raise BankFileError(f"{otherwise} Set the file aside and ask the bank.")
    return value

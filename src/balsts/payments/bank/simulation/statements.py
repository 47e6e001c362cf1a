"""Writes what happened on an account: camt.053.001.08 at the end of a day, camt.054.001.08 for some of its entries."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from balsts.payments.bank.simulation.payment_files import Transfer
from balsts.payments.bank.simulation.xml_writing import (
    Sink,
    amount,
    closed,
    direction,
    element,
    euros,
    moment,
    opened,
)

STATEMENT = "camt.053.001.08"
NOTIFICATION = "camt.054.001.08"
_HOUR = 20
_SENT = "<Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>"
_CAME_BACK = "<Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn>"


class Returned(NamedTuple):
    """A transfer that came back.

    Attributes:
        number: of the return at this bank.
        code: of the reason; `own` a word of the bank in its place.
    """

    number: int
    message_id: str
    block: str
    end_to_end_id: str
    instruction_id: str
    cents: int
    code: str
    own: str = ""


@dataclass
class Sum:
    """Entries of one direction."""

    number: int = 0
    cents: int = 0


class Entries:
    """Entries of one account and day, laid out in a temporary file as they come; to be closed."""

    def __init__(self, day: date, folder: Path) -> None:
        self.credits, self.debits = Sum(), Sum()
        self._day = day
        self._laid_out = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the entries
        self._size = 0

    def close(self) -> None:
        """Give the temporary file back."""
        self._laid_out.close()

    @property
    def number(self) -> int:
        """How many there are."""
        return self.credits.number + self.debits.number

    @property
    def net_cents(self) -> int:
        """Credits less debits."""
        return self.credits.cents - self.debits.cents

    def block(
        self, reference: str, block: tuple[str, str], transactions: int, cents: int, listed: Iterable[Transfer]
    ) -> None:
        """One entry for a block of transfers.

        Args:
            reference: the bank's own.
            block: the ids of message and block.
            listed: its transfers, all or none.
        """
        self._begin(reference, cents, is_credit=False)
        self._put(
            f"<NtryDtls><Btch>{element('MsgId', block[0])}{element('PmtInfId', block[1])}"
            f"<NbOfTxs>{transactions}</NbOfTxs>{amount(cents, 'TtlAmt')}{direction(is_credit=False)}</Btch>"
        )
        for transfer in listed:
            self._put(_sent(transfer, block))
        self._put("</NtryDtls></Ntry>\n")

    def single(self, reference: str, message_id: str, transfer: Transfer) -> None:
        """An entry of its own for a transfer that was carried out."""
        self._begin(reference, transfer.cents, is_credit=False)
        self._put(f"<NtryDtls>{_sent(transfer, (message_id, transfer.block.id))}</NtryDtls></Ntry>\n")

    def returned(self, one: Returned) -> None:
        """An entry for a transfer that came back."""
        reason = element("Cd", one.code) or element("Prtry", one.own)
        self._begin(f"A{one.number:012}", one.cents, is_credit=True)
        self._put(
            f"<NtryDtls><TxDtls><Refs>{element('MsgId', one.message_id)}{element('PmtInfId', one.block)}"
            f"{element('InstrId', one.instruction_id)}{element('EndToEndId', one.end_to_end_id)}</Refs>"
            f"{amount(one.cents)}{direction(is_credit=True)}<BkTxCd>{_CAME_BACK}</BkTxCd>"
            f"<RtrInf><OrgnlBkTxCd>{_SENT}</OrgnlBkTxCd><Rsn>{reason}</Rsn></RtrInf></TxDtls></NtryDtls></Ntry>\n"
        )

    def _begin(self, reference: str, cents: int, *, is_credit: bool) -> None:
        total = self.credits if is_credit else self.debits
        total.number += 1
        total.cents += cents
        day = self._day.isoformat()
        self._put(
            f"<Ntry><NtryRef>{self.number}</NtryRef>{amount(cents)}{direction(is_credit)}<Sts><Cd>BOOK</Cd></Sts>"
            f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>{element('AcctSvcrRef', reference)}"
            f"<BkTxCd>{_CAME_BACK if is_credit else _SENT}</BkTxCd>"
        )

    def _put(self, text: str) -> None:
        self._size += self._laid_out.write(text.encode())

    def copy_to(self, sink: Sink) -> None:
        """Write all of them, in order."""
        self._laid_out.seek(0)
        sink.copy(self._laid_out, self._size)


def _sent(transfer: Transfer, block: tuple[str, str]) -> str:
    text = f"<RmtInf>{element('Ustrd', transfer.text)}</RmtInf>" if transfer.text else ""
    return (
        f"<TxDtls><Refs>{element('MsgId', block[0])}{element('PmtInfId', block[1])}"
        f"{element('InstrId', transfer.instruction_id)}{element('EndToEndId', transfer.end_to_end_id)}</Refs>"
        f"{amount(transfer.cents)}{direction(is_credit=False)}"
        f"<RltdPties><Cdtr><Pty>{element('Nm', transfer.creditor_name)}</Pty></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{transfer.creditor_iban}</IBAN></Id></CdtrAcct></RltdPties>"
        f"{text}</TxDtls>\n"
    )


@dataclass(frozen=True)
class Account:
    """An account at the end of a day.

    Attributes:
        number: of the day at this bank, from 1.
    """

    iban: str
    day: date
    number: int
    opening_cents: int


def write_statement(sink: Sink, account: Account, entries: Entries, *, too_many: int = 0, cents_off: int = 0) -> None:
    """Write the statement of a day.

    Args:
        too_many: how many entries it declares that it does not hold.
        cents_off: by how much its closing balance is wrong.
    """
    name = f"S{account.number:06}{account.iban[-27:]}"
    closing = account.opening_cents + entries.net_cents + cents_off
    sink.put(opened(STATEMENT, "BkToCstmrStmt", name, account.day, _HOUR))
    sink.put(_part(f"<Stmt><Id>{name}</Id><ElctrncSeqNb>{account.number}</ElctrncSeqNb>", account))
    sink.put(_balance("OPBD", account.opening_cents, account.day) + _balance("CLBD", closing, account.day))
    sink.put(_summary(entries, too_many))
    entries.copy_to(sink)
    sink.put("</Stmt>\n" + closed("BkToCstmrStmt"))


def write_notification(sink: Sink, account: Account, entries: Entries, what: str) -> None:
    """Write a notification.

    Args:
        what: C for money that came, D for money that went.
    """
    name = f"N{account.number:06}{what}{account.iban[-27:]}"
    sink.put(opened(NOTIFICATION, "BkToCstmrDbtCdtNtfctn", name, account.day, _HOUR))
    sink.put(_part(f"<Ntfctn><Id>{name}</Id>", account) + _summary(entries, 0))
    entries.copy_to(sink)
    sink.put("</Ntfctn>\n" + closed("BkToCstmrDbtCdtNtfctn"))


def _part(beginning: str, account: Account) -> str:
    return (
        f"{beginning}<CreDtTm>{moment(account.day, _HOUR)}</CreDtTm><FrToDt><FrDtTm>{moment(account.day, 0)}</FrDtTm>"
        f"<ToDtTm>{moment(account.day, _HOUR)}</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{account.iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
    )


def _balance(code: str, cents: int, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount(abs(cents))}{direction(cents >= 0)}"
        f"<Dt><Dt>{day.isoformat()}</Dt></Dt></Bal>\n"
    )


def _summary(entries: Entries, too_many: int) -> str:
    net = entries.net_cents
    return (
        f"<TxsSummry><TtlNtries><NbOfNtries>{entries.number + too_many}</NbOfNtries>"
        f"<Sum>{euros(entries.credits.cents + entries.debits.cents)}</Sum>"
        f"<TtlNetNtry><Amt>{euros(abs(net))}</Amt>{direction(net >= 0)}</TtlNetNtry></TtlNtries>"
        f"{_total('TtlCdtNtries', entries.credits)}{_total('TtlDbtNtries', entries.debits)}</TxsSummry>\n"
    )


def _total(name: str, of: Sum) -> str:
    return f"<{name}><NbOfNtries>{of.number}</NbOfNtries><Sum>{euros(of.cents)}</Sum></{name}>"

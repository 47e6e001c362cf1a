"""A bank's files by named situations: statements, notifications, reports on payment files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from balsts.payments.iso20022.statements import NOTIFICATION, STATEMENT, Kind
from tests.payments.transfers import AGENCY_IBAN

ACCOUNT = AGENCY_IBAN
_NAMES = {"camt.053.001.08": ("BkToCstmrStmt", "Stmt"), "camt.054.001.08": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}


def sum_of(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


@dataclass(frozen=True)
class Payment:
    """One payment within an entry."""

    name: str = "B000000042L000000001K79"
    cents: int | None = 25_000
    returned: str = ""
    more: str = ""

    def xml(self) -> str:
        amount = "" if self.cents is None else f'<Amt Ccy="EUR">{sum_of(self.cents)}</Amt>'
        back = f"<RtrInf><Rsn>{self.returned}</Rsn><AddtlInf>slēgts</AddtlInf></RtrInf>" if self.returned else ""
        return (
            f"<TxDtls><Refs><AcctSvcrRef>R1</AcctSvcrRef><InstrId>I1</InstrId><EndToEndId>{self.name}</EndToEndId>"
            f"<TxId>T1</TxId></Refs>{amount}{self.more}"
            f"{back}</TxDtls>"
        )


@dataclass(frozen=True)
class Booking:
    """One entry; `payments` may be none."""

    cents: int = 25_000
    is_credit: bool = False
    payments: tuple[Payment, ...] = (Payment(),)
    status: str = "BOOK"
    batch: str = ""
    currency: str = "EUR"

    def xml(self, number: int) -> str:
        within = f"{self.batch}{''.join(one.xml() for one in self.payments)}"
        return (
            f'<Ntry><NtryRef>{number}</NtryRef><Amt Ccy="{self.currency}">{sum_of(self.cents)}</Amt>'
            f"<CdtDbtInd>{'CRDT' if self.is_credit else 'DBIT'}</CdtDbtInd><Sts><Cd>{self.status}</Cd></Sts>"
            "<BookgDt><Dt>2026-12-03</Dt></BookgDt><ValDt><DtTm>2026-12-03T10:00:00</DtTm></ValDt>"
            f"<AcctSvcrRef>S{number}</AcctSvcrRef>"
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
            f"{f'<NtryDtls>{within}</NtryDtls>' if within else ''}</Ntry>\n"
        )


@dataclass(frozen=True)
class AccountFile:
    """A statement or notification; what it declares is right unless it is given."""

    kind: Kind = STATEMENT
    bookings: Sequence[Booking] = (Booking(),)
    account: str = ACCOUNT
    opening: int = 100_000
    closing: int | None = None
    number: int | None = None
    total: int | None = None
    head: str = ""
    balances: str | None = None
    parts: int = 1
    summary: bool = True
    net: str = field(default="")

    def data(self) -> bytes:
        outermost, part = _NAMES[self.kind.message.version]
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{self.kind.message.namespace}"><{outermost}>'
            "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-12-03T20:00:00+02:00</CreDtTm></GrpHdr>"
            f"{self._part(part) * self.parts}</{outermost}></Document>\n"
        ).encode()

    def _part(self, part: str) -> str:
        return (
            f"<{part}><Id>S1</Id>{self.head}<CreDtTm>2026-12-03T20:00:00+02:00</CreDtTm>"
            f"<Acct><Id><IBAN>{self.account}</IBAN></Id><Ccy>EUR</Ccy></Acct>{self._balances()}{self._summary()}"
            f"{''.join(one.xml(number) for number, one in enumerate(self.bookings, start=1))}</{part}>"
        )

    def _balances(self) -> str:
        if self.balances is not None or not self.kind.has_balances:
            return self.balances or ""
        booked = sum(one.cents if one.is_credit else -one.cents for one in self.bookings if one.status == "BOOK")
        closing = self.opening + booked if self.closing is None else self.closing
        return balance("OPBD", self.opening) + balance("CLBD", closing)

    def _summary(self) -> str:
        if not self.summary:
            return ""
        number = len(self.bookings) if self.number is None else self.number
        total = sum(one.cents for one in self.bookings) if self.total is None else self.total
        debits = [one.cents for one in self.bookings if not one.is_credit]
        return (
            f"<TxsSummry><TtlNtries><NbOfNtries>{number}</NbOfNtries><Sum>{sum_of(total)}</Sum>{self.net}</TtlNtries>"
            f"<TtlDbtNtries><NbOfNtries>{len(debits)}</NbOfNtries><Sum>{sum_of(sum(debits))}</Sum></TtlDbtNtries></TxsSummry>"
        )


def balance(code: str, cents: int) -> str:
    direction = "CRDT" if cents >= 0 else "DBIT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{sum_of(abs(cents))}</Amt>'
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2026-12-03</Dt></Dt></Bal>"
    )


def notification(*bookings: Booking) -> AccountFile:
    return AccountFile(kind=NOTIFICATION, bookings=bookings)


# ------------------------------------------------------------------------------------------- reports


def transaction(name: str, status: str = "RJCT", reason: str = "<Cd>AC04</Cd>", more: str = "") -> str:
    why = f"<StsRsnInf><Rsn>{reason}</Rsn><AddtlInf>slēgts</AddtlInf></StsRsnInf>" if reason else ""
    state = f"<TxSts>{status}</TxSts>" if status else ""
    return f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId>{state}{why}{more}</TxInfAndSts>"


def counts(**by_status: int) -> str:
    return "".join(
        f"<NbOfTxsPerSts><DtldNbOfTxs>{number}</DtldNbOfTxs><DtldSts>{status}</DtldSts></NbOfTxsPerSts>"
        for status, number in by_status.items()
    )


def report(
    *transactions: str,
    group: str = "PART",
    number: int = 3,
    tail: str = "",
    block: str = "",
    answers: str = "pain.001.001.09",
) -> bytes:
    state = f"<GrpSts>{group}</GrpSts>" if group else ""
    within = (
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>B000000042F00001P01</OrgnlPmtInfId>{block}{''.join(transactions)}"
        "</OrgnlPmtInfAndSts>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">'
        "<CstmrPmtStsRpt><GrpHdr><MsgId>R1</MsgId><CreDtTm>2026-12-01T09:00:00+02:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>B000000042F00001</OrgnlMsgId><OrgnlMsgNmId>{answers}</OrgnlMsgNmId>"
        f"<OrgnlNbOfTxs>{number}</OrgnlNbOfTxs><OrgnlCtrlSum>750.00</OrgnlCtrlSum>{state}{tail}</OrgnlGrpInfAndSts>"
        f"{within if transactions or block else ''}</CstmrPmtStsRpt></Document>\n"
    ).encode()

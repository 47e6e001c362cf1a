"""The steps that are measured, and the files they are measured on."""

from __future__ import annotations

import resource
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from balsts.payments.iso20022 import identifiers
from balsts.payments.iso20022.models import (
    CategoryPurpose,
    CreditTransfer,
    Initiation,
    Organisation,
    PaymentInformation,
)
from balsts.payments.iso20022.schema import check
from balsts.payments.iso20022.statement_checks import lines, verify
from balsts.payments.iso20022.statements import STATEMENT
from balsts.payments.iso20022.writer import euros, write

AGENCY = Organisation("Paraugu sociālā aģentūra", "90000000001")
ACCOUNT = "LV80BANK0000435195001"
SURNAMES = "Bērziņš Kalniņa Ozols Liepiņa Krūmiņš Āboliņa Eglītis Žagare Šķēle Ņikitina".split()
NAMES = "Jānis Anna Ķirils Līga Pēteris Elīna Čārlzs Ģertrūde Uldis Žanete".split()


def timed(step: str, number: int, folder: Path) -> tuple[float, float, int]:
    """Seconds, peak of memory in mebibytes, bytes of the file."""
    if step in ("proven", "read"):
        statement(number, folder)
    start = time.perf_counter()
    size = STEPS[step](number, folder)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size


def made(number: int, folder: Path) -> int:
    deque(transfers(number), maxlen=0)
    return 0


def written(number: int, folder: Path) -> int:
    initiation = Initiation(identifiers.message_id(1, 1), datetime(2026, 12, 1, 8, tzinfo=UTC), AGENCY)
    block = PaymentInformation(
        identifiers.payment_information_id(1, 1, 1), AGENCY, ACCOUNT, "TRELLV22XXX", date(2026, 12, 3),
        CategoryPurpose.SOCIAL_SECURITY_BENEFIT,
    )  # fmt: skip
    with (folder / "payments.xml").open("wb") as file:
        return write(initiation, [(block, transfers(number))], file, folder=folder).size


def checked(number: int, folder: Path) -> int:
    path = folder / "payments.xml"
    with path.open("rb") as file:
        assert check(file).transactions == number
    return path.stat().st_size


def proven(number: int, folder: Path) -> int:
    path = folder / "statement.xml"
    with path.open("rb") as file:
        assert verify(file, STATEMENT, account=ACCOUNT).lines == number
    return path.stat().st_size


def read(number: int, folder: Path) -> int:
    path = folder / "statement.xml"
    with path.open("rb") as file:
        found = sum(
            identifiers.line_of(line.detail.end_to_end_id) is not None for line in lines(file, STATEMENT) if line.detail
        )
    assert found == number
    return path.stat().st_size


STEPS: dict[str, Callable[[int, Path], int]] = {
    "made": made, "written": written, "checked": checked, "proven": proven, "read": read,
}  # fmt: skip


def transfers(number: int) -> Iterator[CreditTransfer]:
    for line in range(1, number + 1):
        name = f"{NAMES[line % 10]} {SURNAMES[line // 10 % 10]}-{SURNAMES[line // 100 % 10]}"
        text = "Ģimenes valsts pabalsts, 2026-11"
        yield CreditTransfer(identifiers.end_to_end_id(1, line), cents_of(line), name, iban(line), text)


def cents_of(line: int) -> int:
    return 2_500 + line * 7_919 % 100_000


def iban(line: int) -> str:
    """A Latvian account with right check digits (ISO 7064): BANK is 11102320 in digits, and LV00 is 213100."""
    return f"LV{98 - ((11_102_320 * 10**13 + line) * 10**6 + 213_100) % 97:02}BANK{line:013}"


def statement(number: int, folder: Path) -> None:
    """A statement in which each transfer is an entry of its own."""
    path = folder / "statement.xml"
    if path.exists():
        return
    total = sum(cents_of(line) for line in range(1, number + 1))
    balance = (
        '<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<Dt><Dt>2026-12-03</Dt></Dt></Bal>"
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{STATEMENT.message.namespace}"><BkToCstmrStmt>'
            "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-12-03T20:00:00+02:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>"
            f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id></Acct>{balance.format('OPBD', euros(total))}"
            f"{balance.format('CLBD', '0.00')}<TxsSummry><TtlNtries><NbOfNtries>{number}</NbOfNtries>"
            f"<Sum>{euros(total)}</Sum></TtlNtries></TxsSummry>\n"
        )
        for line, transfer in enumerate(transfers(number), start=1):
            file.write(_entry(line, transfer))
        file.write("</Stmt></BkToCstmrStmt></Document>\n")


def _entry(line: int, transfer: CreditTransfer) -> str:
    amount = f'<Amt Ccy="EUR">{euros(transfer.cents)}</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
    return (
        f"<Ntry><NtryRef>{line}</NtryRef>{amount}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-12-03</Dt></BookgDt>"
        f"<ValDt><Dt>2026-12-03</Dt></ValDt><AcctSvcrRef>S{line}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd>"
        f"<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><AcctSvcrRef>S{line}</AcctSvcrRef>"
        f"<EndToEndId>{transfer.end_to_end_id}</EndToEndId></Refs>{amount}<RltdPties><Cdtr><Pty><Nm>"
        f"{transfer.creditor_name}</Nm></Pty></Cdtr><CdtrAcct><Id><IBAN>{transfer.creditor_iban}</IBAN></Id></CdtrAcct>"
        f"</RltdPties><RmtInf><Ustrd>{transfer.remittance_text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )

"""Writes a payment file, pain.001.001.09, from any number of transfers without holding them.

The heading of a file says how many transfers follow and their sum, so the transfers are checked and laid out in a
temporary file first, and the file itself begins when all of them are known to be right: a file is written whole or not
at all. Amounts are counted in whole cents. The bytes depend on nothing but the values.

Source: ISO 20022 message CustomerCreditTransferInitiationV09 (`schemas/`), as SEPA uses it (EPC132-08).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from balsts.payments.iso20022.characters import CharacterPolicy, converted
from balsts.payments.iso20022.checks import (
    FIELDS_OF_ADDRESS,
    faults_of_block,
    faults_of_initiation,
    faults_of_transfer,
    shown,
)
from balsts.payments.iso20022.errors import PaymentValueError
from balsts.payments.iso20022.models import (
    Block,
    CreditTransfer,
    Initiation,
    Organisation,
    PaymentInformation,
    PostalAddress,
)

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
MOST_FAULTS_TOLD = 20

_CHUNK = 1 << 20
_TAG_OF = {"street": "StrtNm", "building_number": "BldgNb", "post_code": "PstCd", "town": "TwnNm"}


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A block as it stands in a file."""

    id: str
    transactions: int
    cents: int


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written.

    Attributes:
        size: in bytes.
        sha256: of its bytes, in hexadecimal digits; the same values give the same.
    """

    message_id: str
    blocks: tuple[WrittenBlock, ...]
    size: int
    sha256: str

    @property
    def transactions(self) -> int:
        """How many transfers the file holds."""
        return sum(block.transactions for block in self.blocks)

    @property
    def cents(self) -> int:
        """Their sum."""
        return sum(block.cents for block in self.blocks)


@dataclass
class _Faults:
    """What is wrong, as far as it is told."""

    found: list[str] = field(default_factory=list)

    def take(self, faults: Iterable[str]) -> bool:
        """Whether there were any.

        Raises:
            PaymentValueError: enough have been found.
        """
        before = len(self.found)
        self.found.extend(islice(faults, MOST_FAULTS_TOLD - before))
        if len(self.found) >= MOST_FAULTS_TOLD:
            self.found.append(f"There may be more: the first {MOST_FAULTS_TOLD} are told.")
            self.stop()
        return len(self.found) > before

    def stop(self) -> None:
        """Raises PaymentValueError when anything is wrong."""
        if self.found:
            raise PaymentValueError(*self.found, "Nothing was written.")


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """A block whose transfers stand in the temporary file."""

    information: PaymentInformation
    transactions: int
    cents: int
    size: int


def write(initiation: Initiation, blocks: Iterable[Block], to: IO[bytes], folder: Path | None = None) -> WrittenFile:
    """Write one payment file.

    Args:
        initiation: the heading of the file.
        blocks: in the order of the file; each is read once, to its end, before the next.
        to: a buffered file that gets the bytes, from where it stands; nothing before every value is checked.
        folder: where the temporary file goes, which no other program can open; left out, the system's.

    Raises:
        PaymentValueError: a value cannot stand in a file; tells up to 20 faults, and nothing was written.
    """
    faults = _Faults()
    faults.take(faults_of_initiation(initiation))
    with tempfile.TemporaryFile(dir=folder) as laid_out:
        parts = _lay_out(blocks, initiation.characters, laid_out, faults)
        faults.stop()
        laid_out.seek(0)
        return _assemble(initiation, parts, laid_out, to)


def _lay_out(blocks: Iterable[Block], policy: CharacterPolicy, laid_out: IO[bytes], faults: _Faults) -> list[_LaidOut]:
    """Check and lay out the transfers of all blocks. The names of all are held, to see that each is another."""
    parts: list[_LaidOut] = []
    names: set[str] = set()
    for information, transfers in blocks:
        faults.take(faults_of_block(information, policy))
        if any(part.information.id == information.id for part in parts):
            faults.take(
                [f"Payment block {shown(information.id)} is in the file twice; expected another id for each block."]
            )
        start, before, cents = laid_out.tell(), len(names), 0
        for transfer in transfers:
            if faults.take(faults_of_transfer(transfer, policy)):
                continue
            if transfer.end_to_end_id in names:
                faults.take([_twice(transfer)])
            names.add(transfer.end_to_end_id)
            cents += transfer.cents
            laid_out.write(_transfer(transfer, policy).encode())
        if len(names) == before and not faults.found:
            faults.take([f"Payment block {shown(information.id)} holds no transfer; leave it out."])
        parts.append(_LaidOut(information, len(names) - before, cents, laid_out.tell() - start))
    if not parts:
        faults.take(["The file holds no payment block; expected at least one. Do not write an empty file."])
    return parts


def _twice(transfer: CreditTransfer) -> str:
    return (
        f"Transfer {transfer.end_to_end_id} is in the file twice; the bank would refuse or pay it twice. Give each "
        "line one transfer."
    )


def _assemble(initiation: Initiation, parts: list[_LaidOut], laid_out: IO[bytes], to: IO[bytes]) -> WrittenFile:
    """Put heading and blocks together."""
    digest, size = hashlib.sha256(), 0

    def put(data: bytes) -> None:
        nonlocal size
        to.write(data)
        digest.update(data)
        size += len(data)

    put(_head(initiation, parts).encode())
    for part in parts:
        put(_block_head(part, initiation.characters).encode())
        left = part.size
        while left:
            data = laid_out.read(min(_CHUNK, left))
            if not data:
                raise OSError(
                    "The temporary file is shorter than what was written to it. Free its disk, and write again."
                )
            put(data)
            left -= len(data)
        put(b"</PmtInf>\n")
    put(b"</CstmrCdtTrfInitn>\n</Document>\n")
    blocks = tuple(WrittenBlock(part.information.id, part.transactions, part.cents) for part in parts)
    return WrittenFile(initiation.message_id, blocks, size, digest.hexdigest())


# What follows needs no escaping: the characters special in XML are in neither policy, and no identifier holds one.


def _head(initiation: Initiation, parts: list[_LaidOut]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{NAMESPACE}">\n<CstmrCdtTrfInitn>\n'
        f"<GrpHdr><MsgId>{initiation.message_id}</MsgId>"
        f"<CreDtTm>{initiation.created_at.isoformat(timespec='seconds')}</CreDtTm>"
        f"<NbOfTxs>{sum(part.transactions for part in parts)}</NbOfTxs>"
        f"<CtrlSum>{euros(sum(part.cents for part in parts))}</CtrlSum>"
        f"<InitgPty>{_organisation(initiation.initiating_party, initiation.characters)}</InitgPty></GrpHdr>\n"
    )


def _block_head(part: _LaidOut, policy: CharacterPolicy) -> str:
    block = part.information
    return (
        f"<PmtInf>\n<PmtInfId>{block.id}</PmtInfId><PmtMtd>TRF</PmtMtd>"
        f"<BtchBookg>{'true' if block.batch_booking else 'false'}</BtchBookg>"
        f"<NbOfTxs>{part.transactions}</NbOfTxs><CtrlSum>{euros(part.cents)}</CtrlSum>"
        f"<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><CtgyPurp><Cd>{block.category_purpose.value}</Cd></CtgyPurp></PmtTpInf>"
        f"<ReqdExctnDt><Dt>{block.execution_on.isoformat()}</Dt></ReqdExctnDt>"
        f"<Dbtr>{_organisation(block.debtor, policy)}</Dbtr>"
        f"<DbtrAcct><Id><IBAN>{block.debtor_iban}</IBAN></Id><Ccy>EUR</Ccy></DbtrAcct>"
        f"<DbtrAgt><FinInstnId><BICFI>{block.agent_bic}</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>\n"
    )


def _transfer(transfer: CreditTransfer, policy: CharacterPolicy) -> str:
    address = transfer.creditor_address
    text = transfer.remittance_text
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>{transfer.end_to_end_id}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="EUR">{euros(transfer.cents)}</InstdAmt></Amt>'
        f"<Cdtr><Nm>{converted(transfer.creditor_name, policy)}</Nm>"
        f"{'' if address is None else _address(address, policy)}</Cdtr>"
        f"<CdtrAcct><Id><IBAN>{transfer.creditor_iban}</IBAN></Id></CdtrAcct>"
        f"{f'<RmtInf><Ustrd>{converted(text, policy)}</Ustrd></RmtInf>' if text else ''}</CdtTrfTxInf>\n"
    )


def _organisation(organisation: Organisation, policy: CharacterPolicy) -> str:
    number = organisation.registration_number
    return (
        f"<Nm>{converted(organisation.name, policy)}</Nm>"
        f"{'' if organisation.address is None else _address(organisation.address, policy)}"
        f"{f'<Id><OrgId><Othr><Id>{number}</Id></Othr></OrgId></Id>' if number else ''}"
    )


def _address(address: PostalAddress, policy: CharacterPolicy) -> str:
    fields = "".join(
        f"<{_TAG_OF[name]}>{converted(text, policy)}</{_TAG_OF[name]}>"
        for name in FIELDS_OF_ADDRESS
        if (text := getattr(address, name))
    )
    lines = "".join(f"<AdrLine>{converted(line, policy)}</AdrLine>" for line in address.lines)
    return f"<PstlAdr>{fields}<Ctry>{address.country}</Ctry>{lines}</PstlAdr>"


def euros(cents: int) -> str:
    """Cents as a sum in euros, exactly: 123456 as «1234.56»."""
    return f"{cents // 100}.{cents % 100:02}"

"""Payment files by named situations, with accounts that are valid and belong to nobody."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import schwifty

from balsts.payments.iso20022 import identifiers
from balsts.payments.iso20022.models import (
    Block,
    CategoryPurpose,
    CreditTransfer,
    Initiation,
    Organisation,
    PaymentInformation,
    PostalAddress,
)
from balsts.payments.iso20022.writer import WrittenFile, write

RUN, FILE = 42, 1
AGENCY = Organisation("Paraugu sociālā aģentūra", registration_number="90000000001")
AGENCY_IBAN = "LV80BANK0000435195001"
INITIATION = Initiation(
    message_id=identifiers.message_id(RUN, FILE),
    created_at=datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
    initiating_party=AGENCY,
)
BLOCK = PaymentInformation(
    id=identifiers.payment_information_id(RUN, FILE, 1),
    debtor=AGENCY,
    debtor_iban=AGENCY_IBAN,
    agent_bic="TRELLV22XXX",
    execution_on=date(2026, 12, 3),
    category_purpose=CategoryPurpose.SOCIAL_SECURITY_BENEFIT,
)
TRANSFER = CreditTransfer(
    end_to_end_id=identifiers.end_to_end_id(RUN, 1),
    cents=25_000,
    creditor_name="Jānis Bērziņš",
    creditor_iban="LV92BANK0000000000017",
    remittance_text="Ģimenes valsts pabalsts, 2026-11",
)
ADDRESS = PostalAddress("Rīga", "LV", street="Parauga iela", building_number="1", post_code="LV-1001")


def iban(number: int) -> str:
    """A valid Latvian account for any number."""
    return str(schwifty.IBAN.from_bban("LV", f"BANK{number:013}"))


def transfers(number: int) -> Iterator[CreditTransfer]:
    for line in range(1, number + 1):
        yield replace(
            TRANSFER,
            end_to_end_id=identifiers.end_to_end_id(RUN, line),
            cents=100 * line + 1,
            creditor_iban=iban(line),
        )


def written(*blocks: Block, initiation: Initiation = INITIATION) -> tuple[bytes, WrittenFile]:
    """A file and what the writer says of it."""
    to = io.BytesIO()
    said = write(initiation, blocks, to)
    return to.getvalue(), said


def file_of(*of: CreditTransfer, initiation: Initiation = INITIATION) -> bytes:
    """A file of one block."""
    return written((BLOCK, of), initiation=initiation)[0]


def block_of(lines: Iterable[CreditTransfer], number: int = 1) -> Block:
    return replace(BLOCK, id=identifiers.payment_information_id(RUN, FILE, number)), lines

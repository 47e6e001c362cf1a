"""What a payment file says, as typed values: an initiation holds blocks of payments, a block holds transfers.

Everything is given by the caller; nothing here looks at a clock or draws a number, so the same values give the same
bytes. Names and texts are as people write them: the writer turns them into what the bank takes (`characters.py`) and
checks every value (`checks.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from balsts.payments.iso20022.characters import CharacterPolicy


class CategoryPurpose(StrEnum):
    """What a block of payments is for, which some banks route and price by.

    Source: ISO 20022 External Code Sets, ExternalCategoryPurpose1Code.
    """

    SOCIAL_SECURITY_BENEFIT = "SSBE"
    PENSION = "PENS"
    GOVERNMENT = "GOVT"
    SUPPLIER = "SUPP"
    SALARY = "SALA"
    TAX = "TAXS"
    OTHER = "OTHR"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address, structured, or hybrid when it has lines.

    The town and the country are always in fields of their own: SEPA takes no other address since 15 November 2026.

    Attributes:
        town: at most 35 characters.
        country: two letters of ISO 3166-1.
        street: at most 70 characters; building_number and post_code: at most 16.
        lines: at most two of 70 characters, for what has no field; they repeat no field.
    """

    town: str
    country: str
    street: str = ""
    building_number: str = ""
    post_code: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who pays, or sends the file.

    Attributes:
        name: at most 70 characters, as SEPA has it.
        registration_number: at most 35 characters; blank where none is to be sent.
    """

    name: str
    registration_number: str = ""
    address: PostalAddress | None = None


@dataclass(frozen=True, slots=True)
class Initiation:
    """One message to the bank: a file.

    Attributes:
        message_id: at most 35 characters (`identifiers.message_id`); the bank refuses one it has seen.
        created_at: given by the caller, with its zone; it is written to the second.
        characters: what this bank takes.
    """

    message_id: str
    created_at: datetime
    initiating_party: Organisation
    characters: CharacterPolicy = CharacterPolicy.LATVIAN


@dataclass(frozen=True, slots=True)
class PaymentInformation:
    """What the transfers of one block have in common.

    Attributes:
        id: at most 35 characters (`identifiers.payment_information_id`).
        debtor_iban: the account that pays.
        agent_bic: the bank that keeps it, 8 or 11 characters.
        batch_booking: whether the bank books the block as one sum.
    """

    id: str
    debtor: Organisation
    debtor_iban: str
    agent_bic: str
    execution_on: date
    category_purpose: CategoryPurpose
    batch_booking: bool = True


@dataclass(frozen=True, slots=True)
class CreditTransfer:
    """One payment in euros.

    Attributes:
        end_to_end_id: at most 35 characters, unlike any other in the file (`identifiers.end_to_end_id`).
        cents: 1 to 99 999 999 999.
        creditor_name: at most 70 characters once converted.
        remittance_text: what the payee reads, at most 140 characters once converted; may be blank.
    """

    end_to_end_id: str
    cents: int
    creditor_name: str
    creditor_iban: str
    remittance_text: str = ""
    creditor_address: PostalAddress | None = None


Block = tuple[PaymentInformation, Iterable[CreditTransfer]]
"""A block of payments: what they have in common, and the transfers, which may be a generator."""

"""Which values the fields of a payment file may hold.

Sources: the schema pain.001.001.09 (lengths, patterns); EPC132-08 "SEPA Credit Transfer Scheme C2PSP Implementation
Guidelines" (amounts of 0.01 to 999 999 999.99 euros, names of 70 characters, slashes in identifiers, addresses). A
fault says which field of which transfer, what was expected and what to do; it never repeats the value.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import lru_cache

import schwifty
from schwifty.domain import IBANSpec
from schwifty.exceptions import SchwiftyException

from balsts.payments.iso20022.characters import CharacterPolicy, converted
from balsts.payments.iso20022.errors import PaymentValueError
from balsts.payments.iso20022.models import (
    CreditTransfer,
    Initiation,
    Organisation,
    PaymentInformation,
    PostalAddress,
)

LEAST_CENTS, MOST_CENTS = 1, 99_999_999_999
MOST_IN_IDENTIFIER, MOST_IN_NAME, MOST_IN_REMITTANCE, MOST_IN_LINE, MOST_LINES = 35, 70, 140, 70, 2
FIELDS_OF_ADDRESS = {"street": 70, "building_number": 16, "post_code": 16, "town": 35}
"""Fields of an address in the order of the schema, with the characters each can hold."""

_IDENTIFIER = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/?:().,'+ -]{1,35}(?<!/)")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+")
_DIGITS = str.maketrans({letter: str(int(letter, 36)) for letter in string.ascii_uppercase})


def faults_of_transfer(transfer: CreditTransfer, policy: CharacterPolicy) -> Iterator[str]:
    """What is wrong with one transfer; nothing for one that may be written."""
    where = f"Transfer {shown(transfer.end_to_end_id)}"
    if not _identifies(transfer.end_to_end_id):
        yield from _of_identifier(f"{where}: its end-to-end id", transfer.end_to_end_id)
    if not _are_cents(transfer.cents):
        yield (
            f"{where}: its amount cannot be paid; expected whole cents, 0.01 to 999 999 999.99 EUR. Correct the line, "
            "or leave it out."
        )
    yield from _of_text(where, "the creditor's name", transfer.creditor_name, MOST_IN_NAME, policy)
    if not iban_is_valid(transfer.creditor_iban):
        yield _not_an_iban(f"{where}: the creditor's account")
    if transfer.remittance_text:
        yield from _of_text(where, "the remittance text", transfer.remittance_text, MOST_IN_REMITTANCE, policy)
    if transfer.creditor_address is not None:
        yield from _of_address(f"{where}: the creditor's address", transfer.creditor_address, policy)


def faults_of_block(block: PaymentInformation, policy: CharacterPolicy) -> Iterator[str]:
    """What is wrong with what the transfers of a block have in common."""
    where = f"Payment block {shown(block.id)}"
    yield from _of_identifier(f"{where}: its id", block.id)
    yield from _of_organisation(f"{where}: the debtor", block.debtor, policy)
    if not iban_is_valid(block.debtor_iban):
        yield _not_an_iban(f"{where}: the debtor's account")
    if not bic_is_valid(block.agent_bic):
        yield f"{where}: the debtor's bank is not named by a BIC; expected 8 or 11 characters, such as UNLALV2X."


def faults_of_initiation(initiation: Initiation) -> Iterator[str]:
    """What is wrong with the heading of a file."""
    where = f"Message {shown(initiation.message_id)}"
    yield from _of_identifier(f"{where}: its id", initiation.message_id)
    yield from _of_organisation(f"{where}: the initiating party", initiation.initiating_party, initiation.characters)
    if initiation.created_at.tzinfo is None:
        yield f"{where}: the moment of its creation has no time zone. Give one, such as Europe/Riga."


def bic_is_valid(bic: str) -> bool:
    """Whether a bank's code has the form of one (ISO 9362)."""
    return _BIC.fullmatch(bic) is not None


def iban_is_valid(iban: str) -> bool:
    """Whether an account number stands as an electronic IBAN: its country's form, right check digits, no blanks.

    The forms are schwifty's; the check digits are worked out here, ten times as fast, which counts for a million lines.
    """
    form = _form_of(iban[:2])
    return (
        form is not None
        and len(iban) == form.iban_length
        and bool(_IBAN.fullmatch(iban))
        and bool(form.regex.match(iban[4:]))
        and "02" <= iban[2:4] <= "98"  # what the algorithm gives; 00, 01 and 99 would pass the remainder alone
        and int((iban[4:] + iban[:4]).translate(_DIGITS)) % 97 == 1
    )


@lru_cache(maxsize=300)
def _form_of(country: str) -> IBANSpec | None:
    """How accounts of a country are written; None for a country without IBANs."""
    try:
        return schwifty.IBAN(country, allow_invalid=True).spec
    except SchwiftyException:
        return None


def _of_organisation(where: str, organisation: Organisation, policy: CharacterPolicy) -> Iterator[str]:
    yield from _of_text(where, "the name", organisation.name, MOST_IN_NAME, policy)
    if organisation.registration_number:
        yield from _of_identifier(f"{where}: the registration number", organisation.registration_number)
    if organisation.address is not None:
        yield from _of_address(f"{where}: the address", organisation.address, policy)


def _of_address(where: str, address: PostalAddress, policy: CharacterPolicy) -> Iterator[str]:
    if not address.town.strip() or not _COUNTRY.fullmatch(address.country):
        yield (
            f"{where} has no town or no country of two letters; SEPA refuses an unstructured address since 15 November "
            "2026. Give both, or leave the address out."
        )
    for field, most in FIELDS_OF_ADDRESS.items():
        if text := getattr(address, field):
            yield from _of_text(where, field.replace("_", " "), text, most, policy)
    if len(address.lines) > MOST_LINES:
        yield f"{where} has {len(address.lines)} lines of free text; expected at most {MOST_LINES}."
    fields = {getattr(address, field).strip().casefold() for field in FIELDS_OF_ADDRESS} - {""}
    for line in address.lines:
        yield from _of_text(where, "a line", line, MOST_IN_LINE, policy)
        if line.strip().casefold() in fields:
            yield f"{where} says in a line what stands in a field. Take the line out."


def _of_text(where: str, what: str, text: str, most: int, policy: CharacterPolicy) -> Iterator[str]:
    """A text must be there, hold what can be written, and fit once it is converted."""
    try:
        length = len(converted(text, policy))
    except PaymentValueError as error:
        yield f"{where}: {what}. {error}"
        return
    if not 1 <= length <= most:
        yield (
            f"{where}: {what} has {length} characters as the bank is sent it; expected 1 to {most}. Shorten or fill it."
        )


def _of_identifier(where: str, identifier: str) -> Iterator[str]:
    if not _identifies(identifier):
        yield (
            f"{where} is not an identifier; expected 1 to {MOST_IN_IDENTIFIER} characters of the basic Latin set, no "
            "slash at either end and no two together, no blank at either end. Use balsts.payments.iso20022.identifiers."
        )


def _not_an_iban(where: str) -> str:
    return (
        f"{where} is not a valid IBAN; expected one without blanks, in the form of its country, with right check "
        "digits. Ask for the account again."
    )


def _identifies(identifier: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(identifier)) and identifier == identifier.strip()


def _are_cents(cents: int) -> bool:
    return isinstance(cents, int) and not isinstance(cents, bool) and LEAST_CENTS <= cents <= MOST_CENTS


def shown(identifier: str) -> str:
    """An identifier for a message; one that is none may be anything, even a name, and is not repeated."""
    return identifier if _identifies(identifier) else "without a valid id"

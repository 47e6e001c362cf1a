"""What kind of movement an entry or payment is (BkTxCd): a bank says the same few with all of them."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from balsts.payments.iso20022.statement_models import BankTransactionCode
from balsts.payments.iso20022.xml_reading import Element, children, text_of

NO_CODE = BankTransactionCode("", "", "", "")
_MOST_CODES = 1_000
_CODES: dict[tuple[tuple[str, str | None], ...], BankTransactionCode] = {}


def code_in(element: Element | None) -> BankTransactionCode:
    """The code in an element; of each way to write one, it is read once."""
    if element is None:
        return NO_CODE
    written = tuple((one.tag, one.text) for one in element.iter())
    found = _CODES.get(written)
    if found is None:
        found = _read(element)
        if len(_CODES) < _MOST_CODES:
            _CODES[written] = found
    return found


@lru_cache(_MOST_CODES)
def code_of(text: str) -> BankTransactionCode:
    """The code that the well-formed text within an element says, whose names have no prefixes."""
    return _read(etree.fromstring(f"<BkTxCd>{text}</BkTxCd>"))


def _read(element: Element) -> BankTransactionCode:
    parts = children(element)
    domain = children(parts.get("Domn"))
    family = children(domain.get("Fmly"))
    return BankTransactionCode(
        text_of(domain.get("Cd")),
        text_of(family.get("Cd")),
        text_of(family.get("SubFmlyCd")),
        text_of(children(parts.get("Prtry")).get("Cd")),
    )

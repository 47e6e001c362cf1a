"""Entries of one payment, read out of their text by one pattern: most of a statement is of these, by the million.

To look at each element of an entry costs several times as much as to write the entry out as text and to match it once.
The pattern knows the parts that banks write with every payment, in the order of the schema. What holds anything else (a
return, charges, another currency, a reference to a character) it does not match; that is read part by part, as
`Reading` reads everything. Whether the file follows the schema is seen apart from this.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from lxml import etree

from balsts.payments.iso20022.statement_models import CURRENCY, Detail, Entry
from balsts.payments.iso20022.transaction_codes import NO_CODE, code_of
from balsts.payments.iso20022.xml_reading import Element, cents_from, day_from

_TEXT = r"([^<&]*)"


def _one(name: str, inner: str = _TEXT) -> str:
    return rf"<{name}>{inner}</{name}>\s*"


def _maybe(name: str, inner: str = _TEXT) -> str:
    return rf"(?:{_one(name, inner)})?+"


def _passed_over(name: str) -> str:
    """An element whose content is not read: up to its end, since none of these stands in another of its name."""
    return rf"(?:<{name}>(?:[^<]++|<(?!/{name}>))*+</{name}>\s*)?+"


_DAY = rf"\s*<Dt(?:Tm)?>{_TEXT}</Dt(?:Tm)?>\s*"
_AMOUNT = rf'<Amt Ccy="{CURRENCY}">{_TEXT}</Amt>\s*'
_DIRECTION = _one("CdtDbtInd", "(CRDT|DBIT)")
_CODE = r"<BkTxCd>((?:[^<&]++|</?+(?!BkTxCd>)\w+>)*+)</BkTxCd>\s*"
_TEXTS = r"\s*((?:<\w+>[^<&]*</\w+>\s*)*+)"
_SINGLE = re.compile(
    r'<Ntry(?: xmlns(?::\w+)?="[^"<&]*")*>\s*'
    + _maybe("NtryRef") + _AMOUNT + _DIRECTION + _maybe("RvslInd") + _one("Sts", rf"\s*<Cd>{_TEXT}</Cd>\s*")
    + _maybe("BookgDt", _DAY) + _maybe("ValDt", _DAY) + _maybe("AcctSvcrRef") + _CODE
    + r"<NtryDtls>\s*" + _passed_over("Btch") + r"<TxDtls>\s*"
    + _one("Refs", _TEXTS) + rf"(?:{_AMOUNT})?+" + rf"(?:{_DIRECTION})?+" + rf"(?:{_CODE})?+"
    + _passed_over("RltdPties") + _passed_over("RltdAgts") + _passed_over("Purp") + _maybe("RmtInf", _TEXTS)
    + r"</TxDtls>\s*</NtryDtls>\s*</Ntry>"
)  # fmt: skip
_NAMED = re.compile(r"<(\w+)>([^<&]*)</\1>")


def single(element: Element, number: int) -> tuple[Entry, Detail] | None:
    """An entry, open or ended, of whose payments the first has been read; None where it is to be read part by part.

    Args:
        number: its place in the file.
    """
    found = _SINGLE.fullmatch(etree.tostring(element, encoding="unicode", with_tail=False))
    if found is None:
        return None
    (reference, amount, direction, reversal, status, booked, valued, servicer, code,
     references, own_amount, own_direction, own_code, remittance) = found.groups()  # fmt: skip
    is_credit = direction == "CRDT"
    cents, booked_on, valued_on = cents_from(amount.strip()), _day(booked), _day(valued)
    own_cents = cents_from((own_amount or amount).strip())
    if cents is None or own_cents is None or booked_on is False or valued_on is False:
        return None
    named = {name: text.strip() for name, text in _NAMED.findall(references)}
    return (
        Entry(number, cents, is_credit, _text(reversal) in ("true", "1"), status.strip(), booked_on, valued_on,
              _text(reference), _text(servicer), code_of(code)),
        Detail(
            named.get("EndToEndId", ""), named.get("MsgId", ""), named.get("PmtInfId", ""), named.get("InstrId", ""),
            named.get("AcctSvcrRef", ""), named.get("TxId", ""), None if own_amount is None else own_cents,
            own_direction == "CRDT" if own_direction else is_credit, NO_CODE if own_code is None else code_of(own_code),
            "", "", "", NO_CODE,
            " ".join([text.strip() for name, text in _NAMED.findall(remittance or "") if name == "Ustrd"]),
        ),
    )  # fmt: skip


def _text(found: str | None) -> str:
    return "" if found is None else found.strip()


def _day(found: str | None) -> date | Literal[False] | None:
    """A day; None where none is written, False where what is written is none."""
    text = _text(found)
    return (day_from(text) or False) if text else None

"""Reads a payment file with the standard library alone, sharing nothing with the writer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


@dataclass(frozen=True)
class Read:
    end_to_end_id: str
    amount: Decimal
    currency: str
    name: str
    iban: str
    remittance: str
    address: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadBlock:
    id: str
    number: int
    total: Decimal
    execution_on: str
    purpose: str
    debtor_iban: str
    transfers: list[Read]


@dataclass(frozen=True)
class ReadFile:
    message_id: str
    created_at: str
    number: int
    total: Decimal
    blocks: list[ReadBlock]


def read(data: bytes) -> ReadFile:
    document = ElementTree.fromstring(data)
    return ReadFile(
        message_id=_text(document, ".//p:GrpHdr/p:MsgId"),
        created_at=_text(document, ".//p:GrpHdr/p:CreDtTm"),
        number=int(_text(document, ".//p:GrpHdr/p:NbOfTxs")),
        total=Decimal(_text(document, ".//p:GrpHdr/p:CtrlSum")),
        blocks=[_block(one) for one in document.findall(".//p:PmtInf", NAMESPACE)],
    )


def _block(element: ElementTree.Element) -> ReadBlock:
    return ReadBlock(
        id=_text(element, "p:PmtInfId"),
        number=int(_text(element, "p:NbOfTxs")),
        total=Decimal(_text(element, "p:CtrlSum")),
        execution_on=_text(element, "p:ReqdExctnDt/p:Dt"),
        purpose=_text(element, "p:PmtTpInf/p:CtgyPurp/p:Cd"),
        debtor_iban=_text(element, "p:DbtrAcct/p:Id/p:IBAN"),
        transfers=[_transfer(one) for one in element.findall("p:CdtTrfTxInf", NAMESPACE)],
    )


def _transfer(element: ElementTree.Element) -> Read:
    amount = element.find("p:Amt/p:InstdAmt", NAMESPACE)
    assert amount is not None
    address = element.find("p:Cdtr/p:PstlAdr", NAMESPACE)
    return Read(
        end_to_end_id=_text(element, "p:PmtId/p:EndToEndId"),
        amount=Decimal(amount.text or ""),
        currency=amount.attrib["Ccy"],
        name=_text(element, "p:Cdtr/p:Nm"),
        iban=_text(element, "p:CdtrAcct/p:Id/p:IBAN"),
        remittance=_text(element, "p:RmtInf/p:Ustrd"),
        address=() if address is None else tuple((one.tag.rpartition("}")[2], one.text or "") for one in address),
    )


def _text(element: ElementTree.Element, path: str) -> str:
    found = element.find(path, NAMESPACE)
    return "" if found is None else found.text or ""

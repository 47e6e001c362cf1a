"""Entries that are read by one pattern say what they say when they are read part by part."""

from __future__ import annotations

import io

import pytest

from balsts.payments.iso20022 import statements
from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.single_entries import single
from balsts.payments.iso20022.statement_models import Line
from balsts.payments.iso20022.statements import STATEMENT, Reading

CODE = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
OWN_CODE = "<BkTxCd><Prtry><Cd>own</Cd></Prtry></BkTxCd>"
AMOUNT = '<Amt Ccy="EUR">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
BOOKED = "<Sts><Cd>BOOK</Cd></Sts>"
DAYS = "<BookgDt><Dt>2026-12-03</Dt></BookgDt><ValDt><DtTm>2026-12-04T10:00:00+02:00</DtTm></ValDt>"
REFERENCES = "<Refs><MsgId>M</MsgId><EndToEndId> B000000001L000000001K32 </EndToEndId></Refs>"
PARTIES = "<RltdPties><Cdtr><Pty><Nm>Jānis Bērziņš &amp; Co</Nm></Pty></Cdtr></RltdPties>"
TEXT = "<RmtInf><Ustrd>Pabalsts,</Ustrd><Ustrd>2026-11</Ustrd></RmtInf>"
PLAIN = f"<NtryRef>7</NtryRef>{AMOUNT}{BOOKED}{DAYS}<AcctSvcrRef>S7</AcctSvcrRef>{CODE}"
PAYMENT = f"{REFERENCES}{AMOUNT}{OWN_CODE}{PARTIES}<Purp><Cd>SSBE</Cd></Purp>{TEXT}"

BY_PATTERN = {
    "all of it": (PLAIN, PAYMENT),
    "no more than is needed": (f"{AMOUNT}{BOOKED}{CODE}", REFERENCES),
    "another sum of its own": (PLAIN, PAYMENT.replace("12.50", "10")),
    "undone": (PLAIN.replace(BOOKED, f"<RvslInd>true</RvslInd>{BOOKED}"), PAYMENT),
    "pending": (PLAIN.replace("BOOK<", "PDNG<"), PAYMENT),
    "on lines of their own": (PLAIN.replace("><", ">\n  <"), PAYMENT.replace("><", ">\n  <")),
}
PART_BY_PART = {
    "came back": (PLAIN, f"{PAYMENT}<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>"),
    "a reference to a character": (PLAIN, PAYMENT.replace("Pabalsts", "P &amp; B")),
    "the bank's own status": (PLAIN.replace("<Cd>BOOK</Cd>", "<Prtry>OWN</Prtry>"), PAYMENT),
    "more about the payment": (PLAIN, f"{PAYMENT}<AddtlTxInf>more</AddtlTxInf>"),
}
WRONG = {
    "another currency": (PLAIN.replace("EUR", "USD"), PAYMENT),
    "parts of a cent": (PLAIN.replace("12.50", "12.505"), PAYMENT),
    "parts of a cent in the payment": (PLAIN, PAYMENT.replace("12.50", "12.505")),
    "no direction": (PLAIN.replace("DBIT", "BOTH"), PAYMENT),
    "no day": (PLAIN.replace("2026-12-03", "2026-12-33"), PAYMENT),
}


def read(heading: str, payment: str) -> list[Line]:
    """The lines of a statement of one entry, which is not held against the schema."""
    text = (f'<Document xmlns="{STATEMENT.message.namespace}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt>'
            f"<Id>S</Id><CreDtTm>2026-12-03T20:00:00</CreDtTm><Ntry>{heading}<NtryDtls><TxDtls>{payment}</TxDtls>"
            "</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>")  # fmt: skip
    return list(Reading(io.BytesIO(text.encode()), STATEMENT).lines())


@pytest.mark.parametrize("name", BY_PATTERN | PART_BY_PART)
def test_an_entry_says_the_same_however_it_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    matched = []

    def noted(*values: object) -> object:
        matched.append(single(*values))  # type: ignore[arg-type]
        return matched[-1]

    monkeypatch.setattr(statements, "single", noted)
    found = read(*(BY_PATTERN | PART_BY_PART)[name])
    assert [one is not None for one in matched] == [name in BY_PATTERN]
    monkeypatch.setattr(statements, "single", lambda *_: None)
    assert found == read(*(BY_PATTERN | PART_BY_PART)[name])
    assert found[0].detail is not None
    assert found[0].detail.end_to_end_id == "B000000001L000000001K32"


@pytest.mark.parametrize("name", WRONG)
def test_an_entry_that_is_wrong_is_refused_for_the_same_reason(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BankFileError) as found:
        read(*WRONG[name])
    monkeypatch.setattr(statements, "single", lambda *_: None)
    with pytest.raises(BankFileError) as same:
        read(*WRONG[name])
    assert str(found.value) == str(same.value)

"""A written file against the official schema, against another library, and divided by a bank's limits."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sepaxml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from balsts.payments import iso20022
from balsts.payments.iso20022.characters import CharacterPolicy
from balsts.payments.iso20022.errors import PaymentValueError, SchemaError
from balsts.payments.iso20022.schema import check
from balsts.payments.iso20022.splitting import FileLimits, file_numbers, split
from balsts.payments.iso20022.xml_reading import schema_of
from tests.payments.independent import read
from tests.payments.transfers import AGENCY_IBAN, BLOCK, INITIATION, TRANSFER, file_of, transfers, written

FILE = file_of(*transfers(40))


def refused(data: bytes) -> str:
    with pytest.raises(SchemaError) as caught:
        check(io.BytesIO(data))
    return str(caught.value)


def test_the_schemas_are_those_that_are_told_of() -> None:
    folder = Path(iso20022.__file__).parent / "schemas"
    told = re.findall(
        r"^\| `(\S+\.xsd)` .*`([0-9a-f]{64})` \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert dict(told) == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xsd")}


def test_a_written_file_follows_the_official_schema_as_a_whole_too() -> None:
    schema_of("pain.001.001.09").assertValid(etree.fromstring(FILE))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<IBAN>LV", b"<IBAN>lv", "Element IBAN is not written in the form"),
        (b"</Cdtr>", b"</Cdtr><Nick>A</Nick>", "Element Nick is not expected here"),
        (b' Ccy="EUR"', b"", "Element InstdAmt lacks an attribute"),
        (b' Ccy="EUR"', b' Ccy="eur"', "Element InstdAmt, attribute Ccy, is not written in the form"),
        (b">1.01<", b">1,01<", "Element InstdAmt does not hold a value of its type"),
        (b">1.01<", b">-1.01<", "Element InstdAmt is too small"),
        (b">1.01<", b">1.010101<", "Element InstdAmt has too many digits after the point"),
        (b"<PmtMtd>TRF", b"<PmtMtd>ABC", "Element PmtMtd holds a code the schema does not know"),
        ("J\u0101nis".encode(), b"J" * 141, "Element Nm is too long"),
        (b"<MsgId>B000000042F00001", b"<MsgId>", "Element MsgId is empty or too short"),
        (b"pain.001.001.09", b"pain.001.001.03", "The file is pain.001.001.03; expected pain.001.001.09"),
        (b"<NbOfTxs>40", b"<NbOfTxs>41", "Message B000000042F00001 declares another number or sum"),
        (
            b"<BtchBookg>true</BtchBookg><NbOfTxs>40",
            b"<BtchBookg>true</BtchBookg><NbOfTxs>41",
            "Payment block B000000042F00001P01 declares another number or sum",
        ),
        (b"<CtrlSum>820.40", b"<CtrlSum>820.41", "declares another number or sum"),
        (b">1.01<", b">1.02<", "declares another number or sum"),
    ],
)
def test_a_file_broken_on_purpose_is_refused(old: bytes, new: bytes, told: str) -> None:
    assert old in FILE
    assert told in refused(FILE.replace(old, new, 1))


def test_a_refusal_repeats_no_value_of_the_file() -> None:
    told = refused(FILE.replace(b"<IBAN>LV", b"<IBAN>xx").replace("Bērziņš".encode(), b"B" * 200))
    assert "xx" not in told
    assert "BANK" not in told
    assert "BBB" not in told


@given(st.integers(0, len(FILE.rstrip()) - 1))
def test_a_file_that_was_cut_off_anywhere_is_refused(place: int) -> None:
    refused(FILE[:place])


@pytest.mark.parametrize("data", [b"", b"no XML", b"<a/>", FILE + b"x", FILE + FILE, FILE.replace(b"B", b"\xff", 3)])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    refused(data)


def test_a_document_type_is_refused_with_all_it_could_bring() -> None:
    bomb = b'<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Document'
    assert "document type" in refused(FILE.replace(b"<Document", bomb, 1))
    outside = b'<!DOCTYPE Document SYSTEM "file:///etc/hostname"><Document'
    assert "document type" in refused(FILE.replace(b"<Document", outside, 1))


# ------------------------------------------------------------------------------------------- another library


def test_another_library_writes_the_same_payments() -> None:
    """sepaxml writes from its own reading of the schema; what both files say of each payment must be the same."""
    lines = [replace(line, creditor_name="Janis Berzins", remittance_text="pabalsts") for line in transfers(25)]
    plain = replace(INITIATION, characters=CharacterPolicy.EPC_BASIC)
    theirs = sepaxml.SepaTransfer(
        {"name": "Paraugu agentura", "IBAN": AGENCY_IBAN, "BIC": BLOCK.agent_bic, "batch": True, "currency": "EUR"},
        schema="pain.001.001.09",
        clean=False,
    )
    for line in lines:
        theirs.add_payment(
            {
                "name": line.creditor_name,
                "IBAN": line.creditor_iban,
                "amount": line.cents,
                "description": line.remittance_text,
                "endtoend_id": line.end_to_end_id,
                "execution_date": date(2026, 12, 3),
            }
        )
    exported = theirs.export()
    other, ours = read(exported), read(written((BLOCK, lines), initiation=plain)[0])
    assert (ours.number, ours.total) == (other.number, other.total)
    assert [block.debtor_iban for block in ours.blocks] == [block.debtor_iban for block in other.blocks]
    assert ours.blocks[0].execution_on == other.blocks[0].execution_on
    assert ours.blocks[0].transfers == other.blocks[0].transfers
    assert check(io.BytesIO(exported)).cents == sum(line.cents for line in lines)


# ------------------------------------------------------------------------------------------- files by limits


@given(
    st.lists(st.integers(1, 1000), min_size=1, max_size=60),
    st.integers(1, 20),
    st.none() | st.integers(1000, 3000),
)
def test_files_keep_order_and_limits_and_are_as_full_as_they_can_be(
    amounts: list[int], most: int, most_cents: int | None
) -> None:
    lines = [replace(line, cents=cents) for line, cents in zip(transfers(len(amounts)), amounts, strict=True)]
    limits = FileLimits(most, most_cents)
    files = [list(part) for _, part in split(iter(lines), limits)]
    assert [line for part in files for line in part] == lines
    for part, after in zip(files, [*files[1:], None], strict=True):
        total = sum(line.cents for line in part)
        assert 1 <= len(part) <= most
        assert most_cents is None or total <= most_cents
        if after is not None:
            assert len(part) == most or (most_cents is not None and total + after[0].cents > most_cents)
    assert [number for number, _ in split(lines, limits)] == list(range(1, len(files) + 1))


def test_a_file_takes_just_what_its_limit_is() -> None:
    lines = [replace(line, cents=25_000) for line in transfers(3)]
    assert [number for number, _ in file_numbers(lines, FileLimits(10, 50_000))] == [1, 1, 2]
    assert [number for number, _ in file_numbers(lines, FileLimits(10, 49_999))] == [1, 2, 3]
    assert [number for number, _ in file_numbers(lines, FileLimits(10, 25_000))] == [1, 2, 3]


def test_dividing_holds_no_transfer_longer_than_it_needs() -> None:
    numbered = file_numbers(transfers(10**6), FileLimits(2))
    assert [next(numbered)[0] for _ in range(5)] == [1, 1, 2, 2, 3]


def test_one_transfer_over_the_limit_of_a_file_is_refused() -> None:
    with pytest.raises(PaymentValueError, match=r"alone is more than the bank takes"):
        list(file_numbers([TRANSFER], FileLimits(10, 24_999)))


@pytest.mark.parametrize(("most", "cents"), [(0, None), (1, 0)])
def test_limits_that_let_nothing_through_are_refused(most: int, cents: int | None) -> None:
    with pytest.raises(PaymentValueError):
        FileLimits(most, cents)


def test_the_sum_of_a_file_is_exact_where_floating_point_would_not_be() -> None:
    lines = [replace(line, cents=10) for line in transfers(30)]
    assert read(file_of(*lines)).total == Decimal("3.00")
    assert sum([0.1] * 30) != 3.0

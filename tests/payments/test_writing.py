"""Payment files: written to the cent, the same each time, whole or not at all, and right by the official schema."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import schwifty
from hypothesis import given
from hypothesis import strategies as st
from schwifty.exceptions import SchwiftyException

from balsts.payments.iso20022 import identifiers
from balsts.payments.iso20022.characters import LATVIAN_LETTERS, CharacterPolicy, converted
from balsts.payments.iso20022.checks import iban_is_valid
from balsts.payments.iso20022.epc_table import BASIC, MAPPED
from balsts.payments.iso20022.errors import PaymentValueError
from balsts.payments.iso20022.models import CategoryPurpose, CreditTransfer, Organisation, PostalAddress
from balsts.payments.iso20022.schema import check
from balsts.payments.iso20022.writer import write
from tests.payments.independent import read
from tests.payments.transfers import (
    ADDRESS,
    BLOCK,
    INITIATION,
    RUN,
    TRANSFER,
    block_of,
    file_of,
    iban,
    transfers,
    written,
)

TABLE = "09ccafc35920e9800a9641801ba62100bfa3515b2728d438569638d3859a7c2c"
TEXTS = st.text("aāčĶžŪ Zß№«»@'&<>\"/€Жя日1-", min_size=1, max_size=40).filter(
    lambda text: converted(text, CharacterPolicy.LATVIAN) != ""
)
ADDRESSES = st.builds(
    PostalAddress,
    town=st.sampled_from(["Rīga", "Ķegums", "L'Aquila"]),
    country=st.sampled_from(["LV", "LT", "DE"]),
    street=st.sampled_from(["", "Ģertrūdes iela"]),
    post_code=st.sampled_from(["", "LV-1001"]),
    lines=st.sampled_from([(), ("2. korpuss",), ("2. korpuss", "dz. 5")]),
)


@st.composite
def lists_of_transfers(draw: st.DrawFn) -> list[CreditTransfer]:
    lines = draw(st.lists(st.integers(1, identifiers.MOST_LINES), min_size=1, max_size=8, unique=True))
    return [
        CreditTransfer(
            end_to_end_id=identifiers.end_to_end_id(RUN, line),
            cents=draw(st.integers(1, 99_999_999_999)),
            creditor_name=draw(TEXTS),
            creditor_iban=iban(draw(st.integers(0, 10**13 - 1))),
            remittance_text=draw(st.just("") | TEXTS),
            creditor_address=draw(st.none() | ADDRESSES),
        )
        for line in lines
    ]


@given(lists_of_transfers(), st.sampled_from(CharacterPolicy))
def test_what_is_written_is_read_back_by_another_reader_to_the_cent(
    lines: list[CreditTransfer], policy: CharacterPolicy
) -> None:
    data, said = written((BLOCK, lines), initiation=replace(INITIATION, characters=policy))
    file = read(data)
    block = file.blocks[0]
    total = Decimal(sum(line.cents for line in lines)) / 100
    assert (file.number, file.total, block.number, block.total) == (len(lines), total, len(lines), total)
    assert said.transactions == len(lines)
    assert Decimal(said.cents) / 100 == total
    for line, found in zip(lines, block.transfers, strict=True):
        assert found.end_to_end_id == line.end_to_end_id
        assert found.amount == Decimal(line.cents) / 100
        assert found.currency == "EUR"
        assert found.iban == line.creditor_iban
        assert found.name == converted(line.creditor_name, policy)
        assert found.remittance == converted(line.remittance_text, policy)
        assert set(found.name + found.remittance) <= policy.value
        assert bool(found.address) == (line.creditor_address is not None)
    checked = check(io.BytesIO(data))
    assert (checked.transactions, checked.cents) == (len(lines), said.cents)


def test_a_file_says_what_it_was_given() -> None:
    lines = list(transfers(3))
    pension = replace(block_of([])[0], id="B000000042F00001P02", category_purpose=CategoryPurpose.PENSION)
    data, said = written((BLOCK, lines[:2]), (pension, lines[2:]))
    file = read(data)
    assert (file.message_id, file.created_at) == ("B000000042F00001", "2026-12-01T08:30:00+00:00")
    assert [(one.id, one.number, one.total, one.purpose) for one in file.blocks] == [
        ("B000000042F00001P01", 2, Decimal("3.02"), "SSBE"),
        ("B000000042F00001P02", 1, Decimal("3.01"), "PENS"),
    ]
    assert file.blocks[0].execution_on == "2026-12-03"
    assert [(one.transactions, one.cents) for one in said.blocks] == [(2, 302), (1, 301)]
    assert (said.transactions, said.cents, said.size) == (3, 603, len(data))


def test_an_address_stands_in_fields_in_the_order_of_the_schema() -> None:
    hybrid = replace(ADDRESS, lines=("2. korpuss", "dz. 5"))
    found = read(file_of(replace(TRANSFER, creditor_address=hybrid))).blocks[0].transfers[0].address
    assert found == (
        ("StrtNm", "Parauga iela"), ("BldgNb", "1"), ("PstCd", "LV-1001"), ("TwnNm", "Rīga"), ("Ctry", "LV"),
        ("AdrLine", "2. korpuss"), ("AdrLine", "dz. 5"),
    )  # fmt: skip
    assert check(io.BytesIO(file_of(replace(TRANSFER, creditor_address=hybrid)))).transactions == 1


def test_the_debtor_can_have_an_address_too() -> None:
    block = replace(BLOCK, debtor=Organisation("Paraugu aģentūra", address=ADDRESS))
    assert check(io.BytesIO(written((block, [TRANSFER]))[0])).transactions == 1


# ------------------------------------------------------------------------------------------- the same bytes


def test_the_same_values_give_the_same_bytes_from_a_list_or_a_generator() -> None:
    first, said = written((BLOCK, transfers(50)))
    again, said_again = written((BLOCK, list(transfers(50))))
    assert first == again
    assert said == said_again


def test_the_bytes_do_not_depend_on_the_seed_of_hashes() -> None:
    program = (
        "from tests.payments.transfers import BLOCK, transfers, written\n"
        "print(written((BLOCK, transfers(20)))[1].sha256)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in (("0", "UTC"), ("1", "Europe/Riga"), ("random", "Asia/Tokyo"))
    }
    assert found == {written((BLOCK, transfers(20)))[1].sha256}


def test_any_other_value_gives_other_bytes() -> None:
    base = file_of(TRANSFER)
    for other in (replace(TRANSFER, cents=25_001), replace(TRANSFER, creditor_name="Jānis Bērzinš")):
        assert file_of(other) != base


# ------------------------------------------------------------------------------------------- what is refused


def refused(transfer: CreditTransfer) -> str:
    to = io.BytesIO()
    with pytest.raises(PaymentValueError) as caught:
        write(INITIATION, [(BLOCK, [TRANSFER, transfer])], to)
    assert to.getvalue() == b""
    assert caught.value.messages[-1] == "Nothing was written."
    return str(caught.value)


OTHER = replace(TRANSFER, end_to_end_id=identifiers.end_to_end_id(RUN, 2))


@pytest.mark.parametrize(
    ("transfer", "told"),
    [
        (replace(OTHER, cents=0), "its amount cannot be paid"),
        (replace(OTHER, cents=-1), "its amount cannot be paid"),
        (replace(OTHER, cents=100_000_000_000), "its amount cannot be paid"),
        (replace(OTHER, cents=True), "its amount cannot be paid"),
        (replace(OTHER, creditor_iban="LV62BANK0000000000017"), "account is not a valid IBAN"),
        (replace(OTHER, creditor_iban="LV61 BANK 0000 0000 0001 7"), "account is not a valid IBAN"),
        (replace(OTHER, creditor_iban=""), "account is not a valid IBAN"),
        (replace(OTHER, creditor_name=""), "the creditor's name has 0 characters"),
        (replace(OTHER, creditor_name="   "), "the creditor's name has 0 characters"),
        (replace(OTHER, creditor_name="Ж" * 36), "the creditor's name has 72 characters as the bank is sent it"),
        (replace(OTHER, creditor_name="Jānis\nBērziņš"), "holds a control character"),
        (replace(OTHER, remittance_text="x" * 141), "the remittance text has 141 characters"),
        (replace(OTHER, end_to_end_id="x" * 36), "its end-to-end id is not an identifier"),
        (replace(OTHER, end_to_end_id="/1"), "its end-to-end id is not an identifier"),
        (replace(OTHER, end_to_end_id="1//2"), "its end-to-end id is not an identifier"),
        (replace(OTHER, end_to_end_id="1/"), "its end-to-end id is not an identifier"),
        (replace(OTHER, end_to_end_id=" 1"), "its end-to-end id is not an identifier"),
        (replace(OTHER, end_to_end_id="ā"), "its end-to-end id is not an identifier"),
        (replace(OTHER, end_to_end_id=TRANSFER.end_to_end_id), "is in the file twice"),
        (replace(OTHER, creditor_address=replace(ADDRESS, town=" ")), "unstructured address since 15 November"),
        (replace(OTHER, creditor_address=replace(ADDRESS, country="Latvija")), "refuses an unstructured address"),
        (replace(OTHER, creditor_address=replace(ADDRESS, street="x" * 71)), "street has 71 characters"),
        (replace(OTHER, creditor_address=replace(ADDRESS, lines=("a", "b", "c"))), "has 3 lines of free text"),
        (replace(OTHER, creditor_address=replace(ADDRESS, lines=("x" * 71,))), "a line has 71 characters"),
        (replace(OTHER, creditor_address=replace(ADDRESS, lines=("rīga",))), "says in a line what stands in a field"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_stand_in_a_file_is_told_and_nothing_is_written(
    transfer: CreditTransfer, told: str
) -> None:
    assert told in refused(transfer)


def test_a_refusal_repeats_no_name_account_or_amount() -> None:
    told = refused(replace(OTHER, cents=99, creditor_iban="LV62BANK0000000000017", creditor_name="Anna\tKalniņa"))
    for secret in ("Anna", "Kalni", "LV62", "BANK", "99,", "0.99"):
        assert secret not in told
    assert OTHER.end_to_end_id in told


def test_a_name_in_the_place_of_an_identifier_is_not_repeated() -> None:
    assert "Kalniņa" not in refused(replace(OTHER, end_to_end_id="Anna Kalniņa"))


def test_at_most_twenty_faults_are_told_at_once() -> None:
    with pytest.raises(PaymentValueError) as caught:
        written((BLOCK, (replace(line, cents=0) for line in transfers(1000))))
    assert len(caught.value.messages) == 22
    assert "There may be more" in caught.value.messages[20]


def test_headings_are_checked_too() -> None:
    wrong = replace(BLOCK, id="", debtor_iban="LV", agent_bic="trellv22", debtor=Organisation("", "ņ"))
    with pytest.raises(PaymentValueError) as caught:
        written((wrong, [TRANSFER]), initiation=replace(INITIATION, created_at=datetime(2026, 12, 1), message_id="//"))  # noqa: DTZ001
    told = str(caught.value)
    for part in (
        "no time zone",
        "Message without a valid id",
        "debtor's account",
        "BIC",
        "the name has 0",
        "registration",
    ):
        assert part in told


def test_a_file_without_a_block_or_a_transfer_is_not_written() -> None:
    with pytest.raises(PaymentValueError, match="holds no payment block"):
        written()
    with pytest.raises(PaymentValueError, match="holds no transfer"):
        written((BLOCK, []))


def test_transfers_are_not_held_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """Of each transfer its name alone is kept; ten thousand transfers themselves would take over five mebibytes."""
    lines = (replace(line, remittance_text=f"{line.end_to_end_id} {'x' * 100}") for line in transfers(10_000))
    tracemalloc.start()
    with (tmp_path / "payments.xml").open("wb") as file:
        assert write(INITIATION, [(BLOCK, lines)], file, folder=tmp_path).transactions == 10_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * 2**20
    assert [path.name for path in tmp_path.iterdir()] == ["payments.xml"]


def test_two_blocks_of_one_name_are_refused() -> None:
    first, second = transfers(2)
    with pytest.raises(PaymentValueError, match="twice"):
        written((BLOCK, [first]), (BLOCK, [second]))


# ------------------------------------------------------------------------------------- accounts, characters, names


@given(st.sampled_from(["LV", "LT", "EE", "DE", "GB", "NO", "MT", "XX"]), st.integers(0, 10**13 - 1), st.data())
def test_an_account_is_valid_when_the_library_of_ibans_says_so(country: str, number: int, data: st.DataObject) -> None:
    try:
        base = str(schwifty.IBAN.random(country, random=data.draw(st.randoms(use_true_random=False))))
    except SchwiftyException:
        base = f"{country}{number:015}"
    place = data.draw(st.integers(0, len(base) - 1))
    changed = base[:place] + data.draw(st.sampled_from("0A9zĀ -")) + base[place + data.draw(st.integers(0, 1)) :]
    for candidate in (base, changed, changed[:-1]):
        try:
            expected = str(schwifty.IBAN(candidate)) == candidate
        except SchwiftyException:
            expected = False
        assert iban_is_valid(candidate) is expected, candidate


@pytest.mark.parametrize(("digits", "alias"), [("02", "99"), ("97", "00"), ("98", "01")])
def test_check_digits_that_no_bank_gives_are_refused_though_they_leave_the_same_remainder(
    digits: str, alias: str
) -> None:
    account = next(one for one in map(iban, range(1000)) if one[2:4] == digits)
    assert iban_is_valid(account)
    assert not iban_is_valid(account[:2] + alias + account[4:])


def test_latvian_letters_stay_or_go_as_the_bank_has_it() -> None:
    name = "Šķēpnieka-Ģiņģere Žubīte Čūļa"
    assert converted(name, CharacterPolicy.LATVIAN) == name
    assert converted(name, CharacterPolicy.EPC_BASIC) == "Skepnieka-Gingere Zubite Cula"


def test_a_letter_with_its_mark_apart_is_one_letter() -> None:
    assert converted("Ja\u0304nis", CharacterPolicy.LATVIAN) == "Jānis"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller & Söhne", "Muller + Sohne"),
        ("«Saule»", ".Saule."),
        ("50 € @ 5%", "50 E . 5."),
        ("Straße_7; [a]", "Strase-7, (a)"),
        ("Ždanoka Щука", "Zdanoka SHTuka"),
        ("日本", ".."),
        ("O'Neil", "O'Neil"),
        ("\u00a0x ", "x"),
    ],
)
def test_other_characters_become_what_the_published_table_gives(text: str, expected: str) -> None:
    assert converted(text, CharacterPolicy.EPC_BASIC) == expected


def test_the_table_is_the_published_one() -> None:
    """The digest was taken from the spreadsheet of EPC217-08: all its 1084 rows but the five special in XML."""
    listed = [code for code in (*range(0x20, 0x460), 0x20AC) if chr(code) not in "\"&'<>"]
    rows = "\n".join(
        f"U+{code:04X}={chr(code) if chr(code) in BASIC else MAPPED.get(chr(code), '.')}" for code in listed
    )
    assert len(listed) == 1084
    assert hashlib.sha256(rows.encode()).hexdigest() == TABLE


@given(st.text(max_size=60), st.sampled_from(CharacterPolicy))
def test_whatever_is_written_is_what_the_bank_takes(text: str, policy: CharacterPolicy) -> None:
    try:
        found = converted(text, policy)
    except PaymentValueError:
        assert any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in text)
        return
    assert set(found) <= (BASIC | LATVIAN_LETTERS if policy is CharacterPolicy.LATVIAN else BASIC)
    assert converted(found, policy) == found


def test_a_text_can_be_cut_to_what_fits() -> None:
    assert converted("Щука Анна", CharacterPolicy.EPC_BASIC, at_most=7) == "SHTuka"


@given(st.integers(1, identifiers.MOST_RUNS), st.integers(1, identifiers.MOST_LINES))
def test_the_name_of_a_transfer_leads_back_to_its_line(run: int, line: int) -> None:
    name = identifiers.end_to_end_id(run, line)
    assert len(name) <= 35
    assert identifiers.line_of(name) == identifiers.LineName(run, line)


@given(st.integers(1, identifiers.MOST_RUNS), st.integers(1, identifiers.MOST_LINES), st.data())
def test_a_mistyped_name_of_a_transfer_leads_to_no_line(run: int, line: int, data: st.DataObject) -> None:
    name = identifiers.end_to_end_id(run, line)
    places = [place for place, letter in enumerate(name) if letter.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != name[place]]))
    assert identifiers.line_of(name[:place] + other + name[place + 1 :]) is None


@pytest.mark.parametrize("name", ["", "NOTPROVIDED", "B000000000L000000001K00", "b000000042L000000017K31", "２" * 23])
def test_a_foreign_name_leads_to_no_line(name: str) -> None:
    assert identifiers.line_of(name) is None


def test_names_of_messages_and_blocks_come_from_run_and_file() -> None:
    assert identifiers.message_id(42, 3) == "B000000042F00003"
    assert identifiers.payment_information_id(42, 3, 2) == "B000000042F00003P02"
    assert identifiers.end_to_end_id(42, 17) == "B000000042L000000017K31"
    assert identifiers.file_of("B000000042F00003") == identifiers.FileName(42, 3)
    assert identifiers.file_of("B000000042F00000") is None
    assert identifiers.file_of("other") is None


@pytest.mark.parametrize(("run", "line"), [(0, 1), (1, 0), (10**9, 1), (1, 10**9)])
def test_a_number_that_does_not_fit_has_no_name(run: int, line: int) -> None:
    with pytest.raises(ValueError, match="an identifier holds"):
        identifiers.end_to_end_id(run, line)


def test_a_day_of_execution_is_written_as_it_is_given() -> None:
    data = written((replace(BLOCK, execution_on=date(2027, 2, 28)), [TRANSFER]))[0]
    assert b"<ReqdExctnDt><Dt>2027-02-28</Dt></ReqdExctnDt>" in data

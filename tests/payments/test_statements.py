"""Statements and notifications of a bank: read as a stream, believed only as a whole."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.statement_checks import Verification, entries, lines, verify
from balsts.payments.iso20022.statement_models import BankTransactionCode, VerifiedStatement
from balsts.payments.iso20022.statements import NOTIFICATION, STATEMENT
from balsts.payments.iso20022.writer import euros
from balsts.payments.iso20022.xml_reading import cents_from, name_of, stream
from tests.payments.bank import ACCOUNT, AccountFile, Booking, Payment, balance, notification
from tests.payments.transfers import iban

RETURNED = Booking(
    cents=25_000,
    is_credit=True,
    payments=(Payment("B000000042L000000001K79", returned="<Cd>AC04</Cd>"),),
)


def verified(file: AccountFile) -> VerifiedStatement:
    return verify(io.BytesIO(file.data()), file.kind, account=ACCOUNT)


def refused(file: AccountFile | bytes, kind: object = None) -> str:
    data = file if isinstance(file, bytes) else file.data()
    with pytest.raises(BankFileError) as caught:
        verify(io.BytesIO(data), STATEMENT if isinstance(file, bytes) else file.kind, account=ACCOUNT)
    return str(caught.value)


def test_a_statement_is_read_as_it_stands() -> None:
    more = "<RmtInf><Ustrd>pabalsts</Ustrd><Ustrd>2026-11</Ustrd></RmtInf>"
    first = Booking(payments=(Payment(more=more),))
    file = AccountFile(bookings=[first, RETURNED, Booking(payments=(), status="PDNG", cents=1)])
    found = verified(file)
    statement = found.statement
    assert (statement.id, statement.message_id, statement.account) == ("S1", "M1", ACCOUNT)
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.cents, statement.closing.cents) == (100_000, 100_000)
    assert (found.entries, found.lines, found.booked_credit_cents, found.booked_debit_cents) == (3, 3, 25_000, 25_000)
    (sent, paid), (came_back, back), (pending, none) = entries(io.BytesIO(file.data()), STATEMENT)
    assert (sent.number, sent.cents, sent.is_credit, sent.status) == (1, 25_000, False, "BOOK")
    assert (sent.booked_on, sent.valued_on) == (date(2026, 12, 3), date(2026, 12, 3))
    assert (sent.reference, sent.servicer_reference) == ("1", "S1")
    assert sent.code == BankTransactionCode("PMNT", "ICDT", "ESCT", "")
    assert (paid[0].end_to_end_id, paid[0].cents, paid[0].is_credit) == ("B000000042L000000001K79", 25_000, False)
    assert (paid[0].servicer_reference, paid[0].instruction_id, paid[0].transaction_id) == ("R1", "I1", "T1")
    assert paid[0].remittance_text == "pabalsts 2026-11"
    assert came_back.is_credit
    assert (back[0].return_reason, back[0].return_information) == ("AC04", "slēgts")
    assert (pending.status, none) == ("PDNG", ())


def test_a_returned_payment_can_have_a_reason_in_the_banks_own_words() -> None:
    file = AccountFile(bookings=[replace(RETURNED, payments=(Payment(returned="<Prtry>X9</Prtry>"),))])
    line = next(lines(io.BytesIO(file.data()), STATEMENT))
    assert line.detail is not None
    assert (line.detail.return_reason, line.detail.return_reason_own) == ("", "X9")


def test_a_batch_of_payments_is_one_entry_with_many_lines() -> None:
    payments = tuple(Payment(f"B000000042L{number:09}K00", cents=number) for number in range(1, 101))
    batch = '<Btch><NbOfTxs>100</NbOfTxs><TtlAmt Ccy="EUR">50.50</TtlAmt></Btch>'
    file = AccountFile(bookings=[Booking(cents=5050, payments=payments, batch=batch)])
    found = verified(file)
    assert (found.entries, found.lines) == (1, 100)
    read = list(lines(io.BytesIO(file.data()), STATEMENT))
    assert [line.place for line in read] == list(range(1, 101))
    assert len({id(line.entry) for line in read}) == 1


def test_each_batch_is_counted_for_itself() -> None:
    batch = '<Btch><NbOfTxs>1</NbOfTxs><TtlAmt Ccy="EUR">250.00</TtlAmt></Btch>'
    assert verified(AccountFile(bookings=[Booking(batch=batch), Booking(batch=batch)])).lines == 2


def test_a_batch_that_names_no_payments_is_read() -> None:
    batch = "<Btch><NbOfTxs>100</NbOfTxs></Btch>"
    found = verified(AccountFile(bookings=[Booking(cents=5050, payments=(), batch=batch)]))
    assert (found.entries, found.lines) == (1, 1)


def test_a_payment_without_an_amount_has_that_of_its_entry() -> None:
    assert verified(AccountFile(bookings=[Booking(payments=(Payment(cents=None),))])).entries == 1


def test_an_overdrawn_account_has_a_balance_below_zero() -> None:
    statement = verified(AccountFile(opening=-100)).statement
    assert statement.closing is not None
    assert statement.closing.cents == -25_100


def test_the_previous_closing_can_stand_for_the_opening() -> None:
    file = AccountFile(balances=balance("PRCD", 100_000) + balance("CLBD", 75_000))
    assert verified(file).statement.opening is not None


def test_a_statement_of_a_day_without_movement_is_right() -> None:
    assert verified(AccountFile(bookings=[])).entries == 0


def test_a_notification_has_no_balances() -> None:
    file = notification(Booking(), RETURNED)
    found = verified(file)
    assert (found.entries, found.statement.opening, found.statement.account) == (2, None, ACCOUNT)
    assert [line.entry.is_credit for line in lines(io.BytesIO(file.data()), NOTIFICATION)] == [False, True]


def test_a_copy_says_that_it_is_one() -> None:
    head = "<CpyDplctInd>DUPL</CpyDplctInd>"
    data = AccountFile().data().replace(b"<Acct>", head.encode() + b"<Acct>", 1)
    assert verify(io.BytesIO(data), STATEMENT).statement.copy == "DUPL"


def test_what_was_verified_is_known_by_its_digest() -> None:
    assert verified(AccountFile()).sha256 == verified(AccountFile()).sha256
    assert verified(AccountFile()).sha256 != verified(AccountFile(opening=100_001)).sha256


@pytest.mark.parametrize(
    ("text", "cents"),
    [("0.01", 1), ("250.00", 25_000), ("250", 25_000), ("250.5", 25_050), ("250.50000", 25_050), (".50", 50)],
)
def test_a_sum_is_whole_cents_exactly(text: str, cents: int) -> None:
    assert cents_from(text) == cents


@pytest.mark.parametrize(
    "text", ["", "1.005", "-1.00", "+1.00", "1,00", "1.0²", "1 000.00", "1e5", "0x1.00", "9" * 17 + ".00"]
)
def test_what_is_no_sum_in_cents_is_none(text: str) -> None:
    assert cents_from(text) is None


@given(st.integers(0, 10**15))
def test_every_sum_is_read_as_it_was_written(cents: int) -> None:
    assert cents_from(euros(cents)) == cents


# ------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (AccountFile(closing=75_001), "do not make the closing balance"),
        (AccountFile(balances=balance("OPBD", 0)), "has no opening (OPBD or PRCD) or no closing"),
        (AccountFile(balances=balance("CLBD", 75_000)), "has no opening (OPBD or PRCD) or no closing"),
        (AccountFile(balances=balance("OPBD", 1) * 2 + balance("CLBD", 1)), "holds 2 balances of the kind OPBD"),
        (AccountFile(number=2), "another number or sum of all entries"),
        (AccountFile(total=25_001), "another number or sum of all entries"),
        (
            AccountFile(net='<TtlNetNtry><Amt>250.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry>'),
            "net sum the file declares",
        ),
        (AccountFile(account=iban(7)), "of another account than expected"),
        (AccountFile(parts=2), "more than one Stmt"),
        (AccountFile(head="<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"), "one page of several"),
        (AccountFile(head="<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>"), "one page of several"),
        (AccountFile(bookings=[Booking(currency="USD")]), "Entry 1 is not in EUR"),
        (AccountFile(bookings=[Booking(cents=25_001)]), "Entry 1 is not the sum of its 1 payments"),
        (AccountFile(bookings=[Booking(), Booking(cents=1, payments=(Payment(cents=2),))]), "Entry 2 is not the sum"),
        (AccountFile(bookings=[Booking(cents=1, payments=(Payment(cents=2),)), Booking()]), "Entry 1 is not the sum"),
        (AccountFile(bookings=[Booking(batch="<Btch><NbOfTxs>2</NbOfTxs></Btch>")]), "says another number or sum"),
        (
            AccountFile(bookings=[Booking(batch='<Btch><TtlAmt Ccy="EUR">249.99</TtlAmt></Btch>')]),
            "says another number or sum",
        ),
        (notification(Booking(), replace(RETURNED, cents=1)), "Entry 2 is not the sum"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_hold_together_is_refused_as_a_whole(file: AccountFile, told: str) -> None:
    assert told in refused(file)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"camt.053.001.08", b"camt.053.001.02", "The file is camt.053.001.02; expected camt.053.001.08"),
        (b"camt.053.001.08", b"camt.053.001.13", "The file is camt.053.001.13; expected camt.053.001.08"),
        (b"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", b"urn:other", "of an unknown kind"),
        (
            b"</CreDtTm></GrpHdr>",
            b"</CreDtTm><MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>",
            "one page of several",
        ),
        (b"<Sts>", b"<Fee>1</Fee><Sts>", "Element Fee is not expected here"),
        (b"<CdtDbtInd>DBIT</CdtDbtInd><Sts>", b"<Sts>", "does not say whether it is a credit or a debit"),
        (b"<CdtDbtInd>DBIT", b"<CdtDbtInd>SIDE", "does not say whether it is a credit or a debit"),
        (b">250.00</Amt><CdtDbtInd>DBIT", b">250.005</Amt><CdtDbtInd>DBIT", "no sum in cents"),
        (b">250.00</Amt><CdtDbtInd>DBIT", b">2,5</Amt><CdtDbtInd>DBIT", "no sum in cents"),
        (b"<Dt>2026-12-03</Dt></BookgDt>", b"<Dt>3.12.2026</Dt></BookgDt>", "A day is not written as a day"),
        (b"<NbOfNtries>1<", b"<NbOfNtries>one<", "A count is none"),
        (b"<Document", b'<!DOCTYPE Document [<!ENTITY a "1">]><Document', "document type"),
    ],
)
def test_a_file_that_cannot_be_read_for_certain_is_refused(old: bytes, new: bytes, told: str) -> None:
    data = AccountFile().data()
    assert old in data
    assert told in refused(data.replace(old, new, 1))


@given(st.integers(0, len(AccountFile(bookings=[Booking()] * 3).data().rstrip()) - 1))
def test_a_file_that_was_cut_off_anywhere_is_refused(place: int) -> None:
    refused(AccountFile(bookings=[Booking()] * 3).data()[:place])


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=3))
def test_a_file_that_was_changed_is_refused_or_says_what_it_is(place: int, put: bytes) -> None:
    """Whatever is put anywhere: an error for whoever handles it, or a file that still holds together."""
    data = AccountFile(bookings=[Booking(), RETURNED]).data()
    place %= len(data)
    try:
        found = verify(io.BytesIO(data[:place] + put + data[place + len(put) :]), STATEMENT)
    except BankFileError:
        return
    opening, closing = found.statement.opening, found.statement.closing
    assert opening is not None
    assert closing is not None
    assert opening.cents + found.booked_credit_cents - found.booked_debit_cents == closing.cents


def test_a_refusal_repeats_no_name_account_or_amount() -> None:
    account = "<CdtrAcct><Id><IBAN>xx00X</IBAN></Id></CdtrAcct>"
    party = f"<RltdPties><Cdtr><Pty><Nm>Anna Kalniņa</Nm></Pty></Cdtr>{account}</RltdPties>"
    file = AccountFile(bookings=[Booking(payments=(Payment(more=party),))])
    told = refused(file)
    for secret in ("Anna", "xx00X", "250", ACCOUNT):
        assert secret not in told


def test_a_comment_does_not_cut_an_amount() -> None:
    data = AccountFile().data().replace(b">250.00</Amt><CdtDbtInd>DBIT", b">25<!-- -->0.00</Amt><CdtDbtInd>DBIT", 1)
    assert verify(io.BytesIO(data), STATEMENT).booked_debit_cents == 25_000


def test_what_a_bank_adds_of_its_own_is_not_taken_for_an_entry() -> None:
    hidden = Booking(cents=1, payments=()).xml(9).strip()
    more = f"<SplmtryData><Envlp>{hidden}</Envlp></SplmtryData>"
    found = verified(AccountFile(bookings=[Booking(payments=(Payment(more=more),))]))
    assert (found.entries, found.booked_debit_cents) == (1, 25_000)


def test_lines_may_be_taken_while_they_are_verified_but_no_result_before_the_end() -> None:
    reading = Verification(io.BytesIO(AccountFile(bookings=[Booking()] * 3, closing=1).data()), STATEMENT)
    read = reading.lines()
    assert next(read).entry.number == 1
    with pytest.raises(RuntimeError):
        _ = reading.result
    with pytest.raises(BankFileError):
        list(read)
    with pytest.raises(RuntimeError):
        _ = reading.result


class _Endless:
    """A statement of many entries that is made while it is read."""

    def __init__(self, number: int) -> None:
        head, tail = AccountFile(bookings=[Booking()], summary=False).data().split(b"<Ntry>", 1)
        self._pieces = self._made(
            head, b"<Ntry>" + tail.split(b"</Ntry>")[0] + b"</Ntry>", tail.split(b"</Ntry>")[1], number
        )

    @staticmethod
    def _made(head: bytes, entry: bytes, tail: bytes, number: int) -> Iterator[bytes]:
        yield head
        for _ in range(number // 100):
            yield entry * 100
        yield tail

    def read(self, size: int, /) -> bytes:
        return next(self._pieces, b"")


def test_what_was_read_is_taken_out_of_the_tree() -> None:
    data = AccountFile(bookings=[Booking()] * 50).data()
    read = stream(io.BytesIO(data), STATEMENT.message, STATEMENT.places, by_schema=False)
    siblings = [len(element.getparent()) for element in read if name_of(element) == "Ntry"]
    assert len(siblings) == 50
    assert siblings[-1] <= siblings[0] - 48  # all came in one piece; the last stands there with the one before it


def test_memory_does_not_grow_with_the_file() -> None:
    peaks = []
    for number in (1_000, 10_000):
        tracemalloc.start()
        assert sum(1 for _ in lines(_Endless(number), STATEMENT)) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5

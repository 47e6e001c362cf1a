"""The line to a bank: what was sent is known, or known to be unknown; what comes is what the bank says it is."""

from __future__ import annotations

import hashlib
import io
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from balsts.law.engine.errors import InputError
from balsts.payments.bank.connections import Connection, connection_from_environment
from balsts.payments.bank.errors import Broken, Clash, NoAnswer, Refused
from balsts.payments.bank.line import BankLine, Receipt, digest_field, sha256_of
from tests.payments.running_bank import RunningBank, bank_in_process, served
from tests.payments.transfers import BLOCK, TRANSFER, file_of, transfers, written

NAME = "B000000042F00001.xml"
DATA = file_of(TRANSFER)
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[RunningBank]:
    with bank_in_process(tmp_path / "bank") as running:
        yield running


@pytest.fixture
def line(bank: RunningBank) -> Iterator[BankLine]:
    with bank.line() as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "payments.xml"
    path.write_bytes(DATA)
    return path


# ------------------------------------------------------------------------------------------- sending


def test_a_file_that_is_sent_again_gets_the_receipt_it_got(line: BankLine, file: Path) -> None:
    receipt = line.send(NAME, file, SHA256)
    assert (receipt.name, receipt.sha256, receipt.size) == (NAME, SHA256, len(DATA))
    assert (receipt.message_id, receipt.transactions, receipt.cents) == ("B000000042F00001", 1, 25_000)
    assert line.send(NAME, file, SHA256.upper()) == receipt
    assert line.receipt_of(NAME) == receipt
    assert [message.kind for message in line.messages()] == ["pain.002.001.10"]


def test_a_stream_is_sent_as_a_file_is(line: BankLine) -> None:
    data = written((BLOCK, transfers(2_000)))[0]
    assert len(data) > 1 << 19  # several pieces
    receipt = line.send(NAME, io.BytesIO(data), hashlib.sha256(data).hexdigest())
    assert (receipt.size, receipt.transactions) == (len(data), 2_000)


def test_a_file_that_is_not_the_one_of_its_hash_does_not_arrive(line: BankLine, file: Path, tmp_path: Path) -> None:
    with pytest.raises(Broken, match="the end of it was not sent"):
        line.send(NAME, file, hashlib.sha256(b"another").hexdigest())
    assert line.receipt_of(NAME) is None
    assert list((tmp_path / "bank" / "files").iterdir()) == []


def test_a_file_that_is_refused_says_why_and_is_not_known(line: BankLine) -> None:
    data = DATA.replace(b"<NbOfTxs>1</NbOfTxs>", b"<NbOfTxs>2</NbOfTxs>", 1)
    with pytest.raises(Refused) as caught:
        line.send(NAME, io.BytesIO(data), hashlib.sha256(data).hexdigest())
    assert caught.value.code == "sums"
    assert "declares another number" in caught.value.detail
    assert caught.value.detail not in str(caught.value)
    assert line.receipt_of(NAME) is None


def test_a_message_is_not_taken_twice_under_two_names(line: BankLine, file: Path) -> None:
    line.send(NAME, file, SHA256)
    with pytest.raises(Clash) as caught:
        line.send("again.xml", file, SHA256)
    assert caught.value.code == "duplicate_message"
    assert not isinstance(caught.value, Refused)  # which says that nothing is paid


def test_other_bytes_under_a_name_are_no_refusal_for_what_is_there_may_be_paid(line: BankLine, file: Path) -> None:
    line.send(NAME, file, SHA256)
    other = file_of(replace(TRANSFER, cents=1))
    with pytest.raises(Clash) as caught:
        line.send(NAME, io.BytesIO(other), hashlib.sha256(other).hexdigest())
    assert caught.value.code == "name_taken"


def test_a_file_that_is_sent_by_several_at_once_is_taken_once(bank: RunningBank, file: Path) -> None:
    def sent(_: int) -> Receipt:
        with bank.line() as line:
            return line.send(NAME, file, SHA256)

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(sent, range(4)))
    assert len(set(receipts)) == 1
    with bank.line() as line:
        assert len(line.messages()) == 1


@pytest.mark.parametrize("name", ["", ".hidden", "a/b.xml", "../a", "a b", "ā.xml", "a" * 101, "a\n"])
def test_a_name_that_could_be_taken_for_an_address_is_not_sent(line: BankLine, file: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a file"):
        line.send(name, file, SHA256)


@pytest.mark.parametrize("sha256", ["", "00", "zz" * 32, "00" * 33])
def test_a_hash_that_is_none_is_not_sent(line: BankLine, file: Path, sha256: str) -> None:
    with pytest.raises(InputError, match="no SHA-256"):
        line.send(NAME, file, sha256)


def test_a_hash_and_its_field_are_turned_into_each_other() -> None:
    assert sha256_of(digest_field(SHA256)) == SHA256
    assert sha256_of(f"sha-512=:AAAA:, {digest_field(SHA256)}") == SHA256
    assert [sha256_of(field) for field in ("", "sha-256=:AAAA:", "md5=:AAAA:")] == ["", "", ""]


# ------------------------------------------------------------------------------------------- no answer


def test_when_no_receipt_comes_the_bank_tells_later_whether_it_has_the_file(
    bank: RunningBank, line: BankLine, file: Path
) -> None:
    bank.fault("no_answer")
    with pytest.raises(NoAnswer, match="ask again later"):
        line.send(NAME, file, SHA256)
    receipt = line.receipt_of(NAME)
    assert receipt is not None
    assert line.send(NAME, file, SHA256) == receipt
    assert len(line.messages()) == 1


def test_a_bank_that_is_not_to_be_had_gives_no_answer(bank: RunningBank, line: BankLine, file: Path) -> None:
    bank.fault("unavailable", times=2)
    with pytest.raises(NoAnswer, match="HTTP 503"):
        line.receipt_of(NAME)
    with pytest.raises(NoAnswer, match="HTTP 503"):
        line.send(NAME, file, SHA256)
    assert line.receipt_of(NAME) is None


def test_nobody_at_the_address_is_no_answer(file: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        connection = Connection(f"http://127.0.0.1:{free.getsockname()[1]}", "a", "b")
        with BankLine(connection) as line, pytest.raises(NoAnswer, match="ConnectError"):
            line.send(NAME, file, SHA256)


# ------------------------------------------------------------------------------------------- what is not as agreed


def test_wrong_credentials_are_a_broken_line_and_refuse_no_file(bank: RunningBank, file: Path) -> None:
    with BankLine(Connection(bank.address, "balsts", "wrong")) as line:
        for ask in (lambda: line.send(NAME, file, SHA256), lambda: line.receipt_of(NAME), line.messages):
            with pytest.raises(Broken, match="HTTP 401"):
                ask()


def answering(*, status: int = 200, **more: Any) -> Starlette:
    """A server that gives one answer to everything."""
    response: Response = (
        JSONResponse(more["json"], status)
        if "json" in more
        else PlainTextResponse(more.get("text", ""), status, headers=more.get("headers"))
    )
    return Starlette(routes=[Route("/{path:path}", lambda _request: response, methods=["GET", "PUT"])])


@contextmanager
def line_to(application: Starlette) -> Iterator[BankLine]:
    with served(application) as address, BankLine(Connection(address, "a", "b")) as line:
        yield line


RECEIPT = {
    "reference": "F1", "name": NAME, "sha256": SHA256, "size": 1, "message_id": "M", "transactions": 1, "cents": 1,
    "received_on": "2026-12-01",
}  # fmt: skip


@pytest.mark.parametrize("application", [
    answering(text="<html>Welcome</html>"),
    answering(json=RECEIPT | {"name": "another.xml"}),
    answering(json=RECEIPT | {"cents": "much"}),
    answering(status=404, text="Not found"),
    answering(status=302, text=""),
    answering(status=418, text=""),
], ids=["html", "another file", "no sum", "no reason", "elsewhere", "a teapot"])  # fmt: skip
def test_an_answer_that_is_no_receipt_is_not_taken_for_one(application: Starlette) -> None:
    with line_to(application) as line, pytest.raises(Broken):
        line.receipt_of(NAME)


def test_a_file_that_the_wrong_address_does_not_know_is_not_unknown() -> None:
    application = answering(status=404, json={"code": "no_such_page"})
    with line_to(application) as line, pytest.raises(Broken, match="HTTP 404"):
        line.receipt_of(NAME)


def test_a_receipt_of_other_bytes_is_not_taken_for_one(file: Path) -> None:
    application = answering(json=RECEIPT | {"sha256": "00" * 32})
    with line_to(application) as line, pytest.raises(Broken, match="of another file"):
        line.send(NAME, file, SHA256)


# ------------------------------------------------------------------------------------------- messages


def test_messages_are_listed_after_a_number_and_fetched_whole(bank: RunningBank, line: BankLine, file: Path) -> None:
    line.send(NAME, file, SHA256)
    bank.close_days(3)
    everything = line.messages()
    assert [one.number for one in everything] == list(range(1, len(everything) + 1))
    assert line.messages(2) == everything[2:]
    assert line.messages(len(everything)) == []
    for message in everything:
        to = file.with_name(message.name)
        to.write_text("an older one")
        assert line.fetch(message.number, to) == message.sha256
        assert (to.stat().st_size, hashlib.sha256(to.read_bytes()).hexdigest()) == (message.size, message.sha256)


@pytest.mark.parametrize("headers", [{}, {"content-digest": digest_field(SHA256)}], ids=["no hash", "another hash"])
def test_a_message_whose_hash_is_not_that_of_its_bytes_leaves_nothing(tmp_path: Path, headers: dict[str, str]) -> None:
    to = tmp_path / "message.xml"
    application = answering(text="<Document/>", headers=headers)
    with line_to(application) as line, pytest.raises(Broken, match="not those whose hash"):
        line.fetch(1, to)
    assert list(tmp_path.iterdir()) == []


def test_a_message_that_is_not_there_leaves_what_was_there(line: BankLine, tmp_path: Path) -> None:
    to = tmp_path / "message.xml"
    to.write_text("an older one")
    with pytest.raises(Broken, match="HTTP 404"):
        line.fetch(1, to)
    assert to.read_text() == "an older one"


@pytest.mark.parametrize("numbers", [[2], [1, 3], [2, 1], [1, 1]])
def test_a_list_with_gaps_is_not_taken(numbers: list[int]) -> None:
    listed = [{"number": one, "name": "a", "kind": "b", "sha256": "c", "size": 1} for one in numbers]
    with line_to(answering(json=listed)) as line, pytest.raises(Broken, match="without gaps"):
        line.messages()


# ------------------------------------------------------------------------------------------- the connection

ENVIRONMENT = {
    "BALSTS_BANK_ADDRESS": "https://bank.example/",
    "BALSTS_BANK_CLIENT": "c",
    "BALSTS_BANK_SECRET": "s3cret",
}


def test_the_environment_names_the_connection() -> None:
    connection = connection_from_environment(ENVIRONMENT)
    assert connection == Connection("https://bank.example", "c", "s3cret")
    assert "s3cret" not in repr(connection)


@pytest.mark.parametrize("name", list(ENVIRONMENT))
def test_a_connection_that_is_not_named_whole_is_none(name: str) -> None:
    with pytest.raises(InputError, match=f"{name} is not set"):
        connection_from_environment(ENVIRONMENT | {name: ""})


def test_files_leave_this_machine_encrypted_alone() -> None:
    with pytest.raises(InputError, match="must begin with https"):
        connection_from_environment(ENVIRONMENT | {"BALSTS_BANK_ADDRESS": "http://bank.example"})
    assert connection_from_environment(ENVIRONMENT | {"BALSTS_BANK_ADDRESS": "http://127.0.0.1:8810"})

"""The bank as a process of its own: killed wherever it may be, it goes on as if nothing had happened."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from balsts.payments.bank.errors import NoAnswer
from balsts.payments.bank.simulation.server import BankServer
from balsts.payments.iso20022 import identifiers
from tests.command import Command
from tests.payments.running_bank import (
    SEED,
    TODAY,
    RunningBank,
    bank_at,
    bank_in_process,
    bank_process,
    given_by,
    handed_in,
)
from tests.payments.transfers import BLOCK, INITIATION, RUN, block_of, transfers, written

RETURNS = {"AC04": 0.3, "BE05": 0.2}
SCENARIO = '{"scenario": {"returns": {"AC04": 0.3, "BE05": 0.2}}}'


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    return Command(capsys, tmp_path)


def file_named(number: int) -> bytes:
    initiation = replace(INITIATION, message_id=identifiers.message_id(RUN, number))
    return written(block_of(list(transfers(20))), initiation=initiation)[0]


FILES = {"file_checked": False, "file_stored": False, "file_accepted": True}
"""Where it is killed while a file comes, and whether the bank has the file then."""


def killed_while_a_file_comes(bank: RunningBank, at: str, name: str, data: bytes, folder: Path) -> None:
    bank.fault("kill", at=at)
    with pytest.raises(NoAnswer):
        bank.send(name, data, folder)


def test_a_bank_that_is_killed_anywhere_gives_the_same_as_one_that_never_was(tmp_path: Path) -> None:
    folder, sent = tmp_path / "bank", tmp_path / "sent"
    sent.mkdir()
    (tmp_path / "scenario.json").write_text(SCENARIO, encoding="utf-8")
    options = ["--seed", str(SEED), "--today", TODAY.isoformat(), "--scenario", str(tmp_path / "scenario.json")]
    files = {f"{at}.xml": file_named(number) for number, at in enumerate(FILES, start=1)}
    for at, is_known in FILES.items():
        name = f"{at}.xml"
        with bank_process(folder, *options) as (bank, process):
            killed_while_a_file_comes(bank, at, name, files[name], sent)
            assert process.wait(20) == -9
        with bank_process(folder) as (bank, _), bank.line() as line:
            assert (line.receipt_of(name) is not None) == is_known
            receipt = bank.send(name, files[name], sent)
            assert receipt.sha256 == hashlib.sha256(files[name]).hexdigest()
    for at in ("day_booked", "day_closed"):
        with bank_process(folder) as (bank, process):
            day = date.fromisoformat(httpx.get(f"{bank.address}/day").json()["today"])
            bank.fault("kill", at=at)
            with pytest.raises(httpx.TransportError):
                bank.close_day(day)
            assert process.wait(20) == -9
        with bank_process(folder) as (bank, _):
            bank.close_day(day)
            bank.close_day(day)
    with bank_process(folder) as (bank, _):
        bank.close_days(3)
        found = [(message.kind, path.read_bytes()) for message, path in bank.fetched(sent)]
    with bank_at(tmp_path / "undisturbed", returns=RETURNS) as undisturbed:
        for name, data in files.items():
            handed_in(undisturbed, data, name)
        for _ in range(5):
            undisturbed.close_day()
        assert found == given_by(undisturbed)
    assert len(found) == 3 + 5 + 2  # reports; a statement a day; what went, and what came back
    assert list((folder / "incoming").iterdir()) == []


def test_two_processes_cannot_be_one_bank(command: Command, tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank"):
        said = command.refuses("bank", "--data", tmp_path / "bank", "--port", "0")
    assert "Another bank has the folder" in said


def test_a_bank_keeps_the_seed_it_was_begun_with(command: Command, tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank", seed=3):
        pass
    assert "was begun with seed 3" in command.refuses("bank", "--data", tmp_path / "bank", "--seed", "4")


@pytest.mark.parametrize(("options", "said"), [
    (("--client", "nobody"), "--client must be ID:SECRET"),
    (("--port", "65536"), "not from 0 to 65535"),
    (("--today", "tomorrow"), "write it as 2026-12-01"),
    (("--scenario", "/nowhere/a.json"), "No such file"),
])  # fmt: skip
def test_what_a_bank_cannot_use_is_told(command: Command, tmp_path: Path, options: tuple[str, str], said: str) -> None:
    assert said in command.refuses("bank", "--data", tmp_path / "bank", *options)


@pytest.mark.parametrize(("text", "place"), [
    ("{", "as a whole (json_invalid)"),
    ('{"scenario": {"retunrs": {}}}', "scenario.retunrs"),
    ('{"scenario": {"returns": {"AC4": 0.1}}}', "scenario.returns.AC4"),
    ('{"scenario": {"returns": {"AC04": 0.6}, "rejects": {"AC01": 0.6}}}', "scenario (value_error)"),
    ('{"faults": [{"fault": "kill"}]}', "faults.0"),
    ('{"faults": [{"fault": "no_answer", "at": "file_stored"}]}', "faults.0"),
])  # fmt: skip
def test_a_scenario_that_is_none_is_told_where(command: Command, tmp_path: Path, text: str, place: str) -> None:
    scenario = command.file(text, "scenario.json")
    assert place in command.refuses("bank", "--data", tmp_path / "bank", "--scenario", scenario)


# ------------------------------------------------------------------------------------------- over HTTP


def test_a_bank_tells_what_stands_on_its_accounts(tmp_path: Path) -> None:
    with bank_in_process(tmp_path / "bank", opening_cents=1_000_000) as bank:
        bank.send("a.xml", file_named(1), tmp_path)
        bank.close_days(3)
        (account,) = httpx.get(f"{bank.address}/admin/accounts").json()
    assert account == {
        "iban": BLOCK.debtor_iban, "balance_cents": 1_000_000 - 21_020, "sent": 20, "sent_cents": 21_020, "rejected": 0,
        "rejected_cents": 0, "carried_out": 20, "carried_out_cents": 21_020, "returned": 0, "returned_cents": 0,
    }  # fmt: skip


def test_orders_that_are_none_are_told_and_change_nothing(tmp_path: Path) -> None:
    with bank_in_process(tmp_path / "bank") as bank:
        for method, path, body in (
            ("POST", "/admin/faults", {"fault": "explode"}),
            ("PUT", "/admin/scenario", {"returns": {"AC04": 2}}),
            ("POST", "/day", {"day": "tomorrow"}),
            ("POST", "/day", {"day": "2030-01-01"}),
        ):
            answer = httpx.request(method, f"{bank.address}{path}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (400, "wrong_input")
        assert httpx.get(f"{bank.address}/day").json() == {"today": TODAY.isoformat()}


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/day"), ("POST", "/day"), ("GET", "/admin/accounts"), ("PUT", "/admin/scenario"),
    ("POST", "/admin/faults"), ("DELETE", "/admin/faults"),
])  # fmt: skip
def test_orders_from_another_machine_are_not_taken(tmp_path: Path, method: str, path: str) -> None:
    async def asked(application: Starlette) -> httpx.Response:
        transport = httpx.ASGITransport(application, client=("192.0.2.1", 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://bank") as http:
            return await http.request(method, path)

    with bank_at(tmp_path / "bank") as bank:
        answer = asyncio.run(asked(BankServer(bank, {}).application()))
    assert (answer.status_code, answer.json()["code"]) == (403, "http_403")


def test_faults_end_and_scenarios_change(tmp_path: Path) -> None:
    with bank_in_process(tmp_path / "bank", rejects={"AM04": 1.0}) as bank:
        bank.fault("no_answer", times=9)
        httpx.delete(f"{bank.address}/admin/faults").raise_for_status()
        bank.send("a.xml", file_named(1), tmp_path)
        bank.behave()
        bank.send("b.xml", file_named(2), tmp_path)
        (account,) = httpx.get(f"{bank.address}/admin/accounts").json()
    assert (account["sent"], account["rejected"]) == (40, 20)


@pytest.mark.parametrize("path", ["/messages?after=-1", "/messages?after=x", "/messages?limit=9999999999999999"])
def test_a_number_that_is_none_is_told(tmp_path: Path, path: str) -> None:
    with bank_in_process(tmp_path / "bank") as bank:
        answer = httpx.get(f"{bank.address}{path}", auth=(bank.connection.client_id, bank.connection.client_secret))
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_whoever_hangs_up_leaves_nothing(tmp_path: Path) -> None:
    def broken_off() -> Iterator[bytes]:
        yield b"<Document"
        raise ConnectionAbortedError

    with bank_in_process(tmp_path / "bank") as bank:
        with pytest.raises(ConnectionAbortedError):
            httpx.put(
                f"{bank.address}/files/a.xml", content=broken_off(),
                auth=(bank.connection.client_id, bank.connection.client_secret),
            )  # fmt: skip
        assert bank.send("a.xml", file_named(1), tmp_path).transactions == 20
        assert [one.name for one in (tmp_path / "bank" / "files").iterdir()] == ["000001.xml"]

"""Whoever talks to the bank is killed at every named point and a hundred others; each line is sent and booked once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import transaction

from balsts.access.acting import in_scope
from balsts.database.server import APPLICATION, PORT, Cluster
from balsts.payments.kept_files import folder_of_files, path_of
from balsts.payments.models import BankFile, BankMessage, Run
from balsts.payments.outbox import write_files
from balsts.payments.points import POINTS
from balsts.payments.proof import prove
from tests.database.apart import Connections
from tests.payments.at_the_bank import AGENCY_IBAN, bank, books, events_of, open_account
from tests.payments.running_bank import RunningBank
from tests.payments.situations import IBANS, Given, approver, case_of, granted, payee, released
from tests.registry.situations import PLATFORM

LINES, IN_A_FILE, RETURNED = 24, 2, 6
RANDOM_KILLS = 100
LONGEST_SECONDS = 0.12

# Forks for each order, so that Django is begun once: `POINT n NAME` is killed when it passes a point for the nth time,
# `AFTER s` after s seconds by the system, `LIVE` not at all.
_WORKER = """
import logging, os, signal, sys, time
import django
django.setup()
from balsts.payments.bank.connections import Connection
from balsts.payments.bank.errors import NoAnswer
from balsts.payments.bank.line import BankLine
from balsts.payments.bank_work import talk
from balsts.payments.errors import BankIsBusy

class Killer(logging.Handler):
    def __init__(self, point, times):
        super().__init__()
        self.point, self.left = point, times
    def emit(self, record):
        self.left -= record.getMessage() == self.point
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

def work(order):
    kind, _, rest = order.partition(" ")
    if kind == "POINT":
        times, _, point = rest.partition(" ")
        log = logging.getLogger("balsts.payments.points")
        log.setLevel(logging.DEBUG)
        log.addHandler(Killer(point, int(times)))
    elif kind == "AFTER":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, float(rest))
    for _ in range(500):
        try:
            with BankLine(Connection(*sys.argv[1:])) as line:
                talk(line)
            return
        except BankIsBusy:  # the server has not yet seen that the one before was killed
            time.sleep(0.02)
    raise SystemExit("the bank stayed busy")

print("ready", flush=True)
for order in sys.stdin:
    child = os.fork()
    if not child:
        work(order.strip())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def worker(cluster: Cluster, apart: Connections, running: RunningBank, data: Path) -> Iterator[Callable[[str], int]]:
    """Gives orders to a process that talks to the bank; each comes to its exit code, below zero if it was killed."""
    address = (f"postgresql://{APPLICATION}:{cluster.password(APPLICATION)}@/{apart.database}?host={cluster.socket}"
               f"&port={PORT}")  # fmt: skip
    surroundings = os.environ | {"DATABASE_URL": address, "BALSTS_SECRET_KEY": "0" * 50, "BALSTS_DATA": str(data),
                                 "DJANGO_SETTINGS_MODULE": "balsts.settings"}  # fmt: skip
    at = running.connection
    command = [sys.executable, "-c", _WORKER, at.address, at.client_id, at.client_secret]
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

        def told(order: str) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{order}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield told
        process.stdin.close()


def unkilled(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes of the files of a run as somebody writes them who is not killed; nothing of it stays."""
    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(settings, "PAYMENT_FILES", folder)
        found = [one.sha256 for one in write_files(run)]
        transaction.set_rollback(True)
    return found


def test_whoever_talks_to_the_bank_may_be_killed_at_any_moment(
    apart: Connections, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setattr(settings, "PAYMENT_FILES", data / "payments")
    open_account(transfers=IN_A_FILE)
    for number in range(LINES):
        iban = IBANS[1] if number < RETURNED else IBANS[0]
        granted(case_of(payee(iban=iban)), Given(1_000 + number, date(2026, 1, 1), date(2026, 2, 1)))
    run = released("2026-01")
    expected = unkilled(run, tmp_path / "unkilled", monkeypatch)
    chance = random.Random(20261129)
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running, \
            worker(cluster, apart, running, data) as told:  # fmt: skip
        killed = {point: told(f"POINT 1 {point}") for point in POINTS if "message" not in point}
        killed |= _randomly(told, chance, RANDOM_KILLS // 2)
        assert told("LIVE") == 0
        running.close_days(3)
        killed |= {point: told(f"POINT 1 {point}") for point in POINTS if "message" in point}
        killed |= _randomly(told, chance, RANDOM_KILLS // 2)
        assert told("LIVE") == 0
        assert {point for point, code in killed.items() if code == -9} == set(POINTS)
        accounts = httpx.get(f"{running.address}/admin/accounts").json()
    _is_as_if_nobody_was_killed(run, expected, accounts)


def _randomly(told: Callable[[str], int], chance: random.Random, many: int) -> dict[str, int]:
    return {f"{many} {number}": told(f"AFTER {chance.uniform(0.001, LONGEST_SECONDS):.4f}") for number in range(many)}


def _is_as_if_nobody_was_killed(run: Run, expected: list[str], accounts: list[dict[str, object]]) -> None:
    with in_scope(PLATFORM):
        files = list(BankFile.objects.filter(run=run).order_by("number"))
        assert not BankMessage.objects.exclude(state="applied").exists()
    assert [one.sha256 for one in files] == expected
    assert [(one.first, one.last) for one in files] == [(n, n + 1) for n in range(1, LINES, IN_A_FILE)]
    assert not list(folder_of_files().glob("*.part"))
    assert all(path_of(one.sha256).stat().st_size == one.size for one in files)
    (account,) = (one for one in accounts if one["iban"] == AGENCY_IBAN)
    assert (account["sent"], account["carried_out"], account["returned"]) == (LINES, LINES, RETURNED)
    assert sorted(kind for _, kind, *_ in events_of(run)) == ["booked"] * LINES + ["returned"] * RETURNED
    paid = sum(1_000 + number for number in range(RETURNED, LINES))
    assert books() == {"expense": paid, "bank": -paid}
    with in_scope(approver()):
        assert prove(run).holds

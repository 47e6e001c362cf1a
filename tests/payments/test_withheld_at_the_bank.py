"""What is withheld for creditors goes through the bank by transfers of its own, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from balsts.access.acting import in_scope
from balsts.payments.bank_work import settle_matter
from balsts.payments.kept_files import path_of
from balsts.payments.models import BankFile, Matter
from balsts.payments.proof import prove
from tests.payments.at_the_bank import bank, books, days_at, events_of, files_of, matters, open_account, round_at
from tests.payments.independent import read
from tests.payments.situations import IBANS, approver, prepared, preparer, released
from tests.payments.withholding_situations import BAILIFF, ordered, pensioner, withheld
from tests.registry.situations import PLATFORM

pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]


@pytest.mark.parametrize("booking", ["batch", "sum_alone", "singles"])
def test_the_payee_gets_what_is_left_and_the_creditor_the_rest(tmp_path: Path, booking: str) -> None:
    open_account()
    ordered(pensioner())
    pensioner(surname="Ozola", iban=IBANS[0])
    run = released("2026-01")
    with bank(tmp_path / "bank", booking=booking) as running:
        assert (round_at(running).problems, days_at(running).problems) == ([], [])
    assert files_of(run) == [(1, "04.01.00", 1, 3, 3, 120_000, "accepted")]
    with in_scope(PLATFORM):
        (file,) = BankFile.objects.filter(run=run)
    *_, last = read(path_of(file.sha256).read_bytes()).blocks[0].transfers
    assert (last.iban, str(last.amount), last.name) == (BAILIFF, "63.00", "Zvērināts tiesu izpildītājs Nr. 1")
    assert last.remittance.endswith("ieturējums, 12-345/2026")
    assert max(events_of(run))[:3] == (3, "booked", 6_300)
    assert books() == {"expense": 120_000, "bank": -120_000}
    assert matters() == []
    with in_scope(approver()):
        assert prove(run).holds


@pytest.mark.parametrize(("fate", "kind"), [("returned_accounts", "returned"), ("rejected_accounts", "rejected")])
def test_what_does_not_reach_the_creditor_is_still_owed_and_waits_for_an_answer(
    tmp_path: Path, fate: str, kind: str
) -> None:
    open_account()
    ordered(pensioner())
    run = released("2026-01")
    with bank(tmp_path / "bank", **{fate: {BAILIFF: "AC04"}}) as running:
        round_at(running)
        days_at(running, 3)
        round_at(running)
    assert (2, kind, 6_300, "AC04") in events_of(run)
    assert books() == {"expense": 60_000, "bank": -53_700, "creditor": -6_300}
    assert matters() == [("back", "ask_for_account")]
    # Nothing more is kept back for an account that the bank does not know, until somebody has settled it.
    assert withheld(prepared("2026-02")) == []
    with in_scope(preparer()):
        matter = Matter.objects.get()
    settle_matter(preparer(), matter, "the bailiff confirmed the account")
    assert [one[3] for one in withheld(prepared("2026-03"))] == [6_300]


def test_a_line_that_comes_back_is_paid_again_and_nothing_is_withheld_from_it_twice(tmp_path: Path) -> None:
    open_account()
    ordered(pensioner())
    run = released("2026-01")
    with bank(tmp_path / "bank", returned_accounts={IBANS[0]: "BE05"}) as running:
        round_at(running)
        days_at(running, 3)
        round_at(running)
    assert (1, "returned", 53_700, "BE05") in events_of(run)
    assert books() == {"expense": 6_300, "bank": -6_300}
    with in_scope(preparer()):
        matter = Matter.objects.get()
    settle_matter(preparer(), matter, "the payee will take it")
    following = released("2026-02")
    # 537.00 again, and the 600.00 of February less 63.00.
    assert [(one[2], one[3]) for one in withheld(following)] == [(6_300, 6_300)]
    assert books() == {"expense": 120_000, "bank": -6_300, "payable": -107_400, "creditor": -6_300}
    with in_scope(approver()):
        assert prove(following).holds

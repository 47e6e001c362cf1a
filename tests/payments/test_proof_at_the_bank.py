"""The proof of the books at the bank: what is in files, what the bank says, what the books have of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from balsts.access.acting import in_scope
from balsts.database.server import OWNER, Cluster
from balsts.payments.payout_lists import apply_answer
from balsts.payments.proof import prove
from tests.database.apart import Connections
from tests.payments.at_the_bank import bank, days_at, one_month, round_at
from tests.payments.payout_situations import JANUARY, answer, by_post, chosen, named
from tests.payments.situations import IBANS, Given, approver, case_of, granted, payee, preparer, released


def test_the_proof_finds_what_was_sent_and_is_not_answered_and_what_the_books_have_otherwise(
    apart: Connections, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PAYMENT_FILES", tmp_path / "kept")
    run = one_month()
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running:
        round_at(running)
        with in_scope(approver()):
            proof = prove(run)
        assert (proof.to_file, proof.filed, proof.waiting, proof.paid) == (19_100, 19_100, 19_100, 0)
        days_at(running, 3)
    with in_scope(approver()):
        proof = prove(run)
    assert (proof.waiting, proof.paid, proof.paid_posted, proof.back, proof.executed) == (0, 9_200, 9_200, 9_900, 9_200)
    assert proof.holds
    with cluster.connect(OWNER, apart.database) as owner:
        owner.execute(
            "INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, cents) "
            "SELECT n.id, e.run_id, e.number, e.kind, side.account, 'own', 'gmi_benefit', '2026-01-01', side.cents "
            "FROM payments_ledgerentry n "
            "JOIN payments_event e ON e.id = n.event_id AND e.kind = 'booked' AND e.number = 1, "
            "(VALUES ('bank', 5), ('expense', -5)) AS side (account, cents)"
        )
        owner.commit()
    with in_scope(approver()):
        proof = prove(run)
    assert not proof.holds
    assert [(one.what, one.number, one.found - one.expected) for one in proof.differences] == [("told", 1, 0)]
    assert proof.paid_posted == proof.paid - 5


def test_the_proof_finds_a_payout_by_post_that_the_books_have_at_the_bank(
    apart: Connections, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PAYMENT_FILES", tmp_path / "kept")
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    chosen(person, by_post())
    run = released("2026-01")
    apply_answer(preparer(), answer((named(run), "paid")))
    with in_scope(approver()):
        proof = prove(run)
    assert (proof.holds, proof.paid, proof.paid_posted, proof.waiting) == (True, 8_700, 8_700, 0)
    with cluster.connect(OWNER, apart.database) as owner:
        owner.execute(
            "INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, cents) "
            "SELECT n.id, e.run_id, e.number, e.kind, side.account, 'own', 'gmi_benefit', '2026-01-01', side.cents "
            "FROM payments_ledgerentry n "
            "JOIN payments_event e ON e.id = n.event_id, "
            "(VALUES ('post', 8700), ('bank', -8700)) AS side (account, cents)"
        )
        owner.commit()
    with in_scope(approver()):
        proof = prove(run)
    assert [(one.what, one.number, one.expected, one.found) for one in proof.differences] == [("told", 1, -8_700, 0)]
    assert not proof.holds

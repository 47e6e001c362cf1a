"""The proof that adds up first finds what a proof of every line finds: whatever is wrong, planted past all guards."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.conf import settings
from hypothesis import HealthCheck, assume, example, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.database.server import Cluster
from balsts.payments.models import Posting
from balsts.payments.proof import Proof
from balsts.payments.proof_sums import added_up
from tests.database.apart import copied
from tests.payments.proof_situations import (
    FROM_NOW_ON,
    LOWERED,
    OTHER,
    PENSION,
    PLAIN,
    POSTED,
    RETURNED,
    Months,
    put_back,
    three_months,
    touching,
)
from tests.payments.situations import approver
from tests.payments.withholding_situations import touchable
from tests.registry.situations import PLATFORM


@dataclass(frozen=True)
class Touched:
    """Three months of payments, and somebody whom nothing holds."""

    months: Months
    administrator: psycopg.Connection

    def proofs(self) -> list[Proof]:
        """What is found by sums, which is what is found by every line."""
        found = self.months.proofs(every_line=False)
        assert found == self.months.proofs(every_line=True)
        return found

    def plant(self, text: str) -> None:
        """Change tables; the runs are named, and what lines stand in their numbers."""
        names = {name: f"'{getattr(self.months, name).pk}'" for name in ("january", "february", "march")}
        self.administrator.execute(text.format(**names))  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def touched(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Touched]:  # fmt: skip
    folder = tmp_path_factory.mktemp("proof")
    with django_db_blocker.unblock(), copied(cluster) as apart, pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "PAYMENT_FILES", folder / "kept")
        touchable(cluster, apart)
        months = three_months(folder / "bank")
        with touching(cluster, apart) as administrator:
            yield Touched(months, administrator)


@pytest.fixture(autouse=True)
def _as_it_was(touched: Touched) -> Iterator[None]:
    yield
    put_back(touched.administrator)


def test_what_is_right_is_proven_by_sums_alone(touched: Touched) -> None:
    proofs = touched.proofs()
    assert [one.holds for one in proofs] == [True] * 3
    assert (proofs[0].back, proofs[0].withheld, proofs[0].waiting, proofs[2].withheld) == (10_000, 6_300, 0, 6_800)
    assert proofs[2].waiting == proofs[2].to_file + 10_000  # the one by post
    months = touched.months
    with in_scope(approver()):
        added = added_up([months.january, months.february, months.march], months.march)
    assert not any(one.lines_differ or one.keys_that_differ for one in added.values())
    assert [one.is_answered for one in added.values()] == [True, True, False]


def test_postings_name_what_their_entries_are_of(touched: Touched) -> None:
    with in_scope(PLATFORM):
        found = list(Posting.objects.select_related("entry__line", "entry__overpaid", "entry__event"))
    assert {one.of for one in found} >= {"", "line", "overpaid", "booked", "returned"}
    for one in found:
        entry = one.entry
        assert one.run_id == entry.run_id
        if entry.line:
            assert (one.of, one.number) == ("line", entry.line.number)
        elif entry.overpaid:
            assert (one.of, one.number) == ("overpaid", entry.overpaid.number)
        else:
            assert (one.of, one.number) == ((entry.event.kind, entry.event.number) if entry.event else ("", None))


_OF_LINE = "run_id = {january} AND of = 'line' AND number"
_OF_BOOKED = "run_id = {january} AND of = 'booked' AND number"
_COLUMNS = "entry_id, run_id, number, of, account, programme, code, month, person_id, cents"
WRONG = {
    "a line pays more": (f"UPDATE payments_line SET amount = amount + 1 WHERE run_id = {{january}} AND number = {PLAIN}",
                         {"decided", "posted"}),
    "two lines pay more and less": (
        f"UPDATE payments_line SET amount = amount + CASE number WHEN {PLAIN} THEN 5 ELSE -5 END "
        f"WHERE run_id = {{january}} AND number IN ({PLAIN}, {OTHER})", {"decided", "posted"}),
    "a decision grants more": ("UPDATE cases_awardspan SET amount = amount + 1 WHERE id = (SELECT min(id) FROM "
                               "cases_awardspan)", {"decided"}),
    "two decisions grant more and less": (
        "UPDATE cases_awardspan SET amount = amount + CASE id WHEN (SELECT min(id) FROM cases_awardspan) THEN 5 ELSE -5 "
        "END WHERE id IN (SELECT id FROM cases_awardspan ORDER BY id LIMIT 2)", {"decided"}),
    "a line is gone": (f"DELETE FROM payments_line WHERE run_id = {{january}} AND number = {PLAIN}", {"decided", "posted"}),
    "a line that is held says more": (
        "UPDATE payments_line SET amount = amount + 1 WHERE run_id = {march} AND held <> '' AND month = '2026-03-01'",
        {"decided"}),
    "expense is not posted": (f"DELETE FROM payments_posting WHERE {_OF_LINE} = {PLAIN} AND account = 'expense'",
                              {"posted", "balanced"}),
    "what is owed is not posted": (f"DELETE FROM payments_posting WHERE {_OF_LINE} = {PLAIN} AND account = 'payable'",
                                   {"balanced"}),
    "an entry is not posted": (f"DELETE FROM payments_posting WHERE {_OF_LINE} = {PLAIN}", {"posted"}),
    "an entry is posted twice": (
        f"INSERT INTO payments_posting ({_COLUMNS}) SELECT {_COLUMNS} FROM payments_posting WHERE {_OF_LINE} = {PLAIN}",
        {"posted"}),
    "two lines are posted with more and less": (
        f"UPDATE payments_posting SET cents = cents + CASE WHEN (number = {PLAIN}) = (account = 'expense') THEN 5 "
        f"ELSE -5 END WHERE {_OF_LINE} IN ({PLAIN}, {OTHER})", {"posted"}),
    "two lines are posted as each other": (
        f"UPDATE payments_posting SET number = {LOWERED} + {FROM_NOW_ON} - number WHERE run_id = {{february}} AND "
        f"of = 'line' AND number IN ({LOWERED}, {FROM_NOW_ON})", {"posted"}),
    "a posting is of another line": (
        f"UPDATE payments_posting SET number = {OTHER} WHERE {_OF_LINE} = {PLAIN} AND account = 'payable'", {"balanced"}),
    "expense of another programme": (
        f"UPDATE payments_posting SET programme = '20.01.00' WHERE {_OF_LINE} = {PLAIN}", {"posted"}),
    "expense of another right": (
        f"UPDATE payments_posting SET code = 'housing_benefit' WHERE {_OF_LINE} = {PLAIN}", {"posted"}),
    "expense of another month": (
        f"UPDATE payments_posting SET month = '2025-12-01' WHERE {_OF_LINE} = {PLAIN}", {"posted"}),
    "a posting of a line that is not there": (
        f"INSERT INTO payments_posting ({_COLUMNS}) SELECT entry_id, run_id, 77, of, account, programme, code, month, "
        f"person_id, cents FROM payments_posting WHERE {_OF_LINE} = {PLAIN}", {"posted"}),
    "the bank says more": (f"UPDATE payments_event SET cents = cents + 1 WHERE run_id = {{january}} AND number = {PLAIN}",
                           {"told"}),
    "the bank says more and less": (
        f"UPDATE payments_event SET cents = cents + CASE number WHEN {PLAIN} THEN 5 ELSE -5 END "
        f"WHERE run_id = {{january}} AND number IN ({PLAIN}, {OTHER})", {"told"}),
    "a word is not posted": (f"DELETE FROM payments_posting WHERE {_OF_BOOKED} = {PLAIN}", {"told"}),
    "a word is posted twice": (
        f"INSERT INTO payments_posting ({_COLUMNS}) SELECT {_COLUMNS} FROM payments_posting WHERE {_OF_BOOKED} = {PLAIN}",
        {"told"}),
    "a word is gone": (f"DELETE FROM payments_event WHERE run_id = {{january}} AND number = {PLAIN}", {"told"}),
    "a return is gone": ("DELETE FROM payments_event WHERE run_id = {january} AND kind = 'returned'", {"decided", "told"}),
    "a return is of another line": (
        f"UPDATE payments_event SET number = {OTHER} WHERE run_id = {{january}} AND kind = 'returned'",
        {"decided", "told"}),
    "a return is posted as paid": (
        "UPDATE payments_posting SET account = CASE account WHEN 'expense' THEN 'payable' ELSE account END, person_id = "
        "(SELECT payee_id FROM payments_line LIMIT 1) WHERE run_id = {january} AND of = 'returned' AND account = 'expense'",
        {"told"}),
    "a payout by post is posted at the bank": (
        f"UPDATE payments_posting SET account = 'bank' WHERE {_OF_BOOKED} = {POSTED} AND account = 'post'", {"told"}),
    "money at the cash desk for nothing": (
        f"INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, cents) "
        f"SELECT entry_id, run_id, number, of, side.account, programme, code, month, side.cents FROM payments_posting, "
        f"(VALUES ('cash', 5), ('post', -5)) side (account, cents) WHERE {_OF_BOOKED} = {PLAIN} AND "
        "payments_posting.account = 'bank'",
        {"told"}),
    "a file is gone": ("DELETE FROM payments_bankfile WHERE run_id = {january} AND programme = 'own'", {"filed"}),
    "a file ends too early": ("UPDATE payments_bankfile SET last = last - 1 WHERE run_id = {january} AND "
                              "programme = 'own'", {"filed"}),
    "a file begins too late": ("UPDATE payments_bankfile SET first = first + 1 WHERE run_id = {january} AND "
                               "programme = 'own'", {"filed"}),
    "a file holds another sum": ("UPDATE payments_bankfile SET cents = cents + 1 WHERE run_id = {january} AND "
                                 "programme = 'own'", set()),
    "a deduction is of more": ("UPDATE payments_deduction SET cents = cents + 1 WHERE run_id = {january}", {"withheld"}),
    "a deduction is gone": ("DELETE FROM payments_deduction WHERE run_id = {january}", {"withheld"}),
    "a line keeps back more": (
        f"UPDATE payments_line SET withheld = withheld + 1 WHERE run_id = {{january}} AND number = {PENSION}",
        {"withheld"}),
    "a creditor is not owed what is kept back": (
        f"UPDATE payments_posting SET account = 'payable' WHERE {_OF_LINE} = {PENSION} AND account = 'creditor'",
        {"withheld"}),
    "a claim is paid back without a deduction": (
        f"UPDATE payments_posting SET account = 'claim' WHERE {_OF_LINE} = {PLAIN} AND account = 'payable'",
        {"withheld"}),
    "what is late is of another month": (
        "UPDATE payments_line SET month = '2025-12-01' WHERE run_id = {february} AND kind = 'arrears'",
        {"decided", "posted"}),
    "what was overpaid is more": ("UPDATE payments_overpaid SET amount = amount + 1 WHERE run_id = {february}",
                                  {"decided", "posted"}),
    "what was overpaid is not posted": (
        "DELETE FROM payments_posting WHERE run_id = {february} AND of = 'overpaid'", {"posted"}),
    "what was overpaid is gone": ("DELETE FROM payments_overpaid WHERE run_id = {february}", {"decided", "posted"}),
    "a sum too large to be marked": (
        f"UPDATE payments_posting SET cents = cents + CASE account WHEN 'expense' THEN 10000000000000000 ELSE -10000000000000000 END "
        f"WHERE {_OF_LINE} = {PLAIN}", {"posted"}),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_by_sums_as_by_every_line(touched: Touched, name: str) -> None:
    text, kinds = WRONG[name]
    touched.plant(text)
    proofs = touched.proofs()
    assert {one.what for proof in proofs for one in proof.differences} == kinds
    assert not all(proof.holds for proof in proofs)


def test_sums_that_are_the_same_hide_no_two_lines(touched: Touched) -> None:
    touched.plant(WRONG["two lines are posted with more and less"][0])
    january = touched.months.january
    with in_scope(approver()):
        added = added_up([january], None)[january.pk]
    assert added.lines["posted"] == added.lines["to_post"]
    assert added.lines_differ


def test_lines_that_are_too_large_to_be_marked_are_compared_one_by_one(touched: Touched) -> None:
    large = 10**16
    touched.plant(f"UPDATE payments_line SET amount = amount + {large} WHERE run_id = {{january}} AND number = {PLAIN}")
    touched.plant("UPDATE payments_posting SET cents = cents + sign(cents)::bigint * "
                  f"{large} WHERE run_id = {{january}} AND number = {PLAIN} AND of IN ('line', 'booked')")  # fmt: skip
    touched.plant(f"UPDATE payments_event SET cents = cents + {large} WHERE run_id = {{january}} AND number = {PLAIN}")
    touched.plant(f"UPDATE payments_bankfile SET cents = cents + {large} WHERE run_id = {{january}} AND programme = 'own'")
    january = touched.months.january
    with in_scope(approver()):
        assert added_up([january], None) == {}
    assert touched.proofs()[0].holds


CHANGES = (
    "UPDATE payments_line SET amount = amount + {by} WHERE id = (SELECT id FROM payments_line ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_line SET withheld = withheld + {by} "
    "WHERE id = (SELECT id FROM payments_line ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_line SET held = CASE held WHEN '' THEN 'dead' ELSE '' END, iban = 'LV80BANK0000435195001' "
    "WHERE channel = 'bank' AND id = (SELECT id FROM payments_line ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_posting SET cents = cents + {by} "
    "WHERE id = (SELECT id FROM payments_posting ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_posting SET number = GREATEST(number + {by}, 1) "
    "WHERE id = (SELECT id FROM payments_posting ORDER BY id OFFSET {nth} LIMIT 1)",
    "DELETE FROM payments_posting WHERE entry_id = (SELECT entry_id FROM payments_posting ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_event SET cents = cents + {by} WHERE id = (SELECT id FROM payments_event ORDER BY id OFFSET {nth} LIMIT 1)",
    "DELETE FROM payments_event WHERE id = (SELECT id FROM payments_event ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_bankfile SET first = first + {by}, last = last + {by} "
    "WHERE id = (SELECT id FROM payments_bankfile ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_deduction SET cents = cents + {by} "
    "WHERE id = (SELECT id FROM payments_deduction ORDER BY id OFFSET {nth} LIMIT 1)",
    "UPDATE payments_overpaid SET amount = amount + {by}",
    "UPDATE cases_awardspan SET amount = amount + {by} "
    "WHERE id = (SELECT id FROM cases_awardspan ORDER BY id OFFSET {nth} LIMIT 1)",
)
changes = st.tuples(st.integers(0, len(CHANGES) - 1), st.integers(0, 30), st.sampled_from((1, -1, 7, 4_294_967_296)))


@example([(3, 0, 7), (3, 2, -7)])
@example([(0, 0, 1), (0, 1, -1), (3, 0, 1), (3, 2, -1)])
@example([(2, RETURNED, 1)])
@given(st.lists(changes, min_size=1, max_size=4))
@with_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_changed_both_find_the_same(touched: Touched, wrong: list[tuple[int, int, int]]) -> None:
    try:
        for which, nth, by in wrong:
            touched.plant(CHANGES[which].format(nth=nth, by=by))
    except (psycopg.IntegrityError, psycopg.DataError):  # a row that the tables themselves do not hold
        assume(False)
    else:
        touched.proofs()
    finally:
        put_back(touched.administrator)


def test_a_proof_can_be_told_apart(touched: Touched) -> None:
    """What the tests above hold against each other is not the same whatever happens."""
    right, _, _ = touched.proofs()
    touched.plant(WRONG["a line pays more"][0])
    wrong, _, _ = touched.proofs()
    assert right != wrong
    assert dataclasses.replace(right, differences=wrong.differences, to_post=wrong.to_post, to_file=wrong.to_file) == wrong

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
from tests.payments.proof_situations import PLAIN, RETURNED, Months, put_back, three_months, touching
from tests.payments.situations import approver
from tests.payments.withholding_situations import touchable
from tests.payments.wrong_books import CHANGES, LARGE, WRONG, files, lines, postings, words
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
    both = f"cents = cents + sign(cents)::bigint * {LARGE}"
    touched.plant(lines(f"amount = amount + {LARGE}", f"number = {PLAIN}"))
    touched.plant(postings(both, f"number = {PLAIN}"))
    touched.plant(postings(both, f"number = {PLAIN}", of="booked"))
    touched.plant(words(f"cents = cents + {LARGE}", f"number = {PLAIN}"))
    touched.plant(files(f"cents = cents + {LARGE}"))
    january = touched.months.january
    with in_scope(approver()):
        assert added_up([january], None) == {}
    assert touched.proofs()[0].holds


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
    same = {"differences": wrong.differences, "to_post": wrong.to_post, "to_file": wrong.to_file}
    assert dataclasses.replace(right, **same) == wrong  # type: ignore[arg-type]

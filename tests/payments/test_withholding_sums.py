"""What is withheld from payments, by hand and against a second calculation that shares nothing with the first."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from balsts.payments.withholding import (
    Deduction,
    Kind,
    Order,
    Payment,
    Rule,
    Rules,
    divided,
    instalments,
    withhold,
)

FIRST, SECOND, THIRD = (uuid.UUID(int=number) for number in range(1, 4))
HALF_WAGE = Rule(30, of_excess=True, floor=39_000, floor_child=11_700, floor_children_most=39_000)
PENSION: Rules = {("pension", Kind.MAINTENANCE): HALF_WAGE, ("pension", Kind.ENFORCEMENT): HALF_WAGE,
                  ("pension", Kind.RECOVERY): Rule(10)}  # fmt: skip


def taken(payments: Sequence[Payment], orders: Sequence[Order], rules: Rules = PENSION) -> list[tuple[int, int, int]]:
    """What is withheld: line, which order by its number, cents."""
    return [(one.line, one.order.int, one.cents) for one in withhold(payments, orders, rules)]


def order(name: uuid.UUID, left: int, kind: Kind = Kind.MAINTENANCE, rank: int = 1, children: int = 0) -> Order:
    return Order(name, kind, rank, left, children)


# ------------------------------------------------------------------------------------------- by hand


def test_a_share_of_what_exceeds_the_floor_is_withheld() -> None:
    # LV portāls, 2024-06-28: of 617.00 with 350.00 kept, 30 % of 267.00 is 80.10.
    assert Rule(30, of_excess=True, floor=35_000).room(61_700, 0) == 8_010
    # 600.00 - 390.00 = 210.00; 30 % of it is 63.00.
    assert taken([Payment(1, "pension", 60_000)], [order(FIRST, 100_000)]) == [(1, 1, 6_300)]


def test_for_each_child_in_the_debtors_care_more_is_kept_up_to_a_limit() -> None:
    # 390.00 + 2 x 117.00 = 624.00 are kept; 30 % of 376.00 is 112.80. Of four children 390.00 count, not 468.00.
    assert HALF_WAGE.room(100_000, 2) == 11_280
    assert [HALF_WAGE.kept(children) for children in range(5)] == [39_000, 50_700, 62_400, 74_100, 78_000]


def test_the_children_that_any_order_names_count_for_all() -> None:
    orders = [order(FIRST, 1_000_000, children=1), order(SECOND, 1_000_000, Kind.ENFORCEMENT, 2)]
    # 30 % of 1000.00 - 507.00 = 147.90 in all, though the second order names no child.
    assert taken([Payment(1, "pension", 100_000)], orders) == [(1, 1, 14_790)]


@pytest.mark.parametrize(
    ("cents", "room"), [(0, 0), (38_999, 0), (39_000, 0), (39_001, 0), (39_003, 0), (39_004, 1), (39_010, 3)]
)
def test_at_the_floor_nothing_is_withheld_and_room_is_rounded_down(cents: int, room: int) -> None:
    assert HALF_WAGE.room(cents, 0) == room


@pytest.mark.parametrize(("cents", "room"), [(20_009, 2_000), (10_500, 500), (10_000, 0), (9_999, 0), (11_112, 1_111)])
def test_a_share_of_the_whole_payment_leaves_the_floor(cents: int, room: int) -> None:
    # 10 % of 105.00 is 10.50, but only 5.00 exceed the 100.00 that are kept; of 111.12 it is 11.11.
    assert Rule(10, floor=10_000).room(cents, 0) == room


def test_an_order_takes_no_more_than_it_still_may_over_all_lines() -> None:
    payments = [Payment(1, "pension", 60_000), Payment(2, "pension", 60_000), Payment(3, "pension", 60_000)]
    assert taken(payments, [order(FIRST, 10_000)]) == [(1, 1, 6_300), (2, 1, 3_700)]


def test_a_later_rank_gets_what_an_earlier_one_leaves() -> None:
    orders = [order(SECOND, 50_000, Kind.ENFORCEMENT, 2), order(FIRST, 2_000)]
    assert taken([Payment(1, "pension", 60_000)], orders) == [(1, 1, 2_000), (1, 2, 4_300)]
    # Recovery may take 60.00 in all; 63.00 are taken already.
    orders.append(order(THIRD, 50_000, Kind.RECOVERY, 9))
    assert taken([Payment(1, "pension", 60_000)], orders) == [(1, 1, 2_000), (1, 2, 4_300)]


def test_a_kind_with_a_wider_share_goes_on_where_a_narrow_one_must_stop() -> None:
    rules: Rules = {("pension", Kind.RECOVERY): Rule(10), ("pension", Kind.ENFORCEMENT): Rule(50)}
    orders = [order(FIRST, 50_000, Kind.RECOVERY, 1), order(SECOND, 50_000, Kind.ENFORCEMENT, 2)]
    assert taken([Payment(1, "pension", 10_000)], orders, rules) == [(1, 1, 1_000), (1, 2, 4_000)]


def test_equals_share_in_proportion_and_the_largest_remainder_gets_the_cent() -> None:
    # 63.00 among 100.00, 200.00 and 300.00: 10.50, 21.00, 31.50.
    orders = [order(FIRST, 10_000), order(SECOND, 20_000), order(THIRD, 30_000)]
    assert taken([Payment(1, "pension", 60_000)], orders) == [(1, 1, 1_050), (1, 2, 2_100), (1, 3, 3_150)]
    assert divided(100, [1_000, 1_000, 1_000]) == [34, 33, 33]
    assert divided(100, [100, 200, 400]) == [14, 29, 57]  # 14.29, 28.57, 57.14
    assert divided(5, [3, 3, 1]) == [2, 2, 1]
    assert divided(7, [3, 3, 1]) == [3, 3, 1]
    assert divided(8, [3, 3, 1]) == [3, 3, 1]
    assert divided(0, [3, 3]) == [0, 0]
    assert divided(-2, [3, 3]) == [0, 0]
    assert divided(1, [3, 3]) == [1, 0]
    assert divided(1, []) == []


def test_of_one_rank_maintenance_comes_before_enforcement_and_recovery() -> None:
    rules: Rules = {("pension", kind): Rule(50) for kind in Kind}
    orders = [order(FIRST, 4_000, Kind.RECOVERY), order(SECOND, 3_000, Kind.ENFORCEMENT), order(THIRD, 2_500)]
    assert taken([Payment(1, "pension", 10_000)], orders, rules) == [(1, 3, 2_500), (1, 2, 2_500)]


def test_a_right_without_a_rule_is_not_touched() -> None:
    payments = [Payment(1, "benefit", 60_000), Payment(2, "pension", 60_000)]
    assert taken(payments, [order(FIRST, 100_000)]) == [(2, 1, 6_300)]
    orders = [order(FIRST, 100_000, Kind.RECOVERY), order(SECOND, 100_000)]
    assert taken(payments, orders, {("pension", Kind.MAINTENANCE): HALF_WAGE}) == [(2, 2, 6_300)]
    assert taken(payments, orders, {}) == []
    assert taken(payments, []) == []


def test_an_order_that_may_take_nothing_more_takes_no_line() -> None:
    assert taken([Payment(1, "pension", 60_000)], [order(FIRST, 0), order(SECOND, 100)]) == [(1, 2, 100)]


def test_instalments_are_equal_and_the_first_ones_carry_the_rest() -> None:
    assert instalments(10_000, 3) == [3_334, 3_333, 3_333]
    assert instalments(9_000, 3) == [3_000, 3_000, 3_000]
    assert instalments(3, 3) == [1, 1, 1]
    assert instalments(500, 1) == [500]
    for cents, months in ((2, 3), (0, 1), (5, 0), (5, -1)):
        with pytest.raises(ValueError, match=f"found {cents} cents in {months} months"):
            instalments(cents, months)


# ------------------------------------------------------------------------------------------- in general


kinds = st.sampled_from(Kind)
rules_of = st.builds(
    Rule, st.integers(0, 100), st.booleans(), st.integers(0, 3_000), st.integers(0, 500), st.integers(0, 1_000)
)
codes = st.sampled_from(["pension", "benefit", "sickness"])
all_rules = st.dictionaries(st.tuples(codes, kinds), rules_of, max_size=9)
all_payments = st.lists(st.tuples(codes, st.integers(1, 9_000)), max_size=5).map(
    lambda found: [Payment(nth, code, cents) for nth, (code, cents) in enumerate(found, 1)]
)
all_orders = st.lists(st.tuples(kinds, st.integers(1, 3), st.integers(0, 5_000), st.integers(0, 3)), max_size=6).map(
    lambda found: [Order(uuid.UUID(int=nth), *one) for nth, one in enumerate(found, 1)]
)


@given(all_payments, all_orders, all_rules, st.randoms(use_true_random=False))
def test_limits_hold_and_the_order_in_which_things_are_given_changes_nothing(
    payments: list[Payment], orders: list[Order], rules: Rules, chance: random.Random
) -> None:
    found = withhold(payments, orders, rules)
    assert all(one.cents > 0 for one in found)
    for one in orders:
        assert sum(part.cents for part in found if part.order == one.id) <= one.left
    by_id = {one.id: one for one in orders}
    children = max((one.children for one in orders), default=0)
    for payment in payments:
        own = [one for one in found if one.line == payment.line]
        rooms = [rules[payment.code, by_id[one.order].kind].room(payment.cents, children) for one in own]
        assert sum(one.cents for one in own) <= max(rooms, default=0) <= payment.cents
        kept = [rules[payment.code, by_id[one.order].kind].kept(children) for one in own]
        assert payment.cents - sum(one.cents for one in own) >= min(kept, default=0)
    again, other = list(payments), list(orders)
    chance.shuffle(again)
    chance.shuffle(other)
    assert withhold(again, other, rules) == found


@given(all_payments, all_orders, all_rules)
@example([Payment(1, "pension", 100)], [order(FIRST, 1), order(SECOND, 1), order(THIRD, 1)],
         {("pension", Kind.MAINTENANCE): Rule(2)})  # fmt: skip
def test_it_is_what_a_second_calculation_gives(payments: list[Payment], orders: list[Order], rules: Rules) -> None:
    assert sorted(_plainly(payments, orders, rules)) == sorted(
        (one.line, one.order.int, one.cents) for one in withhold(payments, orders, rules)
    )


def _plainly(payments: list[Payment], orders: list[Order], rules: Rules) -> list[tuple[int, int, int]]:
    """The same by fractions and one cent at a time, as the acts read: rank after rank, kind after kind."""
    children = max([0, *(one.children for one in orders)])
    got: dict[tuple[int, int], int] = {}
    for payment in payments:
        for rank in range(1, 4):
            for kind in ("maintenance", "enforcement", "recovery"):
                rule = rules.get((payment.code, Kind(kind)))
                equals = [one for one in orders if one.rank == rank and one.kind == kind]
                if rule is None:
                    continue
                above = max(0, payment.cents - rule.floor - min(rule.floor_child * children, rule.floor_children_most))
                share = Fraction(rule.percent, 100) * (above if rule.of_excess else payment.cents)
                gone = sum(cents for (line, _), cents in got.items() if line == payment.line)
                cents = min(above, int(share)) - gone
                left = {one.id.int: one.left - sum(c for (_, name), c in got.items() if name == one.id.int)
                        for one in equals}  # fmt: skip
                got |= {(payment.line, name): part for name, part in _shared(cents, left).items() if part}
    return [(line, name, cents) for (line, name), cents in got.items()]


def _shared(cents: int, left: dict[int, int]) -> dict[int, int]:
    """Each cent to whoever is furthest below their exact share, which is in proportion to what they ask for."""
    parts = dict.fromkeys(left, 0)
    if cents <= 0 or not sum(left.values()):
        return parts
    exact = {name: min(Fraction(one), Fraction(cents * one, sum(left.values()))) for name, one in left.items()}
    parts = {name: int(one) for name, one in exact.items()}
    for _ in range(min(cents, sum(left.values())) - sum(parts.values())):
        furthest = max(sorted(left), key=lambda name: exact[name] - parts[name])
        parts[furthest] += 1
    return parts


@given(st.integers(-5, 5_000), st.lists(st.integers(0, 900), max_size=6))
def test_what_is_divided_is_divided_whole_and_within_a_cent_of_the_proportion(cents: int, wanted: list[int]) -> None:
    parts = divided(cents, wanted)
    assert sum(parts) == max(0, min(cents, sum(wanted)))
    assert all(0 <= part <= want for part, want in zip(parts, wanted, strict=True))
    if 0 < cents < sum(wanted):
        assert all(
            abs(part - Fraction(cents * want, sum(wanted))) < 1 for part, want in zip(parts, wanted, strict=True)
        )


@given(st.integers(1, 100_000), st.integers(1, 60))
def test_instalments_come_to_the_sum_and_differ_by_a_cent_at_most(cents: int, months: int) -> None:
    if months <= cents:
        parts = instalments(cents, months)
        assert (len(parts), sum(parts)) == (months, cents)
        assert parts == sorted(parts, reverse=True)
        assert parts[0] - parts[-1] <= 1


def test_a_deduction_names_line_order_and_cents() -> None:
    assert withhold([Payment(7, "pension", 60_000)], [order(FIRST, 5)], PENSION) == (Deduction(7, FIRST, 5),)

"""How much is kept back from payments, line by line, and for which order. No database, no clock: cents in, cents out.

Each line is a payment of its own: limits and floor hold for it alone. For each line the orders of a payee are taken by
rank. Orders of one rank and kind are equals: what the line has room for is divided among them by what each still asks
for. Rounding goes to the payee where it can: room is rounded down, and a cent that is left over in dividing goes to the
largest remainder, then to the order that comes first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Kind(StrEnum):
    """What an order is for (ieturējuma veids). Of one rank, they are taken in this order."""

    MAINTENANCE = "maintenance"
    ENFORCEMENT = "enforcement"
    RECOVERY = "recovery"


_KINDS = tuple(Kind)


@dataclass(frozen=True)
class Rule:
    """How much may be withheld from a payment of a right by orders of a kind.

    Attributes:
        percent: 0 to 100, of the whole payment, or with `of_excess` of what is above the floor.
        floor: cents that the payee keeps in any case; with children in their care `floor_child` more for each, but not
            above `floor_children_most` for all.
    """

    percent: int
    of_excess: bool = False
    floor: int = 0
    floor_child: int = 0
    floor_children_most: int = 0

    def kept(self, children: int) -> int:
        """Cents that the payee keeps in any case."""
        return self.floor + min(children * self.floor_child, self.floor_children_most)

    def room(self, cents: int, children: int) -> int:
        """Cents that may be withheld from a payment."""
        excess = max(0, cents - self.kept(children))
        return min(excess, (excess if self.of_excess else cents) * self.percent // 100)


@dataclass(frozen=True)
class Payment:
    """A line that is about to be paid: its name, the code of the right and its cents."""

    line: int
    code: str
    cents: int


@dataclass(frozen=True)
class Order:
    """An order in force (ieturējuma pamats): the cents it may still take in this run, all limits of its own counted.

    A lower rank comes first. `children` are the minors in the debtor's care whom the order names.
    """

    id: uuid.UUID
    kind: Kind
    rank: int
    left: int
    children: int = 0


@dataclass(frozen=True)
class Deduction:
    """What is kept back from one line for one order (ieturējums), in cents."""

    line: int
    order: uuid.UUID
    cents: int


Rules = Mapping[tuple[str, Kind], Rule]
"""By the code of the right and the kind of order. What has no rule is not touched."""


def withhold(payments: Iterable[Payment], orders: Iterable[Order], rules: Rules) -> tuple[Deduction, ...]:
    """What is kept back from the payments of one payee, by line and then in the order in which it was taken.

    The same payments and orders give the same deductions, in whatever order they are given.
    """
    ranked = sorted(orders, key=_turn)
    children = max((one.children for one in ranked), default=0)
    left = {one.id: one.left for one in ranked}
    found: list[Deduction] = []
    for payment in sorted(payments, key=lambda one: one.line):
        for one in _from_payment(payment, ranked, children, left, rules):
            left[one.order] -= one.cents
            found.append(one)
    return tuple(found)


def _turn(order: Order) -> tuple[int, int, uuid.UUID]:
    return order.rank, _KINDS.index(order.kind), order.id


def _from_payment(
    payment: Payment, ranked: Sequence[Order], children: int, left: Mapping[uuid.UUID, int], rules: Rules
) -> list[Deduction]:
    taken = 0
    found = []
    for (_, kind), group in groupby(ranked, key=lambda one: (one.rank, one.kind)):
        rule = rules.get((payment.code, kind))
        if rule is None:
            continue
        equals = list(group)
        parts = divided(rule.room(payment.cents, children) - taken, [left[one.id] for one in equals])
        found += [Deduction(payment.line, one.id, cents) for one, cents in zip(equals, parts, strict=True) if cents]
        taken += sum(parts)
    return found


def divided(cents: int, wanted: Sequence[int]) -> list[int]:
    """Cents divided by what each wants, in proportion; nobody gets more than that.

    What is left over in rounding goes by single cents to the largest remainders, the first of equal ones first.
    """
    whole = sum(wanted)
    if cents >= whole:
        return list(wanted)
    if cents <= 0:
        return [0] * len(wanted)
    parts = [cents * one // whole for one in wanted]
    by_remainder = sorted(range(len(wanted)), key=lambda nth: (-(cents * wanted[nth] % whole), nth))
    for nth in by_remainder[: cents - sum(parts)]:
        parts[nth] += 1
    return parts


def instalments(cents: int, months: int) -> list[int]:
    """A sum in so many monthly parts, as equal as cents allow; the earlier ones carry what does not divide.

    Raises:
        ValueError: there is less than a month, or less than a cent for each.
    """
    if not 1 <= months <= cents:
        raise ValueError(f"expected at least one month, and a cent for each; found {cents} cents in {months} months")
    part, more = divmod(cents, months)
    return [part + (nth < more) for nth in range(months)]

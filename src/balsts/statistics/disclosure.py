"""Disclosure control (statistiskā konfidencialitāte): what of counted cells may be shown, and how coarsely.

Pure functions of whole numbers. The four steps, in order; `docs/developers/statistics.md` says why each is there:

1. **Settling.** A cell that was shown before keeps what it rested on until it differs by `FEWEST` persons or more, so
   that the difference of two refreshes is never about fewer.
2. **Threshold.** A cell with fewer than `FEWEST` persons behind it is suppressed, its amount with it; so is a cell of
   whose amount one person has more than half.
3. **Secondary suppression.** More cells are suppressed until nobody who knows every shown cell *to the unit*, and adds
   and subtracts as all relations between cells allow, can tell a small cell from one that is not small.
4. **Rounding.** Counts to the nearest five. Amounts as if the rounded count had been paid the true average, and that to
   a step of five averages or more: an amount says no more of a count than the count itself does.

A cell that is not there is zero, and zero is shown: it is a fact about a rule's reach, not about somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

FEWEST = 5
"""Of fewer persons than this nothing is shown."""
BASE = 5
"""Counts are shown as multiples of this."""
_WIDE = Fraction(1, 5)
"""By how much of itself, upwards and downwards, an amount that is suppressed must stay unknown."""
_STEPS = (1, 2, 5)

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Cell:
    """What was counted in one cell.

    Attributes:
        persons: different persons behind it.
        number: what is counted: persons, or applications and the like.
        cents: of all of them; 0 where no money is counted.
        largest: cents of the person who has most.
    """

    persons: int
    number: int
    cents: int = 0
    largest: int = 0

    @property
    def is_sensitive(self) -> bool:
        """Whether it says something of few."""
        few = 0 < self.persons < FEWEST or 0 < self.number < FEWEST
        return few or (self.cents > 0 and 2 * self.largest > self.cents)


@dataclass(frozen=True)
class Relation(Generic[Key]):
    """That cells are the parts of another: their amounts add up to its amount.

    Attributes:
        adds: whether their counts do too. Where not, somebody may be in several parts: the whole is at least its
            largest part and at most their sum.
    """

    whole: Key
    parts: tuple[Key, ...]
    adds: bool = True


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what and what a suppressed value must lie; `most` None: nothing bounds it."""

    least: int
    most: int | None

    def within(self, least: int, most: int | None) -> Bounds:
        """The narrower of both."""
        top = most if self.most is None else self.most if most is None else min(self.most, most)
        return Bounds(max(self.least, least), top)


_BOUNDLESS = Bounds(1, None)


# -- what can be worked out --------------------------------------------------------------------------------------------


def worked_out(
    values: Mapping[Key, int], hidden: Iterable[Key], relations: Sequence[Relation[Key]]
) -> dict[Key, Bounds]:
    """What follows of suppressed values for whoever knows all others to the unit, and that each is 1 or more.

    Narrows bounds by one relation after another until nothing changes. Where relations form a tree, no narrower bounds
    follow from them (tests count out all solutions).
    """
    known = values.keys() - set(hidden)
    found = {key: Bounds(value, value) if key in known else _BOUNDLESS for key, value in values.items()}
    changed = True
    while changed:
        changed = False
        for relation in relations:
            for key, bounds in _narrowed(relation, found, known):
                changed |= bounds != found[key]
                found[key] = bounds
    return {key: found[key] for key in values if key not in known}


def _narrowed(relation: Relation[Key], found: Mapping[Key, Bounds], known: Set[Key]) -> Iterator[tuple[Key, Bounds]]:
    """Narrower bounds of a relation's suppressed values."""
    whole, parts = found.get(relation.whole), [one for one in relation.parts if one in found]
    if whole is None or not parts or all(one in known for one in (relation.whole, *parts)):
        return
    lows = [found[one].least for one in parts]
    highs = [found[one].most for one in parts]
    low, high, boundless = sum(lows), sum(one or 0 for one in highs), sum(one is None for one in highs)
    if relation.whole not in known:
        yield relation.whole, whole.within(low if relation.adds else max(lows), None if boundless else high)
    for part, its_low, its_high in zip(parts, lows, highs, strict=True):
        if part not in known:
            others = None if boundless - (its_high is None) else high - (its_high or 0)
            least = 1 if others is None else whole.least - others
            most = None if whole.most is None else whole.most - (low - its_low if relation.adds else 0)
            yield part, found[part].within(least, most)


# -- what is suppressed ------------------------------------------------------------------------------------------------


def suppressed(
    cells: Mapping[Key, Cell], relations: Sequence[Relation[Key]], *, hidden: Iterable[Key] = (),
    fixed: Iterable[Key] = (),
) -> frozenset[Key]:  # fmt: skip
    """The cells that are suppressed: those that say something of few, and those from which these could be worked out.

    Args:
        hidden: cells that are suppressed in any case.
        fixed: cells of which it is settled whether they are shown, by being in `hidden` or not.

    Raises:
        ValueError: the cells do not add up as relations say.
    """
    _require_sums(cells, relations)
    kept = frozenset(fixed)
    gone = {key for key, cell in cells.items() if key not in kept and cell.is_sensitive} | set(hidden)
    while (exposed := _exposed(cells, gone, relations)) is not None:
        more = _nearest(exposed, cells, gone | kept, relations)
        if more is None:
            break
        gone.add(more)
    return frozenset(gone)


def _require_sums(cells: Mapping[Key, Cell], relations: Sequence[Relation[Key]]) -> None:
    for relation in relations:
        parts = [cells[one] for one in relation.parts if one in cells]
        if relation.whole not in cells or not parts:
            continue
        whole = cells[relation.whole]
        numbers = [one.number for one in parts]
        fits = whole.number == sum(numbers) if relation.adds else max(numbers) <= whole.number <= sum(numbers)
        if not fits or whole.cents != sum(one.cents for one in parts):
            raise ValueError(f"{relation.whole}: the parts {relation.parts} do not add up to the whole.")


def _exposed(cells: Mapping[Key, Cell], gone: set[Key], relations: Sequence[Relation[Key]]) -> Key | None:
    """A suppressed cell of few of which too much can be worked out; None: there is none."""
    few = [key for key, cell in cells.items() if key in gone and cell.is_sensitive]
    if not few:
        return None
    numbers = worked_out({key: cell.number for key, cell in cells.items()}, gone, relations)
    for key in few:
        if not _is_wide(cells[key].number, numbers[key], counts=True):
            return key
    adding = [Relation(one.whole, one.parts) for one in relations]
    cents = worked_out({key: cell.cents for key, cell in cells.items() if cell.cents}, _with_money(cells, gone), adding)
    for key in few:
        if cells[key].cents and not _is_wide(cells[key].cents, cents[key], counts=False):
            return key
    return None


def _with_money(cells: Mapping[Key, Cell], gone: set[Key]) -> list[Key]:
    return [key for key in gone if key in cells and cells[key].cents]


def _is_wide(value: int, bounds: Bounds, *, counts: bool) -> bool:
    """Whether a value stays as unknown as it must: a small count may be five numbers, one of them not small."""
    if counts and value < FEWEST:
        return bounds.most is None or (bounds.most >= FEWEST and bounds.most - bounds.least >= FEWEST - 1)
    slack = max(1, int(value * _WIDE))
    return bounds.least <= max(1, value - slack) and (bounds.most is None or bounds.most >= value + slack)


def _nearest(
    exposed: Key, cells: Mapping[Key, Cell], taken: set[Key] | frozenset[Key], relations: Sequence[Relation[Key]]
) -> Key | None:
    """The cell to suppress next: of the relations nearest to an exposed cell the smallest, a part before a whole."""
    reached = {exposed}
    while True:
        near = [one for one in relations if reached & {one.whole, *one.parts}]
        wholes = {one.whole for one in near}
        found = {key for one in near for key in (one.whole, *one.parts) if key in cells}
        free = [key for key in found if key not in taken and cells[key].number > 0]
        if free:
            return min(free, key=lambda key: (key in wholes, cells[key].number, str(key)))
        if found <= reached:
            return None
        reached |= found


# -- how coarsely ------------------------------------------------------------------------------------------------------


def rounded(number: int) -> int:
    """A count to the nearest five; what is shown at all is never rounded to nothing."""
    return 0 if number == 0 else max(BASE, (number + BASE // 2) // BASE * BASE)


def rounded_cents(cents: int, number: int) -> int:
    """An amount of so many as it may be shown: the rounded count paid the true average, to a step of five averages."""
    if cents == 0:
        return 0
    step = step_of(Fraction(cents, number))
    return max(1, round(Fraction(cents * rounded(number), number) / step)) * step


def step_of(average: Fraction) -> int:
    """The step for amounts of an average in cents: 1, 2 or 5 with noughts, euros, and no less than five averages."""
    scale = 100
    while True:
        for one in _STEPS:
            if one * scale >= BASE * average:
                return one * scale
        scale *= 10


# -- what was shown before ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block(Generic[Key]):
    """The cells of a period that are shown together: what they rest on, and which are suppressed.

    Attributes:
        is_kept: what was shown before stays, though there is news: to show it would tell of few.
    """

    cells: Mapping[Key, Cell]
    hidden: frozenset[Key]
    is_kept: bool = False


def settled(before: Cell | None, now: Cell | None) -> Cell | None:
    """What a cell rests on after a refresh, when it rested on something before; None: zero."""
    old, new = before or Cell(0, 0), now or Cell(0, 0)
    if abs(new.number - old.number) >= FEWEST or abs(new.persons - old.persons) >= FEWEST:
        return now
    if not old.number or abs(new.cents - old.cents) * old.number < FEWEST * old.cents:
        return before
    if not new.number:
        return before
    return Cell(old.persons, old.number, new.cents * old.number // new.number, new.largest)


def block_of(
    cells: Mapping[Key, Cell], relations: Sequence[Relation[Key]], before: Block[Key] | None = None
) -> Block[Key]:
    """The block of a period for cells that were counted anew.

    What was suppressed and what was not stays as it was shown first: a pattern that changes would let whoever kept the
    earlier one take the two apart. Then the earlier block stays whole.

    Raises:
        ValueError: the cells do not add up as relations say.
    """
    hidden = suppressed(cells, relations)
    return Block(dict(cells), hidden) if before is None else revised(before, cells, hidden)


def revised(before: Block[Key], cells: Mapping[Key, Cell], hidden: frozenset[Key]) -> Block[Key]:
    """What is shown after a block was counted anew: news of five or more, if nothing else is suppressed by it."""
    if hidden != before.hidden:
        return Block(before.cells, before.hidden, is_kept=True)
    found = {key: settled(before.cells.get(key), cells.get(key)) for key in {*before.cells, *cells}}
    return Block({key: one for key, one in found.items() if one is not None and one.number}, hidden)

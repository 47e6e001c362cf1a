"""Drawing: rounding, choosing and matching, all vectorised and all from one seeded generator."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from balsts.population.synthesis.facts import Bools, Floats, Ints

_MATCHED_AGES = 160


class Draw:
    """A seeded source of every random choice of one block."""

    def __init__(self, generator: np.random.Generator) -> None:
        self.generator = generator

    def count(self, expected: float) -> int:
        """A whole number with the expected value given: 2.3 is 2 or, with probability 0.3, 3."""
        return int(np.floor(max(expected, 0.0) + self.generator.random()))

    def allocate(self, weights: Floats, total: int) -> Ints:
        """Share out exactly `total` in proportion to the weights, each count within one of its share."""
        if total == 0 or weights.sum() <= 0:
            return np.zeros(len(weights), dtype=np.int64)
        edges = np.cumsum(weights) / weights.sum() * total + self.generator.random()
        steps = np.minimum(np.floor(np.concatenate(([0.0], edges))), total)
        steps[-1] = total
        return np.diff(steps).astype(np.int64)

    def uniform(self, size: int) -> Floats:
        """Numbers from 0 to below 1."""
        return self.generator.random(size)

    def normal(self, size: int) -> Floats:
        """Standard normal numbers."""
        return self.generator.standard_normal(size)

    def happens(self, size: int, share: Floats | float) -> Bools:
        """True with the probability given."""
        return self.generator.random(size) < share

    def category(self, shares: Sequence[float] | Floats, size: int) -> Ints:
        """Positions drawn with the given shares."""
        cumulated = np.cumsum(np.asarray(shares, dtype=np.float64))
        return np.searchsorted(cumulated[:-1] / cumulated[-1], self.uniform(size), side="right").astype(np.int64)

    def shuffled(self, values: Ints) -> Ints:
        """The same values in random order."""
        return self.generator.permutation(values)

    def choose(self, pool: Ints, number: int, weight: Floats | None = None) -> Ints:
        """`number` different members of the pool, more likely where the weight is larger, never where it is 0."""
        if weight is not None:
            pool, weight = pool[weight > 0], weight[weight > 0]
        number = min(number, len(pool))
        if number <= 0:
            return np.zeros(0, dtype=np.int64)
        key = self.generator.standard_exponential(len(pool))
        if weight is not None:
            key /= weight
        if number == len(pool):
            return pool
        return pool[np.sort(np.argpartition(key, number - 1)[:number])]

    def choose_by_group(self, group: Ints, weight: Floats, quota: Ints) -> Bools:
        """True for `quota[g]` members of each group g, more likely where the weight is larger, never where it is 0."""
        with np.errstate(divide="ignore"):
            key = np.where(weight > 0, self.generator.standard_exponential(len(group)) / weight, np.inf)
        order = np.lexsort((key, group))
        sizes = np.bincount(group, minlength=len(quota))
        first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        rank = np.arange(len(group)) - np.repeat(first, sizes)
        chosen = np.zeros(len(group), dtype=np.bool_)
        chosen[order] = rank < np.repeat(quota, sizes)
        return chosen & (weight > 0)

    def match_by_age(self, wanted: Ints, available: Ints, reach: int) -> Ints:
        """For each wanted age a different available one of the nearest age.

        Args:
            wanted: ages asked for.
            available: ages there are.
            reach: how many years an age may be away from the one wanted.

        Returns:
            Positions in `available`, -1 where nobody is near enough.
        """
        answer = np.full(len(wanted), -1, dtype=np.int64)
        wanted = np.clip(wanted, 0, _MATCHED_AGES - 1)
        wanted_order = np.argsort(wanted + self.uniform(len(wanted)))
        available_order = np.argsort(available + self.uniform(len(available)))
        wanted_left = np.bincount(wanted, minlength=_MATCHED_AGES)
        available_left = np.bincount(available, minlength=_MATCHED_AGES)
        wanted_next = np.cumsum(wanted_left) - wanted_left
        available_next = np.cumsum(available_left) - available_left
        for shift in sorted(range(-reach, reach + 1), key=lambda years: (abs(years), years)):
            here = slice(max(0, -shift), _MATCHED_AGES - max(0, shift))
            there = slice(max(0, shift), _MATCHED_AGES - max(0, -shift))
            taken = np.minimum(wanted_left[here], available_left[there])
            if taken.any():
                asked = wanted_order[ranges(wanted_next[here], taken)]
                answer[asked] = available_order[ranges(available_next[there], taken)]
                wanted_left[here] -= taken
                wanted_next[here] += taken
                available_left[there] -= taken
                available_next[there] += taken
        return answer


def ranges(start: Ints, length: Ints) -> Ints:
    """The numbers start, start + 1, … of each range, one range after another."""
    offset = np.cumsum(length) - length
    return np.repeat(start - offset, length) + np.arange(int(length.sum()))


def ranks(values: Floats) -> Ints:
    """The rank of each value: 0 for the smallest."""
    rank = np.empty(len(values), dtype=np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank

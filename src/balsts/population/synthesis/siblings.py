"""Children who live with a parent, put together as brothers and sisters.

Everybody was drawn with an age already, so brothers and sisters are not drawn but found: an older one of the right
age is looked for among the children there are. Ages therefore stay exactly as published.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.draft import Draft, nobody
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import Floats, Ints, assumed, assumed_by_age, assumed_groups, rate
from balsts.population.synthesis.nuclei_counts import NucleiCounts

_ADULT = 18
_SHORTEST_GAP_DAYS = 280
_LARGEST = 12


@dataclass(frozen=True)
class Sibships:
    """Groups of brothers and sisters; the first `minor_count` groups hold the minors."""

    child: Ints
    group: Ints
    count: int
    minor_count: int


def form_sibships(draw: Draw, draft: Draft, minors: Ints, adults: Ints, counts: NucleiCounts) -> Sibships:
    """Group the minors, and as many of the adults as live with a parent.

    Args:
        draw: the source of random choices.
        draft: the persons.
        minors: children who live with a parent.
        adults: persons of 18 and over who may live with a parent.
        counts: how many families of each type there should be.
    """
    minor_groups = min(draw.count(counts.with_minors), len(minors))
    minor_group = _group_minors(draw, draft.age[minors], minor_groups)
    minor_groups = int(minor_group.max(initial=-1)) + 1
    grown = _grown_children(draw, draft, adults, counts)
    older = _older_siblings(draw, draft, minors, minor_group, minor_groups, grown, counts)
    rest = grown[older < 0]
    grown_groups = min(draw.count(counts.with_adult_children_only), len(rest))
    rest_group = _group_grown(draw, draft.age[rest], grown_groups)
    child = np.concatenate((minors, grown[older >= 0], rest))
    group = np.concatenate((minor_group, older[older >= 0], rest_group + minor_groups))
    sibships = Sibships(child, group, int(group.max(initial=-1)) + 1, minor_groups)
    _space_births(draft, sibships)
    return sibships


def _group_minors(draw: Draw, age: Ints, groups: int) -> Ints:
    """The group of each minor: the youngest of every group first, then older ones, round by round."""
    gap = np.array(list(assumed_groups("years_between_siblings").values()))
    is_older = _choose_older(draw, age, len(age) - groups, gap)
    group = nobody(len(age))
    youngest = np.flatnonzero(~is_older)
    group[youngest] = np.arange(len(youngest))
    eldest_age = age[youngest]
    waiting = np.flatnonzero(is_older)
    growing = np.arange(len(youngest))
    fits = np.concatenate((np.cumsum(gap), np.ones(_ADULT)))
    for number in _round_sizes(draw, len(youngest), len(waiting)):
        growing = draw.choose(growing, number, fits[np.maximum(_ADULT - 1 - eldest_age[growing], 0)])
        wanted = _older_age(draw, eldest_age[growing], gap)
        match = draw.match_by_age(wanted, age[waiting], reach=_ADULT)
        found = match >= 0
        growing = growing[found]
        joined = waiting[match[found]]
        group[joined] = growing
        eldest_age[growing] = np.maximum(eldest_age[growing], age[joined])
        waiting = np.setdiff1d(waiting, joined)
    group[waiting] = len(youngest) + np.arange(len(waiting))
    return group


def _choose_older(draw: Draw, age: Ints, number: int, gap: Floats) -> np.ndarray:
    """Which minors have a younger brother or sister at home: as many at each age as the gaps between births give."""
    present = np.bincount(age, minlength=_ADULT).astype(np.float64)
    expected = np.convolve(present, gap)[:_ADULT]
    most = assumed("most_older_siblings_of_an_age")
    for _ in range(8):  # the share at one age is limited; what it cannot take goes to the others
        expected = np.minimum(expected * (number / max(expected.sum(), 1.0)), most * present)
    quota = np.minimum(draw.allocate(expected, number), present.astype(np.int64))
    return draw.choose_by_group(age, np.ones(len(age)), quota)


def _round_sizes(draw: Draw, groups: int, waiting: int) -> list[int]:
    """How many groups take a second, a third, … child, as in the census, ending when nobody is waiting."""
    shares = [rate(f"share_of_households_with_minors_having_{key}") for key in ("2", "3_plus")]
    second, third = draw.count(groups * (shares[0] + shares[1])), draw.count(groups * shares[1])
    sizes = [min(second, waiting), min(third, max(waiting - second, 0))]
    left = waiting - sum(sizes)
    ratio = left / max(left + sizes[1], 1)
    while left > 0 and len(sizes) < _LARGEST:
        sizes.append(min(max(int(np.ceil(sizes[-1] * ratio)), 1), left))
        left -= sizes[-1]
    return sizes


def _older_age(draw: Draw, age: Ints, gap: Floats) -> Ints:
    """The age of an older brother or sister who is a minor as well."""
    older = age + draw.category(gap, len(age))
    again = older >= _ADULT
    older[again] = age[again] + draw.category(gap[: _ADULT // 4], int(again.sum()))
    return np.minimum(older, _ADULT - 1)


def _grown_children(draw: Draw, draft: Draft, adults: Ints, counts: NucleiCounts) -> Ints:
    """Adults who live with a parent: those of the families with adult children, and older ones beside minors."""
    number = counts.with_adult_children_only * assumed("adult_children_per_family") + counts.older_siblings
    share = np.where(
        draft.is_man[adults],
        assumed_by_age("lives_with_parent", sex="M")[draft.age[adults]],
        assumed_by_age("lives_with_parent", sex="F")[draft.age[adults]],
    )
    # Without replacement, an age with a high share would be emptied; -log(1 - share) keeps the shares in proportion.
    return draw.choose(adults, draw.count(number), -np.log1p(-share))


def _older_siblings(
    draw: Draw, draft: Draft, minors: Ints, minor_group: Ints, groups: int, grown: Ints, counts: NucleiCounts
) -> Ints:
    """For each grown child the group of minors it belongs to, or -1."""
    eldest = np.zeros(groups, dtype=np.int64)
    np.maximum.at(eldest, minor_group, draft.age[minors])
    number = draw.count(counts.older_siblings)
    gap = np.array(list(assumed_groups("years_between_siblings").values()))
    host = draw.choose(np.arange(groups), number, np.maximum(eldest - float(_ADULT - len(gap)), 0.0))
    wanted = np.maximum(eldest[host] + draw.category(gap, len(host)), _ADULT)
    match = draw.match_by_age(wanted, draft.age[grown], reach=6)
    group = nobody(len(grown))
    group[match[match >= 0]] = host[match >= 0]
    return group


def _group_grown(draw: Draw, age: Ints, groups: int) -> Ints:
    """Grown children without minor siblings: one in each group, then further ones of about their age."""
    order = draw.shuffled(np.arange(len(age)))
    first, rest = order[:groups], order[groups:]
    group = nobody(len(age))
    group[first] = np.arange(groups)
    hosts = draw.choose(np.arange(groups), len(rest))
    gap = draw.category(list(assumed_groups("years_between_siblings").values()), len(hosts))
    match = draw.match_by_age(age[first[hosts]] + gap, age[rest], reach=15)
    found = match >= 0
    group[rest[match[found]]] = hosts[found]
    alone = np.flatnonzero(group < 0)
    group[alone] = groups + np.arange(len(alone))
    return group


def _space_births(draft: Draft, sibships: Sibships) -> None:
    """Brothers and sisters less than nine months apart become twins; one who comes close to twins is born later."""
    order = np.lexsort((draft.born[sibships.child], sibships.group))
    child, group = sibships.child[order], sibships.group[order]
    born = draft.born[child].copy()
    first = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(np.append(first, len(group)))
    for number in range(1, int(sizes.max(initial=0))):
        here = first[sizes > number] + number
        before = born[here - 1]
        are_twins = (born[here - 2] == before) if number > 1 else np.zeros(len(here), dtype=np.bool_)
        later = np.where(are_twins, before + _SHORTEST_GAP_DAYS, before)
        later = np.where(later < draft.calendar.end, later, before)
        born[here] = np.where(born[here] - before < _SHORTEST_GAP_DAYS, later, born[here])
    moved = born != draft.born[child]
    draft.move_birth(child[moved], born[moved])

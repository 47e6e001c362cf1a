"""Family nuclei: mothers and fathers for the children, partners, and couples without children."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.draft import Draft, nobody
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import Bools, Ints, assumed, assumed_by_age, fertility_pattern, published
from balsts.population.synthesis.nuclei_counts import NucleiCounts
from balsts.population.synthesis.siblings import Sibships

_ADULT = 18
_REACH = 10


@dataclass
class Nuclei:
    """Families: the head (a woman where there is one), the partner or -1; each person's family is `draft.home`."""

    head: Ints
    partner: Ints
    has_minors: Bools

    def __len__(self) -> int:
        """How many families."""
        return len(self.head)


def form_nuclei(draw: Draw, draft: Draft, sibships: Sibships, adults: Ints, counts: NucleiCounts) -> Nuclei:
    """Give every sibship a mother or father, and mothers and other women partners.

    Children for whom nobody of a fitting age is there (in very small populations only) stay without a home.
    """
    eldest, mother_age = _wanted_mothers(draw, draft, sibships)
    women, men = adults[~draft.is_man[adults]], adults[draft.is_man[adults]]
    is_lone_father = _lone_fathers(draw, sibships, counts)
    head = nobody(sibships.count)
    free_women = _seat(draw, draft, head, eldest, mother_age, women, np.flatnonzero(~is_lone_father))
    free_men = _seat(
        draw,
        draft,
        head,
        eldest,
        mother_age + round(assumed("partner_age_gap_mean")),
        men,
        np.flatnonzero(is_lone_father),
    )
    has_partner = _who_has_partner(draw, head, mother_age, is_lone_father, sibships.minor_count, counts)
    weight = assumed_by_age("couple_without_children")[draft.age[free_women]]
    wives = draw.choose(free_women, draw.count(counts.couples_without_children), weight)
    seated = np.flatnonzero(head >= 0)
    nuclei = Nuclei(
        np.concatenate((head[seated], wives)),
        nobody(len(seated) + len(wives)),
        np.concatenate((seated < sibships.minor_count, np.zeros(len(wives), dtype=np.bool_))),
    )
    couples = np.concatenate((np.flatnonzero(has_partner[seated]), len(seated) + np.arange(len(wives))))
    _find_partners(draw, draft, nuclei, couples, free_men)
    keep = np.ones(len(nuclei), dtype=np.bool_)
    keep[len(seated) :] = nuclei.partner[len(seated) :] >= 0
    nuclei = Nuclei(nuclei.head[keep], nuclei.partner[keep], nuclei.has_minors[keep])
    _settle(draft, nuclei, sibships, np.searchsorted(seated, sibships.group), head[sibships.group] >= 0)
    _marry(draw, draft, nuclei, len(seated), counts)
    _name_parents(draw, draft, nuclei, sibships)
    return nuclei


def _wanted_mothers(draw: Draw, draft: Draft, sibships: Sibships) -> tuple[Ints, Ints]:
    """For each sibship the eldest child, and how old the mother should be by the births of that child's years."""
    order = np.lexsort((draft.born[sibships.child], sibships.group))
    child, group = sibships.child[order], sibships.group[order]
    first = np.flatnonzero(np.diff(group, prepend=-1))
    last = np.append(first[1:], len(group)) - 1 if len(group) else first
    eldest, youngest = child[first], child[last]
    years, pattern = fertility_pattern()
    period = np.clip((draft.born[eldest] / 365.2425 + 1970 - years[0] + 2.5) // 5, 0, len(years) - 1).astype(np.int64)
    five_years = (draw.uniform(len(eldest))[:, None] > pattern[period]).sum(axis=1)
    earlier = published("mean_age_of_mother") - published("mean_age_of_mother_first_birth")
    at_birth = 15 + 5 * five_years + 5 * draw.uniform(len(eldest)) - earlier
    span = draft.age[eldest] - draft.age[youngest]
    youngest_mother, oldest_mother = assumed("youngest_mother"), assumed("oldest_mother")
    at_birth = np.clip(at_birth, youngest_mother, np.maximum(oldest_mother - span, youngest_mother))
    return eldest, (draft.age[eldest] + np.floor(at_birth)).astype(np.int64)


def _lone_fathers(draw: Draw, sibships: Sibships, counts: NucleiCounts) -> Bools:
    """Which sibships live with their father alone."""
    is_lone_father = np.zeros(sibships.count, dtype=np.bool_)
    groups = np.arange(sibships.count)
    for among, share in (
        (groups[: sibships.minor_count], counts.lone_fathers_with_minors / counts.with_minors),
        (groups[sibships.minor_count :], counts.lone_fathers_with_adult_children / counts.with_adult_children_only),
    ):
        is_lone_father[draw.choose(among, draw.count(share * len(among)))] = True
    return is_lone_father


def _seat(draw: Draw, draft: Draft, head: Ints, eldest: Ints, wanted: Ints, pool: Ints, groups: Ints) -> Ints:
    """Find a head for the groups, families with minors first; returns those of the pool who are still free."""
    match = draw.match_by_age(wanted[groups], draft.age[pool], _REACH)
    found = np.flatnonzero(match >= 0)
    chosen, seated = pool[match[found]], groups[found]
    fits = draft.may_be_parent(chosen, eldest[seated]) & (draft.age[chosen] >= _ADULT)
    head[seated[fits]] = chosen[fits]
    return np.setdiff1d(pool, chosen[fits])


def _who_has_partner(
    draw: Draw, head: Ints, age: Ints, is_lone_father: Bools, minor_count: int, counts: NucleiCounts
) -> Bools:
    """Mothers with a partner: as many as there are couples with children; older mothers are widowed more often."""
    mothers = np.flatnonzero((head >= 0) & ~is_lone_father)
    has_partner = np.zeros(len(head), dtype=np.bool_)
    with_minors = mothers[mothers < minor_count]
    share = counts.couples_with_minors / (counts.couples_with_minors + counts.lone_mothers_with_minors)
    has_partner[draw.choose(with_minors, draw.count(share * len(with_minors)))] = True
    with_grown = mothers[mothers >= minor_count]
    couples = counts.couples_with_adult_children
    share = couples / (couples + counts.lone_mothers_with_adult_children)
    weight = np.exp2((50.0 - age[with_grown]) / assumed("widowhood_halving_years"))
    has_partner[draw.choose(with_grown, draw.count(share * len(with_grown)), weight)] = True
    return has_partner


def _find_partners(draw: Draw, draft: Draft, nuclei: Nuclei, couples: Ints, men: Ints) -> None:
    """A man for each couple, a few years older than the woman on average."""
    age = draft.age[nuclei.head[couples]]
    gap = assumed("partner_age_gap_mean") + assumed("partner_age_gap_spread") * draw.normal(len(couples))
    wanted = np.maximum(np.rint(age + gap).astype(np.int64), _ADULT)
    match = draw.match_by_age(wanted, draft.age[men], reach=15)
    nuclei.partner[couples[match >= 0]] = men[match[match >= 0]]


def _settle(draft: Draft, nuclei: Nuclei, sibships: Sibships, nucleus: Ints, has_head: Bools) -> None:
    """Note the home of every head, partner and child."""
    number = np.arange(len(nuclei))
    draft.home[nuclei.head] = number
    couples = nuclei.partner >= 0
    draft.home[nuclei.partner[couples]] = number[couples]
    draft.relations["partner"][nuclei.head] = nuclei.partner
    draft.relations["partner"][nuclei.partner[couples]] = nuclei.head[couples]
    draft.home[sibships.child[has_head]] = nucleus[has_head]


def _marry(draw: Draw, draft: Draft, nuclei: Nuclei, with_children: int, counts: NucleiCounts) -> None:
    """Married couples, in the published share of each type."""
    is_couple = nuclei.partner >= 0
    has_children = np.arange(len(nuclei)) < with_children
    for of_type, share in (
        (nuclei.has_minors, counts.married_with_minors / counts.couples_with_minors),
        (has_children & ~nuclei.has_minors, counts.married_with_adult_children / counts.couples_with_adult_children),
        (~has_children, counts.married_without_children / counts.couples_without_children),
    ):
        couples = np.flatnonzero(is_couple & of_type)
        married = draw.choose(couples, draw.count(share * len(couples)))
        draft.is_married[nuclei.head[married]] = True
        draft.is_married[nuclei.partner[married]] = True


def _name_parents(draw: Draw, draft: Draft, nuclei: Nuclei, sibships: Sibships) -> None:
    """The head is a parent of all; the partner too, unless a stepparent or not old enough."""
    child = sibships.child[draft.home[sibships.child] >= 0]
    head, partner = nuclei.head[draft.home[child]], nuclei.partner[draft.home[child]]
    draft.relations["parent_1"][child] = head
    is_father = ~draw.happens(len(nuclei), assumed("stepfather_share"))[draft.home[child]] & (partner >= 0)
    is_father &= draft.may_be_parent(partner, child)
    draft.relations["parent_2"][child[is_father]] = partner[is_father]

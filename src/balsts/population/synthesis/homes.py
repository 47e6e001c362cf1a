"""Households: who lives alone, which families share a home, and who lives with a family."""

from __future__ import annotations

import numpy as np

from balsts.population.synthesis.draft import Draft
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import Ints, assumed, assumed_by_age, published, rate
from balsts.population.synthesis.nuclei import Nuclei

_REACH = 8


def form_homes(draw: Draw, draft: Draft, nuclei: Nuclei, alone: Ints, residents: Ints) -> None:
    """Give everybody a home: a number of its own for each household.

    Args:
        draw: the source of random choices.
        draft: the persons; members of families have the number of their family as their home.
        nuclei: the families.
        alone: adults without a family.
        residents: persons in institutions, each a household of one.
    """
    shared = np.arange(len(nuclei))
    hosts = _join_generations(draw, draft, nuclei, shared)
    singles, others = _living_alone(draw, draft, alone, len(draft) - len(residents))
    others = _join_grandparents(draw, draft, nuclei, others, hosts)
    groups, others = _non_family(draw, draft, others)
    is_member = draft.home >= 0
    draft.home[is_member] = shared[draft.home[is_member]]
    next_home = len(nuclei)
    for person, group in ((singles, np.arange(len(singles))), groups, (residents, np.arange(len(residents)))):
        draft.home[person] = next_home + group
        next_home += int(group.max(initial=-1)) + 1
    _lodge(draw, draft, others, next_home)


def _join_generations(draw: Draw, draft: Draft, nuclei: Nuclei, shared: Ints) -> Ints:
    """Let some families live with the parents of the mother, father or woman; returns the families that are free."""
    count = np.bincount(draft.home[draft.home >= 0], minlength=len(nuclei)).astype(np.float64)
    age = draft.age[nuclei.head]
    # Larger families weigh more: most households of six and more are made of two families.
    weight = np.where(
        (age >= 18) & (age <= assumed("oldest_living_with_parents")), count ** assumed("joining_size_power"), 0.0
    )
    families = np.arange(len(nuclei))
    number = draw.count(len(nuclei) * assumed("families_living_with_grandparents"))
    younger = draw.choose(families, number, weight)
    free = np.setdiff1d(families, younger)
    hosts = free[age[free] >= assumed("youngest_grandparent")]
    wanted = age[younger] + _generation(draw, len(younger))
    match = draw.match_by_age(wanted, age[hosts], _REACH)
    younger, host = younger[match >= 0], hosts[match[match >= 0]]
    shared[younger] = host
    _name_grandparents(draw, draft, nuclei, younger, nuclei.head[host], nuclei.partner[host])
    return np.setdiff1d(free, host)


def _generation(draw: Draw, size: int) -> Ints:
    """Years between parents and their grown children."""
    years = assumed("generation_years") + assumed("generation_spread") * draw.normal(size)
    return np.rint(years).astype(np.int64)


def _name_grandparents(draw: Draw, draft: Draft, nuclei: Nuclei, families: Ints, elder: Ints, second: Ints) -> None:
    """The elder and her partner are parents of the head or, in half of the couples, of the partner."""
    child = nuclei.head[families].copy()
    partner = nuclei.partner[families]
    by_partner = (partner >= 0) & draw.happens(len(families), assumed("grandparents_are_of_partner"))
    child[by_partner] = partner[by_partner]
    fits = draft.may_be_parent(elder, child) & (draft.relations["parent_1"][child] < 0)
    draft.relations["parent_1"][child[fits]] = elder[fits]
    fits &= second >= 0
    fits[fits] = draft.may_be_parent(second[fits], child[fits])
    draft.relations["parent_2"][child[fits]] = second[fits]


def _living_alone(draw: Draw, draft: Draft, alone: Ints, in_homes: int) -> tuple[Ints, Ints]:
    """One-person households: the published share of households and of women among them."""
    number = in_homes / published("mean_household_size") * rate("share_of_households_of_1")
    women = draw.count(number * rate("share_of_women_living_alone"))
    weight = assumed_by_age("lives_alone")[draft.age[alone]]
    is_man = draft.is_man[alone]
    quota = np.array([women, draw.count(number - women)], dtype=np.int64)
    chosen = draw.choose_by_group(is_man.astype(np.int64), weight, quota)
    return alone[chosen], alone[~chosen]


def _join_grandparents(draw: Draw, draft: Draft, nuclei: Nuclei, others: Ints, hosts: Ints) -> Ints:
    """Older persons without a family who live with the family of a son or daughter; returns the rest."""
    is_old = draft.age[others] >= assumed("youngest_elder")
    elders = others[is_old]
    elders = draw.choose(elders, draw.count(len(elders) * assumed("elders_living_with_family")))
    wanted = draft.age[elders] - _generation(draw, len(elders))
    match = draw.match_by_age(wanted, draft.age[nuclei.head[hosts]], _REACH)
    found = match >= 0
    elders, family = elders[found], hosts[match[found]]
    _name_grandparents(draw, draft, nuclei, family, elders, np.full(len(elders), -1, dtype=np.int64))
    draft.home[elders] = family
    return np.setdiff1d(others, elders)


def _non_family(draw: Draw, draft: Draft, others: Ints) -> tuple[tuple[Ints, Ints], Ints]:
    """Persons of about the same age who share a home without being a family, in twos and threes; and the rest."""
    number = draw.count(len(others) * assumed("others_sharing_without_family"))
    sharing = draw.choose(others, number)
    rest = np.setdiff1d(others, sharing)
    sharing = sharing[
        np.argsort(draft.age[sharing] + assumed("sharing_age_spread") * draw.normal(len(sharing)), kind="stable")
    ]
    sizes = 2 + draw.happens(len(sharing), assumed("sharing_in_threes")).astype(np.int64)
    group = np.repeat(np.arange(len(sharing)), sizes)[: len(sharing)]
    return (sharing, group), rest


def _lodge(draw: Draw, draft: Draft, others: Ints, next_home: int) -> None:
    """Everybody else lives with a family to which no relation is stated; without any, alone."""
    homes = np.unique(draft.home[draft.home >= 0])
    size = np.bincount(draft.home[draft.home >= 0])[homes] if len(homes) else homes
    homes = homes[size > 1]
    if len(homes) == 0:
        draft.home[others] = next_home + np.arange(len(others))
        return
    weight = np.power(size[size > 1].astype(np.float64), assumed("lodging_size_power"))
    draft.home[others] = homes[draw.category(weight, len(others))]

"""Children in out-of-family care and adopted children, and the families they live in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.draft import Draft
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import Ints, assumed, assumed_by_age, assumed_groups, per_person, published
from balsts.population.synthesis.nuclei import Nuclei

_SHORTEST_DISTANCE_DAYS = 18 * 366


@dataclass(frozen=True)
class Placement:
    """A kind of care: how many children, how they are grouped and who takes them."""

    kind: str
    children: float
    relation: str
    second_relation: str = ""
    couples_share: float = 0.0


def placements(calendar: Calendar) -> tuple[Placement, ...]:
    """The kinds of care, with the children there are for each inhabitant in the month."""
    emergency = per_person("ukrainian_children_with_emergency_guardian") if calendar.has_ukrainian_civilians else 0.0
    wards = per_person("guardians") * _mean_group("guardian")
    couples = assumed("foster_couples")
    return (
        Placement("guardian", wards, "guardian"),
        Placement("emergency", emergency, "guardian"),
        Placement("foster", per_person("foster_children"), "foster_parent_1", "foster_parent_2", couples),
        Placement("adoptive", per_person("adopted_children"), "adoptive_parent_1", "adoptive_parent_2", 1.0),
        Placement("preadoption", per_person("preadoption_carers"), "preadoption_carer", couples_share=1.0),
    )


def _mean_group(kind: str) -> float:
    """Mean number of children in one family of this kind."""
    shares = np.array(list(assumed_groups(f"children_per_{kind}_family").values()))
    return float((shares * np.arange(1, len(shares) + 1)).sum() / shares.sum())


def choose_placed(draw: Draw, draft: Draft, minors: Ints) -> tuple[dict[str, Ints], Ints]:
    """Minors in each kind of care, and those who are in none."""
    placed: dict[str, Ints] = {}
    for placement in placements(draft.calendar):
        number = draw.count(placement.children * len(draft))
        weight = assumed_by_age("child_in_care", group=placement.kind)[draft.age[minors]]
        chosen = draw.choose(minors, number, weight)
        placed[placement.kind] = draw.shuffled(chosen)
        minors = np.setdiff1d(minors, chosen)
    return placed, minors


def place(draw: Draw, draft: Draft, nuclei: Nuclei, placed: dict[str, Ints], alone: Ints) -> Nuclei:
    """Let the placed children move in with couples, mothers and women who live without a family.

    A woman without a family becomes the head of one. Children for whom nobody is found stay without a home.
    """
    for placement in placements(draft.calendar):
        children = placed[placement.kind]
        if len(children):
            group = _groups(draw, placement.kind, len(children))
            nuclei, alone = _take_in(draw, draft, nuclei, placement, children, group, alone)
    return nuclei


def _groups(draw: Draw, kind: str, children: int) -> Ints:
    """The family of each child; the families have the assumed sizes, but for what is left over or missing."""
    shares = np.array(list(assumed_groups(f"children_per_{kind}_family").values()))
    families = max(draw.count(children / _mean_group(kind)), 1)
    sizes = draw.shuffled(np.repeat(np.arange(len(shares)) + 1, draw.allocate(shares, families)))
    group = np.repeat(np.arange(families), sizes)[:children]
    missing = np.floor(draw.uniform(children - len(group)) * families).astype(np.int64)
    return np.unique(np.concatenate((group, missing)), return_inverse=True)[1].astype(np.int64)


def _take_in(
    draw: Draw, draft: Draft, nuclei: Nuclei, placement: Placement, children: Ints, group: Ints, alone: Ints
) -> tuple[Nuclei, Ints]:
    eldest = np.zeros(int(group.max()) + 1, dtype=np.int64)
    np.maximum.at(eldest, group, draft.age[children])
    distance, spread = assumed_groups("carer_age_distance")[placement.kind], assumed("carer_age_spread")
    wanted = np.maximum(
        eldest + np.rint(distance + spread * draw.normal(len(eldest))).astype(np.int64), int(assumed("youngest_carer"))
    )
    couples_only = draw.happens(len(eldest), placement.couples_share)
    carer = np.full(len(eldest), -1, dtype=np.int64)
    couples, others = _hosts(draw, draft, nuclei, alone)
    for pool, asked in ((couples, np.flatnonzero(couples_only)), (others, np.flatnonzero(~couples_only))):
        match = draw.match_by_age(wanted[asked], draft.age[pool], reach=15)
        carer[asked[match >= 0]] = pool[match[match >= 0]]
    is_new = np.isin(alone, carer)
    first = len(nuclei)
    nuclei = Nuclei(
        np.concatenate((nuclei.head, alone[is_new])),
        np.concatenate((nuclei.partner, np.full(int(is_new.sum()), -1, dtype=np.int64))),
        np.concatenate((nuclei.has_minors, np.ones(int(is_new.sum()), dtype=np.bool_))),
    )
    draft.home[alone[is_new]] = first + np.arange(int(is_new.sum()))
    if placement.kind == "guardian":
        carer = _men_among_guardians(draw, draft, carer)
    _relate(draft, placement, children, carer[group])
    return nuclei, alone[~is_new]


def _men_among_guardians(draw: Draw, draft: Draft, carer: Ints) -> Ints:
    """In some couples the man is the guardian, so that the published share of guardians are men."""
    partner = np.where(carer >= 0, draft.relations["partner"][np.maximum(carer, 0)], -1)
    men = 1 - published("guardians_2020_women") / published("guardians_2020")
    share = men * len(carer) / max(int((partner >= 0).sum()), 1)
    return np.where((partner >= 0) & draw.happens(len(carer), min(share, 1.0)), partner, carer)


def _hosts(draw: Draw, draft: Draft, nuclei: Nuclei, alone: Ints) -> tuple[Ints, Ints]:
    """Women in couples, and women with or without one, in two lists; nobody who cares for a child already."""
    carers = np.concatenate([draft.relations[placement.relation] for placement in placements(draft.calendar)])
    heads = nuclei.head[~draft.is_man[nuclei.head] & ~np.isin(nuclei.head, carers)]
    oldest = assumed("oldest_carer")
    heads = draw.shuffled(heads[draft.age[heads] <= oldest])
    in_couple = draft.relations["partner"][heads] >= 0
    cut = len(heads) // 2
    is_first = in_couple & (np.arange(len(heads)) < cut)
    women = alone[~draft.is_man[alone] & (draft.age[alone] <= oldest)]
    return heads[is_first], np.concatenate((heads[~is_first], women))


def _relate(draft: Draft, placement: Placement, children: Ints, carer: Ints) -> None:
    """Note the carers of the children who found one, with eighteen years between them."""
    fits = (carer >= 0) & (draft.born[children] - draft.born[carer] >= _SHORTEST_DISTANCE_DAYS)
    children, carer = children[fits], carer[fits]
    draft.home[children] = draft.home[carer]
    draft.relations[placement.relation][children] = carer
    if placement.kind == "emergency":
        draft.is_emergency_ward[children] = True
    if placement.second_relation:
        partner = draft.relations["partner"][carer]
        second = (partner >= 0) & (draft.born[children] - draft.born[partner] >= _SHORTEST_DISTANCE_DAYS)
        draft.relations[placement.second_relation][children[second]] = partner[second]

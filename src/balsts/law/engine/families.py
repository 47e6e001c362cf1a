"""Families from the ties between the persons of one household.

Written over plain sequences of whole numbers, so that the very same text works out one household and, compiled, a
population. `start` is the position of the household's first person; links count from it, -1 points to nobody.
"""

from __future__ import annotations

from typing import Any


def better_payee(candidate: int, best: int, start: int, woman: int, sex: Any, born: Any) -> int:
    """Which of two adults is paid: the woman, else the older, else the one who comes first."""
    if candidate < 0:
        return best
    if best < 0:
        return candidate
    first, second = start + candidate, start + best
    if (sex[first] == woman) != (sex[second] == woman):
        return candidate if sex[first] == woman else best
    if born[first] != born[second]:
        return candidate if born[first] < born[second] else best
    return min(best, candidate)


def tie_household(
    start: int,
    size: int,
    woman: int,
    born: Any,
    sex: Any,
    present: Any,
    links: Any,
    partner: int,
    placements: Any,
    parents: Any,
    payee_links: Any,
    given_order: Any,
    family: Any,
    family_payee: Any,
    payees: Any,
    birth_order: Any,
    birth_rank: Any,
) -> None:
    """Fill the worked-out values of one household.

    Args:
        links: one row a link, one column a person; those who are absent are already taken out of it.
        partner: the row of `links` that is the partner.
        placements, parents: pairs (row of `links`, group); a group of a smaller number goes first.
        payee_links: pairs (row of `links`, row of `payees` it is a choice for).
        given_order: the order of birth that was stated, 0 when it was not.
        family, family_payee, payees, birth_order, birth_rank: filled.
    """
    for person in range(size):
        at = start + person
        family[at] = -1
        family_payee[at] = -1
        birth_rank[at] = 0
        for row in range(len(payees)):
            payees[row][at] = -1
        for pair in payee_links:
            best = payees[pair[1]][at]
            payees[pair[1]][at] = better_payee(links[pair[0]][at], best, start, woman, sex, born)
    for person in range(size):
        at = start + person
        if not present[at]:
            continue
        payee = _placement_payee(at, start, woman, born, sex, links, placements)
        if payee < 0:
            payee = _parents_payee(person, start, size, woman, born, sex, links, partner, placements, parents)
        if payee >= 0:
            family_payee[at] = payee
            _join_family(person, start, born, links, placements, parents, family, family_payee, birth_rank)
    for person in range(size):
        at = start + person
        birth_order[at] = given_order[at]
        if birth_order[at] == 0:
            birth_order[at] = 1 + _older_children_of_mother(person, start, size, woman, born, sex, links, parents)


def _join_family(
    person: int, start: int, born: Any, links: Any, placements: Any, parents: Any, family: Any, family_payee: Any,
    birth_rank: Any,
) -> None:  # fmt: skip
    """Put a child, whose payee is found, with the first child before it that is raised in the same place."""
    at = start + person
    placed = _placement(at, links, placements)
    family[at] = person
    for other in range(person):
        beside = start + other
        if family_payee[beside] == family_payee[at] and _placement(beside, links, placements) == placed:
            family[at] = family[beside]
            break
    for other in range(person):
        beside = start + other
        if family[beside] == family[at] and born[beside] == born[at] and _common_parent(at, beside, links, parents):
            birth_rank[at] += 1


def _placement_payee(at: int, start: int, woman: int, born: Any, sex: Any, links: Any, placements: Any) -> int:
    """Who is paid for a child that is placed with somebody: the better payee of the first group that has an adult."""
    placed = 0
    payee = -1
    for pair in placements:
        if payee >= 0 and pair[1] + 1 != placed:
            break
        adult = links[pair[0]][at]
        if adult >= 0:
            placed = pair[1] + 1
            payee = better_payee(adult, payee, start, woman, sex, born)
    return payee


def _placement(at: int, links: Any, placements: Any) -> int:
    """The group, counted from 1, of the first tie by which a child is placed with somebody; 0 without one."""
    for pair in placements:
        if links[pair[0]][at] >= 0:
            return int(pair[1]) + 1
    return 0


def _common_parent(at: int, beside: int, links: Any, parents: Any) -> bool:
    for pair in parents:
        parent = links[pair[0]][at]
        if parent >= 0:
            for other in parents:
                if links[other[0]][beside] == parent:
                    return True
    return False


def _is_own_parent(adult: int, start: int, size: int, links: Any, placements: Any, parents: Any) -> bool:
    for person in range(size):
        if _placement(start + person, links, placements) == 0:
            for pair in parents:
                if links[pair[0]][start + person] == adult:
                    return True
    return False


def _parents_payee(
    person: int, start: int, size: int, woman: int, born: Any, sex: Any, links: Any, partner: int,
    placements: Any, parents: Any,
) -> int:  # fmt: skip
    """Who is paid for a child at its parents: of the parents and those partners who are parents in this family."""
    payee = -1
    group = -1
    for pair in parents:
        adult = links[pair[0]][start + person]
        if adult >= 0 and (group < 0 or pair[1] == group):
            group = pair[1]
            payee = better_payee(adult, payee, start, woman, sex, born)
    if payee < 0:
        return -1
    for pair in parents:
        adult = links[pair[0]][start + person]
        if adult >= 0 and pair[1] == group:
            beside = links[partner][start + adult]
            if beside >= 0 and _is_own_parent(beside, start, size, links, placements, parents):
                payee = better_payee(beside, payee, start, woman, sex, born)
    return payee


def _older_children_of_mother(
    person: int, start: int, size: int, woman: int, born: Any, sex: Any, links: Any, parents: Any
) -> int:
    """How many children of the same mother (else the same first parent) in the household were born before."""
    mother = -1
    for pair in parents:
        adult = links[pair[0]][start + person]
        if adult >= 0 and (mother < 0 or (sex[start + adult] == woman and sex[start + mother] != woman)):
            mother = adult
    if mother < 0:
        return 0
    older = 0
    for other in range(size):
        if other != person:
            is_older = born[start + other] < born[start + person]
            if is_older or (born[start + other] == born[start + person] and other < person):
                for pair in parents:
                    if links[pair[0]][start + other] == mother:
                        older += 1
                        break
    return older

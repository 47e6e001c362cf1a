"""Disability, special care and what follows from an opinion of the disability commission."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import (
    Bools,
    Floats,
    Ints,
    assumed,
    assumed_by_age,
    assumed_groups,
    assumed_per_person,
    per_person,
    published,
)
from balsts.population.synthesis.people import People

_ADULT = 18
_SENIOR = 65
_SUPPLEMENT_UNTIL = 20


@dataclass(frozen=True)
class Health:
    """Facts of disability; `opinion_on` is days since 1970, 0 for none."""

    group: Ints
    is_disabled_child: Bools
    since_childhood: Bools
    needs_care: Bools
    is_blind: Bools
    has_celiac: Bools
    opinion_on: Ints
    assistant_hours: Ints


def draw_health(draw: Draw, people: People) -> Health:
    """Disability by age and group, and the supports that depend on it."""
    everybody = np.arange(len(people))
    child = _disabled_children(draw, people)
    group, since_childhood = _disabled_adults(draw, people)
    young = since_childhood & (people.age < _SUPPLEMENT_UNTIL)
    needs_care = _special_care(draw, people, group, child, since_childhood)
    blind = np.zeros(len(people), dtype=np.bool_)
    may_be_blind = (group == 1) & ~needs_care
    for is_man, number in ((False, per_person("sight_disability_group_1_women")), (True, _blind_men())):
        weight = (may_be_blind & (people.is_man == is_man)).astype(np.float64)
        blind[draw.choose(everybody, draw.count(people.expected(number)), weight)] = True
    celiac = np.zeros(len(people), dtype=np.bool_)
    weight = ((people.age >= 1) & (people.age < _ADULT)).astype(np.float64)
    celiac[draw.choose(everybody, draw.count(people.expected(per_person("celiac_children"))), weight)] = True
    hours = _assistant_hours(draw, people, group, child, blind | needs_care)
    return Health(
        group, child | young, since_childhood, needs_care, blind, celiac, _opinions(draw, people, group, child), hours
    )


def _blind_men() -> float:
    return per_person("sight_disability_group_1") - per_person("sight_disability_group_1_women")


def _disabled_children(draw: Draw, people: People) -> Bools:
    number = draw.count(people.expected(assumed_per_person("disabled_children")))
    boys = assumed("disabled_boys_to_girls")
    weight = assumed_by_age("disabled_child")[people.age] * np.where(people.is_man, boys, 1.0)
    child = np.zeros(len(people), dtype=np.bool_)
    child[draw.choose(np.arange(len(people)), number, weight)] = True
    return child


def _disabled_adults(draw: Draw, people: People) -> tuple[Ints, Bools]:
    """Groups of adults: under 65 as many as draw a disability pension or social security benefit, the rest older."""
    everybody = np.arange(len(people))
    adults = per_person("persons_with_disability") - assumed_per_person("disabled_children")
    younger = per_person("disability_pensioners") + disabled_without_pension()
    weight = np.where(people.is_resident, assumed("disability_of_care_residents"), 1.0)
    weight *= assumed_by_age("disabled_adult")[people.age]
    chosen = []
    for number, is_age in ((younger, people.age < _SENIOR), (adults - younger, people.age >= _SENIOR)):
        chosen.append(draw.choose(everybody, draw.count(people.expected(number)), weight * is_age))
    since_childhood = _since_childhood(draw, people, chosen[0])
    return _groups(draw, people, np.concatenate(chosen), since_childhood), since_childhood


def disabled_without_pension() -> float:
    """Disabled adults with the social security benefit: the total of 2023 with the share of 2020, per inhabitant."""
    share = published("social_security_benefit_disabled") / published("social_security_benefit_2020")
    return per_person("social_security_benefit_2023") * share


def _groups(draw: Draw, people: People, disabled: Ints, since_childhood: Bools) -> Ints:
    """Groups I, II and III in the published shares; group I is more frequent in old age and since childhood."""
    counted = np.array([published(f"disability_2014_group_{number}") for number in (1, 2, 3)])
    sizes = draw.allocate(counted, len(disabled))
    group = np.zeros(len(people), dtype=np.int64)
    group[disabled] = 3
    weight = assumed_by_age("group_1")[people.age[disabled]]
    weight = weight * np.where(since_childhood[disabled], assumed("group_1_since_childhood"), 1.0)
    first = draw.choose(disabled, int(sizes[0]), weight)
    group[first] = 1
    second = draw.choose(np.setdiff1d(disabled, first), int(sizes[1]))
    group[second] = 2
    return group


def _since_childhood(draw: Draw, people: People, younger: Ints) -> Bools:
    number = draw.count(people.expected(assumed_per_person("adults_disabled_since_childhood")))
    since = np.zeros(len(people), dtype=np.bool_)
    since[draw.choose(younger, number, assumed_by_age("disabled_since_childhood")[people.age[younger]])] = True
    return since


def _special_care(draw: Draw, people: People, group: Ints, child: Bools, since_childhood: Bools) -> Bools:
    """Persons with an opinion on special care: children, group I from childhood, and other adults of group I."""
    everybody = np.arange(len(people))
    needs = np.zeros(len(people), dtype=np.bool_)
    at_home = (~people.is_inside).astype(np.float64)
    from_childhood = at_home * (since_childhood & (group == 1))
    other = at_home * ((group == 1) & ~since_childhood)
    childhood = per_person("disabled_group_1_childhood_care_2024")
    all_women, share = per_person("women_needing_special_care"), assumed("women_disabled_since_childhood")
    women = all_women - childhood * share
    men = per_person("adults_needing_special_care") - all_women - childhood * (1 - share)
    for number, weight in (
        (per_person("children_needing_special_care"), at_home * child),
        (childhood, from_childhood),
        (women, other * ~people.is_man),
        (men, other * people.is_man),
    ):
        needs[draw.choose(everybody, draw.count(people.expected(number)), weight)] = True
    return needs


def _opinions(draw: Draw, people: People, group: Ints, child: Bools) -> Ints:
    """Days of the opinions on transport, spread over the last years but not before birth."""
    weight = np.array([0.0, *assumed_groups("mobility_opinion").values()])[group]
    weight = np.where(child, assumed_groups("mobility_opinion")["child"], weight) * ~people.is_prisoner
    number = draw.count(people.expected(per_person("mobility_opinions")))
    chosen = draw.choose(np.arange(len(people)), number, weight)
    opinion = np.zeros(len(people), dtype=np.int64)
    earliest = np.maximum(people.calendar.birthdays[int(assumed("years_of_opinions"))], people.born[chosen])
    opinion[chosen] = earliest + (draw.uniform(len(chosen)) * (people.calendar.end - earliest)).astype(np.int64)
    return opinion


def _assistant_hours(draw: Draw, people: People, group: Ints, child: Bools, has_other_support: Bools) -> Ints:
    """Hours of an assistant in the month, for children from 5 and adults of groups I and II who live at home."""
    everybody = np.arange(len(people))
    free: Floats = (~people.is_inside & ~has_other_support).astype(np.float64)
    hours = np.zeros(len(people), dtype=np.int64)
    for key, may in (
        ("assistant_children", child & (people.age >= assumed("assistant_children_from"))),
        ("assistant_group_1", (group == 1)),
        ("assistant_group_2", (group == 2) & (people.age <= assumed("assistant_group_2_until"))),
    ):
        chosen = draw.choose(everybody, draw.count(people.expected(per_person(key))), free * may)
        spread = draw.generator.standard_exponential(len(chosen))
        least, mean = assumed("assistant_hours_least"), assumed("assistant_hours_mean")
        drawn = np.rint(least + (mean - least) * spread)
        hours[chosen] = np.minimum(drawn, assumed("assistant_hours_most")).astype(np.int64)
    return hours

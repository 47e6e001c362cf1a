"""The structure of a block: persons, families and households, before anything is known about money or health."""

from __future__ import annotations

import numpy as np

from balsts.population.synthesis.ages import draw_persons, make_adult
from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.care import choose_placed, place
from balsts.population.synthesis.draft import Draft
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import Ints, assumed, assumed_by_age, per_person, rate
from balsts.population.synthesis.homes import form_homes
from balsts.population.synthesis.nuclei import form_nuclei
from balsts.population.synthesis.nuclei_counts import nuclei_counts
from balsts.population.synthesis.siblings import form_sibships

_ADULT = 18


def draw_structure(draw: Draw, calendar: Calendar, persons: int) -> Draft:
    """Persons with ages, sexes, relations and homes."""
    draft = draw_persons(draw, calendar, persons)
    residents = _choose_residents(draw, draft)
    everybody = np.setdiff1d(np.arange(persons), residents)
    minors, adults = everybody[draft.age[everybody] < _ADULT], everybody[draft.age[everybody] >= _ADULT]
    placed, at_home = choose_placed(draw, draft, minors)
    counts = nuclei_counts(persons)
    sibships = form_sibships(draw, draft, at_home, adults, counts)
    free = np.setdiff1d(adults, sibships.child)
    nuclei = form_nuclei(draw, draft, sibships, free, counts)
    alone = free[draft.home[free] < 0]
    nuclei = place(draw, draft, nuclei, placed, alone)
    make_adult(draw, draft, minors[draft.home[minors] < 0])
    without_family = everybody[draft.home[everybody] < 0]
    form_homes(draw, draft, nuclei, without_family, residents)
    return draft


def _choose_residents(draw: Draw, draft: Draft) -> Ints:
    """Residents of care institutions and prisoners, by age."""
    everybody = np.arange(len(draft))
    age = draft.age
    children = per_person("population") * rate("share_of_children_in_out_of_family_care")
    in_institutions = children * (1 - rate("share_of_out_of_family_care_in_families")) * (age < _ADULT).sum()
    adults = per_person("state_care_institution_clients") + per_person("municipal_care_institution_clients")
    seniors = per_person("seniors_in_care_centres")
    groups = (
        (in_institutions, assumed_by_age("care_resident", group="children")[age]),
        ((adults - seniors) * len(draft), assumed_by_age("care_resident", group="adults")[age]),
        (seniors * len(draft), assumed_by_age("care_resident", group="seniors")[age]),
    )
    for number, weight in groups:
        draft.is_resident[draw.choose(everybody, draw.count(number), weight)] = True
    is_man = draft.is_man & ~draft.is_resident
    weight = assumed_by_age("prisoner")[age] * np.where(is_man, 1.0, assumed("prisoner_women")) * ~draft.is_resident
    prisoners = draw.choose(everybody, draw.count(per_person("prisoners") * len(draft)), weight)
    draft.is_prisoner[prisoners] = True
    return np.flatnonzero(draft.is_resident | draft.is_prisoner)

"""A household file out of the answers: the facts as `balsts entitle` reads them.

Birthdays and other days are asked by their month alone. The day put in is the middle of the month: the law counts ages
on the 1st, so any day after it gives the same month; only for somebody born on the 1st does an age come a month sooner.
"""

from __future__ import annotations

import json
from typing import Any

from balsts.law.engine.household import read_household
from balsts.law.engine.one import Facts
from balsts.law.engine.quantities import month_text
from balsts.law.engine.text import parse
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia import latvia
from balsts.portal.public.answers import Answers

_STUDENT_RIGHT = "family_state_benefit"
_TIES = {
    "own": "parents", "adopted": "adoptive_parents", "guardian": "guardian", "foster": "foster_parents",
    "preadoption": "preadoption_carer",
}  # fmt: skip
_ONE_ALONE = ("guardian", "preadoption_carer")


def household_file(answers: Answers, month: Month) -> dict[str, Any]:
    """The household as a file of facts for a month."""
    persons = {one: _person(answers, one) for one in answers.persons}
    _add_situations(answers, persons)
    persons[answers.adults[0]]["savings_eur"] = answers.of("means").get("savings", "0.00")
    found: dict[str, Any] = {
        "on": month_text(month),
        "persons": persons,
        "housing_costs_eur_month": answers.of("home").get("costs", "0.00"),
        "has_needy_property": answers.of("means").get("within", "yes") == "yes",
        "crisis": "crisis" in answers.of("special").get("what", ()),
    }
    if "months" in answers.of("status"):
        found["months_since_first_application"] = answers.of("status")["months"]
    return found


def facts_of(file: dict[str, Any], month: Month) -> Facts:
    """The facts as the law reads them.

    Raises:
        InputError: the answers do not fit together, such as a parent younger than the child.
    """
    law = latvia()
    tree = parse(json.dumps(file).encode(), "answers")
    return read_household(tree, law.catalogue, law.rights(), month)[0]


def in_the_month(month: str) -> str:
    """A day for a month: its middle."""
    return f"{month}-15"


def _person(answers: Answers, person: str) -> dict[str, Any]:
    given = answers.of(person)
    # A child's sex is not asked: no rule reads it but one for married refugees. The file has to hold one all the same.
    found: dict[str, Any] = {"born": in_the_month(given["born"]), "sex": given.get("sex", "f")}
    found |= _ties(answers, person) | _disability(answers, person) | _income(answers, person)
    studies = answers.of("studies").get(person, "none")
    if studies != "none":
        # Taken as asked for: the page tells what there is to ask for.
        found |= {"education": studies, "applied_for": [_STUDENT_RIGHT]}
    if person in answers.of("health").get("celiac", ()):
        found["has_celiac_certificate"] = True
    return found


def _ties(answers: Answers, person: str) -> dict[str, Any]:
    given = answers.of(person)
    first, partner = answers.adults[0], answers.partner
    if person in answers.children:
        link = _TIES[given["tie"]]
        of = given["of"]
        return {link: of[0] if link in _ONE_ALONE else of} | _placement(answers, person)
    found: dict[str, Any] = {}
    if person == first:
        found["parents"] = [one for one in answers.adults if answers.of(one).get("relation") == "parent"]
        if partner is not None:
            found["partner"] = partner
    if given.get("relation") == "child":
        found["parents"] = [one for one in (first, partner) if one]
    is_couple = partner is not None and answers.of(partner)["relation"] == "married"
    if is_couple and person in (first, partner):
        found["is_married"] = True
    return found


def _placement(answers: Answers, child: str) -> dict[str, Any]:
    given = answers.of(f"placement-{child}")
    found: dict[str, Any] = {}
    if "since" in given:
        is_adopted = answers.of(child)["tie"] == "adopted"
        found["adopted_on" if is_adopted else "care_granted_on"] = in_the_month(given["since"])
    if given.get("emergency"):
        found |= {"is_emergency_guardian": True, "resident_status": "ukraine_civilian"}
    return found


def _disability(answers: Answers, person: str) -> dict[str, Any]:
    given = answers.of(f"disability-{person}")
    if not answers.has(f"disability-{person}"):
        return {}
    is_adult = person in answers.adults
    found: dict[str, Any] = {"disability_group": int(given["group"])} if is_adult else {"is_disabled_child": True}
    names = {
        "since_childhood": "is_disabled_since_childhood", "sight": "has_sight_disability_group_1",
        "special_care": "needs_special_care",
    }  # fmt: skip
    found |= {name: True for key, name in names.items() if given.get(key)}
    if "mobility" in given:
        found["mobility_opinion_on"] = in_the_month(given["mobility"])
    if given.get("assistant"):
        found["assistant_hours"] = given["assistant"]
    return found


def _income(answers: Answers, person: str) -> dict[str, Any]:
    given = answers.of(f"work-{person}")
    names = {"wage": "wage_net_eur_month", "pension": "pension_eur_month", "other": "other_counted_income_eur_month"}
    found: dict[str, Any] = {name: given[key] for key, name in names.items() if given.get(key, "0.00") != "0.00"}
    if given.get("employed") == "yes":
        found["is_employed"] = True
    return found


def _add_situations(answers: Answers, persons: dict[str, dict[str, Any]]) -> None:
    for one in answers.of("status").get("who", ()):
        persons[one]["resident_status"] = answers.of("status")["status"]
    after = answers.of("after_care")
    for one in after.get("who", ()):
        persons[one]["is_orphan_after_care"] = True
        if "left" in after:
            persons[one]["left_care_on"] = in_the_month(after["left"])
    for one in answers.of("breadwinner").get("who", ()):
        persons[one]["lost_breadwinner_on"] = in_the_month(answers.of("breadwinner")["since"])
    for one in answers.of("chernobyl").get("who", ()):
        persons[one]["is_chernobyl_participant"] = True
    inside = answers.of("institution")
    for one in inside.get("prison", ()):
        persons[one]["is_imprisoned"] = True
    for one in inside.get("care", ()):
        persons[one]["is_in_long_term_care"] = True
        if inside.get("cost", "0.00") != "0.00":
            persons[one]["long_term_care_cost_eur_month"] = inside["cost"]

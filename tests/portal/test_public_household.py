"""Answers to a household file: what the walk gives equals the worked examples, and what `balsts entitle` answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from balsts.law.engine.checks.cases import cases
from balsts.law.engine.quantities import cents_from, euros, month_from, month_text
from balsts.law.latvia import latvia
from balsts.portal.public.answers import Answers, opened
from balsts.portal.public.household import household_file
from balsts.portal.public.result import answer_of, found_by
from tests.command import Command
from tests.portal.walks import answers, everything, hidden, walk

FEBRUARY = month_from("2026-02")
WOMAN, MAN = {"sex": "f"}, {"sex": "m", "relation": "married"}
NO_WORK = {"employed": "no"}


def couple(*born: str, **more: dict[str, Any]) -> Answers:
    """Two married persons of working age with children born in these months."""
    children = {f"child_{number:02d}": {"born": one, "tie": "own", "of": ["adult-01", "adult-02"]}
                for number, one in enumerate(born, start=1)}  # fmt: skip
    return answers(household={"adults": 2, "children": len(born)}, adult_01={"born": "1986-05", **WOMAN},
                   adult_02={"born": "1985-07", **MAN}, **children, **more)  # fmt: skip


def alone(born: str, work: dict[str, Any] | None = None, children: tuple[dict[str, Any], ...] = (),
          **more: dict[str, Any]) -> Answers:  # fmt: skip
    """One adult, with children raised by that adult."""
    rest = {f"child_{number:02d}": {"of": ["adult-01"], **one} for number, one in enumerate(children, start=1)}
    return answers(household={"adults": 1, "children": len(children)}, adult_01={"born": born, **WOMAN},
                   work_adult_01=work or NO_WORK, **rest, **more)  # fmt: skip


def disabled(group: str, **more: Any) -> dict[str, dict[str, Any]]:
    """The first adult has a disability."""
    return {"health": {"disabled": ["adult-01"]}, "disability_adult_01": {"group": group, **more}}


def child(born: str, tie: str = "own") -> dict[str, Any]:
    """A child, for `alone`."""
    return {"born": born, "tie": tie}


UKRAINIANS = {"what": ["status", "crisis"]}
EXAMPLES: dict[str, Answers] = {
    "G2, ": couple("2012-04", "2014-09"),
    "G3, ": couple("2012-04", "2014-09", work_adult_02={"employed": "yes", "wage": "300.00"}),
    "G7, ": couple(),
    "G8, ": alone("1990-05", {"employed": "yes", "wage": "200.00"}, (
        {"born": "2015-01", "tie": "own"}, {"born": "2018-01", "tie": "own"})),
    "G9, ": couple("2020-04"),
    "G10, ": couple("2025-06"),
    "H1 and H3, ": alone("1950-03", {"employed": "no", "pension": "500.00"}, home={"costs": "300.00"}),
    "H2, ": alone("1950-03", {"employed": "no", "pension": "500.00"}, home={"costs": "300.00"}),
    "H4, ": alone("1980-03", {"employed": "no", "pension": "400.00"}, home={"costs": "120.00"}, **disabled("2")),
    "H6, ": couple("2015-04", work_adult_01={"employed": "yes", "wage": "550.00"}, home={"costs": "200.00"}),
    "H10, ": couple(work_adult_01={"employed": "yes", "wage": "650.00"}, home={"costs": "220.00"}),
    "H11, ": couple(work_adult_01={"employed": "yes", "wage": "650.00"}, home={"costs": "220.00"}),
    "V5, needy couple with a baby of 10 months, 2023-09": couple("2022-11"),
    "V8, ": couple("2018-04", special=UKRAINIANS, status={
        "who": ["adult-01", "adult-02", "child-01"], "status": "ukraine_civilian"}),
    "D5, group I, employed": alone("1980-03", {"employed": "yes"}, **disabled("1")),
    "D5, group I, not employed": alone("1980-03", **disabled("1")),
    "D6, ": alone("1980-03", **disabled("2")),
    "D8, ": alone("1980-03", **disabled("1", since_childhood=True)),
    "V1, ": alone("1980-03", **disabled("1", assistant=40)),
    "V3, ": alone("1950-03", {"employed": "no", "pension": "400.00"}, special={"what": ["institution"]},
                  institution={"care": ["adult-01"], "cost": "1000.00"}),
}  # fmt: skip
"""Worked examples of the law's tests that the questions can state, by the beginning of their names."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_walk_gives_what_the_worked_example_gives(name: str) -> None:
    found = [case for case in cases(latvia()) if case.name.startswith(name)]
    assert len(found) == 1, [case.name for case in found]
    answer = answer_of(EXAMPLES[name], found[0].month)
    for code, expected in found[0].expect.items():
        if code in answer.statuses:
            assert answer.statuses[code] == (expected == "yes"), code
        elif latvia().rules[code][-1].right.unit == "pieces":  # type: ignore[union-attr]
            assert answer.amount(code) == int(expected), code
        else:
            assert euros(answer.amount(code)) == euros(cents_from(expected)), code


FAMILIES = {
    "F9": ("2025-06", alone("1990-05", children=(child("2024-04"),)),
           {"childcare_benefit": "171.00", "family_state_benefit": "25.00"}),
    "F15": ("2026-03", alone("1990-05", children=(child("2026-03"), child("2026-03"))),
            {"childbirth_benefit": "1200.00"}),
    "F21": ("2025-06", alone("1990-05", children=(child("2015-04"),),
                             health={"disabled": ["child-01"]}, disability_child_01={"special_care": True}),
            {"family_state_benefit": "25.00", "disabled_child_supplement": "160.00",
             "disabled_child_care_benefit": "413.43"}),
    "F22": ("2026-06", alone("1990-05", children=(child("2025-12"), child("2025-12"))),
            {"childcare_benefit": "298.00", "childcare_twins_supplement": "298.00"}),
    "A4": ("2026-01", alone("1980-05", children=(child("2015-04", "foster"), child("2017-04", "foster"))),
           {"foster_family_remuneration": "387.00"}),
    "A5": ("2026-01", alone("1980-05", children=(child("2022-01", "adopted"), child("2017-01", "adopted"))),
           {"adoption_benefit": "429.00"}),
}  # fmt: skip
"""Worked examples of families, with the month and the amounts by hand."""


@pytest.mark.parametrize("name", FAMILIES)
def test_the_walk_gives_families_what_was_worked_out_by_hand(name: str) -> None:
    month, given, expected = FAMILIES[name]
    answer = answer_of(given, month_from(month))
    assert {code: euros(answer.amount(code)) for code in expected} == expected


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_command_answers_the_same_for_the_file_made_of_the_answers(name: str, command: Command) -> None:
    month = next(case.month for case in cases(latvia()) if case.name.startswith(name))
    told = command.answer(json.dumps(household_file(EXAMPLES[name], month)))
    answer = answer_of(EXAMPLES[name], month)
    assert told["on"] == month_text(month)
    assert [(one["code"], one["who"]) for one in told["rights"]] == [(one.code, one.who) for one in answer.rights]
    assert [one.get("amount_eur", str(one.get("pieces"))) for one in told["rights"]] == [
        euros(one.amount) if one.version.right.unit == "money" else str(one.amount)  # type: ignore[union-attr]
        for one in answer.rights
    ]


def test_everything_that_is_asked_reaches_the_file() -> None:
    page = walk(Client(), everything())
    file = household_file(opened(hidden(page, "answers")), FEBRUARY)
    first, grown = file["persons"]["adult-01"], file["persons"]["adult-02"]
    ward, adopted = file["persons"]["child-01"], file["persons"]["child-02"]
    assert first["disability_group"] == 1
    assert first["is_disabled_since_childhood"]
    assert first["has_sight_disability_group_1"]
    assert first["assistant_hours"] == 40
    assert first["is_in_long_term_care"]
    assert first["long_term_care_cost_eur_month"] == "1100.00"
    assert first["is_chernobyl_participant"]
    assert first["savings_eur"] == "1000.00"
    assert grown["parents"] == ["adult-01"]
    assert grown["education"] == "higher_full_time"
    assert grown["applied_for"] == ["family_state_benefit"]
    assert grown["is_orphan_after_care"]
    assert grown["pension_eur_month"] == "200.00"
    assert ward["guardian"] == "adult-01"
    assert ward["is_emergency_guardian"]
    assert ward["resident_status"] == "ukraine_civilian"
    assert adopted["adoptive_parents"] == ["adult-01"]
    assert adopted["is_disabled_child"]
    assert adopted["has_celiac_certificate"]
    assert adopted["needs_special_care"]
    assert "lost_breadwinner_on" in adopted
    assert file["crisis"] is True
    assert file["has_needy_property"] is False
    assert file["months_since_first_application"] == 2
    assert file["housing_costs_eur_month"] == "300.10"


def test_what_is_due_to_somebody_is_not_told_as_missing() -> None:
    found = found_by(EXAMPLES["G10, "], FEBRUARY, "lv")
    due, missing = {one.code for one in found.due}, {one.code for one in found.not_due}
    assert "gmi_benefit" in due
    assert not due & missing
    assert found.monthly == "449,00 €"  # 151 of the minimum income and 298 for the child
    assert all(one.reasons for one in found.not_due)


def test_identifiers_of_persons_are_not_shown() -> None:
    found = found_by(EXAMPLES["G10, "], FEBRUARY, "en")
    assert "adult-01" not in repr(found.not_due)
    assert "adult-01" not in repr([one.shown.trees for one in found.due])

"""What if: before and after a change, and all rights over the net wage, equal to separate answers of the law."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from balsts.law.engine.answer import answered, entitle
from balsts.law.engine.one import evaluate_again
from balsts.law.engine.quantities import cents_from, month_from
from balsts.law.latvia import latvia
from balsts.portal.public.answers import Answers
from balsts.portal.public.household import facts_of, household_file
from balsts.portal.public.over_wage import MOST_BANDS, MOST_EUR, STEP_EUR, OverWage, over_wage, picture
from balsts.portal.public.result import in_hand
from balsts.portal.public.what_if import NEWBORN, NEWCOMER, changed_file, compared
from tests.portal.walks import a_family, answers, send, title, walk

FEBRUARY = month_from("2026-02")
NONE = {"works": "nobody", "joins": "nobody", "leaves": "nobody"}


def family(wage: str = "0.00", **more: dict[str, Any]) -> Answers:
    """Two married persons and a child of five."""
    return answers(
        household={"adults": 2, "children": 1}, adult_01={"born": "1990-05", "sex": "f"},
        adult_02={"born": "1988-07", "sex": "m", "relation": "married"},
        child_01={"born": "2020-04", "tie": "own", "of": ["adult-01", "adult-02"]},
        work_adult_02={"employed": "yes", "wage": wage}, home={"costs": "200.00"}, **more,
    )  # fmt: skip


def lines(given: Answers, **change: Any) -> dict[str, tuple[str, str, str]]:
    with translation.override("en"):
        found = compared(given, NONE | change, FEBRUARY, "en")
    return {one.title: (one.before, one.after, one.difference) for one in (*found.lines, *found.others)}


def test_a_wage_takes_the_minimum_income_away_cent_by_cent() -> None:
    found = lines(family(), works="adult-01", wage="100.00")
    assert found["GMI benefit"] == ("449.00 €", "349.00 €", "−100.00 €")
    assert found["Wages, pensions and other income"] == ("0.00 €", "100.00 €", "+100.00 €")


def test_the_sums_are_those_of_the_lines() -> None:
    found = compared(family("300.00"), NONE | {"works": "adult-01", "wage": "250.00"}, FEBRUARY, "en")
    plain = [one for one in found.lines if not one.is_sum]
    support, together = [one for one in found.lines if one.is_sum]

    def cents(text: str) -> int:
        return int(cents_from(text.removesuffix(" €")))

    assert cents(support.after) == sum(cents(one.after) for one in plain[1:])
    assert cents(together.after) == cents(support.after) + cents(plain[0].after)
    assert cents(together.before) == sum(cents(one.before) for one in plain)


def test_a_birth_brings_the_childbirth_benefit_once_and_the_childcare_benefit_each_month() -> None:
    found = lines(family(), birth=True)
    assert found["Childbirth benefit (once)"] == ("0.00 €", "600.00 €", "+600.00 €")
    assert found["Childcare benefit"] == ("0.00 €", "298.00 €", "+298.00 €")


def test_who_moves_out_takes_income_and_ties_along() -> None:
    file = household_file(family("500.00"), FEBRUARY)
    after = changed_file(file, NONE | {"leaves": "adult-02"}, FEBRUARY)
    assert set(after["persons"]) == {"adult-01", "child-01"}
    assert "partner" not in after["persons"]["adult-01"]
    assert "is_married" not in after["persons"]["adult-01"]
    assert after["persons"]["child-01"]["parents"] == ["adult-01"]
    assert set(file["persons"]) == {"adult-01", "adult-02", "child-01"}
    facts_of(after, FEBRUARY)


def test_who_moves_in_brings_a_wage() -> None:
    alone = answers(household={"adults": 1, "children": 0}, adult_01={"born": "1990-05", "sex": "f"})
    after = changed_file(household_file(alone, FEBRUARY), NONE | {"joins": "partner", "brings": "800.00"}, FEBRUARY)
    assert after["persons"]["adult-01"]["partner"] == NEWCOMER
    assert after["persons"][NEWCOMER]["wage_net_eur_month"] == "800.00"
    both = changed_file(household_file(alone, FEBRUARY), NONE | {"joins": "partner", "birth": True}, FEBRUARY)
    assert both["persons"][NEWBORN]["parents"] == ["adult-01", NEWCOMER]
    facts_of(both, FEBRUARY)


@pytest.mark.parametrize("adult", ["adult-01", "adult-02"])
def test_the_stack_over_the_wage_is_the_laws_answer_at_every_step(adult: str) -> None:
    given = family("300.00")
    found = over_wage(given, adult, FEBRUARY, "en")
    assert found.wages_eur == tuple(range(0, MOST_EUR + 1, STEP_EUR))
    for place, wage in enumerate(found.wages_eur):
        file = changed_file(household_file(given, FEBRUARY), NONE | {"works": adult, "wage": f"{wage}.00"}, FEBRUARY)
        answer = entitle(latvia(), facts_of(file, FEBRUARY), FEBRUARY)
        assert found.totals[place] == sum(cents for _, cents in in_hand(answer)), wage


def test_what_does_not_rest_on_a_change_is_not_worked_out_again_and_stays_the_same() -> None:
    for wage in (0, 31_000, 170_000):
        file = household_file(family(f"{wage // 100}.00"), FEBRUARY)
        facts = facts_of(file, FEBRUARY)
        start = entitle(latvia(), facts_of(household_file(family(), FEBRUARY), FEBRUARY), FEBRUARY)
        again = answered(evaluate_again(start.results, {"wage_net": facts.persons["wage_net"]}))
        assert again.results.columns == entitle(latvia(), facts, FEBRUARY).results.columns


def test_small_rights_are_one_band_when_there_are_many() -> None:
    many = family(special={"what": ["status"]}, health={"disabled": ["adult-01", "adult-02", "child-01"]},
                  disability_adult_01={"group": "1", "special_care": True},
                  disability_adult_02={"group": "2"}, disability_child_01={"special_care": True})  # fmt: skip
    found = over_wage(many, "adult-02", FEBRUARY, "lv")
    assert 0 < len(found.bands) <= MOST_BANDS
    assert [band.number for band in found.bands] == list(range(1, len(found.bands) + 1))


def test_the_picture_stays_on_its_paper() -> None:
    found = over_wage(family("300.00"), "adult-02", FEBRUARY, "lv")
    drawn = picture(found, "lv")
    width, height = (int(one) for one in re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    for path in re.findall(r'<path class="band[^"]*" d="M(\d+) (\d+)([^"]*)Z"', drawn):
        assert all(0 <= int(one) <= height for one in re.findall(r"V(-?\d+)", path[2]))
        assert all(0 <= int(one) <= width for one in re.findall(r"H(-?\d+)", path[2]))
    assert drawn.count('<path class="band') == len(found.bands)


def test_a_wage_above_the_picture_has_no_line_in_it() -> None:
    assert over_wage(family("300.00"), "adult-02", FEBRUARY, "en").now_eur == 300
    assert over_wage(family("2000.01"), "adult-02", FEBRUARY, "en").now_eur is None
    assert 'class="now"' not in picture(OverWage((0, 50), (), None), "en")


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_page_shows_now_and_then(lang: str) -> None:
    client = Client()
    page = send(client, walk(client, a_family(), lang), {"to": "what-if"}, lang)
    assert title(page) == {"lv": "Kas būtu, ja kaut kas mainītos?", "en": "What if something changes?"}[lang]
    page = send(client, page, {"works": "adult-01", "wage": "700", "birth": "on", "joins": "other", "brings": "300",
                               "leaves": "adult-02"}, lang)  # fmt: skip
    assert "govuk-error-message" not in page
    assert {"lv": "Tagad un pēc tam", "en": "Now and then"}[lang] in page


@pytest.mark.parametrize(("change", "message"), [
    ({}, "Choose at least one change."),
    ({"works": "adult-02", "wage": "1", "leaves": "adult-02"}, "Choose one of the two."),
    ({"works": "adult-09"}, "Choose from the list."),
    ({"works": "adult-01", "wage": "much"}, "Enter an amount in euros"),
])  # fmt: skip
def test_a_change_that_cannot_be_is_told_at_the_field(change: dict[str, str], message: str) -> None:
    client = Client()
    page = send(client, walk(client, a_family()), {"to": "what-if"})
    assert message in send(client, page, NONE | change)

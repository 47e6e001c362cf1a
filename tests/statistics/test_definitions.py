"""Definitions as code: whole, worded in both languages, versions in a row, and matched to figures that are there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from balsts.figures.current import book
from balsts.law.engine.checks.graph import needs
from balsts.law.latvia import latvia
from balsts.payments.programmes import PROGRAMMES
from balsts.statistics.definitions.declared import Definition, Outside, Version, Words
from balsts.statistics.definitions.indicators import FAMILIES, INDICATORS
from balsts.statistics.definitions.lint import wrong
from balsts.statistics.esspros import ESSPROS, FUNCTIONS, SCHEMES
from balsts.statistics.parts import PARTS

pytestmark = pytest.mark.django_db
RECIPIENTS = INDICATORS["recipients"]
FIRST = RECIPIENTS.versions[0]
SECOND = Version(2, "2026-01", Words("Cits.", "Another."), changed=Words("Mainīts.", "Changed."))


def found(*definitions: Definition) -> list[str]:
    return list(wrong(definitions, FAMILIES, book(), latvia().rights()))


def test_nothing_is_wrong_with_the_definitions() -> None:
    assert found(*INDICATORS.values()) == []


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (replace(RECIPIENTS, name=Words("", "Recipients")), "not worded in both languages"),
        (replace(RECIPIENTS, versions=()), "has no version"),
        (replace(RECIPIENTS, versions=(FIRST, SECOND)), "version 2 must begin where version 1 ends"),
        (replace(RECIPIENTS, versions=(replace(FIRST, until="2026-03"), SECOND)), "must begin where version 1 ends"),
        (replace(RECIPIENTS, versions=(FIRST, replace(SECOND, changed=None))), "what changed"),
        (replace(RECIPIENTS, versions=(replace(FIRST, until="2019-01"),)), "ends before it begins"),
        (replace(RECIPIENTS, versions=(replace(FIRST, number=2),)), "not numbered from 1"),
        (replace(RECIPIENTS, unit="EUR"), "euros are of cents"),
        (replace(RECIPIENTS, family="nothing"), "is not declared"),
        (replace(RECIPIENTS, outside=(Outside("nothing", "x/y/z", Words("a", "b")),)), "nothing is no right"),
        (replace(INDICATORS["automatic_share"], split="sex"), "names no part"),
    ],
)
def test_the_lint_finds_what_is_wrong(broken: Definition, what: str) -> None:
    assert any(what in one for one in found(broken))


def test_versions_that_follow_each_other_are_right_and_a_month_has_one() -> None:
    one = replace(RECIPIENTS, versions=(replace(FIRST, until="2026-01"), SECOND))
    assert found(one) == []
    periods = ("2025-12", "2026-01", "2025", "2026")
    assert [getattr(one.version_in(period), "number", None) for period in periods] == [1, 2, 1, 2]
    assert one.version_in("2019-12") is None


def test_every_right_of_the_law_stands_in_esspros_and_in_a_programme_list() -> None:
    assert set(ESSPROS) == set(latvia().rights()) == {one.code for one in PROGRAMMES}
    assert {one.function for one in ESSPROS.values()} <= set(FUNCTIONS)
    assert {one.scheme for one in ESSPROS.values()} <= set(SCHEMES)


def test_what_is_means_tested_is_what_reads_the_income_of_the_household() -> None:
    tested = {code for code, one in ESSPROS.items() if one.is_means_tested}
    assert {"gmi_benefit", "housing_benefit", "food_kits", "school_kits"} <= tested
    assert not {"family_state_benefit", "crisis_benefit", "state_social_security_benefit"} & tested
    assert "household_income" in needs(latvia(), "gmi_income")


def test_every_split_that_is_counted_has_words_for_its_parts() -> None:
    splits = {split.code for family in FAMILIES.values() for split in family.splits}
    assert splits <= set(PARTS)

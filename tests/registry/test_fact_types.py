"""Every input of the law can be supplied, and everything recorded can be read by the law."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.law.engine.inputs import Catalogue, Input
from balsts.law.engine.quantities import MAX_CENTS
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.fact_types import BY_KEY, FACT_TYPES, disagreements
from balsts.registry.values import NotAValue, written


def test_facts_and_the_inputs_of_the_law_agree() -> None:
    assert list(disagreements()) == []


def catalogue(*inputs: Input) -> Catalogue:
    return Catalogue(inputs, CATALOGUE.ties, CATALOGUE.woman)


def test_an_input_that_nobody_supplies_is_found() -> None:
    new = Input("has_horse", "flag", "ir zirgs", "has a horse")
    assert list(disagreements(catalogue(*CATALOGUE.inputs, new))) == [
        "has_horse is an input of the law, and no type of fact or relation supplies it."
    ]


def test_a_fact_that_the_law_cannot_read_is_found() -> None:
    without = [one for one in CATALOGUE.inputs if one.key != "savings_eur"]
    assert list(disagreements(catalogue(*without))) == [
        "savings_eur is recorded, and the law has no input of that name."
    ]


def test_a_tie_of_another_number_is_found() -> None:
    inputs = [replace(one, several=3) if one.key == "parents" else one for one in CATALOGUE.inputs]
    assert ["parents is a tie of 3" in one for one in disagreements(catalogue(*inputs))] == [True]


@pytest.mark.parametrize(("key", "value", "text"), [
    ("wage_net_eur_month", "64", "64.00"), ("wage_net_eur_month", 6405, "64.05"), ("is_employed", True, "true"),
    ("is_employed", "FALSE", "false"), ("disability_group", 3, "3"), ("education", "general", "general"),
    ("applied_for", ["b", "a"], "a,b"), ("housing_benefit_first_month", "2024-07", "2024-07"),
    ("born", "1990-05-04", "1990-05-04"),
])  # fmt: skip
def test_a_value_has_one_way_to_be_written(key: str, value: object, text: str) -> None:
    assert written(BY_KEY[key].input, value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(("key", "value"), [
    ("wage_net_eur_month", "12.345"), ("wage_net_eur_month", -1), ("wage_net_eur_month", True), ("born", "1990-02-30"),
    ("is_employed", "yes"), ("disability_group", 4), ("disability_group", "one"), ("education", "generl"),
    ("applied_for", 3),
])  # fmt: skip
def test_a_value_that_is_none_is_refused_without_being_repeated(key: str, value: object) -> None:
    with pytest.raises(NotAValue, match=key) as refused:
        written(BY_KEY[key].input, value)  # type: ignore[arg-type]
    assert str(value) not in str(refused.value).removeprefix(key) or len(str(value)) < 3


@given(cents=st.integers(0, MAX_CENTS))
def test_written_values_are_written_again_as_they_are(cents: int) -> None:
    one = BY_KEY["wage_net_eur_month"].input
    assert written(one, written(one, cents)) == written(one, cents)


def test_numbers_of_facts_are_never_used_again() -> None:
    assert [one.number for one in FACT_TYPES] == list(range(1, len(FACT_TYPES) + 1))

"""The generated pass where such code goes wrong: stale, out of range, too large, in another order, not kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.law.engine import vocabulary
from balsts.law.engine.checks.bounds import Bounds
from balsts.law.engine.errors import InputError
from balsts.law.engine.inputs import MAX_MEMBERS
from balsts.law.engine.law import Law, changed
from balsts.law.engine.many.codegen import generate
from balsts.law.engine.many.columns import Columns
from balsts.law.engine.many.compiled import module_name
from balsts.law.engine.many.output import UNDETERMINED
from balsts.law.engine.many.passes import Pass
from balsts.law.engine.parameters import MAX_PARAMETER_CENTS, MAX_RATE, MAX_WHOLE_NUMBER, DatedValue, Parameter
from balsts.law.engine.quantities import MAX_CENTS, month_from, round_down, round_half_up
from balsts.law.engine.subset import LARGEST
from balsts.law.engine.vocabulary import RATE_ONE, Lookup
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from tests.law.evaluators import Interpreted, Twins, every_output, months_of_change, rights_only
from tests.law.made_up import Maker, parameter, right_text, rule_text
from tests.law.populations import random_columns, tied
from tests.law.small_country import small_country

MONTH = month_from("2023-06")
ROUNDED = 'rounding={mode}(to={to}, article="A 1")'


def interpreted_words() -> Any:
    """The words every generated text begins with, as plain Python over 64-bit numbers that warn when they overflow."""
    law = small_country()
    return Interpreted(wire(law, MONTH), rights_only(wire(law, MONTH)))


@settings(max_examples=300)
@given(st.integers(-LARGEST, LARGEST) | st.integers(-1000, 1000), st.sampled_from([1, 100, RATE_ONE, RATE_ONE * 100]))
def test_generated_rounding_is_the_engines_own_to_the_largest_number(exact: int, denominator: int) -> None:
    words = WORDS.module
    assert words.half_up(np.int64(exact), denominator) == round_half_up(exact, denominator)
    assert words.down(np.int64(exact), denominator) == round_down(exact, denominator)


WORDS = interpreted_words()


@pytest.mark.parametrize("exact", [-LARGEST, LARGEST])
def test_a_product_of_the_largest_room_can_still_be_rounded(exact: int) -> None:
    most = RATE_ONE**2 * 100
    assert WORDS.module.half_up(np.int64(exact), most) == round_half_up(exact, most)


@given(st.dictionaries(st.integers(0, 50), st.integers(0, 10**8), min_size=1, max_size=6), st.integers(-9, 60))
def test_a_generated_lookup_is_the_engines_own_and_stays_within_its_rows(rows: dict[int, int], key: int) -> None:
    table = Lookup(rows)
    WORDS.rows = [0, len(rows), *table.keys, *table.values]
    assert WORDS.module.looked_up(0, 1, key) == table.at(key)


def test_a_place_outside_the_rows_is_noticed_in_tests() -> None:
    WORDS.rows = [0, 1, 2]
    with pytest.raises(IndexError):
        WORDS.number_at(0, 3)


@pytest.mark.parametrize("mode", ["half_up", "down"])
@pytest.mark.parametrize("to", ["CENT", "EURO"])
def test_negative_amounts_are_rounded_the_same_by_both_evaluators(made_up: Maker, mode: str, to: str) -> None:
    rules = rule_text("return (Cents(0) - wage) * chapter_share", "wage: Cents, chapter_share: Rate",
                      terms=ROUNDED.format(mode=mode, to=to))  # fmt: skip
    law = made_up(rules, parameter("share", '"0.333333"', "rate"))
    wiring = wire(law, MONTH, wanted=("amount",))
    population = tied(random_columns(law, MONTH, 100, seed=1), law.catalogue, MONTH)
    found = Interpreted(wiring, every_output(wiring))
    assert found.differences(wiring, population) == []
    assert found.answers(wiring, population)["amount (value)"].min() < -100


def test_a_rule_whose_text_changed_is_compiled_anew_with_the_right_result(made_up: Maker) -> None:
    laws = [made_up(right_text(f"return wage + wage * {factor}")) for factor in (1, 2)]
    population = tied(random_columns(laws[0], MONTH, 50, seed=2), laws[0].catalogue, MONTH)
    for law, factor in zip(laws, (2, 3), strict=True):
        wiring = wire(law, MONTH)
        twins = Twins(wiring, every_output(wiring))
        assert twins.differences(wiring, population) == []
        paid = twins.compiled.run(population, threads=1)["amount (value)"].dense()
        living = paid > 0
        assert np.array_equal(paid[living], factor * population.persons["wage"][living])


def test_the_words_that_rules_use_are_part_of_the_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wiring = wire(small_country(), MONTH)
    before = generate(wiring, rights_only(wiring)).text
    changed_words = tmp_path / "vocabulary.py"
    changed_words.write_text(Path(vocabulary.__file__).read_text().replace("day & 31) > 1", "day & 31) > 2"))
    monkeypatch.setattr(vocabulary, "__file__", str(changed_words))
    after = generate(wiring, rights_only(wiring)).text
    assert before != after
    assert module_name(before) != module_name(after)


def test_every_rule_keeps_its_name_in_the_generated_text() -> None:
    wiring = wire(latvia(), month_from("2026-01"))
    text = generate(wiring, every_output(wiring)).text
    for value in wiring.values.values():
        if value.version is not None:
            assert f"_{value.name}(T" in text, value.name


def test_all_amounts_and_answers_are_64_bit_whole_numbers() -> None:
    wiring = wire(latvia(), month_from("2026-01"))
    population = tied(random_columns(latvia(), wiring.month, 60, seed=3), latvia().catalogue, wiring.month)
    for name, column in Interpreted(wiring, every_output(wiring)).answers(wiring, population).items():
        assert column.dtype == np.int64, name


@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_the_order_of_households_changes_nothing(law: Law) -> None:
    month = month_from("2026-01")
    wiring = wire(law, month)
    population = tied(random_columns(law, month, 80, seed=4), law.catalogue, month)
    order = np.random.default_rng(4).permutation(80)
    starts = population.starts.astype(np.int64)
    people = np.concatenate([np.arange(starts[one], starts[one + 1]) for one in order])
    members = np.diff(starts)[order]
    other = Columns(np.concatenate([[0], np.cumsum(members)]).astype(np.uint64),
                    {name: column[people] for name, column in population.persons.items()},
                    {name: column[order] for name, column in population.household.items()})  # fmt: skip
    ours = Interpreted(wiring, every_output(wiring), persons_at_once=50)
    straight, mixed = ours.answers(wiring, population), ours.answers(wiring, other)
    for name, column in straight.items():
        chosen = people if len(column) == population.size else order
        assert np.array_equal(column[chosen], mixed[name]), name


@pytest.mark.parametrize("sizes", [[1] * 700, [256, 256, 1], [255, 2, 254, 3], [257, 300, 2], [30] * 40])
def test_households_fit_however_they_fall_into_the_strokes_of_the_pass(sizes: list[int]) -> None:
    law = small_country()
    wiring = wire(law, MONTH)
    population = tied(random_columns(law, MONTH, len(sizes), seed=5, sizes=sizes), law.catalogue, MONTH)
    assert Twins(wiring, every_output(wiring)).differences(wiring, population) == []


def test_a_population_of_nobody_has_nothing() -> None:
    law = small_country()
    wiring = wire(law, MONTH)
    nobody = tied(random_columns(law, MONTH, 0, seed=6), law.catalogue, MONTH)
    found = Pass(wiring, every_output(wiring), checked=True).run(nobody)
    assert {(one.size, len(one.rows)) for one in found.values()} == {(0, 0)}


def test_a_cache_folder_that_cannot_be_written_to_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made_up: Maker
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BALSTS_CACHE", str(tmp_path / "file"))
    wiring = wire(made_up(right_text("return wage * 2")), MONTH)
    with pytest.raises(InputError, match="compiled code cannot be kept there") as error:
        Pass(wiring, rights_only(wiring))
    assert str(tmp_path / "file") in str(error.value)
    assert "BALSTS_CACHE" in str(error.value)


def largest(dated: DatedValue, one: Parameter) -> DatedValue:
    """A parameter's value with the largest of its type in every row."""
    top = {"money": MAX_PARAMETER_CENTS, "rate": MAX_RATE, "whole_number": MAX_WHOLE_NUMBER, "flag": 1}[one.of]
    if dated.repealed:
        return dated
    if one.type in ("table", "scale", "steps"):
        keys = dated.value.keys if isinstance(dated.value, Lookup) else (0,)
        return replace(dated, value=Lookup(dict.fromkeys(keys, top)))
    return replace(dated, value=top)


def at_the_extreme(law: Law, only: tuple[str, ...]) -> Law:
    """The law with all parameters of some types as large as they may be written."""
    kept = ("state_pension_index",)  # rates that follow on each other are bounded together
    parameters = [one.revalued(tuple(largest(dated, one) for dated in one.values))
                  for name, one in law.parameters.items() if one.of in only and name not in kept]  # fmt: skip
    return changed(law, parameters=parameters, by="extremes")


def crowd(law: Law, month: int, seed: int) -> Columns:
    """A household as large as there may be (as plain Python can follow), nearly all with the largest amounts."""
    population = random_columns(law, month, 2, seed, sizes=[MAX_MEMBERS if law.code == "xx" else 200, 3])
    for one in law.catalogue.inputs:
        if one.kind == "money":
            column = (population.persons if one.entity == "person" else population.household)[one.name]
            column[:] = np.where(np.arange(len(column)) % 10 > 0, MAX_CENTS, column)
    return tied(population, law.catalogue, month)


@pytest.mark.parametrize("only", [("money", "rate"), ("money", "rate", "flag"), ("money", "rate", "whole_number")])
@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_the_largest_facts_and_parameters_overflow_nowhere(law: Law, only: tuple[str, ...]) -> None:
    for month in months_of_change(law)[len(only) :: 6]:
        wiring = wire(at_the_extreme(law, only), month)
        found = Interpreted(wiring, every_output(wiring), persons_at_once=MAX_MEMBERS)
        assert found.differences(wiring, crowd(law, month, seed=month)) == []


@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_every_value_stays_within_the_bounds_worked_out_for_it(law: Law) -> None:
    bounds = Bounds()
    for month in months_of_change(law):
        wiring = wire(law, month)
        intervals, too_large = bounds.of(wiring)
        assert too_large == []
        population = tied(random_columns(law, month, 60, seed=month), law.catalogue, month)
        found = Interpreted(wiring, every_output(wiring)).answers(wiring, population)
        for key, (low, high) in intervals.items():
            column = found[f"{key} (value)"]
            known = column[column != UNDETERMINED]
            assert known.min(initial=max(low, 0)) >= low, key
            assert known.max(initial=min(high, 0)) <= high, key

"""Plain Python and the compiled pass answer the same to the cent, whatever the household, the month or the reform.

Every distinct set of rules is compiled once (with checks of bounds) and kept on disk; its months share the code. The
law is compiled in chapters, each with all it needs, as one pass with every value written would compile for minutes. The
generated text of the whole is compared without the compiler, as the Python it is, for whatever may be asked for.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balsts.law.engine.errors import Unknown
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law, changed
from balsts.law.engine.many.codegen import generate
from balsts.law.engine.many.columns import Columns
from balsts.law.engine.many.output import Output
from balsts.law.engine.many.passes import Pass, plain_pass, run
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.quantities import month_from, month_text
from balsts.law.engine.text import parse
from balsts.law.engine.vocabulary import Lookup
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from tests.law.evaluators import (
    Chapter,
    Interpreted,
    Twins,
    chapters,
    dense,
    differences,
    every_output,
    months_of_change,
    plain_outputs,
    rights_only,
)
from tests.law.populations import columns_of, household_files, random_columns, tied
from tests.law.small_country import small_country

HOUSEHOLDS = 200
AFTER_ALL_CHANGES = month_from("2027-03")
SOME_MONTHS = ["2020-01", "2021-03", "2022-11", "2026-01"]
LATEST = month_from("2026-01")
TOGETHER = pytest.mark.xdist_group("plain_law")
"""In one process, which works a month of the law out in plain Python once."""


def chapters_of(law: Law) -> list[Chapter]:
    return list(chapters(law, [*months_of_change(law), AFTER_ALL_CHANGES]))


CHAPTERS = [*chapters_of(latvia()), *chapters_of(small_country())]
MONTHS = [(law, month) for law in (latvia(), small_country()) for month in months_of_change(law)]


def law_of(code: str) -> Law:
    return latvia() if code == "lv" else small_country()


@lru_cache(maxsize=64)
def population_of(code: str, month: int) -> Columns:
    law = law_of(code)
    return tied(random_columns(law, month, HOUSEHOLDS, seed=month), law.catalogue, month)


def name_of(chapter: Chapter) -> str:
    return f"{chapter.law.code}-{chapter.name}-{month_text(chapter.months[0])}"


def other_value(value: object, type_: str, rng: np.random.Generator) -> object:
    """A value of the same type that differs a little or much; one that nobody knows becomes known."""
    if isinstance(value, Unknown):
        known = int(rng.integers(0, 2 if type_ == "flag" else 50_000))
        return Lookup({0: known}) if type_ in ("table", "scale", "steps") else known
    if isinstance(value, Lookup):
        return Lookup({key: int(rng.integers(0, 2 * amount + 2)) for key, amount in zip(value.keys, value.values,
                                                                                         strict=True)})  # fmt: skip
    assert isinstance(value, int)
    return 1 - value if type_ == "flag" else int(rng.integers(0, 2 * value + 2))


def revalued(parameter: Parameter, rng: np.random.Generator) -> Parameter:
    values: list[DatedValue] = []
    for dated in parameter.values:
        if dated.repealed or rng.random() < 0.3 or (isinstance(dated.value, Unknown) and parameter.of != "money"):
            values.append(dated)
        else:
            values.append(replace(dated, value=other_value(dated.value, parameter.type, rng)))
    return parameter.revalued(tuple(values))


@lru_cache(maxsize=64)
def reformed(code: str, seed: int) -> Law:
    law, rng = law_of(code), np.random.default_rng(seed)
    kept_as_divisor = [name for name in law.parameters if name.endswith("period_months")]
    parameters = [revalued(one, rng) for name, one in law.parameters.items() if name not in kept_as_divisor]
    return changed(law, parameters=parameters, by="random")


@lru_cache(maxsize=128)
def plain_of(code: str, month: int, *, is_reformed: bool) -> dict[str, np.ndarray[Any, Any]]:
    """Every value of a month's whole law in plain Python: what all passes over that population are held to."""
    wiring = wire(reformed(code, seed=month) if is_reformed else law_of(code), month)
    return plain_outputs(wiring, generate(wiring, every_output(wiring)), population_of(code, month))


@TOGETHER
@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_both_evaluators_agree_on_every_value_in_every_month_of_change(chapter: Chapter) -> None:
    first, code = chapter.wiring(chapter.months[0]), chapter.law.code
    twins = Twins(first, every_output(first))
    assert twins.differences(first, population_of(code, chapter.months[0])) == [], "plain Python of a part of the law"
    for month in chapter.months:
        population = population_of(code, month)
        found = twins.answers(chapter.wiring(month), population)
        assert differences(found, plain_of(code, month, is_reformed=False)) == [], month_text(month)
        wiring = chapter.wiring(month, reformed(code, seed=month))
        assert generate(wiring, every_output(wiring), checked=twins.checked).text == twins.compiled.kernel.text
        found = twins.answers(wiring, population)
        assert differences(found, plain_of(code, month, is_reformed=True)) == [], f"{month_text(month)}, reformed"


@TOGETHER
@pytest.mark.parametrize(("law", "month"), MONTHS, ids=[f"{law.code}-{month_text(month)}" for law, month in MONTHS])
def test_whatever_is_asked_for_the_generated_text_answers_as_plain_python(law: Law, month: int) -> None:
    rng = np.random.default_rng(month)
    for is_reformed in (False, True):
        wiring = wire(reformed(law.code, seed=month) if is_reformed else law, month)
        population, expected = population_of(law.code, month), plain_of(law.code, month, is_reformed=is_reformed)
        whole = Interpreted(wiring, every_output(wiring))
        assert differences(whole.answers(wiring, population), expected) == []
        few = rng.permutation(np.array(every_output(wiring), dtype=object))[:4].tolist()
        for outputs in (rights_only(wiring), few[:1], few[1:]):
            found = Interpreted(wiring, outputs, int(rng.integers(1, 2000))).answers(wiring, population)
            assert differences(found, expected) == []


@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_both_evaluators_agree_on_all_rights_where_nothing_else_is_asked_for(law: Law) -> None:
    wiring = wire(law, LATEST)
    population = population_of(law.code, LATEST)
    found = dense(run(wiring, rights_only(wiring), population, compile_from=0))
    assert differences(found, dense(plain_pass(wiring, rights_only(wiring), population))) == []


@pytest.mark.parametrize("month", SOME_MONTHS)
@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_both_evaluators_agree_on_single_households_as_files_state_them(law: Law, month: str) -> None:
    on = month_from(month)
    wiring = wire(law, on)
    whole, only_rights = Interpreted(wiring, every_output(wiring)), Interpreted(wiring, rights_only(wiring))

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(household_files(law, on))
    def agree(file: dict[str, object]) -> None:
        tree = parse(json.dumps(file).encode(), "household.json")
        facts, _ = read_household(tree, law.catalogue, law.rights(), on)
        household = columns_of(facts, law.catalogue)
        assert whole.differences(wiring, household) == []
        assert only_rights.differences(wiring, household) == []

    agree()


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 30), month=st.sampled_from(months_of_change(small_country())))
def test_both_evaluators_agree_on_one_wild_household_of_any_size(seed: int, size: int, month: int) -> None:
    law = small_country()
    household = tied(random_columns(law, month, 1, seed, sizes=[size]), law.catalogue, month)
    wiring = wire(law, month)
    assert Interpreted(wiring, every_output(wiring)).differences(wiring, household) == []


def test_one_thread_and_two_answer_the_same() -> None:
    law, month = small_country(), month_from("2023-02")
    wiring = wire(law, month)
    population = tied(random_columns(law, month, 6000, seed=6), law.catalogue, month)
    compiled = Pass(wiring, every_output(wiring), checked=True)
    alone, together = (dense(compiled.run(population, threads=number)) for number in (1, 2))
    assert all(np.array_equal(alone[name], together[name]) for name in alone)
    assert sum(int(column.astype(np.int64).clip(0).sum()) for column in alone.values()) > 0


def test_a_large_population_is_compiled_and_a_small_one_is_not_with_one_result() -> None:
    law, month = small_country(), month_from("2026-01")
    wiring = wire(law, month)
    population = tied(random_columns(law, month, 300, seed=7), law.catalogue, month)
    outputs = every_output(wiring)
    plain, compiled = (dense(run(wiring, outputs, population, compile_from=most)) for most in (1000, 0))
    assert plain.keys() == compiled.keys()
    assert all(np.array_equal(plain[name], compiled[name]) for name in plain)


def test_the_law_as_it_was_known_on_a_day_answers_the_same_either_way() -> None:
    law, month = small_country(), month_from("2022-03")
    population = tied(random_columns(law, month, 300, seed=8), law.catalogue, month)
    amounts = []
    for known in (None, law.parameters["family_grant_per_child"].values[0].since):
        wiring = wire(law, month, known=known)
        assert Twins(wiring, every_output(wiring)).differences(wiring, population) == []
        amounts.append(run(wiring, every_output(wiring), population)["family_grant (right)"].values.sum())
    assert amounts[0] != amounts[1]


def test_random_households_reach_nearly_every_right_of_the_country() -> None:
    law, month = latvia(), month_from("2026-01")
    wiring = wire(law, month)
    population = tied(random_columns(law, month, 4 * HOUSEHOLDS, seed=month), law.catalogue, month)
    found = run(wiring, [Output("right", code) for code in wiring.rights], population)
    never = [code for code in wiring.rights if not len(found[code].rows)]
    assert len(never) <= 2, never

"""A synthetic population is a valid population file, of exactly the size asked for, and the same for the same seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.law.engine.errors import DomainError
from balsts.population import synthesis
from balsts.population.synthesis import CannotSynthesise, synthesise, synthesise_blocks
from balsts.population.synthesis import facts as facts_module
from tests.population.checks import check_population
from tests.population.conftest import PERSONS

MONTHS = [f"{year}-{month:02d}" for year in range(2020, 2028) for month in range(1, 13)]


def test_a_population_of_a_medium_country_is_a_valid_file(nation: pa.Table) -> None:
    check_population(nation, PERSONS, "2026-01")


@settings(max_examples=120)
@given(persons=st.integers(1, 400), seed=st.integers(0, 2**63), on=st.sampled_from(MONTHS))
def test_small_populations_of_any_month_are_valid_files(persons: int, seed: int, on: str) -> None:
    check_population(synthesise(persons, seed, on), persons, on)


@pytest.mark.parametrize("persons", [1, 2, 3, 10, 1000])
@pytest.mark.parametrize("seed", range(5))
def test_the_smallest_populations_have_exactly_the_persons_asked_for(persons: int, seed: int) -> None:
    check_population(synthesise(persons, seed), persons, "2026-01")


def test_blocks_follow_one_another_and_hold_whole_households(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synthesis, "_BLOCK", 500)
    blocks = list(synthesise_blocks(1301, seed=3))
    assert [len(block) for block in blocks] == [434, 434, 433]
    check_population(pa.concat_tables(blocks), 1301, "2026-01")


def test_the_same_seed_gives_the_same_table_and_another_seed_another() -> None:
    once, again, other = synthesise(3000, 5), synthesise(3000, 5), synthesise(3000, 6)
    assert once.equals(again)
    assert not once.equals(other)


def test_the_file_is_the_same_byte_by_byte_however_many_threads_there_are(tmp_path: Path) -> None:
    code = (
        "import sys; from balsts.population.parquet import write_population; "
        "from balsts.population.synthesis import synthesise_blocks; "
        "write_population(synthesise_blocks(3000, 5), sys.argv[1])"
    )
    source = Path(synthesis.__file__).parents[3]
    written = []
    for threads in ("1", "7"):
        out = tmp_path / f"{threads}.parquet"
        environment = {**os.environ, "PYTHONPATH": str(source), "OMP_NUM_THREADS": threads, "ARROW_IO_THREADS": threads}
        subprocess.run([sys.executable, "-c", code, str(out)], check=True, env=environment)
        written.append(out.read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("persons", "seed", "on", "said"),
    [
        (0, 1, "2026-01", "0 persons cannot be drawn"),
        (-5, 1, "2026-01", "-5 persons cannot be drawn"),
        (10**9, 1, "2026-01", "ask for 1 to"),
        (10, -1, "2026-01", "-1 is no seed"),
        (10, 1, "2026-13", "is no month"),
        (10, 1, "January", "is no month"),
        (10, 1, "2026-1", "is no month"),
        (10, 1, "2019-12", "from 2020-01"),
        (10, 1, "2028-01", "to 2027-12"),
    ],
)
def test_what_cannot_be_drawn_is_said_at_once(persons: int, seed: int, on: str, said: str) -> None:
    with pytest.raises(CannotSynthesise, match=said) as caught:
        synthesise_blocks(persons, seed, on)
    assert isinstance(caught.value, DomainError)


def test_every_fact_and_assumption_is_used_and_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that nothing reads would mislead whoever reads the tables."""
    used: set[str] = set()

    class Watched(dict[str, object]):
        def __getitem__(self, key: str) -> object:
            used.add(key)
            return super().__getitem__(key)

    facts, assumptions = facts_module._facts(), facts_module._assumptions()
    cached = [value for value in vars(facts_module).values() if hasattr(value, "cache_clear")]
    with monkeypatch.context() as patch:
        patch.setattr(facts_module, "_facts", lambda: Watched(facts))
        patch.setattr(facts_module, "_assumptions", lambda: Watched(assumptions))
        from balsts.population.synthesis import income
        from balsts.population.targets import compare_with_published

        cached += [income.wage_levels, income.pension_quantiles]
        for one in cached:
            one.cache_clear()
        compare_with_published(synthesise(PERSONS, 1))  # large enough for every kind of care
        for year in range(2020, 2028):
            compare_with_published(synthesise(300, 1, f"{year}-03"), f"{year}-03")
    for one in cached:
        one.cache_clear()
    assert facts.keys() | assumptions.keys() == used
    assert all(row["reason"] and row["unit"] for rows in assumptions.values() for row in rows)


def test_every_source_named_is_listed_and_every_one_listed_is_named() -> None:
    listed = {row["source_id"] for row in facts_module.read("sources.csv")}
    named: set[str] = set()
    for file in facts_module.DATA.glob("*.csv"):
        if file.name != "sources.csv":
            for row in facts_module.read(file.name):
                named.update(row.get("source_id", "").split("+"))
    assert named - {""} == listed


def test_before_the_war_nobody_has_fled_from_ukraine() -> None:
    table = synthesise(20_000, 1, "2022-02")
    assert "ukraine_civilian" not in set(table["resident_status"].to_pylist())
    assert table["is_emergency_guardian"].null_count == 20_000
    assert "ukraine_civilian" in set(synthesise(20_000, 1, "2022-03")["resident_status"].to_pylist())


def test_varaklani_is_a_part_of_madona_from_july_2025() -> None:
    before = set(synthesise(20_000, 1, "2025-06")["municipality"].to_pylist())
    after = set(synthesise(20_000, 1, "2025-07")["municipality"].to_pylist())
    assert before - after == {"0055000", "0038000"}
    assert after - before == {"0038001"}

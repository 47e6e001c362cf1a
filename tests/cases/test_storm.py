"""An amount changed far back: only touched cases move, and corrections come to what a population run comes to."""

from __future__ import annotations

import datetime
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balsts.access.acting import in_scope
from balsts.cases import law_in_force as module
from balsts.cases.drafts_of_law import amendment_of, laid_over
from balsts.cases.law_in_force import LawInForce, law_in_force
from balsts.cases.models import Change, ChangeLine
from balsts.cases.runs import work
from balsts.cases.works import begin_law_change
from balsts.law.engine.many.columns import tie
from balsts.law.engine.quantities import month_from
from balsts.law.engine.wiring import wire
from balsts.population.reader import Population, read_population
from balsts.population.simulate import needed_inputs, simulate
from tests.cases.situations import Home, home
from tests.cases.test_reassessing import GMI_UP, granted
from tests.registry.situations import LONG_AGO, PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
CODES = ["gmi_benefit", "housing_benefit"]
MONTHS = [month_from(f"2026-{number:02}") for number in (2, 3, 4)]
WAGES = ("0.00", "64.00", "120.50", "317.99", "318.00", "333.33", "900.00")


def population(path: Path, homes: dict[str, Home], law: LawInForce) -> Population:
    """The same households as a population file, written down here by hand and not read from the registry."""
    rows: dict[str, list[object]] = {
        "person_id": [], "household_id": [], "born": [], "sex": [], "parent_1_id": [], "wage_net_cents": [],
        "housing_costs_cents": [],
    }  # fmt: skip
    for number, wage in enumerate(homes):
        for at, born, cents, parent in (
            (1, date(1990, 5, 4), int(Fraction(wage) * 100), None), (2, date(2020, 6, 11), 0, 10 * number + 1),
        ):  # fmt: skip
            values = (10 * number + at, number, born, "f", parent, cents, 180_00)
            for column, value in zip(rows.values(), values, strict=True):
                column.append(value)
    types = {"born": pa.date32(), "sex": pa.string()}
    pq.write_table(
        pa.table({name: pa.array(values, types.get(name, pa.int64())) for name, values in rows.items()}), path
    )
    wirings = [wire(law.law, month, wanted=CODES) for month in MONTHS]
    return read_population(path, law.law.catalogue, names=needed_inputs(wirings))


def test_a_storm_moves_only_touched_cases_and_its_corrections_equal_a_population_run_to_the_cent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = {wage: home(wage=wage) for wage in WAGES}
    cases = {wage: granted(one.mother).case_id for wage, one in homes.items()}
    old, amendment = law_in_force(), amendment_of(GMI_UP)
    new = laid_over(amendment)
    monkeypatch.setattr(module, "_enacted", lambda: [(amendment, LONG_AGO)])
    work(begin_law_change(old, new).pk)
    expected = Fraction(0)
    for month in MONTHS:
        people = population(tmp_path / f"{month}.parquet", homes, old)
        tie(people.columns, old.law.catalogue, month)
        before, after = (simulate(law.law, people, month, CODES)[0] for law in (old, new))
        expected += sum((after.totals[code].amount - before.totals[code].amount for code in CODES), Fraction(0))
    with in_scope(PLATFORM):
        moved = set(Change.objects.values_list("case", flat=True))
        lines = list(ChangeLine.objects.filter(code__in=CODES))
    assert sum(one.after - one.before for one in lines) == expected > 0
    assert {one.month for one in lines} == {datetime.date(2026, month, 1) for month in (2, 3, 4)}
    # At 900 euros nothing is due before or after; nobody else is left out.
    assert cases["900.00"] not in moved
    assert cases["64.00"] in moved

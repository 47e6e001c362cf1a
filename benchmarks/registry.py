"""Measures the registry at size: the bulk load, the facts of one household at a pair of times, finding a person.

Run it in the repository: `python -m benchmarks.registry --persons N`. It makes a population, sets up a database of its
own in a folder for temporary files, and takes all of it away again. With `--keep FOLDER` it is all kept, and another
run only asks.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FACTS_A_PERSON, FACTS_OF_POPULATION = 21, 6
MONTHS = [date(2022 + month // 12, month % 12 + 1, 1) for month in range(49)]
QUESTIONS = 300
_CONSONANTS = "b c d f g k l m n p r s t v z br kr st sk tr gr dz".split()
_VOWELS = "a e i o u ā ē ī ū ie au".split()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registry", description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000, metavar="N")
    parser.add_argument("--population", type=Path, metavar="FILE", help="a population file made before")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the database there, or ask the one that is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
        folder = arguments.keep or Path(name)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(folder / "data")
        print(json.dumps(measured(folder, arguments.persons, arguments.population), indent=1))
    return 0


def files_to_load(folder: Path, persons: int, population: Path | None) -> list[Path]:
    """A population file with names and personal codes, and one of further facts; made where they are not there."""
    from balsts.cli import main as balsts

    files = [folder / "persons.parquet", folder / "wages.parquet"]
    if not all(file.exists() for file in files):
        made = population or folder / "population.parquet"
        if population is None:
            balsts(["population", "synth", "--persons", str(persons), "--seed", "1", "--out", str(made)])
        named(made, files[0])
        monthly_wages(made, files[1])
    return files


def measured(folder: Path, persons: int, population: Path | None) -> dict[str, Any]:
    """All figures; those of the load as they were when it was made."""
    from balsts.cli import main as balsts
    from balsts.database import server
    from balsts.database.connections import set_up

    cluster, made = server.Cluster(folder / "data"), folder / "made.json"
    try:
        files = [] if made.exists() else files_to_load(folder, persons, population)
        assert balsts(["db", "migrate"]) == 0
        set_up()
        if files:
            made.write_text(json.dumps(loaded(files)))
        size = round(server.status(cluster).size_bytes / 1e9, 2)
        return json.loads(made.read_text()) | asked() | {"database_gb": size}
    finally:
        from django.db import connections

        connections.close_all()
        server.stop(cluster)


def named(made: Path, file: Path) -> None:
    """The population with personal codes that are seen to be made up, and names as unevenly spread as real ones are."""
    from balsts.exchange.simulation.identities import personal_code

    table = pq.read_table(made)
    rows = list(zip(table["person_id"].to_pylist(), table["household_id"].to_pylist(), table["sex"].to_pylist(),
                    strict=True))  # fmt: skip
    given, surnames = Names(1_500, ("is", "a"), common=5), Names(40_000, ("iņš", "iņa"), common=20)
    columns = {
        "x_given_names": [given.of(2 * person, sex) for person, _, sex in rows],
        "x_surname": [surnames.of(2 * household + 1, sex) for _, household, sex in rows],
        "x_personal_code": [personal_code(person) for person, _, _ in rows],
    }
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values))
    pq.write_table(table, file)


class Names:
    """Made-up words, the first ones common and most rare (Zipf's law); the same for a number in every run."""

    def __init__(self, words: int, endings: tuple[str, str], common: int) -> None:
        rng = random.Random(words)
        stems: dict[str, None] = {}
        while len(stems) < words:
            syllables = rng.choice((2, 2, 3))
            stems["".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(syllables))] = None
        self.words = [tuple((stem + rng.choice(_CONSONANTS) + ending).title() for ending in endings) for stem in stems]
        self.weights = list(itertools.accumulate(1 / (rank + common) for rank in range(words)))

    def of(self, number: int, sex: str) -> str:
        """The word of a number."""
        at = random.Random(number).random() * self.weights[-1]
        return self.words[bisect.bisect(self.weights, at)][sex == "f"]


def monthly_wages(made: Path, file: Path) -> None:
    """Wages of earlier months, as many as bring the facts to those of a real registry."""
    table = pq.read_table(made, columns=["person_id", "wage_net_cents"])
    table = table.filter(pc.is_valid(table["wage_net_cents"]))
    missing = (FACTS_A_PERSON - FACTS_OF_POPULATION) * pq.read_metadata(made).num_rows
    months = min(len(MONTHS) - 1, math.ceil(missing / max(1, len(table))))
    people, wages = table["person_id"].to_pylist(), table["wage_net_cents"].to_pylist()
    columns = [("person_id", pa.int64()), ("key", pa.string()), ("value", pa.string()), ("valid_from", pa.date32()),
               ("valid_until", pa.date32())]  # fmt: skip
    with pq.ParquetWriter(file, pa.schema(columns)) as writer:
        for start in range(0, len(people), 20_000):
            some = range(start, min(start + 20_000, len(people)))
            rows = [
                (people[at], f"{wages[at] // 100}.{wages[at] % 100:02}", month)
                for at in some
                for month in range(months)
            ]
            writer.write_table(pa.table({
                "person_id": [one[0] for one in rows],
                "key": ["gross_wage_eur_month"] * len(rows),
                "value": [one[1] for one in rows],
                "valid_from": pa.array([MONTHS[one[2]] for one in rows], pa.date32()),
                "valid_until": pa.array([MONTHS[one[2] + 1] for one in rows], pa.date32()),
            }))  # fmt: skip


def loaded(files: list[Path]) -> dict[str, Any]:
    """The bulk load of both files."""
    from balsts.database.connections import set_up

    set_up()
    from balsts.registry import bulk
    from balsts.registry.models import Fact

    begun = time.perf_counter()
    load = bulk.load_population(files[0], date(2026, 2, 1), told(begun))
    persons_seconds = time.perf_counter() - begun
    bulk.load_facts(files[1], load, told(begun))
    seconds = time.perf_counter() - begun
    facts = Fact.objects.using("owner").count()
    return {"persons": load.rows, "facts": facts, "load_seconds": round(seconds, 1),
            "of_it_persons_seconds": round(persons_seconds, 1), "facts_per_second": round(facts / seconds)}  # fmt: skip


def told(begun: float) -> Callable[[int, int], None]:
    """Tells each part that is loaded, with the seconds since it began."""
    return lambda done, rows: print(f"{time.perf_counter() - begun:6.0f} s  {done:,} of {rows:,} rows", file=sys.stderr)


def asked() -> dict[str, Any]:
    """Questions about one household and for one person, by a municipality's worker, behind both walls."""
    from django.db.models import Count

    from balsts.access.acting import Acting, in_scope
    from balsts.law.engine.quantities import month_from
    from balsts.registry.household_file import household_file
    from balsts.registry.models import Address, Membership, PersonName
    from balsts.registry.selectors import find_persons

    worker = Acting(uuid.UUID(int=1), uuid.UUID(int=2), "0001000", "social_worker", "social_assistance")
    with in_scope(worker):
        some = list(Membership.objects.values_list("household_id", flat=True)[:200_000])
    homes = random.Random(1).sample(sorted(set(some)), QUESTIONS)
    month = month_from("2026-02")

    def household(at: int) -> None:
        with in_scope(worker):
            household_file(homes[at], month)

    officer = Acting(uuid.UUID(int=1), uuid.UUID(int=2), "", "benefits_officer", "state_benefits")
    municipalities = Address.objects.values_list("municipality_id", flat=True)
    with in_scope(officer):
        found = municipalities.annotate(persons=Count("*")).filter(municipality__isnull=False).order_by("persons")
        small = Acting(uuid.UUID(int=1), uuid.UUID(int=2), found[0], "social_worker", "social_assistance")
        words = list(PersonName.objects.values_list("given_names", "surname")[:QUESTIONS])
    names = [" ".join(one) for one in words] + [one[0][:-1] + "x " + one[1] for one in words[:40]]
    names = random.Random(1).sample([*names, *(one[0] for one in words[:40])], 100)
    codes = [f"399{random.Random(at).randrange(10**8):08}" for at in range(QUESTIONS)]
    return {
        "household_file_ms": timed(household, QUESTIONS),
        "find_by_code_ms": timed(lambda at: find_persons(worker, code=codes[at]), QUESTIONS),
        "find_by_name_ms": {
            scope: timed(lambda at, who=who: find_persons(who, name=names[at]), len(names))  # type: ignore[misc]
            for scope, who in (("large municipality", worker), ("small municipality", small), ("nation", officer))
        },
        "find_by_name_and_birth_ms": timed(
            lambda at: find_persons(worker, name=names[at], born=date(1980, 1, 1 + at % 28)), len(names)
        ),
    }


def timed(work: Callable[[int], object], times: int) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    found = []
    for at in range(times):
        begun = time.perf_counter()
        work(at)
        found.append((time.perf_counter() - begun) * 1000)
    return {"median": round(statistics.median(found), 2), "p95": round(statistics.quantiles(found, n=20)[18], 2)}


if __name__ == "__main__":
    raise SystemExit(main())

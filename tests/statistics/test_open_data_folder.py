"""`balsts statistics open-data`: a folder that is there whole or as it was, the same each time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from balsts.figures.current import book
from balsts.figures.datasets import DATASETS
from balsts.figures.loading import load_file
from balsts.law.engine.errors import InputError
from balsts.statistics.open_data.changed import changed_at
from balsts.statistics.open_data.files import PACKAGED_ON, forms_of
from balsts.statistics.open_data.folder import LIST, written_folder
from tests.command import Command
from tests.figures.test_loading import analyst, services

BASE = "https://balsts.example"


def hashes(folder: Path) -> dict[str, str]:
    return {one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
            for one in sorted(folder.rglob("*")) if one.is_file()}  # fmt: skip


@pytest.mark.django_db(databases=["default", "log"])
def test_the_command_writes_everything_and_again_the_same(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "data"
    first = command("statistics", "open-data", "--out", str(out), "--base", BASE, "--json")
    assert (first.code, first.err) == (0, "")
    told, before = json.loads(first.out), hashes(out)
    assert {one["path"]: one["sha256"] for one in told["files"]} == {k: v for k, v in before.items() if k != LIST}
    assert told["licence"] is None
    made_here = [(code, one) for code, table in DATASETS.items() for one in forms_of(table) if one.is_made_here]
    assert {f"tables/{code}.{one.ending}" for code, one in made_here} <= set(before)
    assert "tables/audits.sdmx.csv" not in before
    assert {"catalog.ttl", "catalog.jsonld", "catalog.rdf", "sdmx/structure.xml", "sdmx/structure.json"} <= set(before)
    again = command("statistics", "open-data", "--out", str(out), "--base", BASE)
    assert "no licence is chosen" in again.out
    assert hashes(out) == before
    assert [one.name for one in tmp_path.iterdir()] == ["data"]
    assert "No address of the portal" in command.refuses("statistics", "open-data", "--out", str(out))


@pytest.mark.django_db(databases=["default", "log"])
def test_a_new_year_changes_the_day_and_the_table() -> None:
    assert changed_at() == PACKAGED_ON
    load_file(analyst(), DATASETS["public-services"], "services.csv", services(), 2024)
    assert changed_at() >= PACKAGED_ON
    assert sum(1 for row in book().rows("public-services") if row.period == "2024") == 6


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="which would be lost"):
        written_folder(tmp_path, [("a.csv", b"a")], PACKAGED_ON)
    with pytest.raises(InputError, match="is a file"):
        written_folder(tmp_path / "notes.txt", [("a.csv", b"a")], PACKAGED_ON)
    assert hashes(tmp_path) == {"notes.txt": hashlib.sha256(b"mine").hexdigest()}


def test_what_fails_half_way_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "data"
    written_folder(out, [("a.csv", b"old"), ("b/c.csv", b"old")], PACKAGED_ON)
    before = hashes(out)

    def breaking() -> Iterator[tuple[str, bytes]]:
        yield "a.csv", b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        written_folder(out, breaking(), PACKAGED_ON)
    assert hashes(out) == before
    assert [one.name for one in out.parent.iterdir()] == ["data"]
    written_folder(out, [("a.csv", b"new")], PACKAGED_ON)
    assert set(hashes(out)) == {"a.csv", LIST}

"""`balsts population synth`: what it writes and says, and how it refuses."""

from __future__ import annotations

import argparse
import errno
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balsts.population import commands, parquet
from balsts.population.parquet import write_population
from balsts.population.synthesis import synthesise


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="balsts")
    commands.add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["population", "synth", *arguments])
    return int(parsed.handler(parsed))


def test_it_writes_the_file_and_prints_the_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "small.parquet"
    assert run("--persons", "2000", "--seed", "7", "--out", str(out)) == 0
    said = capsys.readouterr()
    assert pq.read_table(out).num_rows == 2000
    assert pq.read_table(out).equals(synthesise(2000, 7))
    assert said.out.startswith("2,000 persons in ")
    assert "aged 0 to 14, %" in said.out
    assert "15.1" in said.out
    assert said.err == ""
    assert [file.name for file in tmp_path.iterdir()] == ["small.parquet"]


def test_json_holds_the_numbers_and_their_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "small.parquet"
    assert run("--persons", "500", "--seed", "7", "--on", "2025-12", "--out", str(out), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["persons"] == 500
    assert report["on"] == "2025-12"
    assert report["households"] == pq.read_table(out)["household_id"][-1].as_py()
    first = report["comparison"][0]
    assert first["label"] == "aged 0 to 14"
    assert first["published"] == 15.1
    assert first["source"] == "APOLLO_8260494"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--persons", "0", "--out", "{}/a.parquet"), "0 persons cannot be drawn"),
        (("--persons", "-3", "--out", "{}/a.parquet"), "-3 persons cannot be drawn"),
        (("--persons", "5", "--seed", "-1", "--out", "{}/a.parquet"), "-1 is no seed"),
        (("--persons", "5", "--on", "2026-00", "--out", "{}/a.parquet"), "is no month"),
        (("--persons", "5", "--on", "1999-01", "--out", "{}/a.parquet"), "cannot be drawn"),
        (("--persons", "5", "--out", "{}/a.csv"), "must end in .parquet"),
        (("--persons", "5", "--out", "{}/nowhere/a.parquet"), "there is no folder"),
        (("--persons", "5", "--out", "{}/folder.parquet"), "this is a folder"),
    ],
)
def test_wrong_input_is_one_clear_message_and_code_2(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.parquet").mkdir()
    assert run(*(one.format(tmp_path) for one in arguments)) == 2
    heard = capsys.readouterr()
    assert said in heard.err
    assert heard.err.count("\n") == 1
    assert heard.out == ""
    assert [file.name for file in tmp_path.iterdir()] == ["folder.parquet"]


@pytest.mark.parametrize("persons", ["many", "1.5", ""])
def test_a_number_that_is_none_is_refused_with_the_usage(
    persons: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run("--persons", persons, "--out", str(tmp_path / "a.parquet"))
    assert caught.value.code == 2
    assert "--persons" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_wrong_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(parquet.tempfile, "mkstemp", refuse)
    assert run("--persons", "5", "--out", str(tmp_path / "a.parquet")) == 2
    assert "cannot be written to" in capsys.readouterr().err


def test_a_full_disk_leaves_the_old_file_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.parquet"
    assert run("--persons", "5", "--out", str(out)) == 0
    before = out.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parquet, "_write_blocks", full)
    capsys.readouterr()
    assert run("--persons", "50", "--out", str(out)) == 1
    assert "No space left on device. Nothing was written." in capsys.readouterr().err
    assert out.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.parquet"]


def test_a_population_of_no_blocks_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one block"):
        write_population(iter(()), tmp_path / "a.parquet")
    assert not list(tmp_path.iterdir())


def test_a_table_or_its_blocks_are_written_alike(tmp_path: Path) -> None:
    table = synthesise(50, 1)
    write_population(table, tmp_path / "a.parquet")
    write_population(iter([table]), tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_the_bar_is_shown_on_a_terminal_alone_when_it_is_quick(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run("--persons", "5", "--out", str(tmp_path / "a.parquet")) == 0
    assert "persons" in capsys.readouterr().err


def test_help_ends_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    assert "balsts population synth --persons 1900000 --seed 1 --out nation.parquet" in capsys.readouterr().out


def test_columns_have_the_types_of_population_files() -> None:
    table = synthesise(100, 1)
    for name in table.column_names:
        kind = table.schema.field(name).type
        if name.endswith(("_id", "_cents")) or name in (
            "disability_group",
            "assistant_hours",
            "months_since_first_application",
        ):
            assert kind == pa.int64(), name
        elif name.endswith(("_on", "_since")) or name in ("born", "died"):
            assert kind == pa.date32(), name
        elif name.startswith(("is_", "has_", "needs_")):
            assert kind == pa.bool_(), name
        elif name == "applied_for":
            assert kind == pa.list_(pa.string()), name
        else:
            assert pa.types.is_dictionary(kind), name

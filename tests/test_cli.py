"""The command line as a whole: help with examples, quick starts, and ends that a program can tell apart."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator

import pytest

from balsts import cli
from balsts.law.engine.errors import InputError
from tests.command import Command

HOUSEHOLD = "{on: 2026-02, persons: {a: {born: 1990-01-01, sex: f}}}"


def leaves(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every job that takes no further one."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield path
    for action in below:
        for name, inner in action.choices.items():
            yield from leaves(inner, (*path, name))


JOBS = sorted(leaves(cli.parser()))


def test_the_jobs_of_the_contract_are_there() -> None:
    expected = {("entitle",), ("simulate",), ("main-job",), ("population", "synth"), ("bench", "law")}
    expected |= {("law", part) for part in ("lint", "list", "show", "inputs", "questions")}
    assert expected <= set(JOBS)


@pytest.mark.parametrize("job", JOBS, ids=[" ".join(job) for job in JOBS])
def test_every_job_has_help_with_an_example(command: Command, job: tuple[str, ...]) -> None:
    done = command(*job, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"usage: balsts {' '.join(job)}")
    assert "example" in done.out
    assert f"balsts {' '.join(job)}" in done.out.split("example", 1)[1]


@pytest.mark.parametrize("job", sorted({job[:at] for job in JOBS for at in range(len(job))}), ids=" ".join)
def test_a_group_of_jobs_lists_them(command: Command, job: tuple[str, ...]) -> None:
    done = command(*job, "--help")
    assert done.code == 0
    for name in {one[len(job)] for one in JOBS if one[: len(job)] == job}:
        assert name in done.out


@pytest.mark.parametrize("arguments", [(), ("no-such-job",), ("law",), ("law", "no-such-job"), ("--no-such-option",)])
def test_a_command_line_that_is_wrong_ends_with_2(command: Command, arguments: tuple[str, ...]) -> None:
    done = command(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("usage: balsts")


@pytest.mark.parametrize("arguments", [
    ["--help"], ["--bad"], ["law", "list"], ["entitle", "-"], ["entitle", "--help"], ["simulate", "--help"],
    ["population", "synth", "--help"], ["main-job", "--help"], ["bench", "law", "--help"],
], ids=" ".join)  # fmt: skip
def test_no_array_library_is_loaded_for_one_household_or_for_help(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom balsts.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'numba', 'pyarrow', 'llvmlite'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], input=HOUSEHOLD, capture_output=True, text=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------------------------------- ends


class Ends:
    """A job that ends as the test wants."""

    def __init__(self, end: BaseException | int) -> None:
        self.end = end

    def __call__(self, arguments: argparse.Namespace) -> int:
        if isinstance(self.end, BaseException):
            raise self.end
        return self.end


@pytest.mark.parametrize(("end", "code", "said"), [
    (0, 0, ""),
    (1, 1, ""),
    (InputError("a.yaml, line 2: one.", "a.yaml, line 3: two."), 2,
     "balsts: a.yaml, line 2: one.\nbalsts: a.yaml, line 3: two.\n"),
    (PermissionError(13, "Permission denied", "rights.parquet"), 1, "balsts: rights.parquet: Permission denied.\n"),
    (OSError(28, "No space left on device"), 1, "balsts: No space left on device.\n"),
    (KeyboardInterrupt(), 130, "balsts: stopped; nothing was changed.\n"),
], ids=["done", "failed", "wrong input", "not allowed", "disk full", "stopped"])  # fmt: skip
def test_a_job_ends_with_its_code_and_message(
    command: Command, monkeypatch: pytest.MonkeyPatch, end: BaseException | int, code: int, said: str
) -> None:
    monkeypatch.setattr("balsts.law.entitle.run", Ends(end))
    done = command("entitle", "x.yaml")
    assert (done.code, done.out, done.err) == (code, "", said)


def test_a_mistake_of_the_program_itself_is_not_hidden(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balsts.law.entitle.run", Ends(AssertionError("a mistake")))
    with pytest.raises(AssertionError, match="a mistake"):
        command("entitle", "x.yaml")


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "balsts.cli", "entitle", "-", "--lang", "en"],
                          input=HOUSEHOLD.encode(), capture_output=True, check=False)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Rights in February 2026")

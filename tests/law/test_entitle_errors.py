"""`balsts entitle` and what cannot be answered: one clear message on standard error, 2, and never a traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import Command

ONE = "{on: 2026-02, persons: {a: {born: 1990-01-01, sex: f}}}"
FILES = [
    ("binary", b"\x89PNG\r\n\x1a\n\x00\x00", "byte 0 is not UTF-8 text"),
    ("empty", b"", "is empty"),
    ("blank", b"  \n\n", "is empty"),
    ("a comment alone", b"# nothing\n", "is empty"),
    ("a megabyte and a byte", b"#" * (1 << 20) + b"\n", "is larger than 1,048,576 bytes"),
    ("a zero byte", ONE.encode() + b"\x00", "is not readable as YAML"),
    ("no YAML", b"persons: {a: [}", "is not readable as YAML"),
    ("two documents", ONE.encode() + b"\n---\n" + ONE.encode(), "expected one document"),
    ("a list", b"- a\n- b\n", "expected a household"),
    ("deep", b"{persons: " + b"[" * 100 + b"]" * 100 + b"}", "nested too deeply"),
    ("deep JSON", b"[" * 5000 + b"]" * 5000, "nested too deeply"),
    ("a tag", b"persons: !!python/object:os.system {}", "carries the tag"),
    ("an anchor", b"persons: {a: &one {born: 1990-01-01, sex: f}, b: *one}", "anchor or alias"),
    ("a name twice", b"on: 2026-02\non: 2026-03\npersons: {}", "on is stated twice"),
    ("a name twice in JSON", b'{"on": "2026-02", "on": "2026-03"}', "on: is stated twice"),
    ("no month", b"persons: {a: {born: 1990-01-01, sex: f}}", "says no month"),
    ("no persons", b"on: 2026-02", "has no persons"),
    ("nobody", b"{on: 2026-02, persons: {}}", "has 0 persons; expected 1 to 100"),
    ("a month that is none", b"{on: 2026-2, persons: {a: {born: 1990-01-01, sex: f}}}", "expected a month such as"),
    ("a month before the law", b"{on: 2019-12, persons: {a: {born: 1990-01-01, sex: f}}}",
     "the month asked is 2019-12; the law is held from 2020-01 on"),
    ("an unknown fact", b"{on: 2026-02, persons: {a: {born: 1990-01-01, sexx: f}}}", "Nearest known name: sex"),
    ("negative money", ONE.encode().replace(b"f}", b'f, savings_eur: "-1.00"}'), "savings_eur"),
    ("half a cent", ONE.encode().replace(b"f}", b'f, savings_eur: "1.005"}'), "savings_eur"),
    ("a birth in the future", ONE.encode().replace(b"1990", b"2027"), "lies after the month asked"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [one[1:] for one in FILES], ids=[one[0] for one in FILES])
def test_a_file_that_cannot_be_answered_is_told_with_its_name(command: Command, content: bytes, expected: str) -> None:
    path = command.file(content)
    message = command.refuses("entitle", path)
    assert message.startswith(f"balsts: {path}") or "the month asked" in message
    assert expected in message


@pytest.mark.parametrize("content", [one[1] for one in FILES], ids=[one[0] for one in FILES])
def test_standard_input_is_judged_as_a_file_is(
    command: Command, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    message = command.refuses("entitle", "-")
    assert "standard input" in message or "the month asked" in message


def test_a_file_of_just_a_megabyte_is_read(command: Command) -> None:
    text = ONE + "\n#"
    assert command.entitle(text + "x" * ((1 << 20) - len(text))).code == 0


def test_a_file_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    assert "gone.yaml: cannot be read: No such file" in command.refuses("entitle", tmp_path / "gone.yaml")


def test_a_folder_is_no_file(command: Command, tmp_path: Path) -> None:
    assert "cannot be read: Is a directory" in command.refuses("entitle", tmp_path)


@pytest.mark.parametrize(("options", "expected"), [
    (["--on", "2026-13"], "--on: expected a month such as 2026-02, found 2026-13."),
    (["--on", "february"], "--on: expected a month such as 2026-02, found february."),
    (["--on", "2026-02-01"], "--on: expected a month"),
    (["--on", ""], "--on: expected a month"),
    (["--on", "2019-12"], "the month asked is 2019-12; the law is held from 2020-01 on."),
    (["--known", "2026-02-30"], "--known: expected a day such as 2026-02-01, found 2026-02-30."),
    (["--explain=gmi_benfit"], "gmi_benfit is not the code of a right. Nearest known name: gmi_benefit."),
    (["--explain=needy_household"], "needy_household is not the code of a right."),
    (["--reform", "gone.yaml"], "gone.yaml: cannot be read"),
])  # fmt: skip
def test_an_option_that_cannot_be_used_is_told(command: Command, options: list[str], expected: str) -> None:
    assert expected in command.refuses("entitle", command.file(ONE), *options)


@pytest.mark.parametrize("arguments", [
    [], ["--lang", "de", "x.yaml"], ["--format", "xml", "x.yaml"], ["--unknown", "x.yaml"],
])  # fmt: skip
def test_a_command_line_that_is_wrong_is_told_with_its_use(command: Command, arguments: list[str]) -> None:
    done = command("entitle", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("usage: balsts")


# ------------------------------------------------------------------------------------------- as a process of its own


def balsts(*arguments: str, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "balsts.cli", *arguments], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | more)  # fmt: skip


def test_the_process_ends_with_2_and_one_line_for_bad_input() -> None:
    process = balsts("entitle", "-")
    out, err = process.communicate(b"\xff\xfe")
    assert (process.returncode, out) == (2, b"")
    assert err == b"balsts: standard input: byte 0 is not UTF-8 text; expected a YAML or JSON file.\n"


def test_a_closed_pipe_ends_quietly() -> None:
    process = balsts("entitle", "-", "--all", "--explain")
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stdin.write(ONE.encode())
    process.stdin.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 1
    assert err == b""


def test_latvian_is_written_whatever_the_terminal_is_set_to() -> None:
    process = balsts("entitle", "-", PYTHONIOENCODING="ascii")
    out, err = process.communicate(ONE.encode())
    assert (process.returncode, err) == (0, b"")
    assert "mājsaimniecība" in out.decode()

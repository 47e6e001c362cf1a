"""The `balsts` command as a test runs it: arguments in, exit code and both outputs back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from balsts.cli import main


class Done(NamedTuple):
    """What a run ended with."""

    code: int
    out: str
    err: str


class Command:
    """Runs the command in this process; household files are written to a folder of the test."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.folder = folder

    def __call__(self, *arguments: str | Path) -> Done:
        self.capsys.readouterr()
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        return Done(code, *self.capsys.readouterr())

    def file(self, text: str | bytes, name: str = "household.yaml") -> Path:
        """A file of the test with a text."""
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def entitle(self, household: str, *options: str | Path) -> Done:
        """`balsts entitle` of a household written as in its file."""
        return self("entitle", self.file(household), *options)

    def answer(self, household: str, *options: str | Path) -> Any:
        """The answer as JSON; the run must have ended well and silently."""
        done = self.entitle(household, "--format", "json", *options)
        assert (done.code, done.err) == (0, "")
        return json.loads(done.out)

    def refuses(self, *arguments: str | Path) -> str:
        """The one message of a run that must end with 2."""
        done = self(*arguments)
        assert done.code == 2
        assert done.out == ""
        assert len(done.err.splitlines()) == 1
        return done.err

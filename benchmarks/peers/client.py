"""The peers, each in a process of its own, for a benchmark that lets them take turns with ours."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from balsts.law.engine.errors import InputError
from balsts.law.engine.many.output import UNDETERMINED, Entries

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements.lock")
ENVIRONMENT = ROOT / ".venv-peers"
PEERS = ("openfisca", "numpy", "polars")
THREADS = 2

Array = np.ndarray[Any, Any]


def environment() -> Path:
    """The interpreter of the peers' environment, made when it is not there or its lock file is newer.

    Raises:
        InputError: an interpreter or a package cannot be had.
    """
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = ENVIRONMENT / "ready"
    if ready.exists() and ready.stat().st_mtime >= LOCK.stat().st_mtime and python.exists():
        return python
    sys.stderr.write(f"Setting up {ENVIRONMENT.name} (other engines, for comparison)\n")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    _called([sys.executable, "-m", "venv", str(ENVIRONMENT)], "the environment cannot be made")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
               "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]  # fmt: skip
    _called(install, f"the packages of {LOCK.relative_to(ROOT)} cannot be installed")
    ready.touch()
    return python


def _called(command: list[str], failure: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        raise InputError(f"--peers: {failure}. A package registry must be within reach.\n{said}")


class _Process:
    """One runner; `ask` sends a request and waits for its answer."""

    def __init__(self, python: Path, name: str) -> None:
        self.name = name
        names = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_MAX_THREADS")
        settings = {one: os.environ[one] for one in os.environ if not one.startswith("PYTHON")}
        self.process = subprocess.Popen(
            [str(python), "-m", "benchmarks.peers.runner"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=settings | dict.fromkeys(names, str(THREADS)),
        )  # fmt: skip

    def ask(self, do: str, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps({"do": do, **request}) + "\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise InputError(f"--peers: {self.name} ended without an answer to {do} (code {self.process.wait()}).")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise InputError(f"--peers: {self.name} failed at {do}: {answer['error']}")
        return answer

    def stop(self) -> None:
        if self.process.stdin is not None and self.process.poll() is None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.write('{"do": "stop"}\n')
                self.process.stdin.close()
            self.process.wait()


class Peers:
    """Other engines with the same rules, the same columns and outputs by the same names.

    Attributes:
        prepared: what each said when it had loaded: seconds to import, to make its structure (OpenFisca: its
            simulation and inputs), none of which counts in a round.
        undetermined: values that ours leaves undetermined, by code; they are not compared.
    """

    def __init__(self, names: tuple[str, ...] = PEERS) -> None:
        python = environment()
        self.folder = Path(tempfile.mkdtemp(prefix="balsts-peers-"))
        self.processes = {name: _Process(python, name) for name in names}
        self.prepared: dict[str, dict[str, float]] = {}
        self.undetermined: dict[str, int] = {}
        self.codes: list[str] = []

    def prepare(self, columns: Any, codes: list[str]) -> None:
        """Hand over the columns of a population (families worked out) and let each peer warm up.

        Args:
            columns: persons, household and starts, as the law reads them.
            codes: the outputs that are compared.
        """
        self.codes = codes
        folder = self.folder / "columns"
        folder.mkdir(exist_ok=True)
        for name, values in (columns.persons | columns.household | {"starts": columns.starts}).items():
            np.save(folder / f"{name}.npy", values)
        for name, process in self.processes.items():
            self.prepared[name] = process.ask("load", peer=name, folder=str(folder))

    def round(self, name: str) -> float:
        """Seconds of one round of a peer."""
        return float(self.processes[name].ask("round")["seconds"])

    def peak_rss_mb(self, name: str) -> float:
        """The most memory its process has had."""
        return float(self.processes[name].ask("memory")["peak_rss_mb"])

    def compare(self, name: str, ours: dict[str, Entries]) -> dict[str, int]:
        """How many values of the peer's last round differ from ours, by code; none where ours is undetermined."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        self.processes[name].ask("write", folder=str(folder))
        return {code: self._wrong(folder / f"{code}.npy", code, ours[code].dense()) for code in self.codes}

    def _wrong(self, path: Path, code: str, ours: Array) -> int:
        theirs = np.load(path)
        is_known = ours != UNDETERMINED
        self.undetermined[code] = int((~is_known).sum())
        if theirs.dtype.kind == "f":
            theirs = np.floor(theirs.astype(np.float64) * 100 + 0.5)
        return int(((theirs != ours) & is_known).sum())

    def close(self) -> None:
        """End the processes and remove their files."""
        for process in self.processes.values():
            process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

"""Folders of test runs that were killed go away, however many runs look for them, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from balsts.database import server
from balsts.database.server import Cluster
from tests.database.clusters import folder_for_a_cluster, throw_away

REPOSITORY = Path(__file__).parents[2]
CLEAN = "from tests.database.clusters import remove_left_folders\nremove_left_folders()"
AT_WORK = "from time import sleep\nprint('writing', flush=True)\nsleep(60)"


@pytest.fixture
def apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of this test alone, short enough for a socket and open to the server's account."""
    with tempfile.TemporaryDirectory(prefix="balsts-apart-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        monkeypatch.setenv("TMPDIR", name)
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield folder


def _left(apart: Path, name: str) -> Path:
    """The folder of a run whose process is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    folder = apart / f"balsts-test-{ended.pid}-{name}"
    folder.mkdir()
    folder.chmod(0o711)
    return folder


def test_several_runs_that_clean_up_at_once_do_not_disturb_each_other(apart: Path) -> None:
    running = Cluster(_left(apart, "running"), options=(("fsync", "off"),))
    server.start(running)
    for number in range(200):
        (_left(apart, "much") if number == 0 else running.data / "pg_wal").joinpath(f"file-{number}").touch()

    def clean(_: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", CLEAN]
        return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(4) as cleaners:
        for done in cleaners.map(clean, range(4)):
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(apart.glob("balsts-test-*-*"))
    assert not server.is_running(running)


def test_the_folder_of_a_living_run_stays(apart: Path) -> None:
    mine = folder_for_a_cluster()
    folder_for_a_cluster()
    assert mine.exists()
    assert mine.name.startswith(f"balsts-test-{os.getpid()}-")


def test_a_folder_in_which_something_still_writes_is_not_removed_under_it(apart: Path) -> None:
    left = Cluster(_left(apart, "writing"))
    command = [sys.executable, "-c", AT_WORK, "-D", str(left.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing, ThreadPoolExecutor(1) as other:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "writing\n"
        removed = other.submit(throw_away, left)
        with pytest.raises(TimeoutError):
            removed.result(timeout=1)
        assert left.folder.exists()
        writing.kill()
        removed.result(timeout=30)
    assert not left.folder.exists()

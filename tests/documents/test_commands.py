"""`balsts documents`: exit codes and what is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import Command
from tests.documents import reading


def test_a_sample_is_written_sealed_and_found_genuine(command: Command, data_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    done = command("documents", "sample", "--out", file)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("bytes, sealed\n")
    done = command("documents", "verify", file)
    assert (done.code, done.err) == (0, "")
    assert "sample.pdf: genuine" in done.out
    assert "sealed by: Balsts: TEST seal" in done.out
    assert "without legal force" in done.out
    assert "the sealer's own clock" in done.out


def test_what_is_found_can_be_read_by_a_program(command: Command, data_folder: Path, sealed: bytes) -> None:
    done = command("documents", "verify", command.file(sealed, "a.pdf"), "--json")
    found = json.loads(done.out)
    assert done.code == 0
    assert (found["is_genuine"], found["is_intact"], found["trust"]) == (True, True, "test")
    assert found["at"].endswith("+00:00")


@pytest.mark.parametrize(("change", "finding"), [
    (lambda pdf: pdf + b"\n", "Something was added"),
    (lambda pdf: pdf.replace(b"/Reason", b"/Seasom", 1), "The document was changed"),
    (lambda pdf: pdf[:4000], "cannot be read"),
], ids=["added", "changed", "cut"])  # fmt: skip
def test_a_changed_document_ends_with_1(
    command: Command, data_folder: Path, sealed: bytes, change: object, finding: str
) -> None:
    assert callable(change)
    done = command("documents", "verify", command.file(change(sealed), "a.pdf"))
    assert (done.code, done.err) == (1, "")
    assert "NOT genuine" in done.out
    assert finding in done.out


def test_a_document_without_a_seal_ends_with_1(command: Command, data_folder: Path, pdf: bytes) -> None:
    done = command("documents", "verify", command.file(pdf, "a.pdf"), "--json")
    assert done.code == 1
    assert json.loads(done.out)["is_sealed"] is False


def test_a_seal_of_somebody_unknown_ends_with_1(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sealed: bytes
) -> None:
    monkeypatch.setenv("BALSTS_DATA", str(tmp_path / "other"))
    done = command("documents", "verify", command.file(sealed, "a.pdf"))
    assert (done.code, done.err) == (1, "")
    assert "NOT genuine as far as known here" in done.out
    assert "the name may be anybody's" in done.out


def test_what_is_no_document_ends_with_2(command: Command, data_folder: Path) -> None:
    assert "no.pdf: No such file" in command.refuses("documents", "verify", "no.pdf")
    assert "not a PDF" in command.refuses("documents", "verify", command.file(b"hello", "a.pdf"))


def test_a_draft_has_no_seal(command: Command, data_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.pdf"
    assert command("documents", "sample", "--out", file, "--lang", "en", "--draft").code == 0
    assert "this document is not in force" in reading.words(file.read_bytes())
    assert command("documents", "verify", file).code == 1


def test_help_loads_no_library_of_documents() -> None:
    program = (
        "import sys\nfrom balsts.cli import main\n"
        "try:\n    main(['documents', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'typst', 'pyhanko', 'altair', 'vl_convert', 'django'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

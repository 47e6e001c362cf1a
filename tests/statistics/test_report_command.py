"""`balsts report annual`: files by the names asked for, JSON with sources, errors that say what there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Command
from tests.statistics.report_reading import written

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_html_is_written_under_the_name_asked_for(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    done = command("report", "annual", "--institution", "siva", "--year", "2021", "--lang", "en", "--out", file)
    assert (done.code, done.err) == (0, "")
    assert "Public annual report for 2021" in file.read_text(encoding="utf-8")
    report = written("siva", 2021, "en")
    told = f"{len(report.sources)} numbers with their sources, {len(report.remarks)} contradictions"
    assert told in done.out


def test_a_folder_gets_both_forms(command: Command, tmp_path: Path) -> None:
    done = command("report", "annual", "--institution", "siva", "--year", "2021", "--out", tmp_path / "reports")
    assert done.code == 0
    assert sorted(one.name for one in (tmp_path / "reports").iterdir()) == ["siva-2021-lv.html", "siva-2021-lv.pdf"]


def test_json_has_every_number_with_its_source_and_writes_nothing(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command("report", "annual", "--year", "2023", "--json")
    told = json.loads(done.out)
    assert (done.code, told["institution"], told["year"], len(told["sources"])) == (
        0, "lm", 2023, len(written("lm", 2023, "lv").sources),
    )  # fmt: skip
    assert told["sources"][0]["document"] == "001"
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_had_is_told_with_what_there_is(command: Command, tmp_path: Path) -> None:
    refused = command.refuses("report", "annual", "--year", "2022", "--out", tmp_path)
    assert "lm 2022: no published figures of that year; reports can be had of lm: 2023, 2020; siva: 2021." in refused
    refused = command.refuses("report", "annual", "--year", "2023", "--out", tmp_path / "report.docx")
    assert "expected one of these, or a folder for both" in refused
    assert list(tmp_path.iterdir()) == []

"""Pages of annual reports: open to everybody, in both languages, kept once made; what is not there is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.test import Client

from balsts.figures.current import book
from balsts.statistics.report.html import policy
from balsts.statistics.report.kept import file_mark
from tests.statistics.report_reading import written

pytestmark = pytest.mark.django_db
MOST_SECONDS = 1.0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a test."""
    monkeypatch.setenv("BALSTS_DATA", str(tmp_path))
    return tmp_path / "reports"


def asked(address: str, lang: str = "lv", status: int = 200):
    response = Client().get(address, headers={"accept-language": lang})
    assert response.status_code == status, address
    return response


@pytest.mark.parametrize(("lang", "named"), [("lv", "Labklājības ministrija"), ("en", "Ministry of Welfare")])
def test_the_list_has_every_report_in_both_forms(lang: str, named: str) -> None:
    page = asked("/statistics/report/", lang).content.decode()
    assert named in page
    for report in ("lm/2023", "lm/2020", "siva/2021"):
        for form in ("html", "pdf"):
            assert f'href="/statistics/report/{report}.{form}"' in page


def test_a_report_is_one_file_in_the_language_asked_for_that_keeps_to_its_policy(folder: Path) -> None:
    response = asked("/statistics/report/siva/2021.html?lang=en")
    page = response.content.decode()
    assert '<html lang="en">' in page
    assert "Public annual report for 2021" in page
    assert 'href="/statistics/tables/siva/' in page
    assert response.headers["Content-Security-Policy"] == policy()
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [one.name for one in folder.glob("*.html")] == [f"siva-2021-en-{file_mark(book())}.html"]
    assert '<html lang="lv">' in asked("/statistics/report/siva/2021.html").content.decode()


def test_a_pdf_is_made_once_and_then_comes_at_once(folder: Path) -> None:
    first = asked("/statistics/report/siva/2021.pdf")
    assert first.content.startswith(b"%PDF-")
    assert first.headers["Content-Disposition"] == 'attachment; filename="siva-2021-lv.pdf"'
    made_at = next(folder.glob("*.pdf")).stat().st_mtime_ns
    began = time.monotonic()
    again = asked("/statistics/report/siva/2021.pdf")
    assert time.monotonic() - began < MOST_SECONDS
    assert again.content == first.content
    assert next(folder.glob("*.pdf")).stat().st_mtime_ns == made_at
    kept = Client().get("/statistics/report/siva/2021.pdf",
                        headers={"accept-language": "lv", "if-none-match": first.headers["ETag"]})  # fmt: skip
    assert kept.status_code == 304


@pytest.mark.parametrize("address", ["lm/2022.pdf", "siva/1999.html", "nobody/2023.pdf"])
def test_what_is_not_there_is_answered_with_what_there_is(address: str, folder: Path) -> None:
    page = asked(f"/statistics/report/{address}", "en", 404).content.decode()
    assert "There is no such report. These can be had:" in page
    assert "/statistics/report/lm/2023.pdf" in page
    assert not list(folder.glob("*.pdf"))


def test_another_form_is_not_there() -> None:
    asked("/statistics/report/lm/2023.docx", status=404)


def test_calls_list_reports_and_give_each_number_with_its_source() -> None:
    told = {one["code"]: one for one in asked("/api/v1/statistics/reports?language=en").json()}
    assert told["lm"]["years"] == [2023, 2020]
    assert told["siva"]["name"] == "State Social Integration Agency"
    report = asked("/api/v1/statistics/reports/siva/2021?language=en").json()
    expected = written("siva", 2021, "en")
    assert [one["code"] for one in report["sources"]] == [one.code for one in expected.sources]
    assert [one["caption"] for one in report["tables"]] == [one.caption for one in expected.tables()]
    numbers = [piece for table in report["tables"] for row in table["rows"] for cell in row["cells"] for piece in cell
               if piece["sources"] and not piece["is_computed"]]  # fmt: skip
    values = {one["number"]: one["value"] for one in report["sources"]}
    assert all(one["text"] == values[one["sources"][0]] for one in numbers)
    assert len(report["remarks"]) == len(expected.remarks)
    asked("/api/v1/statistics/reports/siva/1999", status=404)
    asked("/api/v1/statistics/reports/0000000/2026", status=404)

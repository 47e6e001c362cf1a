"""A municipality's report out of live figures: what may be shown is shown with its definition, what may not is not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from balsts.law.engine.errors import InputError
from balsts.statistics.live import points
from balsts.statistics.refresh import refresh
from balsts.statistics.report.form import Chart, Report, Table
from balsts.statistics.report.kept import made
from balsts.statistics.report.live import LiveIndicator, LivePoint, live_report
from tests.access.people import LIEPAJA, RIGA
from tests.command import Command
from tests.documents import reading
from tests.statistics.paid import MARCH, a_small_country, paid_months


@dataclass(frozen=True)
class Shown:
    """A point of a test."""

    indicator: str
    period: str
    dimensions: tuple[tuple[str, str], ...]
    value: Decimal | None
    is_suppressed: bool = False


@dataclass
class Figures:
    """Live figures of one made-up municipality."""

    found: list[Shown] = field(default_factory=list)

    def name(self, municipality: str, lang: str) -> str | None:
        return "Paraugu novads" if municipality == "0000001" else None

    def years(self, municipality: str) -> Sequence[int]:
        return [2026]

    def indicators(self) -> Sequence[LiveIndicator]:
        return [
            LiveIndicator("recipients", "Saņēmēji", "Recipients", "personas", "persons", "support",
                          "recipients, 1. redakcija", "recipients, version 1", "Dažādas personas.",
                          "Different persons.", "/statistics/live/recipients/"),
            LiveIndicator("applications", "Iesniegumi", "Applications", "iesniegumi", "applications",
                          "applications", "applications, 1. redakcija", "applications, version 1", "Saņemtie.",
                          "Received.", "/statistics/live/applications/"),
        ]  # fmt: skip

    def points(self, municipality: str, year: int) -> Iterable[LivePoint]:
        return self.found

    def dimension(self, name: str, lang: str) -> str:
        return {"right": "Pabalsts", "sex": "Dzimums"}[name] if lang == "lv" else name.capitalize()

    def word(self, name: str, value: str, lang: str) -> str:
        return f"{value} ({lang})"


GMI, HOUSING = (("right", "gmi_benefit"),), (("right", "housing_benefit"),)
FIGURES = Figures([
    Shown("recipients", "2026", (), Decimal(1240)), Shown("recipients", "2026", GMI, Decimal(900)),
    Shown("recipients", "2026", HOUSING, None, is_suppressed=True), Shown("recipients", "2026-01", GMI, Decimal(880)),
    Shown("recipients", "2026-01", (), Decimal(1200)), Shown("recipients", "2026-02", (), Decimal(1210)),
    Shown("applications", "2026", (), Decimal(35)),
])  # fmt: skip


def written(lang: str = "lv") -> Report:
    return live_report(FIGURES, "0000001", 2026, "lv" if lang == "lv" else "en")


def rows(table: Table) -> list[list[str]]:
    return [["".join(one.text for one in pieces) for pieces in row.cells] for row in table.rows]


def test_chapters_are_those_of_which_something_was_counted() -> None:
    assert [one.heading for one in written().chapters] == ["1. Iesniegumi", "2. Atbalsta saņēmēji un summas"]
    assert [one.heading for one in written("en").chapters] == [
        "1. Applications",
        "2. Recipients of support and amounts",
    ]
    assert written().name == "Paraugu novads"


def test_what_may_not_be_shown_is_not_and_says_so_in_table_and_source() -> None:
    by_right = next(one for one in written("en").tables() if "Right" in one.caption)
    assert rows(by_right) == [["gmi_benefit (en)", "900"], ["housing_benefit (en)", "not shown"]]
    source = written("en").sources[
        [one.code for one in written("en").sources].index("live/recipients/2026/housing_benefit")
    ]
    assert source.value == "not shown"
    assert not [one for one in written().blocks() if isinstance(one, Chart) and "Pabalsts" in one.caption]


def test_months_of_the_whole_are_drawn_and_months_of_a_part_are_told_by_its_year() -> None:
    months = next(one for one in written().tables() if "mēnesis" in one.caption)
    assert rows(months) == [["2026-01", "1\u00a0200"], ["2026-02", "1\u00a0210"]]
    assert [one.kind for one in written().blocks() if isinstance(one, Chart)] == ["lines"]
    assert "880" not in json.dumps([rows(one) for one in written().tables()])


def test_every_live_number_leads_to_its_definition() -> None:
    report = written("en")
    numbers = [one for one in report.cells() if one.sources]
    assert [report.sources[one.sources[0] - 1].value for one in numbers] == [one.text for one in numbers]
    assert {(one.document, one.address) for one in report.sources} == {
        ("recipients, version 1", "/statistics/live/recipients/"),
        ("applications, version 1", "/statistics/live/applications/"),
    }
    assert dict(report.documents)["recipients, version 1"] == "Recipients. Different persons."


def test_the_same_template_takes_it() -> None:
    pdf = made(written(), "pdf")
    assert reading.claims(pdf) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    assert "/statistics/live/recipients/" in made(written(), "html", base="").decode()


@pytest.mark.parametrize(("municipality", "year", "said"), [
    ("123", 2026, "123: no municipality has this code; expected one of ATVK, such as 0001000."),
    ("0000001", 2025, "0000001 2025: no live figures of that year; figures were counted of 2026."),
])  # fmt: skip
def test_another_municipality_or_year_is_told_what_there_is(municipality: str, year: int, said: str) -> None:
    with pytest.raises(InputError) as refused:
        live_report(FIGURES, municipality, year, "lv")
    assert refused.value.messages == [said]


@pytest.mark.django_db(databases=["default", "log"])
def test_the_report_of_a_municipality_has_what_was_paid_there_and_nothing_kept_back(
    command: Command, tmp_path: Path
) -> None:
    a_small_country()
    paid_months()
    refresh(2026, until=MARCH)
    done = command("report", "annual", "--municipality", RIGA, "--year", "2026", "--lang", "en", "--json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    expected = {one.value for one in points(2026, RIGA) if one.value is not None}
    shown = {Decimal(one["value"].replace(",", "")) for one in told["sources"] if one["value"] != "not shown"}
    assert expected
    assert expected <= shown
    file = tmp_path / "liepaja.html"
    done = command("report", "annual", "--municipality", LIEPAJA, "--year", "2026", "--out", file)
    assert "Publiskais gada pārskats par 2026. gadu" in file.read_text(encoding="utf-8")
    assert "no municipality has this code" in command.refuses(
        "report", "annual", "--municipality", "1", "--year", "2026"
    )

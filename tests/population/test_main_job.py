"""The main job: worked cases agree, and the 2026 package costs what its published figures come to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from balsts.law.engine.checks.golden import golden_cases
from balsts.law.latvia import latvia
from balsts.population import main_job
from balsts.population.main_job import fact_sheet_id, show_cases
from balsts.population.package_2026 import BENEFITS_ACT, Line, package, published_cost, published_rows
from tests.command import Command

# Published recipients x the change x payments in a year, by hand, in euros: the cheapest and the dearest case.
BY_HAND = {
    "childbirth_benefit": ("2145960.00", "2145960.00"),  # 12 000 x 178.83
    "childcare_benefit": ("28956000.00", "28956000.00"),  # 19 000 x 127.00 x 12
    "family_state_benefit": ("1800000.00", "12600000.00"),  # 6 000 x 25.00 to 175.00 x 12
    "guardian_child_benefit": ("5250000.00", "6300000.00"),  # 2 500 x 175.00 or 210.00 x 12
    "guardian_remuneration": ("7025184.00", "7025184.00"),  # 2 400 x 243.93 x 12
    "adoption_benefit": ("1260000.00", "1512000.00"),  # 1 200 x 87.50 or 105.00 x 12
    "foster_family_remuneration": ("832104.00", "1915804.80"),  # 546 x 127.00 to 292.40 x 12
    "adoptee_care_remuneration": ("24304.32", "250560.00"),  # 24 x 84.39 or 870.00 x 12
    "adoption_remuneration": ("121215.60", "121215.60"),  # 120 x 1010.13
}
# Old and new amounts as published.
PUBLISHED = {
    "childbirth_benefit": [("421.17", "600.00")],
    "childcare_benefit": [("171.00", "298.00")],
    "guardian_child_benefit": [("215.00", "390.00"), ("258.00", "468.00")],
    "guardian_remuneration": [("54.07", "298.00")],
    "adoption_benefit": [("107.50", "195.00"), ("129.00", "234.00")],
    "foster_family_remuneration": [
        ("171.00", "298.00"), ("222.30", "387.00"), ("273.60", "477.00"),
        ("273.60", "507.00"), ("273.60", "536.00"), ("273.60", "566.00"),
    ],
    "adoptee_care_remuneration": [("956.61", "1041.00"), ("171.00", "1041.00")],
    "adoption_remuneration": [("1422.87", "2433.00")],
}  # fmt: skip
PART_OF_FAMILY_BENEFIT = 25_00  # the ward's own family benefit, taken off what a guardian is paid


@cache
def lines() -> dict[str, Line]:
    return {line.code: line for line in package(latvia())}


def cents(text: str) -> int:
    assert text[-3] == "."
    return int(text.replace(".", ""))


def test_every_line_of_the_package_is_costed() -> None:
    assert set(lines()) == set(BY_HAND)
    assert len(package(latvia())) == len(BY_HAND)


@pytest.mark.parametrize("code", BY_HAND)
def test_a_line_costs_what_the_sum_by_hand_says(code: str) -> None:
    line = lines()[code]
    assert (line.lowest, line.highest) == tuple(cents(one) for one in BY_HAND[code])


@pytest.mark.parametrize("code", PUBLISHED)
def test_the_law_itself_gives_the_published_amounts(code: str) -> None:
    less = PART_OF_FAMILY_BENEFIT if code == "guardian_child_benefit" else 0
    found = [(case.old + less, case.new + less) for case in lines()[code].cases]
    assert found == [(cents(old), cents(new)) for old, new in PUBLISHED[code]]


@pytest.mark.parametrize("code", PUBLISHED)
def test_the_amounts_are_those_of_the_published_table(code: str) -> None:
    for (old, new), published in zip(PUBLISHED[code], lines()[code].published, strict=True):
        assert published[0] in (None, cents(old))
        assert published[1] == cents(new)


def test_a_student_adds_what_the_next_child_adds() -> None:
    changes = [case.change for case in lines()["family_state_benefit"].cases]
    assert changes == [25_00, 75_00, 125_00, 175_00, 100_00]


def test_recipients_are_those_published_or_say_where_they_are_from() -> None:
    assumed = {code: line.recipients for code, line in lines().items() if line.assumed_from}
    assert assumed == {"foster_family_remuneration": 546, "adoptee_care_remuneration": 24, "adoption_remuneration": 120}
    published = {int(row["recipients_published"]) for row in published_rows() if row["recipients_published"]}
    assert {line.recipients for line in lines().values() if not line.assumed_from} <= published
    assert all(all(line.assumed_from) for line in lines().values() if line.assumed_from)


def test_the_published_cost_lies_in_the_interval_of_the_sum() -> None:
    assert published_cost(BENEFITS_ACT) == "51.9"
    low, high = (sum(getattr(line, end) for line in lines().values()) for end in ("lowest", "highest"))
    assert low <= 5_190_000_000 <= high
    assert (low, high) == tuple(sum(cents(pair[end]) for pair in BY_HAND.values()) for end in (0, 1))


def test_all_worked_cases_agree() -> None:
    said: list[str] = []
    assert show_cases(latvia(), "en", said.append)
    cases = [case for case in golden_cases(latvia()) if fact_sheet_id(case)]
    marks = [line for line in said if line.startswith("  ok ")]
    assert len(marks) == len(cases) >= 150
    assert not any(line.startswith("  NO ") for line in said)
    assert any(f"{len(cases)} of {len(cases)} worked cases agree to the cent" in line for line in said)


def test_a_case_that_does_not_agree_is_shown_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_job, "differences", lambda law, case: ["wrong"] if case.name.startswith("G3,") else [])
    said: list[str] = []
    assert not show_cases(latvia(), "en", said.append)
    assert [line for line in said if line.startswith("  NO  G3")]


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_job_ends_well_and_prints_its_three_parts(command: Command, tmp_path: Path, lang: str) -> None:
    done = command("main-job", "--persons", "2000", "--folder", tmp_path / "out", "--lang", lang)
    assert done.code == 0
    for part in ("\n(a) Worked cases", "\n(b) The 2026 package", "\n(c) The nation: 2,000 synthetic persons"):
        assert part in done.out
    assert {"lv": "Bērna piedzimšanas pabalsts", "en": "Childbirth benefit"}[lang] in done.out
    assert "the law's amounts differ" not in done.out
    assert "\n  childcare_benefit " in done.out
    assert (tmp_path / "out" / "nation.parquet").exists()


def test_a_job_for_nobody_is_told(command: Command, tmp_path: Path) -> None:
    done = command("main-job", "--persons", "0", "--folder", tmp_path / "out")
    assert done.code == 2
    assert "0 persons cannot be drawn" in done.err


def test_a_folder_that_is_a_file_is_told(command: Command) -> None:
    path = command.file("", "taken")
    done = command("main-job", "--persons", "100", "--folder", path)
    assert done.code == 1
    assert done.err.startswith(f"balsts: {path}: File exists")
    assert "Traceback" not in done.err

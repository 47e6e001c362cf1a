"""`balsts registry` and `balsts access`, on the database of the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from balsts.access.log import anchor
from tests.command import Command

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
HOUSEHOLD = """{on: 2026-02, housing_costs_eur_month: '9',
 persons: {a: {born: 1990-01-01, sex: f, wage_net_eur_month: '64'}}}"""


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests is ready; the one of the machine stays untouched."""
    monkeypatch.setattr("balsts.database.connections.set_up", lambda **_: None)


@pytest.fixture
def household(command: Command) -> str:
    done = command("registry", "add", command.file(HOUSEHOLD))
    assert (done.code, done.err) == (0, "")
    return done.out.split()[1]


def test_a_household_goes_in_and_comes_out_as_the_law_reads_it(command: Command, household: str) -> None:
    done = command("registry", "household", household, "--on", "2026-03")
    assert (done.code, done.err) == (0, "")
    file = json.loads(done.out)
    assert [*file["persons"].values()] == [{"born": "1990-01-01", "sex": "f", "wage_net_eur_month": "64.00"}]
    assert (file["on"], file["housing_costs_eur_month"]) == ("2026-03", "9.00")
    assert command("entitle", command.file(done.out, "out.json")).code == 0


def test_what_was_not_known_yet_does_not_come_out(command: Command, household: str) -> None:
    said = command.refuses("registry", "household", household, "--on", "2026-03", "--known-at", "2020-01-01T00:00Z")
    assert "no members" in said


@pytest.mark.parametrize(("arguments", "said"), [
    (("x", "--on", "2026-03"), "identifier"),
    (("01a21684-4ab8-7329-bb63-0acff2860db2", "--on", "march"), "--on"),
    (("01a21684-4ab8-7329-bb63-0acff2860db2", "--on", "2026-03", "--known-at", "2026-03-01"), "--known-at"),
    (("01a21684-4ab8-7329-bb63-0acff2860db2", "--on", "2026-03"), "no members"),
])  # fmt: skip
def test_a_wrong_question_is_answered_by_one_message(command: Command, arguments: tuple[str, ...], said: str) -> None:
    assert said in command.refuses("registry", "household", *arguments)


def test_facts_and_inputs_are_checked(command: Command) -> None:
    assert command("registry", "check").code == 0


def test_periods_that_nobody_knows_are_listed_and_erase_nothing(command: Command) -> None:
    for option in ([], ["--erase"]):
        done = command("registry", "retention", *option, "--lang", "en")
        assert (done.code, done.err) == (0, "")
        assert {line.split(" ? ")[1] for line in done.out.splitlines()} == {"The period is not read in an act yet."}


def test_roles_and_municipalities_are_listed_with_what_is_open(command: Command) -> None:
    assert " ? " in command("access", "roles", "--lang", "en").out
    assert " ? " in command("access", "municipalities").out


def test_the_log_is_checked_against_an_anchor(
    command: Command, household: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a test logs is rolled back with it, so it is read on the connection that wrote it.
    for name in ("verify_log", "anchor", "in_scope"):
        real = getattr(__import__("balsts.access.jobs", fromlist=[name]), name)
        monkeypatch.setattr(f"balsts.access.jobs.{name}", lambda *given, real=real: real(*given, using="log"))
    noted = tmp_path / "anchors.txt"
    noted.write_text(command("access", "anchor-log").out)
    assert "records hold" in command("access", "verify-log", "--anchors", noted).out
    noted.write_text("999999 " + "ab" * 32)
    done = command("access", "verify-log", "--anchors", noted)
    assert (done.code, "cut off" in done.out) == (1, True)
    noted.write_text("nonsense")
    assert "no anchor" in command.refuses("access", "verify-log", "--anchors", noted)
    assert anchor("log") is None  # nobody in scope sees it

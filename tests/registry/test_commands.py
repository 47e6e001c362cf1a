"""`balsts registry` and `balsts access`, on the database of the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from balsts.access.acting import in_scope
from balsts.access.log import anchor
from balsts.registry.models import Person
from balsts.registry.recording import ALWAYS
from balsts.registry.use_cases import state_code, state_fact
from tests.command import Command
from tests.registry.situations import PLATFORM, declaration

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


@pytest.fixture
def person(command: Command, household: str) -> str:
    file = command("registry", "household", household, "--on", "2026-03").out
    return str(next(iter(json.loads(file)["persons"])))


def test_everything_held_of_a_person_comes_as_one_file(command: Command, person: str, tmp_path: Path) -> None:
    done = command("registry", "export", person)
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert (found["person"], found["shows"]) == (person, ["health", "ordinary"])
    assert "64.00" in [one["value"] for one in found["statements"]["fact"]]
    out = tmp_path / "person.json"
    done = command("registry", "export", person, "--out", out, "--with-sealed")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert json.loads(out.read_text(encoding="utf-8"))["shows"] == ["health", "ordinary", "sealed"]
    assert out.stat().st_mode & 0o077 == 0
    assert "is there already" in command.refuses("registry", "export", person, "--out", out)


def test_a_person_is_named_by_their_code_too(command: Command, person: str) -> None:
    with in_scope(PLATFORM):
        state_code(Person(pk=person), declaration(), "320101-12345")
        state_fact(declaration(), "adopted_on", "1995-01-01", ALWAYS, person=Person(pk=person))
    found = json.loads(command("registry", "export", "32010112345").out)
    assert found["person"] == person
    assert "adopted_on" not in [one["fact"] for one in found["statements"]["fact"]]
    found = json.loads(command("registry", "export", "320101-12345", "--with-sealed").out)
    assert "adopted_on" in [one["fact"] for one in found["statements"]["fact"]]


@pytest.mark.parametrize(("who", "said"), [
    ("anna", "eleven digits"), ("1-2-3-4-5", "eleven digits"), ("32010199999", "nobody in the registry"),
    ("01a21684-4ab8-7329-bb63-0acff2860db2", "nobody in the registry"),
])  # fmt: skip
def test_a_file_of_nobody_is_refused_by_one_message(command: Command, who: str, said: str) -> None:
    assert said in command.refuses("registry", "export", who)


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

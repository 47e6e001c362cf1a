"""`balsts cases` and work in the background, on the database of the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from balsts.access.acting import in_scope
from balsts.cases import background
from balsts.cases.dependency import has_news
from balsts.cases.law_in_force import law_in_force
from balsts.cases.models import Change, Decision
from balsts.registry.models import News
from tests.cases.situations import home, told
from tests.cases.test_reassessing import GMI_UP, granted, january_was
from tests.command import Command
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests is ready; the one of the machine stays untouched."""
    monkeypatch.setattr("balsts.database.connections.set_up", lambda **_: None)


def test_news_of_the_registry_lead_to_a_proposed_change_and_are_then_gone(command: Command) -> None:
    found = home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")
    done = command("cases", "reassess", "--json")
    assert (done.code, json.loads(done.out)["outcomes"]) == (0, {"changed": 1})
    with in_scope(PLATFORM):
        assert Change.objects.get().case_id == decision.case_id
        assert not has_news()
    assert json.loads(command("cases", "reassess", "--json").out) == {}


def test_a_case_is_reassessed_by_its_number(command: Command) -> None:
    decision = granted(home().mother)
    assert "unchanged" in command("cases", "reassess", "--case", decision.case.number).out
    assert "there is no case" in command.refuses("cases", "reassess", "--case", "SP-1")
    assert "no text of law" in command.refuses("cases", "reassess", "--law-change", "ffffffffffffffff")
    assert "no such run" in command.refuses("cases", "reassess", "--resume", str(decision.pk))


def test_a_draft_is_rehearsed_and_enacted_by_command_and_cases_follow(command: Command, tmp_path: Path) -> None:
    decision = granted(home().mother)
    before = law_in_force().sha256
    done = command("cases", "rehearse", command.file(GMI_UP), "--on", "2026-02", "--json")
    told_ = json.loads(done.out)
    assert (done.code, told_["cases"], told_["redone"]) == (0, 1, None)  # one case: fewer than five are not shown
    from django.utils import timezone

    assert command("cases", "enact", told_["sha256"][:16], "--from", timezone.localdate().isoformat()).code == 0
    assert law_in_force().sha256 != before
    done = command("cases", "reassess", "--law-change", before[:12], "--json")
    assert json.loads(done.out)["outcomes"] == {"changed": 1}
    with in_scope(PLATFORM):
        assert Change.objects.get(case=decision.case).cause == "law"


def test_a_draft_with_rules_comes_by_command_and_its_rules_decide(command: Command) -> None:
    done = command("cases", "rehearse", "examples/reform_rules.yaml", "--on", "2027-01")
    assert (done.code, done.err) == (0, "")
    assert "One childcare benefit" in done.out


def test_stored_decisions_are_replayed_and_one_that_differs_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = granted(home().mother)
    done = command("cases", "replay", "--sample", "10", "--json")
    assert (done.code, json.loads(done.out)) == (0, {"replayed": 1, "differ": {}})
    monkeypatch.setattr("balsts.cases.jobs.explanation", lambda found: b"another")
    done = command("cases", "replay", "--json")
    assert (done.code, json.loads(done.out)["differ"]) == (1, {decision.number: "the explanation differs"})


def test_unclaimed_rights_are_counted_by_command(command: Command) -> None:
    home()
    done = command("cases", "take-up", "--json")
    assert json.loads(done.out)["found"]["gmi_benefit"] == 1


def test_declarations_are_listed_when_they_hold(command: Command) -> None:
    assert "assistance" in json.loads(command("cases", "lint", "--json").out)


def test_nightly_work_is_deferred_once_however_often_it_is_asked_for(command: Command) -> None:
    jobs = ["go_on", "law", "review", "news", "take_up"]
    assert json.loads(command("cases", "nightly", "--json").out)["deferred"] == jobs
    assert json.loads(command("cases", "nightly", "--json").out)["deferred"] == []
    assert {one.task_name for one in ProcrastinateJob.objects.all()} == {
        "cases.go_on", "cases.law", "cases.review", "cases.news", "cases.take_up"
    }  # fmt: skip


def test_what_is_due_once_a_night_finds_what_time_and_news_touch(command: Command) -> None:
    found = home()
    granted(found.mother)
    january_was(found.mother, "100.00")
    done = json.loads(command("cases", "nightly", "--now", "--json").out)
    # The grant ended in May, so the month of review is reached; the review finds the change that the news tell of.
    assert done["review"]["outcomes"] == {"changed": 1}
    assert done["news"]["outcomes"] == {"proposed_before": 1}
    with in_scope(PLATFORM):
        assert Decision.objects.count() == 1
    background.look_at_news.func()


def test_what_a_register_tells_of_somebody_is_news_of_them_alone() -> None:
    found = home()
    with in_scope(PLATFORM):
        News.objects.all().delete()
    told(found.mother, "tax_authority", "wage_net_eur_month", "65.00")
    with in_scope(PLATFORM):
        assert {one.person for one in News.objects.all()} == {found.mother.pk}


def test_the_lint_tells_what_is_wrong_with_a_case_type_and_fails(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("balsts.cases.jobs.complaints", lambda: ["childbirth: the law reads born"])
    failed = command("cases", "lint")
    assert (failed.code, failed.err) == (1, "childbirth: the law reads born\n")

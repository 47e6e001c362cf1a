"""The mutator itself: it finds what golden cases notice and what they do not, and leaves the law as it was."""

from __future__ import annotations

import json
import sys

import pytest

from balsts.law.engine.checks.golden import GoldenCase, differences, golden_cases
from balsts.law.engine.law import Law
from tests.law.small_country import small_country
from tests.mutation import __main__ as command
from tests.mutation.mutants import mutants_of
from tests.mutation.run import Outcome, cases_by_version, equivalents, run

CASES = list(golden_cases(small_country()))


def changes_of(rule: str) -> set[str]:
    return {mutant.change for version in small_country().rules[rule] for mutant in mutants_of(version)}


def outcomes(law: Law, rule: str, cases: list[GoldenCase]) -> dict[str, bool]:
    """Whether each change of a rule is noticed."""
    found = run(law, list(law.rules[rule]), cases_by_version(law, cases))
    return {one.mutant.change: one.killed for one in found}


def test_every_golden_case_of_the_small_country_is_answered() -> None:
    assert [differences(small_country(), case) for case in CASES] == [[] for _ in CASES]


def test_comparisons_are_moved_by_one_and_turned_round() -> None:
    assert changes_of("poor_household") == {"income <= rent_help_limit: Lt", "income <= rent_help_limit: Gt"}


def test_conditions_sums_choices_constants_and_results_are_changed() -> None:
    changes = changes_of("rent_help")
    assert {
        "not poor_household or not is_registered: And",
        "not poor_household or not is_registered: without part 1",
        "not poor_household: without not",
        "if not poor_household or not is_registered: negated",
        "help * 2: Add",
        "rent - own_share: Add",
        "min(rent, help * 2): max",
        "2: 3",
        "0: 1",
    } <= changes
    assert "return family_grant_first: return nothing" in changes_of("first_grant")


def test_a_case_at_the_limit_notices_what_one_below_does_not() -> None:
    law = small_country()
    below = [case for case in CASES if "poor_household" in case.expect]
    assert below
    assert outcomes(law, "poor_household", below) == {
        "income <= rent_help_limit: Lt": False,
        "income <= rent_help_limit: Gt": True,
    }


def test_without_a_case_nothing_is_noticed_and_a_case_without_the_rule_is_not_asked() -> None:
    law = small_country()
    assert not any(outcomes(law, "own_share", []).values())
    others = [case for case in CASES if case.folder == "state_pension"]
    assert not any(outcomes(law, "own_share", others).values())
    assert all(outcomes(law, "own_share", CASES).values())


def test_an_unknown_value_that_becomes_known_is_noticed() -> None:
    cases = [case for case in CASES if "undetermined" in case.expect.values()]
    found = outcomes(small_country(), "ward_grant", cases)
    assert found["return family_grant_ward: return nothing"]


def test_afterwards_the_law_is_as_it_was() -> None:
    law = small_country()
    before = {version: version.function.__code__ for versions in law.rules.values() for version in versions}
    for rule in law.rules:
        outcomes(law, rule, CASES)
    assert all(version.function.__code__ is code for version, code in before.items())
    assert not any(differences(law, case) for case in CASES)


def outcome(*, killed: bool) -> Outcome:
    mutant = next(mutants_of(small_country().rules["own_share"][0]))
    return Outcome("rent_help", mutant, killed)


def test_the_report_names_what_survived(capsys: pytest.CaptureFixture[str]) -> None:
    command.report([outcome(killed=True), outcome(killed=False)], as_json=False)
    shown = capsys.readouterr().out
    assert "survived:" in shown
    assert "own_share" in shown
    assert "2 mutants, 1 noticed (50.0%)" in shown
    command.report([outcome(killed=True), outcome(killed=False)], as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["mutants"], found["killed"], [one["rule"] for one in found["survivors"]]) == (2, 1, ["own_share"])


def test_a_folder_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutation", "--folder", "nowhere"])
    assert command.main() == 2
    assert "nowhere" in capsys.readouterr().err


def test_every_change_left_out_has_its_reason_and_is_one_there_is() -> None:
    from balsts.law.latvia import latvia

    known = {(mutant.rule, mutant.since, mutant.change) for rule, _, _ in equivalents()
             for version in latvia().rules[rule] for mutant in mutants_of(version)}  # fmt: skip
    assert equivalents() <= known

"""A fact, the law or the time is another than when a case was decided: what is found, proposed, settled."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.change_words import statement
from balsts.cases.changes import confirm, dismiss, sums
from balsts.cases.dependency import due_for_review, take_news, touched_by
from balsts.cases.determining import determine, replay
from balsts.cases.drafts_of_law import enact, load_draft
from balsts.cases.errors import CaseNotReady
from balsts.cases.law_in_force import law_in_force
from balsts.cases.models import Award, Case, Change, Decision, Determination, Task
from balsts.cases.reassessing import reassess
from balsts.law.engine.errors import DomainError
from balsts.registry.models import Duplicate
from balsts.registry.recording import ALWAYS, days, state
from balsts.registry.use_cases import new_household, state_address
from tests.access.people import LIEPAJA
from tests.cases.situations import FEBRUARY, applied, head, home, told, worker
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])

GMI_UP = """name: A higher guaranteed minimum income
parameters:
  thresholds.gmi_first: {from: 2026-02-01, value: "197.00", reference: proposal}
"""


def granted(person, municipality: str | None = None) -> Decision:
    who, chief = worker(), head()
    case = applied(who, person).case
    decision = draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    check(chief, decision)
    sign(chief, decision)
    notify(who, decision, on=date(2026, 2, 20), how="portal")
    with in_scope(PLATFORM):
        take_news()
    return decision


def amounts(case, code: str = "gmi_benefit") -> list[tuple[date, date, int]]:
    with in_scope(PLATFORM):
        awards = Award.objects.filter(case=case, code=code, recorded__upper_inf=True).order_by("months")
        return [(span.months.lower, span.months.upper, span.amount)
                for award in awards for span in award.spans.order_by("months")]  # fmt: skip


def january_was(person, amount: str) -> None:
    told(person, "tax_authority", "wage_net_eur_month", amount, date(2026, 1, 1), date(2026, 2, 1))


def test_a_fact_of_the_window_finds_its_case_and_is_told_month_by_month_with_both_values() -> None:
    found = home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")  # (64 + 64 + 100) / 3 = 76.00: 318.00 - 76.00 = 242.00, twelve euros less
    with in_scope(PLATFORM):
        assert touched_by(take_news()) == {decision.case_id}
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    assert change.cause == "fact"
    with in_scope(PLATFORM):
        lines = {(one.month, one.before, one.after) for one in change.lines.filter(code="gmi_benefit")}
        assert lines == {(date(2026, month, 1), 254_00, 242_00) for month in (2, 3, 4)}
        (fact,) = change.because
        assert (fact["key"], fact["old"], fact["new"]) == ("wage_net_eur_month", "64.00", "100.00")
        assert sums(law_in_force(), change.lines.filter(code="gmi_benefit")).overpaid == 36_00
        assert Task.objects.filter(case=decision.case, kind="change", about=change.pk, done_at=None).exists()
        lv, en = statement(change, "lv"), statement(change, "en")
    assert "64,00" in lv.why[0]
    assert "100,00" in lv.why[0]
    assert any("12,00" in one and "mazāk" in one for one in lv.follows)
    assert any("12.00" in one and "less" in one for one in en.follows)
    assert len(en.open_questions) == 2


def test_with_the_same_knowledge_a_case_is_worked_out_to_the_same_and_nothing_is_written() -> None:
    found = home()
    decision = granted(found.mother)
    assert reassess(decision.case_id, "fact").outcome == "unchanged"
    with in_scope(PLATFORM):
        assert Determination.objects.count() == 1
    january_was(found.mother, "100.00")
    assert reassess(decision.case_id, "fact").outcome == "changed"
    assert reassess(decision.case_id, "fact").outcome == "proposed_before"
    with in_scope(PLATFORM):
        assert (Determination.objects.count(), Change.objects.count()) == (2, 1)


def test_a_change_that_holds_no_more_is_taken_back_and_one_that_grew_takes_its_place() -> None:
    found = home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")
    first = reassess(decision.case_id, "fact").change
    january_was(found.mother, "130.00")
    second = reassess(decision.case_id, "fact").change
    january_was(found.mother, "64.00")
    assert reassess(decision.case_id, "fact").outcome == "unchanged"
    with in_scope(PLATFORM):
        states = {one.pk: one.state for one in Change.objects.all()}
        assert states == {first.pk: "dismissed", second.pk: "dismissed"}
        assert not Task.objects.filter(kind="change", done_at=None).exists()


def test_a_confirmed_change_becomes_a_replacing_decision_that_grants_what_is_due() -> None:
    who, chief, found = worker(), head(), home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")
    change = reassess(decision.case_id, "fact").change
    replacing = confirm(who, change, reasons="The tax authority corrected January.")
    check(chief, replacing)
    sign(chief, replacing)
    notify(who, replacing, on=date(2026, 6, 1), how="portal")
    assert amounts(decision.case) == [(FEBRUARY, date(2026, 5, 1), 242_00)]
    assert reassess(decision.case_id, "fact").outcome == "unchanged"
    with in_scope(PLATFORM):
        assert Decision.objects.get(pk=decision.pk).state == "replaced"
        assert Change.objects.get().decision_id == replacing.pk
    with pytest.raises(CaseNotReady, match="confirmed already"):
        confirm(who, change)


def test_a_change_is_dismissed_for_a_reason_and_the_same_does_not_come_again() -> None:
    who, found = worker(), home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")
    change = reassess(decision.case_id, "fact").change
    with pytest.raises(CaseNotReady, match="say why"):
        dismiss(who, change, " ")
    dismiss(who, change, "The employer corrects it.")
    assert reassess(decision.case_id, "fact").outcome == "proposed_before"
    january_was(found.mother, "130.00")
    assert reassess(decision.case_id, "fact").outcome == "changed"


def test_only_months_that_differ_are_decided_anew() -> None:
    found = home()
    decision = granted(found.mother)
    with in_scope(PLATFORM):
        child = found.child
    told(child, "prisons", "is_imprisoned", True, date(2026, 4, 1))
    change = reassess(decision.case_id, "fact").change
    with in_scope(PLATFORM):
        assert {one.month for one in change.lines.all()} == {date(2026, 4, 1)}
        assert change.after.months.lower == date(2026, 4, 1)
        assert change.after.months.upper == date(2026, 5, 1)


def test_a_fact_of_somebody_else_or_one_that_the_law_does_not_read_touches_no_case() -> None:
    found = home()
    granted(found.mother)
    stranger = somebody("Jānis", "Ozols", sex="m")
    told(stranger, "tax_authority", "wage_net_eur_month", "10.00")
    told(found.mother, "social_insurance", "insurance_record_years", "12")
    with in_scope(PLATFORM):
        assert touched_by(take_news()) == set()


def test_a_case_that_is_being_worked_on_tells_its_worker_to_determine_it_anew() -> None:
    who, found = worker(), home()
    case = applied(who, found.mother).case
    draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    with in_scope(PLATFORM):
        take_news()
    january_was(found.mother, "100.00")
    with in_scope(PLATFORM):
        assert touched_by(take_news()) == {case.pk}
    assert reassess(case.pk, "fact").outcome == "not_decided"
    assert reassess(case.pk, "fact").outcome == "not_decided"
    with in_scope(PLATFORM):
        assert Task.objects.get(case=case, kind="determine_anew", done_at=None)


def test_an_enacted_draft_changes_what_is_due_and_an_older_decision_is_still_worked_out_by_its_own_law() -> None:
    found = home()
    decision = granted(found.mother)
    before = law_in_force().sha256
    draft = load_draft(PLATFORM, GMI_UP)
    assert reassess(decision.case_id, "law").outcome == "unchanged"
    enact(PLATFORM, draft.pk, timezone.localdate())
    assert law_in_force().sha256 != before
    change = reassess(decision.case_id, "law").change
    assert change.cause == "law"
    with in_scope(PLATFORM):
        # 197.00 + 131.00 - 64.00
        assert {one.after for one in change.lines.filter(code="gmi_benefit")} == {264_00}
        parameter = next(one for one in change.because if one["what"] == "parameter")
        assert parameter["name"] == "thresholds.gmi_first"
        assert "197,00" in statement(change, "lv").why[0]
        assert change.after.law_id == law_in_force().sha256
        first = Decision.objects.get(pk=decision.pk).determination
        assert replay(first).digest == first.digest
    with pytest.raises(DomainError, match="enacted already"):
        enact(PLATFORM, draft.pk, timezone.localdate())


def test_a_decision_that_holds_since_makes_an_older_change_impossible_to_confirm() -> None:
    who, chief, found = worker(), head(), home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")
    change = reassess(decision.case_id, "fact").change
    anew = determine(who, decision.case, date(2026, 3, 1), "fact", anchor=FEBRUARY)
    other = draft_decision(who, decision.case, determination=anew, replaces=decision)
    check(chief, other)
    sign(chief, other)
    with pytest.raises(CaseNotReady, match="another decision holds"):
        confirm(who, change)


def test_a_household_that_splits_is_smaller_from_the_month_after_and_its_case_finds_out() -> None:
    found = home()
    decision = granted(found.mother)
    with in_scope(PLATFORM):
        new_household(declaration(), [found.child], date(2026, 3, 20))
        assert touched_by(take_news()) == {decision.case_id}
    change = reassess(decision.case_id, "fact").change
    with in_scope(PLATFORM):
        # From April the mother alone: 187.00 - 64.00.
        lines = [(one.month, one.before, one.after) for one in change.lines.filter(code="gmi_benefit")]
        assert lines == [(date(2026, 4, 1), 254_00, 123_00)]
        assert any(one["what"] == "tie" for one in change.because)


def test_a_household_that_moves_to_another_municipality_keeps_its_case_and_its_sums() -> None:
    found = home()
    decision = granted(found.mother)
    with in_scope(PLATFORM):
        for person in (found.mother, found.child):
            state_address(
                person, declaration(), text="Lielā iela 1", municipality=LIEPAJA, valid=days(date(2026, 3, 1))
            )
        assert touched_by(take_news()) == set()
    assert reassess(decision.case_id, "fact").outcome == "unchanged"


def test_two_entries_that_turn_out_to_be_one_person_are_looked_at_by_both_their_cases() -> None:
    found = home()
    decision = granted(found.mother)
    twin = somebody("Anna", "Berzina", municipality="0001000")
    told(twin, "tax_authority", "wage_net_eur_month", "90.00", date(2025, 11, 1), date(2026, 2, 1))
    with in_scope(PLATFORM):
        take_news()
        state(Duplicate(person=twin, same_as=found.mother, source=declaration("one person"), valid=ALWAYS))
        assert touched_by(take_news()) == {decision.case_id}
    # One register tells two things of one person now. The entry that stands goes first, so what was granted stands.
    assert reassess(decision.case_id, "fact").outcome == "unchanged"
    with in_scope(PLATFORM):
        again = determine(PLATFORM, decision.case, FEBRUARY, "fact")
        assert {(one["key"], one["why"]) for one in again.doubts} == {
            ("wage_net_eur_month", "contradictory: tax_authority, tax_authority")
        }  # whoever works on the case sees it
        assert replay(again).digest == again.digest


def test_the_entry_that_stands_for_a_person_tells_of_them_before_the_other() -> None:
    found = home()
    decision = granted(found.mother)
    stands = somebody("Anna", "Berzina", municipality="0001000")
    told(stands, "tax_authority", "wage_net_eur_month", "90.00", date(2025, 11, 1), date(2026, 2, 1))
    with in_scope(PLATFORM):
        take_news()
        state(Duplicate(person=found.mother, same_as=stands, source=declaration("one person"), valid=ALWAYS))
        assert touched_by(take_news()) == {decision.case_id}
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    with in_scope(PLATFORM):
        # 318.00 - 90.00; of the same person by another entry, so nothing else ends or begins.
        lines = {(one.month, one.code, one.before, one.after) for one in change.lines.filter(code="gmi_benefit")}
        assert lines == {(date(2026, month, 1), "gmi_benefit", 254_00, 228_00) for month in (2, 3, 4)}
        assert {one.payee_id for one in change.lines.all()} == {stands.pk}
        assert {one.code for one in change.lines.all()} <= {"gmi_benefit", "housing_benefit"}
        first = Decision.objects.get(pk=decision.pk).determination
        assert replay(first).digest == first.digest
    replacing = confirm(worker(), change)
    check(head(), replacing)
    sign(head(), replacing)
    notify(worker(), replacing, on=date(2026, 6, 1), how="portal")
    assert amounts(decision.case) == [(FEBRUARY, date(2026, 5, 1), 228_00)]
    assert reassess(decision.case_id, "fact").outcome == "unchanged"


def test_a_month_of_review_is_found_when_it_is_reached_and_moves_on_when_nothing_differs() -> None:
    found = home()
    decision = granted(found.mother)
    with in_scope(PLATFORM):
        Case.objects.filter(pk=decision.case_id).update(review_on=date(2026, 4, 1))
        assert due_for_review(date(2026, 3, 31)) == []
        assert due_for_review(date(2026, 4, 1)) == [decision.case_id]
    assert reassess(decision.case_id, "time").outcome == "unchanged"
    with in_scope(PLATFORM):
        assert due_for_review(date(2026, 4, 1)) == []

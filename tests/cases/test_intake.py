"""Drafts, sending, documents, and what an application declares stated in the registry."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases import drafts
from balsts.cases.answers import Answers
from balsts.cases.attachments import FileRefused, hand_in, take_back
from balsts.cases.circle import Circle, circle_of
from balsts.cases.declared import CONTRADICTION, state_answers
from balsts.cases.determining import determine
from balsts.cases.drafts import ChangedElsewhere
from balsts.cases.models import Application, Attachment, Case, Draft, StoredFile, Task
from balsts.cases.opening import receive
from balsts.cases.prefill import known_for
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import BankAccount, Fact
from balsts.registry.selectors import known
from balsts.registry.use_cases import reading
from tests.access.people import LIEPAJA, at_work
from tests.cases import documents
from tests.cases.situations import FEBRUARY, Home, home, told, vsaa, worker
from tests.registry.situations import PLATFORM, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JANUARY, NOVEMBER = date(2026, 1, 1), date(2025, 11, 1)


def sent(who: Acting, found: Home, answers: Answers, type_code: str = "assistance") -> Application:
    return receive(who, type_code, key=uuid.uuid4(), subject=found.mother.pk, since=FEBRUARY,
                   answers=answers.as_json(), channel=Application.Channel.IN_PERSON,
                   received_on=date(2026, 2, 10))  # fmt: skip


def declared(key: str, **about: object) -> list[tuple[str | None, date | None, date | None]]:
    with in_scope(PLATFORM):
        found = known(Fact).filter(type=BY_KEY[key].number, origin__code="declaration", **about).order_by("valid")
        return [(one.value, one.valid.lower, one.valid.upper) for one in found]


def test_answers_become_declared_facts_of_the_right_days() -> None:
    who, found = worker(), home()
    mother = str(found.mother.pk)
    answers = Answers()
    answers.says("housing_costs_eur_month", "", "210.00")
    answers.says("savings_eur", mother, "50.00")
    answers.says("wage_net_eur_month", mother, "100.00")
    answers.says("heating", "", "fuel")
    sent(who, found, answers)
    assert ("210.00", FEBRUARY, None) in declared("housing_costs_eur_month", household=found.household)
    assert declared("savings_eur", person=found.mother) == [("50.00", FEBRUARY, None)]
    assert declared("wage_net_eur_month", person=found.mother) == [("100.00", NOVEMBER, FEBRUARY)]


def test_what_contradicts_a_register_is_a_task_with_both_sides_kept() -> None:
    who, found = worker(), home()
    answers = Answers()
    answers.says("wage_net_eur_month", str(found.mother.pk), "10.00")
    answers.says("wage_net_eur_month", str(found.child.pk), "0.00")  # the register says that there is none: the same
    application = sent(who, found, answers)
    with in_scope(who):
        task = Task.objects.get(case=application.case, kind=CONTRADICTION)
        assert (task.about, task.detail) == (found.mother.pk, "wage_net_eur_month")
    determination = determine(who, application.case, FEBRUARY, "application")
    doubts = {(one["about"], one["key"], one["why"]) for one in determination.doubts}
    assert (str(found.mother.pk), "wage_net_eur_month", "contradictory: tax_authority, declaration") in doubts
    with in_scope(who):  # the register goes first meanwhile: 318.00 less 64.00
        assert determination.lines.filter(code="gmi_benefit").first().amount == 254_00


def test_stated_again_an_application_changes_nothing() -> None:
    who, found = worker(), home()
    answers = Answers()
    answers.says("savings_eur", str(found.mother.pk), "50.00")
    answers.says("wage_net_eur_month", str(found.mother.pk), "10.00")
    application = sent(who, found, answers)
    with in_scope(PLATFORM):
        before = set(known(Fact).values_list("pk", flat=True))
        state_answers(application, who)
        assert set(known(Fact).values_list("pk", flat=True)) == before
        assert Task.objects.filter(case=application.case).count() == 1


def test_the_account_is_stated_from_the_day_the_application_came() -> None:
    who, found = worker(), home()
    answers = Answers()
    answers.says("account", str(found.mother.pk), "LV80BANK0000435195001")
    sent(who, found, answers)
    with in_scope(PLATFORM):
        account = known(BankAccount).get(person=found.mother)
        assert (account.iban, account.valid.lower) == ("LV80BANK0000435195001", date(2026, 2, 10))


def test_an_answer_about_a_stranger_opens_no_case() -> None:
    who, found = worker(), home()
    stranger = somebody("Svešs", "Cilvēks")
    answers = Answers()
    answers.says("savings_eur", str(stranger.pk), "0.00")
    with pytest.raises(DomainError, match="not in the household"):
        sent(who, found, answers)
    with in_scope(PLATFORM):
        assert not Case.objects.exists()
        assert declared("savings_eur", person=stranger) == []


def test_a_right_that_starts_on_application_is_stated_of_the_children_beside_earlier_ones() -> None:
    vsaa()
    found = home()
    me = the_person(found.mother.pk)
    receive(me, "family_state_benefit", key=uuid.uuid4(), subject=found.mother.pk, since=FEBRUARY, answers={},
            channel=Application.Channel.PORTAL)  # fmt: skip
    assert declared("applied_for", person=found.child) == [("family_state_benefit", FEBRUARY, None)]


# -- what is known -------------------------------------------------------------------------------------------------


def known_in(found: Home, who: Acting) -> dict[tuple[str, str], str]:
    circle = circle_of(found.mother.pk, found.household.pk, FEBRUARY, {found.mother.pk, found.child.pk})
    with reading(who, [found.mother.pk, found.child.pk], "application"):
        return {name: one.value for name, one in known_for(case_type("assistance"), circle, FEBRUARY).items()}


def test_income_of_the_window_is_known_as_an_average_where_every_month_is_told() -> None:
    found = home(wage="0.00")
    told(found.mother, "tax_authority", "wage_net_eur_month", "30.01", JANUARY, FEBRUARY)
    shown = known_in(found, worker())
    assert shown["wage_net_eur_month", str(found.mother.pk)] == "10.00"  # 30.01 / 3
    assert shown["pension_eur_month", str(found.mother.pk)] == "0.00"
    assert shown["has_needy_property", ""] == "true"


def test_what_registers_tell_differently_or_only_in_part_is_not_shown_as_known() -> None:
    found = home()
    told(found.mother, "enterprise_register", "other_counted_income_eur_month", "5.00", JANUARY, FEBRUARY)
    assert ("other_counted_income_eur_month", str(found.mother.pk)) not in known_in(found, worker())


def test_a_circle_has_the_applicant_first_and_tells_given_names_alone() -> None:
    found = home()
    circle = circle_of(found.mother.pk, found.household.pk, FEBRUARY)
    assert isinstance(circle, Circle)
    assert circle.members == (found.mother.pk, found.child.pk)
    assert circle.children == (found.child.pk,)
    assert circle.names[found.child.pk] == "Liene"
    assert not circle.sees(str(found.child.pk))


# -- drafts --------------------------------------------------------------------------------------------------------


def begun(found: Home) -> tuple[Acting, Draft]:
    me = the_person(found.mother.pk)
    return me, drafts.begin(me, "crisis", found.mother.pk)


def test_a_draft_saved_elsewhere_is_not_overwritten() -> None:
    me, draft = begun(home())
    first, second = Answers.from_json(draft.answers), Answers.from_json(draft.answers)
    first.says("what_happened", "", "uguns")
    second.says("what_happened", "", "plūdi")
    drafts.save(me, draft, first, 0)
    with pytest.raises(ChangedElsewhere):
        drafts.save(me, draft, second, 0)
    with in_scope(me):
        assert Answers.from_json(Draft.objects.get(pk=draft.pk).answers).value("what_happened", "") == "uguns"


def test_a_draft_is_sent_once_with_its_documents_and_is_gone() -> None:
    worker()
    me, draft = begun(home())
    with in_scope(me):
        document = hand_in(me, draft, "proof", "foto.jpg", documents.jpeg())
    application = drafts.send(me, draft, 0)
    assert drafts.send(me, draft, 0).pk == application.pk
    assert application.channel == "portal"
    with in_scope(me):
        assert not Draft.objects.exists()
        assert Attachment.objects.get(pk=document.pk).case_id == application.case_id
    with in_scope(worker()):
        assert Attachment.objects.get(pk=document.pk).file.size == len(documents.jpeg())
    with in_scope(worker(LIEPAJA)):
        assert not Attachment.objects.exists()
        assert not StoredFile.objects.exists()


def test_a_draft_changed_after_the_check_is_not_sent() -> None:
    worker()
    me, draft = begun(home())
    drafts.save(me, draft, Answers(), 0)
    with pytest.raises(ChangedElsewhere):
        drafts.send(me, draft, 0)
    with in_scope(PLATFORM):
        assert not Case.objects.exists()


def test_nobody_else_sees_a_draft_or_its_documents() -> None:
    found = home()
    me, draft = begun(found)
    with in_scope(me):
        hand_in(me, draft, "proof", "foto.png", documents.png())
    for other in (the_person(found.child.pk), worker(), PLATFORM):
        with in_scope(other):
            assert not Draft.objects.exists()
            assert not Attachment.objects.exists()
            assert not StoredFile.objects.exists()


def test_a_document_taken_back_is_gone_with_its_bytes_and_one_that_was_sent_stays() -> None:
    worker()
    me, draft = begun(home())
    with in_scope(me):
        one = hand_in(me, draft, "proof", "a.png", documents.png())
        two = hand_in(me, draft, "proof", "b.png", documents.png())
    take_back(me, draft, one.pk)
    with in_scope(me):
        assert StoredFile.objects.count() == 1
    application = drafts.send(me, draft, 0)
    with in_scope(me), pytest.raises(IntegrityError, match="not thrown away"), transaction.atomic():
        Attachment.objects.filter(pk=two.pk).delete()
    assert application.case_id


def test_thrown_away_a_draft_leaves_nothing() -> None:
    me, draft = begun(home())
    with in_scope(me):
        hand_in(me, draft, "proof", "a.png", documents.png())
    drafts.throw_away(me, draft)
    with in_scope(me):
        assert not Draft.objects.exists()
        assert not StoredFile.objects.exists()


def test_an_application_holds_only_so_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balsts.cases.attachments.MOST_OF_A_DRAFT", 1)
    me, draft = begun(home())
    with in_scope(me):
        hand_in(me, draft, "proof", "a.png", documents.png())
        with pytest.raises(FileRefused, match="at most 20"):
            hand_in(me, draft, "proof", "b.png", documents.png())


def test_staff_enter_only_what_their_own_office_decides() -> None:
    found = home()
    who = worker()
    assert {one.code for one in drafts.types_for(who)} == {"assistance", "crisis", "foster_child", "orphan_after_care"}
    officer = at_work("officer", vsaa(), "benefits_officer", "state_benefits")
    assert len(drafts.types_for(officer)) >= 15
    with pytest.raises(AccessDenied):
        drafts.begin(who, "childbirth", found.mother.pk)
    with pytest.raises(AccessDenied):
        drafts.begin(worker(LIEPAJA), "crisis", found.mother.pk)
    draft = drafts.begin(who, "crisis", found.mother.pk, channel="phone", received_on=date(2026, 2, 3))
    application = drafts.send(who, draft, 0)
    assert (application.channel, application.received_on, application.since) == ("phone", date(2026, 2, 3), FEBRUARY)
    assert application.by_staff == who.staff


def test_a_person_applies_for_themselves_and_whom_they_represent_alone() -> None:
    found = home()
    me = the_person(found.mother.pk)
    assert drafts.begin(me, "celiac", found.child.pk).subject_id == found.child.pk
    with pytest.raises(AccessDenied):
        drafts.begin(the_person(found.child.pk), "crisis", found.mother.pk)


def test_the_month_asked_for_is_that_of_the_answer_or_of_the_day_it_came() -> None:
    answers = Answers()
    assert drafts.since_of(answers, date(2026, 2, 10)) == FEBRUARY
    answers.says("since", "", "2025-11")
    assert drafts.since_of(answers, date(2026, 2, 10)) == NOVEMBER
    assert list(drafts.months_asked(case_type("childbirth"), date(2026, 2, 10)))[-1] == "2025-08"
    assert drafts.received_day(answers) == timezone.localdate()


def test_no_stored_file_is_changed_by_the_application() -> None:
    me, draft = begun(home())
    with in_scope(me):
        hand_in(me, draft, "proof", "a.png", documents.png())
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            StoredFile.objects.update(size=1)

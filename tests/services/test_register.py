"""The register of providers: from an application to entries, their change and removal, and who may see what."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange

from balsts.access.acting import in_scope, the_person, the_platform
from balsts.access.errors import AccessDenied
from balsts.cases.chain import check, discard, notify, sign
from balsts.cases.entries import entries_of
from balsts.cases.errors import CaseNotReady, EntryRefused
from balsts.cases.letters import letter_of
from balsts.cases.models import Case, Decision, EntryDetail, Organisation, RegisterEntry, Task
from balsts.cases.organisations import is_registration_number, organisation, rename, verify_authority
from balsts.documents.letter import Language, Table
from balsts.law.engine.errors import DomainError
from balsts.registry.recording import clock
from balsts.services import providers, registering
from tests.access.people import RIGA, at_work, office
from tests.registry.situations import somebody
from tests.services.situations import (
    ANSWERS,
    LAST_DAY,
    NUMBER,
    OTHER_NUMBER,
    PLACES,
    REGISTERED,
    asked,
    association,
    changed,
    head,
    ministry,
    offer,
    officer,
    registered,
    removed,
    settled,
    six_offers,
)

pytestmark = pytest.mark.django_db(databases=["default", "log"])
KEY = "day_centre | parauga iela 1, rīga"


def test_two_services_at_three_addresses_are_six_entries_valid_for_five_years() -> None:
    registered()
    found = providers.provider_of(NUMBER)
    assert found is not None
    assert len(found.offers) == 6
    assert {(one.valid.lower, one.last_day) for one in found.offers} == {(REGISTERED, LAST_DAY)}
    assert {one.fields["service"] for one in found.offers} == {"day_centre", "home_care"}


def test_after_the_last_day_nobody_is_placed_there() -> None:
    registered()
    who, place = association().pk, PLACES[0][0]
    assert not providers.is_offered(who, "day_centre", place, on=date(2020, 9, 14))
    assert providers.is_offered(who, "day_centre", place, on=REGISTERED)
    assert providers.is_offered(who, "day_centre", "  parauga IELA 1,  Rīga", on=LAST_DAY)
    assert not providers.is_offered(who, "day_centre", place, on=date(2025, 9, 16))
    assert providers.providers_found(on=LAST_DAY) == [who]
    assert providers.providers_found(on=date(2025, 9, 16)) == []


def test_a_provider_is_found_by_service_municipality_and_name() -> None:
    registered()
    registered([offer("hospice")], provider=association(OTHER_NUMBER, "SIA «Āboli»"))
    first, second = association().pk, organisation(OTHER_NUMBER, "known by another name").pk
    assert providers.providers_found(on=REGISTERED) == [first, second]  # Biedrība before SIA
    assert providers.providers_found(on=REGISTERED, service="hospice") == [second]
    assert providers.providers_found(on=REGISTERED, municipality="0005000") == [first]
    assert providers.providers_found(on=REGISTERED, name="aboli") == [second]
    assert providers.providers_found(on=REGISTERED, name=OTHER_NUMBER) == [second]
    assert providers.providers_found(on=REGISTERED, service="mentor") == []


def test_a_change_keeps_the_last_day_and_the_days_before_it() -> None:
    case = registered()
    changed(case, date(2022, 1, 1), {"key": KEY, "capacity": 20})
    found = providers.provider_of(NUMBER)
    assert found is not None
    both = [one for one in found.offers if one.key == KEY]
    assert [(one.fields["capacity"], one.valid.lower, one.last_day) for one in both] == [
        (20, date(2022, 1, 1), LAST_DAY), (12, REGISTERED, date(2021, 12, 31)),
    ]  # fmt: skip
    with in_scope(officer()):
        again = [one for one in entries_of(registering.the_register(), organisation=case.organisation_id)
                 if one.key == KEY]  # fmt: skip
        assert {one.fields["manager"] for one in again} == {"Slepenais Vadītājs"}


def test_an_entry_that_is_removed_says_on_which_ground_and_its_days_before_stay() -> None:
    case = registered()
    removed(case, date(2023, 3, 1), [KEY])
    found = providers.provider_of(NUMBER)
    assert found is not None
    gone = next(one for one in found.offers if one.key == KEY)
    assert (gone.state(date(2023, 3, 1)), gone.ground) == ("removed", "activity_ended")
    assert gone.last_day == date(2023, 2, 28)
    assert providers.is_offered(association().pk, "day_centre", PLACES[0][0], on=date(2023, 2, 28))
    assert sum(one.state(date(2023, 3, 1)) == "registered" for one in found.offers) == 5


def test_a_case_runs_while_an_entry_counts_and_its_decision_ends_with_the_last() -> None:
    this_year = timezone.localdate().replace(month=1, day=1)
    case = registered([offer(), offer("home_care")], since=this_year)
    with in_scope(officer()):
        first = Decision.objects.get(case=case)
    removed(case, this_year.replace(day=5), [KEY])
    with in_scope(officer()):
        assert Case.objects.get(pk=case.pk).stage == "running"
        assert Decision.objects.get(pk=first.pk).state == "in_force"
    removed(case, this_year.replace(day=6), ["home_care | parauga iela 1, rīga"])
    with in_scope(officer()):
        assert Case.objects.get(pk=case.pk).stage == "closed"
        assert Decision.objects.get(pk=first.pk).state == "ended"


def test_registered_again_the_five_years_begin_anew() -> None:
    registered([offer()])
    registered([offer(capacity=30)], since=date(2025, 6, 1))
    found = providers.provider_of(NUMBER)
    assert found is not None
    assert [(one.fields["capacity"], one.last_day) for one in found.offers] == [
        (30, date(2030, 6, 1)), (12, date(2025, 5, 31)),
    ]  # fmt: skip


def test_a_day_that_a_year_does_not_have_is_the_last_of_its_month() -> None:
    registered([offer()], since=date(2024, 2, 29))
    found = providers.provider_of(NUMBER)
    assert found is not None
    assert found.offers[0].last_day == date(2029, 2, 28)


def test_a_refusal_enters_nothing_and_closes_the_case() -> None:
    case = asked().case
    with pytest.raises(CaseNotReady, match="reasons"):
        registering.draft_refusal(officer(), case, " ")
    settled(registering.draft_refusal(officer(), case, "Telpas neatbilst prasībām."))
    assert providers.provider_of(NUMBER) is None
    with in_scope(officer()):
        assert Case.objects.get(pk=case.pk).stage == "closed"


def test_whoever_drafted_cannot_sign_and_officers_cannot_either() -> None:
    case = asked().case
    decision = registering.draft_registration(head(), case, six_offers(), since=REGISTERED)
    with pytest.raises(CaseNotReady, match="cannot check or sign"):
        check(head(), decision)
    discard(head(), decision, "another one drafts")
    decision = registering.draft_registration(officer(), case, six_offers(), since=REGISTERED)
    with pytest.raises(AccessDenied):
        check(officer("second"), decision)
    check(head(), decision)
    with pytest.raises(AccessDenied):
        sign(officer("second"), decision)
    assert providers.provider_of(NUMBER) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"service": "swimming"}, "one of the codes"),
        ({"service": "crisis_benefit"}, "nobody is registered"),
        ({"municipality": "9999999"}, "no municipality"),
        ({"address": ""}, "address"),
        ({"address": "x" * 91}, "at most 90"),
        ({"capacity": -1}, "whole number"),
        ({"capacity": True}, "whole number"),
        ({"capacity": "12"}, "whole number"),
        ({"colour": "red"}, "not a field"),
    ],
)
def test_an_entry_that_does_not_follow_the_declaration_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(EntryRefused, match=said):
        asked([offer(**wrong)])


def test_one_entry_twice_or_none_at_all_is_refused() -> None:
    case = asked().case
    for offers in ([offer(), offer(address="PARAUGA iela 1,  rīga")], []):
        with pytest.raises(EntryRefused):
            registering.draft_registration(officer(), case, offers, since=REGISTERED)
    with pytest.raises(EntryRefused, match="no such entry"):
        registering.draft_removal(officer(), case, [KEY], ground="activity_ended", since=REGISTERED, reasons="-")
    with pytest.raises(EntryRefused, match="ground"):
        registering.draft_removal(officer(), case, [KEY], ground="whim", since=REGISTERED, reasons="-")


def test_a_register_that_changed_after_the_draft_is_not_overwritten() -> None:
    case, other = registered([offer()]), asked([offer("home_care")]).case
    late = registering.draft_removal(officer(), other, [KEY], ground="other", since=date(2023, 1, 1), reasons="-")
    removed(case, date(2022, 1, 1), [KEY])
    check(head(), late)
    with pytest.raises(EntryRefused, match="no such entry"):
        sign(head(), late)


# -- organisations -------------------------------------------------------------------------------------------------


def test_a_registration_number_is_checked() -> None:
    assert is_registration_number(NUMBER)
    for wrong in ("40003521601", "4000352160", "10003521600", "4000352160a", "٤٠٠٠٣٥٢١٦٠٠"):
        assert not is_registration_number(wrong)
    with pytest.raises(DomainError, match="eleven digits"):
        organisation("123", "Biedrība")


def test_a_wrong_name_is_mended_by_whoever_works_on_the_case() -> None:
    case = asked([offer()]).case
    with pytest.raises(AccessDenied):
        rename(at_work("worker", office(RIGA), "social_worker", "social_assistance"), case, "Cits")
    with pytest.raises(DomainError, match="name"):
        rename(officer(), case, "  ")
    rename(officer(), case, "Biedrība   «Pareizi»")
    assert association().name == "Biedrība «Pareizi»"
    with in_scope(officer()):
        assert case.events.get(kind="renamed").detail == "Biedrība «Paraugs»"
    for who in (
        the_person(somebody("Zane", "Svešiniece").pk),
        at_work("analyst", ministry(), "policy_analyst", "policy"),
    ):
        with in_scope(who):
            assert Organisation.objects.update(name="Nozagts") == 0


def test_a_representative_applies_and_nothing_is_entered_until_their_right_is_verified() -> None:
    person = somebody("Vija", "Paraugkontakte")
    ministry()
    application = registering.apply(the_person(person.pk), association(), key=uuid.uuid4(), since=REGISTERED,
                                    answers=ANSWERS, offers=[offer()], channel="portal")  # fmt: skip
    assert application.authority == "stated"
    assert application.by_person_id == person.pk
    case = application.case
    decision = registering.draft_registration(officer(), case, [offer()], since=REGISTERED)
    check(head(), decision)
    with pytest.raises(CaseNotReady, match="verify first"):
        sign(head(), decision)
    with pytest.raises(CaseNotReady, match="say by what"):
        verify_authority(officer(), case, " ")
    verify_authority(officer(), case, "Uzņēmumu reģistra izziņa")
    with pytest.raises(CaseNotReady, match="no right to act left"):
        verify_authority(officer(), case, "again")
    sign(head(), decision)
    assert providers.provider_of(NUMBER) is not None


# -- who sees what -------------------------------------------------------------------------------------------------


def test_keepers_of_the_register_see_their_cases_and_nobody_else_does() -> None:
    case = registered()
    for who in (officer(), head(), the_platform()):
        with in_scope(who):
            assert Case.objects.filter(pk=case.pk).exists()
    person = somebody("Vija", "Paraugkontakte")
    outside = (the_person(person.pk), at_work("worker", office(RIGA), "social_worker", "social_assistance"),
               at_work("analyst", ministry(), "policy_analyst", "policy"))  # fmt: skip
    for who in outside:
        with in_scope(who):
            assert not Case.objects.filter(pk=case.pk).exists()
            assert not Decision.objects.filter(case=case).exists()
            assert not Task.objects.filter(case=case).exists()
            assert not EntryDetail.objects.exists()
            assert RegisterEntry.objects.count() == 6  # of organisations, as everybody may read it
            with pytest.raises(DomainError):
                registering.case_of(who, case.pk)
        with pytest.raises(AccessDenied):
            registering.draft_removal(who, case, [KEY], ground="other", since=REGISTERED, reasons="-")


def test_what_is_not_public_is_in_no_row_that_everybody_may_read() -> None:
    registered()
    rows = str(list(RegisterEntry.objects.values()))
    assert "Slepenais" not in rows
    assert "'staff'" not in rows
    assert EntryDetail.objects.count() == 0
    with in_scope(officer()):
        assert EntryDetail.objects.count() == 6
    shown = providers.provider_of(NUMBER)
    assert "Slepenais" not in str(shown)


# -- what the database holds to --------------------------------------------------------------------------------------


def new_row(**other: object) -> RegisterEntry:
    old = RegisterEntry.objects.first()
    assert old is not None
    given = {"register": old.register, "key": "new", "organisation_id": old.organisation_id, "case_id": old.case_id,
             "decision_id": old.decision_id, "content": {}, "valid": old.valid,
             "recorded": TimestamptzRange(clock(), None)}  # fmt: skip
    return RegisterEntry(**given | other)


def test_the_database_refuses_two_entries_of_one_key_at_a_time() -> None:
    registered([offer()])
    with in_scope(officer()), pytest.raises(IntegrityError, match="one_entry_of_a_key_at_a_time"), transaction.atomic():
        new_row(key=KEY).save(force_insert=True)


def test_the_database_refuses_an_entry_on_a_draft_or_about_somebody_else() -> None:
    registered([offer()])
    draft = registering.draft_registration(
        officer(), asked([offer("mentor")]).case, [offer("mentor")], since=REGISTERED
    )
    stranger = organisation(OTHER_NUMBER, "SIA «Āboli»")
    with in_scope(officer()):
        for other in ({"decision_id": draft.pk, "case_id": draft.case_id}, {"organisation_id": stranger.pk},
                      {"case_id": draft.case_id}):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                new_row(**other).save(force_insert=True)
        for other in ({"valid": DateRange(None, LAST_DAY)}, {"valid": DateRange(empty=True)},
                      {"organisation_id": None}, {"ground": "other"}):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                new_row(**other).save(force_insert=True)


def test_no_entry_is_edited_or_deleted_or_written_by_others() -> None:
    registered([offer()])
    for statement in ("UPDATE cases_registerentry SET content = '{}'", "UPDATE cases_registerentry SET valid = 'empty'",
                      "DELETE FROM cases_registerentry", "UPDATE cases_entrydetail SET content = '{}'",
                      "DELETE FROM cases_entrydetail", "UPDATE cases_registerentry SET ground = 'other'"):  # fmt: skip
        with in_scope(officer()), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    worker = at_work("worker", office(RIGA), "social_worker", "social_assistance")
    with in_scope(worker):
        assert RegisterEntry.objects.update(recorded=TimestamptzRange(clock(), clock())) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            new_row().save(force_insert=True)


def test_two_decisions_about_one_provider_do_not_overwrite_each_other() -> None:
    first, second = asked([offer()]).case, asked([offer()]).case
    one = registering.draft_registration(officer(), first, [offer(capacity=1)], since=REGISTERED)
    other = registering.draft_registration(officer(), second, [offer(capacity=2)], since=date(2021, 1, 1))
    settled(other)
    check(head(), one)
    sign(head(), one)
    notify(officer(), one, on=date(2020, 9, 20), how="post")
    found = providers.provider_of(NUMBER)
    assert found is not None
    # The later signature is believed: it begins before the other one's days and takes their place.
    assert [(entry.fields["capacity"], entry.valid.lower) for entry in found.offers] == [(1, REGISTERED)]


# -- the letter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "service"), [("lv", "Dienas aprūpes centrs"), ("en", "Day care centre")])
def test_the_letter_names_what_is_entered_changed_and_removed(language: Language, service: str) -> None:
    case = registered([offer()], since=date(2026, 1, 1))
    change = changed(case, date(2026, 2, 1), {"key": KEY, "capacity": 20})
    end = removed(case, date(2026, 3, 1), [KEY])
    with in_scope(the_platform()):
        first = Decision.objects.filter(case=case).earliest("made_at")
        letters = [letter_of(one, language) for one in (first, change, end)]
    assert letters[0].addressee.name == "Biedrība «Paraugs»"
    assert "01.01.2026" in letters[0].summary[0]
    assert "01.01.2031" in letters[0].summary[0]
    tables = [next(block for block in one.sections[0].blocks if isinstance(block, Table)) for one in letters]
    assert {one.rows[0][0] for one in tables} == {f"{service}, Parauga iela 1, Rīga"}
    assert "12" in tables[0].rows[0][1]
    assert "20" in tables[1].rows[0][1]
    assert ("darbība izbeigta" if language == "lv" else "activity ended") in tables[2].rows[0][1]

"""From registers over HTTP into the registry: what stands there afterwards, whatever the registers did."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.access.models import AccessRecord
from balsts.exchange.identities import person_with_code
from balsts.exchange.models import FeedPosition, MessageBody, RegisterMessage, RegisterQuestion
from balsts.exchange.periods import Period
from balsts.exchange.simulation.identities import personal_code
from balsts.exchange.use_cases import ask_registers, read_feed
from balsts.law.engine.errors import DomainError, InputError
from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.registry.fact_types import BY_KEY
from balsts.registry.household_file import household_file
from balsts.registry.models import Address, Fact, Household, Identifier, Person, PersonName, Relation
from balsts.registry.selectors import known
from balsts.registry.use_cases import state_code
from tests.access.people import LIEPAJA, RIGA, at_work, auditor, office, social_worker
from tests.exchange.running_state import STEADY, WINTER, RunningState
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
S = Fact.Status


def household_with(*codes: str) -> Household:
    """A household in Rīga whose members the population has under these codes."""
    members = [somebody(municipality=RIGA) for _ in codes]
    with in_scope(PLATFORM):
        for member, code in zip(members, codes, strict=True):
            state_code(member, declaration(), code)
    return household_of(*members)


def ask(state: RunningState, household: Household, *registers: str, window: Period = WINTER) -> None:
    # As the platform: what the population register tells may move a person to another municipality's office.
    ask_registers(PLATFORM, household, registers, window, {"*": state.connection}, STEADY)


def facts(key: str, code: str, origin: str) -> list[tuple[date | None, date | None, str | None, int]]:
    """What is believed of a fact of an origin: days, value, status."""
    with in_scope(PLATFORM):
        person = person_with_code(code)
        found = known(Fact).filter(person=person, type=BY_KEY[key].number, origin__code=origin).order_by("valid")
        return [(one.valid.lower, one.valid.upper, one.value, one.status) for one in found]


def person_of(code: str) -> Person:
    with in_scope(PLATFORM):
        found = person_with_code(code)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------- asking


def test_what_a_register_tells_stands_in_the_registry_with_its_message(state: RunningState, code: str) -> None:
    state.event("contradict", register_code="tax_authority", personal_code=code,
                set={"complete_to": "2026-01", "employments": [], "wages": [
                    {"month": "2026-01", "employer": "40003900001", "gross_cents": 100000,
                     "employee_contributions_cents": 10500, "income_tax_cents": 19500}]})  # fmt: skip
    ask(state, household_with(code), "tax_authority")
    assert facts("wage_net_eur_month", code, "tax_authority") == [
        (date(2025, 11, 1), date(2025, 12, 1), "0.00", S.KNOWN),
        (date(2025, 12, 1), date(2026, 1, 1), "0.00", S.KNOWN),
        (date(2026, 1, 1), date(2026, 2, 1), "700.00", S.KNOWN),
        (date(2026, 2, 1), date(2026, 3, 1), None, S.MISSING),
    ]
    with in_scope(PLATFORM):
        [message] = RegisterMessage.objects.filter(register="tax_authority")
        assert bytes(message.body.content).count(b".") == 2
        [fact] = known(Fact).filter(value="700.00")
        assert str(message.message_id) in fact.source.reference
        assert bytes(message.sha256).hex() in fact.source.reference


def test_a_register_that_is_down_leaves_a_mark_and_no_income(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail")
    ask(state, household_with(code), "tax_authority")
    whole = (WINTER.since, WINTER.until, None, S.UNAVAILABLE)
    assert facts("wage_net_eur_month", code, "tax_authority") == [whole]
    assert facts("is_employed", code, "tax_authority") == [whole]


def test_what_was_known_becomes_stale_when_the_register_is_down(state: RunningState, code: str) -> None:
    household = household_with(code)
    state.event("contradict", register_code="prisons", personal_code=code, set={"custody": [{"since": "2026-01-10"}]})
    ask(state, household, "prisons", window=Period(date(2026, 1, 1), date(2026, 2, 1)))
    state.fault("prisons", "malformed", how="bad_signature")
    ask(state, household, "prisons", window=WINTER)
    assert facts("is_imprisoned", code, "prisons") == [
        (date(2025, 11, 1), date(2026, 1, 1), None, S.UNREADABLE),
        (date(2026, 1, 1), date(2026, 1, 10), "false", S.STALE),
        (date(2026, 1, 10), date(2026, 2, 1), "true", S.STALE),
        (date(2026, 2, 1), date(2026, 3, 1), None, S.UNREADABLE),
    ]
    state.no_faults()
    ask(state, household, "prisons", window=WINTER)
    assert {status for *_, status in facts("is_imprisoned", code, "prisons")} == {S.KNOWN}


def test_asking_twice_changes_nothing_that_stands(state: RunningState, code: str) -> None:
    household = household_with(code)
    registers = ("population_register", "social_insurance", "disability_commission", "vehicles")
    ask(state, household, *registers)
    with in_scope(PLATFORM):
        before = set(Fact.objects.values_list("pk", "recorded"))
        names = set(PersonName.objects.values_list("pk", "recorded"))
    ask(state, household, *registers)
    with in_scope(PLATFORM):
        assert set(Fact.objects.values_list("pk", "recorded")) == before
        assert set(PersonName.objects.values_list("pk", "recorded")) == names


def doubts(household: Household, month: str) -> set[tuple[str, str]]:
    """Why facts of a month cannot carry an automatic decision."""
    with in_scope(PLATFORM):
        found = household_file(household.pk, Month(month_from(month)))
    return {(one.key, one.why) for one in found.doubts}


def test_contradictory_registers_both_stand_and_stop_a_decision(state: RunningState, code: str) -> None:
    state.event("contradict", register_code="tax_authority", personal_code=code,
                set={"employments": [{"since": "2024-01-01", "employer": "40003900000"}]})  # fmt: skip
    state.event("contradict", register_code="employment_agency", personal_code=code,
                set={"unemployed": [{"since": "2026-01-15"}]})  # fmt: skip
    household = household_with(code)
    ask(state, household, "tax_authority", "employment_agency")
    assert facts("is_employed", code, "tax_authority")[-1][2:] == ("true", S.KNOWN)
    assert facts("is_employed", code, "employment_agency")[-1][2:] == ("false", S.KNOWN)
    contradiction = ("is_employed", "contradictory: tax_authority, employment_agency")
    assert contradiction in doubts(household, "2026-02")
    assert contradiction not in doubts(household, "2026-01")


def test_a_register_that_is_down_stops_a_decision(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail")
    household = household_with(code)
    ask(state, household, "tax_authority")
    assert ("wage_net_eur_month", "unavailable: tax_authority") in doubts(household, "2026-01")
    with in_scope(PLATFORM):
        assert "wage_net_eur_month" not in str(household_file(household.pk, Month(month_from("2026-01"))).content)


def test_property_of_a_household_is_never_settled_by_registers(
    state: RunningState, code: str, another_code: str
) -> None:
    household = household_with(code, another_code)
    ask(state, household, "vehicles", "real_estate")
    with in_scope(PLATFORM):
        found = known(Fact).filter(household=household, type=BY_KEY["has_needy_property"].number)
        assert {(one.origin.code, one.value, one.status) for one in found} == {
            ("vehicles", None, S.PARTIAL),
            ("real_estate", None, S.PARTIAL),
        }


def test_one_member_whose_register_is_silent_marks_the_household(
    state: RunningState, code: str, another_code: str
) -> None:
    household = household_with(code, another_code)
    state.fault("vehicles", "fail", status=403, requests=1)
    ask(state, household, "vehicles")
    with in_scope(PLATFORM):
        [fact] = known(Fact).filter(household=household, type=BY_KEY["has_needy_property"].number)
        assert fact.status == S.UNAVAILABLE


def couples(people: pa.Table) -> pa.Table:
    married = people.filter(people["is_married"])
    return married.filter(pc.is_valid(married["partner_id"]))


def test_the_population_register_states_who_somebody_is(state: RunningState, people: pa.Table) -> None:
    wed = people.filter(people["is_married"]).filter(
        pa.compute.is_valid(people.filter(people["is_married"])["partner_id"])
    )
    one, spouse = (personal_code(wed[name][0].as_py()) for name in ("person_id", "partner_id"))
    ask(state, household_with(one), "population_register")
    with in_scope(PLATFORM):
        person = person_of(one)
        [name] = known(PersonName).filter(person=person, valid__contains=timezone.localdate())
        assert name.surname.startswith("Paraug")
        [address] = known(Address).filter(person=person, valid__contains=date(2026, 2, 25), kind="declared")
        assert address.municipality_id == wed["municipality"][0].as_py()
        [tie] = known(Relation).filter(person=person, kind="partner")
        assert tie.other == person_of(spouse)
        assert known(Relation).filter(person=person_of(spouse), kind="partner", other=person).exists()
    assert facts("born", one, "population_register") == [(None, None, wed["born"][0].as_py().isoformat(), S.KNOWN)]


def test_a_marriage_that_the_register_no_longer_holds_is_withdrawn(state: RunningState, people: pa.Table) -> None:
    wed = couples(people)
    row = wed.num_rows - 1
    one, spouse = (personal_code(wed[name][row].as_py()) for name in ("person_id", "partner_id"))
    household = household_with(one)
    ask(state, household, "population_register")
    state.event("contradict", register_code="population_register", personal_code=one, set={"marriages": []})
    ask(state, household, "population_register")
    with in_scope(PLATFORM):
        assert not known(Relation).filter(kind="partner", person__in=[person_of(one), person_of(spouse)]).exists()
        assert Relation.objects.filter(kind="partner", person=person_of(one)).exists()


# ------------------------------------------------------------------------------------------- who may ask


def test_asking_is_recorded_with_purpose_and_requester(state: RunningState, code: str) -> None:
    household = household_with(code)
    worker = social_worker()
    ask_registers(worker, household, ["prisons"], WINTER, {"*": state.connection}, STEADY)
    with in_scope(PLATFORM):
        [question] = RegisterQuestion.objects.all()
    assert (question.purpose, question.role, question.staff) == ("social_assistance", "social_worker", worker.staff)
    assert question.person == person_of(code).pk
    with in_scope(auditor(), using="log"):
        looked = AccessRecord.objects.using("log").filter(subject=question.person, detail="registers asked: prisons")
        assert [one.staff for one in looked] == [worker.staff]


def test_a_worker_of_another_municipality_may_not_ask(state: RunningState, code: str) -> None:
    household = household_with(code)
    with pytest.raises(AccessDenied):
        ask_registers(social_worker(LIEPAJA), household, ["prisons"], WINTER, {"*": state.connection}, STEADY)
    with in_scope(PLATFORM):
        assert not RegisterQuestion.objects.exists()


def test_a_register_is_not_asked_for_a_purpose_outside_its_contract(state: RunningState, code: str) -> None:
    household = household_with(code)
    colleague = at_work("colleague", office(RIGA), "social_worker", "social_services")
    with pytest.raises(InputError, match="real_estate may not be asked for social services"):
        ask_registers(colleague, household, ["real_estate"], WINTER, {"*": state.connection}, STEADY)


def test_a_member_without_a_personal_code_is_named_before_anything_is_asked(state: RunningState) -> None:
    household = household_of(somebody(municipality=RIGA))
    with pytest.raises(DomainError, match="1 of 1 members have no personal code"):
        ask(state, household, "prisons")


def test_staff_see_that_a_register_was_asked_and_never_the_message(state: RunningState, code: str) -> None:
    ask(state, household_with(code), "prisons")
    with in_scope(social_worker()):
        assert RegisterQuestion.objects.count() == RegisterMessage.objects.count() == 1
        assert not MessageBody.objects.exists()
    with in_scope(social_worker(LIEPAJA)):
        assert not RegisterQuestion.objects.exists()
        assert not RegisterMessage.objects.exists()


@pytest.mark.parametrize("model", [RegisterQuestion, RegisterMessage, MessageBody])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_nothing_that_was_kept_can_be_changed(state: RunningState, code: str, model: type, change: str) -> None:
    ask(state, household_with(code), "prisons")
    table, column = model._meta.db_table, model._meta.pk.column  # type: ignore[attr-defined]
    with in_scope(PLATFORM), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change.format(table, column, column))


# ------------------------------------------------------------------------------------------- the feed


def from_here_on(state: RunningState, register_code: str) -> None:
    """Earlier tests told of changes: read past them."""
    read_feed(register_code, {"*": state.connection}, STEADY)


def test_a_late_correction_is_stated_and_the_past_stays_as_it_was_known(state: RunningState, code: str) -> None:
    household = household_with(code)
    from_here_on(state, "prisons")
    ask(state, household, "prisons")
    with in_scope(PLATFORM):
        first = Fact.objects.get(person=person_of(code), origin__code="prisons")
    custody = [{"since": "2026-01-10", "until": "2026-02-10"}]
    state.event(
        "correct", register_code="prisons", personal_code=code, set={"custody": custody}, wrong_since="2025-06-01"
    )
    reading = read_feed("prisons", {"*": state.connection}, STEADY)
    assert (reading.taken, reading.set_aside, reading.problem) == (1, 0, "")
    shown = facts("is_imprisoned", code, "prisons")
    assert [(since, until) for since, until, value, _ in shown if value == "true"] == [
        (date(2026, 1, 10), date(2026, 2, 10))
    ]
    assert shown[0][0] == date(2025, 6, 1)
    with in_scope(PLATFORM):
        ended = Fact.objects.get(pk=first.pk)
        assert ended.value == "false"
        assert ended.ended_by is not None
        assert ended.ended_by.reason == "the register corrects what it told"


def test_a_message_that_comes_again_after_a_newer_one_does_not_bring_the_old_back(
    state: RunningState, code: str
) -> None:
    household_with(code)
    from_here_on(state, "education_register")
    tell = {"register_code": "education_register", "personal_code": code}
    state.event("change", **tell, set={"enrolments": [{"since": "2025-09-01", "level": "general", "institution": "A"}]})
    state.event("change", **tell, set={"enrolments": []})
    state.event("duplicate", register_code="education_register", before_the_last=1)
    reading = read_feed("education_register", {"*": state.connection}, STEADY)
    assert (reading.taken, reading.set_aside) == (2, 1)
    assert {value for _, _, value, _ in facts("education", code, "education_register")} == {"none"}


def test_an_altered_message_is_set_aside_and_holds_up_no_other(state: RunningState, code: str) -> None:
    household_with(code)
    from_here_on(state, "vehicles")
    state.event("change", register_code="vehicles", personal_code=code, set={"vehicles": []})
    state.event("duplicate", register_code="vehicles", altered=True)
    state.event("change", register_code="vehicles", personal_code=code, set={"vehicles": []})
    reading = read_feed("vehicles", {"*": state.connection}, STEADY)
    assert (reading.taken, reading.set_aside) == (2, 1)
    assert read_feed("vehicles", {"*": state.connection}, STEADY) == type(reading)(0, 0)


def test_changes_of_persons_nobody_knows_are_read_past(state: RunningState, code: str) -> None:
    from_here_on(state, "tractors")
    state.event("change", register_code="tractors", personal_code=code, set={"tractors": []})
    assert read_feed("tractors", {"*": state.connection}, STEADY).set_aside == 1
    with in_scope(PLATFORM):
        assert not Identifier.objects.filter(value=code).exists()


def test_a_feed_that_cannot_be_had_keeps_its_position(state: RunningState) -> None:
    from_here_on(state, "real_estate")
    with in_scope(PLATFORM):
        before = FeedPosition.objects.filter(pk="real_estate").first()
    state.fault("real_estate", "fail")
    assert read_feed("real_estate", {"*": state.connection}, STEADY).problem == "HTTP 503"
    with in_scope(PLATFORM):
        assert FeedPosition.objects.filter(pk="real_estate").first() == before


def test_a_changed_personal_code_is_dated_and_both_find_the_person(state: RunningState, code: str) -> None:
    household_with(code)
    from_here_on(state, "population_register")
    person = person_of(code)
    state.event("change_code", personal_code=code)
    assert read_feed("population_register", {"*": state.connection}, STEADY).taken == 1
    with in_scope(PLATFORM):
        codes = list(known(Identifier).filter(person=person).order_by("valid"))
    assert [one.value == code for one in codes] == [True, False]
    assert codes[0].valid.upper == codes[1].valid.lower
    assert person_of(code) == person_of(codes[1].value) == person


def test_a_message_that_cannot_be_stated_is_set_aside_and_holds_up_no_other(
    state: RunningState, code: str, another_code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The register gives a person the code that somebody else has here."""
    taken = "32999999991"
    household_with(code, another_code, taken)
    from_here_on(state, "population_register")
    state.event("change_code", personal_code=code, new_code=taken)
    state.event("change_code", personal_code=another_code)
    reading = read_feed("population_register", {"*": state.connection}, STEADY)
    assert (reading.taken, reading.set_aside) == (1, 1)
    assert person_of(code) != person_of(taken)
    assert "not stated: IntegrityError" in caplog.text
    assert code not in caplog.text

"""Statements: written once, believed until a source ends it; whoever writes, the database sees to it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connections, transaction

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.registry.models import STATEMENTS, Fact, Identifier, Relation
from balsts.registry.recording import ALWAYS, clock, correct, days, new_source, withdraw
from balsts.registry.selectors import facts_on, history, known
from balsts.registry.use_cases import (
    recording,
    state_account,
    state_address,
    state_code,
    state_fact,
    state_name,
    state_relation,
)  # fmt: skip
from tests.access.people import LIEPAJA, RIGA, social_worker
from tests.registry.situations import PLATFORM, declaration, finding, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def wages(person: object, day: date = MARCH, at: object = None) -> list[str | None]:
    found = facts_on(day, at, [person.pk]).filter(type=29)  # type: ignore[attr-defined, arg-type]
    return [one.value for one in found]


def test_a_correction_supersedes_says_why_and_leaves_the_past_as_it_was() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        wrong = state_fact(declaration(), "wage_net_eur_month", "640.00", days(MARCH, APRIL), person=anna)
        before = clock()
        right = Fact(person=anna, type=29, origin=wrong.origin, value="64.00", certainty=1, valid=days(MARCH, APRIL),
                     source=declaration("a misread decimal point"))  # fmt: skip
        correct(wrong, right)
        assert wages(anna) == ["64.00"]
        assert wages(anna, at=before) == ["640.00"]
        wrong.refresh_from_db()
        assert wrong.ended_by is not None
        assert wrong.ended_by.reason == "a misread decimal point"
        assert [one.value for one in history(Fact, anna.pk).filter(type=29)] == ["640.00", "64.00"]


def test_a_correction_without_a_reason_is_refused() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        wrong = state_fact(declaration(), "savings_eur", "10", ALWAYS, person=anna)
        with pytest.raises(DomainError, match="why"):
            withdraw(wrong, declaration())
        withdraw(wrong, declaration("stated for somebody else"))
        with pytest.raises(DomainError, match="not believed any more"):
            withdraw(wrong, declaration("again"))


def test_something_new_in_the_middle_leaves_the_days_around_it() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        state_fact(declaration(), "wage_net_eur_month", "100", days(date(2026, 1, 1)), person=anna)
        state_fact(declaration(), "wage_net_eur_month", "200", days(MARCH, APRIL), person=anna)
        assert [wages(anna, day) for day in (date(2026, 2, 28), MARCH, date(2026, 3, 31), APRIL)] == [
            ["100.00"], ["200.00"], ["200.00"], ["100.00"]
        ]  # fmt: skip


def test_the_same_said_again_is_one_statement() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        first = state_fact(declaration(), "savings_eur", "10", days(MARCH), person=anna)
        again = state_fact(declaration(), "savings_eur", "10.00", days(APRIL, MAY), person=anna)
        assert again == first
        assert history(Fact, anna.pk).filter(type=36).count() == 1


def test_origins_do_not_overwrite_each_other() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        state_fact(declaration(), "savings_eur", "10", ALWAYS, person=anna)
        state_fact(finding(), "savings_eur", "5000", ALWAYS, person=anna)
        assert {one.value for one in known(Fact).filter(person=anna, type=36)} == {"10.00", "5000.00"}


@pytest.mark.parametrize("statement", [kind._meta.db_table for kind in STATEMENTS])
def test_the_application_may_end_belief_and_change_nothing_else(statement: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%(t)s, 'UPDATE'), has_table_privilege(%(t)s, 'DELETE'), "
            "has_table_privilege(%(t)s, 'TRUNCATE'), has_column_privilege(%(t)s, 'valid', 'UPDATE'), "
            "has_column_privilege(%(t)s, 'recorded', 'UPDATE')", {"t": statement}
        )  # fmt: skip
        assert cursor.fetchone() == (False, False, False, False, True)


YESTERDAY = "lower(recorded) - interval '1 day'"
NOW, TOMORROW = "clock_timestamp()", "clock_timestamp() + interval '1 day'"


@pytest.mark.parametrize("change", [
    "value = '1.00'",
    "valid = '[2000-01-01,)'",
    "visibility = 1 - visibility",
    f"recorded = tstzrange({YESTERDAY}, {NOW}), ended_by_id = source_id",
    f"recorded = tstzrange(lower(recorded), {TOMORROW}), ended_by_id = source_id",
    f"recorded = tstzrange(lower(recorded), {NOW})",
    f"recorded = tstzrange(lower(recorded), {NOW}), ended_by_id = source_id, value = '1.00'",
    "ended_by_id = source_id",
])  # fmt: skip
def test_not_even_the_owner_rewrites_what_was_believed(by_the_owner: None, change: str) -> None:
    somebody()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic("owner"):
        connections["owner"].cursor().execute(f"UPDATE registry_fact SET {change}")


@pytest.mark.parametrize("recorded", [
    "tstzrange('2020-01-01', NULL)", f"tstzrange({TOMORROW}, NULL)", f"tstzrange({NOW} - interval '1 us', {NOW})",
    "tstzrange(NULL, NULL)",
])  # fmt: skip
def test_nobody_says_that_they_knew_it_earlier_or_will_know_it_later(by_the_owner: None, recorded: str) -> None:
    somebody()
    own = {"id": "gen_random_uuid()", "valid": "'[1900-01-01,1900-01-02)'", "recorded": recorded}
    columns = [field.column for field in Fact._meta.concrete_fields]
    values = ", ".join(own.get(name, name) for name in columns)
    with pytest.raises(DatabaseError, match="from the moment"), transaction.atomic("owner"):
        connections["owner"].cursor().execute(
            f"INSERT INTO registry_fact ({', '.join(columns)}) SELECT {values} FROM registry_fact LIMIT 1"
        )


def test_an_ended_statement_stays_ended(django_db_setup: None) -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        one = state_fact(declaration(), "savings_eur", "10", ALWAYS, person=anna)
        withdraw(one, declaration("not hers"))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Fact.objects.filter(pk=one.pk).update(recorded="(,)")


# ------------------------------------------------------------------------------------------- what persons have


def test_a_personal_code_belongs_to_one_person_at_a_time() -> None:
    anna, juris = somebody(), somebody("Juris", sex="m")
    with in_scope(PLATFORM):
        assert state_code(anna, declaration(), "161175-19990", days(None, MARCH)).doubts
        with pytest.raises(IntegrityError, match="belongs_to_one_person"), transaction.atomic():
            state_code(juris, declaration(), "161175-19990")
        state_code(anna, declaration(), "320101-12345", days(MARCH))
        state_code(juris, declaration(), "161175-19990", days(MARCH))
        assert known(Identifier).filter(person=anna).count() == 2


def test_a_name_changes_from_a_day_on() -> None:
    anna = somebody("Anna", "Bērziņa")
    with in_scope(PLATFORM):
        state_name(anna, declaration(), given_names="Anna", surname="Kalniņa", valid=days(MARCH))
        names = [one.surname for one in known(anna.names.model).filter(person=anna).order_by("valid")]
    assert names == ["Bērziņa", "Kalniņa"]


def test_an_account_number_that_is_none_is_refused_without_being_repeated() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        assert state_account(anna, declaration(), "LV80 BANK 0000 4351 9500 1").iban == "LV80BANK0000435195001"
        with pytest.raises(DomainError) as refused:
            state_account(anna, declaration(), "LV81BANK0000435195001")
        assert "LV81" not in str(refused.value)


def test_partners_are_stated_on_both_sides_and_nobody_has_two() -> None:
    anna, juris, karlis = somebody(), somebody("Juris", sex="m"), somebody("Kārlis", sex="m")
    with in_scope(PLATFORM):
        state_relation(declaration(), "partner", anna, juris, days(MARCH))
        assert {(one.person_id, one.other_id) for one in known(Relation)} == {(anna.pk, juris.pk), (juris.pk, anna.pk)}
        state_relation(declaration(), "partner", anna, karlis, days(MAY))
        assert known(Relation).get(person=anna, valid__contains=MAY).other_id == karlis.pk


def test_a_child_has_two_parents_at_most() -> None:
    child, others = somebody(born="2020-01-01"), [somebody(), somebody(), somebody()]
    with in_scope(PLATFORM):
        for parent in (others[0], others[1], others[0]):
            state_relation(declaration(), "parent", child, parent, ALWAYS)
        assert known(Relation).filter(person=child).count() == 2
        with pytest.raises(DomainError, match="2 of kind parent"):
            state_relation(declaration(), "parent", child, others[2], ALWAYS)
        with pytest.raises(IntegrityError, match="their_own_relation"), transaction.atomic():
            state_relation(declaration(), "guardian", child, child, ALWAYS)


def test_somebody_is_in_one_household_at_a_time() -> None:
    anna, juris = somebody(), somebody("Juris", sex="m")
    first, second = household_of(anna, juris), household_of(anna)
    with in_scope(PLATFORM):
        present = {one.person_id: one.household_id for one in known(anna.memberships.model)}
    assert present == {anna.pk: second.pk, juris.pk: first.pk}


@pytest.mark.parametrize("key", ["housing_costs_eur_month", "horse"])
def test_a_fact_is_of_the_kind_that_the_law_reads_there(key: str) -> None:
    anna = somebody()
    with in_scope(PLATFORM), pytest.raises(DomainError, match=f"{key} is not a fact of a person"):
        state_fact(declaration(), key, "1", ALWAYS, person=anna)


def test_an_origin_that_nobody_declared_is_refused() -> None:
    with pytest.raises(DomainError, match=r"there are worker, .*declaration"):
        new_source("hearsay", "the neighbour")


def test_a_statement_that_is_not_well_formed_is_refused() -> None:
    anna = somebody()
    with in_scope(PLATFORM), pytest.raises(ValidationError):
        state_address(anna, declaration(), text="x" * 300, municipality=RIGA)
    with in_scope(PLATFORM), pytest.raises(IntegrityError, match="has_days"), transaction.atomic():
        state_address(anna, declaration(), text="x", municipality=RIGA, valid=days(MARCH, MARCH))


# ------------------------------------------------------------------------------------------- staff


def test_a_worker_records_about_the_persons_of_their_municipality_alone() -> None:
    here, elsewhere = somebody(municipality=RIGA), somebody(municipality=LIEPAJA)
    worker = social_worker(RIGA)
    with recording(worker, [here.pk], "savings"):
        state_fact(new_source("worker", "visit", who=worker), "savings_eur", "10", ALWAYS, person=here)
    with pytest.raises(AccessDenied), recording(worker, [elsewhere.pk], "savings"):
        raise AssertionError("the block must not be entered")


def test_a_worker_registers_somebody_without_an_address_and_deals_with_them() -> None:
    worker = social_worker(RIGA)
    with in_scope(worker):
        homeless = somebody(who=worker)
    with recording(worker, [homeless.pk], "savings"):
        state_fact(finding(), "savings_eur", "0", ALWAYS, person=homeless)
    with pytest.raises(AccessDenied), recording(social_worker(LIEPAJA), [homeless.pk], "savings"):
        raise AssertionError("the block must not be entered")

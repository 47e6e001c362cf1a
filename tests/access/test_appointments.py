"""Who may act as what: appointments, their days, and the purposes of a role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import acting, in_scope, the_platform
from balsts.access.errors import AccessDenied
from balsts.access.models import Appointment, Municipality
from balsts.access.roles import PURPOSES, ROLES
from balsts.access.use_cases import appoint, appoint_first_manager, end_appointment, open_account
from tests.access.people import LIEPAJA, LONG_AGO, RIGA, account, at_work, auditor, manager, office, social_worker

pytestmark = pytest.mark.django_db


def appointment_of(name: str = "anna") -> Appointment:
    here = office(RIGA)
    return appoint(manager(here), staff=account(name), institution=here, role="social_worker", since=LONG_AGO)


def test_a_social_worker_acts_for_their_own_municipality() -> None:
    who = social_worker(LIEPAJA)
    assert (who.municipality, who.scope, who.may("read"), who.may("export")) == (LIEPAJA, "municipality", True, False)


def test_a_purpose_that_is_not_of_the_role_is_refused_in_both_languages() -> None:
    with pytest.raises(AccessDenied, match="has no purpose «appeal against a decision»") as refused:
        acting(appointment_of(), "appeal")
    assert "nav nolūka" in refused.value.lv


def test_a_closed_account_cannot_act() -> None:
    appointment = appointment_of()
    appointment.staff.is_active = False
    with pytest.raises(AccessDenied, match="closed"):
        acting(appointment, "social_assistance")


def test_an_ended_appointment_cannot_be_used_from_its_last_day_on() -> None:
    appointment = appointment_of()
    today = timezone.localdate()
    end_appointment(manager(office(RIGA)), appointment=appointment, until=today + timedelta(days=1))
    assert acting(appointment, "social_assistance")
    end_appointment(manager(office(RIGA)), appointment=appointment, until=today)
    with pytest.raises(AccessDenied, match="not in force"):
        acting(appointment, "social_assistance")


def test_accounts_are_managed_in_ones_own_office_alone() -> None:
    with pytest.raises(AccessDenied, match="own institution"):
        appoint(manager(office(LIEPAJA)), staff=account("anna"), institution=office(RIGA), role="social_worker",
                since=LONG_AGO)  # fmt: skip
    with pytest.raises(AccessDenied, match="own institution"):
        end_appointment(manager(office(LIEPAJA)), appointment=appointment_of(), until=date(2026, 1, 1))


def test_who_manages_no_accounts_appoints_nobody() -> None:
    with pytest.raises(AccessDenied):
        appoint(social_worker(), staff=account("anna"), institution=office(RIGA), role="social_worker", since=LONG_AGO)


def test_nobody_appoints_themselves() -> None:
    who = manager(office(RIGA))
    staff = Appointment.objects.get(staff_id=who.staff).staff
    with pytest.raises(ValidationError, match="appoints_themselves"):
        appoint(who, staff=staff, institution=office(RIGA), role="social_service_head", since=LONG_AGO)


def test_nobody_is_appointed_to_be_the_platform() -> None:
    with pytest.raises(ValidationError):
        appoint(manager(office(RIGA)), staff=account("anna"), institution=office(RIGA), role="register_intake",
                since=LONG_AGO)  # fmt: skip


def test_an_institution_gets_a_first_manager_once() -> None:
    manager(office(RIGA))
    with pytest.raises(AccessDenied, match="has an account manager"):
        appoint_first_manager(staff=account("intruder"), institution=office(RIGA), since=LONG_AGO)


def test_the_database_itself_refuses_overlapping_appointments() -> None:
    first = appointment_of()
    again = Appointment(staff=first.staff, institution=first.institution, role=first.role,
                        period=DateRange(date(2023, 1, 1), None))  # fmt: skip
    with pytest.raises(IntegrityError, match="appointments_do_not_overlap"), transaction.atomic():
        again.save()


def test_a_password_that_is_easily_guessed_is_refused() -> None:
    with pytest.raises(ValidationError):
        open_account(username="anna", full_name="Anna", email="anna@office.example", password="password1234")


# ------------------------------------------------------------------------------------------- what the database is told


def told(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def test_the_database_knows_who_acts_inside_the_block_and_forgets_afterwards() -> None:
    worker = social_worker()
    with in_scope(worker):
        assert (told("staff"), told("municipality"), told("sees")) == (str(worker.staff), RIGA, "health,ordinary")
        with in_scope(the_platform()):
            assert (told("scope"), told("staff")) == ("national", "")
        assert told("scope") == "municipality"
    assert told("scope") == ""


def test_the_database_forgets_who_acted_when_the_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), in_scope(social_worker()):
        raise ZeroDivisionError
    assert told("scope") == ""


def test_a_name_cannot_smuggle_itself_into_the_variables() -> None:
    who = auditor().__class__(None, None, "'; DROP TABLE access_institution; --", "auditor", "audit")
    with in_scope(who):
        assert told("municipality") == "'; DROP TABLE access_institution; --"


# ------------------------------------------------------------------------------------------- declarations


def test_every_role_names_purposes_and_only_those_with_purpose_see_persons() -> None:
    for role in ROLES.values():
        assert role.purposes, role.code
        assert role.purposes <= PURPOSES.keys()
        assert bool(role.sees) == ("read" in role.abilities), role.code
        assert role.scope != "none" or not role.sees


def test_every_purpose_has_a_legal_basis_or_says_what_is_open() -> None:
    for purpose in PURPOSES.values():
        assert purpose.basis or purpose.question, purpose.code
        assert any(char.isdigit() for char in purpose.basis) or purpose.question, purpose.code


def test_there_are_119_municipalities_before_the_reform_and_43_after() -> None:
    def on(day: date) -> int:
        return Municipality.objects.filter(period__contains=day).count()

    assert on(date(2021, 6, 30)) == 119
    assert on(date(2021, 7, 1)) == 43
    assert on(date(2025, 6, 30)) == 43
    assert on(date(2025, 7, 1)) == 42


def test_every_unit_that_was_not_split_knows_what_has_its_territory_today() -> None:
    today = set(Municipality.objects.filter(period__upper_inf=True).values_list("pk", flat=True))
    for one in Municipality.objects.all():
        assert one.present_id in today or (one.present_id is None and "split" in one.question), one
    assert Municipality.objects.get(pk="0701800").present_id == "0038001"  # Varakļāni, over two reforms
    assert {one.present_id for one in Municipality.objects.filter(classification=2009)} - {None} == today


def test_the_application_cannot_change_municipalities() -> None:
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Municipality.objects.filter(pk=RIGA).update(name="?")


def test_staff_of_an_institution_without_persons_see_none() -> None:
    assert auditor().sees() == frozenset()
    assert at_work("dpo", office(RIGA), "data_protection_officer", "data_subject").may("export")

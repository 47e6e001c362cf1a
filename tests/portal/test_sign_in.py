"""Signing in, choosing one's work, and when a session ends."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password
from django.core import signing
from django.core.cache import cache
from django.test import Client, override_settings

from balsts import settings as in_earnest
from balsts.access.models import Appointment, StaffAccount
from balsts.access.use_cases import end_appointment
from balsts.portal.demonstration.codes import one_time_code
from balsts.portal.session.adapters import SecondFactorAdapter
from tests.access.people import LONG_AGO, RIGA, manager, office
from tests.portal.visitors import PASSWORD, at_work, family, resident, staff

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture(autouse=True)
def _no_attempts_counted() -> None:
    cache.clear()


def secret_of(account: StaffAccount) -> str:
    return SecondFactorAdapter().decrypt(Authenticator.objects.get(user=account, type="totp").data["secret"])


def with_password(account: StaffAccount, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": account.username, "password": password})
    return client


def test_passwords_are_kept_by_a_slow_function_in_earnest_and_by_the_same_quickly_in_tests() -> None:
    assert in_earnest.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert staff().password.startswith("argon2$argon2id$v=19$m=8,t=1,p=1$")
    assert identify_hasher(make_password(PASSWORD)).algorithm == Argon2PasswordHasher.algorithm


def test_a_password_alone_opens_nothing() -> None:
    client = with_password(staff())
    assert client.get("/find/").headers["Location"].startswith("/sign-in/")


def test_password_and_code_open_the_choice_of_work_and_then_the_desk() -> None:
    account = staff()
    client = with_password(account)
    answer = client.post("/sign-in/code/", {"code": one_time_code(secret_of(account))})
    assert answer.headers["Location"] == "/"
    assert client.get("/find/").headers["Location"] == "/role/"
    appointment = Appointment.objects.get(staff=account)
    assert client.post("/role/", {"work": f"{appointment.pk}:audit"}).status_code == 200
    assert client.post("/role/", {"work": f"{appointment.pk}:social_services"}).headers["Location"] == "/desk/"
    assert "sociālie pakalpojumi" in client.get("/find/").content.decode()


def test_a_wrong_code_opens_nothing_and_says_so() -> None:
    client = with_password(staff())
    answer = client.post("/sign-in/code/", {"code": "000000"}, headers={"accept-language": "lv"})
    assert "Kods nav pareizs" in answer.content.decode()
    assert client.get("/find/").status_code == 302


def test_whoever_has_no_authenticator_must_set_one_up_first() -> None:
    account = staff()
    Authenticator.objects.filter(user=account).delete()
    client = with_password(account)
    for address in ("/find/", "/role/", "/reason/"):
        assert client.get(address).headers["Location"] == "/account/authenticator/"
    assert client.get("/account/authenticator/").headers["Location"].startswith("/sign-in/again/")
    client.post("/sign-in/again/", {"password": PASSWORD})
    page = client.get("/account/authenticator/").content.decode()
    secret = page.split('balsts-secret">')[1].split("<")[0]
    answer = client.post("/account/authenticator/", {"code": one_time_code(secret)})
    assert answer.headers["Location"] == "/account/recovery-codes/"
    page = client.get("/account/recovery-codes/").content.decode()
    codes = page.split('balsts-secret">')[1].split("<footer")[0].split("<li>")[1:]
    assert len(codes) == 10
    assert secret not in str(Authenticator.objects.get(user=account, type="totp").data)
    other = with_password(account)
    answer = other.post("/sign-in/code/", {"code": codes[0].split("<")[0]})
    assert answer.headers["Location"] == "/"


def test_five_wrong_passwords_shut_the_account_for_that_place() -> None:
    account = staff()
    wrong = {"login": account.username, "password": "nepareiza-parole-1"}
    statuses = [Client().post("/sign-in/", wrong).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    cache.clear()  # the library's own count is shorter and says so in the form
    assert Client().post("/sign-in/", wrong | {"password": PASSWORD}).status_code == 429
    assert with_password(account).get("/find/").status_code == 302


def test_a_session_ends_after_ten_hours_of_work() -> None:
    client = at_work()
    assert client.get("/find/").status_code == 200
    session = client.session
    session["began_at"] = time.time() - 10 * 3600 - 1
    session.save()
    assert client.get("/find/").headers["Location"].startswith("/sign-in/")


def test_an_idle_session_ends_after_half_an_hour() -> None:
    client = at_work()
    client.get("/find/")
    assert client.session.get_expiry_age() == 30 * 60
    assert client.session.get_expire_at_browser_close()


def test_a_session_that_is_used_goes_on_and_is_written_once_a_minute() -> None:
    client = at_work()
    client.get("/find/")
    first = client.session["used_at"]
    client.get("/find/")
    assert client.session["used_at"] == first
    session = client.session
    session["used_at"] = first - 61
    session.save()
    client.get("/find/")
    assert client.session["used_at"] >= first


def test_work_ends_with_the_appointment() -> None:
    client = at_work()
    assert client.get("/find/").status_code == 200
    appointment = Appointment.objects.get(staff__username=f"worker-{RIGA}")
    end_appointment(manager(office(RIGA)), appointment=appointment, until=LONG_AGO.replace(year=2023))
    assert client.get("/find/").headers["Location"] == "/role/"


def test_signing_out_closes_everything() -> None:
    client = at_work()
    client.post("/sign-out/")
    assert client.get("/find/").headers["Location"].startswith("/sign-in/")


def test_another_accounts_appointment_cannot_be_taken() -> None:
    client = at_work()
    family()
    session = client.session
    session["appointment"] = Appointment.objects.exclude(staff__username=f"worker-{RIGA}").first().pk  # type: ignore[union-attr]
    session.save()
    assert client.get("/find/").headers["Location"] == "/role/"


def test_the_demonstrations_door_is_shut_where_others_are_served() -> None:
    here = family()
    assert resident(here.mother.pk).get("/me/who-looked/").status_code == 200
    token = signing.dumps(str(here.mother.pk), salt="balsts.portal.resident")
    assert Client().get("/me/sign-in/forged/").status_code == 404
    with override_settings(SERVES_OTHERS=True):
        assert Client().get(f"/me/sign-in/{token}/").status_code == 404


def test_nobody_signs_themselves_up() -> None:
    assert Client().get("/sign-up/").status_code in (302, 404)
    assert Client().get("/accounts/signup/").status_code in (302, 404)

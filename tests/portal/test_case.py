"""What a case shows: both sides of a contradiction, corrections with their reason, and what was known on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from balsts.access.acting import in_scope
from balsts.access.models import Appointment, StaffAccount
from balsts.portal.demonstration.codes import one_time_code
from balsts.portal.session.views import failed
from balsts.registry.duplicates import merge
from balsts.registry.models import Fact
from balsts.registry.recording import days, new_source
from balsts.registry.use_cases import state_fact
from tests.access.people import RIGA, agency, office
from tests.access.people import at_work as appointed
from tests.portal.visitors import Family, at_work, family, with_second_factor
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def here() -> Family:
    return family()


def page(client: Client, address: str) -> str:
    return client.get(address, headers=ENGLISH).content.decode()


def test_both_sides_of_a_contradiction_stand_there_and_what_staff_found_settles_it(here: Family) -> None:
    text = page(at_work(), f"/persons/{here.mother.pk}/")
    assert "Sources differ: Net wage" in text
    assert text.index("420.00 €") < text.index("300.00 €")
    assert "settled by staff" in text


def test_registers_that_differ_settle_nothing(here: Family) -> None:
    with in_scope(PLATFORM):
        for origin, value in (("tax_authority", "500.00"), ("social_insurance", "510.00")):
            state_fact(new_source(origin, "message 1"), "pension_eur_month", value, days(date(2026, 1, 1)),
                       person=here.mother)  # fmt: skip
    text = page(at_work(), f"/persons/{here.mother.pk}/")
    assert "Sources differ: Pension" in text
    assert "nothing that rests on it is decided automatically" in text
    assert "goes first" in text


def test_a_fact_that_nobody_could_tell_is_marked_and_is_no_zero(here: Family) -> None:
    with in_scope(PLATFORM):
        state_fact(new_source("social_insurance", "question 1"), "pension_eur_month", None, days(date(2026, 1, 1)),
                   person=here.mother, status=Fact.Status.UNAVAILABLE)  # fmt: skip
    text = page(at_work(), f"/persons/{here.mother.pk}/")
    assert "the register is not available" in text
    assert "0.00 €" not in text.replace("420.00 €", "").replace("300.00 €", "")


def test_a_correction_shows_what_was_believed_until_when_and_why(here: Family) -> None:
    with in_scope(PLATFORM):
        state_fact(declaration("the payslip was read again"), "wage_net_eur_month", "310.00", days(date(2025, 1, 1)),
                   person=here.mother)  # fmt: skip
    text = page(at_work(), f"/persons/{here.mother.pk}/facts/")
    assert '<span class="balsts-ended">300.00 €</span>' in text
    assert "the payslip was read again" in text
    assert "310.00 €" in text


def test_a_day_before_anything_was_learnt_shows_nothing(here: Family) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    text = page(at_work(), f"/persons/{here.mother.pk}/?on=01.02.2026&known={yesterday:%d.%m.%Y}")
    assert "Later corrections are left out" in text
    assert "420.00 €" not in text
    assert "Nothing is known of that day." in text


def test_a_day_of_the_past_shows_what_was_true_then(here: Family) -> None:
    text = page(at_work(), f"/persons/{here.mother.pk}/?on=01.02.2025")
    assert "300.00 €" in text
    assert "420.00 €" not in text


def test_a_day_that_is_none_is_said_to_be_none(here: Family) -> None:
    text = page(at_work(), f"/persons/{here.mother.pk}/?on=40.40.2026")
    assert "Enter a day such as 04.05.1990." in text


def test_rights_are_those_of_the_law_and_open_down_to_the_article(here: Family) -> None:
    text = page(at_work(), f"/households/{here.household.pk}/rights/?month=2026-01")
    assert "Family state benefit" in text
    assert '<span class="balsts-amount">25.00 €</span>' in text
    assert "[VSPL 6" in text
    assert "Žanete Bērziņa" in text
    assert str(here.mother.pk) not in text.split("<main")[1].replace(f"/persons/{here.mother.pk}/", "")
    assert (
        "Ģimenes valsts pabalsts"
        in at_work()
        .get(f"/households/{here.household.pk}/rights/?month=2026-01", headers={"accept-language": "lv"})
        .content.decode()
    )


def test_rights_before_the_law_begins_are_not_guessed(here: Family) -> None:
    text = page(at_work(), f"/households/{here.household.pk}/rights/?month=1999-01")
    assert "The law is held from January 2020" in text


def test_names_are_found_without_diacritics_and_stand_in_the_order_of_the_latvian_alphabet() -> None:
    for surname in ("Šmite", "Zeltiņa", "Celma", "Čakste", "Smite"):
        somebody("Ilze", surname, municipality="0001000")
    client = at_work()
    text = client.post("/find/", {"name": "ilze", "reason": "application"}, headers=ENGLISH).content.decode()
    places = [text.index(f"Ilze {one}<") for one in ("Celma", "Čakste", "Smite", "Šmite", "Zeltiņa")]
    assert places == sorted(places)
    assert "Ilze Šmite<" in client.post("/find/", {"name": "smite", "reason": "application"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"name": "Anna"}, "Choose why you are looking."), ({"reason": "application"}, "Enter a personal code, a name"),
     ({"reason": "application", "name": "An"}, "at least three letters"),
     ({"reason": "application", "code": "123"}, "A personal code has eleven digits"),
     ({"reason": "application", "name": "Anna", "reference": "320101-12345"}, "This looks like a personal code"),
     ({"reason": "application", "name": "Anna", "reference": "Anna Bērziņa"}, "No names and no personal codes"),
     ({"reason": "application", "born": "1990"}, "Enter a day such as 04.05.1990.")],
)  # fmt: skip
def test_a_search_that_cannot_be_done_says_what_to_enter(here: Family, asked: dict[str, str], said: str) -> None:
    answer = at_work().post("/find/", asked, headers=ENGLISH)
    assert said in answer.content.decode()
    assert str(here.mother.pk) not in answer.content.decode()


def test_a_role_that_looks_at_nobody_finds_nobody(here: Family) -> None:
    who = appointed("revidente", agency(), "auditor", "audit")
    client = at_work()
    account = StaffAccount.objects.get(pk=who.staff)
    with_second_factor(account)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["appointment"], session["purpose"] = Appointment.objects.get(staff=account).pk, "audit"
    session["reason"] = ["check", ""]
    session.save()
    assert "looks at nobody" in page(client, "/find/")
    assert client.post("/find/", {"name": "Žanete", "reason": "check"}).status_code == 403
    assert client.get(f"/persons/{here.mother.pk}/").status_code == 404


def test_entries_found_to_be_of_one_person_stand_together(here: Family) -> None:
    other = somebody("Žanete", "Berziņa", municipality="0001000")
    with in_scope(PLATFORM):
        state_fact(declaration(), "savings_eur", "77.00", days(date(2026, 1, 1)), person=other)
    head = appointed("vadītāja", office(RIGA), "social_service_head", "social_assistance")
    with in_scope(head):
        source = new_source("worker", "case file 2", reason="one personal code")
    merge(head, other.pk, here.mother.pk, source)
    for address in (f"/persons/{here.mother.pk}/", f"/persons/{here.mother.pk}/facts/"):
        text = page(at_work(), address)
        assert "2 entries found to be of one person" in text
        assert "77.00 €" in text


def test_pages_of_errors_speak_the_language_and_tell_nothing(client: Client) -> None:
    assert "Šādas lapas nav" in client.get("/nav/", headers={"accept-language": "lv"}).content.decode()
    assert "There is no such page" in client.get("/nav/", headers=ENGLISH).content.decode()


def test_a_form_that_stood_open_too_long_does_nothing_and_says_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x", "password": "y"}, headers=ENGLISH)
    assert answer.status_code == 403
    assert "The page stood open too long" in answer.content.decode()


def test_the_page_of_our_own_failure_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as asked, translation.override("lv"):
        answer = failed(rf.get("/"))
    assert answer.status_code == 500
    assert "Kļūda ir mūsu pusē" in answer.content.decode()
    assert len(asked) == 0


def test_no_page_may_be_kept_or_framed_or_bring_anything_from_elsewhere(here: Family) -> None:
    headers = at_work().get(f"/persons/{here.mother.pk}/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_one_time_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890" in base 32
    assert [one_time_code(secret, at) for at in (59, 1111111109, 1234567890)] == ["287082", "081804", "005924"]

"""Pages of drafts of law and of what nobody has claimed: each for whom it is, and in both languages."""

from __future__ import annotations

import pytest
from django.test import Client

from balsts.access.acting import in_scope
from balsts.access.models import Appointment, StaffAccount
from balsts.cases import runs
from balsts.cases.models import LawDraft, Run, Unclaimed
from balsts.cases.take_up import begin_take_up
from tests.access.people import agency
from tests.access.people import at_work as works_as
from tests.cases.situations import home
from tests.cases.test_reassessing import GMI_UP, granted
from tests.portal.visitors import at_work, resident, with_second_factor
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def analyst(name: str = "analyst") -> Client:
    account = StaffAccount.objects.get(pk=works_as(name, agency(), "policy_analyst", "policy").staff)
    with_second_factor(account)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["appointment"] = Appointment.objects.get(staff=account).pk
    session["purpose"] = "policy"
    session.save()
    return client


def test_an_analyst_loads_a_draft_rehearses_it_and_somebody_else_enacts_it() -> None:
    for _ in range(5):
        granted(home().mother)
    client = analyst()
    loaded = client.post("/drafts/", {"text": GMI_UP})
    assert loaded.status_code == 302
    address = loaded.headers["Location"]
    assert client.post(f"{address}rehearse/", {"month": "2026-02"}).status_code == 302
    assert "0 of 5 cases" in client.get(address, headers={"accept-language": "en"}).content.decode()
    with in_scope(PLATFORM):
        runs.work(Run.objects.get().pk)
    for lang, words in (("en", "get more"), ("lv", "saņems vairāk")):
        page = client.get(address, headers={"accept-language": lang}).content.decode()
        assert words in page
        assert "<svg" in page
        assert "Anna" not in page
    assert client.post(f"{address}enact/", {"since": "01.01.2100"}).status_code == 409
    assert analyst("second").post(f"{address}enact/", {"since": "01.01.2100"}).status_code == 302
    with in_scope(PLATFORM):
        assert LawDraft.objects.get().status == "enacted"


@pytest.mark.parametrize(("text", "status"), [("", 200), ("name: x", 409), ("name: x\nrules: evil.py", 409)])
def test_a_draft_that_cannot_be_used_is_told_on_the_page(text: str, status: int) -> None:
    response = analyst().post("/drafts/", {"text": text}, headers={"accept-language": "en"})
    assert response.status_code == status
    with in_scope(PLATFORM):
        assert not LawDraft.objects.exists()


def test_drafts_are_no_business_of_a_social_worker_or_a_resident() -> None:
    found = home()
    assert at_work().get("/drafts/").status_code == 404
    assert resident(found.mother.pk).get("/drafts/").status_code == 302


def test_what_was_not_claimed_is_listed_to_the_office_and_told_to_the_person_who_may_decline() -> None:
    found = home()
    runs.work(begin_take_up().pk)
    page = at_work().get("/unclaimed/", headers={"accept-language": "en"}).content.decode()
    assert "Anna Bērziņa" in page
    assert "254.00" in page
    client = resident(found.mother.pk)
    assert "254,00" in client.get("/me/unclaimed/", headers={"accept-language": "lv"}).content.decode()
    with in_scope(PLATFORM):
        hint = Unclaimed.objects.get(code="gmi_benefit")
    assert client.post(f"/unclaimed/{hint.pk}/", {"state": "offered"}).status_code == 404
    assert (
        resident(home(surname="Cita").mother.pk).post(f"/unclaimed/{hint.pk}/", {"state": "declined"}).status_code
        == 404
    )
    assert client.post(f"/unclaimed/{hint.pk}/", {"state": "declined"}).status_code == 302
    with in_scope(PLATFORM):
        assert Unclaimed.objects.get(pk=hint.pk).state == "declined"


def test_an_analyst_sees_no_list_of_persons() -> None:
    assert analyst().get("/unclaimed/").status_code in (302, 404)

"""The register of providers in pages: for everybody, for who applies, and for the office that keeps it."""

from __future__ import annotations

import csv
import html
import io
import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from balsts.access.acting import in_scope, the_person
from balsts.cases.complaints import take_in
from balsts.cases.models import Application, Attachment, Case, Complaint, Decision, Draft, Task
from balsts.portal.providers.downloads import plain
from balsts.portal.providers.limits import FROM_ONE_PLACE
from balsts.services import providers, registering
from tests.access.people import RIGA, at_work, office
from tests.cases import documents
from tests.cases.test_uploads import ATTACKS
from tests.portal.register_visitors import draft_in, guest, keeper
from tests.portal.visitors import at_work as social_worker
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM, somebody
from tests.services.situations import (
    NUMBER,
    OTHER_NUMBER,
    asked,
    association,
    head,
    ministry,
    offer,
    officer,
    registered,
    removed,
    settled,
)

pytestmark = pytest.mark.django_db(databases=["default", "log"])
CLOSED = ("Slepenais", "Vadītājs", "Vija", "vija@", "Number of staff", "contact")
THIS_YEAR = timezone.localdate().replace(month=1, day=1)
GIVEN = {"provider": "Biedrība «Paraugs»", "number": NUMBER, "legal_form": "association", "since": "01.02.2026",
         "contact_name": "Vija Kontakte", "contact_email": "vija@sniedzejs.example"}  # fmt: skip
PLACE = {"address": "Parauga iela 1, Rīga", "municipality": RIGA, "services": ["day_centre", "home_care"],
         "capacity": "12", "manager": "Slepenais Vadītājs"}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()
    ministry()


@pytest.fixture
def there() -> Case:
    return registered([offer(), offer("home_care")], since=THIS_YEAR)


# -- for everybody -------------------------------------------------------------------------------------------------


def test_everybody_reads_the_register_and_a_provider(there: Case) -> None:
    page = guest().get("/providers/").content.decode()
    assert "Biedrība «Paraugs»" in page
    assert "Day care centre" in page
    one = guest().get(f"/providers/{NUMBER}/").content.decode()
    assert "Parauga iela 1, Rīga" in one
    assert "Number of places: 12" in one
    assert guest().get(f"/providers/{OTHER_NUMBER}/").status_code == 404
    assert "Dienas aprūpes centrs" in guest().get("/providers/", headers={"accept-language": "lv"}).content.decode()


def test_no_public_page_or_download_tells_what_is_not_public(there: Case) -> None:
    removed(there, THIS_YEAR.replace(day=2), ["home_care | parauga iela 1, rīga"])
    for address in ("/providers/", f"/providers/{NUMBER}/", "/providers/register.csv", "/providers/register.json"):
        answer = guest().get(address)
        text = (b"".join(answer) if answer.streaming else answer.content).decode()
        assert "Parauga iela" in text, address
        assert [one for one in CLOSED if one in text] == [], address


def test_what_was_removed_is_marked_and_says_why(there: Case) -> None:
    removed(there, THIS_YEAR.replace(day=2), ["home_care | parauga iela 1, rīga"])
    page = guest().get(f"/providers/{NUMBER}/").content.decode()
    assert "removed from the register" in page
    assert "activity ended" in page
    assert "Home care" not in guest().get("/providers/").content.decode().split('id="found"')[1]


def test_the_register_is_searched_and_a_wrong_search_is_refused(there: Case) -> None:
    def number_found(**asked_for: str) -> str:
        return guest().get("/providers/", asked_for).content.decode()

    assert "1 provider registered" in number_found(service="day_centre", municipality=RIGA, name="paraugs")
    assert "0 providers registered" in number_found(service="hospice")
    assert "0 providers registered" in number_found(municipality="0005000")
    for wrong in ({"service": "x"}, {"municipality": "y"}, {"name": "n" * 121}):
        answer = guest().get("/providers/", wrong)
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()
    assert guest().get("/providers/", {"page": "999"}).status_code == 200


def test_the_downloads_hold_every_entry_with_its_days() -> None:
    registered()
    lines = b"".join(guest().get("/providers/register.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert len(rows) == 6
    assert {(one["valid_from"], one["valid_to"], one["state"]) for one in rows} == {
        ("2020-09-15", "2025-09-15", "ended")
    }
    found: dict[str, Any] = json.loads(b"".join(guest().get("/providers/register.json")))
    assert len(found["entries"]) == 6
    assert found["entries"][0]["capacity"] == 12
    assert "staff" not in found["entries"][0]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_takes_a_name_for_a_formula(begin: str) -> None:
    name = f"{begin}cmd|' /C calc'!A0"
    assert plain(name) == f"'{name}"
    assert plain(-5) == -5
    if begin not in "\t\r":  # white space is taken off a name
        registered([offer(address=name)], since=THIS_YEAR, provider=association(OTHER_NUMBER, name))
        lines = b"".join(guest().get("/providers/register.csv")).decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(lines)))
        assert row["provider"] == f"'{name}"
        assert row["address"] == f"'{name}"


# -- complaints ----------------------------------------------------------------------------------------------------


def test_anybody_complains_without_a_name_and_gets_a_number() -> None:
    registered([offer()], since=THIS_YEAR)
    page = guest().get("/providers/complaint/", {"number": NUMBER}).content.decode()
    assert f'value="{NUMBER}"' in page
    sent = guest().post("/providers/complaint/", {"number": NUMBER, "text": "Neviens neatbild."})
    assert "SUD-" in sent.content.decode()
    assert Complaint.objects.count() == 0  # nobody outside the office sees it
    with in_scope(officer()):
        one = Complaint.objects.get()
    assert (one.text, one.by_person, one.by_staff, one.channel) == ("Neviens neatbild.", None, None, "portal")
    assert one.organisation_id == association().pk


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Write what happened"),
        ({"text": "x" * 4001}, "too long"),
        ({"text": "a", "number": "123"}, "not a registration number"),
    ],
)
def test_a_complaint_that_cannot_be_taken_in_says_why(given: dict[str, str], said: str) -> None:
    answer = guest().post("/providers/complaint/", given)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_complaints_in_a_flood_are_refused() -> None:
    for _ in range(FROM_ONE_PLACE):
        assert guest().post("/providers/complaint/", {"text": "Slikti."}).status_code == 200
    assert guest().post("/providers/complaint/", {"text": "Slikti."}).status_code == 429
    assert guest().post("/providers/complaint/", {"text": "Slikti."}, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert guest().post("/providers/complaint/", {"text": "x" * 70_000}).status_code == 413
    with in_scope(officer()):
        assert Complaint.objects.count() == FROM_ONE_PLACE + 1


def test_the_office_answers_a_complaint_or_hands_it_over() -> None:
    one = take_in(None, ministry(), "Slikti.", channel="portal")
    other = take_in(None, ministry(), "Ne te.", channel="portal")
    client, there = keeper(officer()), office(RIGA)
    assert one.number in client.get("/register/").content.decode()
    address = f"/register/complaints/{one.pk}/"
    assert client.post(address, {"does": "answer"}).status_code == 400
    assert client.post(address, {"does": "answer", "result": "Pārbaudīts."}).status_code == 302
    assert client.post(address, {"does": "answer", "result": "Vēlreiz."}).status_code == 409
    assert "Pārbaudīts." in client.get(address).content.decode()
    address = f"/register/complaints/{other.pk}/"
    assert client.post(address, {"does": "hand_over", "to": str(there.pk), "reason": "Pašvaldība."}).status_code == 302
    assert client.get(address).status_code == 404
    assert social_worker().get(f"/register/complaints/{other.pk}/").status_code == 200
    assert social_worker().get(f"/register/complaints/{one.pk}/").status_code == 404


# -- applying ------------------------------------------------------------------------------------------------------


def test_a_representative_applies_step_by_step_and_sends_once() -> None:
    person = somebody("Vija", "Kontakte")
    client = resident(person.pk)
    begun = client.post("/providers/apply/", GIVEN)
    draft = draft_in(begun.headers["Location"])
    assert client.post(f"/providers/apply/{draft}/place/", PLACE | {"version": "0"}).status_code == 302
    summary = client.get(f"/providers/apply/{draft}/", headers={"accept-language": "en"}).content.decode()
    assert "2 entries" in summary
    assert "01.02.2026" in summary
    entry = {
        "service": "home_care",
        "address": PLACE["address"],
        "municipality": RIGA,
        "capacity": "40",
        "version": "1",
    }
    assert client.post(f"/providers/apply/{draft}/entries/1/", entry).status_code == 302
    for _ in range(2):
        assert client.post(f"/providers/apply/{draft}/send/").headers["Location"] == f"/providers/apply/{draft}/sent/"
    assert "PSR-" in client.get(f"/providers/apply/{draft}/sent/").content.decode()
    assert client.get(f"/providers/apply/{draft}/").status_code == 302
    with in_scope(officer()):
        sent = Application.objects.get()
        assert [one["capacity"] for one in sent.answers["entries"]] == [12, 40]
        assert sent.since == date(2026, 2, 1)
        assert Task.objects.get(case=sent.case).kind == "verify_authority"


def test_a_draft_is_its_writers_alone() -> None:
    writer, other = somebody("Vija", "Kontakte"), somebody("Zane", "Svešiniece")
    draft = draft_in(resident(writer.pk).post("/providers/apply/", GIVEN).headers["Location"])
    for client in (resident(other.pk), keeper(officer())):
        for part in ("", "provider/", "place/", "entries/0/", "sent/"):
            assert client.get(f"/providers/apply/{draft}/{part}").status_code == 404
        client.post(f"/providers/apply/{draft}/send/")
    with in_scope(PLATFORM):
        assert not Application.objects.exists()
    assert social_worker().get("/providers/apply/").status_code == 403


def test_two_windows_do_not_overwrite_each_other() -> None:
    client = keeper(officer())
    draft = draft_in(client.post("/providers/apply/", GIVEN).headers["Location"])
    assert client.post(f"/providers/apply/{draft}/place/", PLACE | {"version": "0"}).status_code == 302
    late = client.post(f"/providers/apply/{draft}/place/", PLACE | {"address": "Cita iela 2", "version": "0"})
    assert late.status_code == 409
    assert "in another window" in late.content.decode()
    with in_scope(officer()):
        assert len(Draft.objects.get().answers["entries"]) == 2
    assert client.post(f"/providers/apply/{draft}/entries/0/", {"does": "remove", "version": "1"}).status_code == 302
    assert "1 entry" in client.get(f"/providers/apply/{draft}/").content.decode()


def handed_in(client: Client, draft: uuid.UUID, content: bytes, name: str = "statutes.pdf") -> Any:
    given = {"kind": "authority", "document": SimpleUploadedFile(name, content, content_type="application/pdf")}
    return client.post(f"/providers/apply/{draft}/documents/", given)


def test_documents_of_a_provider_are_handed_in_taken_back_and_read_by_the_office_alone() -> None:
    writer = somebody("Vija", "Kontakte")
    client = resident(writer.pk)
    draft = draft_in(client.post("/providers/apply/", GIVEN).headers["Location"])
    for name in ("statutes.pdf", "wrong.pdf"):
        assert handed_in(client, draft, documents.pdf(), name).status_code == 302
    with in_scope(the_person(writer.pk)):
        kept, wrong = Attachment.objects.order_by("received_at")
    assert client.get(f"/documents/{kept.pk}/").content[:5] == b"%PDF-"
    other = resident(somebody("Zane", "Svešiniece").pk)
    for stranger in (other, keeper(officer())):
        assert handed_in(stranger, draft, documents.pdf()).status_code == 404
        assert stranger.get(f"/documents/{kept.pk}/").status_code in (302, 404)  # staff say why first
    assert client.post(f"/providers/apply/{draft}/documents/{wrong.pk}/remove/").status_code == 302
    client.post(f"/providers/apply/{draft}/place/", PLACE | {"version": "0"})
    assert "statutes.pdf" in client.get(f"/providers/apply/{draft}/").content.decode()
    for _ in range(2):
        client.post(f"/providers/apply/{draft}/send/")
    with in_scope(officer()):
        sent = Attachment.objects.get()
        assert (sent.pk, sent.draft_id) == (kept.pk, None)
        assert sent.case_id == Case.objects.get().pk
    page = keeper(officer()).get(f"/register/cases/{sent.case_id}/").content.decode()
    assert "statutes.pdf" in page
    assert "Proof of the right to act for the provider" in page
    file = keeper(officer()).get(f"/cases/{sent.case_id}/attachments/{sent.pk}/")
    assert file.content[:5] == b"%PDF-"
    assert client.get(f"/documents/{kept.pk}/").status_code == 404
    with in_scope(PLATFORM):
        assert not Attachment.objects.filter(name="wrong.pdf").exists()


def test_a_document_of_a_provider_is_looked_through_as_any_other() -> None:
    client = keeper(officer())
    draft = draft_in(client.post("/providers/apply/", GIVEN).headers["Location"])
    for name, (content, says) in ATTACKS.items():
        answer = handed_in(client, draft, content, name)
        assert answer.status_code == 400, name
        assert says.en in html.unescape(answer.content.decode()), name
    with in_scope(officer()):
        assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": "40003521601"}, "not a registration number"),
        ({"provider": ""}, "Enter the name"),
        ({"legal_form": "kingdom"}, "Fill in «Legal form»"),
        ({"since": "32.01.2026"}, "Enter a day"),
        ({"contact_name": "x" * 91}, "too long"),
    ],
)
def test_an_answer_that_does_not_fit_is_named_at_its_field(given: dict[str, str], said: str) -> None:
    answer = keeper(officer()).post("/providers/apply/", GIVEN | given)
    assert answer.status_code == 400
    assert said in answer.content.decode()


# -- the office ----------------------------------------------------------------------------------------------------


def test_the_office_drafts_what_was_asked_for_and_the_head_signs_it() -> None:
    case = asked([offer(), offer("home_care")]).case
    client = keeper(officer())
    assert case.number in client.get("/register/").content.decode()
    page = client.get(f"/register/cases/{case.pk}/").content.decode()
    assert "Slepenais Vadītājs (not public)" in page
    form = client.get(f"/register/cases/{case.pk}/register/")
    assert form.status_code == 200
    given = {"entries": ["0"], "since": f"{THIS_YEAR:%d.%m.%Y}"}
    assert client.post(f"/register/cases/{case.pk}/register/", given).status_code == 302
    assert client.post(f"/register/cases/{case.pk}/register/", given).status_code == 409  # another one is being made
    with in_scope(officer()):
        decision = Decision.objects.get()
    settled(decision)
    found = providers.provider_of(NUMBER)
    assert found is not None
    assert [one.fields["service"] for one in found.offers] == ["day_centre"]


def test_the_office_changes_and_removes_what_is_entered(there: Case) -> None:
    client, key = keeper(officer()), "day_centre | parauga iela 1, rīga"
    change, since = f"/register/cases/{there.pk}/change/?entry={key}", f"{timezone.localdate():%d.%m.%Y}"
    same = {"municipality": RIGA, "capacity": "12", "phone": "67000000", "staff": "4", "manager": "Slepenais Vadītājs",
            "since": since, "reasons": "Pēc iesnieguma."}  # fmt: skip
    assert "Nothing differs" in client.post(change, same).content.decode()
    assert client.post(change, same | {"capacity": "15", "phone": ""}).status_code == 302
    with in_scope(officer()):
        decision = Decision.objects.latest("made_at")
    assert decision.content == {"change": [{"key": key, "capacity": 15, "phone": ""}]}
    settled(decision)
    found = providers.provider_of(NUMBER)
    assert found is not None
    assert next(one for one in found.offers if one.key == key).fields["capacity"] == 15
    remove = f"/register/cases/{there.pk}/remove/"
    wrong = client.post(remove, {"entries": [key], "since": since, "reasons": "x"})
    assert wrong.status_code == 400
    assert "Choose the ground" in wrong.content.decode()
    assert client.post(remove, {"entries": [key], "ground": "other", "since": since, "reasons": "x"}).status_code == 302
    assert client.get(f"/register/cases/{there.pk}/change/?entry=unknown").status_code == 404


def test_the_office_refuses_and_verifies_who_may_act() -> None:
    case = asked([offer()]).case
    client = keeper(officer())
    assert client.post(f"/register/cases/{case.pk}/refuse/", {"reasons": ""}).status_code == 400
    assert client.post(f"/register/cases/{case.pk}/", {"how": "Izziņa"}).status_code == 409  # nothing to verify
    assert client.post(f"/register/cases/{case.pk}/refuse/", {"reasons": "Neatbilst."}).status_code == 302


def test_pages_of_the_office_are_closed_to_all_others(there: Case) -> None:
    complaint = take_in(None, ministry(), "Slikti.", channel="portal")
    parts = ("", "register/", "change/", "remove/", "refuse/")
    addresses = ["/register/", f"/register/complaints/{complaint.pk}/",
                 *(f"/register/cases/{there.pk}/{part}" for part in parts)]  # fmt: skip
    for address in addresses:
        assert guest().get(address).headers["Location"].startswith("/sign-in/"), address
        assert resident(somebody("Zane", "Svešiniece").pk).get(address).status_code == 302, address
        assert social_worker().get(address).status_code == 404, address
        sent = social_worker().post(address, {"reasons": "x", "does": "answer", "result": "x"})
        assert sent.status_code in (404, 405), address
    elsewhere = keeper(at_work("elsewhere", office(RIGA), "register_officer", "provider_register"))
    for address in addresses[1:]:
        assert elsewhere.get(address).status_code == 404, address
    assert keeper(head()).get(addresses[2]).status_code == 200


def test_an_unknown_case_is_not_there() -> None:
    assert keeper(officer()).get(f"/register/cases/{uuid.uuid4()}/").status_code == 404


def test_the_declared_type_names_what_the_pages_need() -> None:
    register = registering.the_register()
    assert {"service", "address", "municipality"} <= {one.code for one in register.fields}
    assert register.key_fields == ("service", "address")


def test_the_pages_of_cases_take_a_registration_to_its_end() -> None:
    case = asked([offer()]).case
    office, chief = keeper(officer()), keeper(head())
    given = {"entries": ["0"], "since": f"{THIS_YEAR:%d.%m.%Y}"}
    assert office.post(f"/register/cases/{case.pk}/register/", given).status_code == 302
    assert f"/register/cases/{case.pk}/" in office.get(f"/cases/{case.pk}/").content.decode()
    with in_scope(officer()):
        decision = Decision.objects.get()
    step = f"/cases/{case.pk}/decisions/{decision.pk}/"
    assert step in office.get(f"/register/cases/{case.pk}/").content.decode()
    for client, name in ((chief, "check"), (chief, "sign"), (office, "notify")):
        sent = client.post(f"{step}{name}/", {"on": f"{timezone.localdate():%d.%m.%Y}", "how": "portal"})
        assert sent.status_code == 302, (name, sent.content.decode()[-3000:])
    with in_scope(officer()):
        assert Decision.objects.get().state == "in_force"
    assert "registered" in guest().get(f"/providers/{NUMBER}/").content.decode()

"""Applying in the portal: by a resident, by a representative, by staff; and what nobody else can open."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from balsts.access.acting import in_scope, the_person
from balsts.cases import drafts
from balsts.cases.answers import Answers
from balsts.cases.models import Application, Attachment, Case, Draft
from balsts.cases.types.reading import case_types
from tests.access.people import LIEPAJA, RIGA, office, social_worker
from tests.cases import documents
from tests.cases.situations import home, vsaa
from tests.cases.test_uploads import ATTACKS
from tests.portal.visitors import at_work, resident
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
CRISIS = {"what_happened": "Izdega virtuve.", "happened_on": "1.2.2026"}


@pytest.fixture(autouse=True)
def offices() -> None:
    office(RIGA)
    vsaa()


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def begin(client: Client, person: uuid.UUID, type_code: str = "crisis", **more: str) -> uuid.UUID:
    answer = client.post(address("person_apply", person), {"type": type_code} | more)
    assert answer.status_code == 302, answer.content.decode()
    return uuid.UUID(answer.headers["Location"].strip("/").split("/")[-1])


def fill(client: Client, draft: uuid.UUID, sheet: str, version: int, **typed: str) -> Any:
    return client.post(address("application_page", draft, sheet), typed | {"version": str(version)})


def filled_crisis(client: Client, draft: uuid.UUID, person: uuid.UUID) -> int:
    """All pages but the sending; the version then."""
    assert fill(client, draft, "event", 0, **CRISIS).status_code == 302
    assert fill(client, draft, "crisis", 1, crisis="true").status_code == 302
    account = {f"account-{person}": "LV80 BANK 0000 4351 9500 1"}
    assert fill(client, draft, "account", 2, **account).status_code == 302
    return 3


def send(client: Client, draft: uuid.UUID, version: int) -> Any:
    return client.post(address("application_check", draft), {"is_true": "true", "version": str(version)})


def test_a_resident_applies_from_beginning_to_the_number_of_the_case() -> None:
    found = home()
    client = english(resident(found.mother.pk))
    assert "Apply for yourself" in client.get(address("applications")).content.decode()
    draft = begin(client, found.mother.pk)
    assert "Done: 0 of 3" in client.get(address("application_tasks", draft)).content.decode()
    version = filled_crisis(client, draft, found.mother.pk)
    assert "Done: 3 of 3" in client.get(address("application_tasks", draft)).content.decode()
    check = client.get(address("application_check", draft)).content.decode()
    assert "Izdega virtuve." in check
    assert "LV80 BANK 0000 4351 9500 1" in check
    answer = send(client, draft, version)
    assert answer.headers["Location"] == address("application_sent", draft)
    page = client.get(answer.headers["Location"]).content.decode()
    with in_scope(PLATFORM):
        application = Application.objects.get()
        assert application.case.number in page
        assert application.by_person_id == found.mother.pk
        assert application.answers["values"]["happened_on"] == {"": "2026-02-01"}
        assert application.answers["details"]["is_true"] == "true"
    assert application.case.number in client.get(address("applications")).content.decode()


def test_pressed_twice_the_button_sends_one_application() -> None:
    found = home()
    client = resident(found.mother.pk)
    draft = begin(client, found.mother.pk)
    version = filled_crisis(client, draft, found.mother.pk)
    for answer in (send(client, draft, version), send(client, draft, version), send(client, draft, version + 1)):
        assert answer.headers["Location"] == address("application_sent", draft)
    with in_scope(PLATFORM):
        assert Case.objects.count() == 1
    assert client.get(address("application_tasks", draft)).status_code == 404


def test_a_second_tab_overwrites_nothing() -> None:
    found = home()
    client = english(resident(found.mother.pk))
    draft = begin(client, found.mother.pk)
    assert fill(client, draft, "event", 0, **CRISIS).status_code == 302
    late = fill(client, draft, "event", 0, **CRISIS | {"what_happened": "cits"})
    assert late.status_code == 409
    assert "saved elsewhere" in late.content.decode()
    with in_scope(the_person(found.mother.pk)):
        kept = Draft.objects.get(pk=draft)
        assert Answers.from_json(kept.answers).value("what_happened", "") == CRISIS["what_happened"]
    assert fill(client, draft, "event", -1, **CRISIS).status_code == 409
    version = 1 + (fill(client, draft, "crisis", 1, crisis="true").status_code == 302)
    account = {f"account-{found.mother.pk}": "LV80BANK0000435195001"}
    assert fill(client, draft, "account", version, **account).status_code == 302
    assert send(client, draft, version).status_code == 409
    with in_scope(PLATFORM):
        assert not Case.objects.exists()


def test_errors_are_told_at_the_field_and_nothing_is_saved() -> None:
    found = home()
    client = english(resident(found.mother.pk))
    draft = begin(client, found.mother.pk)
    page = fill(client, draft, "event", 0, what_happened="", happened_on="31.02.2026").content.decode()
    assert page.count("Enter a day such as 04.05.1990.") == 2
    assert 'href="#id_happened_on"' in page
    assert 'value="31.02.2026"' in page
    with in_scope(the_person(found.mother.pk)):
        assert Draft.objects.get().version == 0


def test_an_application_that_is_not_done_or_not_declared_true_is_not_sent() -> None:
    found = home()
    client = english(resident(found.mother.pk))
    draft = begin(client, found.mother.pk)
    assert "Not everything is done yet" in send(client, draft, 0).content.decode()
    version = filled_crisis(client, draft, found.mother.pk)
    answer = client.post(address("application_check", draft), {"version": str(version)})
    assert "Declare that what you say is true." in answer.content.decode()
    with in_scope(PLATFORM):
        assert not Case.objects.exists()


def test_what_a_register_knows_is_shown_and_confirmed_or_contradicted() -> None:
    found = home()
    client = english(resident(found.mother.pk))
    draft = begin(client, found.mother.pk, "assistance")
    page = client.get(address("application_page", draft, "means-1")).content.decode()
    assert page.count("Is this right?") == 3
    assert "64.00 €" in page
    mother = str(found.mother.pk)
    right = {f"{key}-{mother}-is-right": "true" for key in ("pension_eur_month", "other_counted_income_eur_month")}
    wrong = {f"wage_net_eur_month-{mother}-is-right": "false", f"wage_net_eur_month-{mother}": "80,5"}
    assert fill(client, draft, "means-1", 0, **right).status_code == 200
    assert fill(client, draft, "means-1", 0, **right | wrong).status_code == 302
    check = client.get(address("application_check", draft)).content.decode()
    assert "80.50 €" in check
    assert "says 64.00 €. The office sees both." in check
    assert "together a month:" in check


def test_a_parent_applies_for_a_child() -> None:
    found = home()
    client = resident(found.mother.pk)
    assert address("person_apply", found.child.pk) in client.get(address("applications")).content.decode()
    draft = begin(client, found.child.pk, "celiac")
    child = found.child.pk
    assert fill(client, draft, "since", 0, since="2030-01").status_code == 200
    month = next(iter(drafts.months_asked(case_types()["celiac"], drafts.received_day(Answers()))))
    assert fill(client, draft, "since", 0, since=month).status_code == 302
    assert fill(client, draft, "certificate", 1, **{f"has_celiac_certificate-{child}": "true"}).status_code == 302
    assert fill(client, draft, "account", 2, **{f"account-{child}": "LV80BANK0000435195001"}).status_code == 302
    assert send(client, draft, 3).status_code == 200  # the certificate must be handed in
    hand_in(client, draft, "certificate", "apliecinājums.pdf", documents.pdf())
    assert send(client, draft, 3).status_code == 302
    with in_scope(PLATFORM):
        application = Application.objects.get()
        assert (application.case.subject_id, application.by_person_id) == (child, found.mother.pk)
        assert application.authority == "parent"
        assert Attachment.objects.get().case_id == application.case_id


def test_staff_enter_an_application_that_came_on_paper() -> None:
    found = home()
    client = english(at_work(RIGA))
    page = client.get(address("person_apply", found.mother.pk)).content.decode()
    assert "Crisis benefit" in page
    assert "Childbirth benefit" not in page
    late = client.post(address("person_apply", found.mother.pk),
                       {"type": "crisis", "channel": "post", "received_on": "01.01.2099"})  # fmt: skip
    assert "still to come" in late.content.decode()
    draft = begin(client, found.mother.pk, channel="post", received_on="02.02.2026")
    version = filled_crisis(client, draft, found.mother.pk)
    assert send(client, draft, version).status_code == 302
    with in_scope(PLATFORM):
        application = Application.objects.get()
        assert (application.channel, f"{application.received_on}") == ("post", "2026-02-02")
        assert application.by_staff == social_worker(RIGA).staff
    assert client.get(address("application_sent", draft)).status_code == 200


def hand_in(client: Client, draft: uuid.UUID, kind: str, name: str, content: bytes) -> Any:
    handed = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(address("application_evidence", draft), {"kind": kind, "document": handed})


@pytest.mark.parametrize("name", ["program renamed.pdf", "page.png", "script.pdf", "two endings.exe.pdf", "empty.pdf"])
def test_what_may_do_harm_is_refused_on_the_page(name: str) -> None:
    found = home()
    client = resident(found.mother.pk)
    draft = begin(client, found.mother.pk)
    content, why = ATTACKS[name]
    assert why.lv in hand_in(client, draft, "proof", name, content).content.decode()
    with in_scope(the_person(found.mother.pk)):
        assert not Attachment.objects.exists()


def test_a_document_is_saved_by_a_browser_and_never_shown_in_a_page() -> None:
    found = home()
    client = resident(found.mother.pk)
    draft = begin(client, found.mother.pk)
    assert hand_in(client, draft, "proof", "../x;y \u202epdf.pdf", documents.pdf()).status_code == 302
    assert hand_in(client, draft, "no such kind", "a.pdf", documents.pdf()).status_code == 200
    with in_scope(the_person(found.mother.pk)):
        document = Attachment.objects.get()
    answer = client.get(address("document", document.pk))
    assert answer.content == documents.pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert not set("/\\\r\n;") & set(answer.headers["Content-Disposition"].removeprefix("attachment; "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]
    remove = address("application_document_remove", draft, document.pk)
    assert client.get(remove).status_code == 405
    assert client.post(remove).status_code == 302
    assert client.get(address("document", document.pk)).status_code == 404


def draft_addresses(draft: uuid.UUID, document: uuid.UUID) -> list[str]:
    names = ("application_tasks", "application_discard", "application_evidence", "application_check")
    return [*(address(name, draft) for name in names), address("application_page", draft, "event"),
            address("application_document_remove", draft, document), address("document", document)]  # fmt: skip


def test_nobody_else_opens_a_draft_or_a_document_of_somebody() -> None:
    found, other = home(), home(LIEPAJA, "Kalniņa")
    client = resident(found.mother.pk)
    draft = begin(client, found.mother.pk)
    hand_in(client, draft, "proof", "a.pdf", documents.pdf())
    with in_scope(the_person(found.mother.pk)):
        document = Attachment.objects.get().pk
    for stranger in (resident(other.mother.pk), resident(found.child.pk), at_work(RIGA), at_work(LIEPAJA)):
        for one in draft_addresses(draft, document):
            for answer in (stranger.get(one), stranger.post(one, {"version": "0", "is_true": "true"})):
                assert answer.status_code in (404, 405), one
        assert stranger.get(address("application_sent", draft)).status_code == 404
        assert stranger.get(address("application_page", draft, "no-such-page")).status_code == 404
    with in_scope(the_person(found.mother.pk)):
        assert Draft.objects.filter(pk=draft).exists()
        assert Attachment.objects.filter(pk=document).exists()


def test_what_was_sent_is_seen_by_the_office_that_decides_and_by_no_other() -> None:
    found, other = home(), home(LIEPAJA, "Kalniņa")
    client = resident(found.mother.pk)
    draft = begin(client, found.mother.pk)
    hand_in(client, draft, "proof", "a.pdf", documents.pdf())
    send(client, draft, filled_crisis(client, draft, found.mother.pk))
    with in_scope(PLATFORM):
        document = Attachment.objects.get().pk
    for allowed in (client, at_work(RIGA)):
        assert allowed.get(address("document", document)).status_code == 200
        assert allowed.get(address("application_sent", draft)).status_code == 200
    for stranger in (resident(other.mother.pk), at_work(LIEPAJA)):
        assert stranger.get(address("document", document)).status_code == 404
        assert stranger.get(address("application_sent", draft)).status_code == 404


def test_nobody_applies_for_somebody_they_do_not_represent() -> None:
    found, other = home(), home(LIEPAJA, "Kalniņa")
    client = resident(found.mother.pk)
    assert client.get(address("person_apply", other.mother.pk)).status_code == 404
    assert client.post(address("person_apply", other.mother.pk), {"type": "crisis"}).status_code == 404
    child = resident(found.child.pk)
    assert child.post(address("person_apply", found.mother.pk), {"type": "crisis"}).status_code == 404
    answer = client.post(address("person_apply", found.mother.pk), {"type": "../../etc/passwd"})
    assert answer.status_code == 200
    with in_scope(the_person(found.mother.pk)):
        assert not Draft.objects.exists()


def test_thrown_away_an_application_is_gone() -> None:
    found = home()
    client = resident(found.mother.pk)
    draft = begin(client, found.mother.pk)
    assert client.get(address("application_discard", draft)).status_code == 200
    assert client.post(address("application_discard", draft)).headers["Location"] == address("applications")
    assert client.get(address("application_tasks", draft)).status_code == 404


def test_every_case_type_can_be_filled_by_a_resident_from_its_declaration_alone() -> None:
    found = home()
    client = resident(found.mother.pk)
    for code in case_types():
        if case_types()[code].subject == "organisation":
            continue
        draft = begin(client, found.mother.pk, code)
        tasks = client.get(address("application_tasks", draft)).content.decode()
        pages = re.findall(rf"/applications/{draft}/pages/[a-z0-9_-]+/", tasks)
        assert pages, code
        for one in pages:
            assert client.get(one).status_code == 200, one
        assert client.get(address("application_check", draft)).status_code == 200
        assert client.get(address("application_evidence", draft)).status_code == 200

"""The API of the register of providers; and that every page is told with the call that does the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils import timezone

from balsts.cases.complaints import take_in
from balsts.portal.api import described
from tests.access.people import LIEPAJA, at_work, office
from tests.cases import documents
from tests.cases.situations import worker
from tests.portal.callers import V1, resident, staff
from tests.portal.test_api import key
from tests.portal.test_api_more import handed_in
from tests.registry.situations import somebody
from tests.services.situations import NUMBER, ministry, offer, officer, registered

pytestmark = pytest.mark.django_db(databases=["default", "log"])
PROVIDER = {
    "provider": "Biedrība «Paraugs»", "number": NUMBER, "entries": [offer(), offer("home_care")],
    "answers": {"legal_form": "association", "contact_name": "Vija Kontakte", "since": "2026-02-01",
                "contact_email": "vija@sniedzejs.example"},
}  # fmt: skip


def test_a_provider_applies_with_documents_and_the_office_registers_it() -> None:
    ministry()
    caller, keeper = resident(somebody("Vija", "Kontakte").pk), staff(officer())
    once = key()
    draft = caller.post("/provider-drafts", PROVIDER | {"entries": []}, 201, Idempotency_Key=once)
    assert caller.post("/provider-drafts", PROVIDER | {"entries": []}, 201, Idempotency_Key=once)["id"] == draft["id"]
    saved = caller.send("put", f"/provider-drafts/{draft['id']}", PROVIDER | {"version": 0})
    assert (saved["version"], [one["service"] for one in saved["entries"]]) == (1, ["day_centre", "home_care"])
    caller.send("put", f"/provider-drafts/{draft['id']}", PROVIDER | {"version": 0}, 409)
    assert handed_in(caller, draft["id"], documents.pdf(), kind="authority").status_code == 201
    assert handed_in(caller, draft["id"], documents.pdf(), kind="passport").status_code == 422
    keeper.get(f"/provider-drafts/{draft['id']}", 404)
    sent = caller.post(f"/provider-drafts/{draft['id']}/send", {}, 201)
    assert caller.post(f"/provider-drafts/{draft['id']}/send", {}, 201)["id"] == sent["id"]
    case = f"/cases/{sent['case']}/registration"
    told = keeper.get(case)
    assert (told["is_verified"], len(told["asked"]), told["entries"]) == (False, 2, [])
    assert [one["kind"] for one in keeper.get(f"/cases/{sent['case']}/documents")] == ["authority"]
    keeper.post(f"{case}/authority", {"how": "Izziņa"})
    drafted = keeper.post(f"{case}/entries", {"enter": told["asked"][:1], "since": "2026-02-01"}, 201)
    assert (drafted["kind"], drafted["needs_second"]) == ("grant", True)
    elsewhere = at_work("elsewhere", office(LIEPAJA), "register_officer", "provider_register")
    for other in (staff(worker()), staff(elsewhere)):
        other.get(case, 404)
        other.post(f"{case}/entries", {"enter": [], "since": "2026-02-01"}, 404)
    caller.get(case, 403)


def test_what_no_form_of_a_provider_could_say_is_named() -> None:
    ministry()
    caller = staff(officer())
    wrong = PROVIDER | {"number": "40003521601", "answers": {"legal_form": "kingdom", "x": "y"},
                        "entries": [{"service": "x"}]}  # fmt: skip
    places = {one["place"] for one in caller.post("/provider-drafts", wrong, 422)["places"]}
    assert places >= {"body.answers.x", "body.answers.number", "body.answers.legal_form", "body.entries.0.service"}
    staff(worker()).post("/provider-drafts", PROVIDER, 403)


def test_an_entry_is_ended_and_a_complaint_answered_by_their_office() -> None:
    there = registered([offer(), offer("home_care")], since=timezone.localdate().replace(month=1, day=1))
    keeper = staff(officer())
    entries = keeper.get(f"/cases/{there.pk}/registration")["entries"]
    assert {one["fields"]["manager"] for one in entries} == {"Slepenais Vadītājs"}
    end = {"keys": [entries[0]["key"]], "ground": "other", "since": str(timezone.localdate()), "reasons": "Lūdz."}
    keeper.post(f"/cases/{there.pk}/registration/end", end | {"ground": "whim"}, 422)
    assert keeper.post(f"/cases/{there.pk}/registration/end", end, 201)["kind"] == "end"
    first, second = (take_in(None, ministry(), "Slikti.", channel="portal") for _ in range(2))
    assert [one["id"] for one in keeper.get("/complaints")] == [str(first.pk), str(second.pk)]
    assert keeper.post(f"/complaints/{first.pk}/answer", {"result": "Pārbaudīts."})["result"] == "Pārbaudīts."
    keeper.post(f"/complaints/{first.pk}/answer", {"result": "Vēlreiz."}, 422)
    over, once = {"institution": str(office(LIEPAJA).pk), "reason": "Pašvaldība."}, key()
    for _ in range(2):
        answer = keeper.client.post(f"{V1}/complaints/{second.pk}/hand-over", over, content_type="application/json",
                                    headers=keeper.headers | {"Idempotency-Key": once})  # fmt: skip
        assert answer.status_code == 204
    assert keeper.get("/complaints") == []
    staff(worker()).post(f"/complaints/{first.pk}/answer", {"result": "x"}, 404)


def test_every_page_is_told_with_the_call_that_does_the_same() -> None:
    told = Path("docs/developers/api-pages.md").read_text(encoding="utf-8")
    pages = {str(one.name) for one in get_resolver().url_patterns if getattr(one, "name", None)}
    assert sorted(one for one in pages if f"`{one}`" not in told) == []
    calls = {f"{method.upper()} {path.removeprefix(V1)}" for path, operations in
             described.description()["paths"].items() for method in operations}  # fmt: skip
    assert sorted(one for one in calls if f"`{one}`" not in told) == []

"""Staff of one municipality ask for everything of another: every address that the portal has, and its forms.

Once as it is, and once with the application's own filters switched off, so that the database alone must refuse.
"""

from __future__ import annotations

import re
import uuid
from functools import partial
from urllib.parse import quote

import pytest
import rules
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from balsts.access.acting import Acting, in_scope
from balsts.access.models import AccessRecord
from balsts.cases import figures, worklists
from balsts.cases.complaints import take_in
from balsts.cases.models import Case
from balsts.portal.office.decision_views import STEPS
from balsts.portal.persons import opening
from balsts.portal.session.middleware import OPEN
from balsts.registry.models import Household, Person
from tests.access.people import LIEPAJA, RIGA, agency, auditor
from tests.access.people import at_work as works_as
from tests.cases.situations import head, worker
from tests.portal.office import Matter, client_of, contested, matter
from tests.portal.visitors import Family, at_work, family, resident
from tests.registry.situations import PLATFORM, household_of
from tests.services.situations import ministry

pytestmark = pytest.mark.django_db(databases=["default", "log"])
SECRETS = ("Slepenā", "Žanete", "Emīls", "320101-99999", "32010199999", "LV80", "420,00", "420.00", "150,00", "150.00")
PAGES = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)]
"""Without the addresses of the API, which answers for itself: test_api.py asks them."""
CLOSED_TO_GUESTS = {pattern.name for pattern in PAGES} - OPEN


@pytest.fixture
def there() -> Family:
    return family(LIEPAJA, "Slepenā", "32010199999")


@pytest.fixture(params=["as it is", "the database alone"])
def walls(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "the database alone":
        monkeypatch.setattr(rules, "test_rule", lambda *arguments: True)
        monkeypatch.setattr(opening, "persons_of", lambda who: Person.objects.all())
        for where in (worklists, figures):
            monkeypatch.setattr(where, "cases_of", lambda who: Case.objects.all())
    return str(request.param)


def patterns_about_somebody() -> list[URLPattern]:
    return [one for one in PAGES if {"person", "household"} & set(one.pattern.converters)]


def addresses_of(there: Family) -> list[str]:
    """Every address about a person or household, for each of the family."""
    found = []
    for pattern in patterns_about_somebody():
        if "person" in pattern.pattern.converters:
            found += [reverse(str(pattern.name), args=[one.pk]) for one in (there.mother, there.child)]
        else:
            found.append(reverse(str(pattern.name), args=[there.household.pk]))
    return found


def patterns_about_a_case() -> list[URLPattern]:
    return [one for one in get_resolver().url_patterns
            if isinstance(one, URLPattern) and "case" in one.pattern.converters]  # fmt: skip


def addresses_of_case(found: Matter) -> dict[str, list[str]]:
    """Every address about a case by the name of the page, for each step of a decision and language of a notice."""
    about = {"case": found.case.pk, "decision": found.decision.pk, "task": found.task.pk, "change": found.change,
             "attachment": found.attachment.pk, "appeal": found.appeal or uuid.uuid4()}  # fmt: skip
    several = {"step": list(STEPS), "language": ["lv", "en"]}
    addresses: dict[str, list[str]] = {}
    for pattern in patterns_about_a_case():
        names = set(pattern.pattern.converters)
        own = {name: about[name] for name in names & about.keys()}
        more = names - about.keys()
        assert more <= several.keys(), f"{pattern.name}: say what {more} can be"
        variants = [{name: value} for name in more for value in several[name]] or [{}]
        addresses[str(pattern.name)] = [reverse(str(pattern.name), kwargs=own | one) for one in variants]
    return addresses


def test_no_page_of_a_case_of_another_office_opens(walls: str) -> None:
    there = contested(matter(LIEPAJA, "Slepenā"))
    asked = {"seen": "", "determination": there.decision.determination_id, "how": "post", "on": "01.03.2026",
             "why": "x", "text": "x", "detail": "x", "key": uuid.uuid4(), "staff": "", "grounds": "x",
             "outcome": "upheld", "reasons": "x"}  # fmt: skip
    for client in (client_of(worker(RIGA)), client_of(head(RIGA))):
        for address in [one for found in addresses_of_case(there).values() for one in found]:
            for answer in (client.get(address), client.post(address, asked)):
                assert answer.status_code in (404, 405), (walls, address, answer.status_code)
                assert not [one for one in (*SECRETS, there.case.number) if one in answer.content.decode()]


def test_what_is_out_of_scope_looks_to_all_kinds_of_staff_as_what_does_not_exist() -> None:
    there = contested(matter(LIEPAJA, "Slepenā"))
    with in_scope(PLATFORM):
        complaint = take_in(None, there.case.institution, "Slikti.", channel="portal")
    real = {"case": there.case.pk, "decision": there.decision.pk, "task": there.task.pk, "change": there.change,
            "attachment": there.attachment.pk, "appeal": there.appeal, "person": there.home.mother.pk,
            "household": there.home.household.pk, "complaint": complaint.pk}  # fmt: skip
    none = dict.fromkeys(real, uuid.uuid4())
    others = {"step": "check", "language": "lv", "draft": uuid.uuid4()}
    patterns = [one for one in PAGES if real.keys() & one.pattern.converters.keys()]
    assert len(patterns) > 35
    for who in (worker(RIGA), head(RIGA), register_officer(), policy_analyst()):
        client = client_of(who)
        session = client.session
        session["reason"] = ["application", "SD-1"]
        session.save()
        for pattern in patterns:
            asked = [reverse(str(pattern.name), kwargs={one: (ids | others)[one] for one in pattern.pattern.converters})
                     for ids in (real, none)]  # fmt: skip
            for send in (client.get, partial(client.post, data={"reasons": "x", "does": "answer", "result": "x"})):
                seen = {_without_what_differs(send(one), one) for one in asked}
                assert len(seen) == 1, (who.role, asked)


def _without_what_differs(answer: HttpResponse, address: str) -> tuple[int, str]:
    """The status and the content of a page, without its own address and the token of its forms."""
    content = answer.content.decode() + answer.headers.get("Location", "")
    content = content.replace(address, "").replace(quote(address, safe=""), "")
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content)


def register_officer() -> Acting:
    return works_as("keeper", ministry(), "register_officer", "provider_register")


def policy_analyst() -> Acting:
    return works_as("analyst", agency(), "policy_analyst", "policy")


def test_neither_lists_nor_counts_nor_a_search_know_cases_of_another_office(walls: str) -> None:
    there = contested(matter(LIEPAJA, "Slepenā"))
    client = client_of(head(RIGA))
    for name in worklists.LISTS:
        page = client.get("/desk/", {"list": name, "names": "1"}).content.decode()
        assert there.case.number not in page
        assert page.count('<span class="balsts-count">0</span>') == len(worklists.LISTS)
    assert client.get("/desk/figures/").content.decode().count("<dd>0</dd>") == 3
    for asked in (there.case.number, there.decision.number, "Slepenā", "Anna Slepenā"):
        page = client.post("/desk/find/", {"asked": asked}).content.decode()
        assert str(there.case.pk) not in page, asked
        found = client_of(head(LIEPAJA)).post("/desk/find/", {"asked": asked})
        assert str(there.case.pk) in found.headers.get("Location", "") + found.content.decode(), asked


def test_their_own_office_sees_the_pages_of_a_case() -> None:
    there = contested(matter(LIEPAJA, "Slepenā"))
    client = client_of(worker(LIEPAJA))
    for name, addresses in addresses_of_case(there).items():
        if name.startswith("register_"):
            continue
        for address in addresses:
            expected = {404} if name.startswith("my_") or name in ("case_draft", "case_assign") else {200, 302, 405}
            assert client.get(address).status_code in expected, address
    for name in ("case", "case_assessment", "case_decision", "case_notice", "case_attachment", "case_appeal",
                 "case_messages", "case_notes", "case_change"):  # fmt: skip
        assert client.get(addresses_of_case(there)[name][0]).status_code == 200, name


def test_every_page_of_a_case_leaves_a_record_with_the_case_as_its_reason() -> None:
    here = contested(matter(RIGA))
    client = client_of(worker(RIGA))
    for name in ("case", "case_assessment", "case_decision", "case_notice", "case_messages"):
        with in_scope(auditor(), "log"):
            before = set(AccessRecord.objects.using("log").values_list("number", flat=True))
        assert client.get(addresses_of_case(here)[name][0]).status_code == 200
        with in_scope(auditor(), "log"):
            rows = [one for one in AccessRecord.objects.using("log").exclude(number__in=before) if one.staff]
        assert {one.subject for one in rows} == {here.home.mother.pk, here.home.child.pk}, name
        assert all(one.detail.endswith(f"reason: application {here.case.number}") for one in rows), name


def test_a_resident_sees_their_own_case_alone() -> None:
    here, there = matter(RIGA), contested(matter(LIEPAJA, "Slepenā"))
    client = resident(here.home.mother.pk)
    mine = addresses_of_case(here)
    for name in ("my_case", "my_decision", "my_contest", "case_notice", "case_attachment"):
        assert client.get(mine[name][0]).status_code == 200, name
    for name in ("case", "case_notes", "case_assessment"):
        assert client.get(mine[name][0]).status_code == 302, name
    for address in [one for found in addresses_of_case(there).values() for one in found]:
        assert client.get(address).status_code in (302, 404, 405), address
        assert client.post(address, {"text": "x", "grounds": "x", "key": uuid.uuid4()}).status_code in (302, 404, 405)


def test_there_are_addresses_to_try(there: Family) -> None:
    assert len(addresses_of(there)) >= 9
    assert {one for pattern in patterns_about_somebody() for one in pattern.pattern.converters} == {
        "person",
        "household",
    }


def test_nobodys_page_of_another_municipality_opens(there: Family, walls: str) -> None:
    client = at_work(RIGA)
    for address in addresses_of(there):
        for answer in (client.get(address), client.get(address, {"on": "01.01.2026", "month": "2026-01"}),
                       client.post(address, {"registers": ["tax_authority"], "months": "3"})):  # fmt: skip
            assert answer.status_code in (404, 405), (walls, address, answer.status_code)
            assert not [one for one in SECRETS if one in answer.content.decode()]


def test_their_own_staff_see_the_same_pages(there: Family) -> None:
    client = at_work(LIEPAJA)
    for address in addresses_of(there):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("asked", [{"code": "320101-99999"}, {"name": "Slepena"}, {"name": "Žanete Slepenā"},
                                   {"born": "04.05.1990"}])  # fmt: skip
def test_no_search_finds_somebody_of_another_municipality(there: Family, walls: str, asked: dict[str, str]) -> None:
    answer = at_work(RIGA).post("/find/", asked | {"reason": "application"})
    assert answer.status_code == 200
    assert str(there.mother.pk) not in answer.content.decode()
    found = at_work(LIEPAJA).post("/find/", asked | {"reason": "application"})
    assert str(there.mother.pk) in found.content.decode()


def test_a_member_of_another_municipality_is_counted_and_not_shown(walls: str, there: Family) -> None:
    here = family(RIGA)
    household_of(here.mother, there.mother)
    page = at_work(RIGA).get(f"/persons/{here.mother.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "outside your scope" in page
    assert not [one for one in ("Slepenā", str(there.mother.pk)) if one in page]
    with in_scope(PLATFORM):
        shared = Household.objects.order_by("-created_at").first()
    assert shared is not None
    page = at_work(RIGA).get(f"/households/{shared.pk}/rights/", headers={"accept-language": "en"}).content.decode()
    assert "cannot be worked out here" in page


def test_guests_are_sent_to_sign_in_from_every_page(there: Family) -> None:
    for pattern in PAGES:
        if pattern.name in CLOSED_TO_GUESTS:
            arguments = [0 if isinstance(one, IntConverter) else uuid.uuid4() if isinstance(one, UUIDConverter) else "x"
                         for one in pattern.pattern.converters.values()]  # fmt: skip
            answer = Client().get(reverse(str(pattern.name), args=arguments))
            assert answer.status_code == 302, pattern.name
            assert answer.headers["Location"].startswith("/sign-in/"), pattern.name


def test_a_resident_sees_their_own_data_and_record_alone(there: Family) -> None:
    here = family(RIGA)
    assert at_work(RIGA).get(f"/persons/{here.mother.pk}/").status_code == 200
    client = resident(here.mother.pk)
    assert "SD-1" in client.get("/me/who-looked/").content.decode()
    assert client.get(f"/persons/{here.mother.pk}/").status_code == 200
    for address in addresses_of(there):
        assert client.get(address).status_code in (302, 404), address
    assert "SD-1" not in resident(there.mother.pk).get("/me/who-looked/").content.decode()


def test_every_page_of_somebody_leaves_a_record_with_its_reason() -> None:
    here = family(RIGA)
    client = at_work(RIGA)
    seen: set[int] = set()
    for address in addresses_of(here):
        with in_scope(auditor(), "log"):
            seen |= set(AccessRecord.objects.using("log").values_list("number", flat=True))
        assert client.get(address).status_code == 200
        with in_scope(auditor(), "log"):
            rows = list(AccessRecord.objects.using("log").exclude(number__in=seen))
        assert rows, address
        assert all(one.detail.endswith("reason: application SD-1") for one in rows)


def test_without_a_reason_no_page_of_somebody_opens() -> None:
    here = family(RIGA)
    client = at_work(RIGA, reason=False)
    for address in addresses_of(here):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/reason/"), address

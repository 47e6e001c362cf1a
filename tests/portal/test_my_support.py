"""A resident's first page, and the way to it from a page that was wanted before signing in."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.cases import runs
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.determining import determine
from balsts.cases.models import Decision
from balsts.cases.take_up import begin_take_up
from balsts.cases.writing import write
from balsts.law.engine.quantities import euro_words
from balsts.portal.session.door import token_for
from tests.access.people import LIEPAJA
from tests.cases.situations import Home, applied, decided, head, home, worker
from tests.portal.visitors import at_work, resident
from tests.portal.walks import a_family, send, walk
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def page(client: Client, lang: str = "en") -> str:
    answer = client.get("/me/", headers={"accept-language": lang})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_resident_comes_in_to_what_they_have_what_is_paid_next_and_what_is_decided() -> None:
    found = home()
    decision = decided_now(found)
    pending = applied(worker(), found.mother, "crisis").case
    write(worker(), pending, "Lūdzu, atsūtiet rēķinu.", key=uuid.uuid4())
    shown = page(resident(found.mother.pk))
    assert decision.number in shown
    assert pending.number in shown
    assert "1 new message" in shown
    assert "Nothing is being decided" not in shown


def test_what_is_granted_this_month_stands_with_its_sum_and_its_next_payment_with_its_decision() -> None:
    found = home()
    decision = decided_now(found)
    with in_scope(PLATFORM):
        granted = {f"{euro_words(span.amount, 'lv')}" for award in decision.awards.all() for span in award.spans.all()}
    assert granted
    now, _, later = page(resident(found.mother.pk), "lv").partition("Tuvākās izmaksas")
    for sum_ in granted:
        assert sum_ in now
        assert sum_ in later
    assert decision.number in later


def decided_now(found: Home) -> Decision:
    """A decision on an application of this month, in force today."""
    who, today = worker(), timezone.localdate()
    since = today.replace(day=1)
    case = applied(who, found.mother, since=since).case
    decision = draft_decision(who, case, determination=determine(who, case, since, "application"))
    check(head(), decision)
    sign(head(), decision)
    notify(who, decision, on=today, how="portal")
    return decision


def test_who_has_nothing_is_told_so_and_where_to_apply() -> None:
    shown = page(resident(home().mother.pk))
    for words in ("Nothing is granted to you", "No payment is due", "Nothing is being decided"):
        assert words in shown
    assert 'href="/applications/"' in shown


def test_what_is_not_claimed_is_counted() -> None:
    found = home()
    runs.work(begin_take_up().pk)
    assert "that you have not claimed" in page(resident(found.mother.pk))


def test_nobody_sees_another_households_support_and_staff_have_no_such_page() -> None:
    here, there = home(), home(LIEPAJA, "Slepenā")
    decided(worker(LIEPAJA), head(LIEPAJA), there.mother)
    assert "Slepenā" not in page(resident(here.mother.pk))
    assert at_work().get("/me/").status_code == 404
    assert Client().get("/me/").headers["Location"].startswith("/sign-in/")


def test_a_link_to_apply_for_something_keeps_it_through_signing_in() -> None:
    found = home()
    client = Client(headers={"accept-language": "en"})
    assert client.get("/applications/?type=assistance").headers["Location"].startswith("/sign-in/")
    answer = client.post(f"/me/sign-in/{token_for(found.mother.pk)}/")
    assert answer.headers["Location"] == "/applications/?type=assistance"
    listed = client.get(answer.headers["Location"]).content.decode()
    address = f"/persons/{found.mother.pk}/apply/?type=assistance"
    assert f'href="{address}"' in listed
    form = client.get(address).content.decode()
    assert _chosen(form) == ["assistance"]
    assert client.post(f"/me/sign-in/{token_for(found.mother.pk)}/").headers["Location"] == "/me/"


def test_a_type_that_is_none_or_not_for_persons_chooses_nothing() -> None:
    found = home()
    client = resident(found.mother.pk)
    for code in ("nothing", "provider_registration", ""):
        assert "/apply/?type=" not in client.get(f"/applications/?type={code}").content.decode()
        assert _chosen(client.get(f"/persons/{found.mother.pk}/apply/?type={code}").content.decode()) == []


def test_staff_find_the_type_of_a_link_chosen_after_saying_why_they_look() -> None:
    found = home()
    client = at_work(reason=False)
    address = f"/persons/{found.mother.pk}/apply/?type=crisis"
    asked = client.get(address).headers["Location"]
    assert asked.startswith("/reason/?next=")
    said = client.post("/reason/", {"reason": "application", "next": address})
    assert _chosen(client.get(said.headers["Location"]).content.decode()) == ["crisis", "in_person"]


def test_the_public_result_leads_to_applying_for_each_right_that_can_be_applied_for_here() -> None:
    client = Client()
    result = send(client, walk(client, a_family()), {"to": "result"})
    assert 'href="/applications/?type=family_state_benefit"' in result
    assert result.count('href="/applications/?type=') >= 3


def _chosen(form: str) -> list[str]:
    """The answers that are chosen already."""
    return [tag.partition('value="')[2].partition('"')[0] for tag in form.split("<input")[1:]
            if " checked" in tag.partition(">")[0]]  # fmt: skip

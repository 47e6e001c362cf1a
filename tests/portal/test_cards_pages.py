"""Pages of cards: one's own, those of a case, and the yes or no for everybody; none where no case type gives any."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.cases import cards
from balsts.cases.models import Card
from balsts.cases.types import reading
from balsts.cases.types.declaration import CardKind
from balsts.exchange.texts import Text
from tests.access.people import LIEPAJA
from tests.cases.situations import Home, decided, head, home, worker
from tests.portal.office import client_of
from tests.portal.visitors import resident

pytestmark = pytest.mark.django_db(databases=["default", "log"])
VERIFY = "/cards/verify/"


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    """A card of the mother of a household, given by a decision of a type that gives such cards."""
    types = reading.case_types()
    declared = types["assistance"]
    kind = CardKind("needy_card", Text("trūcīgas personas apliecība", "card of a needy person"), 1, declared.cited)
    with_cards = types | {"assistance": replace(declared, cards=(kind,))}
    monkeypatch.setattr(cards, "case_types", lambda: with_cards)
    monkeypatch.setattr(cards, "case_type", lambda code: with_cards[code])
    decision = decided(worker(), head(), home().mother)
    with in_scope(worker()):
        mother = decision.case.subject
    assert mother is not None
    return cards.issue(worker(), decision, "needy_card", mother, since=timezone.localdate())


def shown(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def spaced(card: Card) -> str:
    return " ".join(card.number[place : place + 4] for place in (0, 4, 8))


def test_whose_card_it_is_and_the_office_see_it_with_its_days_and_where_to_verify_it(card: Card) -> None:
    for page in (shown(resident(card.person_id), "/me/"), shown(client_of(worker()), f"/cases/{card.case_id}/")):
        assert spaced(card) in page
        assert "Card of a needy person" in page
        assert f"{card.valid.lower:%d.%m.%Y} –" in page
        assert 'href="/cards/verify/?kind=needy_card"' in page


def test_a_card_that_was_taken_back_is_said_to_be_and_why_to_the_office_alone(card: Card) -> None:
    cards.revoke(worker(), card, "statuss beidzies")
    assert "taken back" in shown(resident(card.person_id), "/me/")
    assert "statuss beidzies" not in shown(resident(card.person_id), "/me/")
    assert "statuss beidzies" in shown(client_of(worker()), f"/cases/{card.case_id}/")


def test_others_see_no_card(card: Card) -> None:
    assert spaced(card) not in shown(resident(home(LIEPAJA, "Cita").mother.pk), "/me/")


def test_anybody_learns_yes_or_no_and_nothing_else(card: Card) -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.get(VERIFY).status_code == 200
    asked = {"kind": "needy_card", "number": spaced(card).lower()}
    yes = client.post(VERIFY, asked).content.decode()
    assert "The card is valid on" in yes
    assert "Bērziņa" not in yes
    assert "No such card is valid" in client.post(VERIFY, asked | {"number": "AAAA BBBB CCCC"}).content.decode()
    cards.revoke(worker(), card, "nozaudēta")
    assert "No such card is valid" in client.post(VERIFY, asked).content.decode()


@pytest.mark.parametrize(("lang", "words"), [("en", "Enter the number of the card."), ("lv", "Ierakstiet apliecības")])
def test_without_a_number_the_page_says_what_to_enter(card: Card, lang: str, words: str) -> None:
    answer = Client(headers={"accept-language": lang}).post(VERIFY, {"kind": card.kind, "number": ""})
    assert words in answer.content.decode()


def test_where_no_case_type_gives_cards_there_is_no_such_page() -> None:
    found: Home = home()
    assert Client().get(VERIFY).status_code == 404
    assert "/cards/verify/" not in shown(resident(found.mother.pk), "/me/")

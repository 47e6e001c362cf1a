"""The walk through the questions: nothing is stored, nothing made up is believed, every answer can be changed.

These tests have no database: a page that asked it for anything would fail.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client, override_settings

from balsts.portal.public import answers as carrying
from balsts.portal.public.answers import MOST_BYTES, Answers, AnswersRefusedError, opened, sealed
from balsts.portal.public.questions import answered, next_page, pages_of
from tests.portal.walks import QUESTIONS, a_family, answers, begin, born, everything, hidden, send, title, walk


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_a_walk_ends_with_what_the_law_gives(client: Client, lang: str) -> None:
    page = walk(client, a_family(), lang)
    assert title(page) == {"lv": "Pārbaudiet atbildes", "en": "Check your answers"}[lang]
    page = send(client, page, {"to": "result"}, lang)
    assert title(page) == {"lv": "Kas pēc likuma pienākas jūsu mājsaimniecībai",
                           "en": "What the law gives your household"}[lang]  # fmt: skip
    assert {"lv": "413,43 €", "en": "413.43 €"}[lang] in page
    assert {"lv": "Bērna ar invaliditāti kopšanas pabalsts", "en": "Care benefit for a disabled child"}[lang] in page
    assert "VSAA" in page
    assert "adult-01" not in re.sub(r'(value|name)="[^"]*"', "", page)


def test_all_situations_have_their_page_and_a_result(client: Client) -> None:
    page = send(client, walk(client, everything()), {"to": "result"})
    assert title(page) == "What the law gives your household"
    assert "Cannot be determined" not in page
    assert "What cannot be determined" in page  # the municipality's own amount in a crisis is known to nobody here


def test_nothing_of_the_answers_stays_behind(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = send(client, walk(client, a_family()), {"to": "result"})
        send(client, send(client, page, {"to": "what-if"}), {"works": "adult-01", "wage": "700"})
    assert set(client.cookies) == {"csrftoken"}
    assert not [one for one in caplog.records if "600" in one.getMessage() or "household" in one.getMessage()]


def test_addresses_hold_no_answer(client: Client) -> None:
    page = walk(client, a_family())
    assert set(re.findall(r'action="([^"]*)"', page)) == {QUESTIONS}
    assert 'method="get"' not in page
    assert client.get(QUESTIONS, {"adults": "2"}).headers["Location"] == "/support/"


def test_pages_of_the_walk_are_kept_by_no_cache(client: Client) -> None:
    assert client.post(QUESTIONS, {}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kept", ["", "nonsense", "x" * (MOST_BYTES + 1), "eyJmb3JtIjoxfQ:1u:abc"])
def test_answers_that_we_did_not_seal_are_refused(client: Client, kept: str) -> None:
    response = client.post(QUESTIONS, {"answers": kept, "page": "household"}, headers={"accept-language": "en"})
    assert response.status_code == 400
    assert "The answers cannot be read" in response.content.decode()


def test_sealed_answers_that_were_changed_are_refused(client: Client) -> None:
    page = send(client, begin(client), {"adults": "1", "children": "0"})
    text = hidden(page, "answers")
    for place in range(0, len(text), 7):
        changed = f"{text[:place]}{'A' if text[place] != 'A' else 'B'}{text[place + 1 :]}"
        assert client.post(QUESTIONS, {"answers": changed, "page": "adult-01"}).status_code == 400


def test_answers_of_another_form_or_day_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = sealed(Answers({}))
    assert opened(text) == Answers({})
    monkeypatch.setattr(carrying, "LASTS_SECONDS", -1)
    with pytest.raises(AnswersRefusedError, match="too old"):
        opened(text)
    monkeypatch.undo()
    other = signing.dumps({"form": 0, "pages": {}}, salt="balsts.portal.public.answers", compress=True)
    with pytest.raises(AnswersRefusedError, match="have changed"):
        opened(other)
    with pytest.raises(AnswersRefusedError):
        opened(signing.dumps({"form": 1, "pages": {}}, salt="something else", compress=True))


@pytest.mark.parametrize(("page", "to"), [("adult-07", None), ("nonsense", None), ("household", "adult-09"),
                                          ("work-adult-01", None), ("../etc", "result")])  # fmt: skip
def test_pages_that_do_not_follow_from_the_answers_are_refused(client: Client, page: str, to: str | None) -> None:
    sent = {"answers": sealed(Answers({})), "page": page} | ({"to": to} if to else {})
    assert client.post(QUESTIONS, sent).status_code == 400


def test_the_result_comes_only_after_every_question(client: Client) -> None:
    page = send(client, begin(client), {"adults": "1", "children": "0"})
    for to in ("check", "result", "what-if"):
        assert title(send(client, page, {"to": to})) == "About you"


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("household", {"adults": "0", "children": "0"}, "Adults, with you: enter a whole number from 1 to 12."),
    ("household", {"adults": "7", "children": "7"}, "At most 12 persons fit here."),
    ("household", {"adults": "zwei", "children": ""}, "Children: enter a whole number from 0 to 11."),
    ("adult-01", {"born": "1990", "sex": "f"}, "Enter a month and year"),
    ("adult-01", {"born": "13.1990", "sex": "f"}, "Enter a month and year"),
    ("adult-01", {"born": "05.2999", "sex": "f"}, "The month lies ahead."),
    ("adult-01", {"born": "05.1790", "sex": "f"}, "The month lies too long ago."),
    ("adult-01", {"born": born(17), "sex": "f"}, "younger than 18"),
    ("adult-01", {"born": "05.1990"}, "Choose woman or man."),
    ("child-01", {"born": born(19), "tie": "own", "of": ["adult-01"]}, "18 or older"),
    ("child-01", {"born": born(3), "tie": "own", "of": ["adult-09"]}, "Choose from the list."),
    ("child-01", {"born": born(3), "tie": "own"}, "Choose who raises the child."),
    ("child-01", {"born": born(3), "tie": "guardian", "of": ["adult-01", "adult-02"]}, "one guardian"),
    ("child-01", {"born": born(3), "tie": "own", "of": ["adult-01", "adult-02", "adult-03"]}, "Choose two at most."),
    ("work-adult-01", {"employed": "yes", "wage": "12,345"}, "Enter an amount in euros"),
    ("work-adult-01", {"employed": "yes", "wage": "-5"}, "Enter an amount in euros"),
    ("work-adult-01", {"employed": "yes", "wage": "999999"}, "at most 100 000"),
    ("home", {"costs": "viens"}, "Enter an amount in euros"),
]


@pytest.mark.parametrize(("page", "given", "message"), WRONG)
def test_what_cannot_be_is_told_at_the_field(client: Client, page: str, given: dict[str, Any], message: str) -> None:
    known = answers(household={"adults": 3, "children": 1}, adult_01={"born": "1990-05", "sex": "f"},
                    adult_02={"born": "1991-05", "sex": "m", "relation": "married"},
                    adult_03={"born": "1991-05", "sex": "m", "relation": "other"})  # fmt: skip
    response = client.post(QUESTIONS, {"answers": sealed(known), "page": page, **given},
                           headers={"accept-language": "en"})  # fmt: skip
    text = response.content.decode()
    assert response.status_code == 200
    assert "govuk-error-summary" in text
    assert message in text
    assert title(text).startswith("Error: ")


def test_a_parent_who_is_younger_than_the_child_is_told_in_words(client: Client) -> None:
    page = walk(client, a_family())
    known = answers(**{**opened(hidden(page, "answers")).pages, "adult-01": {"born": "2020-01", "sex": "f"}})
    response = client.post(QUESTIONS, {"answers": sealed(known), "page": "check", "to": "result"},
                           headers={"accept-language": "en"})  # fmt: skip
    assert response.status_code == 409
    assert "The answers do not fit together" in response.content.decode()


def test_an_answer_is_changed_from_the_check_and_leads_back_to_it(client: Client) -> None:
    page = send(client, walk(client, a_family()), {"to": "home"})
    assert 'value="250.00"' in page
    page = send(client, page, {"costs": "99"})
    assert title(page) == "Check your answers"
    assert "99.00 €" in page


def test_fewer_persons_take_their_answers_with_them() -> None:
    known = answers(household={"adults": 2, "children": 1}, adult_01={"born": "1990-05", "sex": "f"},
                    adult_02={"born": "1990-06", "sex": "m", "relation": "married"},
                    child_01={"born": "2020-01", "tie": "own", "of": ["adult-01", "adult-02"]},
                    health={"disabled": ["adult-02"]}, disability_adult_02={"group": "2"},
                    home={"costs": "10.00"})  # fmt: skip
    fewer = answered(known, "household", {"adults": 1, "children": 1})
    assert set(fewer.pages) == {"household", "adult-01", "home"}
    assert next_page(fewer) == "child-01"


def test_pages_follow_from_the_answers() -> None:
    assert pages_of(Answers({})) == ["household"]
    one = answers(household={"adults": 1, "children": 0}, adult_01={"born": "1990-05", "sex": "f"},
                  special={"what": ["crisis"]})  # fmt: skip
    assert pages_of(one) == ["household", "adult-01", "health", "work-adult-01", "home", "means", "special"]


def test_the_language_is_changed_on_the_way_without_losing_answers(client: Client) -> None:
    page = send(client, begin(client, "lv"), {"adults": "1", "children": "0"}, "lv")
    assert title(page) == "Par jums"
    page = send(client, page, {"language": "en"}, "lv")
    assert title(page) == "About you"
    assert client.cookies["django_language"].value == "en"
    assert opened(hidden(page, "answers")).of("household") == {"adults": 1, "children": 0}


def test_a_form_of_another_site_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(QUESTIONS, {}).status_code == 403


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_what_is_too_large_to_read_gets_a_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.post(QUESTIONS, {"answers": "x" * 5000}, headers={"accept-language": "en"})
    assert response.status_code == 400
    assert "What was sent cannot be read" in response.content.decode()


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_first_page_tells_everybody_where_to_go(client: Client, lang: str) -> None:
    page = client.get("/", headers={"accept-language": lang}).content.decode()
    for address in ("/support/", "/law/", "/sign-in/"):
        assert f'href="{address}"' in page


def test_twelve_persons_fit(client: Client) -> None:
    pages: list[dict[str, Any]] = [{"adults": "6", "children": "6"}, {"born": born(40), "sex": "f"}]
    pages += [{"born": born(41), "sex": "m", "relation": "other"} for _ in range(5)]
    pages += [{"born": born(5), "tie": "own", "of": ["adult-01"]} for _ in range(6)]
    pages += [{}, *({"employed": "no"} for _ in range(6)), {}, {"within": "yes"}, {}]
    page = walk(client, pages)
    assert len(hidden(page, "answers")) < MOST_BYTES
    assert title(send(client, page, {"to": "result"})) == "What the law gives your household"

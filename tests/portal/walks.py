"""Walks through the questions of the public part: what was answered, page by page, as a browser sends it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from balsts.portal.public.answers import Answers
from balsts.portal.public.fields import this_month

QUESTIONS = "/support/questions/"
Pages = list[dict[str, Any]]


def born(years: int, months: int = 0) -> str:
    """The month of birth of somebody who is so old this month, as people write it."""
    month = this_month() - 12 * years - months
    return f"{month % 12 + 1:02d}.{month // 12}"


def a_family() -> Pages:
    """A couple with a baby and a disabled pupil; one of them works."""
    return [
        {"adults": "2", "children": "2"},
        {"born": born(36), "sex": "f"},
        {"born": born(38), "sex": "m", "relation": "married"},
        {"born": born(0, 8), "tie": "own", "of": ["adult-01", "adult-02"]},
        {"born": born(16), "tie": "own", "of": ["adult-01", "adult-02"]},
        {"child-02": "general"},
        {"disabled": ["child-02"]},
        {"special_care": "on"},
        {"employed": "no", "other": "50"},
        {"employed": "yes", "wage": "600,50"},
        {"costs": "250"},
        {"savings": "100", "within": "yes"},
        {"what": []},
    ]


def everything() -> Pages:
    """Four persons to whom everything applies that is asked about."""
    return [
        {"adults": "2", "children": "2"},
        {"born": born(45), "sex": "f"},
        {"born": born(19), "sex": "m", "relation": "child"},
        {"born": born(5), "tie": "guardian", "of": ["adult-01"]},
        {"since": born(0, 3), "emergency": "on"},
        {"born": born(9), "tie": "adopted", "of": ["adult-01"]},
        {"since": ""},
        {"adult-02": "higher_full_time"},
        {"disabled": ["adult-01", "child-02"], "celiac": ["child-02"]},
        {"group": "1", "since_childhood": "on", "sight": "on", "mobility": born(0, 6), "assistant": "40"},
        {"special_care": "on"},
        {"employed": "no"},
        {"employed": "no", "pension": "200"},
        {"costs": "300,10"},
        {"savings": "1 000", "within": "no"},
        {"what": ["status", "after_care", "breadwinner", "institution", "chernobyl", "crisis"]},
        {"who": ["child-01"], "status": "ukraine_civilian", "months": "2"},
        {"who": ["adult-02"], "left": ""},
        {"who": ["child-02"], "since": born(1)},
        {"care": ["adult-01"], "cost": "1100"},
        {"who": ["adult-01"]},
    ]


def hidden(page: str, name: str) -> str:
    """A hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no {name}"
    return unescape(found[1])


def title(page: str) -> str:
    """The title of a page, without the product's name."""
    found = re.search(r"<title>(.*?) – Balsts</title>", page, re.DOTALL)
    assert found
    return unescape(found[1])


def send(client: Client, page: str, given: dict[str, Any], lang: str = "en", status: int = 200) -> str:
    """Send a page's answers, with those that it carries."""
    carried = {"answers": hidden(page, "answers"), "page": hidden(page, "page")}
    response = client.post(QUESTIONS, carried | given, headers={"accept-language": lang})
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def begin(client: Client, lang: str = "en") -> str:
    """The first question."""
    return client.post(QUESTIONS, {}, headers={"accept-language": lang}).content.decode()


def walk(client: Client, pages: Pages, lang: str = "en") -> str:
    """Answer page by page; the page after the last one."""
    page = begin(client, lang)
    for given in pages:
        page = send(client, page, given, lang)
        assert "govuk-error-message" not in page, (title(page), given)
    return page


def answers(**pages: dict[str, Any]) -> Answers:
    """Answers as the pages keep them; `adult_01` stands for `adult-01`."""
    return Answers({re.sub(r"_(?=adult|child|\d\d)", "-", name): given for name, given in pages.items()})

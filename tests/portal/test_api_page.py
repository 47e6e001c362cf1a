"""The page of the API: everything that its description says, with an example that fits."""

from __future__ import annotations

import json
import re
import shlex
from html import unescape
from typing import Any

import jsonschema
import pytest
from django.test import Client

from tests.portal.callers import V1

pytestmark = pytest.mark.django_db


@pytest.fixture
def description() -> dict[str, Any]:
    found: dict[str, Any] = Client().get(f"{V1}/openapi.json").json()
    return found


def page(lang: str = "en") -> str:
    answer = Client().get(f"{V1}/docs", headers={"accept-language": lang})
    assert answer.status_code == 200
    return answer.content.decode()


def operations(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path.removeprefix(V1), method, one) for path, several in description["paths"].items()
            for method, one in several.items()]  # fmt: skip


def test_every_operation_parameter_and_shape_stands_on_the_page(description: dict[str, Any]) -> None:
    shown = unescape(page())
    for path, method, one in operations(description):
        assert re.search(rf">{method}</strong> {re.escape(path)}<", shown), (method, path)
        assert one["summary"] in shown
    for name, shape in description["components"]["schemas"].items():
        assert f'id="shape-{name}"' in shown
        assert all(f">{field}</th>" in shown for field in shape.get("properties", {})), name


def test_no_two_places_of_the_page_have_one_name_and_no_link_leads_nowhere() -> None:
    shown = page()
    names = re.findall(r'\bid="([^"]+)"', shown)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(names)


def test_the_example_of_each_operation_is_a_call_that_the_description_allows(description: dict[str, Any]) -> None:
    shown = re.findall(r'<pre class="balsts-code">(.*?)</pre>', page(), re.DOTALL)
    examples = [shlex.split(unescape(one).replace("\\\n", "")) for one in shown]
    assert len(examples) == len(operations(description))
    seen = 0
    for example, (path, method, one) in zip(examples, by_tag(description), strict=True):
        address = next(part for part in example if part.startswith("$API"))
        pattern = re.sub(r"\\{\w+\\}", r"[^/?]+", re.escape(path))
        assert re.fullmatch(rf"\$API{pattern}(\?.*)?", address), (method, path, address)
        told = example[example.index("-X") + 1].lower() if "-X" in example else ""
        assert (told or ("post" if {"-d", "-F"} & {*example} else "get")) == method
        body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if body is not None:
            sent = json.loads(example[example.index("-d") + 1])
            jsonschema.validate(sent, body | {"components": description["components"]})
            seen += 1
    assert seen > 8


def by_tag(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Operations in the order of the page: those of one tag together."""
    tags = list(dict.fromkeys(one["tags"][0] for _path, _method, one in operations(description)))
    return sorted(operations(description), key=lambda found: tags.index(found[2]["tags"][0]))


def test_the_page_is_for_everybody_in_both_languages_and_loads_nothing_from_elsewhere() -> None:
    for lang, words in (("lv", "API pa darbībām"), ("en", "The API, operation by operation")):
        shown = page(lang)
        assert words in shown
        assert "<script" not in shown
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', shown)
    assert f'href="{V1}/docs"' in Client().get("/").content.decode()

"""The API against its own description: Schemathesis draws requests that keep to it and requests that do not."""

from __future__ import annotations

import ast
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from balsts.cases import drafts
from balsts.cases.appeals import contest
from balsts.figures.book import packaged
from balsts.portal import api
from tests.cases.situations import decided, head, home, worker
from tests.cases.test_rehearsal import analyst
from tests.portal.callers import V1, WHY, Caller, resident, staff, system
from tests.portal.paying import approver, in_state, nobody_else_writes, preparer

__all__ = ["nobody_else_writes"]

pytestmark = pytest.mark.django_db(databases=["default", "log"])
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 4
"""Of each operation by each caller; the whole of them is in the thousands."""
_SOME = {"page": "event", "name": "mine", "absence": "1", "number": "1", "matter": "1"}


@pytest.fixture(autouse=True)
def _from_request_to_request(open_connections: None) -> None:
    """Each test drives the portal as a WSGI application."""


def described(headers: dict[str, str]) -> Any:
    """The portal as a WSGI application, by its own description."""
    return schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", WSGIHandler(), headers=headers | {"Host": "localhost"})


def headers_of(caller: Caller) -> dict[str, str]:
    """What a caller sends with each call: a session's calls bear the token that unsafe methods need."""
    if "Authorization" in caller.headers:
        return caller.headers
    return caller.headers | {"X-CSRFToken": caller.get("/session")["csrf_token"]}


def cookies_of(caller: Caller) -> dict[str, str]:
    """A caller's session. The client of a WSGI application keeps cookies itself, and sends no header of them."""
    return {name: one.value for name, one in caller.client.cookies.items()}


def keep_connections() -> None:
    """What a client of Django's has let close connections from request to request again may not: tests roll back."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)


@pytest.fixture
def things() -> dict[str, list[str]]:
    """What there is to ask about: a decided case that is contested."""
    found = home()
    decision = decided(worker(), head(), found.mother)
    appeal = contest(worker(), decision, key=uuid.uuid4(), grounds="The rent is higher.")
    draft = drafts.begin(worker(), "assistance", found.mother.pk)
    return {"draft": [str(draft.pk)], "page": ["means-1"], "name": ["all"],
            "case": [str(decision.case_id)], "decision": [str(decision.pk)], "appeal": [str(appeal.pk)],
            "determination": [str(decision.determination_id)], "code": ["assistance"],
            "person": [str(found.mother.pk)], "run": [str(in_state("acknowledged").pk)], "number": [1],
            "dataset": ["siva"], "key": [packaged().rows("siva")[0].key], "column": ["value"]}  # fmt: skip


@pytest.mark.parametrize("kind", ["worker", "head", "analyst", "resident", "system", "preparer", "approver"])
def test_whatever_is_sent_is_answered_as_described(things: dict[str, list[str]], kind: str) -> None:
    callers = {"worker": lambda: staff(worker()), "head": lambda: staff(head()),
               "preparer": lambda: staff(preparer()), "approver": lambda: staff(approver()),
               "resident": lambda: resident(uuid.UUID(things["person"][0])), "analyst": lambda: staff(analyst()),
               "system": lambda: system("status_feed", "status_verify")}  # fmt: skip
    caller = callers[kind]()
    headers, cookies = headers_of(caller), cookies_of(caller)
    keep_connections()
    seen: dict[str, set[int]] = {}
    for found in described(headers).get_all_operations():
        operation = found.ok()
        both = st.sampled_from(["positive", "negative"]).flatmap(
            lambda mode, one=operation: one.as_strategy(generation_mode=schemathesis.GenerationMode(mode))
        )

        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
        @given(case=both, is_of_what_there_is=st.booleans())
        def holds(case: Any, is_of_what_there_is: bool) -> None:
            if is_of_what_there_is and case.path_parameters:
                case.path_parameters.update({
                    name: things[name][0] for name in case.path_parameters if name in things
                })  # fmt: skip
            case.cookies = cookies  # the caller's own session, not one that was drawn
            answer = case.call(headers=headers)
            seen.setdefault(case.operation.label, set()).add(answer.status_code)
            case.validate_response(answer, checks=CHECKS)

        holds()
    assert len(seen) > 60
    everything = set().union(*seen.values())
    assert 200 in everything
    assert not [one for one in everything if one >= 500]


def test_the_description_is_openapi_3_1_and_always_the_same() -> None:
    first, second = (Client().get(f"{V1}/openapi.json") for _ in range(2))
    assert first.content == second.content
    content = first.json()
    assert content["openapi"] == "3.1.0"
    names = [one["operationId"] for path in content["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))
    assert all(one.get("summary") and one.get("description") for path in content["paths"].values()
               for one in path.values())  # fmt: skip
    assert "balsts.portal" not in json.dumps(content["components"])


def test_no_two_shapes_have_one_name() -> None:
    """The description knows shapes by their names alone: of two with one name it would tell one for both."""
    names: dict[str, str] = {}
    for place in Path(api.__file__).parent.glob("*.py"):
        for node in ast.parse(place.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith(("In", "Out")):
                assert node.name not in names, (node.name, names.get(node.name), place.name)
                names[node.name] = place.name
    assert len(names) > 100


def test_who_may_call_each_operation_stands_in_the_description() -> None:
    content = Client().get(f"{V1}/openapi.json").json()
    opened = {path for path, operations in content["paths"].items() for one in operations.values()
              if not one.get("security")}  # fmt: skip
    figures = {path for path in content["paths"] if path.startswith(f"{V1}/statistics/")}
    assert len(figures) > 6
    assert opened == figures | {f"{V1}/case-types", f"{V1}/case-types/{{code}}",
                                f"{V1}/registers/{{register_code}}/entries"}  # fmt: skip
    for path, operations in content["paths"].items():
        for method in operations:
            if path not in opened:
                address = path.replace("{case}", str(uuid.uuid4()))
                for name in re.findall(r"{(\w+)}", address):
                    address = address.replace(f"{{{name}}}", _SOME.get(name, str(uuid.uuid4())))
                answer = getattr(Client(), method)(address, headers=WHY)
                assert answer.status_code == 401, address

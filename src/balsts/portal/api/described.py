"""The description of the API (OpenAPI 3.1), with what holds for every operation: headers of staff, and problems."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from balsts.portal.api import (
    agreed_calls,
    budget_calls,
    case_calls,
    decision_calls,
    draft_calls,
    figure_calls,
    law_calls,
    live_calls,
    office_calls,
    payment_calls,
    provider_calls,
    report_calls,
    status_calls,
    writing_calls,
)
from balsts.portal.api.callers import REASON, REFERENCE, PortalSession
from balsts.portal.api.parsing import StrictParser
from balsts.portal.api.problems import MEDIA_TYPE, add_handlers
from balsts.portal.session.state import REASONS

_PROBLEMS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429)
_SAYS = (
    "Everything that the pages of cases do, for programs: the same rules, the same record of who looked. "
    "Amounts are whole cents; days are ISO 8601; moments carry a zone. Errors are problems (RFC 9457)."
)


class _Api(NinjaAPI):
    def get_openapi_schema(self, **named: Any) -> OpenAPISchema:
        """The description, completed."""
        return _completed(super().get_openapi_schema(**named))


api = _Api(title="Balsts", version="1", description=_SAYS, urls_namespace="api", openapi_url=None, docs_url=None,
           auth=PortalSession(), parser=StrictParser())  # fmt: skip
for _part in (case_calls, writing_calls, decision_calls, draft_calls, office_calls, provider_calls, law_calls,
              payment_calls, agreed_calls, status_calls, figure_calls, budget_calls, live_calls,
              report_calls):  # fmt: skip
    api.add_router("", _part.router)
add_handlers(api)


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API, for everybody."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The description of the API; it is always the same."""
    return dict(api.get_openapi_schema())


def _completed(schema: OpenAPISchema) -> OpenAPISchema:
    schema["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    components = schema["components"]
    components["schemas"]["Problem"] = _PROBLEM
    components["responses"] = {f"Problem{status}": _response(status) for status in _PROBLEMS}
    components["parameters"] = {
        "Reason": _header(REASON, "why staff look at a person's data; residents need none", {"enum": [*REASONS]}),
        "Reference": _header(REFERENCE, "a case or letter number", {"pattern": "^[A-Za-z0-9./ -]{0,40}$"}),
    }
    del components["securitySchemes"]["SystemToken"]["scheme"]  # of the library's class; OAuth 2.0 has none
    for path in schema["paths"].values():
        for operation in path.values():
            for status in _PROBLEMS:
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})
            if {"PortalSession": []} in operation.get("security", []):
                operation["parameters"] += [{"$ref": f"#/components/parameters/{one}"} for one in
                                            ("Reason", "Reference")]  # fmt: skip
    return schema


def _response(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": HTTPStatus(status).phrase, "content": content}


def _header(name: str, says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": False, "description": says, "schema": {"type": "string"} | schema}


_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). No person's data stand in it.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "places": {
            "type": "array",
            "description": "of a request that does not fit: the fields",
            "items": {
                "type": "object",
                "required": ["place", "problem"],
                "properties": {"place": {"type": "string"}, "problem": {"type": "string"}},
            },
        },
    },
}

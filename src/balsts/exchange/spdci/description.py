"""Our address for searches as an OpenAPI document, drawn from the models that read requests and write answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema

from balsts.exchange.spdci.envelope import VERSION, RequestEnvelope, ResponseEnvelope

SEARCH = "/registry/sync/search"


class Reason(BaseModel):
    """What was wrong."""

    model_config = ConfigDict(extra="forbid")

    code: str
    message: str


class Refused(BaseModel):
    """A refused acknowledgement."""

    model_config = ConfigDict(extra="forbid")

    ack_status: str
    timestamp: str
    correlation_id: str
    error: Reason


class HttpError(BaseModel):
    """An error of the way there, as `server.http_error` writes it."""

    model_config = ConfigDict(extra="forbid")

    errors: list[Reason]
    message: Refused


_BEARER = {
    "type": "http", "scheme": "bearer", "bearerFormat": "jwt",
    "description": "A token of /api/oauth2/token for `registry_search` (OAuth 2.0, client credentials).",
}  # fmt: skip
_MODELS: tuple[tuple[type[BaseModel], Literal["validation", "serialization"]], ...] = (
    (RequestEnvelope, "validation"), (ResponseEnvelope, "serialization"), (HttpError, "serialization")
)  # fmt: skip


def description(server: str) -> dict[str, Any]:
    """The OpenAPI document (3.1) of our registry at an address."""
    schemas, definitions = models_json_schema(list(_MODELS), ref_template="#/components/schemas/{model}")
    request, answer, error = (schemas[one] for one in _MODELS)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Search of the social registry, as the SPDCI standard describes it",
            "version": VERSION,
            "description": "Every request shows a token and is signed by a partner whose key is known here. The "
            "signature is a JWS with detached content (RFC 7515, appendix F), ES256, over the canonical JSON of header "
            "and message.",
        },
        "servers": [{"url": server}],
        "paths": {
            SEARCH: {
                "post": {
                    "operationId": "search",
                    "summary": "Search for somebody named: the answers, signed",
                    "security": [{"Authorization": []}],
                    "requestBody": {"required": True, "content": _json(request)},
                    "responses": {
                        "200": {"description": "Each search of the batch is answered.", "content": _json(answer)},
                        "400": {
                            "description": "The request has not its form, or not its count or its time.",
                            "content": _json({"anyOf": [error, answer]}),
                        },
                        "401": {
                            "description": "The token does not hold, or nobody known signed this request.",
                            "content": _json(error),
                        },
                        "403": {"description": "The token does not cover searches.", "content": _json(error)},
                        "415": {"description": "The request is not JSON.", "content": _json(error)},
                    },
                }
            }
        },
        "components": {"schemas": definitions["$defs"], "securitySchemes": {"Authorization": _BEARER}},
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}

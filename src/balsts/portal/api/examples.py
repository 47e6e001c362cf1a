"""An example of each operation of the API, made of its description: a command for a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_ID = "019ad4c5-8a10-7e01-8000-2f6d4a1b3c5e"
_FORMATS = {"uuid": _ID, "date": "2026-02-01", "date-time": "2026-02-01T09:30:00Z"}
_NAMED = {
    "type": "assistance", "code": "assistance", "status": "needy_household",
    "register_code": "social_service_providers",
    "personal_code": "32010112345", "right": "gmi_benefit", "registration_number": "40000000001",
    "until": "2026-07-01", "number": "40000000001", "kind": "bills", "ground": "activity_ended", "page": "event",
    "programme_code": "20.01.00", "measure_code": "9221",
    "digest": "5d41402abc4b2a76b9719d911017c592" * 2,
    "dataset": "indicators", "key": "c5f41061d7", "column": "value",
    "report_code": "siva", "year": 2021,
}  # fmt: skip
"""Of codes, one that there is or could be; the end of a period."""
_BY_SESSION, _BY_TOKEN = "PortalSession", "SystemToken"
_NEXT_LINE = " \\\n     "


class Examples:
    """Examples by a description."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._schemas: Mapping[str, Any] = description["components"]["schemas"]

    def call(
        self, method: str, path: str, parameters: Sequence[Mapping[str, Any]], body: Mapping[str, Any] | None,
        callers: Sequence[str], form: Mapping[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """A call of an operation with what it must have, by curl: jar holds the session, T its token.

        Args:
            body, form: what is sent, as JSON or as a form with a file.
        """
        is_told = method == "get" or (method == "post" and (body is not None or form is not None))
        begins = ["curl"] if is_told else ["curl", "-X", method.upper()]
        parts, asked = [" ".join(begins + _session(callers)), *_headers(method, callers)], []
        for one in parameters:
            value = self.value(one["schema"], one["name"])
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", str(value))
            elif one["in"] == "header" and (one.get("required") or one["name"] == "Balsts-Reason"):
                parts.append(f'-H "{one["name"]}: {value}"')
            elif one["in"] == "query" and one.get("required"):
                asked.append(f"{one['name']}={value}")
        if body is not None:
            sent = json.dumps(self.value(body, ""), ensure_ascii=False)
            parts += ['-H "Content-Type: application/json"', f"-d '{sent}'"]
        if form is not None:
            parts += [f"-F {name}={'@file.pdf' if one.get('format') == 'binary' else self.value(one, name)}"
                      for name, one in form["properties"].items()]  # fmt: skip
        query = f"?{'&'.join(asked)}" if asked else ""
        return _NEXT_LINE.join([*parts, f'"$API{path}{query}"'])

    def value(self, schema: Mapping[str, Any], name: str) -> Any:
        """A value that a schema allows: of an object, what it must have."""
        if "$ref" in schema:
            return self.value(self._schemas[schema["$ref"].rpartition("/")[2]], name)
        if "anyOf" in schema:
            return self.value(schema["anyOf"][0], name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        if schema.get("type") == "object":
            fields = schema.get("properties", {})
            return {one: self.value(fields[one], one) for one in schema.get("required", ())}
        if schema.get("type") == "array":
            return [self.value(schema["items"], name)] if schema.get("minItems") else []
        return _simple(schema, name)


def _simple(schema: Mapping[str, Any], name: str) -> Any:
    if schema["type"] == "string" and name in _NAMED:
        return _NAMED[name]
    if "format" in schema:
        return _FORMATS[schema["format"]]
    if schema["type"] in ("integer", "number"):
        return schema.get("default", schema.get("minimum", 1))
    if schema["type"] == "boolean":
        return True
    return "Lūdzu, pārbaudiet."


def _session(callers: Sequence[str]) -> list[str]:
    return ["-b jar"] if _BY_SESSION in callers else []


def _headers(method: str, callers: Sequence[str]) -> list[str]:
    """Headers by which a caller is let in."""
    if _BY_TOKEN in callers:
        return ['-H "Authorization: Bearer $TOKEN"']
    return ['-H "X-CSRFToken: $T"'] if _BY_SESSION in callers and method != "get" else []

"""The description of the API as a page for people: operations with parameters, shapes, problems and an example each.

It is drawn from the OpenAPI description alone, so that it cannot say anything else; what that says is in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balsts.portal.api.described import description
from balsts.portal.api.examples import Examples

_PREFIX = "/api/v1"
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """A part of what a type is called; `shape` is the shape that it links to, if it is one."""

    text: str
    shape: str = ""


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    type: tuple[Piece, ...]
    is_required: bool
    says: str
    where: str = ""


@dataclass(frozen=True)
class Answer:
    """What an operation answers: the status, what it means, and the shape or kind of content."""

    status: str
    says: str
    type: tuple[Piece, ...]


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it; `callers` are ways in that it takes, none for everybody."""

    code: str
    method: str
    path: str
    title: str
    says: tuple[str, ...]
    callers: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: tuple[Piece, ...]
    answers: tuple[Answer, ...]
    problems: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class Shape:
    """A shape of what travels."""

    name: str
    says: str
    fields: tuple[Field, ...]


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The API for whoever writes a program that calls it; open to everybody, as the description is."""
    return render(request, "portal/api/docs.html", dict(_content()))


@lru_cache(maxsize=1)
def _content() -> Mapping[str, Any]:
    found = description()
    by_tag: dict[str, list[Operation]] = {}
    for path, operations in found["paths"].items():
        for method, one in operations.items():
            by_tag.setdefault(one["tags"][0], []).append(_operation(found, path, method, one))
    shapes = tuple(_shape(name, one) for name, one in sorted(found["components"]["schemas"].items()))
    problems = [(status, one["description"]) for status, one in sorted(_problems(found).items())]
    return {"about": found["info"]["description"], "tags": list(by_tag.items()), "shapes": shapes,
            "problems": problems, "ways": list(found["components"]["securitySchemes"])}  # fmt: skip


def _problems(found: Schema) -> dict[str, Schema]:
    return {name.removeprefix("Problem"): one for name, one in found["components"]["responses"].items()}


def _operation(found: Schema, path: str, method: str, one: Schema) -> Operation:
    responses = {str(status): answer for status, answer in one["responses"].items()}
    callers = tuple(name for way in one.get("security", ()) for name in way)
    parameters = [_resolved(found, each) for each in one.get("parameters", ())]
    sent = one.get("requestBody", {}).get("content", {})
    body, form = (sent.get(media, {}).get("schema") for media in ("application/json", "multipart/form-data"))
    return Operation(
        one["operationId"].removeprefix("balsts_portal_api_").replace("_", "-"), method,
        path.removeprefix(_PREFIX), one["summary"], tuple(one["description"].split("\n\n")), callers,
        tuple(_parameter(each) for each in [*parameters, *_of_form(form)]), tuple(type_of(body)) if body else (),
        tuple(_answer(status, each) for status, each in sorted(responses.items()) if "$ref" not in each),
        tuple(sorted(status for status, each in responses.items() if "$ref" in each)),
        Examples(found).call(method, path.removeprefix(_PREFIX), parameters, body, callers, form),
    )  # fmt: skip


def _of_form(form: Schema | None) -> list[Schema]:
    """The fields of a form as parameters."""
    if form is None:
        return []
    return [{"name": name, "in": "form", "schema": one, "required": name in form.get("required", ())}
            for name, one in form["properties"].items()]  # fmt: skip


def _resolved(found: Schema, one: Schema) -> Schema:
    """A parameter itself, where it is only referred to."""
    if "$ref" not in one:
        return one
    referred: Schema = found["components"]["parameters"][one["$ref"].rpartition("/")[2]]
    return referred


def _parameter(one: Schema) -> Field:
    says = one.get("description") or one["schema"].get("description", "")
    return Field(one["name"], tuple(type_of(one["schema"])), one.get("required", False), says, one["in"])


def _answer(status: str, one: Schema) -> Answer:
    found = one.get("content", {"": {}})
    schema = found.get("application/json", {}).get("schema")
    kind = tuple(type_of(schema)) if schema is not None else (Piece(", ".join(found)),)
    return Answer(status, one["description"], kind)


def _shape(name: str, one: Schema) -> Shape:
    required = one.get("required", ())
    fields = tuple(Field(key, tuple(type_of(each)), key in required, each.get("description", ""))
                   for key, each in one.get("properties", {}).items())  # fmt: skip
    return Shape(name, one.get("description", ""), fields)


def type_of(schema: Schema) -> Iterator[Piece]:
    """What a schema allows, in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield Piece(name, name)
    elif "anyOf" in schema:
        for number, each in enumerate(schema["anyOf"]):
            yield from [Piece(" or ")] if number else []
            yield from type_of(each)
    elif "enum" in schema:
        yield Piece("one of " + ", ".join(map(str, schema["enum"])))
    elif schema.get("type") == "array":
        yield Piece("a list of ")
        yield from type_of(schema.get("items", {}))
    else:
        yield Piece(_plain(schema))


def _plain(schema: Schema) -> str:
    kind = {"null": "nothing", "object": "an object"}.get(schema.get("type", ""), schema.get("type", "anything"))
    limits = [schema["format"]] if "format" in schema else []
    for name, words in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most so long:")):
        limits += [f"{words} {schema[name]}"] if name in schema else []
    return f"{kind} ({', '.join(limits)})" if limits else str(kind)

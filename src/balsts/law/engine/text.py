"""Reads YAML 1.2 or JSON as plain text with its place in the file: no value is guessed to be a number or a truth.

Tags, anchors, aliases and duplicate keys are errors, so that what is written is all there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import yaml

from balsts.law.engine.errors import DomainError, InputError

MAX_BYTES = 1 << 20
_MAX_DEPTH = 50
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Place:
    """Where in which file something stands."""

    file: str
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line is not None else ""
        inside = f", {self.path}" if self.path else ""
        return f"{self.file}{line}{inside}"

    def fail(self, message: str, error: type[DomainError] = InputError) -> NoReturn:
        """Raise an error that names this place."""
        raise error(f"{self}: {message}")


@dataclass(frozen=True)
class Node:
    """A piece of a file: text, a mapping or a list, with its place."""

    content: str | dict[str, Node] | list[Node] | None
    place: Place

    def mapping(self, expected: str, error: type[DomainError] = InputError) -> dict[str, Node]:
        """The mapping, or an error that says what was expected."""
        if not isinstance(self.content, dict):
            self.place.fail(f"expected {expected}, found {self.kind}.", error)
        return self.content

    def sequence(self, expected: str, error: type[DomainError] = InputError) -> list[Node]:
        """The list, or an error that says what was expected."""
        if not isinstance(self.content, list):
            self.place.fail(f"expected {expected}, found {self.kind}.", error)
        return self.content

    def text(self, expected: str, error: type[DomainError] = InputError) -> str:
        """The text as written, or an error that says what was expected."""
        if not isinstance(self.content, str):
            self.place.fail(f"expected {expected}, found {self.kind}.", error)
        return self.content

    @property
    def kind(self) -> str:
        """What it is, in words for an error."""
        if self.content is None:
            return "nothing"
        if isinstance(self.content, str):
            return f"«{self.content[:40]}»"
        return "a mapping" if isinstance(self.content, dict) else "a list"

    def plain(self) -> object:
        """The same without places: nested dicts, lists and text."""
        if isinstance(self.content, dict):
            return {key: value.plain() for key, value in self.content.items()}
        if isinstance(self.content, list):
            return [value.plain() for value in self.content]
        return self.content


def read_file(path: Path, *, shown: str | None = None, max_bytes: int = MAX_BYTES) -> Node:
    """Read a file as text with places.

    Raises:
        InputError: it is missing, empty, too large, not UTF-8 text, or not YAML or JSON.
    """
    name = shown or str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}.") from None
    return parse(data, name, max_bytes=max_bytes)


def parse(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Node:
    """Parse the bytes of a file called `name`; raises as `read_file`."""
    if len(data) > max_bytes:
        raise InputError(f"{name}: is larger than {max_bytes:,} bytes; expected one household or one text of law.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8 text; expected a YAML or JSON file.") from None
    if not text.strip():
        raise InputError(f"{name}: is empty; expected a YAML or JSON mapping.")
    if text.lstrip()[:1] in "{[":
        try:
            return _from_json(text, name)
        except json.JSONDecodeError:
            pass  # a YAML flow mapping may start in the same way
    return _from_yaml(text, name)


def _from_json(text: str, name: str) -> Node:
    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        seen: dict[str, object] = {}
        for key, value in items:
            if key in seen:
                raise InputError(f"{name}, {key}: is stated twice; keep one.")
            seen[key] = value
        return seen

    def build(value: object, path: str) -> Node:
        place = Place(name, None, path)
        if isinstance(value, dict):
            return Node({key: build(item, f"{path}.{key}".lstrip(".")) for key, item in value.items()}, place)
        if isinstance(value, list):
            return Node([build(item, f"{path}[{index}]") for index, item in enumerate(value)], place)
        if isinstance(value, bool):
            return Node("true" if value else "false", place)
        return Node(None if value is None else str(value), place)

    try:
        tree = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=pairs)
        return build(tree, "")
    except RecursionError:
        raise InputError(f"{name}: is nested too deeply (at most {_MAX_DEPTH} levels).") from None


def _from_yaml(text: str, name: str) -> Node:
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _Builder(name).document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1 if mark else None)
        raise InputError(f"{place}: is not readable as YAML: {error.problem or error.context}.") from None
    except yaml.YAMLError as error:
        raise InputError(f"{name}: is not readable as YAML: {str(error).splitlines()[0]}.") from None


class _Builder:
    """Builds the tree of one document from the parser's events."""

    def __init__(self, name: str) -> None:
        self.name = name

    def place(self, event: yaml.Event, path: str = "") -> Place:
        mark = event.start_mark
        assert mark is not None  # the parser knows where it is; only events made by hand have no place
        return Place(self.name, mark.line + 1, path)

    def document(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.place(event).fail("expected one document, found a second.")
                root = self.node(next(events), events, "", 0)
        if root is None:
            raise InputError(f"{self.name}: is empty; expected a YAML or JSON mapping.")
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: str, depth: int) -> Node:
        place = self.place(event, path)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            place.fail("uses an anchor or alias; write the value out.")
        if depth > _MAX_DEPTH:
            place.fail(f"is nested too deeply (at most {_MAX_DEPTH} levels).")
        tag = getattr(event, "tag", None)
        if tag is not None:
            place.fail(f"carries the tag {tag}; write plain text.")
        if isinstance(event, yaml.ScalarEvent):
            is_null = not event.style and event.value in ("", "~", "null", "Null", "NULL")
            return Node(None if is_null else event.value, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.items(events, path, depth), place)
        return Node(self.pairs(events, path, depth), place)

    def items(self, events: Iterator[yaml.Event], path: str, depth: int) -> list[Node]:
        found: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.node(event, events, f"{path}[{len(found)}]", depth + 1))
        return found

    def pairs(self, events: Iterator[yaml.Event], path: str, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            place = self.place(event, path)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
                place.fail("a name was expected here, found something else.")
            key = event.value
            if key in found:
                place.fail(f"{key} is stated twice; keep one.")
            inside = f"{path}.{key}" if path else key
            found[key] = self.node(next(events), events, inside, depth + 1)
        return found

"""Reads XML as a stream, trusting nothing: no document type, no entities, no network, no text of unbounded length.

A parser that checks a schema tells what is wrong with a file only at its end, and lxml lets a file that was cut off
pass when a schema is given (seen with 6.1.3). So a file counts as read only when its outermost element has been closed.
Messages name elements and rules and repeat no value of the file, which may be a person's name or account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from lxml import etree

from balsts.law.engine.errors import DomainError
from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.hashing import Readable

Element = Any
"""An element of lxml, which has no types of its own."""

NAMESPACES = "urn:iso:std:iso:20022:tech:xsd:"
MOST_BYTES = 8 << 30
"""A file of more bytes is refused; a million entries are about one gibibyte."""

MOST_NAMES = 5_000
"""Names of elements that are kept once met; what a hostile file makes up is not."""

MOST_DIGITS = 18
"""Of an amount, with its point: the schemas have no longer one."""

_CHUNK = 1 << 18
_CENTS = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2})0*)?")
_VERSION = re.compile(r"[a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2}")
_ELEMENT_OF_FAULT = re.compile(r"^Element '(?:\{[^}]*\})?(\w+)'(?:, attribute '(\w+)')?")
_RULES: dict[int, str] = {
    etree.ErrorTypes.SCHEMAV_CVC_PATTERN_VALID: "is not written in the form the schema asks for",
    etree.ErrorTypes.SCHEMAV_CVC_ENUMERATION_VALID: "holds a code the schema does not know",
    etree.ErrorTypes.SCHEMAV_CVC_MAXLENGTH_VALID: "is too long",
    etree.ErrorTypes.SCHEMAV_CVC_MINLENGTH_VALID: "is empty or too short",
    etree.ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1: "does not hold a value of its type",
    etree.ErrorTypes.SCHEMAV_CVC_FRACTIONDIGITS_VALID: "has too many digits after the point",
    etree.ErrorTypes.SCHEMAV_CVC_TOTALDIGITS_VALID: "has too many digits",
    etree.ErrorTypes.SCHEMAV_CVC_MININCLUSIVE_VALID: "is too small",
    etree.ErrorTypes.SCHEMAV_ELEMENT_CONTENT: "is not expected here, or lacks an element in it",
    etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_4: "lacks an attribute",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One version of one message.

    Attributes:
        version: such as camt.053.001.08.
        error: what is raised when a file is not a right one.
    """

    version: str
    error: type[DomainError] = BankFileError

    @property
    def namespace(self) -> str:
        """The namespace of its elements."""
        return NAMESPACES + self.version

    def tag(self, name: str) -> str:
        """The full name of one of its elements."""
        return f"{{{self.namespace}}}{name}"


def stream(source: Readable, message: Message, names: Mapping[str, str], *, by_schema: bool) -> Iterator[Element]:
    """The elements of some names, each when it has been read to its end.

    Args:
        source: a file at its beginning.
        message: the one version that is read; every other is refused.
        names: what is asked for, each with the name of the element it stands in; elsewhere (in what a bank adds of its
            own) it is passed over. Elements are taken out of the tree once another of their name follows.
        by_schema: whether to hold the file against the schema of the message. What is wrong by the schema is known at
            the end of the stream: believe nothing before that.

    Raises:
        DomainError: of the kind the message names: not XML, cut off, another version, not by the schema.
    """
    parser = etree.XMLPullParser(
        events=("end",), tag=["{*}Document", *(message.tag(name) for name in names)],
        schema=schema_of(message.version) if by_schema else None, resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    wanted = {message.tag(name): message.tag(within) for name, within in names.items()}
    outermost = None
    has_ended = False
    try:
        for data in _chunks(source, message):
            parser.feed(data)
            for _, element in parser.read_events():
                if outermost is None:
                    outermost = element.getroottree().getroot()
                    _begin(outermost, message)
                if element is outermost:
                    has_ended = True
                elif wanted.get(element.tag) == element.getparent().tag:
                    yield element
                    _forget(element)
        _begin(parser.close(), message)
    except etree.XMLSyntaxError as error:
        raise message.error(_told(error, message)) from None
    if not has_ended:
        raise message.error("The file was cut off before its end. Fetch it again.")


def _begin(outermost: Element | None, message: Message) -> None:
    """See by its outermost element whether this is the message that is read."""
    if outermost is None:
        raise message.error(f"The file is not XML; expected {message.version}. Fetch it again, or ask what was sent.")
    if outermost.getroottree().docinfo.internalDTD is not None:
        raise message.error("The file declares a document type, which no message has. Set it aside.")
    if outermost.tag != message.tag("Document"):
        found = _VERSION.search(outermost.tag)
        raise message.error(
            f"The file is {found[0] if found else 'of an unknown kind'}; expected {message.version}. Ask the "
            "bank for that version."
        )


def _forget(element: Element) -> None:
    """Drop those of its name before an element that has been used; it goes itself once another one follows."""
    before = element.getprevious()
    while before is not None and before.tag == element.tag:
        before.getparent().remove(before)
        before = element.getprevious()


def _chunks(source: Readable, message: Message) -> Iterator[bytes]:
    left = MOST_BYTES
    while data := source.read(_CHUNK):
        left -= len(data)
        if left < 0:
            raise message.error(f"The file has more than {MOST_BYTES} bytes. Ask the bank for several smaller ones.")
        yield data


@cache
def schema_of(version: str) -> Element:
    """The official schema of a message, ready to check by; see `schemas/README.md`."""
    text = files("balsts.payments.iso20022").joinpath("schemas", f"{version}.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text))


def _told(error: Element, message: Message) -> str:
    """What a parser found, without the values it found it in."""
    named = _ELEMENT_OF_FAULT.match(error.msg or "")
    if named is None:
        where = f" in line {error.lineno}" if error.lineno else ""
        return f"The file is not well-formed XML{where}; it may have been cut off or changed. Fetch it again."
    attribute = f", attribute {named[2]}," if named[2] else ""
    rule = _RULES.get(error.code, "does not follow the schema")
    return f"Element {named[1]}{attribute} {rule} ({message.version}). Nothing of the file may be used."


def text_at(element: Element, path: str, namespaces: dict[str, str]) -> str:
    """The text of the first element at a path, without blanks around it; blank where there is none."""
    found = element.find(path, namespaces)
    return "" if found is None else (found.text or "").strip()


class _Names(dict[str, str]):
    """Names of elements without their namespaces, as they are met; a schema has some hundreds."""

    def __missing__(self, tag: str) -> str:
        name = tag.rpartition("}")[2]
        if len(self) < MOST_NAMES:
            self[tag] = name
        return name


_NAMES = _Names()


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return _NAMES[element.tag]


def children(element: Element | None) -> dict[str, Element]:
    """The elements in an element by name, without their namespace; of several of one name the last."""
    return {} if element is None else {_NAMES[one.tag]: one for one in element}


def text_of(element: Element | None) -> str:
    """The text of an element, without blanks around it; blank where there is no element."""
    return "" if element is None else (element.text or "").strip()


def number_from(text: str) -> int | None:
    """A count written in digits; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() else None


def cents_from(text: str) -> int | None:
    """A sum in euros as whole cents, exactly; None for a text that is no such sum, or holds parts of a cent."""
    if text[-3:-2] == "." and len(text) <= MOST_DIGITS and text.isascii() and (text[:-3] + text[-2:]).isdigit():
        return int(text[:-3] + text[-2:])
    found = _CENTS.fullmatch(text)
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


@lru_cache(maxsize=1_000)  # a file has entries of few days
def day_from(text: str) -> date | None:
    """The day of an ISO date or moment; None for a text that is neither."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def moment_from(text: str) -> datetime | None:
    """An ISO moment, with the zone it was given in, if any; None for a text that is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None

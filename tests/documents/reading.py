"""A PDF read back: its tags in the order of reading, its words, and what it claims to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its kind, how deep it stands, its attributes, its parents' kinds."""

    kind: str
    parents: tuple[str, ...]
    element: DictionaryObject

    def attribute(self, name: str) -> Any:
        """An attribute such as `/Scope`, wherever among its owners it stands."""
        owners = self.element.get("/A", ArrayObject())
        for owner in owners if isinstance(owners, ArrayObject) else [owners]:
            if name in owner.get_object():
                return owner.get_object()[name]
        return None


def read(pdf: bytes) -> PdfReader:
    """The document, read strictly."""
    return PdfReader(BytesIO(pdf), strict=True)


def tags(pdf: bytes) -> list[Tag]:
    """All elements of the structure, as they are read aloud."""
    return list(_below(read(pdf).root_object["/StructTreeRoot"].get("/K"), ()))


def kinds(pdf: bytes) -> list[str]:
    """Kinds of all elements, as they are read aloud."""
    return [tag.kind for tag in tags(pdf)]


def words(pdf: bytes) -> str:
    """All words of all pages; a soft break is a space."""
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def claims(pdf: bytes) -> dict[str, str]:
    """What the metadata say of the standards kept: `pdfaid:part` and so on."""
    text = read(pdf).root_object["/Metadata"].get_data().decode()
    found = re.findall(r"(pdfu?aid:(?:part|conformance))(?:=\"|>)(\w+)", text)
    return dict(found)


def _below(node: Any, parents: tuple[str, ...]) -> Iterator[Tag]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _below(one, parents)
    elif isinstance(node, DictionaryObject):
        kind = str(node.get("/S", "")).removeprefix("/")
        if kind:
            yield Tag(kind, parents, node)
        yield from _below(node.get("/K"), (*parents, kind) if kind else parents)

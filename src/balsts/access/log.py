"""The record of who looked: written before data are handed over, chained by hashes, checked from outside.

A record is written on a connection of its own and stays even when the work that looked is rolled back. The chain shows
any record that was changed, removed or put in between; an anchor, kept elsewhere, shows a chain that was cut off or
written anew.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Literal

from django.db import connections

from balsts.access.acting import Acting
from balsts.access.models import AccessRecord

Action = Literal["read", "search_hit", "record", "export", "merge", "break_glass"]
_FIRST = bytes(32)
_MOST_DETAIL = 200


@dataclass(frozen=True)
class Anchor:
    """The end of the chain at one moment, to be kept where those who keep the database cannot change it."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"


@dataclass(frozen=True)
class Finding:
    """Something wrong with the chain: at which record, and what."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"record {self.number}: {self.what}"


def log_access(who: Acting, action: Action, subjects: Iterable[uuid.UUID], detail: str) -> None:
    """Record that somebody looks at persons' data, before they see it.

    Args:
        subjects: the persons; one record each.
        detail: which data, by name, at most 200 characters; never the data themselves.
    """
    log_accesses(who, action, ((subject, detail) for subject in subjects))


def log_accesses(who: Acting, action: Action, found: Iterable[tuple[uuid.UUID, str]]) -> None:
    """The same for many at once, each with which data of that person; one statement."""
    rows = [(subject, detail[:_MOST_DETAIL]) for subject, detail in found]
    if not rows:
        return
    with connections["log"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_accessrecord (staff, institution, role, purpose, subject, action, detail) "
            "SELECT %s::uuid, %s::uuid, %s, %s, subject, %s, detail "
            "FROM unnest(%s::uuid[], %s::text[]) AS a (subject, detail)",
            [who.staff, who.institution, who.role, who.purpose, action, *map(list, zip(*rows, strict=True))],
        )


def verify_log(anchors: Iterable[Anchor] = (), using: str = "default") -> tuple[int, list[Finding]]:
    """Work the chain out anew and compare.

    Args:
        anchors: ends of the chain noted earlier.
        using: the connection; it must be in the scope of an audit.

    Returns:
        How many records there are, and what is wrong with them, first first; a chain is followed no further than the
        first record that does not fit, since every later one then differs too.
    """
    expected = {anchor.number: anchor for anchor in anchors}
    number, previous = 0, _FIRST
    for record in AccessRecord.objects.using(using).order_by("number").iterator(chunk_size=10_000):
        found = _wrong_with(record, number, previous)
        anchor = expected.pop(record.number, None)
        if found is None and anchor and anchor.hash != bytes(record.hash).hex():
            found = "differs from what was noted in an anchor: the chain was written anew"
        if found is not None:
            return number, [Finding(number + 1, found)]
        number, previous = record.number, bytes(record.hash)
    missing = [Finding(one, "is noted in an anchor and is gone: the chain was cut off") for one in sorted(expected)]
    return number, missing


def anchor(using: str = "default") -> Anchor | None:
    """The present end of the chain; None while it is empty."""
    last = AccessRecord.objects.using(using).order_by("-number").first()
    return Anchor(last.number, bytes(last.hash).hex()) if last else None


def anchors_in(lines: Iterable[str]) -> Iterator[Anchor]:
    """The anchors of a file: a number and a hash on each line.

    Raises:
        ValueError: a line that is none.
    """
    for line in lines:
        if line.strip():
            number, digest = line.split()[:2]
            if len(bytes.fromhex(digest)) != len(_FIRST):
                raise ValueError(line)
            yield Anchor(int(number), digest)


def _wrong_with(record: AccessRecord, number: int, previous: bytes) -> str | None:
    if record.number != number + 1:
        return f"is missing; the next one is {record.number}"
    if bytes(record.previous_hash) != previous:
        return "does not follow the record before it: something was removed or put in between"
    if bytes(record.hash) != _hash(record, previous):
        return "was changed"
    return None


def _hash(record: AccessRecord, previous: bytes) -> bytes:
    """As the database works it out (access_record_hash): a JSON list of texts, so that no two records read alike."""
    at = record.at.astimezone(UTC)
    fields = [
        str(record.number), f"{at:%Y-%m-%dT%H:%M:%S.%f}", str(record.staff or ""), str(record.institution or ""),
        record.role, record.purpose, str(record.subject), record.action, record.detail, previous.hex(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).digest()

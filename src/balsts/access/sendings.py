"""Requests that are done once, however often they are sent: by a key of the sender's, with the work itself."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

from django.db import connection

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Sending
from balsts.law.engine.errors import DomainError


class KeyUsed(DomainError):
    """A key under which something else was sent, or by somebody else."""


def done_once(who: Acting, key: uuid.UUID, said: bytes, does: Callable[[], uuid.UUID | None]) -> uuid.UUID | None:
    """Do what was sent, unless it was done under its key already. Sent at the same time, the second one waits.

    Args:
        said: the operation with all that was sent; sent again, it must be the same.
        does: the work; it returns the identifier of what it made. Where it fails, the key is as if never used.

    Returns:
        The identifier of what was made, now or then.

    Raises:
        KeyUsed: something else was sent under the key, or by somebody else; nothing is done.
    """
    sender, digest = who.staff or who.person, hashlib.sha256(said).hexdigest()
    with in_scope(who):
        if _is_new(key, sender, digest):
            made = does()
            if made is not None:
                Sending.objects.filter(pk=key).update(made=made)
            return made
        found = Sending.objects.filter(pk=key, sha256=digest).first()
        if found is None:
            raise KeyUsed("This Idempotency-Key was used before; use a new one. Nothing was changed.")
        return found.made


def _is_new(key: uuid.UUID, sender: uuid.UUID | None, digest: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_sending (key, sender, sha256, at) VALUES (%s, %s, %s, now()) ON CONFLICT DO NOTHING",
            [key, sender, digest],
        )
        return bool(cursor.rowcount)

"""A resident's way in for the demonstration: a signed link, made by command, that works on this machine alone.

Residents sign in by OpenID Connect where others are served; there this door is shut.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing

_SALT = "balsts.portal.resident"
_LASTS_SECONDS = 24 * 3600


class IsShut(Exception):
    """Others than this machine are served, so there is no such way in."""


def token_for(person: uuid.UUID) -> str:
    """What opens a session of a person for a day."""
    return signing.dumps(str(person), salt=_SALT)


def person_of(token: str) -> str:
    """Whom a token is of.

    Raises:
        IsShut: others than this machine are served.
        BadSignature: it is none of ours, or too old.
    """
    if settings.SERVES_OTHERS:
        raise IsShut
    found: str = signing.loads(token, salt=_SALT, max_age=_LASTS_SECONDS)
    return found

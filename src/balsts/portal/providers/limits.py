"""How often something may be sent by somebody nobody knows; counted for all processes of the server."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

FROM_ONE_PLACE, FROM_EVERYWHERE = 5, 200
"""At most so many an hour."""
MOST_BYTES = 64 * 1024
_HOUR_SECONDS = 3600


def is_too_much(request: HttpRequest, what: str) -> bool:
    """Count a sending; whether there were too many in this hour. The address itself is kept nowhere."""
    hour = timezone.now().strftime("%Y%m%d%H")
    place = salted_hmac(f"{what} {hour}", request.META.get("REMOTE_ADDR", ""), secret=settings.SECRET_KEY).hexdigest()
    return _count(f"{what}:{hour}:{place}") > FROM_ONE_PLACE or _count(f"{what}:{hour}") > FROM_EVERYWHERE


def is_too_large(request: HttpRequest) -> bool:
    """Whether more is sent than any honest form holds."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES


def _count(key: str) -> int:
    cache.add(key, 0, _HOUR_SECONDS)
    return cache.incr(key)

"""The law in force as pages put it into words: asked of the database once for each request, not for each word.

Nothing is decided by it: what decides asks `law_in_force` anew.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.core.signals import request_started

from balsts.cases.law_in_force import LawInForce, law_in_force

_asked: ContextVar[LawInForce | None] = ContextVar("law_of_request", default=None)


def law_of_request() -> LawInForce:
    """The law in force when this request first needed it."""
    found = _asked.get()
    if found is None:
        found = law_in_force()
        _asked.set(found)
    return found


def _forget(**_named: Any) -> None:
    _asked.set(None)


request_started.connect(_forget, dispatch_uid="law_of_request")

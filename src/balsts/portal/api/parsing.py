"""Bodies as JSON that PostgreSQL can keep: numbers that are numbers, texts without NUL, and not endlessly many."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from balsts.portal.api.problems import Refused

MOST_BYTES = 256 * 1024


class StrictParser(Parser):
    """Reads JSON; refuses what is no JSON by RFC 8259, or too large."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body of a request.

        Raises:
            Refused: it is too large, says it is no JSON, or cannot be read as JSON.
        """
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Refused(413, f"A body has at most {MOST_BYTES} bytes.")
        if request.content_type != "application/json":
            raise Refused(415, "Send the body as application/json.")
        try:
            found: Any = json.loads(request.body.decode(), parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise Refused(400, "The body is no JSON in UTF-8.") from None
        content: DictStrAny = found
        return content


def _no_number(text: str) -> Any:
    raise ValueError(text)

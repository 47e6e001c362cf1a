"""Who calls (a session of the portal, or another system's token), and what is opened: the rules, then the record.

What is not in the scope of who calls is answered as what does not exist.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Header
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from balsts.access.acting import Acting, in_scope
from balsts.access.clients import Calling, calling_by, calls_this_minute
from balsts.access.errors import AccessDenied
from balsts.access.log import log_access
from balsts.access.roles import Ability
from balsts.access.sendings import done_once
from balsts.cases.models import Case, Decision, Determination
from balsts.cases.selectors import case_seen, persons_in
from balsts.portal.api.problems import Refused
from balsts.portal.session.state import REASONS

Key = Annotated[uuid.UUID, Header(alias="Idempotency-Key", description="a UUID of the sender's; sent twice is one")]
REASON, REFERENCE = "Balsts-Reason", "Balsts-Reference"
CALLS_A_MINUTE: dict[Ability, int] = {"status_feed": 120, "status_verify": 120}
_REFERENCE = re.compile(r"[A-Za-z0-9./ -]{0,40}")
_SAFE = ("GET", "HEAD", "OPTIONS")


class PortalSession(APIKeyCookie):
    """A session of the portal: staff at work with a second factor, or a resident. What changes something needs CSRF."""

    openapi_description = (
        "The session of the portal. Unsafe methods need the header X-CSRFToken with the token that GET /session tells."
    )
    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)  # asked below, once somebody is known to be signed in

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting | None:
        """Who acts by the session; None while nobody does."""
        who: Acting | None = request.acting  # type: ignore[attr-defined]
        if who is None:
            return None
        if who.terms is not None and not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None
        if request.method not in _SAFE and check_csrf(request) is not None:
            raise Refused(403, "The CSRF token is missing or wrong: send X-CSRFToken as GET /session tells it.")
        return who


class SystemToken(HttpBearer):
    """Another system's token, of the OAuth 2.0 grant "client credentials"."""

    openapi_type = "oauth2"
    openapi_flows = {  # noqa: RUF012 - the library reads it from the class
        "clientCredentials": {
            "tokenUrl": "/api/oauth2/token",
            "scopes": {"status_feed": "be told of statuses", "status_verify": "ask whether somebody has a status"},
        }
    }

    def authenticate(self, request: HttpRequest, token: str) -> Calling | None:
        """Which system calls; None where the token does not hold."""
        return calling_by(token)


def who_of(request: HttpRequest) -> Acting:
    """Who acts in a call by a session."""
    who: Acting = request.auth  # type: ignore[attr-defined]
    return who


def system_of(request: HttpRequest, ability: Ability) -> tuple[Acting, str]:
    """Who acts in a call by a token, and the system's name; the call is counted.

    Raises:
        AccessDenied: the token is not good for it.
        Refused: the system called too often in this minute.
    """
    calling: Calling = request.auth  # type: ignore[attr-defined]
    who = calling.acting(ability)
    if calls_this_minute(calling.client) > CALLS_A_MINUTE[ability]:
        wait = {"Retry-After": "60"}
        raise Refused(429, f"At most {CALLS_A_MINUTE[ability]} calls a minute; wait a minute.", (), **wait)
    return who, calling.client.name


def why_of(request: HttpRequest) -> str:
    """Why who calls looks, as the record of who looked holds it.

    Raises:
        Refused: staff have not said why, or not in words that the record may hold.
    """
    if who_of(request).terms is None:
        return "reason: own data"
    reason, reference = request.headers.get(REASON, ""), request.headers.get(REFERENCE, "")
    if reason not in REASONS:
        raise Refused(422, f"Say why you look: the header {REASON} is one of {', '.join(REASONS)}.",
                      [{"place": f"header.{REASON}", "problem": "enum"}])  # fmt: skip
    if not _REFERENCE.fullmatch(reference):
        raise Refused(422, f"The header {REFERENCE} is a case or letter number, at most 40 letters, digits and ./-.",
                      [{"place": f"header.{REFERENCE}", "problem": "pattern"}])  # fmt: skip
    return f"reason: {reason} {reference}".strip()


@contextmanager
def opened_case(request: HttpRequest, case: uuid.UUID, what: str) -> Iterator[Case]:
    """Open a case for a block, in the scope of who calls; everybody whose data it holds is recorded as looked at.

    Args:
        what: which data, by name, for the record.

    Raises:
        Http404: there is no such case, or none that who calls may see.
        Refused: staff have not said why they look.
    """
    who, why = who_of(request), why_of(request)
    with in_scope(who):
        found = case_seen(who, case)
        if found is None:
            raise Http404
        log_access(who, "read", persons_in(found), f"{what}; {why}")
        yield found


@contextmanager
def opened_decision(request: HttpRequest, decision: uuid.UUID, what: str) -> Iterator[Decision]:
    """Open a decision and its case, as `opened_case`."""
    with opened_case(request, _case_of(request, Decision, decision), what) as case:
        found = Decision.objects.select_related("determination", "replaces").filter(pk=decision, case=case).first()
        if found is None:
            raise Http404
        found.case = case
        yield found


@contextmanager
def opened_determination(request: HttpRequest, determination: uuid.UUID, what: str) -> Iterator[Determination]:
    """Open a determination and its case, as `opened_case`."""
    with opened_case(request, _case_of(request, Determination, determination), what) as case:
        found = Determination.objects.filter(pk=determination, case=case).first()
        if found is None:
            raise Http404
        found.case = case
        yield found


def _case_of(request: HttpRequest, kind: Any, number: uuid.UUID) -> uuid.UUID:
    with in_scope(who_of(request)):
        case: uuid.UUID | None = kind.objects.filter(pk=number).values_list("case", flat=True).first()
    if case is None:
        raise Http404
    return case


def for_staff(request: HttpRequest) -> Acting:
    """Who acts, of an operation for staff alone.

    Raises:
        AccessDenied: a resident calls.
    """
    who = who_of(request)
    if who.terms is None:
        raise AccessDenied("Šī darbība ir darbiniekiem.", "This is for staff.")
    return who


def once(request: HttpRequest, key: uuid.UUID, does: Callable[[], object], sent: bytes = b"") -> uuid.UUID:
    """Do what a call asks, once for its key; the identifier of what it made, or nil where it makes nothing.

    Args:
        sent: what was sent, where it is not the body as JSON.

    Raises:
        KeyUsed: something else was sent under the key.
    """
    said = f"{request.method} {request.path}\n".encode() + (sent or request.body)

    def made() -> uuid.UUID | None:
        found = does()
        return found.pk if isinstance(found, Model) else None

    return done_once(who_of(request), key, said, made) or uuid.UUID(int=0)


def for_residents(request: HttpRequest) -> Acting:
    """Who acts, of an operation for residents alone.

    Raises:
        AccessDenied: staff call.
    """
    who = who_of(request)
    if who.terms is not None:
        raise AccessDenied("Šī darbība ir iedzīvotājiem.", "This is for residents.")
    return who


def to_be_saved(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file as an answer that nothing opens by itself."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer

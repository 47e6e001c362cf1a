"""What goes wrong, as `application/problem+json` (RFC 9457): which kind, what to do, never a person's data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from balsts.access.errors import AccessDenied
from balsts.access.sendings import KeyUsed
from balsts.cases.drafts import ChangedElsewhere
from balsts.cases.errors import CaseNotReady, NotReplayable, OverlappingAward
from balsts.law.engine.errors import DomainError
from balsts.payments.errors import MatterSettled, NotAcknowledged, RunExists, RunNotReady
from balsts.services.drafts import DraftChanged

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
_SAYS = {
    400: "The request cannot be read as what the description of the API says.",
    401: "Sign in, or send a token: see the description of the API.",
    403: "Who asks may not do this.",
    404: "There is nothing here, or nothing that who asks may see.",
    405: "This address does not answer that method.",
    500: "Something went wrong with us. Nothing was changed; try again later.",
}
_FROM = 400


class Refused(Exception):
    """A request that the API itself refuses: a status, and what to do."""

    def __init__(self, status: int, detail: str, places: Iterable[Mapping[str, str]] = (), **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail, self.places, self.headers = status, detail, tuple(places), headers


def problem(
    request: HttpRequest, status: int, detail: str = "", *, kind: str = "about:blank",
    places: Iterable[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """A problem as an answer.

    Args:
        kind: its type; `about:blank` says no more than the status does.
        places: of a request that does not fit, the fields: `place` and `problem`.
    """
    content: dict[str, Any] = {
        "type": kind, "title": HTTPStatus(status).phrase, "status": status,
        "detail": detail or _SAYS.get(status, HTTPStatus(status).description), "instance": request.path,
    }  # fmt: skip
    if found := list(places):
        content["places"] = found
    answer = HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers.setdefault("WWW-Authenticate", "Bearer")
    return answer


class ProblemMiddleware:
    """Under the API's addresses whatever fails is a problem, also where no operation was reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if not request.path.startswith(PREFIX):
            return self._get_response(request)
        answer = self._get_response(request)
        is_ours = answer.headers.get("Content-Type", "").split(";")[0] in (MEDIA_TYPE, "application/json")
        if answer.status_code < _FROM or is_ours:
            return answer
        kept = {name: answer.headers[name] for name in ("Allow", "Retry-After") if name in answer.headers}
        return problem(request, answer.status_code, headers=kept)


def add_handlers(api: NinjaAPI) -> None:
    """Make an API answer what goes wrong as problems. What nobody foresaw goes on to Django, which writes it down."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _unforeseen(request: HttpRequest, error: Any) -> HttpResponse:
    raise error


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, error.status, error.detail, places=error.places, headers=error.headers)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, Refused):  # the library wraps what the parser of bodies says
        return _refused(request, error.__cause__)
    return problem(request, error.status_code)


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, 404)


def _does_not_fit(request: HttpRequest, error: Any) -> HttpResponse:
    """Where a request does not fit and how, without what was sent: it may be personal data."""
    places = [{"place": _place(one["loc"]), "problem": str(one["type"])} for one in error.errors[:20]]
    return problem(request, 422, "Some fields do not fit; `places` names them.", places=places)


def _place(found: Iterable[object]) -> str:
    """Where in a request: `body.since`; the library names the parameter that holds the body too."""
    source, *rest = map(str, found)
    return ".".join([source, *(rest[1:] if source == "body" else rest)])[:200]


def _denied(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, 403, str(error))


def _not_now(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, 409, str(error), kind=f"urn:balsts:{type(error).__name__}")


def _not_so(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, 422, str(error), kind="urn:balsts:DomainError")


_HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Exception: _unforeseen,
    Refused: _refused,
    HttpError: _http_error,
    Http404: _not_found,
    ValidationError: _does_not_fit,
    AccessDenied: _denied,
    CaseNotReady: _not_now,
    ChangedElsewhere: _not_now,
    DraftChanged: _not_now,
    KeyUsed: _not_now,
    MatterSettled: _not_now,
    NotAcknowledged: _not_now,
    RunExists: _not_now,
    RunNotReady: _not_now,
    OverlappingAward: _not_now,
    NotReplayable: _not_now,
    DomainError: _not_so,
}

"""The token endpoint of OAuth 2.0 for other systems: the grant "client credentials" (RFC 6749, 4.4 and 5)."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from balsts.access.clients import TOKEN_SECONDS, token_for
from balsts.law.engine.errors import InputError


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A token for id and secret, by HTTP Basic or in the form; errors are those of the standard."""
    if request.POST.get("grant_type") != "client_credentials":
        return _error("unsupported_grant_type")
    client_id, secret = _credentials(request)
    try:
        found = token_for(client_id, secret, request.POST.get("scope", "").split())
    except InputError:
        return _error("invalid_scope")
    if found is None:
        answer = _error("invalid_client", 401)
        answer.headers["WWW-Authenticate"] = 'Basic realm="balsts"'
        return answer
    return JsonResponse({"access_token": found.text, "token_type": "Bearer", "expires_in": TOKEN_SECONDS,
                         "scope": " ".join(found.abilities)})  # fmt: skip


def _credentials(request: HttpRequest) -> tuple[str, str]:
    kind, _space, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        client_id, _colon, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)


def _error(code: str, status: int = 400) -> HttpResponse:
    return JsonResponse({"error": code}, status=status)

"""Our registry's address for searches of the SPDCI standard. It is there when the environment names partners.

A partner shows its system's token, as the standard asks, and signs what it sends.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from joserfc.jwk import KeySet

from balsts.access.clients import Calling, calling_by
from balsts.exchange.spdci.description import description
from balsts.exchange.spdci.envelope import ErrorCode
from balsts.exchange.spdci.partners import SearchAddress, search_address, sender_of
from balsts.exchange.spdci.server import answer, http_error
from balsts.exchange.spdci.social_registry import social_registry

_ABILITY = "registry_search"


@csrf_exempt  # no cookie counts here: the token and the signature prove who asks
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """The answer to a search, within what the partner may see; whoever is shown is recorded as looked at."""
    address = _address()
    calling = _calling(request)
    if calling is None:
        refused = _refused(401, "err.request.unauthorized", "a token is missing, or does not hold")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    if _ABILITY not in calling.abilities:
        return _refused(403, "err.request.forbidden", f"the token does not cover {_ABILITY}")
    if request.content_type != "application/json":
        return _refused(415, "err.request.bad", "a search is sent as application/json")
    partner = address.partner(sender_of(request.body))
    if partner is None or partner.client != calling.client.pk:
        return _refused(401, "err.sender_id.invalid", "no partner of this sender_id may ask here with this token")
    registry = social_registry(partner.acting(calling.client), address.sender_id)
    status, body = answer(registry, request.body, address.signing_key(), partner.keys())
    return HttpResponse(body, status=status, content_type="application/json")


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The public key that answers are signed with."""
    return JsonResponse(KeySet([_address().signing_key()]).as_dict(private=False))


@require_GET
def described(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document of this address."""
    _address()
    here = request.build_absolute_uri()
    return JsonResponse(description(here.removesuffix("/openapi.json")))


def _calling(request: HttpRequest) -> Calling | None:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return calling_by(token) if kind.lower() == "bearer" else None


def _refused(status: int, code: ErrorCode, message: str) -> HttpResponse:
    return HttpResponse(http_error(code, message), status=status, content_type="application/json")


def _address() -> SearchAddress:
    found = search_address()
    if found is None:
        raise Http404
    return found

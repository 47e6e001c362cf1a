"""Our registry's address for searches of the SPDCI standard. It is there when the environment names partners."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from joserfc.jwk import KeySet

from balsts.exchange.spdci.description import description
from balsts.exchange.spdci.partners import SearchAddress, search_address, sender_of
from balsts.exchange.spdci.server import answer, http_error
from balsts.exchange.spdci.social_registry import social_registry


@csrf_exempt  # no cookie counts here: the signature alone proves who asks
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """The answer to a search, within what the partner may see; whoever is shown is recorded as looked at."""
    address = _address()
    partner = address.partner(sender_of(request.body))
    who = partner.acting() if partner is not None else None
    if partner is None or who is None:
        error = http_error("err.sender_id.unknown", "no partner of this sender_id may ask here")
        return HttpResponse(error, status=401, content_type="application/json")
    registry = social_registry(who, address.sender_id)
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


def _address() -> SearchAddress:
    found = search_address()
    if found is None:
        raise Http404
    return found

"""Residents sign in with their electronic identity (OpenID Connect); their session is of one person, never of staff."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from requests import RequestException

from balsts.portal.session.identity import NAME, IdentityProvider
from balsts.portal.session.state import begin_as_resident
from balsts.registry.personal_codes import NotAPersonalCode
from balsts.registry.selectors import person_signing_in

_FAILURES = (RequestException, OAuth2Error, LookupError, ValueError)
"""What a provider that is away, or says what the standard does not allow, ends in."""
_BEFORE_THE_CODE = "PNOLV-"
"""How certificates write whose number a Latvian personal code is (ETSI EN 319 412-1)."""
_log = logging.getLogger(__name__)


# Asked by GET, unlike other forms: the policy of what a page may load forbids a form to lead elsewhere, and until the
# provider has asked the person nothing changes but the state kept in the session.
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """Send a resident to the provider."""
    _the_provider()
    nonce = secrets.token_urlsafe(32)
    # Asked who they are each time: on a computer that people share, the last one's identity must not serve the next.
    asked = {"nonce": nonce, "prompt": "login"}
    try:
        provider = get_adapter(request).get_provider(request, provider=NAME)
        response: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, auth_params=asked, nonce=nonce)
    except _FAILURES as error:
        return _failed(request, error)
    return response


@require_GET
def signed_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends a resident back to; the library compares the state and fetches what it says of them."""
    _the_provider()
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(_Provider(request, provider_id))(request)
    except _FAILURES as error:
        return _failed(request, error)
    return response


class ResidentAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Puts our session of a person in the place of the account that the library would open."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody gets an account by it."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Open a session of the person whom the provider named; the library goes no further."""
        raise ImmediateHttpResponse(_enter(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: str | None = None, exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:  # fmt: skip
        """Say on a page of ours that nobody signed in."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(_refused(request, "cancelled", 403))
        raise ImmediateHttpResponse(_failed(request, exception))


class _Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself, if it describes the one that we were told to trust."""
        found: dict[str, Any] = super().openid_config
        if found["issuer"] != _the_provider().issuer:
            raise OAuth2Error("the provider describes another issuer")
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **said: Any) -> SocialLogin:
        """Read what the provider says, its signature checked also where the connection alone would do."""
        self.did_fetch_access_token = False
        return super().complete_login(request, app, token, **said)


def _the_provider() -> IdentityProvider:
    """The provider that the settings name; where they name none, there are no such pages."""
    found = settings.RESIDENTS_PROVIDER
    if found is None:
        raise Http404
    return found


def _enter(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    said = login.account.extra_data
    token, more = said.get("id_token") or {}, said.get("userinfo") or {}
    if token.get("nonce") != login.state["nonce"] or token["sub"] != more.get("sub"):
        return _failed(request, OAuth2Error("what the provider says is not of this sign-in"))
    claim = _the_provider().code_claim
    code = str(token.get(claim) or more.get(claim) or "")
    try:
        person = person_signing_in(code.removeprefix(_BEFORE_THE_CODE))
    except NotAPersonalCode:
        _log.warning("Sign-in of a resident: the claim %s holds no personal code.", claim)
        person = None
    if person is None:
        return _refused(request, "unknown", 403)
    return redirect(begin_as_resident(request, person) or "my_support")


def _failed(request: HttpRequest, error: Exception | None) -> HttpResponse:
    """Nobody signed in: the provider's fault when there is an error, else a state that is not of this session."""
    if error is not None:
        _log.warning("Sign-in of a resident failed: %s", type(error).__name__)  # its text may hold tokens
    return _refused(request, "failed", 400 if error is None else 502)


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "portal/session/resident_refused.html", {"why": why}, status=status)

"""Who confirms the identity of residents: an OpenID provider that the environment names.

BALSTS_RESIDENTS_ISSUER      its address, as its own description states it
BALSTS_RESIDENTS_CLIENT      our name with it
BALSTS_RESIDENTS_SECRET      our secret with it
BALSTS_RESIDENTS_CODE_CLAIM  the claim that holds the personal code
BALSTS_RESIDENTS_SCOPES      what is asked for, with spaces; left out, "openid"

With none of them residents cannot sign in.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from balsts.law.engine.errors import InputError

NAME = "residents"
"""Our name for the provider, where the library asks for one."""
_PREFIX = "BALSTS_RESIDENTS_"
_NEEDED = ("ISSUER", "CLIENT", "SECRET", "CODE_CLAIM")
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class IdentityProvider:
    """An OpenID provider, and the claim by which it names a person."""

    issuer: str
    client: str
    secret: str
    code_claim: str
    scopes: tuple[str, ...] = ("openid",)

    def as_settings(self) -> dict[str, Any]:
        """As django-allauth reads it."""
        terms = {"server_url": self.issuer.rstrip("/"), "oauth_pkce_enabled": True, "scope": list(self.scopes)}
        app = {"provider_id": NAME, "name": NAME, "client_id": self.client, "secret": self.secret, "settings": terms}
        return {"openid_connect": {"APPS": [app]}}


def provider_from_environment(environment: Mapping[str, str] = os.environ) -> IdentityProvider | None:
    """The provider that the environment names; None when it names none.

    Raises:
        InputError: only a part of it is named, or the address cannot be used.
    """
    found = {name: environment.get(_PREFIX + name, "") for name in _NEEDED}
    missing = [_PREFIX + name for name, value in found.items() if not value]
    if len(missing) == len(_NEEDED):
        return None
    if missing:
        raise InputError(f"{', '.join(missing)}: not set, so residents could not sign in. Set all of "
                         f"{', '.join(_PREFIX + name for name in _NEEDED)}, or none.")  # fmt: skip
    address = urlsplit(found["ISSUER"])
    if not address.hostname or (address.scheme != "https" and address.hostname not in _THIS_MACHINE):
        raise InputError(f"{_PREFIX}ISSUER must be an address that begins with https://, unless it is on this machine.")
    scopes = tuple(environment.get(f"{_PREFIX}SCOPES", "openid").split())
    if "openid" not in scopes:
        raise InputError(f"{_PREFIX}SCOPES must hold openid, as in: openid profile.")
    return IdentityProvider(found["ISSUER"], found["CLIENT"], found["SECRET"], found["CODE_CLAIM"], scopes)

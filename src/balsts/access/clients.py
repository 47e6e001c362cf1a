"""Other institutions' systems: opened, revoked, given a short-lived token for their secret, counted.

A token is a JWT (RFC 7519, HS256) of the OAuth 2.0 grant "client credentials" (RFC 6749, 4.4). The system is looked up
at every call, so that revoking it ends its tokens at once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from psycopg.types.range import DateRange

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.access.models import Institution, SystemClient
from balsts.access.roles import CLIENT_ABILITIES, CLIENT_ROLES, Ability
from balsts.law.engine.errors import InputError

TOKEN_SECONDS = 600
_ALGORITHM = "HS256"
_ISSUER = "balsts"
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Token:
    """A token as it is handed out, and what it is good for."""

    text: str
    abilities: tuple[str, ...]


@dataclass(frozen=True)
class Calling:
    """A system that calls, with what its token is good for."""

    client: SystemClient
    abilities: frozenset[str]

    def acting(self, ability: Ability) -> Acting:
        """Who acts, when the system uses an ability.

        Raises:
            AccessDenied: its token is not good for that.
        """
        if ability not in self.abilities:
            raise AccessDenied(
                "Sistēmas pilnvara šo darbību neietver.", f"The token does not cover {ability}; ask for one that does."
            )
        return Acting(None, self.client.institution_id, "", CLIENT_ROLES[ability], "status_exchange")


def open_client(
    *, name: str, institution: Institution, abilities: Iterable[str], since: date, until: date | None = None
) -> tuple[SystemClient, str]:
    """Open a system's way in.

    Returns:
        The system, and its secret: it is told this once and kept nowhere.

    Raises:
        InputError: an ability that no system has.
        ValidationError: the name is taken.
    """
    wanted = sorted(set(abilities))
    if unknown := sorted(set(wanted) - CLIENT_ABILITIES):
        raise InputError(f"No system may {', '.join(unknown)}; expected some of {', '.join(sorted(CLIENT_ABILITIES))}.")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    client = SystemClient(name=name, institution=institution, abilities=wanted, secret_sha256=_hash(secret),
                          period=DateRange(since, until))  # fmt: skip
    with transaction.atomic():
        client.full_clean()
        client.save(force_insert=True)
    return client, secret


def revoke_client(client: SystemClient) -> None:
    """Close a system's way in, now and for good.

    Raises:
        InputError: it was revoked already.
    """
    with transaction.atomic():
        found = SystemClient.objects.select_for_update(of=("self",)).get(pk=client.pk)
        if found.revoked_at is not None:
            raise InputError(f"The system {found.name} was revoked already; nothing was changed.")
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])


def token_for(client_id: str, secret: str, wanted: Iterable[str] = ()) -> Token | None:
    """A token for a system that knows its secret.

    Args:
        wanted: the abilities asked for; none: all that it has.

    Returns:
        None where id or secret is wrong, or the system may not call today; which of these is not told.

    Raises:
        InputError: it has not all the abilities asked for.
    """
    client = _client(client_id)
    expected = client.secret_sha256 if client else _hash("")
    if not hmac.compare_digest(_hash(secret), expected) or client is None:
        return None
    abilities = tuple(sorted(set(wanted) or set(client.abilities)))
    if not set(abilities) <= set(client.abilities):
        raise InputError("The system has not all the abilities asked for.")
    now = timezone.now()
    claims = {"iss": _ISSUER, "sub": str(client.pk), "scope": " ".join(abilities), "jti": str(uuid.uuid4()),
              "iat": int(now.timestamp()),
              "exp": int((now + timedelta(seconds=TOKEN_SECONDS)).timestamp())}  # fmt: skip
    return Token(jwt.encode({"alg": _ALGORITHM}, claims, _key()), abilities)


def calling_by(token: str) -> Calling | None:
    """Which system calls with a token; None where the token does not hold or is over, or it may not call today."""
    try:
        claims = jwt.decode(token, _key(), algorithms=[_ALGORITHM]).claims
        expected = jwt.JWTClaimsRegistry(
            now=lambda: int(timezone.now().timestamp()), leeway=0, iss={"essential": True, "value": _ISSUER},
            exp={"essential": True}, sub={"essential": True}, scope={"essential": True},
        )  # fmt: skip
        expected.validate(claims)
    except (JoseError, ValueError):
        return None
    client = _client(str(claims["sub"]))
    if client is None:
        return None
    return Calling(client, frozenset(str(claims["scope"]).split()) & frozenset(client.abilities))


def calls_this_minute(client: SystemClient) -> int:
    """Count a call; how many there were in this minute, on every machine together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_clientuse AS found (client_id, minute, calls) "
            "VALUES (%s, date_trunc('minute', clock_timestamp()), 1) "
            "ON CONFLICT (client_id, minute) DO UPDATE SET calls = found.calls + 1 RETURNING calls",
            [client.pk],
        )
        calls: int = cursor.fetchone()[0]
        if calls == 1:
            cursor.execute(
                "DELETE FROM access_clientuse WHERE client_id = %s AND minute < clock_timestamp() - interval '1 hour'",
                [client.pk],
            )
    return calls


def _client(client_id: str) -> SystemClient | None:
    try:
        number = uuid.UUID(client_id)
    except ValueError:
        return None
    today = timezone.localdate()
    return SystemClient.objects.filter(pk=number, revoked_at=None, period__contains=today).first()


def _key() -> OctKey:
    return OctKey.import_key(salted_hmac("balsts.access.clients", "tokens", algorithm="sha256").digest())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

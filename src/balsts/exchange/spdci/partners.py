"""Who may search our registry: partners that a file names.

Of each it says the system whose tokens it shows (`balsts access client open … --may registry_search`), the key that it
signs with, as what and why it asks.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from pydantic import BaseModel, ConfigDict, ValidationError

from balsts.access.acting import Acting
from balsts.access.models import SystemClient
from balsts.access.roles import PURPOSES, ROLES, SYSTEM_ROLE
from balsts.exchange.messages import places_of
from balsts.exchange.spdci.envelope import Reference
from balsts.law.engine.errors import InputError

VARIABLE = "BALSTS_SPDCI_FILE"
_EXAMPLE = (
    '{"sender_id": "sr.example", "key": PRIVATE_JWK, "partners": [{"sender_id": "asker.example", "key": PUBLIC_JWK, '
    '"client": CLIENT_ID, "role": "benefits_officer", "purpose": "state_benefits"}]}'
)


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Partner(_Written):
    """An information system of an institution (partneris): how it names itself, signs, and as what and why it asks.

    Attributes:
        client: the system that its tokens are for; whose system that is, it is answered as.
    """

    sender_id: Reference
    key: dict[str, Any]
    client: uuid.UUID
    role: str
    purpose: str

    def keys(self) -> KeySet:
        """What its signatures are checked with."""
        return KeySet([ECKey.import_key(self.key)])

    def acting(self, client: SystemClient) -> Acting:
        """As whom it is answered, within the two walls like staff."""
        whose = client.institution
        return Acting(None, whose.pk, whose.municipality_id or "", self.role, self.purpose)


class SearchAddress(_Written):
    """Our registry among others: how we name ourselves, the key that we sign with, and who may ask."""

    sender_id: Reference
    key: dict[str, Any]
    partners: tuple[Partner, ...]

    def partner(self, sender_id: object) -> Partner | None:
        """The partner of that name."""
        return next((one for one in self.partners if one.sender_id == sender_id), None)

    def signing_key(self) -> ECKey:
        """What our answers are signed with."""
        return ECKey.import_key(self.key)


def search_address(environment: Mapping[str, str] = os.environ) -> SearchAddress | None:
    """What the file that the environment names says; None when it names none, and nobody may ask.

    Raises:
        InputError: the file cannot be used.
    """
    named = environment.get(VARIABLE)
    return _read(Path(named)) if named else None


@lru_cache(maxsize=4)
def _read(path: Path) -> SearchAddress:
    try:
        found = SearchAddress.model_validate_json(path.read_bytes())
        if not found.signing_key().is_private:
            raise InputError(f"{VARIABLE}: {path}: key must be a private key, which answers are signed with.")
        for one in found.partners:
            one.keys()
    except OSError as error:
        raise InputError(f"{VARIABLE}: {path}: {error.strerror}.") from None
    except ValidationError as error:
        raise InputError(f"{VARIABLE}: {path}: wrong at {places_of(error)}; expected {_EXAMPLE}.") from None
    except (JoseError, ValueError, KeyError):
        raise InputError(f"{VARIABLE}: {path}: a key is not a JWK of the curve P-256.") from None
    for one in found.partners:
        if not _may_search(one):
            raise InputError(f"{VARIABLE}: {path}: {one.sender_id} has no role that may look at persons for that. "
                             "`balsts access roles` lists roles.")  # fmt: skip
    return found


def _may_search(one: Partner) -> bool:
    role, purpose = ROLES.get(one.role), PURPOSES.get(one.purpose)
    if role is None or purpose is None or one.role == SYSTEM_ROLE:
        return False
    return "read" in role.abilities and purpose.is_about_persons and one.purpose in role.purposes


def sender_of(body: bytes) -> object:
    """How whoever sent a request names itself; None where that cannot be read. Nothing of it is believed yet."""
    try:
        return json.loads(body)["header"]["sender_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None

"""How sign-in is bound to our accounts: nobody signs themselves up, and secrets of second factors are sealed."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by account managers alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for themselves."""
        return False

    def add_message(self, *arguments: object, **details: object) -> None:
        """Pages say what happened; no second word beside them."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets stand in the database sealed with the key that signs sessions, so that a copy of it opens nothing."""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The name under which an authenticator keeps the account."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A stored secret as it is."""
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    key = hashlib.sha256(b"balsts second factor " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

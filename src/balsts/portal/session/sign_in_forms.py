"""The forms of signing in, as the portal draws and names them."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from crispy_forms_gds.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from balsts.portal.session.forms import govuk


class _Drawn:
    """What the library's forms get from us: drawing, labels instead of placeholders, messages that say what to do."""

    labels: ClassVar[dict[str, Any]] = {}
    fields: dict[str, Any]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, field in self.fields.items():
            label = self.labels.get(name, field.label)
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.pop("autofocus", None)
            field.error_messages["required"] = _("Fill in: %(field)s.") % {"field": label}

    @property
    def helper(self) -> FormHelper:
        """How it is drawn."""
        return govuk(self)  # type: ignore[arg-type]


class SignInForm(_Drawn, LoginForm):  # type: ignore[misc]
    """User name and password."""

    labels: ClassVar[dict[str, Any]] = {"login": _("User name"), "password": _("Password")}


class PasswordAgainForm(_Drawn, ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}


class CodeForm(_Drawn, AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator, or a recovery code."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code")}


class CodeAgainForm(_Drawn, CodeReauthenticateForm):  # type: ignore[misc]
    """A code once more."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code")}


class NewAuthenticatorForm(_Drawn, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code that the app shows")}

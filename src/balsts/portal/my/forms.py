"""Forms of a resident's own cases: a message, and contesting a decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balsts.portal.office.forms import key_field, text_field
from balsts.portal.session.forms import GovukForm


class WriteForm(GovukForm):
    """A message to the office."""

    text = text_field(_("Your message"), _("The office reads it in your case."), 4000, _("Write the message."), rows=6)
    key = key_field()


class ContestForm(GovukForm):
    """Why a decision is contested."""

    grounds = text_field(
        _("Why do you contest the decision?"),
        _("Say in your own words what is wrong: a fact, a sum, or how the law was applied."), 4000,
        _("Say why you contest the decision."), rows=8,
    )  # fmt: skip
    key = key_field()

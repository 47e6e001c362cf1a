"""The form for asking registers about a household."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balsts.exchange.catalogue import REGISTERS
from balsts.portal.session.forms import GovukForm

MOST_MONTHS = 12


class AskForm(GovukForm):
    """Which registers are asked, and how many months back; only those that may be asked for the purpose."""

    registers = forms.MultipleChoiceField(
        label=_("Registers"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one register.")},
    )  # fmt: skip
    months = forms.IntegerField(
        label=_("How many full months back"), min_value=1, max_value=MOST_MONTHS, initial=3,
        help_text=_("From 1 to 12. The present month is asked about too."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Enter a number of months from 1 to 12.")
        ),
    )  # fmt: skip

    def __init__(self, purpose: str, lang: str, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["registers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, f"{one.name.in_language(lang)} — {one.holder.in_language(lang)}")
                         for code, one in REGISTERS.items() if purpose in one.purposes]  # fmt: skip

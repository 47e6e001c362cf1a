"""Forms of a draft of law: its text, the month to try it from, the day to enact it from."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from balsts.cases.drafts_of_law import MOST_BYTES
from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.portal.session.forms import GovukForm


class DraftForm(GovukForm):
    """The text of a draft."""

    text = forms.CharField(
        label=_("Text of the draft"), max_length=MOST_BYTES, strip=False,
        help_text=_("A reform file (YAML): a name, and new values of parameters with first days and references."),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        error_messages={"required": _("Enter the text of the draft.")},
    )  # fmt: skip


class RehearseForm(GovukForm):
    """From which month a draft is tried."""

    month = forms.CharField(
        label=_("First month"), max_length=7, help_text=_("For example, 2026-12."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"required": _("Enter a month such as 2026-12.")},
    )  # fmt: skip

    def clean_month(self) -> Month:
        """The month, as the law counts months."""
        try:
            return month_from(self.cleaned_data["month"].strip())
        except ValueError:
            raise forms.ValidationError(_("Enter a month such as 2026-12.")) from None


class EnactForm(GovukForm):
    """From which day a draft is part of the law."""

    since = forms.DateField(
        label=_("First day"), input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        help_text=_("For example, 01.01.2027. Decisions from this day on are made with the draft in the law."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Enter a day such as 01.01.2027.")),
    )  # fmt: skip

"""Forms of payments: preparing a run, acknowledging differences, cancelling, and which lines are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.payments.lines import FINDINGS
from balsts.payments.models import Line
from balsts.portal.office.forms import key_field, text_field
from balsts.portal.office.words import right_words
from balsts.portal.payments import words
from balsts.portal.persons.forms import day_field
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import upper_first

_MOST_NUMBER = 2**31 - 1


class PrepareForm(GovukForm):
    """Of which month, which kind, and when a run pays."""

    month = forms.CharField(
        label=_("Month of payment"), max_length=7, help_text=_("For example, 2026-12."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"required": _("Enter a month such as 2026-12.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of run"), widget=forms.RadioSelect, initial="monthly",
        choices=[("monthly", _("the monthly run: everything due by the month")),
                 ("extra", _("an extra run: what became due after the monthly one"))],
        error_messages={"required": _("Choose the kind of run.")},
    )  # fmt: skip
    pay_on = day_field(
        _("Payment day (optional)"),
        _("Left empty, it is the 15th. A day off moves to the working day before it. For example, 15.12.2026."),
    )
    key = key_field()

    def clean_month(self) -> Month:
        """The month, as the law counts months."""
        try:
            return month_from(self.cleaned_data["month"].strip())
        except ValueError:
            raise forms.ValidationError(_("Enter a month such as 2026-12.")) from None


class AcknowledgeForm(GovukForm):
    """The differences that were looked at: the digest of exactly these."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class CancelForm(GovukForm):
    """Why a run is cancelled."""

    reason = text_field(_("Why is the run cancelled?"), _("For colleagues. No names and no personal codes."), 300,
                        _("Say why the run is cancelled."), rows=3)  # fmt: skip


class LinesForm(GovukForm):
    """Which lines of a run are shown."""

    finding = forms.ChoiceField(label=_("Finding"), required=False)
    code = forms.ChoiceField(label=_("Right"), required=False)
    held = forms.ChoiceField(label=_("Held because"), required=False)

    def __init__(self, codes: Iterable[str], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        findings = [(one, words.finding_words(one)[0]) for one in FINDINGS]
        held = [(one, upper_first(words.held_words(one))) for one in Line.Held.values if one]
        rights = [(one, right_words(one)) for one in codes]
        for name, choices in (("finding", findings), ("code", rights), ("held", held)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("no selection")), *choices]


class NumberForm(GovukForm):
    """The number of a line that is looked for."""

    number = forms.IntegerField(
        label=_("Number of a line"), min_value=1, max_value=_MOST_NUMBER,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Enter the number of a line, such as 12.")
        ),
    )  # fmt: skip


class SettleForm(GovukForm):
    """How a matter of the bank was settled."""

    note = text_field(_("How was it settled?"), _("For colleagues. No names and no personal codes."), 1000,
                      _("Say how it was settled."), rows=3)  # fmt: skip

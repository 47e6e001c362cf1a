"""Forms of finding a person, and of the days that a case is shown for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.portal.session.forms import GovukForm, ReasonForm
from balsts.registry.personal_codes import read_personal_code

_DAYS = ["%d.%m.%Y", "%d.%m.%Y.", "%Y-%m-%d"]


def day_field(label: Any, help_text: Any, *, required: bool = False) -> forms.DateField:
    """A day, written as people write it."""
    wrong = _("Enter a day such as 04.05.1990.")
    widget = forms.DateInput(
        format="%d.%m.%Y", attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}
    )
    return forms.DateField(label=label, help_text=help_text, required=required, input_formats=_DAYS, widget=widget,
                           error_messages={"invalid": wrong, "required": wrong})  # fmt: skip


class FindForm(ReasonForm):
    """By what a person is looked for."""

    code = forms.CharField(
        label=_("Personal code"), help_text=_("Eleven digits, such as 320101-12345."), required=False, max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Given name and surname"), help_text=_("With or without diacritics; a part will do."), required=False,
        max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    born = day_field(_("Date of birth"), _("Such as 04.05.1990."))
    field_order = ("code", "name", "born", "reason", "reference")

    def clean_code(self) -> str:
        """A personal code has eleven digits; one that does not check is looked for all the same."""
        code: str = self.cleaned_data["code"].strip()
        try:
            return read_personal_code(code).digits if code else ""
        except DomainError:
            raise forms.ValidationError(_("A personal code has eleven digits, such as 320101-12345.")) from None

    def clean(self) -> dict[str, Any]:
        """Something must be looked for, and little enough be found by it."""
        cleaned = super().clean() or {}
        if not self.errors:
            name = cleaned.get("name", "").strip()
            if not cleaned.get("code") and not name and not cleaned.get("born"):
                self.add_error("code", _("Enter a personal code, a name or a date of birth."))
            elif name and not cleaned.get("code") and len(name) < 3:
                self.add_error("name", _("Enter at least three letters of the name."))
        return cleaned


class AsKnownForm(GovukForm):
    """The day up to whose end something was known (R)."""

    known = day_field(_("As known on"), _("Empty: as known now."))

    @property
    def moment(self) -> datetime | None:
        """The end of that day; None for now."""
        day: date | None = self.cleaned_data.get("known") if self.is_valid() else None
        if day is None or day >= timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(date.fromordinal(day.toordinal() + 1), time.min))


class TimesForm(AsKnownForm):
    """The day that is asked about (V), and the day up to whose end something was known."""

    on = day_field(_("True on"), _("The day asked about."))
    field_order = ("on", "known")

    def clean_on(self) -> date:
        """The day asked about; left out, today."""
        found: date | None = self.cleaned_data["on"]
        return found or timezone.localdate()


class MonthForm(AsKnownForm):
    """The month whose rights are worked out, and the day up to whose end something was known."""

    month = forms.CharField(
        label=_("Month"), help_text=_("Such as 2026-02."), required=False, max_length=7,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("month", "known")

    def clean_month(self) -> Month:
        """The month; left out, this one."""
        text: str = self.cleaned_data["month"].strip() or f"{timezone.localdate():%Y-%m}"
        try:
            found = month_from(text)
        except ValueError:
            raise forms.ValidationError(_("Enter a month such as 2026-02.")) from None
        if not month_from("2020-01") <= found <= month_from(f"{timezone.localdate():%Y-%m}") + 12:
            raise forms.ValidationError(_("The law is held from January 2020 until a year from now."))
        return found

"""Fields of the questions: months as people write them, amounts in euros, whole numbers, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from balsts.law.engine.quantities import cents_from, euros, month_from, month_text

_MONTH_FIRST = re.compile(r"(\d{1,2})[./\s-]+(\d{4})\.?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./\s-]+(\d{1,2})\.?", re.ASCII)
_OLDEST_YEARS = 120
_MOST_CENTS = 100_000_00
"""No household that asks here has more; a slip of the comma is met by an error rather than by a wrong answer."""


def this_month() -> int:
    """The month it is."""
    return month_from(f"{timezone.localdate():%Y-%m}")


class MonthField(forms.CharField):
    """A month and year, as people write them: 05.1990; it gives `1990-05`, or None where it may be left empty."""

    def __init__(self, *, label: Any, help_text: Any = "", required: bool = True, wrong: Any = None) -> None:
        self._wrong = wrong or _("Enter a month and year, such as 05.1990.")
        super().__init__(
            label=label, help_text=help_text or _("Month and year, such as 05.1990."), required=required, max_length=20,
            widget=forms.TextInput(
                attrs={"class": "govuk-input--width-5", "autocomplete": "off", "inputmode": "decimal"}
            ),
            error_messages={"required": self._wrong},
        )  # fmt: skip

    def clean(self, value: Any) -> str | None:
        """The month in figures, neither ahead nor longer ago than anybody lives."""
        text = super().clean(value)
        if not text:
            return None
        found = self._read(text)
        if found > this_month():
            raise forms.ValidationError(_("The month lies ahead. Enter one that has begun."))
        if found < this_month() - _OLDEST_YEARS * 12:
            raise forms.ValidationError(_("The month lies too long ago. Check the year."))
        return month_text(found)

    def _read(self, text: str) -> int:
        if match := _MONTH_FIRST.fullmatch(text):
            month, year = match[1], match[2]
        elif match := _YEAR_FIRST.fullmatch(text):
            year, month = match[1], match[2]
        else:
            raise forms.ValidationError(self._wrong)
        try:
            return month_from(f"{year}-{int(month):02d}")
        except ValueError:
            raise forms.ValidationError(self._wrong) from None

    def prepare_value(self, value: Any) -> Any:
        """What was answered, as people write it."""
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value):
            return f"{value[5:]}.{value[:4]}"
        return value


class MoneyField(forms.CharField):
    """An amount in euros; left empty, nothing. It gives `"450.00"`."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, max_length=20,
            widget=forms.TextInput(
                attrs={"class": "govuk-input--width-10", "autocomplete": "off", "inputmode": "decimal"}
            ),
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        """The amount with two decimals."""
        text = re.sub(r"[\s€]|EUR", "", super().clean(value), flags=re.IGNORECASE).replace(",", ".")
        try:
            cents = int(cents_from(text or "0"))
        except ValueError:
            raise forms.ValidationError(_("Enter an amount in euros, such as 450 or 450,50.")) from None
        if cents > _MOST_CENTS:
            raise forms.ValidationError(_("Enter an amount of at most 100 000 euros."))
        return euros(cents)

    def prepare_value(self, value: Any) -> Any:
        """What was answered; nothing where it was left empty."""
        return "" if value == "0.00" else value


class WholeNumberField(forms.IntegerField):
    """A small whole number, in a text field: fields of numbers turn with the mouse's wheel."""

    def __init__(self, *, label: Any, least: int, most: int, help_text: Any = "", required: bool = True) -> None:
        wrong = format_lazy(_("{label}: enter a whole number from {least} to {most}."), label=label, least=least,
                            most=most)  # fmt: skip
        super().__init__(
            label=label, help_text=help_text, required=required, min_value=least, max_value=most,
            widget=forms.TextInput(
                attrs={"class": "govuk-input--width-3", "autocomplete": "off", "inputmode": "numeric"}
            ),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        )  # fmt: skip


class OneOf(forms.ChoiceField):
    """One of a few, as radio buttons."""

    def __init__(self, *, label: Any, choices: Iterable[tuple[str, Any]], wrong: Any, help_text: Any = "") -> None:
        super().__init__(label=label, choices=list(choices), help_text=help_text, widget=forms.RadioSelect,
                         error_messages={"required": wrong, "invalid_choice": wrong})  # fmt: skip


class SomeOf(forms.MultipleChoiceField):
    """Any of a few, as checkboxes."""

    def __init__(self, *, label: Any, choices: Iterable[tuple[str, Any]], help_text: Any = "",
                 wrong: Any = "", required: bool = False) -> None:  # fmt: skip
        messages = {"invalid_choice": _("Choose from the list.")} | ({"required": wrong} if wrong else {})
        super().__init__(label=label, choices=list(choices), help_text=help_text, required=required,
                         widget=forms.CheckboxSelectMultiple, error_messages=messages)  # fmt: skip


class YesNo(OneOf):
    """Yes or no; it gives `"yes"` or `"no"`."""

    def __init__(self, *, label: Any, wrong: Any, help_text: Any = "") -> None:
        super().__init__(label=label, choices=[("yes", _("Yes")), ("no", _("No"))], wrong=wrong, help_text=help_text)

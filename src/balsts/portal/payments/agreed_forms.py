"""Forms of claims, orders of creditors, choices of where money goes, and what is said of what was handed out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import schwifty
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from schwifty.exceptions import SchwiftyException

from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import cents_from, month_from
from balsts.law.engine.vocabulary import Month
from balsts.payments.models import Overpaid, PayoutChoice, Programme
from balsts.payments.withholding import Kind
from balsts.portal.office.forms import key_field, text_field
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments import agreed_words
from balsts.portal.payments.words import ORDERS
from balsts.portal.persons.forms import day_field
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import cents_words, upper_first
from balsts.registry.personal_codes import read_personal_code

_NOBODY = _("For colleagues. No names and no personal codes.")
_MOST_MONTHS = 600


def _short(width: int, **more: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"govuk-input--width-{width}", "autocomplete": "off"} | more)


class AmountField(forms.CharField):
    """An amount as people write it, `12,34`; in whole cents, or None where it may be left out."""

    def __init__(self, label: Any, hint: Any = "", *, required: bool = True) -> None:
        wrong = _("Enter an amount such as 120,50.")
        super().__init__(label=label, help_text=hint or _("In euros, such as 120,50."), required=required,
                         max_length=14, widget=_short(10, inputmode="decimal"),
                         error_messages={"required": wrong, "max_length": wrong})  # fmt: skip

    def clean(self, value: Any) -> int | None:
        """Cents, above zero."""
        text = "".join(super().clean(value).replace("€", "").split()).replace(",", ".")
        if not text:
            return None
        try:
            cents = int(cents_from(text))
        except ValueError:
            cents = 0
        if cents <= 0:
            raise forms.ValidationError(self.error_messages["required"])
        return cents


class MonthField(forms.CharField):
    """A month such as 2026-12, as the law counts months."""

    def __init__(self, label: Any) -> None:
        wrong = _("Enter a month such as 2026-12.")
        super().__init__(label=label, help_text=_("For example, 2026-12."), max_length=7, widget=_short(5),
                         error_messages={"required": wrong, "max_length": wrong})  # fmt: skip

    def clean(self, value: Any) -> Month:
        """The month."""
        try:
            return month_from(super().clean(value).strip())
        except ValueError:
            raise forms.ValidationError(self.error_messages["required"]) from None


class IbanField(forms.CharField):
    """An account, checked by its own digits."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        wrong = _("Enter an account such as LV80BANK0000435195001.")
        super().__init__(label=label, required=required, max_length=42, widget=_short(20),
                         error_messages={"required": wrong, "max_length": wrong})  # fmt: skip

    def clean(self, value: Any) -> str:
        """The account without spaces."""
        text = super().clean(value)
        try:
            return str(schwifty.IBAN(text)) if text else ""
        except SchwiftyException:
            raise forms.ValidationError(self.error_messages["required"]) from None


class CodeField(forms.CharField):
    """A personal code."""

    def __init__(self, label: Any) -> None:
        wrong = _("A personal code has eleven digits, such as 320101-12345.")
        super().__init__(label=label, help_text=_("Eleven digits, such as 320101-12345."), max_length=20,
                         widget=_short(20), error_messages={"required": wrong, "max_length": wrong})  # fmt: skip

    def clean(self, value: Any) -> str:
        """Its digits."""
        try:
            return read_personal_code(super().clean(value)).digits
        except DomainError:
            raise forms.ValidationError(self.error_messages["required"]) from None


def _text(label: Any, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint,
                           error_messages={"required": _("Fill this in.")})  # fmt: skip


class ReasonForm(GovukForm):
    """Why something is withdrawn or ended."""

    reason = text_field(_("Why?"), _NOBODY, 300, _("Say why."), rows=3)


# -- claims --------------------------------------------------------------------------------------------------------


class PlanForm(GovukForm):
    """In how many monthly parts a claim is paid back, from which month on, and how."""

    since = MonthField(_("First month"))
    months = forms.IntegerField(
        label=_("In how many months"), min_value=1, max_value=_MOST_MONTHS, widget=_short(5, inputmode="numeric"),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"),
                                     _("Enter a number of months from 1 to 600.")),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How it is paid back"), widget=forms.RadioSelect, initial="debtor",
        choices=[("debtor", _("the debtor pays by themselves")),
                 ("withheld", _("it is kept back from payments, as far as the law lets it"))],
        error_messages={"required": _("Choose how it is paid back.")},
    )  # fmt: skip
    key = key_field()


class ClaimForm(PlanForm):
    """Which overpayments of a debtor are claimed back, why, and by which plan."""

    parts = forms.MultipleChoiceField(
        label=_("Which overpayments are claimed back"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    amount = AmountField(
        _("How much of it, if not all (optional)"),
        _("Only where one overpayment is chosen. In euros, such as 120,50."), required=False,
    )  # fmt: skip
    reason = text_field(_("Why is it claimed back? With the article."),
                        _("The person reads it. No names and no personal codes."), 300,
                        _("Say why it is claimed back."), rows=3)  # fmt: skip
    field_order = ("parts", "amount", "reason", "since", "months", "how")

    def __init__(self, found: list[Overpaid], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.found = {str(one.pk): one for one in found}
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, f"{right_words(one.code)}, {month_of(one.month)}: {cents_words(one.amount)}")
                         for name, one in self.found.items()]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A smaller amount is of one overpayment, and not more than it."""
        cleaned = super().clean() or {}
        chosen, cents = cleaned.get("parts") or [], cleaned.get("amount")
        if cents is not None and (len(chosen) != 1 or cents > self.found[chosen[0]].amount):
            self.add_error("amount", _("It is of one overpayment, and not more than it; or leave it empty."))
        return cleaned

    @property
    def claimed(self) -> list[tuple[Overpaid, int | None]]:
        """What is claimed: each overpayment, with the cents of it where they are not all."""
        return [(self.found[one], self.cleaned_data["amount"]) for one in self.cleaned_data["parts"]]


class WriteOffForm(GovukForm):
    """How much of a claim is given up, why, and by what authority."""

    amount = AmountField(_("How much is given up"))
    reason = text_field(_("Why is it given up, and by which act or decision?"), _NOBODY, 300,
                        _("Say why it is given up, and by which act or decision."), rows=3)  # fmt: skip
    key = key_field()


class RepaidForm(GovukForm):
    """That the debtor paid something back."""

    amount = AmountField(_("How much was paid back"))
    on = day_field(_("On which day it was received"), _("For example, 15.12.2026."), required=True)
    reference = _text(_("Number of the bank's entry"), 70, hint=_("One number counts once."))
    key = key_field()

    def clean_on(self) -> date:
        """A day that has come."""
        return _has_come(self.cleaned_data["on"])


def _has_come(day: date) -> date:
    if day > timezone.localdate():
        raise forms.ValidationError(_("The day has not come yet."))
    return day


# -- orders and choices --------------------------------------------------------------------------------------------


class DaysForm(GovukForm):
    """For which payment days something holds."""

    since = day_field(_("First payment day it is for"), _("For example, 01.12.2026."), required=True)
    until = day_field(_("Last payment day it is for (optional)"), _("Left empty, it holds until it is ended."))
    key = key_field()

    def clean_until(self) -> date | None:
        """The first day that it is no longer for."""
        last: date | None = self.cleaned_data["until"]
        since = self.cleaned_data.get("since")
        if last is not None and since is not None and last < since:
            raise forms.ValidationError(_("The last day is before the first one."))
        return None if last is None else last + timedelta(days=1)


class ChangedOrderForm(DaysForm):
    """What a document orders instead of an earlier one: for whom, how much, for which days."""

    creditor = _text(_("To whom it is paid"), 140, hint=_("The bailiff, or whoever gets the maintenance."))
    iban = IbanField(_("To which account"))
    reference = _text(_("Number of the document"), 70)
    monthly = AmountField(_("At most a month (optional)"), required=False)
    total = AmountField(_("In all (optional)"), required=False)
    children = forms.IntegerField(
        label=_("Children in the debtor's care, whom the document names"), min_value=0, max_value=30, initial=0,
        widget=_short(5, inputmode="numeric"),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"),
                                     _("Enter a number from 0 to 30.")),
    )  # fmt: skip
    rank = forms.IntegerField(
        label=_("Order of satisfaction, 1 to 9 (optional)"), min_value=1, max_value=9, required=False,
        help_text=_("Left empty, it is the usual one: maintenance 1, other orders 2."),
        widget=_short(5, inputmode="numeric"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Enter a number from 1 to 9.")),
    )  # fmt: skip
    field_order: tuple[str, ...] = (
        "creditor", "iban", "reference", "monthly", "total", "children", "rank", "since", "until",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An order has an end: a sum in all, or one a month."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned.get("monthly") is None and cleaned.get("total") is None:
            self.add_error("monthly", _("Enter how much is kept back a month, or in all."))
        return cleaned


class OrderForm(ChangedOrderForm):
    """What a document orders: from whom, of what kind, and the rest."""

    code = CodeField(_("Personal code of the debtor"))
    kind = forms.ChoiceField(
        label=_("What it is for"), widget=forms.RadioSelect,
        choices=[(one.value, ORDERS[one]) for one in (Kind.MAINTENANCE, Kind.ENFORCEMENT)],
        error_messages={"required": _("Choose what it is for.")},
    )  # fmt: skip
    field_order: tuple[str, ...] = ("code", "kind", *ChangedOrderForm.field_order)


class PayoutForm(DaysForm):
    """Where the money of a payee goes, of which right, and why."""

    code = CodeField(_("Personal code of the payee"))
    right = forms.ChoiceField(label=_("Of which right"), required=False)
    channel = forms.ChoiceField(
        label=_("Where the money goes"), widget=forms.RadioSelect,
        choices=[(one.value, agreed_words.CHANNELS[one]) for one in PayoutChoice.Channel],
        error_messages={"required": _("Choose where the money goes.")},
    )  # fmt: skip
    name = _text(_("Whose the account is"), 70, required=False, hint=_("For an account only."))
    iban = IbanField(_("Account"), required=False)
    reference = _text(_("What they know the payment by"), 35, required=False,
                      hint=_("For an account only: the number of the contract or customer."))  # fmt: skip
    address = _text(_("Where the post delivers it"), 200, required=False, hint=_("For the post only."))
    basis = text_field(_("Why: the application or decision"), _("The person reads it. No names and no personal codes."),
                       300, _("Say why."), rows=3)  # fmt: skip
    field_order = ("code", "right", "channel", "name", "iban", "reference", "address", "basis", "since", "until")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        codes = Programme.objects.filter(is_money=True).values_list("code", flat=True)
        rights = sorted(((code, upper_first(right_words(code))) for code in codes), key=lambda pair: pair[1])
        field = self.fields["right"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("every right without a choice of its own")), *rights]

    def clean(self) -> dict[str, Any]:
        """Each way has what belongs to it, and nothing else."""
        cleaned = super().clean() or {}
        channel = cleaned.get("channel")
        if not channel:
            return cleaned
        wanted = {PayoutChoice.Channel.ACCOUNT: ("name", "iban", "reference"),
                  PayoutChoice.Channel.POST: ("address",)}.get(channel, ())  # fmt: skip
        for name in ("name", "iban", "reference", "address"):
            if name in self.errors:
                continue
            if name in wanted and not cleaned.get(name):
                self.add_error(name, _("Fill this in."))
            elif name not in wanted and cleaned.get(name):
                self.add_error(name, _("Leave this empty: it does not belong to the way that is chosen."))
        return cleaned


class StateForm(GovukForm):
    """Which claims, orders or choices are shown."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, states: dict[str, Any], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *((code, upper_first(str(name))) for code, name in states.items())]


# -- what was handed out -------------------------------------------------------------------------------------------


class CashForm(GovukForm):
    """What became of cash."""

    became = forms.ChoiceField(
        label=_("What became of it"), widget=forms.RadioSelect,
        choices=[("paid", _("it was paid out")), ("again", _("it was not fetched; the next run pays it again"))],
        error_messages={"required": _("Choose what became of it.")},
    )  # fmt: skip
    on = day_field(_("On which day"), _("For example, 15.12.2026."), required=True)
    receipt = _text(_("Number of the receipt, or why it was not fetched"), 70, hint=_NOBODY)

    def clean_on(self) -> date:
        """A day that has come."""
        return _has_come(self.cleaned_data["on"])


class AnswerForm(GovukForm):
    """An answer of the post."""

    answer = forms.FileField(
        label=_("Answer of the post"),
        help_text=_(
            "A table as CSV with the columns number, state (paid or undelivered) and day (such as 2026-12-17)."
        ),
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": "text/csv,.csv"}),
        error_messages=dict.fromkeys(("required", "invalid", "missing", "empty"),
                                     _("Choose the file with the answer.")),
    )  # fmt: skip

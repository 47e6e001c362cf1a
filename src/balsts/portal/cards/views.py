"""Verifying a card: whoever holds one in their hand learns whether it is valid today, and nothing of whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from balsts.cases.cards import kinds
from balsts.cases.cards import verify as is_valid_on
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import in_language, upper_first


class VerifyForm(GovukForm):
    """Which card is verified."""

    kind = forms.ChoiceField(
        label=_("Which card is it?"), widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose which card it is.")),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Number of the card"), max_length=40, help_text=_("Twelve letters and digits, as on the card."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "max_length"), _("Enter the number of the card.")),
    )  # fmt: skip

    def __init__(self, choices: Iterable[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a card is valid today: asked by POST, so that no number stands in an address."""
    known = kinds()
    if not known:
        raise Http404
    choices = [(code, upper_first(in_language(one.name))) for code, one in sorted(known.items())]
    form = VerifyForm(choices, request.POST or None, initial={"kind": request.GET.get("kind")})
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        page |= {"is_valid": is_valid_on(form.cleaned_data["kind"], form.cleaned_data["number"], today), "on": today}
    return render(request, "portal/cards/verify.html", page)

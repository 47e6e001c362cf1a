"""Small forms around an application: what is begun and how it came, a document, and that all is true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balsts.cases import drafts
from balsts.cases.models import Application
from balsts.portal.persons.forms import day_field
from balsts.portal.session.forms import GovukForm

CHANNELS = {
    Application.Channel.IN_PERSON: _("In person"),
    Application.Channel.POST: _("By post"),
    Application.Channel.PHONE: _("By telephone"),
}


class BeginForm(GovukForm):
    """What somebody applies for."""

    type = forms.ChoiceField(
        label=_("What do you apply for?"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what to apply for."), "invalid_choice": _("Choose what to apply for."),
        },
    )  # fmt: skip

    def __init__(self, types: Iterable[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(types)


class EnterForm(BeginForm):
    """The same, entered by staff: how it came, and when."""

    channel = forms.ChoiceField(
        label=_("How did the application come?"), choices=[(one.value, CHANNELS[one]) for one in drafts.CHANNELS],
        widget=forms.RadioSelect, error_messages={"required": _("Choose how it came.")},
    )  # fmt: skip
    received_on = day_field(_("On which day did it come?"), _("Empty: today."))

    def clean_received_on(self) -> date:
        """The day, today when it is left out; none that is still to come."""
        found: date = self.cleaned_data["received_on"] or timezone.localdate()
        if found > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Enter the day on which it came."))
        return found


class DocumentForm(GovukForm):
    """A document that is handed in."""

    kind = forms.ChoiceField(
        label=_("Which document is it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose which document it is."),
                        "invalid_choice": _("Choose which document it is.")},
    )  # fmt: skip
    document = forms.FileField(
        label=_("Document"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB. A photograph made with a telephone will do."),
        max_length=300, allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={"required": _("Choose a file."), "max_length": _("The name of the file is too long."),
                        "invalid": _("Choose a file.")},
    )  # fmt: skip

    def __init__(self, kinds: Iterable[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(kinds)
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]


class TrueForm(GovukForm):
    """That what is said is true."""

    is_true = forms.MultipleChoiceField(
        label=_("Declaration"), widget=forms.CheckboxSelectMultiple,
        choices=[("true", _("What I say is true and complete, and I will tell the office when it changes."))],
        error_messages={"required": _("Declare that what you say is true.")},
    )  # fmt: skip

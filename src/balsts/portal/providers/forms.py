"""Forms of the register of providers: made of what its case type declares, so that a new field needs no code here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balsts.access.models import Institution, Municipality
from balsts.cases.complaints import MOST_TEXT
from balsts.cases.entries import Entry
from balsts.cases.organisations import is_registration_number
from balsts.cases.types.declaration import EntryField, Question
from balsts.cases.types.reading import case_type
from balsts.portal.persons.forms import day_field
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import in_language
from balsts.registry.spelling import sort_key
from balsts.services.catalogue import registered_services
from balsts.services.registering import TYPE, the_register

_MOST_SHORT, _MOST_WHOLE, _MOST_REASONS = 90, 999_999, 4000
_PLACE_FIELDS = ("address", "municipality")
NOTHING_DIFFERS = _("Nothing differs from what is entered.")


def field_of(declared: Question | EntryField) -> forms.Field:
    """The form field of a declared question or field of an entry."""
    title, hint = in_language(declared.title), ""
    if isinstance(declared, Question) and declared.hint:
        hint = in_language(declared.hint)
    if declared.kind == "day":
        return day_field(title, hint or _("Such as 01.03.2026."), required=declared.is_required)
    label = title if declared.is_required else gettext("%(title)s (optional)") % {"title": title}
    missing = {"required": gettext("Fill in «%(title)s».") % {"title": title}}
    common: dict[str, Any] = {"label": label, "help_text": hint, "required": declared.is_required}
    if declared.kind == "whole":
        wrong = gettext("«%(title)s»: enter a whole number, such as 12.") % {"title": title}
        return forms.IntegerField(
            min_value=0, max_value=_MOST_WHOLE, **common,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
            error_messages=missing | dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        )  # fmt: skip
    choices = choices_of(declared)
    if choices is not None:
        wrong_choice = {"invalid_choice": missing["required"]}
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], error_messages=missing | wrong_choice, **common)
    too_long = {"max_length": gettext("«%(title)s» is too long.") % {"title": title}}
    if declared.kind == "long_text":
        return forms.CharField(max_length=1000, widget=long_text(5),
                               error_messages=missing | too_long, **common)  # fmt: skip
    return forms.CharField(max_length=_MOST_SHORT, error_messages=missing | too_long, **common)


def long_text(rows: int) -> forms.Textarea:
    """Room for so many lines, as wide as the page."""
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-!-width-full"})


def choices_of(declared: Question | EntryField) -> list[tuple[str, str]] | None:
    """What can be chosen for a declared field, in the language of the page; None where it is written."""
    if declared.kind == "catalogue":
        return [(code, in_language(one.name)) for code, one in registered_services().items()]
    if declared.kind == "municipality":
        return municipalities()
    if declared.kind == "choice":
        return [(code, in_language(words)) for code, words in declared.choices]
    return None


def municipalities() -> list[tuple[str, str]]:
    """Those of today, in the order of the Latvian alphabet."""
    found = Municipality.objects.filter(period__endswith__isnull=True).values_list("code", "name")
    return sorted(found, key=lambda one: sort_key(one[1]))


def questions() -> list[Question]:
    """The questions of the case type's form that are about the case as a whole."""
    return [one for page in case_type(TYPE).pages for one in page.questions]


class FilterForm(GovukForm):
    """What the register is searched by."""

    service = forms.ChoiceField(label=_("Service"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    name = forms.CharField(
        label=_("Name or registration number"), required=False, max_length=120,
        help_text=_("With or without diacritics; a part will do."),
        error_messages={"max_length": _("The name is too long.")},
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        services = [(code, in_language(one.name)) for code, one in registered_services().items()]
        _choose(self.fields["service"], [("", _("All services")), *services], _("Choose a service from the list."))
        _choose(self.fields["municipality"], [("", _("All municipalities")), *municipalities()],
                _("Choose a municipality from the list."))  # fmt: skip


def _choose(field: forms.Field, choices: Sequence[tuple[str, Any]], wrong: Any) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
    field.error_messages["invalid_choice"] = wrong


class ProviderForm(GovukForm):
    """Who the provider is, and the questions of the case type."""

    provider = forms.CharField(label=_("Name of the provider"), max_length=200,
                               error_messages={"required": _("Enter the name of the provider.")})  # fmt: skip
    number = forms.CharField(
        label=_("Registration number"), max_length=20, help_text=_("Eleven digits, as in the enterprise register."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the registration number.")},
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields.update({one.code: field_of(one) for one in questions()})

    def clean_number(self) -> str:
        """Eleven digits that check."""
        number: str = "".join(self.cleaned_data["number"].split())
        if not is_registration_number(number):
            raise forms.ValidationError(_("This is not a registration number: look at the eleven digits again."))
        return number

    def answers(self) -> dict[str, Any]:
        """What was answered, as it is kept."""
        return {name: kept(value) for name, value in self.cleaned_data.items()}


def kept(value: Any) -> Any:
    """An answer as it is kept: days as 2026-03-01, what was left out as nothing."""
    return value.isoformat() if isinstance(value, date) else value


class EntryForm(GovukForm):
    """An entry of the register: all its declared fields, or those that may change."""

    def __init__(self, *arguments: Any, is_change: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        register = the_register()
        shown = [one for one in register.fields if not is_change or one.code not in register.key_fields]
        self.fields.update({one.code: field_of(one) for one in shown})

    def entry(self) -> dict[str, Any]:
        """The fields that were filled in."""
        declared = {one.code for one in the_register().fields}
        return {name: value for name, value in self.cleaned_data.items()
                if name in declared and value not in (None, "")}  # fmt: skip


class PlaceForm(EntryForm):
    """Services at one address: each becomes an entry, with the same fields to begin with."""

    services = forms.MultipleChoiceField(
        label=_("Services at this address"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one service.")},
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["service"]
        _choose(self.fields["services"], [(code, in_language(one.name)) for code, one in registered_services().items()],
                _("Choose services from the list."))  # fmt: skip
        self.order_fields([*_PLACE_FIELDS, "services"])

    def entries(self) -> list[dict[str, Any]]:
        """An entry for each service."""
        return [{"service": code} | self.entry() for code in self.cleaned_data["services"]]


class ReasonsForm(GovukForm):
    """From when a decision holds, and why."""

    since = day_field(_("From which day"), _("Such as 01.03.2026."), required=True)
    reasons = forms.CharField(
        label=_("Reasons"), max_length=_MOST_REASONS, widget=long_text(5),
        help_text=_("What stands in the decision. Name the point of the act."),
        error_messages={"required": _("State the reasons.")},
    )  # fmt: skip


class ChangeForm(EntryForm, ReasonsForm):
    """An entry's fields that may change, with the day and the reasons."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, is_change=True, **named)
        self.order_fields([name for name in self.fields if name not in ("since", "reasons")])

    def differing(self, entry: Entry) -> Mapping[str, Any]:
        """The fields that say something else than the entry; an emptied one is none any more."""
        names = [one.code for one in the_register().fields if one.code in self.fields]
        given = {name: "" if self.cleaned_data[name] is None else self.cleaned_data[name] for name in names}
        return {name: value for name, value in given.items() if value != entry.fields.get(name, "")}


class EntriesForm(ReasonsForm):
    """Which entries, from when and why."""

    entries = forms.MultipleChoiceField(
        label=_("Entries"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one entry.")},
    )  # fmt: skip
    field_order: Sequence[str] = ("entries", "since", "reasons")

    def __init__(self, entries: Iterable[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _choose(self.fields["entries"], list(entries), _("Choose entries from the list."))


class RegisterForm(EntriesForm):
    """Which of the entries asked for are registered; reasons need not be added to those of the act."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reasons"].required = False
        self.fields["reasons"].label = _("Reasons (optional)")


class RemovalForm(EntriesForm):
    """Which entries are removed, on which declared ground."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect,
                               error_messages={"required": _("Choose the ground.")})  # fmt: skip
    field_order: Sequence[str] = ("entries", "ground", "since", "reasons")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        grounds = [(code, in_language(words)) for code, words in the_register().removal_grounds]
        _choose(self.fields["ground"], grounds, _("Choose the ground."))


class RefusalForm(ReasonsForm):
    """Why registration is refused."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["since"]


class AuthorityForm(GovukForm):
    """By what it was seen that somebody may act for the provider."""

    how = forms.CharField(
        label=_("By what was the right to act seen?"), max_length=200,
        help_text=_("Such as an extract of the enterprise register of 01.03.2026. No names and no personal codes."),
        error_messages={"required": _("Say by what the right to act was seen.")},
    )  # fmt: skip


class ComplaintForm(GovukForm):
    """A complaint about a provider; nobody has to say who they are."""

    number = forms.CharField(
        label=_("Registration number of the provider (optional)"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "numeric"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What happened?"), max_length=MOST_TEXT, widget=long_text(10),
        help_text=_("Say where and when. If you want an answer, write how to reach you; otherwise stay unnamed."),
        error_messages={"required": _("Write what happened."),
                        "max_length": _("The complaint is too long: at most 4000 characters.")},
    )  # fmt: skip

    def clean_number(self) -> str:
        """Eleven digits that check, or nothing."""
        number: str = "".join(self.cleaned_data["number"].split())
        if number and not is_registration_number(number):
            raise forms.ValidationError(_("This is not a registration number: look at the eleven digits again."))
        return number


class AnswerForm(GovukForm):
    """What came of a complaint."""

    result = forms.CharField(
        label=_("Answer"), max_length=MOST_TEXT, widget=long_text(8),
        error_messages={"required": _("Write what was found and done.")},
    )  # fmt: skip


class HandoverForm(GovukForm):
    """To which institution a complaint goes, and why."""

    to = forms.ChoiceField(label=_("Institution"), error_messages={"required": _("Choose the institution.")})
    reason = forms.CharField(label=_("Why"), max_length=500,
                             error_messages={"required": _("Say why it goes there.")})  # fmt: skip

    def __init__(self, here: uuid.UUID | None, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        others = [(str(one.pk), in_language(one)) for one in Institution.objects.all() if one.pk != here]
        _choose(self.fields["to"], [("", _("Choose")), *sorted(others, key=lambda one: sort_key(one[1]))],
                _("Choose the institution."))  # fmt: skip

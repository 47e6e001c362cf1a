"""Forms of a session: as what one works, and why one looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from balsts.access.roles import ROLES
from balsts.portal.session.state import REASONS, Work

REFERENCE = r"^[0-9A-Za-z./-]*$"


def govuk(form: forms.BaseForm) -> FormHelper:
    """How a form is drawn: as GOV.UK Frontend's are; the page brings the form element and the button."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class GovukForm(forms.Form):
    """A form that looks as GOV.UK Frontend's do."""

    @property
    def helper(self) -> FormHelper:
        """How it is drawn."""
        return govuk(self)


class ReasonForm(GovukForm):
    """Why somebody looks."""

    reason = forms.ChoiceField(
        label=_("Why are you looking?"),
        choices=[("", _("Choose a reason")), *REASONS.items()],
        help_text=_("The reason is recorded, and the person can see it."),
        error_messages={"required": _("Choose why you are looking.")},
    )
    reference = forms.RegexField(
        REFERENCE,
        label=_("Number of the case or document (optional)"),
        required=False,
        max_length=40,
        help_text=_("For example, SD-2026/0417. No names and no personal codes."),
        error_messages={"invalid": _("Use letters without diacritics, digits, dots, slashes and dashes only.")},
    )

    def clean_reference(self) -> str:
        """A number of a case, never somebody's personal code."""
        found: str = self.cleaned_data["reference"]
        if sum(char.isdigit() for char in found) >= 11:
            raise forms.ValidationError(_("This looks like a personal code. Enter the number of a case or document."))
        return found


class WorkForm(GovukForm):
    """As what somebody works, and why."""

    work = forms.ChoiceField(
        label=_("Your role and purpose"),
        widget=forms.RadioSelect,
        help_text=_("You see only what this role may see for this purpose. You can change it at any time."),
        error_messages={"required": _("Choose a role and a purpose.")},
    )

    def __init__(self, works: Iterable[Work], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["work"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, words_of(one)) for one in works]


def words_of(work: Work) -> str:
    """An appointment and a purpose in the language of the page."""
    role, office = ROLES[work.appointment.role], work.appointment.institution
    if get_language() == "lv":
        return f"{role.lv}, {office.name_lv}: {work.purpose.lv}"
    return f"{role.en}, {office.name_en}: {work.purpose.en}"

"""Forms of cases for staff: lists, finding, discretion, steps of a decision, tasks, notes, messages, absence."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balsts.access.models import StaffAccount
from balsts.cases.accepting import ACCEPT, MOST_REASON
from balsts.cases.case_models import Case
from balsts.cases.decision_models import Appeal
from balsts.cases.types.declaration import CaseType, Discretion
from balsts.cases.worklists import OPEN, is_number
from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import cents_from
from balsts.portal.office import words
from balsts.portal.office.establishing import Doubtful, value_from
from balsts.portal.persons.forms import day_field
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import upper_first
from balsts.registry.personal_codes import read_personal_code

_DIGITS = re.compile(r"\d")


def key_field() -> forms.UUIDField:
    """What makes sending a form twice harmless."""
    return forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)


def text_field(label: Any, hint: Any, most: int, missing: Any, rows: int = 4) -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )  # fmt: skip


def colleague_field(
    label: Any, colleagues: Iterable[StaffAccount], nobody: Any, *, required: bool
) -> forms.ChoiceField:
    """One of those who decide cases in the office."""
    choices = [("", nobody), *((str(one.pk), one.full_name) for one in colleagues)]
    return forms.ChoiceField(label=label, choices=choices, required=required)


class FilterForm(GovukForm):
    """Which cases of a list are shown."""

    type = forms.ChoiceField(label=_("Type of case"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, types: Iterable[str], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(one, words.type_words(one)) for one in types]
        self.fields["type"] = forms.ChoiceField(
            label=_("Type of case"), required=False, choices=[("", _("all")), *choices]
        )
        stages = [(one, words.STAGES[Case.Stage(one)]) for one in OPEN]
        self.fields["stage"] = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("all")), *stages])


class FindCaseForm(GovukForm):
    """By what a case is looked for."""

    asked = forms.CharField(
        label=_("Number of the case, personal code or name"),
        help_text=_("Such as SP-2026-000417, 320101-12345 or a name. Only cases of your office are found."),
        max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a number of a case, a personal code or a name.")},
    )  # fmt: skip

    def clean_asked(self) -> dict[str, str]:
        """By what of the three it is."""
        text: str = self.cleaned_data["asked"].strip()
        if is_number(text):
            return {"number": text}
        if _DIGITS.search(text):
            try:
                return {"code": read_personal_code(text).digits}
            except DomainError:
                wrong = _("Enter a number such as SP-2026-000417, or a personal code of eleven digits.")
                raise forms.ValidationError(wrong) from None
        if len(text) < 3:
            raise forms.ValidationError(_("Enter at least three letters of the name."))
        return {"name": text}


class AssessForm(GovukForm):
    """What staff decide at their discretion, each with a reason; nothing chosen: the law alone.

    A fact is left to them only where it is doubtful.
    """

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, declared: CaseType, doubts: Sequence[Doubtful], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.declared, self.doubts = declared, doubts
        self.discretions = [one for one in declared.discretions if one.effect != ACCEPT or self._facts(one)]
        for one in self.discretions:
            self._add(one)

    def _facts(self, one: Discretion) -> list[Doubtful]:
        return [each for each in self.doubts if one.fact in ("", each.key)]

    def _add(self, one: Discretion) -> None:
        self.fields[f"{one.code}_is"] = forms.BooleanField(
            label=one.title.in_language(words.lang()), required=False, help_text=_EFFECTS[one.effect]
        )
        if one.effect == "set_amount":
            if len(self.declared.rights) > 1:
                choices = [(code, words.right_words(code)) for code in self.declared.rights]
                self.fields[f"{one.code}_right"] = forms.ChoiceField(
                    label=_("Which right"), choices=choices, required=False
                )
            self.fields[f"{one.code}_amount"] = forms.CharField(
                label=_("Amount in euros"), help_text=_("Such as 120,50."), required=False, max_length=12,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
            )  # fmt: skip
        if one.effect == ACCEPT:
            self._add_fact(one)
        self.fields[f"{one.code}_reason"] = forms.CharField(
            label=_("Why"), help_text=_("It stands in the decision and in its explanation."), required=False,
            max_length=MOST_REASON if one.effect == ACCEPT else 1000, widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    def _add_fact(self, one: Discretion) -> None:
        self.fields[f"{one.code}_fact"] = forms.ChoiceField(
            label=_("Which fact"), choices=[each.choice for each in self._facts(one)], required=False
        )
        self.fields[f"{one.code}_value"] = forms.CharField(
            label=_("What is true"), required=False, max_length=100,
            help_text=_("An amount such as 120,50, a day such as 04.05.2026, yes or no, or one of the words beside the "
                        "fact. Write “none” if there is none."),
            widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What is chosen has its reason and its amount."""
        cleaned = super().clean() or {}
        cleaned["discretion"] = [found for one in self.discretions if (found := self._said(one, cleaned))]
        return cleaned

    def _said(self, one: Discretion, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        if not cleaned.get(f"{one.code}_is"):
            if cleaned.get(f"{one.code}_reason"):
                self.add_error(f"{one.code}_is", _("Tick this too, or leave its reason out."))
            return None
        said: dict[str, Any] = {"code": one.code, "reason": cleaned.get(f"{one.code}_reason", "").strip()}
        if not said["reason"]:
            self.add_error(f"{one.code}_reason", _("Say why; the person reads it."))
        if one.effect == "set_amount":
            said["right"] = cleaned.get(f"{one.code}_right") or self.declared.rights[0]
            try:
                said["amount"] = int(cents_from(cleaned.get(f"{one.code}_amount", "").strip().replace(",", ".")))
            except ValueError:
                said["amount"] = 0
            if said["amount"] <= 0:
                self.add_error(f"{one.code}_amount", _("Enter an amount such as 120,50."))
        if one.effect == ACCEPT:
            said["fact"], said["about"] = (cleaned.get(f"{one.code}_fact") or " ").split(" ")
            try:
                said["value"] = value_from(said["fact"], cleaned.get(f"{one.code}_value", ""))
            except (KeyError, ValueError):
                self.add_error(f"{one.code}_value", _("Write what is true, as the hint says."))
        return said


_EFFECTS = {
    "refuse": _("Then nothing is granted in this case."),
    "set_amount": _("Then the right has the amount that you set."),
    ACCEPT: _("Then the law reads what you establish; it is kept as found by the office, with your reason."),
    "note": _("It stands in the decision."),
}


class DraftForm(GovukForm):
    """What staff add to the reasons of the law."""

    determination = forms.UUIDField(widget=forms.HiddenInput)
    reasons = forms.CharField(
        label=_("Additional reasons (optional)"),
        help_text=_("What the person should know besides the reasons of the law. It becomes part of the decision."),
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class WhyForm(GovukForm):
    """Why a draft is given up."""

    why = text_field(_("Why is the draft given up?"), _("For colleagues. No names and no personal codes."), 300,
                     _("Say why the draft is given up."), rows=3)  # fmt: skip


class NotifyForm(GovukForm):
    """How and when a decision was made known."""

    how = forms.ChoiceField(
        label=_("How was it made known?"), choices=list(words.HOW.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was made known.")},
    )  # fmt: skip
    on = day_field(_("From which day does it count as made known?"), _("The term to contest it runs from this day."),
                   required=True)  # fmt: skip


class TaskForm(GovukForm):
    """Something to do."""

    detail = forms.CharField(
        label=_("What is to be done?"), help_text=_("No names and no personal codes."), max_length=200,
        error_messages={"required": _("Say what is to be done.")},
    )  # fmt: skip
    due_on = day_field(_("By which day (optional)"), _("Such as 04.05.2026."))
    assigned_to = forms.ChoiceField(label=_("By whom"), required=False)
    key = key_field()

    def __init__(self, colleagues: Iterable[StaffAccount], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["assigned_to"] = colleague_field(
            _("By whom"), colleagues, _("whoever has the case"), required=False
        )


class NoteForm(GovukForm):
    """A note for colleagues."""

    text = text_field(_("Note for colleagues"), _("The person does not see it in the portal, but may ask for it."),
                      2000, _("Write the note."))  # fmt: skip
    key = key_field()


class MessageForm(GovukForm):
    """A message to the person."""

    text = text_field(_("Your message"), _("The person reads it in the portal."), 4000, _("Write the message."), rows=6)
    waits = forms.BooleanField(label=_("The case waits for the answer"), required=False)
    key = key_field()


class AssignForm(GovukForm):
    """To whom a case is assigned."""

    staff = forms.ChoiceField(label=_("Who works on this case?"), required=False)

    def __init__(self, colleagues: Iterable[StaffAccount], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["staff"] = colleague_field(
            _("Who works on this case?"), colleagues, _("nobody yet"), required=False
        )


class AbsenceForm(GovukForm):
    """Who is away when, and who stands in."""

    staff = forms.ChoiceField(label=_("Who is away"))
    since = day_field(_("First day away"), _("Such as 04.05.2026."), required=True)
    until = day_field(_("First day back"), _("Such as 18.05.2026."), required=True)
    substitute = forms.ChoiceField(label=_("Who stands in"), required=False)

    def __init__(self, colleagues: Iterable[StaffAccount], may_be: Iterable[StaffAccount], *arguments: Any,
                 **named: Any) -> None:  # fmt: skip
        super().__init__(*arguments, **named)
        self.fields["staff"] = forms.ChoiceField(
            label=_("Who is away"), choices=[(str(one.pk), one.full_name) for one in may_be]
        )
        self.fields["substitute"] = colleague_field(_("Who stands in"), colleagues, _("nobody"), required=False)

    def clean(self) -> dict[str, Any]:
        """The days are in order, and nobody stands in for themselves."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The first day back comes after the first day away."))
        if cleaned.get("substitute") and cleaned.get("substitute") == cleaned.get("staff"):
            self.add_error("substitute", _("Choose somebody else to stand in."))
        return cleaned


class HearForm(GovukForm):
    """What comes of a contested decision."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"), widget=forms.RadioSelect,
        choices=lambda: [(one, upper_first(str(words.OUTCOMES[one])))
                         for one in Appeal.Outcome if one != Appeal.Outcome.WITHDRAWN],
        error_messages={"required": _("Choose what you decide.")},
    )  # fmt: skip
    reasons = text_field(_("Why"), _("The person reads it."), 4000, _("Say why; the person reads it."), rows=6)


class ConfirmForm(GovukForm):
    """What staff add to the reasons of a decision that confirms a change."""

    reasons = forms.CharField(
        label=_("Additional reasons (optional)"),
        help_text=_("What the person should know besides the reasons of the law. It becomes part of the decision."),
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class DismissForm(GovukForm):
    """Why a proposed change is dismissed."""

    reason = text_field(_("Why is the change dismissed?"), _("It is kept with the change."), 1000,
                        _("Say why the change is dismissed."), rows=3)  # fmt: skip

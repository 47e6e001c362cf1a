"""Questions about health, work, income, the home, savings and special situations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balsts.portal.public.answers import Answers
from balsts.portal.public.fields import MoneyField, MonthField, OneOf, SomeOf, WholeNumberField, YesNo
from balsts.portal.public.names import names_of
from balsts.portal.public.people_forms import QuestionForm, students

GROUPS = [("1", _("Group I")), ("2", _("Group II")), ("3", _("Group III"))]
_MOST_HOURS = 744
SITUATIONS = [
    ("status", _("Somebody is a refugee, has the alternative status, or came from Ukraine because of the war")),
    ("after_care", _("Somebody left out-of-family care at 18 (a children's home, guardian or foster family)")),
    ("breadwinner", _("A child or a student has lost a parent")),
    ("institution", _("Somebody is in prison or lives in a care institution")),
    ("chernobyl", _("Somebody took part in the clean-up of Chernobyl")),
    ("crisis", _("This month a disaster struck us: a fire, a flood, an accident")),
]
STATUSES = [
    ("refugee", _("Refugee")),
    ("alternative", _("Alternative status")),
    ("ukraine_civilian", _("Ukrainian civilian")),
    ("temporary", _("Temporary residence permit")),
]


def _choices(answers: Answers, persons: list[str]) -> list[tuple[str, str]]:
    names = names_of(answers)
    return [(one, names[one]) for one in persons]


class HealthForm(QuestionForm):
    """Who has a disability, and which children have coeliac disease."""

    def build(self) -> None:
        """One checkbox a person."""
        self.fields["disabled"] = SomeOf(
            label=_("Who has a disability (invaliditāte) confirmed by the state commission?"),
            choices=_choices(self.answers, self.answers.persons), help_text=_("If nobody, leave it empty."),
        )  # fmt: skip
        young = [*self.answers.children, *(one for one in students(self.answers) if one in self.answers.adults)]
        if young:
            self.fields["celiac"] = SomeOf(
                label=_("Who has a doctor's certificate of coeliac disease?"), choices=_choices(self.answers, young),
                help_text=_("For children and students. If nobody, leave it empty."),
            )  # fmt: skip


class DisabilityForm(QuestionForm):
    """A person's disability as the state commission's opinion has it."""

    def build(self) -> None:
        """Groups are of adults."""
        if self.person.removeprefix("disability-") in self.answers.adults:
            self.fields["group"] = OneOf(label=_("Disability group"), choices=GROUPS, wrong=_("Choose the group."))
            self.fields["since_childhood"] = forms.BooleanField(label=_("Disabled since childhood"), required=False)
            self.fields["sight"] = forms.BooleanField(label=_("Group I because of sight"), required=False)
        self.fields["special_care"] = forms.BooleanField(
            label=_("There is an opinion on special care (īpašas kopšanas nepieciešamība)"), required=False
        )
        self.fields["mobility"] = MonthField(
            label=_("Opinion on a specially adapted car or the transport allowance: since when?"), required=False,
            help_text=_("Month and year, such as 05.2024; if there is no such opinion, leave it empty."),
        )  # fmt: skip
        self.fields["assistant"] = WholeNumberField(
            label=_("Hours of an assistant in a month"), least=0, most=_MOST_HOURS, required=False,
            help_text=_("As the municipality has granted; if there is no assistant, leave it empty."),
        )  # fmt: skip


class WorkForm(QuestionForm):
    """Work and income of an adult."""

    employed = YesNo(label=_("Is this person in work or self-employed now?"), wrong=_("Choose yes or no."))
    wage = MoneyField(label=_("Wage in hand"), help_text=_("Euros a month after tax, the average of three months."))
    pension = MoneyField(label=_("Pension in hand"),
                         help_text=_("Euros a month after tax: old-age, disability or survivor's."))  # fmt: skip
    other = MoneyField(
        label=_("Other income"),
        help_text=_("Euros a month: maintenance, rent, sickness or unemployment benefit. Leave out the benefits that "
                    "this page works out: for families, disability, the poor."),
    )  # fmt: skip


class HomeForm(QuestionForm):
    """What the home costs."""

    costs = MoneyField(
        label=_("Housing costs of the household"),
        help_text=_("Euros a month: rent, heating, water, gas, electricity, waste, telephone. The municipality counts "
                    "them up to its norms, which this page does not know."),
    )  # fmt: skip


class MeansForm(QuestionForm):
    """Savings and property."""

    savings = MoneyField(label=_("Savings of the household together"),
                         help_text=_("Euros in accounts, in cash and in securities."))  # fmt: skip
    within = YesNo(
        label=_("Is this all the property that you have?"), wrong=_("Choose yes or no."),
        help_text=_("The home you live in; one car, or two vehicles if there are children; up to 5 hectares of land."),
    )  # fmt: skip


class SpecialForm(QuestionForm):
    """What happens to few, and then matters much."""

    what = SomeOf(label=_("Does any of this apply to you or somebody of the household?"), choices=SITUATIONS,
                  help_text=_("If nothing does, leave it empty."))  # fmt: skip


class WhoForm(QuestionForm):
    """Whom a situation concerns."""

    def members(self) -> list[str]:
        """Among whom to choose."""
        return self.answers.persons

    def build(self) -> None:
        """One checkbox a person."""
        self.fields["who"] = SomeOf(label=_("Who?"), choices=_choices(self.answers, self.members()),
                                    required=True, wrong=_("Choose at least one person."))  # fmt: skip


class StatusForm(WhoForm):
    """Residence of those who found refuge."""

    status = OneOf(label=_("Which status?"), choices=STATUSES, wrong=_("Choose the status."))
    months = WholeNumberField(
        label=_("Full months since the household first asked for support in Latvia"), least=0, most=600, required=False,
        help_text=_("Not asked yet: leave it empty."),
    )  # fmt: skip
    field_order = ("who", "status", "months")


class AfterCareForm(WhoForm):
    """Who left care, and when."""

    left = MonthField(label=_("When did the care end?"), required=False,
                      help_text=_("Month and year, such as 05.2026; empty: on the 18th birthday."))  # fmt: skip
    field_order = ("who", "left")

    def members(self) -> list[str]:
        """Adults."""
        return self.answers.adults


class BreadwinnerForm(WhoForm):
    """Who lost a parent, and when."""

    since = MonthField(label=_("When did the parent die?"))
    field_order = ("who", "since")

    def members(self) -> list[str]:
        """Children, and students of age."""
        young = [*self.answers.children, *(one for one in students(self.answers) if one in self.answers.adults)]
        return young or self.answers.persons


class InstitutionForm(QuestionForm):
    """Who is in prison or in a care institution."""

    def build(self) -> None:
        """Two lists and a cost."""
        choices = _choices(self.answers, self.answers.persons)
        self.fields["prison"] = SomeOf(label=_("Who is in prison?"), choices=choices)
        self.fields["care"] = SomeOf(label=_("Who lives in a care institution?"), choices=choices)
        self.fields["cost"] = MoneyField(label=_("What a place in the institution costs"),
                                         help_text=_("Euros a month; empty if you do not know."))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Somebody, since the situation was named."""
        found = super().clean() or {}
        if not found.get("prison") and not found.get("care"):
            self.add_error("prison", _("Choose at least one person."))
        return found

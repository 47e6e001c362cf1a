"""Questions about the members of the household: who they are, what ties them, who studies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balsts.portal.public.answers import MOST_PERSONS, Answers
from balsts.portal.public.fields import MonthField, OneOf, SomeOf, WholeNumberField, this_month
from balsts.portal.public.names import age_in_years, is_of_age, names_of
from balsts.portal.session.forms import GovukForm

STUDIES_FROM, STUDIES_UNTIL = 15, 25
_MOST_PARENTS = 2
SEXES = [("f", _("Woman")), ("m", _("Man"))]
RELATIONS = [
    ("married", _("My husband or wife")),
    ("partner", _("My partner; we are not married")),
    ("child", _("A grown-up child of mine or of my partner")),
    ("parent", _("My mother or father")),
    ("other", _("Somebody else")),
]
TIES = [
    ("own", _("Own child")),
    ("adopted", _("Adopted child")),
    ("guardian", _("A guardian was appointed (aizbildnība)")),
    ("foster", _("Placed in a foster family")),
    ("preadoption", _("In care before adoption")),
]
STUDIES = [
    ("none", _("Does not study")),
    ("general", _("General school")),
    ("vocational", _("Vocational school")),
    ("higher_full_time", _("University or college, full time")),
    ("other", _("Other studies")),
]


class QuestionForm(GovukForm):
    """A form of one page, made for the answers so far."""

    def __init__(self, answers: Answers, person: str, *arguments: Any, **named: Any) -> None:
        self.answers = answers
        self.person = person
        super().__init__(*arguments, **named)
        self.build()

    def build(self) -> None:
        """Put fields in that depend on the answers so far."""

    def given(self) -> dict[str, Any]:
        """The answers of the page, as they are kept: text, whole numbers, truths and lists of them."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class HouseholdForm(QuestionForm):
    """How many live together."""

    adults = WholeNumberField(label=_("Adults, with you"), least=1, most=MOST_PERSONS,
                              help_text=_("Everybody who is 18 or older."))  # fmt: skip
    children = WholeNumberField(label=_("Children"), least=0, most=MOST_PERSONS - 1,
                                help_text=_("Everybody who is younger than 18; 0 if there are none."))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """No more than the pages can hold."""
        found = super().clean() or {}
        if found.get("adults", 0) + found.get("children", 0) > MOST_PERSONS:
            self.add_error("adults", _("At most %(most)s persons fit here. For a larger household, ask the social "
                                       "service of your municipality.") % {"most": MOST_PERSONS})  # fmt: skip
        return found


class AdultForm(QuestionForm):
    """An adult: when born, woman or man, and what ties them to who answers."""

    born = MonthField(label=_("Month and year of birth"))
    sex = OneOf(label=_("Woman or man"), choices=SEXES, wrong=_("Choose woman or man."),
                help_text=_("The law pays some benefits to the mother first."))  # fmt: skip

    def build(self) -> None:
        """Who the person is to you; one partner and two parents at most."""
        if self.person == self.answers.adults[0]:
            return
        others = [self.answers.of(one).get("relation") for one in self.answers.adults if one != self.person]
        taken = {"married", "partner"} if {"married", "partner"} & {*others} else set()
        taken |= {"parent"} if others.count("parent") >= _MOST_PARENTS else set()
        self.fields["relation"] = OneOf(
            label=_("Who is this person to you?"), choices=[one for one in RELATIONS if one[0] not in taken],
            wrong=_("Choose who this person is to you."),
        )  # fmt: skip

    def clean_born(self) -> str:
        """An adult is 18 or older."""
        found: str = self.cleaned_data["born"]
        if not is_of_age(found, this_month()):
            raise forms.ValidationError(_("This person is younger than 18. Go back and count them as a child."))
        return found


class ChildForm(QuestionForm):
    """A child: when born, by whom raised and on what ground."""

    born = MonthField(label=_("Month and year of birth"))
    tie = OneOf(label=_("What is the child to those who raise it?"), choices=TIES,
                wrong=_("Choose what the child is to those who raise it."))  # fmt: skip

    def build(self) -> None:
        """Who raises the child; with one adult there is nothing to choose."""
        adults = self.answers.adults
        names = names_of(self.answers)
        if len(adults) > 1:
            self.fields["of"] = SomeOf(
                label=_("Who in the household raises the child?"), choices=[(one, names[one]) for one in adults],
                help_text=_("The parents, or the guardian or foster parents. Two at most."), required=True,
                wrong=_("Choose who raises the child."),
            )  # fmt: skip

    def clean_born(self) -> str:
        """A child is younger than 18."""
        found: str = self.cleaned_data["born"]
        if is_of_age(found, this_month()):
            raise forms.ValidationError(_("This person is 18 or older. Go back and count them as an adult."))
        return found

    def clean(self) -> dict[str, Any]:
        """Two raise a child at most, and one guardian or carer alone; parents are older than their child."""
        found = super().clean() or {}
        of = found.setdefault("of", self.answers.adults[:1] if "of" not in self.fields else [])
        if len(of) > _MOST_PARENTS:
            self.add_error("of", _("Choose two at most."))
        if found.get("tie") in ("guardian", "preadoption") and len(of) > 1:
            self.add_error("of", _("The law knows one guardian or carer. Choose who was appointed."))
        if any(found.get("born", "") <= self.answers.of(one).get("born", "") for one in of if "born" in found):
            self.add_error("born", _("A child is younger than those who raise it. Check the month."))
        return found


class PlacementForm(QuestionForm):
    """Since when a child is in care."""

    since = MonthField(
        label=_("Since when?"), required=False,
        help_text=_(
            "Month and year of the adoption or placement, such as 05.2026; if it was long ago, leave it empty."
        ),
    )  # fmt: skip

    def build(self) -> None:
        """Guardians of Ukrainian children have rules of their own."""
        if self.answers.of(self.person.removeprefix("placement-")).get("tie") == "guardian":
            self.fields["emergency"] = forms.BooleanField(
                label=_("Emergency guardian of a child from Ukraine (ārkārtas aizbildnis)"), required=False
            )


class StudiesForm(QuestionForm):
    """Where the young study."""

    def build(self) -> None:
        """A question for each."""
        names = names_of(self.answers)
        for one in students(self.answers):
            self.fields[one] = OneOf(label=names[one], choices=STUDIES, wrong=_("Choose where this person studies."))


def students(answers: Answers) -> list[str]:
    """Those of an age at which studies matter."""
    return [
        one for one in answers.persons
        if answers.has(one)
        and STUDIES_FROM <= age_in_years(answers.of(one)["born"], this_month()) < STUDIES_UNTIL
    ]  # fmt: skip

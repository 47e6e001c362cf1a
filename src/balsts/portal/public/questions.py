"""Which pages of questions there are, in which order, and which of them matter after the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from balsts.portal.public import means_forms, people_forms
from balsts.portal.public.answers import Answers
from balsts.portal.public.names import names_of
from balsts.portal.public.people_forms import QuestionForm, students

CHECK = "check"
_FORMS: dict[str, type[QuestionForm]] = {
    "household": people_forms.HouseholdForm, "adult": people_forms.AdultForm, "child": people_forms.ChildForm,
    "placement": people_forms.PlacementForm, "studies": people_forms.StudiesForm, "health": means_forms.HealthForm,
    "disability": means_forms.DisabilityForm, "work": means_forms.WorkForm, "home": means_forms.HomeForm,
    "means": means_forms.MeansForm, "special": means_forms.SpecialForm, "status": means_forms.StatusForm,
    "after_care": means_forms.AfterCareForm, "breadwinner": means_forms.BreadwinnerForm,
    "institution": means_forms.InstitutionForm, "chernobyl": means_forms.WhoForm,
}  # fmt: skip
FOLLOW_UPS = ("status", "after_care", "breadwinner", "institution", "chernobyl")


@dataclass(frozen=True)
class Section:
    """Pages that belong together, as the check of answers shows them."""

    title: str
    pages: tuple[str, ...]


def kind_of(page: str) -> str:
    """`disability-child-01` → `disability`."""
    return page.partition("-")[0]


def pages_of(answers: Answers) -> list[str]:
    """All pages that matter by the answers so far, in order."""
    return [page for section in sections_of(answers) for page in section.pages]


def sections_of(answers: Answers) -> list[Section]:
    """The pages that matter, by what they are about."""
    found = [
        Section(_("Who lives with you"), tuple(_of_people(answers))),
        Section(_("Health"), tuple(_of_health(answers))),
        Section(_("Work and income"), tuple(f"work-{one}" for one in answers.adults)),
        Section(_("Home and savings"), ("home", "means")),
        Section(_("Special situations"), ("special", *(
            one for one in FOLLOW_UPS if one in answers.of("special").get("what", ())
        ))),
    ]  # fmt: skip
    return found if answers.has("household") else found[:1]


def _of_people(answers: Answers) -> Iterator[str]:
    yield "household"
    yield from answers.adults
    for one in answers.children:
        yield one
        if answers.of(one).get("tie", "own") != "own":
            yield f"placement-{one}"
    if students(answers):
        yield "studies"


def _of_health(answers: Answers) -> Iterator[str]:
    yield "health"
    yield from (f"disability-{one}" for one in answers.persons if one in answers.of("health").get("disabled", ()))


def next_page(answers: Answers) -> str:
    """The first page without an answer; the check of answers after the last."""
    return next((page for page in pages_of(answers) if not answers.has(page)), CHECK)


def page_before(answers: Answers, page: str) -> str | None:
    """The page before another; None before the first."""
    pages = [*pages_of(answers), CHECK]
    place = pages.index(page) if page in pages else 0
    return pages[place - 1] if place else None


def form_of(page: str, answers: Answers, data: QueryDict | None = None) -> QuestionForm:
    """The form of a page, filled in with what was answered before."""
    return _FORMS[kind_of(page)](answers, page, data, initial=initial_of(page, answers))


def initial_of(page: str, answers: Answers) -> Mapping[str, Any]:
    """What a page is filled in with: its answers, or for a child those who raise it as far as they can be guessed."""
    if answers.has(page) or page not in answers.children:
        return answers.of(page)
    return {"of": [one for one in (answers.adults[0], answers.partner) if one]}


def answered(answers: Answers, page: str, given: Mapping[str, Any]) -> Answers:
    """The answers with one page more, without what no longer fits: of persons who are gone, of pages that closed."""
    found = answers.with_page(page, given)
    while True:
        fitting = [one for one in pages_of(found) if found.has(one) and _fits(found, one)]
        if len(fitting) == len(found.pages):
            return found
        found = found.only(fitting)


def _fits(answers: Answers, page: str) -> bool:
    """Whether the answers of a page name only persons that there are, and all of whom it asks."""
    named = [one for value in answers.of(page).values() if isinstance(value, list) for one in value]
    if any(one.startswith(("adult-", "child-")) and one not in answers.persons for one in named):
        return False
    if page == "studies":
        return set(answers.of(page)) == set(students(answers))
    return True


def heading_of(page: str, answers: Answers) -> str:
    """The heading of a page."""
    kind = kind_of(page)
    person = page if kind in ("adult", "child") else page.removeprefix(f"{kind}-")
    if kind == "adult" and person == answers.adults[0]:
        return _("About you")
    headings = {
        "household": _("Who lives in your household?"),
        "adult": _("About adult %(number)s") % {"number": _number(person)},
        "child": _("About child %(number)s") % {"number": _number(person)},
        "studies": _("Studies"), "health": _("Health"), "home": _("Your home"), "means": _("Savings and property"),
        "special": _("Special situations"), "status": _("Refuge in Latvia"),
        "after_care": _("After out-of-family care"), "breadwinner": _("The loss of a parent"),
        "institution": _("Prison and care institutions"), "chernobyl": _("Chernobyl"),
    }  # fmt: skip
    if kind in headings:
        return headings[kind]
    name = names_of(answers)[person]
    return {
        "placement": _("In your care: %(name)s"), "disability": _("Disability: %(name)s"),
        "work": _("Work and income: %(name)s"),
    }[kind] % {"name": name}  # fmt: skip


def _number(person: str) -> int:
    digits = person.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0

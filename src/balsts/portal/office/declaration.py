"""The means declaration as whoever assesses a case sees it: what registers say against what the person says."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from balsts.access.acting import Acting
from balsts.cases.answers import Answers, Shown
from balsts.cases.circle import circle_of
from balsts.cases.means import NO_AMOUNT, BothSides, both_sides, income_keys
from balsts.cases.models import Application, Case
from balsts.cases.prefill import known_for
from balsts.cases.types.reading import case_type
from balsts.law.engine.quantities import cents_from, month_from, month_words
from balsts.portal.office import words
from balsts.portal.persons.case import names_of
from balsts.portal.persons.rights import source_words
from balsts.portal.words import in_language, upper_first, value_words
from balsts.registry.fact_types import BY_KEY
from balsts.registry.predicates import persons_of


@dataclass(frozen=True)
class Side:
    """One side of a line: the value, who says it and of which day; of an average, the months it is of."""

    value: str
    source: str
    on: date
    months: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """One thing with both its sides; `state` says in words how they stand to each other."""

    title: str
    whose: str
    person: uuid.UUID | None
    told: Side | None
    said: Side | None
    state: str
    is_contradicted: bool


@dataclass(frozen=True)
class DeclarationShown:
    """The declaration of an application: lines that differ, all others, and what income comes to by each side."""

    application: Application
    differing: tuple[Line, ...]
    alike: tuple[Line, ...]
    told_total: str
    said_total: str


def declaration_of(who: Acting, case: Case, application: Application | None) -> DeclarationShown | None:
    """The declaration of an application; None where nothing was declared and registers say nothing that counts.

    To be called where the case is open; only members whom who acts may see have lines.
    """
    if application is None or case.subject_id is None or not application.answers:
        return None
    declared, answers = case_type(case.type), Answers.from_json(application.answers)
    circle = circle_of(case.subject_id, case.household_id, application.received_on)
    visible = persons_of(who).filter(pk__in=circle.members).values_list("pk", flat=True)
    circle = replace(circle, visible=frozenset(visible))
    members = [one for one in circle.members if one in circle.visible]
    found = both_sides(declared, members, answers, known_for(declared, circle, application.since))
    if not found:
        return None
    names = names_of(members)
    lines = [_line(one, application, names) for one in found]
    income = [one for one in found if one.key in income_keys(declared)]
    return DeclarationShown(
        application,
        tuple(one for one in lines if one.is_contradicted),
        tuple(one for one in lines if not one.is_contradicted),
        _total(_told(one) for one in income),
        _total(one.counted or _told(one) for one in income),
    )


def _told(one: BothSides) -> str:
    return one.told.value if one.told else NO_AMOUNT


def _total(values: Iterable[str]) -> str:
    return words.euros_words(sum(cents_from(one) for one in values))


def _line(one: BothSides, application: Application, names: Mapping[uuid.UUID, str]) -> Line:
    about = uuid.UUID(one.about) if one.about else None
    whose = names.get(about, "–") if about else _("the household")
    told = _side_of(one.key, one.told) if one.told else None
    title = upper_first(in_language(BY_KEY[one.key].input))
    return Line(title, whose, about, told, _said(one, application), _state(one), one.is_contradicted)


def _said(one: BothSides, application: Application) -> Side | None:
    """The person's side: the answer, or what they confirmed as they saw it then."""
    if one.counted is None:
        return None
    how = str(words.CHANNELS[Application.Channel(application.channel)])
    source = _("application, %(how)s") % {"how": how}
    if one.said is None and one.confirmed is not None:
        source = _("confirmed in the application, %(how)s") % {"how": how}
    return Side(value_words(BY_KEY[one.key].input, one.counted), source, application.received_on)


def _side_of(key: str, shown: Shown) -> Side:
    found = BY_KEY[key].input
    months = tuple((month_words(month_from(month), words.lang()), value_words(found, value))
                   for month, value in shown.months)  # fmt: skip
    source, on = upper_first(source_words(shown.origin)), date.fromisoformat(shown.as_of)
    return Side(value_words(found, shown.value), source, on, months)


def _state(one: BothSides) -> str:
    if one.is_contradicted:
        return _("differs since it was confirmed") if one.said is None else _("differs")
    if one.counted is None:
        return _("not answered")
    if one.told is None:
        return _("declared; no register tells it")
    return _("both say the same")

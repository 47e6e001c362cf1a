"""What an application declares, stated in the registry: facts of the right days, the account, and contradictions.

Called once an application is received, in the same transaction; done again, it changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import Acting
from balsts.cases.answers import Answers
from balsts.cases.circle import NOBODY, Circle, circle_of
from balsts.cases.means import income_keys, window_of
from balsts.cases.models import Application, Task
from balsts.cases.prefill import value_of
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month, month_number
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from balsts.registry.fact_types import BY_KEY, BY_NUMBER, DECLARATION
from balsts.registry.models import Fact, Household, Person, Source
from balsts.registry.recording import ALWAYS, days, new_source, state_all
from balsts.registry.selectors import known, known_facts
from balsts.registry.use_cases import fact_of, state_account

CONTRADICTION = "contradiction"
"""The kind of a task: what an application says differs from a register."""
_APPLIED_FOR = "applied_for"
_PERMANENT = ("born", "died", "sex")
_MOST_DETAIL = 200


def state_answers(application: Application, who: Acting) -> list[Fact]:
    """State what an application declares; to be called in the scope of the platform.

    Returns:
        The facts that are believed now; none where nothing was declared.

    Raises:
        DomainError: the answers are not those of a form, or name somebody who is not in the household.
    """
    answers, declared = Answers.from_json(application.answers), case_type(application.case.type)
    if application.case.subject_id is None:
        return []
    circle = circle_of(application.case.subject_id, application.case.household_id, timezone.localdate())
    _require_members(answers, circle)
    source = new_source(DECLARATION, f"application {application.pk}", who=who if who.staff else None)
    facts = [*_facts(application, declared, answers, source), *_applied_for(application, declared, circle, source)]
    found = state_all(facts)
    for about, iban in _accounts(declared, answers):
        state_account(Person(pk=uuid.UUID(about)), source, iban, days(application.received_on))
    _tell_contradictions(application, found)
    return found


def _require_members(answers: Answers, circle: Circle) -> None:
    known_here = {str(one) for one in circle.members} | {NOBODY}
    if any(about not in known_here for found in answers.values.values() for about in found):
        raise DomainError("An answer is about somebody who is not in the household; open the form again.")


def _facts(application: Application, declared: CaseType, answers: Answers, source: Source) -> Iterator[Fact]:
    averaged = income_keys(declared)
    for key, by_subject in sorted(answers.values.items()):
        question = declared.question(key)
        if key not in averaged and (question is None or question.kind != "fact"):
            continue
        valid = valid_days(declared, key, application.since)
        for about, value in sorted(by_subject.items()):
            if about:
                yield fact_of(source, key, value, valid, person=Person(pk=uuid.UUID(about)))
            else:
                household = application.case.household_id
                yield fact_of(source, key, value, valid, household=Household(pk=household))


def valid_days(declared: CaseType, key: str, since: date) -> DateRange:
    """The days that a declared fact is true of.

    Days and what never changes are true of all days; income, of the months of the window; all else from the first
    month asked for, until something else is stated.
    """
    if BY_KEY[key].input.kind == "day" or key in _PERMANENT:
        return ALWAYS
    if key in income_keys(declared):
        window = window_of(declared, since)
        return days(first_day(window[0]), first_day(Month(window[-1] + 1)))
    return days(since)


def _applied_for(application: Application, declared: CaseType, circle: Circle, source: Source) -> Iterator[Fact]:
    """That rights were applied for, where the law asks it: of the applicant and the children, beside earlier ones."""
    month = month_number(application.since.year, application.since.month)
    read = wire(latvia(), month).inputs
    codes = {one for one in declared.rights if f"{_APPLIED_FOR}_{one}" in read}
    if not codes:
        return
    persons = [circle.applicant, *circle.children]
    number, valid = BY_KEY[_APPLIED_FOR].number, days(application.since)
    before = known(Fact).filter(person__in=persons, type=number, origin__code=DECLARATION, valid__overlap=valid)
    earlier = {one.person_id: set((one.value or "").split(",")) - {""} for one in before}
    for person in persons:
        wanted = sorted(codes | earlier.get(person, set()))
        yield fact_of(source, _APPLIED_FOR, wanted, valid, person=Person(pk=person))


def _accounts(declared: CaseType, answers: Answers) -> Iterator[tuple[str, str]]:
    for page in declared.pages:
        for one in page.questions:
            if one.kind == "account":
                yield from sorted(answers.values.get(one.code, {}).items())


def _tell_contradictions(application: Application, stated: Iterable[Fact]) -> None:
    """A task for each subject of whom a register tells otherwise; the page of the case shows both sides."""
    by_subject: dict[uuid.UUID, set[str]] = {}
    for one in stated:
        about = one.person_id or one.household_id
        if about is not None and _is_contradicted(one):
            by_subject.setdefault(about, set()).add(BY_NUMBER[one.type].key)
    for about, keys in sorted(by_subject.items()):
        Task.objects.get_or_create(
            case=application.case, kind=CONTRADICTION, about=about, done_at=None,
            defaults={"detail": ", ".join(sorted(keys))[:_MOST_DETAIL], "due_on": application.case.due_on},
        )  # fmt: skip


def _is_contradicted(declared_fact: Fact) -> bool:
    if BY_NUMBER[declared_fact.type].key == _APPLIED_FOR:
        return False
    persons = [declared_fact.person_id] if declared_fact.person_id else []
    others = known_facts(None, persons, declared_fact.household_id, declared_fact.valid).filter(
        type=declared_fact.type, status=Fact.Status.KNOWN
    )
    said = value_of(declared_fact)
    return any(value_of(one) != said for one in others.exclude(origin__code=DECLARATION))

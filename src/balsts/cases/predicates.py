"""Who may do what in a case: the first wall. Row-level security asks the same on its own."""

from __future__ import annotations

import uuid

import rules
from django.utils import timezone

from balsts.access.acting import Acting
from balsts.access.predicates import has_ability
from balsts.access.roles import SYSTEM_ROLE
from balsts.cases.models import Appeal, Case, Complaint
from balsts.cases.types.reading import case_type
from balsts.registry.models import Representation
from balsts.registry.representation import may_act_for


@rules.predicate
def is_of_the_office(who: Acting, case: Case) -> bool:
    """Whether the case is one of the office of who acts, and they look for its purpose."""
    return case.institution_id == who.institution and case.purpose == who.purpose


@rules.predicate
def is_heard_here(who: Acting, case: Case) -> bool:
    """Whether the case is contested before the institution of who acts."""
    return who.purpose == "appeal" and Appeal.objects.filter(case=case, heard_by=who.institution).exists()


@rules.predicate
def prepares(who: Acting, case: Case) -> bool:
    """Whether the role of who acts prepares or checks decisions of this type."""
    declared = case_type(case.type)
    return who.role in (declared.prepares, declared.checks)


@rules.predicate
def checks(who: Acting, case: Case) -> bool:
    """Whether the role of who acts checks decisions of this type."""
    return who.role == case_type(case.type).checks


@rules.predicate
def enters_type(who: Acting, type_code: str) -> bool:
    """Whether the role and purpose of who acts are those that decide a case type."""
    declared = case_type(type_code)
    return who.purpose == declared.purpose and who.role in (declared.prepares, declared.checks)


def _acts_in(who: Acting, subject: uuid.UUID | None, matter: str) -> bool:
    if who.scope != "self" or who.person is None or subject is None:
        return False
    return may_act_for(who.person, subject, matter, timezone.localdate()) is not None


@rules.predicate
def sees_as_a_person(who: Acting, case: Case) -> bool:
    """Whether a resident's own case, or one of somebody whose data they may see."""
    return _acts_in(who, case.subject_id, Representation.Matter.SEE)


@rules.predicate
def applies(who: Acting, subject: uuid.UUID) -> bool:
    """Whether a resident may apply for somebody: themselves, or whom they represent in that."""
    return _acts_in(who, subject, Representation.Matter.APPLY)


@rules.predicate
def is_a_resident(who: Acting, subject: uuid.UUID | None = None) -> bool:
    """Whether a person acts for themselves, whose identity was proven when they signed in."""
    return who.scope == "self" and who.person is not None


@rules.predicate
def answers(who: Acting, complaint: Complaint) -> bool:
    """Whether a complaint is with the office of who acts."""
    return complaint.institution_id == who.institution


@rules.predicate
def contests(who: Acting, case: Case) -> bool:
    """Whether a resident may contest a decision of a case."""
    return _acts_in(who, case.subject_id, Representation.Matter.APPEAL)


@rules.predicate
def is_the_platform(who: Acting) -> bool:
    """Whether the platform itself acts."""
    return who.role == SYSTEM_ROLE


rules.add_rule("cases.read", is_the_platform | (is_of_the_office & (has_ability("read") | has_ability("decide")))
               | is_heard_here | sees_as_a_person)  # fmt: skip
rules.add_rule("cases.work", is_the_platform | (is_of_the_office & prepares & has_ability("decide"))
               | (is_heard_here & has_ability("hear_appeals")))  # fmt: skip
rules.add_rule("cases.check", is_of_the_office & checks & has_ability("check"))
rules.add_rule("cases.supervise", has_ability("supervise"))
rules.add_rule("cases.enter", has_ability("decide"))
rules.add_rule("cases.enter_type", enters_type & has_ability("decide"))
rules.add_rule("cases.apply", applies)
rules.add_rule("cases.apply_for_organisation", is_a_resident)
rules.add_rule("cases.see_complaints", has_ability("decide") | has_ability("check"))
rules.add_rule("cases.answer_complaint", answers & (has_ability("decide") | has_ability("check")))
rules.add_rule("cases.contest", contests)
rules.add_rule("cases.hear", is_heard_here & has_ability("hear_appeals"))
rules.add_rule("cases.rehearse", has_ability("rehearse"))
rules.add_rule("cases.draft_law", is_the_platform | has_ability("rehearse"))

"""Facts that staff establish where registers differ or cannot tell: stated in the registry as theirs, with the reason.

The act leaves the evidence to them; the law then reads such a fact before all others, and letters show whose it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg.types.range import DateRange

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.log import log_access
from balsts.cases.declared import valid_days
from balsts.cases.determining import doubts_of, tell
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Case, Determination, Party
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError
from balsts.registry.fact_types import BY_KEY, DECLARATION, WORKER
from balsts.registry.models import Fact, Household, Person
from balsts.registry.recording import new_source, state
from balsts.registry.selectors import known_facts
from balsts.registry.use_cases import fact_of

ACCEPT = "accept_fact"
MOST_REASON = 300


def carried_on(newest: Determination | None, said: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a determination keeps of what staff decide: facts that were established before in the case still are.

    Values of facts are left out: they stand in the registry, for those who may see them.
    """
    now = {_about(one) for one in said if one["effect"] == ACCEPT}
    earlier = [one for one in (newest.discretion if newest else ()) if one.get("effect") == ACCEPT]
    kept = [dict(one) for one in earlier if _about(one) not in now]
    return kept + [{name: value for name, value in one.items() if name != "value"} for one in said]


def accept_facts(
    who: Acting, case: Case, said: Sequence[Mapping[str, Any]], since: date, anchor: date
) -> list[dict[str, Any]]:
    """State the facts among what staff decide, so that the determination which follows reads them.

    To be called in the scope of whoever may work on the case, in the transaction of the determination.

    Args:
        said: as `determine` takes it; of the effect `accept_fact` also `fact` (its key), `about` (a person or
            household) and `value`, as in a household file; None: there is none.
        since, anchor: as `determine` takes them.

    Returns:
        What the determination keeps, as `carried_on`.

    Raises:
        CaseNotReady: nothing was worked out yet, so nobody knows which facts are doubtful.
        DomainError: registers tell it surely, it is of nobody in the case, or the value is not one of its type.
    """
    newest = case.determinations.order_by("made_at").last()
    found = [one for one in said if one["effect"] == ACCEPT]
    if not found:
        return carried_on(newest, said)
    if newest is None:
        raise CaseNotReady(f"Case {case.number}: work the rights out first; then it shows which facts are doubtful.")
    members = Party.objects.filter(case=case, part=Party.Part.MEMBER).values_list("person_id", flat=True)
    of_case = {str(one) for one in (*members, case.subject_id, case.household_id)}
    of_case |= {one["about"] for one in doubts_of(newest)}
    with in_scope(the_platform()):
        for one in found:
            if one["about"] not in of_case:
                raise DomainError(f"{one['fact']}: it is about nobody in case {case.number}; nothing was changed.")
            valid = _days(case, one["fact"], since, anchor, newest)
            if not _may_be_established(newest, one, valid):
                raise DomainError(f"{one['fact']}: a register tells it and nothing differs; if that is wrong, have the "
                                  "register correct it. Nothing was changed.")  # fmt: skip
            _establish(who, case, one, valid)
    persons = {uuid.UUID(one["about"]) for one in found if BY_KEY[one["fact"]].input.entity == "person"}
    log_access(who, "record", sorted(persons), f"fact established in case {case.number}")
    tell(case, "fact_established", who)
    return carried_on(newest, said)


def checked(declared_fact: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a fact, if it is complete.

    Args:
        declared_fact: the one that the act leaves to staff; empty: any that is doubtful.

    Raises:
        DomainError: it names no fact or nobody, or its reason is too long.
    """
    key, about = str(said.get("fact") or declared_fact), str(said.get("about") or "")
    if key not in BY_KEY or (declared_fact and key != declared_fact):
        raise DomainError(f"«{key}» is not a fact that is left to staff here; name one that is doubtful.")
    try:
        about = str(uuid.UUID(about))
    except ValueError:
        raise DomainError(f"{key}: say about whom it is: a person or the household.") from None
    if len(said["reason"]) > MOST_REASON:
        raise DomainError(f"{key}: the reason stands beside the fact; say it in {MOST_REASON} characters at most.")
    return {"fact": key, "about": about, "value": said.get("value")}


def _about(one: Mapping[str, Any]) -> tuple[str, str]:
    return one["fact"], one["about"]


def _days(case: Case, key: str, since: date, anchor: date, newest: Determination) -> DateRange:
    """Of which days: of those that a declared fact is true of, but of a right for some months not beyond them."""
    declared = case_type(case.type)
    is_averaged = any(one.key == key and one.is_averaged for one in declared.facts)
    valid = valid_days(declared, key, anchor if is_averaged else since)
    until = newest.months.upper
    if declared.grant.months_rule and valid.lower is not None and valid.upper is None and valid.lower < until:
        return DateRange(valid.lower, until)
    return valid


def _may_be_established(newest: Determination, said: Mapping[str, Any], valid: DateRange) -> bool:
    """Whether it is doubtful, was established before, or no register tells it."""
    doubted = {(one["key"], one["about"]) for one in doubts_of(newest)}
    before = {_about(one) for one in newest.discretion if one.get("effect") == ACCEPT}
    if _about(said) in doubted | before:
        return True
    about = uuid.UUID(said["about"])
    is_of_person = BY_KEY[said["fact"]].input.entity == "person"
    told = known_facts(None, [about] if is_of_person else [], None if is_of_person else about, valid)
    by_registers = told.filter(type=BY_KEY[said["fact"]].number, status=Fact.Status.KNOWN)
    return not by_registers.exclude(origin__code__in=(DECLARATION, WORKER)).exists()


def _establish(who: Acting, case: Case, said: Mapping[str, Any], valid: DateRange) -> None:
    about = uuid.UUID(said["about"])
    is_of_person = BY_KEY[said["fact"]].input.entity == "person"
    source = new_source(WORKER, f"case {case.number}", reason=said["reason"], who=who)
    state(fact_of(
        source, said["fact"], said["value"], valid, person=Person(pk=about) if is_of_person else None,
        household=None if is_of_person else Household(pk=about),
    ))  # fmt: skip

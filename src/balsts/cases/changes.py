"""What changed in a case after it was decided: which months, how much, and why. Proposed; a person confirms it.

The sums say what was paid too little or too much up to the present month. Whether and how a sum too much is claimed
back is not decided here: `CaseType.recovery` names what the acts leave open.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.chain import draft_decision
from balsts.cases.decided import Amounts, Key, current_decision, is_money
from balsts.cases.determining import tell
from balsts.cases.errors import CaseNotReady
from balsts.cases.law_in_force import LawInForce, inputs_read, known_codes, law_of, months_of_change, same_value
from balsts.cases.models import Case, Change, ChangeLine, Decision, Determination, Task
from balsts.cases.timeline import Asked, this_month
from balsts.cases.types.declaration import CaseType
from balsts.law.engine.errors import Unknown
from balsts.law.engine.explaining.words import parameter_words
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import Bound, wire
from balsts.registry.fact_types import BY_KEY, BY_NUMBER
from balsts.registry.models import Fact, Membership, Relation, Statement, Visibility

Because = list[dict[str, Any]]
TOLD = Q(state=Change.State.PROPOSED) | Q(state=Change.State.DISMISSED, settled_by__isnull=False)
"""Changes that a person has before them, or has dismissed: not told again. What the platform took back is none."""


@dataclass(frozen=True)
class Difference:
    """One month of one right or status of one payee, before and after."""

    month: Month
    code: str
    payee: uuid.UUID
    before: int
    after: int


def differences(before: Amounts, after: Amounts, unknown: Iterable[Key] = ()) -> list[Difference]:
    """Where two tellings of the same months differ; what nobody can determine is left out."""
    left_out = set(unknown)
    return [
        Difference(*key, before.get(key, 0), after.get(key, 0))
        for key in sorted({*before, *after} - left_out)
        if before.get(key, 0) != after.get(key, 0)
    ]


@dataclass(frozen=True)
class Sums:
    """What a change comes to in cents: for months before the present one, and each month from it on.

    Attributes:
        arrears, overpaid: of past months, what was granted too little and too much; never set off here.
        monthly: the difference in the present month.
    """

    arrears: int
    overpaid: int
    monthly: int


def sums(law: LawInForce, lines: Iterable[ChangeLine], now: Month | None = None) -> Sums:
    """The sums of a change's lines in money."""
    present = first_day(now or this_month())
    money = [one for one in lines if is_money(law, one.code)]
    past = [one.after - one.before for one in money if one.month < present]
    return Sums(
        sum(one for one in past if one > 0), -sum(one for one in past if one < 0),
        sum(one.after - one.before for one in money if one.month == present),
    )  # fmt: skip


# -- why -----------------------------------------------------------------------------------------------------------


def because(
    before: Determination, asked: Asked, law: LawInForce, members: Iterable[uuid.UUID], at: datetime
) -> Because:
    """What differs between what a determination rested on and what is known at a moment: facts, ties, the law."""
    found: Because = list(_law_differs(before, asked, law))
    found += _facts_differ(before.knowledge_at, asked, law, set(members), at)
    found += _ties_differ(before.knowledge_at, asked, set(members), at)
    return found or [{"what": "time"}]


def cause_of(found: Because, given: str) -> str:
    """The cause that a change is told under: what was given, unless it is another one by what differs."""
    kinds = {one["what"] for one in found}
    if given in (Determination.Cause.ERROR, Determination.Cause.APPEAL):
        return given
    if kinds & {"fact", "tie"}:
        return Determination.Cause.FACT
    if kinds & {"parameter", "rule", "law_text"}:
        return Determination.Cause.LAW
    return Determination.Cause.TIME


def _facts_differ(
    since: datetime, asked: Asked, law: LawInForce, members: set[uuid.UUID], at: datetime
) -> Iterator[dict[str, Any]]:
    numbers = [BY_KEY[key].number for key in keys_read(law, asked) if key in BY_KEY]
    window = Month(min(asked.since, asked.anchor - asked.type.grant.window_months))
    during = DateRange(first_day(window), first_day(asked.until))
    facts = Fact.objects.filter(Q(person__in=members) | Q(household=asked.household), type__in=numbers,
                                valid__overlap=during).select_related("origin", "source")  # fmt: skip
    for new, old in _pairs(facts, since, at):
        one = new or old
        assert one is not None
        yield {
            "what": "fact", "about": str(one.person_id or one.household_id), "key": BY_NUMBER[one.type].key,
            "origin": one.origin.code, "source": one.source.reference, "reason": one.source.reason,
            "old": _shown(old), "old_days": _days(old), "new": _shown(new), "new_days": _days(new),
        }  # fmt: skip


def _ties_differ(since: datetime, asked: Asked, members: set[uuid.UUID], at: datetime) -> Iterator[dict[str, Any]]:
    during = DateRange(first_day(asked.since), first_day(asked.until))
    for kind, what in ((Relation, "relation"), (Membership, "membership")):
        whose = Q(person__in=members) | (Q(household=asked.household) if kind is Membership else Q(other__in=members))
        for new, old in _pairs(kind._default_manager.filter(whose, valid__overlap=during), since, at):
            one: Any = new or old
            yield {"what": "tie", "kind": one.kind if what == "relation" else what, "about": str(one.person_id),
                   "old_days": _days(old), "new_days": _days(new)}  # fmt: skip


def _pairs(found: Any, since: datetime, at: datetime) -> Iterator[tuple[Any, Any]]:
    """Statements that are believed at `at` and were not at `since`, each with the one that it took the place of."""
    known = list(found.filter(recorded__overlap=(since, at)).order_by("pk"))
    new = [one for one in known if at in one.recorded and since not in one.recorded]
    old = [one for one in known if since in one.recorded and at not in one.recorded]
    replaced: set[Any] = set()
    for one in new:
        same_key = [was for was in old if was.key() == one.key() and _overlap(was.valid, one.valid)]
        replaced.update(was.pk for was in same_key)
        before = next((was for was in same_key if was.says() != one.says()), None)
        if before is not None or not same_key:
            yield one, before
    for was in old:
        if was.pk not in replaced:
            yield None, was


def _overlap(one: DateRange, other: DateRange) -> bool:
    return (one.lower is None or other.upper is None or one.lower < other.upper) and (
        other.lower is None or one.upper is None or other.lower < one.upper
    )


def _shown(one: Fact | None) -> str | None:
    """The value of a fact; of what is sealed, only that there is one."""
    if one is None or one.value is None:
        return None
    return "***" if one.visibility == Visibility.SEALED else one.value


def _days(one: Statement | None) -> list[str | None] | None:
    return None if one is None else [d.isoformat() if d else None for d in (one.valid.lower, one.valid.upper)]


def keys_read(law: LawInForce, asked: Asked) -> frozenset[str]:
    """All inputs that the law reads for a question, in any of its months."""
    codes = (*asked.type.codes, *filter(None, [asked.type.grant.months_rule]))
    return frozenset().union(
        *(inputs_read(law, month, codes) for month in months_of_change(law, asked.since, asked.until))
    )


def _law_differs(before: Determination, asked: Asked, law: LawInForce) -> Iterator[dict[str, Any]]:
    if before.law_id == law.sha256:
        return
    old = law_of(before.law_id)
    if old is None:
        yield {"what": "law_text", "old": before.law_id, "new": law.sha256}
        return
    yield from law_differences(old, law, asked.type, asked.since, asked.until)


def law_differences(
    old: LawInForce, new: LawInForce, declared: CaseType, since: Month, until: Month
) -> Iterator[dict[str, Any]]:
    """Parameters and rules that differ between two laws in some months, of all that a case type's codes need."""
    told: set[tuple[str, str]] = set()
    both = sorted({*months_of_change(old, since, until), *months_of_change(new, since, until)})
    for month in both:
        was = wire(old.law, month, wanted=known_codes(old, month, declared.codes))
        now = wire(new.law, month, wanted=known_codes(new, month, declared.codes))
        for key, bound in now.parameters.items():
            earlier = was.parameters.get(key)
            is_same = earlier is not None and same_value(earlier, bound)
            if is_same or (bound.parameter.name, bound.dated.written) in told:
                continue
            told.add((bound.parameter.name, bound.dated.written))
            yield {
                "what": "parameter", "name": bound.parameter.name, "article": bound.parameter.article,
                "lv": bound.parameter.lv, "en": bound.parameter.en, "since": bound.dated.since.isoformat(),
                "reference": list(bound.dated.reference),
                **{f"{side}_{lang}": _value_words(one, lang) for side, one in (("old", earlier), ("new", bound))
                   for lang in ("lv", "en")},
            }  # fmt: skip
        for key, value in now.values.items():
            version, before = value.version, was.values.get(key)
            if version is None or (before is not None and before.version is version) or ("rule", value.name) in told:
                continue
            told.add(("rule", value.name))
            yield {"what": "rule", "name": value.name, "lv": version.lv, "en": version.en, "act": version.act,
                   "article": version.article, "since": version.since.isoformat()}  # fmt: skip


def _value_words(one: Bound | None, lang: str) -> str | None:
    if one is None:
        return None
    if isinstance(one.dated.value, Unknown):
        return "nav zināms" if lang == "lv" else "not known"
    return parameter_words(one.parameter, one.dated.value, one.dated.written, lang)


# -- proposing and settling ----------------------------------------------------------------------------------------


def propose(case: Case, before: Determination, after: Determination, lines: Sequence[Difference],
            found: Because) -> Change:  # fmt: skip
    """Write the statement of a change, and a task to look at it. One that was proposed before is taken back by it."""
    take_back(case, "a newer statement takes its place")
    change = Change.objects.create(case=case, before=before, after=after, cause=after.cause, because=found)
    ChangeLine.objects.bulk_create([
        ChangeLine(change=change, month=first_day(one.month), code=one.code, payee_id=one.payee, before=one.before,
                   after=one.after)
        for one in lines
    ])  # fmt: skip
    Task.objects.create(case=case, kind="change", about=change.pk, detail=after.cause)
    return change


def take_back(case: Case, why: str) -> None:
    """Take back what is proposed in a case, since it does not hold any more; the platform does, and says why."""
    for old in Change.objects.filter(case=case, state=Change.State.PROPOSED):
        _settle(old, Change.State.DISMISSED, None, why)


def confirm(who: Acting, change: Change, *, reasons: str = "") -> Decision:
    """Confirm a change: draft the decision that replaces the one in force from the first month that differs.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: it is settled already, another decision holds since, or a decision is being made.
    """
    with in_scope(who), transaction.atomic():
        require("cases.work", who, change.case)
        change = _open(change)
        current = current_decision(change.case)
        if current is None or current.determination_id != change.before_id:
            raise CaseNotReady(f"Case {change.case.number}: another decision holds since this was found; nothing was "
                               "changed. Work the case out anew.")  # fmt: skip
        decision = draft_decision(who, change.case, determination=change.after, replaces=current, reasons=reasons,
                                  since=change.after.months.lower)  # fmt: skip
        _settle(change, Change.State.CONFIRMED, who.staff, reasons, decision)
        tell(change.case, "change_confirmed", who, about=change.pk)
    return decision


def dismiss(who: Acting, change: Change, reason: str) -> None:
    """Dismiss a change, for a reason; the same is not proposed again while nothing else becomes known.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: it is settled already, or no reason is given.
    """
    if not reason.strip():
        raise CaseNotReady("To dismiss a change, say why; nothing was changed.")
    with in_scope(who), transaction.atomic():
        require("cases.work", who, change.case)
        _settle(_open(change), Change.State.DISMISSED, who.staff, reason.strip())
        tell(change.case, "change_dismissed", who, about=change.pk)


def _open(change: Change) -> Change:
    found = Change.objects.select_for_update(of=("self",)).select_related("case", "after").get(pk=change.pk)
    if found.state != Change.State.PROPOSED:
        raise CaseNotReady(f"Case {found.case.number}: this change is {found.state} already; nothing was changed.")
    return found


def _settle(change: Change, state: str, staff: uuid.UUID | None, reason: str, decision: Decision | None = None) -> None:
    change.state, change.settled_at, change.settled_by = state, timezone.now(), staff
    change.reason, change.decision = reason[:1000], decision
    change.save(update_fields=["state", "settled_at", "settled_by", "reason", "decision"])
    Task.objects.filter(case=change.case, kind="change", about=change.pk, done_at__isnull=True).update(
        done_at=change.settled_at, done_by=staff
    )


def days_of(one: Mapping[str, Any], side: str) -> tuple[date | None, date | None]:
    """The days of one side of a difference."""
    lower, upper = one.get(f"{side}_days") or (None, None)
    return (date.fromisoformat(lower) if lower else None, date.fromisoformat(upper) if upper else None)

"""Entries of registers: what a signed decision enters, changes and removes; nothing is edited, belief in it ends.

The content of such a decision: `enter`, entries with all their fields; `change`, the `key` of an entry with the fields
that differ; `end`, the `key` of an entry with the `ground` of its removal. All of them hold from the decision's day.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange

from balsts.cases.errors import CaseNotReady, EntryRefused
from balsts.cases.models import Case, Decision, EntryDetail, RegisterEntry, Task
from balsts.cases.terms import day_after_years
from balsts.cases.types.declaration import EntryField, Register
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import nearest
from balsts.registry.recording import clock

AUTHORITY_TASK = "verify_authority"
"""The task that is open until somebody has seen that whoever applied may act for the organisation."""
MOST_ENTRIES = 200
_PARTS = ("enter", "change", "end")
_MOST_TEXT, _MOST_LONG_TEXT, _MOST_KEY, _MOST_WHOLE = 90, 1000, 120, 999_999
_KINDS_WITH_CONTENT = (Decision.Kind.GRANT, Decision.Kind.REPLACE, Decision.Kind.END)


@dataclass(frozen=True)
class Entry:
    """An entry as it is believed: what it says, and on which days."""

    id: uuid.UUID
    key: str
    fields: Mapping[str, Any]
    valid: DateRange

    @property
    def since(self) -> date:
        """The first day."""
        assert self.valid.lower is not None
        return self.valid.lower

    @property
    def until(self) -> date:
        """The first day on which it no longer counts."""
        assert self.valid.upper is not None
        return self.valid.upper


@dataclass(frozen=True)
class Stated:
    """An entry to be stated; `rest_of` is the one whose earlier days it keeps, `ground` why the later ones are gone."""

    key: str
    fields: Mapping[str, Any]
    valid: DateRange
    rest_of: Entry | None = None
    ground: str = ""


@dataclass
class Plan:
    """What a decision does to entries: which are no longer believed, each with a ground, and which are stated."""

    ended: list[tuple[Entry, str]] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    def cut(self, entry: Entry, since: date, ground: str = "") -> None:
        """Let an entry count no longer from a day on; its earlier days stay."""
        self.ended.append((entry, ground))
        if entry.since < since:
            self.stated.append(Stated(entry.key, entry.fields, DateRange(entry.since, since), entry, ground))


# -- what a decision says ------------------------------------------------------------------------------------------


def key_of(register: Register, fields: Mapping[str, Any]) -> str:
    """What there is one entry of: the key fields, however they are spaced and capitalised."""
    return " | ".join(" ".join(str(fields[one]).split()).casefold() for one in register.key_fields)


def checked(register: Register, content: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The content of a decision, if it follows the register's declaration.

    Raises:
        EntryRefused: it does not; which entry, which field and what was expected.
    """
    for part in content:
        if part not in _PARTS:
            raise EntryRefused(f"{part}: expected one of {', '.join(_PARTS)}.{nearest(part, _PARTS)}")
    found = {part: [dict(one) for one in content.get(part, ())] for part in _PARTS}
    if not 0 < sum(map(len, found.values())) <= MOST_ENTRIES:
        raise EntryRefused(f"The decision enters, changes or ends nothing, or more than {MOST_ENTRIES} entries.")
    for one in found["enter"]:
        _check_fields(register, one, "enter", whole=True)
    for one in found["change"]:
        _check_fields(register, {name: value for name, value in one.items() if name != "key"}, "change", whole=False)
    grounds = [code for code, _ in register.removal_grounds]
    for one in found["end"]:
        if set(one) != {"key", "ground"} or one["ground"] not in grounds:
            raise EntryRefused(f"end: expected a key and a ground, one of {', '.join(grounds)}.")
    keys = [key_of(register, one) for one in found["enter"]] + [
        one.get("key") for one in found["change"] + found["end"]
    ]
    if None in keys or len(keys) != len(set(keys)):
        raise EntryRefused("One entry stands twice in the decision, or a change does not say of which entry it is.")
    return found


def _check_fields(register: Register, given: Mapping[str, Any], part: str, *, whole: bool) -> None:
    declared = {one.code: one for one in register.fields}
    for name, value in given.items():
        if name not in declared:
            raise EntryRefused(f"{part}: {name} is not a field of the register.{nearest(name, declared)}")
        if not whole and name in register.key_fields:
            raise EntryRefused(f"{part}: {name} says which entry it is; end that entry and enter another one.")
        _check_value(declared[name], value, part)
    missing = [one.code for one in register.fields if whole and one.is_required and given.get(one.code) in (None, "")]
    if missing:
        raise EntryRefused(f"{part}: {', '.join(missing)} must be stated.")
    if whole and len(key_of(register, given)) > _MOST_KEY:
        raise EntryRefused(f"{part}: {' and '.join(register.key_fields)} are too long together.")


def _check_value(declared: EntryField, value: Any, part: str) -> None:
    if value in (None, "") and not declared.is_required:
        return
    if declared.kind == "whole":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_WHOLE
        expected = f"a whole number from 0 to {_MOST_WHOLE}"
    elif declared.kind in ("choice", "catalogue"):
        fits, expected = value in {code for code, _ in declared.choices}, "one of the codes that its declaration names"
    else:
        most = _MOST_LONG_TEXT if declared.kind == "long_text" else _MOST_TEXT
        fits, expected = isinstance(value, str) and 0 < len(value.strip()) <= most, f"text of at most {most} characters"
    if not fits:
        raise EntryRefused(f"{part}: {declared.code} must be {expected}.")


# -- what it does --------------------------------------------------------------------------------------------------


def planned(register: Register, content: Mapping[str, Any], since: date, believed: Iterable[Entry]) -> Plan:
    """What a decision does from a day on to the entries believed of one organisation or person.

    An entry that is there already is entered anew, for its full years. A change holds to the end of the entry that it
    changes. A removal ends all that the entry would have counted for.

    Raises:
        EntryRefused: there is no such entry on that day.
    """
    by_key: dict[str, list[Entry]] = {}
    for entry in believed:
        if entry.until > since:
            by_key.setdefault(entry.key, []).append(entry)
    plan, found = Plan(), checked(register, content)
    for one in found["enter"]:
        key = key_of(register, one)
        for entry in by_key.get(key, ()):
            plan.cut(entry, since)
        plan.stated.append(Stated(key, one, DateRange(since, day_after_years(since, register.valid_years))))
    for one in found["change"]:
        entry = _on_the_day(by_key.get(one["key"], ()), since, "change")
        plan.cut(entry, since)
        fields = {**entry.fields, **{name: value for name, value in one.items() if name != "key"}}
        plan.stated.append(Stated(entry.key, fields, DateRange(since, entry.until)))
    for one in found["end"]:
        _on_the_day(by_key.get(one["key"], ()), since, "end", or_later=True)
        for entry in by_key[one["key"]]:
            plan.cut(entry, since, one["ground"])
    return plan


def _on_the_day(entries: Sequence[Entry], day: date, part: str, *, or_later: bool = False) -> Entry:
    found = next((one for one in entries if or_later or one.since <= day), None)
    if found is None:
        raise EntryRefused(f"{part}: no such entry counts on {day}; nothing was changed. Read the register anew.")
    return found


# -- doing it ------------------------------------------------------------------------------------------------------


def enter(decision: Decision) -> list[Decision]:
    """Do what a decision being signed says about entries; called by the step that signs, in its transaction.

    Returns:
        Earlier decisions of which no entry is left that counts on the decision's day or later.

    Raises:
        EntryRefused: the content does not fit the register, or the register has changed since.
        CaseNotReady: nobody has verified that whoever applied may act for the organisation.
    """
    case, register = decision.case, case_type(decision.case.type).register
    assert register is not None
    if decision.kind not in _KINDS_WITH_CONTENT:
        if decision.content:
            raise EntryRefused(f"Decision {decision.number}: a decision to {decision.kind} enters nothing.")
        return []
    if decision.replaces is not None and decision.replaces.kind == Decision.Kind.END:
        raise EntryRefused(f"Decision {decision.number} takes a removal back: enter the entries anew by a decision.")
    if Task.objects.filter(case=case, kind=AUTHORITY_TASK, done_at__isnull=True).exists():
        raise CaseNotReady(f"Case {case.number}: verify first that whoever applied may act for the organisation; "
                           "nothing was signed.")  # fmt: skip
    rows = {one.pk: one for one in _believed(register, case.organisation_id, case.subject_id)}
    if decision.replaces is not None and not decision.content:
        plan = _without(decision, rows.values())
    else:
        plan = planned(register, decision.content, decision.since, map(_entry, rows.values()))
    for entry, ground in plan.ended:
        row = rows[entry.id]
        row.recorded = TimestamptzRange(row.recorded.lower, clock())
        row.ended_by, row.ground = decision, ground
        row.save(update_fields=["recorded", "ended_by", "ground"])
    for one in plan.stated:
        _store(register, decision, one, rows)
    touched = {rows[entry.id].decision_id for entry, _ in plan.ended} - {decision.replaces_id}
    return [one for one in Decision.objects.filter(pk__in=touched) if not _has_days_left(one, decision.since)]


def _without(decision: Decision, rows: Iterable[RegisterEntry]) -> Plan:
    """What is left when a decision takes another's place and enters nothing itself: as when that one is annulled."""
    plan = Plan()
    for row in rows:
        if row.decision_id == decision.replaces_id and row.valid.upper > decision.since:
            plan.cut(_entry(row), decision.since)
    return plan


def entries_of(
    register: Register, *, organisation: uuid.UUID | None = None, person: uuid.UUID | None = None
) -> list[Entry]:
    """What is believed of an organisation or person, all days; what is not public of it where who asks may see it."""
    return [_entry(one) for one in _believed(register, organisation, person)]


def _believed(register: Register, organisation: uuid.UUID | None, person: uuid.UUID | None) -> Iterable[RegisterEntry]:
    found = RegisterEntry.objects.filter(register=register.code, organisation=organisation, person=person,
                                         recorded__upper_inf=True)  # fmt: skip
    return found.select_related("detail").order_by("valid", "key")


def _entry(row: RegisterEntry) -> Entry:
    detail = getattr(row, "detail", None)
    return Entry(row.pk, row.key, {**row.content, **(detail.content if detail else {})}, row.valid)


def _store(register: Register, decision: Decision, one: Stated, rows: Mapping[uuid.UUID, RegisterEntry]) -> None:
    public = {entry.code for entry in register.fields if entry.is_public}
    old = rows[one.rest_of.id] if one.rest_of else None
    row = RegisterEntry(
        register=register.code, key=one.key, organisation_id=decision.case.organisation_id,
        person_id=decision.case.subject_id, case=old.case if old else decision.case,
        decision=old.decision if old else decision, ended_by=decision if old else None, ground=one.ground,
        content={name: value for name, value in one.fields.items() if name in public},
        valid=one.valid, recorded=TimestamptzRange(clock(), None),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "entry_of_a_key_at_a_time" not in str(error):
            raise
        raise EntryRefused("The register has changed meanwhile; nothing was signed. Draft the decision anew.") from None
    closed = {name: value for name, value in one.fields.items() if name not in public}
    if closed:
        EntryDetail.objects.create(entry=row, content=closed)


def _has_days_left(decision: Decision, since: date) -> bool:
    return decision.entries.filter(recorded__upper_inf=True, valid__endswith__gt=since).exists()


def counts(case: Case) -> bool:
    """Whether an entry that a case made counts today or later."""
    today = timezone.localdate()
    return case.entries.filter(recorded__upper_inf=True, valid__endswith__gt=today).exists()

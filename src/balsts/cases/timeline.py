"""What the law gives a household month by month, drawn together into spans in which nothing changes. Writes nothing."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.utils import timezone

from balsts.cases.homes import homes_of, standing
from balsts.cases.law_in_force import LawInForce, inputs_read
from balsts.cases.types.declaration import CaseType
from balsts.law.engine.answer import HOUSEHOLD, Answer, Right, entitle
from balsts.law.engine.explaining.explain import Explainer, Tree, unfolded
from balsts.law.engine.explaining.refuse import refusals
from balsts.law.engine.household import read_household
from balsts.law.engine.one import evaluate
from balsts.law.engine.quantities import cents_from, euros, first_day, month_text, round_half_up
from balsts.law.engine.vocabulary import Month, month_number
from balsts.law.engine.wiring import wire
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.household_file import Doubt, HouseholdFile, Told, household_files, months_of_persons

MONTHS_AHEAD = 12
"""How far beyond the present month an open-ended right is worked out, to see when time alone will change it."""
_NOT_ASKED = "missing: nobody told it"


@dataclass(frozen=True)
class Line:
    """One right or status of one payee (None: the household) over months `since` to the one before `until`.

    `amount`: cents, or pieces of a right in kind; None of a status, and where nobody can determine it (`question`).
    """

    kind: str
    code: str
    payee: str | None
    beneficiaries: tuple[str, ...]
    since: Month
    until: Month
    amount: int | None
    per: str
    paid_after_months: int
    rule_since: str
    question: str = ""

    def same_as(self, other: Line) -> bool:
        """Whether nothing differs but the months."""
        return _WITHOUT_MONTHS(self) == _WITHOUT_MONTHS(other)


_WITHOUT_MONTHS = attrgetter(*(one.name for one in fields(Line) if one.name not in ("since", "until")))


@dataclass(frozen=True)
class Asked:
    """What a timeline is asked for.

    Attributes:
        household: that of the case; of a matter of a person, the one in which they live in each month counts.
        subject: the person whose matter it is; of a household's matter, whoever applied.
        anchor: the month whose window of income counts; that of the application.
        discretion: what staff decided: `code`, `effect`, `reason`, and by effect `right` and `amount`.
    """

    type: CaseType
    household: uuid.UUID
    subject: uuid.UUID
    since: Month
    until: Month
    anchor: Month
    discretion: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The spans of a timeline, what is doubtful about its facts, and each month's answer for explanations.

    `own` is the entry of the registry that stands for the person whose matter it is.
    """

    asked: Asked
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    answers: Mapping[Month, Answer]
    own: str

    @property
    def digest(self) -> str:
        """The hash of all lines."""
        content = [asdict(one) for one in self.lines]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def explanations(self, lang: str) -> list[dict[str, Any]]:
        """For each right, the trees that explain it in the first month of the span."""
        return list(_explanations(self, lang))

    def refused(self, lang: str) -> list[dict[str, Any]]:
        """Rights of the case type that are not due in the first month, each with the conditions that failed."""
        answer = self.answers[self.asked.since]
        codes = self.asked.type.rights
        return [one.as_json() for one in refusals(answer, lang)
                if one.code in codes and _is_own(self.asked, one.who, self.own)]  # fmt: skip


def months_granted(law: LawInForce, asked: Asked, at: datetime | None) -> int:
    """For how many months the law grants what a case type asks for, by its rule; 0: until the law itself ends it."""
    rule = asked.type.grant.months_rule
    if not rule:
        return 0
    file = _files(asked, [asked.since], at)[0]
    facts, month = read_household(file.tree, law.law.catalogue, law.law.rights(), asked.since)
    return int(evaluate(wire(law.law, month, wanted=[rule]), facts).value(rule, None))


def this_month() -> Month:
    """The present month in Latvia."""
    today = timezone.localdate()
    return month_number(today.year, today.month)


def month_of_day(day: date) -> Month:
    """The month that a day lies in."""
    return month_number(day.year, day.month)


def timeline(law: LawInForce, asked: Asked, at: datetime | None = None) -> Timeline:
    """Work out every month asked, of facts as they were known at a moment.

    Raises:
        DomainError: the registry does not know enough to read the household, or it had no members.
    """
    months = [Month(one) for one in range(asked.since, asked.until)]
    files = _files(asked, months, at)
    answers = {}
    for month, file in zip(months, files, strict=True):
        facts, _ = read_household(file.tree, law.law.catalogue, law.law.rights(), month)
        answers[month] = entitle(law.law, facts, month)
    own = str(standing(asked.subject, at))
    by_month = [_lines_of(asked, answers[month], own) for month in months]
    doubts = {one: None for month, file in zip(months, files, strict=True) for one in _doubts(law, asked, month, file)}
    return Timeline(asked, tuple(drawn_together(by_month)), tuple(doubts), answers, own)


# -- facts ---------------------------------------------------------------------------------------------------------


def _files(asked: Asked, months: Sequence[Month], at: datetime | None) -> list[HouseholdFile]:
    """The household of each month; after the present month as it is in the present one, since no later is known.

    Income that the act averages is that of the window before the application, in every month.
    """
    known_to = month_of_day(timezone.localdate(at) if at else timezone.localdate())
    last = Month(max(min(months[-1], known_to), asked.since))
    first = Month(min(months[0], last))
    by_month = {one.month: one for one in _read(asked, [Month(one) for one in range(first, last + 1)], at)}
    averages = _averages(asked, by_month[asked.since], at)
    return [_with(by_month[Month(min(month, last))], month, averages) for month in months]


def _read(asked: Asked, months: Sequence[Month], at: datetime | None) -> Iterator[HouseholdFile]:
    """The households that count in months which follow each other: of a matter of a person, where they live in each."""
    homes = homes_of(asked.type, asked.subject, asked.household, months, at)
    for home, some in groupby(zip(homes, months, strict=True), itemgetter(0)):
        yield from household_files(home, [month for _home, month in some], at)


@dataclass(frozen=True)
class _Averages:
    """Monthly averages of the window by person and fact, in cents; what is doubtful in it, and what was told."""

    keys: frozenset[str] = frozenset()
    cents: Mapping[tuple[str, str], int] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    told: Told = frozenset()


def _averages(asked: Asked, file: HouseholdFile, at: datetime | None) -> _Averages:
    """Of the members at the beginning, wherever they lived in the window; halves of a cent up."""
    size = asked.type.grant.window_months
    keys = frozenset(one.key for one in asked.type.facts if one.is_averaged)
    if not size or not keys:
        return _Averages()
    members = [uuid.UUID(person) for person in file.content["persons"]]
    window = months_of_persons(members, keys, [Month(asked.anchor - size + one) for one in range(size)], at)
    totals: dict[tuple[str, str], int] = {}
    for month in window:
        for person, values in month.values.items():
            for key, value in values.items():
                totals[str(person), key] = totals.get((str(person), key), 0) + cents_from(value)
    cents = {one: round_half_up(total, size) for one, total in totals.items()}
    doubts = tuple(dict.fromkeys(one for month in window for one in month.doubts))
    return _Averages(keys, cents, doubts, frozenset.intersection(*(month.told for month in window)))


def _with(file: HouseholdFile, month: Month, averages: _Averages) -> HouseholdFile:
    """A household's file moved to a month, with the averages in place of what the month itself says."""
    persons = {}
    for person, values in file.content["persons"].items():
        own = {key: euros(cents) for (one, key), cents in averages.cents.items() if one == person}
        persons[person] = {key: value for key, value in values.items() if key not in averages.keys} | own
    content = file.content | {"on": month_text(month), "persons": persons}
    doubts = tuple(one for one in file.doubts if one.key not in averages.keys)
    told = frozenset(one for one in file.told if one[1] not in averages.keys)
    return HouseholdFile(file.household, month, file.at, content, averages.doubts + doubts, averages.told | told)


def _doubts(law: LawInForce, asked: Asked, month: Month, file: HouseholdFile) -> Iterator[Doubt]:
    """What keeps the facts of a month from carrying an automatic decision: only of what the law reads for the case."""
    read = inputs_read(law, month, asked.type.codes)
    yield from (one for one in file.doubts if one.key in read)
    doubted = {(one.about, one.key) for one in file.doubts}
    for needed in asked.type.facts:
        if needed.key not in read or not needed.registers:
            continue
        for about, values in _subjects(file, needed.key):
            # A register may have said that there is none: a file leaves that out as it does what nobody was asked.
            if needed.key not in values and (about, needed.key) not in doubted | file.told:
                yield Doubt(about, needed.key, _NOT_ASKED)


def _subjects(file: HouseholdFile, key: str) -> Iterator[tuple[uuid.UUID, Mapping[str, Any]]]:
    """Of whom a fact is: the household, or each person in it; with what the file says of them."""
    if CATALOGUE.by_key[key].entity == "household":
        yield file.household, file.content
    else:
        yield from ((uuid.UUID(person), values) for person, values in file.content["persons"].items())


# -- rights --------------------------------------------------------------------------------------------------------


def _is_own(asked: Asked, who: str, own: str) -> bool:
    return asked.type.subject == "household" or who == own


def _lines_of(asked: Asked, answer: Answer, own: str) -> list[Line]:
    """What the case is about in one month: its rights and statuses, with what staff decided at their discretion."""
    if any(one["effect"] == "refuse" for one in asked.discretion):
        return []
    month = Month(answer.month)
    found = [_right_line(month, one) for one in answer.rights
             if one.code in asked.type.rights and _is_own(asked, one.who, own)]  # fmt: skip
    found += [_unknown_line(month, one.code, one.who, one.unknown.question_lv) for one in answer.undetermined
              if one.code in asked.type.codes and _is_own(asked, one.who, own)]  # fmt: skip
    members = tuple(sorted(answer.results.facts.ids))
    for code in asked.type.statuses:
        if answer.statuses.get(code):
            since = answer.results.wiring.version(code).since.isoformat()
            found.append(Line("status", code, None, members, month, Month(month + 1), None, "", 0, since))
    found = [_with_discretion(asked, one) for one in found]
    return sorted(found, key=lambda one: (one.kind, one.code, one.payee or ""))


def _right_line(month: Month, right: Right) -> Line:
    assert right.version.right is not None
    payee = None if right.who == HOUSEHOLD else right.who
    since = right.version.since.isoformat()
    return Line("right", right.code, payee, right.members, month, Month(month + 1), right.amount,
                right.version.right.per, right.paid_in - month, since)  # fmt: skip


def _unknown_line(month: Month, code: str, who: str, question: str) -> Line:
    payee = None if who == HOUSEHOLD else who
    return Line("undetermined", code, payee, (), month, Month(month + 1), None, "", 0, "", question[:300])


def _with_discretion(asked: Asked, line: Line) -> Line:
    for one in asked.discretion:
        if one["effect"] == "set_amount" and one["right"] == line.code:
            return replace(line, kind="right", amount=int(one["amount"]), question="", per=line.per or "once")
    return line


def drawn_together(by_month: Iterable[Sequence[Line]]) -> Iterator[Line]:
    """Lines of months that follow each other and say the same become one; what is given once stays by itself."""
    open_lines: list[tuple[Line, Month]] = []
    for lines in by_month:
        going_on: list[tuple[Line, Month]] = []
        for line in lines:
            before = next((one for one in open_lines if one[1] == line.since and one[0].same_as(line)), None)
            if before is None or line.per == "once":
                going_on.append((line, line.until))
            else:
                open_lines.remove(before)
                going_on.append((before[0], line.until))
        yield from map(_until, open_lines)
        open_lines = going_on
    yield from map(_until, open_lines)


def _until(drawn: tuple[Line, Month]) -> Line:
    line, until = drawn
    return line if line.until == until else replace(line, until=until)


# -- explanations --------------------------------------------------------------------------------------------------


def _explanations(found: Timeline, lang: str) -> Iterator[dict[str, Any]]:
    for line in found.lines:
        answer = found.answers[line.since]
        right = next((one for one in answer.rights if one.code == line.code and one.who == (line.payee or HOUSEHOLD)),
                     None)  # fmt: skip
        if right is not None:
            trees: list[Tree] = unfolded(Explainer(answer.results, lang).right(right))
            yield {"month": month_text(line.since), "code": line.code, "who": right.who, "trees": trees}


def span_of(line: Line) -> tuple[date, date]:
    """The months of a line by their first days: [first, first after)."""
    return first_day(line.since), first_day(line.until)

"""Lint over time: the law is built for every day on which anything changes, and all of it is used and tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from balsts.law.engine.checks.bounds import Bounds
from balsts.law.engine.checks.cases import Case, cases
from balsts.law.engine.checks.finding import Finding
from balsts.law.engine.checks.graph import place_of, place_of_gathered, role_of, stand_alone
from balsts.law.engine.checks.reach import Reach, Reached, months_of_change
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import LawError, nearest
from balsts.law.engine.law import Law
from balsts.law.engine.parameters import Parameter
from balsts.law.engine.quantities import first_day, month_text
from balsts.law.engine.text import Place
from balsts.law.engine.vocabulary import Month, month_number
from balsts.law.engine.wiring import wire


def check_time(law: Law) -> Iterator[Finding]:
    """What is wrong with the law of some month, or never used, or never tested."""
    yield from _overlaps(law)
    months = list(months_of_change(law))
    golden = list(cases(law))
    reached, wrong = _reached(law, months, stand_alone(law, {name for case in golden for name in case.expect_rule}))
    yield from wrong
    yield from _gaps(law, reached)
    if not wrong and not reached.missing and not reached.circles:
        yield from _built(law, months, reached)
    yield from _unused(law, reached)
    yield from _untested(law, golden, reached)


def _overlaps(law: Law) -> Iterator[Finding]:
    for name, versions in law.rules.items():
        for version in versions:
            if version.until is not None and version.until <= version.since:
                yield Finding(
                    "dates",
                    place_of(law, version),
                    f"{name} holds from {version.since} until {version.until}, "
                    "so on no day; `until` is the first day it no longer holds.",
                )
        for one, later in pairwise(versions):
            if one.until is None or one.until > later.since:
                yield Finding(
                    "dates",
                    place_of(law, one),
                    f"{name} since {one.since} and since {later.since} overlap; "
                    f'expected until="{later.since}" on the older wording, found '
                    f"{one.until or 'no end'}.",
                )


# -- reaching everything -------------------------------------------------------------------------------------------


def _reached(law: Law, months: list[int], alone: list[str]) -> tuple[Reached, list[Finding]]:
    """All that any month reads; months after a change are walked too where something looks back at it."""
    found = Reached()
    wrong = []
    for month in months:
        found.add(_walked(law, month, alone))
    for month in [month + offset for offset in sorted(found.offsets - {0}) for month in months]:
        found.add(_walked(law, month, alone))
    for circle in found.circles:
        wrong.append(
            Finding(
                "cycle",
                _place(law, circle[0]),
                f"the law goes in a circle: {' → '.join(circle)}. Let one of them read something else.",
            )
        )
    return found, wrong


def _walked(law: Law, month: int, alone: list[str]) -> Reached:
    in_force = law.in_force(first_day(Month(month)))
    owed = [name for name, version in in_force.items() if version.right or version.is_status]
    return Reach(law, month).walk([*owed, *(name for name in alone if name in in_force)])


def _place(law: Law, name: str) -> Place:
    if name in law.gathered:
        return place_of_gathered(law, name)
    if name in law.rules:
        return place_of(law, law.rules[name][-1])
    return law.parameters[name].place if name in law.parameters else Place(law.root.name)


def _gaps(law: Law, reached: Reached) -> Iterator[Finding]:
    """Something needed is not there: told once, for the first day."""
    first: dict[tuple[str, str], date] = {}
    for one in reached.missing:
        key = (one.name, one.user)
        first[key] = min(first.get(key, one.day), one.day)
    for (name, user), day in sorted(first.items()):
        if name in law.parameters:
            parameter = law.parameters[name]
            yield Finding(
                "missing",
                parameter.place,
                f"{parameter.name} has no value on {day} "
                f"({_known_times(parameter)}), but {user} needs it. Add one with its reference.",
            )
        else:
            held = ", ".join(f"{one.since} to {one.until or 'today'}" for one in law.rules[name])
            yield Finding(
                "missing",
                _place(law, name),
                f"{name} has no wording on {day} (there is: {held}), but {user} "
                "needs it. Close the gap, or end what needs it.",
            )


def _known_times(parameter: Parameter) -> str:
    ends = [f"repealed from {value.since}" for value in parameter.values if value.repealed]
    return "; ".join([f"first: {parameter.values[0].since}", *ends])


# -- building every month ------------------------------------------------------------------------------------------


def _built(law: Law, months: list[int], reached: Reached) -> Iterator[Finding]:
    """Build every month, with the intervals of its values; and as the law was known before each late enactment."""
    bounds = Bounds()
    told = set()
    for month in sorted({month + offset for offset in {0, *reached.offsets} for month in months}):
        try:
            _, large = bounds.of(wire(law, month))
        except LawError as error:
            yield Finding(
                "wiring", _named_in(law, str(error)), f"the law of {month_text(month)} cannot be built: {error}"
            )
            continue
        for one in large:
            if (one.name, one.message) not in told:
                told.add((one.name, one.message))
                where = f"{month_text(month)}, with the largest inputs and parameters there may be"
                yield Finding("bounds", _place(law, one.name), f"{one.name} {one.message} ({where}).")
    for place, since, enacted in _late(law):
        yield from _known_before(law, months, place, since, enacted)


def _late(law: Law) -> Iterator[tuple[Place, date, date]]:
    """What became known after it held: its place, the first day it held and the day it became known."""
    for versions in law.rules.values():
        yield from ((place_of(law, one), one.since, one.enacted) for one in versions if one.enacted is not None)
    for parameter in law.parameters.values():
        for value in parameter.values:
            if value.enacted is not None:
                yield value.place or parameter.place, value.since, value.enacted


def _known_before(law: Law, months: list[int], place: Place, since: date, enacted: date) -> Iterator[Finding]:
    day_before = enacted - timedelta(days=1)
    affected = {month_number(since.year, since.month), *months}
    for month in sorted(affected):
        if law.first_day <= first_day(Month(month)) and since <= first_day(Month(month)) <= enacted:
            try:
                wire(law, month, known=day_before)
            except LawError as error:
                yield Finding(
                    "missing",
                    place,
                    f"the law of {month_text(month)} as it was known on {day_before} cannot be built: {error}",
                )
                return


def _named_in(law: Law, message: str) -> Place:
    """The place of the first rule, gathered value or parameter that a message names."""
    for word in message.replace(".", "_").replace(",", " ").split():
        if role_of(law, word.strip("_:")) in ("rule", "gathered", "parameter"):
            return _place(law, word.strip("_:"))
    return Place(law.root.name)


# -- use and tests -------------------------------------------------------------------------------------------------


def _unused(law: Law, reached: Reached) -> Iterator[Finding]:
    for name, versions in law.rules.items():
        unread = [one for one in versions if (name, one.since) not in reached.versions]
        if len(unread) == len(versions):
            yield Finding(
                "unused",
                place_of(law, versions[0]),
                f"{name} is needed by no right and no status at any time; "
                "take it out, let a right read it, or ask for it by name in a golden test.",
            )
            continue
        for version in unread:
            yield Finding(
                "unused",
                place_of(law, version),
                f"{name} since {version.since} is needed in no month in which "
                "it holds (law is read on the 1st); take it out, or mend its dates.",
            )
    for name in law.gathered:
        if name not in reached.names:
            yield Finding(
                "unused",
                place_of_gathered(law, name),
                f"{name} is needed by no right and no status at any time; take it out.",
            )
    for argument, parameter in law.parameters.items():
        yield from _unused_values(argument, parameter, reached)


def _unused_values(argument: str, parameter: Parameter, reached: Reached) -> Iterator[Finding]:
    values = [value for value in parameter.values if not value.repealed]
    unread = [value for value in values if (argument, value.since) not in reached.values]
    if len(unread) == len(values):
        yield Finding(
            "unused",
            parameter.place,
            f"{parameter.name} is read by no rule that is in force while it has a "
            f"value; take it out, or give a rule the argument {argument}.",
        )
        return
    for value in unread:
        yield Finding(
            "unused",
            value.place or parameter.place,
            f"{parameter.name} from {value.since} is read by no rule "
            "in force while it holds (law is read on the 1st); take it out, or mend its dates.",
        )


def _untested(law: Law, golden: list[Case], reached: Reached) -> Iterator[Finding]:
    covered: set[tuple[str, date]] = set()
    walks: dict[tuple[int, tuple[str, ...]], Iterable[tuple[str, date]]] = {}
    for case in golden:
        roots, wrong = _roots(law, case)
        yield from wrong
        key = (case.month, roots)
        if key not in walks:
            walks[key] = Reach(law, case.month).walk(roots).versions
            covered.update(walks[key])
    for (name, since), version in reached.versions.items():
        if (name, since) not in covered:
            yield Finding(
                "untested",
                place_of(law, version),
                f"{name} since {since} has no golden test; add a case of a "
                f"month {_life(version)} that expects it, or a right that needs it.",
            )


def _life(version: RuleVersion) -> str:
    return f"from {version.since}" + (f" to before {version.until}" if version.until else " on")


def _roots(law: Law, case: Case) -> tuple[tuple[str, ...], list[Finding]]:
    """The names a case expects figures of that are in force in its month; a name nobody knows is a finding."""
    day = first_day(case.month)
    codes = [*law.rights(), *law.statuses()]
    found, wrong = [], []
    for name in case.names:
        if name in law.gathered or (name in law.rules and law.version(name, day) is not None):
            found.append(name)
        unknown = name not in codes if name in case.expect else role_of(law, name) not in ("rule", "gathered")
        if unknown:
            hint = nearest(name, codes if name in case.expect else [*law.rules, *law.gathered])
            wrong.append(
                Finding(
                    "untested",
                    case.place,
                    f"«{case.name}» expects {name}, which is no "
                    f"{'right or status' if name in case.expect else 'rule'}.{hint}",
                )
            )
    return tuple(found), wrong

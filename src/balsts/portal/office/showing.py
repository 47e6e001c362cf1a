"""What the law gives in a case and why, as pages show it: spans, explanations, refusals, doubts, discretion."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from balsts.access.kept_queries import Kept
from balsts.access.models import StaffAccount
from balsts.cases.accepting import ACCEPT
from balsts.cases.determining import doubts_of, replay, trace_of
from balsts.cases.errors import NotReplayable
from balsts.cases.models import Case, Decision, Determination, DeterminationLine, Trace
from balsts.cases.types.reading import case_type
from balsts.law.engine.quantities import euro_words, month_words
from balsts.law.engine.vocabulary import Month
from balsts.portal.office import words
from balsts.portal.persons.case import names_of
from balsts.portal.persons.rights import doubt_words, named, unverified
from balsts.portal.words import in_language, upper_first
from balsts.registry.fact_types import BY_KEY


@dataclass(frozen=True)
class ShownLine:
    """A right or status of a determination with its amount, whom it is for and in which months."""

    title: str
    amount: str
    per: str
    months: str
    payee: str
    members: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Explained:
    """Why a right is due in a month."""

    title: str
    month: str
    who: str
    trees: tuple[Any, ...]
    unverified: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """Why a right is not due."""

    title: str
    who: str
    because: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Shown:
    """A determination as a page shows it.

    Attributes:
        doubts: which fact, why it is doubtful, and of whom.
        said: what staff decided at their discretion: what, with which effect, why.
        replayable: whether this installation can explain it.
    """

    determination: Determination
    lines: tuple[ShownLine, ...]
    doubts: tuple[tuple[str, str, tuple[str, ...]], ...]
    said: tuple[tuple[str, str, str], ...]
    explained: tuple[Explained, ...]
    refused: tuple[Refused, ...]
    cause: str
    replayable: bool


def persons_named(determination: Determination, also: Iterable[uuid.UUID] = ()) -> dict[uuid.UUID, str]:
    """The names of everybody that a determination is about, as far as they may be seen."""
    lines = determination.lines.all()
    about = {one for line in lines for one in (*line.beneficiaries, line.payee_id) if one}
    return names_of([*about, *also])


def shown(determination: Determination, decision: Decision | None, names: Mapping[uuid.UUID, str]) -> Shown:
    """A determination with its explanation: that of the signed decision, else worked out again."""
    explanation, refused, is_replayable = _why(determination, decision)
    called = {str(person): name for person, name in names.items()}
    return Shown(
        determination,
        tuple(_line(one, names) for one in determination.lines.order_by("kind", "code", "months")),
        _doubts(determination, names),
        tuple(_said(determination.case, one) for one in determination.said),
        tuple(_explained(one, called) for one in explanation),
        tuple(_refused(one, called) for one in refused),
        str(words.CAUSES.get(Determination.Cause(determination.cause), "")),
        is_replayable,
    )  # fmt: skip


def _why(determination: Determination, decision: Decision | None) -> tuple[list[Any], list[Any], bool]:
    lang = words.lang()
    if decision is not None and Trace.objects.filter(decision=decision).exists():
        kept = trace_of(decision)[lang]
        return kept["rights"], kept["refused"], True
    try:
        found = replay(determination)
    except NotReplayable:
        return [], [], False
    return found.explanations(lang), found.refused(lang), True


def _line(line: DeterminationLine, names: Mapping[uuid.UUID, str]) -> ShownLine:
    payee = names.get(line.payee_id, "–") if line.payee_id else _("the household")
    members = tuple(names[one] for one in line.beneficiaries if one in names)
    months = words.months_words(line.months.lower, line.months.upper)
    per = str(words.PER.get(line.per, ""))
    return ShownLine(words.right_words(line.code), words.line_amount(line), per, months, payee, members, line.kind)


def _doubts(
    determination: Determination, names: Mapping[uuid.UUID, str]
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Doubtful facts, each with everybody of whom it is doubtful for the same reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in doubts_of(determination):
        found.setdefault(_doubt(one), []).append(names.get(uuid.UUID(one["about"]), _("the household")))
    return tuple((what, why, tuple(dict.fromkeys(whose))) for (what, why), whose in found.items())


def _doubt(one: Mapping[str, str]) -> tuple[str, str]:
    what = in_language(BY_KEY[one["key"]].input) if one["key"] in BY_KEY else one["key"]
    why = _("no register was asked, and nobody has told it") if one["why"].endswith("nobody told it") else (
        doubt_words(one["why"])
    )  # fmt: skip
    return upper_first(what), why


def _said(case: Case, one: Mapping[str, Any]) -> tuple[str, str, str]:
    declared = next((each for each in case_type(case.type).discretions if each.code == one["code"]), None)
    title = declared.title.in_language(words.lang()) if declared else one["code"]
    effect = ""
    if one["effect"] == "refuse":
        effect = _("nothing is granted")
    elif one["effect"] == "set_amount":
        effect = f"{words.right_words(one['right'])}: {euro_words(int(one['amount']), words.lang())}"
    elif one["effect"] == ACCEPT:
        effect = in_language(BY_KEY[one["fact"]].input)
    return title, effect, one["reason"]


def _explained(one: Mapping[str, Any], called: Mapping[str, str]) -> Explained:
    trees = tuple(named(tree, called) for tree in one["trees"])
    year, month = map(int, one["month"].split("-"))
    who = called.get(one["who"], "") if one["who"] != "household" else _("the household")
    return Explained(
        words.right_words(one["code"]), month_words(Month(year * 12 + month - 1), words.lang()), who, trees,
        tuple(sorted(set(unverified(trees)))),
    )  # fmt: skip


def _refused(one: Mapping[str, Any], called: Mapping[str, str]) -> Refused:
    who = called.get(one["who"], "") if one["who"] != "household" else _("the household")
    return Refused(words.right_words(one["code"]), who, tuple(named(each, called) for each in one["because"]))


_STAFF = Kept(lambda accounts: StaffAccount.objects.filter(pk__any_of=accounts).only("full_name"))


def staff_names(numbers: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """The names of members of staff."""
    wanted = {one for one in numbers if one}
    return {one.pk: one.full_name for one in _STAFF(list(wanted))} if wanted else {}

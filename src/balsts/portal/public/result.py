"""What a household that answered is owed by the law: rights, statuses, what is open, what is not due and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from balsts.law.engine.answer import HOUSEHOLD, Answer, entitle
from balsts.law.engine.explaining.explain import Tree
from balsts.law.engine.explaining.reasons import Reason
from balsts.law.engine.explaining.refuse import refusals
from balsts.law.engine.explaining.words import citation_words
from balsts.law.engine.quantities import euro_words, in_month_words
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia import latvia
from balsts.portal.persons.rights import ShownRight, named, shown_rights
from balsts.portal.public.answers import Answers
from balsts.portal.public.household import facts_of, household_file
from balsts.portal.public.names import names_of
from balsts.portal.public.offices import NOT_IN_HAND, PARTS, PAYERS, applied_by, how_to_get


@dataclass(frozen=True)
class Due:
    """A right on the page: with who pays it, where to ask, and what of it is not certain.

    `type`: the case type that it can be applied for by in this portal; empty where there is none.
    """

    shown: ShownRight
    code: str
    cited: str
    payer: str
    how: str
    type: str
    paid_in: str
    unsure: tuple[Tree, ...]


@dataclass(frozen=True)
class NotDue:
    """A right that nobody of the household has, with the reasons for each possible payee."""

    code: str
    title: str
    reasons: tuple[tuple[str, tuple[Reason, ...]], ...]


@dataclass(frozen=True)
class Found:
    """The result of a walk.

    Attributes:
        monthly_cents: what the household gets in hand each month, without what comes once or by the half-year.
    """

    month: str
    due: tuple[Due, ...]
    monthly_cents: int
    monthly: str
    statuses: tuple[tuple[str, bool], ...]
    undetermined: tuple[tuple[str, str], ...]
    not_due: tuple[NotDue, ...]


def answer_of(answers: Answers, month: Month) -> Answer:
    """The law's answer.

    Raises:
        DomainError: the answers do not fit together.
    """
    return entitle(latvia(), facts_of(household_file(answers, month), month), month)


def found_by(answers: Answers, month: Month, lang: str) -> Found:
    """The result, in words; raises as `answer_of`."""
    answer = answer_of(answers, month)
    names = names_of(answers)
    shown = [one for one in shown_rights(answer, names, lang) if one.right.code not in PARTS]
    due = tuple(_due(one, lang) for one in sorted(shown, key=_place))
    monthly = monthly_cents(answer)

    def title(code: str) -> str:
        version = answer.results.wiring.version(code)
        return version.lv if lang == "lv" else version.en

    return Found(
        month=in_month_words(month, lang),
        due=due,
        monthly_cents=monthly,
        monthly=euro_words(monthly, lang),
        statuses=tuple((title(code), holds) for code, holds in sorted(answer.statuses.items())),
        undetermined=tuple(
            (title(one.code), one.unknown.question_lv if lang == "lv" else one.unknown.question_en)
            for one in answer.undetermined if one.code not in PARTS
        ),
        not_due=tuple(_not_due(answer, names, lang)),
    )  # fmt: skip


def in_hand(answer: Answer) -> Iterator[tuple[str, int]]:
    """The monthly rights in money that the household gets itself: code and cents."""
    for one in answer.rights:
        terms = one.version.right
        assert terms is not None
        if terms.per == "month" and terms.unit == "money" and one.code not in PARTS | NOT_IN_HAND:
            yield one.code, one.amount


def monthly_cents(answer: Answer) -> int:
    """What the household gets in hand each month."""
    return sum(amount for _code, amount in in_hand(answer))


def _place(one: ShownRight) -> tuple[bool, bool, int]:
    """Where a right stands on the page: money each month, other money, pieces; larger amounts first."""
    return one.is_pieces, one.per != "month", -one.right.amount


def _due(one: ShownRight, lang: str) -> Due:
    version = one.right.version
    assert version.right is not None
    cited = citation_words(latvia(), version.act, version.article, lang)
    return Due(
        one, one.right.code, cited, str(PAYERS[version.right.payer]), how_to_get(version), applied_by(one.right.code),
        in_month_words(one.right.paid_in, lang), tuple(_unsure(one.trees)),
    )  # fmt: skip


def _unsure(trees: tuple[Tree, ...]) -> Iterator[Tree]:
    """The parameters behind a right whose value is not read in an act or another source, each once."""
    told = set()
    waiting = list(trees)
    while waiting:
        tree = waiting.pop(0)
        for one in tree.get("parameters", ()):
            if one["certainty"] in ("derived", "unverified") and one["name"] not in told:
                told.add(one["name"])
                yield one
        waiting += tree.get("from", ())


def _not_due(answer: Answer, names: Mapping[str, str], lang: str) -> Iterator[NotDue]:
    """What is due to nobody of the household; a right that somebody has is not told as missing for the others."""
    has = {one.code for one in answer.rights} | {one.code for one in answer.undetermined} | PARTS
    by_code: dict[str, dict[tuple[Reason, ...], list[str]]] = {}
    for one in refusals(answer, lang, besides=has):
        because = tuple(_called(reason, one.who, names) for reason in one.because)
        who = str(_("the household")) if one.who == HOUSEHOLD else names.get(one.who, one.who)
        by_code.setdefault(one.code, {}).setdefault(because, []).append(who)
    for code, found in by_code.items():
        version = answer.results.wiring.version(code)
        yield NotDue(code, version.lv if lang == "lv" else version.en,
                     tuple(("; ".join(who), because) for because, who in found.items()))  # fmt: skip


def _called(reason: Reason, payee: str, names: Mapping[str, str]) -> Reason:
    """A reason with names for identifiers, and with nobody where it is about the payee, who is named already."""
    of = "" if reason.of in (payee, HOUSEHOLD) else names.get(reason.of, reason.of)
    ways = tuple(tuple(_called(one, payee, names) for one in way) for way in reason.instead_of)
    return Reason(named(reason.condition, names), named(reason.needed, names), named(reason.found, names), of, ways)

"""A household's rights in a month by the law, out of the registry, each with its explanation for people."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balsts.exchange.catalogue import REGISTERS
from balsts.law.engine.answer import Answer, Right, entitle
from balsts.law.engine.explaining.explain import Explainer, Tree, unfolded
from balsts.law.engine.household import read_household
from balsts.law.engine.quantities import money_words, month_text
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia import latvia
from balsts.portal.words import STATUSES
from balsts.registry.household_file import Doubt, household_file
from balsts.registry.models import Fact


@dataclass(frozen=True)
class ShownRight:
    """A right with the names of who gets it and for whom, and the trees that explain it."""

    right: Right
    title: str
    amount: str
    is_pieces: bool
    per: str
    who: str
    members: tuple[str, ...]
    paid_in: str
    trees: tuple[Tree, ...]


@dataclass(frozen=True)
class Rights:
    """What a household is owed in a month, as known at a moment.

    Attributes:
        doubts: facts that cannot carry a decision: whom they are about, the fact's key, why.
        undetermined: rights that need a value nobody knows, with the question.
    """

    answer: Answer
    rights: tuple[ShownRight, ...]
    statuses: tuple[tuple[str, bool], ...]
    undetermined: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...]


def rights_of(
    household: uuid.UUID, month: Month, at: datetime | None, names: Mapping[uuid.UUID, str], lang: str
) -> Rights:
    """Work a household's rights out; to be called where all its members may be seen.

    Raises:
        DomainError: the registry does not know enough to read the household, or it had no members.
    """
    law = latvia()
    file = household_file(household, month, at)
    facts, month = read_household(file.tree, law.catalogue, law.rights(), month)
    answer = entitle(law, facts, month)
    called = {str(person): name for person, name in names.items()}

    def title(code: str) -> str:
        version = answer.results.wiring.version(code)
        return version.lv if lang == "lv" else version.en

    return Rights(
        answer,
        shown_rights(answer, called, lang),
        tuple((title(code), holds) for code, holds in sorted(answer.statuses.items())),
        tuple(
            (title(one.code), one.unknown.question_lv if lang == "lv" else one.unknown.question_en)
            for one in answer.undetermined
        ),
        file.doubts,
    )


def shown_rights(answer: Answer, called: Mapping[str, str], lang: str) -> tuple[ShownRight, ...]:
    """The rights of an answer as pages show them; `called` gives persons' names by their identifiers."""
    explainer = Explainer(answer.results, lang)
    titles = {one.code: one.version.lv if lang == "lv" else one.version.en for one in answer.rights}
    return tuple(_shown(one, titles[one.code], explainer, called, lang) for one in answer.rights)


def _shown(right: Right, title: str, explainer: Explainer, called: Mapping[str, str], lang: str) -> ShownRight:
    terms = right.version.right
    assert terms is not None
    is_pieces = terms.unit == "pieces"
    amount = str(right.amount) if is_pieces else f"{money_words(right.amount, lang)} €"
    trees = tuple(named(tree, called) for tree in unfolded(explainer.right(right)))
    members = tuple(called.get(one, one) for one in right.members)
    return ShownRight(right, title, amount, is_pieces, terms.per, called.get(right.who, ""), members,
                      month_text(right.paid_in), trees)  # fmt: skip


def named(tree: Any, called: Mapping[str, str]) -> Any:
    """A tree, or a text of one, with names where the law's reader has identifiers."""
    return _named(tree, called, min(map(len, called), default=0))


def _named(tree: Any, called: Mapping[str, str], shortest: int) -> Any:
    """The same; most texts are shorter than the shortest identifier, so nobody is in them."""
    if isinstance(tree, str):
        if len(tree) >= shortest:
            for identifier, name in called.items():
                tree = tree.replace(identifier, name)
        return tree
    if isinstance(tree, list):
        return [_named(one, called, shortest) for one in tree]
    if isinstance(tree, dict):
        return {key: _named(one, called, shortest) for key, one in tree.items()}
    return tree


def unverified(trees: tuple[Tree, ...]) -> Iterator[str]:
    """The titles of parameters whose value is not verified in the text of the law."""
    for tree in trees:
        yield from (one["title"] for one in tree.get("parameters", ()) if one["certainty"] in ("derived", "unverified"))
        yield from unverified(tuple(tree.get("from", ())))


def doubt_words(why: str) -> str:
    """Why a fact is doubtful: registers by their names, and what is wrong."""
    first, _colon, rest = why.partition(": ")
    if first == "contradictory":
        return _("sources differ: %(sources)s") % {"sources": ", ".join(source_words(one) for one in rest.split(", "))}
    parts = (one.partition(": ") for one in why.split(", "))
    return ", ".join(
        f"{source_words(origin)}: {STATUSES[Fact.Status[status.upper()]]}" for status, _colon, origin in parts
    )


def source_words(code: str) -> str:
    """Where a fact comes from, by its code: a register, staff or a declaration."""
    if code in REGISTERS:
        return REGISTERS[code].name.in_language("lv" if get_language() == "lv" else "en")
    return str(
        {"worker": _("member of staff"), "declaration": _("declaration"), "load": _("data load")}.get(code, code)
    )

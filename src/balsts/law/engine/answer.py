"""What one household is owed in one month: rights by payee, statuses, and what nobody can determine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import Unknown
from balsts.law.engine.law import Law
from balsts.law.engine.one import Facts, Results, evaluate
from balsts.law.engine.quantities import euros, month_text
from balsts.law.engine.vocabulary import Day, month_of
from balsts.law.engine.wiring import wire

HOUSEHOLD = "household"


@dataclass(frozen=True)
class Right:
    """An amount (cents) or a number of pieces owed to one payee for some members.

    `places` are the persons (positions) whose rule gave it, for the explanation; none for a household.
    """

    code: str
    version: RuleVersion
    who: str
    members: tuple[str, ...]
    amount: int
    paid_in: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Undetermined:
    """A right or status that needs a value nobody knows."""

    code: str
    who: str
    unknown: Unknown


@dataclass
class Answer:
    """The answer for one household and month, with all values behind it."""

    month: int
    results: Results
    rights: list[Right] = field(default_factory=list)
    statuses: dict[str, bool] = field(default_factory=dict)
    undetermined: list[Undetermined] = field(default_factory=list)

    def amount(self, code: str) -> int:
        """The sum of a code over its payees."""
        return sum(one.amount for one in self.rights if one.code == code)


@dataclass(frozen=True)
class Share:
    """What one evaluation of a right's rule gave: at a person, a family's first child or the household."""

    place: int | None
    payee: str
    members: tuple[str, ...]
    value: Any


def entitle(law: Law, facts: Facts, month: int, *, known: Any = None) -> Answer:
    """The rights of a household in a month under a law."""
    return answered(evaluate(wire(law, month, known=known), facts))


def answered(results: Results) -> Answer:
    """The rights and statuses in values that are worked out."""
    answer = Answer(results.wiring.month, results)
    for code in results.wiring.rights:
        _add_right(answer, code)
    for code in results.wiring.statuses:
        holds = results.value(code, None)
        if isinstance(holds, Unknown):
            answer.undetermined.append(Undetermined(code, HOUSEHOLD, holds))
        answer.statuses[code] = not isinstance(holds, Unknown) and bool(holds)
    return answer


def shares(results: Results, code: str) -> Iterator[Share]:
    """Each evaluation of a right with its payee and beneficiaries; those of amount 0 too."""
    version = results.wiring.version(code)
    ids = results.facts.ids
    if version.entity == "household":
        members = _members(results, version, range(len(ids)))
        yield Share(None, HOUSEHOLD, members, results.value(code, None))
        return
    assert version.right is not None
    for person in range(len(ids)):
        if version.entity == "family" and results.columns["family"][person] != person:
            continue
        payee = results.columns[version.right.payee][person] if version.right.payee else person
        if payee >= 0:
            members = _members(results, version, _around(results, version, person))
            yield Share(person, ids[payee], members, results.value(code, person))


def _around(results: Results, version: RuleVersion, person: int) -> list[int]:
    """The members a right of a person or family can be for."""
    assert version.right is not None
    towards = "family" if version.entity == "family" else version.right.beneficiaries_over
    if towards is None:
        return [person]
    return [other for other, to in enumerate(results.columns[towards]) if to == person]


def _members(results: Results, version: RuleVersion, around: Any) -> tuple[str, ...]:
    assert version.right is not None
    ids, present = results.facts.ids, results.columns[results.wiring.law.presence]
    chosen = list(around)
    if version.right.beneficiaries is not None:
        fits = results.columns[version.right.beneficiaries]
        chosen = [one for one in chosen if not isinstance(fits[one], Unknown) and fits[one]]
    if not version.right.after_death:
        chosen = [one for one in chosen if present[one]]
    return tuple(ids[one] for one in chosen)


def _add_right(answer: Answer, code: str) -> None:
    version = answer.results.wiring.version(code)
    by_payee: dict[str, list[Share]] = {}
    for share in shares(answer.results, code):
        if isinstance(share.value, Unknown) or share.value != 0:
            by_payee.setdefault(share.payee, []).append(share)
    for who, found in sorted(by_payee.items()):
        unknown = next((one.value for one in found if isinstance(one.value, Unknown)), None)
        if unknown is not None:
            answer.undetermined.append(Undetermined(code, who, unknown))
            continue
        members = tuple(sorted({member for one in found for member in one.members}))
        answer.rights.append(
            Right(
                code=code,
                version=version,
                who=who,
                members=members,
                amount=sum(one.value for one in found),
                paid_in=_paid_in(answer, version, {who, *members}),
                places=tuple(one.place for one in found if one.place is not None),
            )
        )


def _paid_in(answer: Answer, version: RuleVersion, people: set[str]) -> int:
    assert version.right is not None
    facts: Facts = answer.results.facts
    month = answer.month + (1 if version.right.paid == "arrears" else 0)
    claims = [month_of(Day(facts.claimed[facts.ids.index(one)])) for one in people if one in facts.ids]
    return max([month, *claims])


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer in the form of the contract, for programs."""
    return {
        "on": month_text(answer.month),
        "law": answer.results.wiring.law.code,
        "rights": [right_json(one) for one in answer.rights],
        "statuses": [
            {"code": code, "who": HOUSEHOLD, "holds": holds} for code, holds in sorted(answer.statuses.items())
        ],
        "undetermined": [
            {"code": one.code, "who": one.who, "question": one.unknown.question_en,
             "question_lv": one.unknown.question_lv, "parameter": one.unknown.parameter}
            for one in answer.undetermined
        ],
        "refused": [],
    }  # fmt: skip


def right_json(one: Right) -> dict[str, Any]:
    """One right in the form of the contract."""
    version = one.version
    assert version.right is not None
    amount: dict[str, Any] = {"amount_eur": euros(one.amount)}
    if version.right.unit == "pieces":
        amount = {"pieces": one.amount}
    return {
        "code": one.code,
        "who": one.who,
        "for": list(one.members),
        **amount,
        "per": version.right.per,
        "name": {"lv": version.lv, "en": version.en},
        "act": version.act,
        "article": version.article,
        "paid_by": version.right.payer,
        "paid_in": month_text(one.paid_in),
    }

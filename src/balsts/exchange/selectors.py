"""What was asked of registers. To be called inside `registry.use_cases.reading`: elsewhere nobody sees anything."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.models import MergeTold, RegisterMessage, RegisterQuestion
from balsts.exchange.periods import Period
from balsts.exchange.texts import Text
from balsts.registry.models import Duplicate
from balsts.registry.selectors import known

OUTCOMES = {
    RegisterMessage.Kind.ANSWER: Text("reģistrs atbildēja", "the register answered"),
    RegisterMessage.Kind.UNREADABLE: Text("atbilde nebija lasāma", "the answer could not be read"),
    RegisterMessage.Kind.NO_ANSWER: Text("reģistrs neatbildēja", "the register did not answer"),
}
WAITING = Text("atbildes vēl nav", "there is no answer yet")


@dataclass(frozen=True)
class QuestionMade:
    """A question that was asked about somebody: of which register, by whom, why, when, and what came of it.

    Attributes:
        problem: why there is no usable answer, for those who run the connection; empty when there is one.
    """

    register: Text
    days: Period
    purpose: str
    role: str
    staff: uuid.UUID | None
    asked_at: datetime
    outcome: Text
    problem: str


def questions_about(person: uuid.UUID) -> Iterator[QuestionMade]:
    """The questions that were asked about a person, newest first: for the case, and for the person's own page."""
    came = Prefetch("messages", RegisterMessage.objects.order_by("received_at"))
    for one in RegisterQuestion.objects.filter(person=person).order_by("-asked_at").prefetch_related(came):
        messages = list(one.messages.all())
        contract = REGISTERS.get(one.register)
        yield QuestionMade(
            register=contract.name if contract else Text(one.register, one.register),
            days=Period(one.days.lower, one.days.upper),
            purpose=one.purpose,
            role=one.role,
            staff=one.staff,
            asked_at=one.asked_at,
            outcome=OUTCOMES[RegisterMessage.Kind(messages[-1].kind)] if messages else WAITING,
            problem=messages[-1].problem if messages else "",
        )


def merges_to_decide() -> QuerySet[MergeTold]:
    """Pairs of persons whose entries the population register merged and nobody here has decided on, oldest first."""
    decided = known(Duplicate).values("person")
    return MergeTold.objects.exclude(merged__in=decided).order_by("told_at", "pk")

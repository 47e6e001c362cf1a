"""Claims, orders of creditors, choices and what the law says of them, in the language of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from balsts.payments import agreed_selectors as agreed
from balsts.payments import claim_selectors as claims
from balsts.payments.agreed_selectors import LawGroup
from balsts.payments.models import PayoutChoice, WithholdingRule
from balsts.payments.withholding_law import INTEREST_QUESTION, RANK_QUESTION, Answer
from balsts.portal.office.words import lang, right_words
from balsts.portal.words import cents_words

CLAIMS = {
    claims.PROPOSED: _("waits for a second person"),
    claims.OPEN: _("open, without a plan"),
    claims.ON_PLAN: _("paid back by a plan"),
    claims.SETTLED: _("settled"),
    claims.WRITTEN_OFF: _("settled, a part was given up"),
    claims.WITHDRAWN: _("withdrawn"),
}
STATES = {
    agreed.PROPOSED: _("waits for a second person"),
    agreed.TO_COME: _("holds from a later day on"),
    agreed.IN_FORCE: _("in force"),
    agreed.OVER: _("over"),
}
SURE = (agreed.IN_FORCE, claims.ON_PLAN, claims.SETTLED)
CHANNELS = {
    PayoutChoice.Channel.ACCOUNT: _("to an account of an institution or supplier"),
    PayoutChoice.Channel.POST: _("at home, by post"),
    PayoutChoice.Channel.CASH: _("in cash, at the payer's cash desk"),
}
HANDED = {
    "waits": _("nothing was said of it yet"),
    "paid": _("paid out"),
    "again": _("not handed out, owed again"),
}
ANSWERS = {
    Answer.MAY: _("may be kept back"),
    Answer.NEVER: _("closed by law"),
    Answer.OPEN: _("closed until the law is read"),
}
_ASKED = (
    _("The wording of CPL 596 in force is not read."),
    _("Whether CPL 596 protects it is not read in any source yet."),
    _("CPL 594 and 595 in force are not read: whether two or more debts take 40 % (a law office says so), not 30 %; "
      "whether maintenance has a limit of its own; whether rights of one month count together. Until then the lower "
      "share holds, and each payment by itself."),
    _("Which article lets an overpaid benefit be kept back from later ones, and up to what, is not read yet."),
    _("SPSPL has provided for recovery since 2011-12-30 (Ludza municipality on the amendment); the article, and "
      "whether and how much is kept back from later assistance, is not read yet."),
    _("Which rank recovery by the payer itself has among other orders is not read in any source yet; it comes last."),
    _("Whether an act lets interest be asked for an overpaid benefit is not read in any source yet; none is."),
)  # fmt: skip
"""Open questions of withholding, worded in English where the law is kept."""


@lru_cache(maxsize=1)
def _questions() -> dict[str, Any]:
    with override("en"):
        return {str(one): one for one in _ASKED}


def question_words(question: str) -> str:
    """An open question of the law; one that has no words here stands as it is."""
    return str(_questions().get(question, question))


def general_questions() -> list[str]:
    """What is open of all that is kept back: the rank of recovery, and interest."""
    return [question_words(one) for one in (RANK_QUESTION, INTEREST_QUESTION)]


def law_rows(groups: list[LawGroup]) -> list[dict[str, Any]]:
    """What the law says of keeping back, rights of one answer together."""
    return [
        {"answer": ANSWERS[Answer(one.rule.answer)], "is_open": one.rule.answer == Answer.MAY,
         "says": _rule_words(one.rule), "question": question_words(one.rule.question),
         "rights": [right_words(code) for code in one.codes]}
        for one in groups
    ]  # fmt: skip


def _rule_words(rule: WithholdingRule) -> str:
    if rule.answer != Answer.MAY:
        return str(rule.reason_lv if lang() == "lv" else rule.reason_en)
    named = {"percent": rule.percent, "floor": cents_words(rule.floor), "child": cents_words(rule.floor_child),
             "children": cents_words(rule.floor_children_most)}  # fmt: skip
    if not rule.of_excess:
        return gettext("at most %(percent)s %% of the payment; at least %(floor)s is left") % named
    return gettext("at most %(percent)s %% of what is above %(floor)s; for each child that the order names "
                   "%(child)s more is left, for all at most %(children)s") % named  # fmt: skip


def right_of(choice: PayoutChoice) -> str:
    """Of which right a choice is."""
    return right_words(choice.code) if choice.code else gettext("every right without a choice of its own")

"""Stages, steps, events and causes of cases in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from balsts.cases.models import (
    Appeal,
    Application,
    Award,
    Case,
    Change,
    Decision,
    Determination,
    DeterminationLine,
)
from balsts.cases.types.reading import case_type
from balsts.law.engine.explaining.words import title_of
from balsts.law.engine.quantities import euro_words, money_words, month_words
from balsts.law.engine.vocabulary import Month
from balsts.portal.law_of_request import law_of_request
from balsts.portal.words import in_language, upper_first
from balsts.registry.fact_types import BY_KEY

STAGES = {
    Case.Stage.RECEIVED: _("received"),
    Case.Stage.WAITING: _("waits for an answer"),
    Case.Stage.ASSESSED: _("assessed"),
    Case.Stage.DECIDING: _("decision being made"),
    Case.Stage.RUNNING: _("decision in force"),
    Case.Stage.CONTESTED: _("decision contested"),
    Case.Stage.CLOSED: _("closed"),
}
STATES = {
    Decision.State.DRAFTED: _("drafted"),
    Decision.State.CHECKED: _("checked"),
    Decision.State.SIGNED: _("signed"),
    Decision.State.NOTIFIED: _("made known"),
    Decision.State.IN_FORCE: _("in force"),
    Decision.State.APPEALED: _("contested"),
    Decision.State.REPLACED: _("replaced"),
    Decision.State.ENDED: _("ended"),
    Decision.State.DISCARDED: _("given up"),
}
KINDS = {
    Decision.Kind.GRANT: _("to grant"),
    Decision.Kind.REFUSE: _("to refuse"),
    Decision.Kind.REPLACE: _("to replace the earlier decision"),
    Decision.Kind.END: _("to end"),
    Decision.Kind.DISMISS: _("to close without a decision on the matter"),
}
CAUSES = {
    Determination.Cause.APPLICATION: _("an application"),
    Determination.Cause.FACT: _("a fact has changed"),
    Determination.Cause.LAW: _("the law has changed"),
    Determination.Cause.ERROR: _("an error of the office"),
    Determination.Cause.TIME: _("time has passed"),
    Determination.Cause.APPEAL: _("the decision was contested"),
}
CHANNELS = {
    Application.Channel.PORTAL: _("in the portal"),
    Application.Channel.IN_PERSON: _("in person"),
    Application.Channel.POST: _("by post"),
    Application.Channel.PHONE: _("by telephone"),
    Application.Channel.API: _("from another system"),
    Application.Channel.PROACTIVE: _("by the office of its own motion"),
}
OUTCOMES = {
    Appeal.Outcome.UPHELD: _("left as it was"),
    Appeal.Outcome.CHANGED: _("changed"),
    Appeal.Outcome.ANNULLED: _("annulled"),
    Appeal.Outcome.WITHDRAWN: _("withdrawn"),
    Appeal.Outcome.LATE: _("submitted too late"),
}
CHANGE_STATES = {
    Change.State.PROPOSED: _("proposed"),
    Change.State.CONFIRMED: _("confirmed by a decision"),
    Change.State.DISMISSED: _("dismissed"),
}
EVENTS = {
    "received": _("Application received"),
    "determined": _("Rights worked out by the law"),
    "fact_established": _("Doubtful fact established by the office"),
    "left_to_a_person": _("Left to a member of staff to decide"),
    "drafted": _("Decision drafted"),
    "checked": _("Decision checked"),
    "signed": _("Decision signed"),
    "notified": _("Decision made known"),
    "discarded": _("Draft given up"),
    "contested": _("Decision contested"),
    "heard": _("Contested decision reviewed"),
    "taken": _("Taken by a member of staff"),
    "assigned": _("Assigned to a member of staff"),
    "given_back": _("Given back to the office"),
    "task_made": _("Task added"),
    "task_done": _("Task done"),
    "noted": _("Note added"),
    "wrote": _("Message sent"),
    "change_confirmed": _("Change confirmed"),
    "change_dismissed": _("Change dismissed"),
    "change_found": _("Change found"),
    "renamed": _("Organisation renamed; before"),
    "authority_verified": _("Right to act for the organisation verified"),
    "card_issued": _("Card issued"),
    "card_issued_again": _("Card issued again"),
    "card_revoked": _("Card taken back"),
}
"""What happened, by the kind of event; of kinds that other folders add, the page shows what it can."""
TASKS = {
    "decide": _("Decide on the application"),
    "answer": _("Answer the person's message"),
    "todo": _("To do"),
    "change": _("Look at the proposed change"),
    "contradiction": _("Registers say otherwise than the person"),
    "verify_authority": _("Verify who may act for the organisation"),
    "determine_anew": _("Work the rights out anew"),
    "reassess_by_hand": _("Look at the case: it cannot be worked out automatically"),
}
WHY_NOT_AUTOMATIC = {
    "discretion": _("the act leaves discretion"),
    "doubt": _("facts are doubtful"),
    "declared": _("facts are declared and not confirmed"),
    "unknown": _("a value of the law is not known"),
    "refusal": _("a refusal is decided by a person"),
    "sample": _("taken for a check"),
}
PER = {
    "month": _("a month"), "once": _("once"), "half_year": _("a half-year"), "quarter": _("a quarter"),
    "week": _("a week"), "hour": _("an hour"), "day": _("a day"),
}  # fmt: skip


def lang() -> str:
    """The language of the page, of the two that there are."""
    return "lv" if get_language() == "lv" else "en"


def type_words(code: str) -> str:
    """The name of a case type."""
    return case_type(code).name.in_language(lang())


def right_words(code: str) -> str:
    """The name of a right or status of the law."""
    return upper_first(title_of(law_of_request().law, code, lang()))


def amount_words(amount: int | None, code: str) -> str:
    """An amount of a right: cents as euros, or pieces; of a status, that it is granted."""
    if amount is None:
        return gettext("granted")
    if _is_in_pieces(code):
        return ngettext("%(number)s piece", "%(number)s pieces", amount) % {"number": amount}
    return euro_words(amount, lang())


def _is_in_pieces(code: str) -> bool:
    versions = law_of_request().law.rules.get(code, ())
    return any(one.right is not None and one.right.unit == "pieces" for one in versions)


def months_words(lower: date, upper: date | None) -> str:
    """Months by their first days, [first, first after): `February 2026 – April 2026`."""
    since = month_of(lower)
    if upper is None:
        return gettext("from %(month)s") % {"month": since}
    last = month_of(date.fromordinal(upper.toordinal() - 1))
    return since if since == last else f"{since} – {last}"


def month_of(day: date) -> str:
    """The month of a day, for a person to read."""
    return month_words(day.year * 12 + day.month - 1, lang())


def month_name(month: Month) -> str:
    """A month for a person to read."""
    return month_words(month, lang())


def left_words(due_on: date | None) -> str:
    """How many days are left of a term, or since it passed."""
    if due_on is None:
        return ""
    left = (due_on - timezone.localdate()).days
    if left < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    if left == 0:
        return gettext("today is the last day")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def is_late(due_on: date | None) -> bool:
    """Whether a term has passed."""
    return due_on is not None and due_on < timezone.localdate()


def event_words(kind: str) -> str:
    """What happened."""
    return str(EVENTS.get(kind, kind.replace("_", " ")))


def event_detail(kind: str, detail: str) -> str:
    """What an event says besides its kind, in words where it is a code."""
    tables: dict[str, Mapping[Any, Any]] = {
        "received": CHANNELS, "determined": CAUSES, "left_to_a_person": WHY_NOT_AUTOMATIC, "heard": OUTCOMES,
        "notified": HOW, "change_found": CAUSES,
    }  # fmt: skip
    return str(tables.get(kind, {}).get(detail, detail))


HOW = {
    "portal": _("in the portal"),
    "post": _("by post"),
    "registered_post": _("by registered post"),
    "in_person": _("in person"),
    "e_address": _("to the official electronic address"),
}
"""Ways of making a decision known."""


def task_words(kind: str, detail: str) -> str:
    """What is to be done."""
    if kind == "todo":
        return detail
    said = str(TASKS.get(kind, kind.replace("_", " ")))
    if kind in _DETAIL_FOR_KEEPERS:
        return said
    more = ", ".join(_detail_words(one) for one in detail.split(", "))
    return f"{said}: {more}" if more else said


_DETAIL_FOR_KEEPERS = ("reassess_by_hand", "determine_anew")
"""Kinds of tasks whose detail is an error's, for whoever keeps the platform."""


def _detail_words(code: str) -> str:
    """What a task says besides its kind: a cause, a reason, or a fact by its key."""
    if code in BY_KEY:
        return in_language(BY_KEY[code].input)
    causes: Mapping[Any, Any] = CAUSES
    return str(WHY_NOT_AUTOMATIC.get(code) or causes.get(code, code))


def line_amount(line: DeterminationLine) -> str:
    """What a line of a determination gives."""
    if line.kind == DeterminationLine.Kind.UNDETERMINED:
        return line.question
    return amount_words(line.amount, line.code)


def award_title(award: Award) -> str:
    """The right or status that was granted."""
    return right_words(award.code)


def moment_words(at: datetime) -> str:
    """A moment: 01.02.2026 14:05."""
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"


def cents_words(cents: int) -> str:
    """An amount as it is typed: 120,50."""
    return money_words(cents, lang())


def difference_words(difference: int, code: str) -> str:
    """How much more or less, with its sign."""
    sign = "+" if difference > 0 else "−"
    return f"{sign}{amount_words(abs(difference), code)}"


def euros_words(cents: int) -> str:
    """An amount with its sign and currency."""
    return euro_words(cents, lang())

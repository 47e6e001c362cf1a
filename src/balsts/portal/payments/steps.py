"""Which steps of a run are open to who acts, and why others are not. The database asks the same on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from balsts.access.acting import Acting
from balsts.payments import use_cases
from balsts.payments.models import Run, RunStep
from balsts.portal.payments.forms import AcknowledgeForm, CancelForm
from balsts.portal.session.forms import GovukForm

S = Run.State
_FOLLOWS: dict[str, tuple[str, ...]] = {
    "acknowledge": (S.PREPARED, S.ACKNOWLEDGED),
    "approve": (S.ACKNOWLEDGED,),
    "release": (S.APPROVED,),
    "cancel": (S.PREPARED, S.ACKNOWLEDGED, S.APPROVED),
}


@dataclass(frozen=True)
class Step:
    """A step that may be taken: the state it leads to, its title, what it means, its button, form, and how."""

    state: str
    title: Any
    says: Any
    button: Any
    form: type[GovukForm]
    take: Callable[[Acting, Run, dict[str, Any]], object]


STEPS = {
    "acknowledge": Step(
        S.ACKNOWLEDGED, _("Look through the differences"),
        _("You confirm that you have looked at everything in which the run differs from the one before."),
        _("I have looked through them"), AcknowledgeForm,
        lambda who, run, said: use_cases.acknowledge(who, run, said["seen"])),
    "approve": Step(
        S.APPROVED, _("Approve the run"),
        _("You confirm that the run may be paid. Somebody else then releases it."),
        _("Approve"), GovukForm, lambda who, run, _said: use_cases.approve_run(who, run)),
    "release": Step(
        S.RELEASED, _("Release the run for payment"),
        _("The run is entered in the ledger and may go to the bank. It cannot be cancelled after that."),
        _("Release for payment"), GovukForm, lambda who, run, _said: use_cases.release_run(who, run)),
    "cancel": Step(
        S.CANCELLED, _("Cancel the run"),
        _("Nothing of it is paid. The next run finds all of it again."),
        _("Cancel the run"), CancelForm, lambda who, run, said: use_cases.cancel_run(who, run, said["reason"])),
}  # fmt: skip
_BARRED = {
    "prepared": _("You prepared this run, so somebody else looks through it, approves and releases it."),
    "approved": _("You approved this run, so somebody else releases it."),
    "not_seen": _("Look through the differences first; then you can approve the run."),
}


@dataclass(frozen=True)
class Open:
    """The steps open to who acts, and in words why one that comes next is not."""

    steps: tuple[str, ...]
    barred: Any = ""


def open_to(who: Acting, run: Run, taken: Iterable[RunStep]) -> Open:
    """What who acts may do with a run now."""
    steps = list(taken)
    own = {one.step for one in steps if one.by_staff == who.staff}
    may = {"acknowledge": who.may("approve_payments"), "approve": who.may("approve_payments"),
           "release": who.may("release_payments"),
           "cancel": who.may("prepare_payments") or who.may("approve_payments")}  # fmt: skip
    found = [code for code in STEPS if may[code] and run.state in _FOLLOWS[code]]
    barred: Any = ""
    if S.PREPARED in own and any(code != "cancel" for code in found):
        barred, found = _BARRED["prepared"], [code for code in found if code == "cancel"]
    if S.APPROVED in own and "release" in found:
        barred = _BARRED["approved"]
        found.remove("release")
    if "approve" in found and S.ACKNOWLEDGED not in own:
        barred = _BARRED["not_seen"]
        found.remove("approve")
    return Open(tuple(found), barred)


def next_words(run: Run) -> Any:
    """What comes next for a run, whoever looks."""
    return {
        S.PREPARED: _("Next: a head of payments looks through the differences and approves."),
        S.ACKNOWLEDGED: _("Next: whoever looked through the differences approves the run."),
        S.APPROVED: _("Next: another head of payments releases the run."),
        S.RELEASED: _("The run is released and stands in the ledger."),
        S.CANCELLED: _("Nothing of this run is paid; the next run finds all of it again."),
    }[S(run.state)]

"""States, steps, findings, and reasons for holding, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balsts.access.models import StaffAccount
from balsts.payments.lines import last_four
from balsts.payments.models import Line, Run
from balsts.payments.preview import CHANGED_PERCENT, MOST_CENTS_OF_A_LINE, Finding
from balsts.payments.programmes import OWN
from balsts.payments.withholding import Kind
from balsts.portal.office.words import month_of
from balsts.portal.words import cents_words

KINDS = {Run.Kind.MONTHLY: _("monthly"), Run.Kind.EXTRA: _("extra")}
STATES = {
    Run.State.PREPARED: _("prepared"),
    Run.State.ACKNOWLEDGED: _("differences looked through"),
    Run.State.APPROVED: _("approved for payment"),
    Run.State.RELEASED: _("released for payment"),
    Run.State.CANCELLED: _("run cancelled"),
}
LINE_KINDS = {
    Line.Kind.CURRENT: _("current month"),
    Line.Kind.ARREARS: _("recalculated or late"),
    Line.Kind.AGAIN: _("paid again after it came back"),
    "overpaid": _("overpayment"),
}
HELD = {
    Line.Held.DEAD: _("the payee has died"),
    Line.Held.NO_PROGRAMME: _("the budget programme is not known"),
    Line.Held.RECEIVERS: _("several representatives may get the payment"),
    Line.Held.NO_ACCOUNT: _("there is no account that is valid on the payment day"),
    Line.Held.ACCOUNT_BACK: _("the bank does not pay to this account"),
    Line.Held.ASKED: _("why the bank sent an earlier payment back is not settled"),
}
HELD_DO = {
    Line.Held.DEAD: _("The office that decided the case looks at it and ends the award. Until then nothing is paid."),
    Line.Held.NO_PROGRAMME: _(
        "The Ministry says out of which programme this right is paid; whoever keeps the platform then enters it. "
        "Nothing has to be done in the case."
    ),
    Line.Held.RECEIVERS: _(
        "The office that decided the case finds out which representative gets the payment, and ends the other "
        "authorisation for payments in the registry."
    ),
    Line.Held.NO_ACCOUNT: _(
        "The office that decided the case asks the person for an account and enters it. The next run then pays the "
        "line."
    ),
    Line.Held.ACCOUNT_BACK: _(
        "The bank sent an earlier payment to this account back. The office that decided the case asks the person for "
        "another account; then settle the matter of the bank."
    ),
    Line.Held.ASKED: _("Settle the matter of the bank about the earlier payment. The next run then pays the line."),
}
"""What is to be done, for staff."""
FOR_PERSONS = {
    Line.Held.DEAD: _(
        "By the population register the payee has died, so the payment was stopped. If that is wrong, write to the "
        "office at once."
    ),
    Line.Held.NO_PROGRAMME: _(
        "The payment waits for the payer: it is not settled out of which budget it is paid. You need to do nothing."
    ),
    Line.Held.RECEIVERS: _(
        "More than one representative may receive payments, so we do not know whom to pay. Write to the office who it "
        "should be."
    ),
    Line.Held.NO_ACCOUNT: _(
        "We have no account of yours that was valid on the payment day. Write to the office to which account to pay; "
        "the next payment then includes this amount."
    ),
    Line.Held.ACCOUNT_BACK: _(
        "Your bank did not take an earlier payment to this account. Write to the office to which other account to pay; "
        "the next payment then includes this amount."
    ),
    Line.Held.ASKED: _(
        "The bank sent an earlier payment back, and the payer is finding out why. If you know of a reason, write to "
        "the office."
    ),
}
"""The same for whoever waits for the money: why, and what to do."""
OTHERS_ACCOUNT_BACK_DO = _(
    "An earlier payment to this account of an institution or supplier came back. Find out their account, and record a "
    "choice with it; then settle the matter of the bank."
)
OTHERS_ACCOUNT_BACK = _(
    "The account of %(name)s did not take an earlier payment. Find out from them why, and write to the office to which "
    "account of theirs, or of yours, to pay; the next payment then includes this amount."
)
"""Both where the money goes to the account of an institution or supplier."""
FINDINGS: dict[str, tuple[Any, Any]] = {
    "new": (_("New"), _("The person did not get this right in the run before.")),
    "ended": (_("Ended"), _("The person got this right in the run before and does not get it now.")),
    "changed": (
        _("Changed"),
        _("The person's sum of a right differs by more than %(percent)s %% from the run before."),
    ),
    "arrears": (_("Recalculated or late"), _("Amounts that were due in earlier months.")),
    "overpaid": (_("Overpaid"), _("More was paid than is owed now. Nothing is taken back without a decision.")),
    "withheld": (_("Kept back"), _("Part of the line goes to a creditor, or pays an overpayment back.")),
    "new_creditor": (_("New creditors"), _("Something kept back goes to an account to which nothing went before.")),
    "new_payout_account": (
        _("New accounts of others"),
        _("The line goes to an account of an institution or supplier to which none went before."),
    ),
    "moved": (_("Moved away"), _("The person's declared home is in another municipality.")),
    "one_account_of_several": (_("One account of several"), _("Different persons are paid to the same account.")),
    "above_limit": (_("Large amounts"), _("Lines above %(most)s.")),
    "left_out": (
        _("Left out"),
        _("Awards that a run cannot pay: their programme or their amount for a month is not known."),
    ),
}
ORDERS = {
    Kind.MAINTENANCE: _("maintenance"),
    Kind.ENFORCEMENT: _("a bailiff's order"),
    Kind.RECOVERY: _("an overpayment that is paid back"),
}
"""By what something is kept back."""
CHANNELS = {
    Line.Channel.POST: _("at home, by post"),
    Line.Channel.CASH: _("in cash, at the payer's cash desk"),
}
"""Ways in which a line goes that are not by bank."""
DIFFERENCES = {
    "decided": _("the lines are not what the decisions come to"),
    "posted": _("the ledger does not say what the line says"),
    "withheld": _("what is kept back is not what orders come to"),
    "balanced": _("in the ledger, debit and credit of the line differ"),
    "filed": _("the line is in no file for the bank"),
    "told": _("the ledger does not say what the bank said of the line"),
}
PROGRAMMES = {OWN: _("the municipality's own account"), "": _("programme not known")}


def run_title(run: Run) -> str:
    """A run by its month and kind: `February 2026, monthly`."""
    return f"{month_of(run.month)}, {KINDS[Run.Kind(run.kind)]}"


def way_words(line: Line) -> str:
    """Where a line goes: an account by its last four characters (and whose, if another's), the post, the cash desk."""
    if line.channel in CHANNELS:
        return str(CHANNELS[Line.Channel(line.channel)])
    account = last_four(line.iban)
    return f"{line.choice.name}, {account}" if line.choice else account


def held_words(held: str) -> str:
    """Why a line is held; reasons that another part of the platform adds stand as they are."""
    return str(HELD.get(Line.Held(held), held)) if held in Line.Held.values else held


def held_do_words(line: Line) -> str:
    """What is to be done about a line that is held."""
    if line.held == Line.Held.ACCOUNT_BACK and line.choice is not None:
        return str(OTHERS_ACCOUNT_BACK_DO)
    return str(HELD_DO[Line.Held(line.held)]) if line.held in Line.Held.values and line.held else ""


def person_held_words(line: Line) -> str:
    """Why a line is held, and what to do, for whoever waits for the money."""
    if line.held == Line.Held.ACCOUNT_BACK and line.choice is not None:
        return str(OTHERS_ACCOUNT_BACK) % {"name": line.choice.name}
    return str(FOR_PERSONS[Line.Held(line.held)]) if line.held in FOR_PERSONS else line.held


def programme_words(code: str) -> str:
    """A budget programme by its code."""
    return str(PROGRAMMES.get(code, code))


def finding_words(kind: str) -> tuple[str, str]:
    """A finding's name, and what it means."""
    if kind.startswith("held_"):
        held = kind.removeprefix("held_")
        return gettext("Held: %(why)s") % {"why": held_words(held)}, str(
            HELD_DO.get(Line.Held(held), "") if held in Line.Held.values else ""
        )
    name, means = FINDINGS.get(kind, (kind, ""))
    named = {"percent": CHANGED_PERCENT, "most": cents_words(MOST_CENTS_OF_A_LINE)}
    return str(name), str(means) % named if means else ""


def finding_query(found: Finding) -> str:
    """How the lines of a finding are asked for in an address."""
    kind = found.kind
    return f"held={kind.removeprefix('held_')}" if kind.startswith("held_") else f"finding={kind}"


def names_of_staff(numbers: list[Any]) -> dict[Any, str]:
    """The names of members of staff by their numbers."""
    return dict(StaffAccount.objects.filter(pk__in=numbers).values_list("pk", "full_name"))

"""Who looked at one's data: shown to the person alone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord, Institution
from balsts.access.roles import PURPOSES, ROLES
from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.selectors import questions_about
from balsts.law.latvia import latvia
from balsts.portal.registers.views import language
from balsts.portal.session.state import REASONS
from balsts.portal.words import in_language
from balsts.registry.use_cases import reading

_A_PAGE = 50
_ASKED = "registers asked: "
_STATUS_ASKED, _SYSTEM, _PAYMENT = "status asked: ", "system", "payment"
ACTIONS = {
    "read": _("looked"),
    "search_hit": _("found in a search"),
    "record": _("recorded"),
    "export": _("exported"),
    "merge": _("merged records"),
    "break_glass": _("opened a protected record"),
}
WHAT = {
    "case: identity, addresses, relations, household, facts": _("the case: identity, addresses, relations, facts"),
    "facts over time, with corrections": _("facts over time, with corrections"),
    "household: members, facts": _("the household: members, facts"),
    "household: members": _("members of the household"),
    "rights by the law": _("rights of the household by the law"),
    "register queries made": _("register queries made"),
    "who looked, register queries made": _("who looked, and register queries made"),
    "found by code": _("by the personal code"),
    "candidate for a duplicate": _("compared with another entry"),
    "found to be one person": _("entries found to be of one person"),
    "a finding and a correction": _("a finding and a correction"),
    "registered": _("entered in the registry"),
    "signed in": _("signing in"),
    "found by name or date of birth": _("by name or date of birth"),
    "case: all of it": _("the whole case"),
    "assessment: rights by the law, facts they rest on": _("the assessment: rights by the law, facts they rest on"),
    "a decision: rights, reasons, facts they rest on": _("a decision: rights, reasons, facts they rest on"),
    "notice of a decision": _("the notice of a decision"),
    "document handed in": _("a document handed in"),
    "names in a list of cases": _("the name in a list of cases"),
    "tasks of a case": _("tasks of the case"),
    "notes of a case": _("notes of the case"),
    "messages of a case": _("messages of the case"),
    "taking a case": _("taking the case"),
    "giving a case back": _("giving the case back"),
    "assigning a case": _("assigning the case"),
    "contested decision": _("the contested decision"),
    "a change: what was due and what is due now": _("a change: what was due and what is due now"),
    "own support": _("your support, in one view"),
    "own case": _("your case"),
    "own cases": _("your cases"),
    "own decision": _("your decision"),
    "own awards by month": _("what is granted to you, by month"),
    "own payments by month": _("what is paid to you, by month"),
    "a payment line": _("a line of a payment run: amount, why, account"),
    "claim of an overpayment": _("a claim of an overpayment: why, how much, what is settled"),
    "orders to withhold": _("an order by which something is kept back from payments"),
    "where payments go": _("where payments go, if not to your own account"),
    "list of payouts: post": _("a list of payments for the post: name, address, amount"),
    "list of payouts: cash": _("a list of payments for the cash desk: name, amount"),
    "an application": _("an application"),
    "a list of cases": _("a list of cases"),
    "a case": _("a case"),
    "messages, notes and tasks of a case": _("messages, notes and tasks of a case"),
    "what is granted, by month": _("what is granted, by month"),
    "a determination and its explanation": _("a determination and its explanation"),
    "a decision and its explanation": _("a decision and its explanation"),
    "a contested decision": _("a contested decision"),
    "status passed on": _("a status that was granted or ended"),
}
"""Which data, as the record holds it, and as people read it."""


@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    """Each time somebody looked at the data of who asks: when, who, as what, why and at what.

    Members of staff are named by office and role; the office answers for them and knows the account by the number.
    """
    who = request.acting  # type: ignore[attr-defined]
    if who.person is None:
        raise Http404
    with in_scope(who, "log"):
        records = AccessRecord.objects.using("log").filter(subject=who.person).order_by("-number")
        shown = Paginator(records, _A_PAGE).get_page(request.GET.get("page"))
        offices = Institution.objects.in_bulk([one.institution for one in shown if one.institution])
        rows = [_row(one, offices.get(one.institution) if one.institution else None) for one in shown]
    with reading(who, [who.person], "who looked, register queries made"):
        lang = language()
        asked = [(one.asked_at, one.register.in_language(lang), one.outcome.in_language(lang),
                  in_language(PURPOSES[one.purpose]) if one.purpose in PURPOSES else one.purpose)
                 for one in questions_about(who.person)]  # fmt: skip
    page = {"rows": rows, "shown": shown, "asked": asked, "person": who.person}
    return render(request, "portal/looked/who_looked.html", page)


def _row(one: AccessRecord, office: Institution | None) -> dict[str, object]:
    what, _separator, why = one.detail.partition("; reason: ")
    reason, _space, reference = why.partition(" ")
    return {
        "number": one.number, "at": one.at, "office": in_language(office) if office else "",
        "role": in_language(ROLES[one.role]) if one.role in ROLES else "",
        "purpose": in_language(PURPOSES[one.purpose]) if one.purpose in PURPOSES else one.purpose,
        "action": ACTIONS[one.action], "what": _what(what), "reason": _reason(reason), "reference": reference,
        "is_own": one.role == "resident",
    }  # fmt: skip


def _reason(code: str) -> str:
    if code == _PAYMENT:
        return gettext("A payment run, by month, kind and number of the line:")
    return gettext("The system of another institution:") if code == _SYSTEM else str(REASONS.get(code, ""))


def _status(code: str) -> str:
    """The name of a status in its newest wording."""
    versions = latvia().rules.get(code)
    return in_language(versions[-1]) if versions else code


def _what(detail: str) -> str:
    """Which data, in the language of the page; what no page of ours wrote stands as it is in the record."""
    if detail.startswith(_ASKED):
        codes = detail.removeprefix(_ASKED).split(", ")
        names = [REGISTERS[one].name.in_language(language()) if one in REGISTERS else one for one in codes]
        return gettext("asked registers: %(registers)s") % {"registers": ", ".join(names)}
    if detail.startswith(_STATUS_ASKED):
        return gettext("whether you have the status %(status)s") % {
            "status": _status(detail.removeprefix(_STATUS_ASKED))
        }
    return str(WHAT.get(detail, detail))

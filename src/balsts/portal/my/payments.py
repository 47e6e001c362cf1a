"""A resident's payments: what comes, what waits and why, what was paid when, for which right and month, by what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from balsts.access.models import Institution
from balsts.cases.models import Award, Decision
from balsts.cases.selectors import AwardMonth, awards_of_payees, months_of
from balsts.cases.timeline import this_month
from balsts.law.engine.quantities import first_day
from balsts.payments.agreed_selectors import choices_of
from balsts.payments.bank_selectors import Said, said_of_own
from balsts.payments.lines import last_four
from balsts.payments.models import Deduction, Event, Line, PayoutChoice
from balsts.payments.selectors import lines_of_persons
from balsts.payments.statement import ClaimOf, claims_of
from balsts.payments.sums import PaidOn, days_of
from balsts.payments.withholding import Kind
from balsts.portal.my.views import persons_seen, resident_of
from balsts.portal.office.case_views import award_row
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments.agreed_words import CHANNELS, right_of
from balsts.portal.payments.bank_words import person_words
from balsts.portal.payments.words import LINE_KINDS, ORDERS, person_held_words, way_words
from balsts.portal.persons.case import names_of
from balsts.portal.words import cents_words, in_language
from balsts.registry.use_cases import reading

_BACK_DAYS, _AHEAD_DAYS = 366, 366
_SOON_MONTHS = 2
"""Of so many months what comes is shown at once; the rest can be opened."""
_MOST = 200
"""So many lines are shown at a time; there are a few a month."""
Key = tuple[uuid.UUID, str, date]


@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """What is and will be paid to oneself and to those one may see, with the decision that says why this much."""
    who = resident_of(request)
    persons = persons_seen(who)
    before = request.GET.get("before", "")
    with reading(who, persons, "own payments by month"):
        written = _written(persons)
        after = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        shown = _paid(persons, after, written)
        page: dict[str, Any] = {"paid": shown.months, "older": shown.older, "is_newest": not before}
        if not before:
            page |= _to_come(persons, written) | {"claims": _claims(persons), "choices": _choices(persons)}
        return render(request, "portal/my/payments.html", page)


class Written(NamedTuple):
    """What every line of somebody says, in short; `is_sent`: it went out and did not come back."""

    pk: int
    case: uuid.UUID
    payee: uuid.UUID
    code: str
    month: date
    part: int
    amount: int
    held: str
    is_sent: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What all lines of one right and month have in common."""
        return (self.case, self.payee, self.code, self.month)


def _written(persons: list[uuid.UUID]) -> list[Written]:
    fields = ("pk", "case", "payee", "code", "month", "part", "amount", "held")
    lines = [Written(*row) for row in lines_of_persons(persons).values_list(*fields)]
    said = said_of_own(one.pk for one in lines if not one.held)
    back = {pk for pk, word in said.items() if word.kind != Event.Kind.BOOKED}
    return [one._replace(is_sent=not one.held and one.pk not in back) for one in lines]


@dataclass(frozen=True)
class Paid:
    """Months of payment with their lines, the newest first; the line after which older ones begin."""

    months: list[dict[str, Any]]
    older: int | None


def _paid(persons: list[uuid.UUID], before: int | None, written: list[Written]) -> Paid:
    lines = lines_of_persons(persons).exclude(pk__in=_held_again(written))
    found = list((lines.filter(pk__lt=before) if before else lines)[: _MOST + 1])
    shown = found[:_MOST]
    days, names = days_of(one.run_id for one in shown), _names_in(shown)
    told = _Told(names, _decisions(shown), _last_sent(written), said_of_own(one.pk for one in shown), _kept_back(shown))
    rows = [(days[one.run_id], one) for one in shown]
    rows.sort(key=lambda pair: (pair[0].pay_on, pair[1].pk), reverse=True)
    payers = Institution.objects.in_bulk({day.payer for day, _one in rows})
    months = [
        _month(day, payers.get(day.payer), [_row(one, told) for _day, one in each])
        for day, each in groupby(rows, key=lambda pair: pair[0])
    ]
    return Paid(months, shown[-1].pk if len(found) > _MOST else None)


def _month(day: PaidOn, payer: Institution | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What one payer paid for a month of payment on one day."""
    return {
        "month": month_of(day.month), "day": day.pay_on, "is_ahead": day.pay_on > timezone.localdate(),
        "payer": in_language(payer) if payer else "",
        "sum": cents_words(sum(one["line"].amount - one["line"].withheld for one in rows if one["is_paid"])),
        "rows": rows,
    }  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """Besides lines: names, decisions by award, the last part paid by key, the bank's word, what was kept back."""

    names: dict[uuid.UUID, str]
    decisions: dict[uuid.UUID, Decision]
    later: dict[tuple[Any, ...], int]
    said: dict[int, Said]
    kept: dict[int, list[tuple[str, str]]]


def _row(one: Line, told: _Told) -> dict[str, Any]:
    said, names = told.said.get(one.pk), told.names
    came_back = said is not None and said.kind != Event.Kind.BOOKED
    is_paid = not one.held and not came_back
    return {
        "line": one, "title": right_words(one.code), "month": month_of(one.month), "amount": cents_words(one.amount),
        "account": way_words(one), "is_late": one.kind != Line.Kind.CURRENT, "due": month_of(one.due),
        "kind": LINE_KINDS[one.kind], "payee": names.get(one.payee_id, "–"), "is_paid": is_paid,
        "to": names.get(one.receiver_id, "–") if one.receiver_id and one.receiver_id != one.payee_id else "",
        "decision": told.decisions.get(one.award_id), "why": _why(one, said) if not is_paid else "",
        "came_back": came_back, "is_paid_later": not is_paid and told.later.get(_whole_key(one), 0) > one.part,
        "kept": told.kept.get(one.pk, []), "sent": cents_words(one.amount - one.withheld),
        "booked_on": said.on if said is not None and is_paid else None,
    }  # fmt: skip


def _why(one: Line, said: Said | None) -> str:
    """Why a line was not paid, and what to do, for whoever waits for the money."""
    if said is not None and not one.held:
        return person_words(one, said.action)
    return person_held_words(one)


def _kept_back(lines: Iterable[Line]) -> dict[int, list[tuple[str, str]]]:
    """What was kept back from each line: by what, for whom and of which document, in words; and how much."""
    found: dict[int, list[tuple[str, str]]] = {}
    wanted = [one.pk for one in lines if one.withheld]
    for one in Deduction.objects.filter(line__in=wanted).select_related("order").order_by("pk"):
        order = one.order
        named = ", ".join(each for each in (str(ORDERS[Kind(order.kind)]), order.creditor, order.reference) if each)
        found.setdefault(one.line_id, []).append((named, cents_words(one.cents)))
    return found


def _names_in(lines: Iterable[Line]) -> dict[uuid.UUID, str]:
    return names_of({each for one in lines for each in (one.payee_id, one.receiver_id) if each})


def _decisions(lines: Iterable[Line]) -> dict[uuid.UUID, Decision]:
    """The decisions of lines by the award, as far as they may be seen."""
    awards = Award.objects.filter(pk__in={one.award_id for one in lines}).select_related("decision")
    return {one.pk: one.decision for one in awards}


def _whole_key(one: Line) -> tuple[Any, ...]:
    return (one.case_id, one.payee_id, one.code, one.month)


def _last_sent(written: list[Written]) -> dict[tuple[Any, ...], int]:
    """The last part of each key that went out and did not come back, whatever came before it."""
    found: dict[tuple[Any, ...], int] = {}
    for one in written:
        if one.is_sent:
            found[one.key] = max(one.part, found.get(one.key, 0))
    return found


def _held_again(written: list[Written]) -> list[int]:
    """Lines that a run held and a later one held again, or still: the last of them tells it."""
    last: dict[tuple[Any, ...], Written] = {}
    for one in written:
        if one.key not in last or one.part > last[one.key].part:
            last[one.key] = one
    return [one.pk for one in written if one.held and last[one.key].held and last[one.key].pk != one.pk]


# -- what comes ----------------------------------------------------------------------------------------------------


def _to_come(persons: list[uuid.UUID], written: list[Written]) -> dict[str, Any]:
    """What is granted and not sent for payment yet: what is due from this month on, and what was due before."""
    today = timezone.localdate()
    awards = [one for one in awards_of_payees(persons) if one.kind == Award.Kind.RIGHT]
    months = months_of(awards, today - timedelta(days=_BACK_DAYS), today + timedelta(days=_AHEAD_DAYS))
    left = [(one, cents) for one, cents in _left(months, _sent(written)) if cents > 0]
    names = names_of(persons)
    rows = [(one, award_row(one, names) | {"amount": _amount(one, cents)}) for one, cents in left]
    coming = sorted((pair for pair in rows if pair[0].paid_in >= this_month()),
                    key=lambda pair: (pair[0].paid_in, pair[0].month))  # fmt: skip
    late = sorted((pair for pair in rows if pair[0].paid_in < this_month()), key=lambda pair: -pair[0].month)
    soon = this_month() + _SOON_MONTHS
    return {
        "coming": [row for one, row in coming if one.paid_in < soon],
        "later": [row for one, row in coming if one.paid_in >= soon], "late": [row for _one, row in late],
    }  # fmt: skip


def _choices(persons: list[uuid.UUID]) -> list[dict[str, Any]]:
    """Where the money of each goes, if not to the payee's own account, now or later."""
    names = names_of(persons)
    return [
        {"choice": one, "name": names.get(one.payee_id, "–"), "right": right_of(one), "account": last_four(one.iban),
         "way": CHANNELS[PayoutChoice.Channel(one.channel)]}
        for one in choices_of(persons)
    ]  # fmt: skip


def _claims(persons: list[uuid.UUID]) -> list[dict[str, Any]]:
    """What is claimed back from each, as it stands now."""
    names = names_of(persons)
    return [_claim(each, names.get(person, "–"))
            for person in persons for each in claims_of(person, this_month())]  # fmt: skip


def _claim(one: ClaimOf, name: str) -> dict[str, Any]:
    return {
        "claim": one, "name": name, "open": cents_words(one.open), "cents": cents_words(one.cents),
        "withheld": cents_words(one.withheld), "repaid": cents_words(one.repaid),
        "written_off": cents_words(one.written_off) if one.written_off else "",
        "monthly": cents_words(one.plan.monthly) if one.plan else "",
        "since": month_of(one.plan.since) if one.plan else "",
    }  # fmt: skip


def _amount(one: AwardMonth, left: int) -> str:
    whole = one.amount or 0
    return cents_words(left) if left != whole else award_row(one, {})["amount"]


def _sent(written: list[Written]) -> dict[Key, int]:
    """Cents that were sent for payment of each payee, right and month, and did not come back."""
    found: dict[Key, int] = {}
    for one in written:
        if one.is_sent:
            key = (one.payee, one.code, one.month)
            found[key] = found.get(key, 0) + one.amount
    return found


def _left(months: Iterable[AwardMonth], sent: dict[Key, int]) -> list[tuple[AwardMonth, int]]:
    """What of each month's award was not sent yet; several awards of one right share what was sent."""
    found = []
    for one in months:
        key = (one.award.payee_id, one.award.code, first_day(one.month))
        taken = min(sent.get(key, 0), one.amount or 0)
        sent[key] = sent.get(key, 0) - taken
        found.append((one, (one.amount or 0) - taken))
    return found

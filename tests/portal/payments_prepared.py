"""Run as a module: in the database of a demonstration, claims, orders and choices in their states, and an extra run.

Somebody gets more and is paid in cash, by post and to a supplier; somebody got too much, which is claimed back.
"""

from __future__ import annotations

from balsts.database.connections import set_up


def prepare() -> None:
    """Record them as the payer's own staff would."""
    from django.utils import timezone

    from balsts.access.acting import acting_today, in_scope
    from balsts.access.models import Appointment
    from balsts.cases.models import Case, Decision
    from balsts.exchange.periods import next_month
    from balsts.law.engine.quantities import month_from
    from balsts.payments.claims import By, check_claim, decide_claim, propose_plan, propose_write_off, undecided
    from balsts.payments.models import Line, Run
    from balsts.payments.orders import confirm_order, record_order
    from balsts.payments.payout_lists import write_lists
    from balsts.payments.payouts import agree_choice, record_choice
    from balsts.payments.preview import preview_of
    from balsts.payments.use_cases import acknowledge, approve_run, prepare_run, release_run
    from tests.payments.payout_situations import by_post, in_cash, to_supplier
    from tests.payments.situations import Given, granted
    from tests.payments.withholding_situations import terms
    from tests.registry.situations import PLATFORM

    officer, head, other = (
        acting_today(Appointment.objects.select_related("staff", "institution").get(staff__username=one), "payments")
        for one in ("inga", "ilmars", "irena")
    )
    first = timezone.localdate().replace(day=1)
    with in_scope(PLATFORM):
        run = Run.objects.filter(payer=officer.institution).order_by("number")[0]
        busy = Decision.objects.filter(state__in=["drafted", "checked", "signed"]).values("case")
        paid = Line.objects.filter(run=run, held="").exclude(case__in=busy).order_by("number")
        lines = list({one.case_id: one for one in paid}.values())
        cases = Case.objects.in_bulk([one.case_id for one in lines])
    more, less = lines[-3:], lines[-6:-3]
    for one in [*more, *less]:
        cents = one.amount + 700 if one in more else max(one.amount - 1_200, 100)
        granted(cases[one.case_id], Given(cents, one.month, code=one.code))
    for one, payout in zip(more, (in_cash, by_post, to_supplier), strict=True):
        agree_choice(head, record_choice(officer, one.payee_id, payout(since=first)))
    record_choice(officer, lines[0].payee_id, in_cash(since=first))
    confirm_order(head, record_order(officer, more[0].payee_id, terms(since=first)))
    record_order(officer, less[0].payee_id, terms(since=first, total=50_000, reference="7-1/26"))
    month = next_month(first)
    extra = prepare_run(officer, month_from(f"{month:%Y-%m}"), kind="extra")
    with in_scope(head):
        seen = preview_of(extra).digest
    acknowledge(head, extra, seen)
    extra = release_run(other, approve_run(head, extra))
    write_lists(officer, extra)
    found, since = undecided(officer), month_from(f"{month:%Y-%m}")
    claim = check_claim(head, decide_claim(officer, [(found[0], None)], "ienākumi nebija norādīti", By(since, 3)))
    propose_write_off(officer, claim, 100, "lēmums par norakstīšanu")
    propose_plan(officer, claim, By(since, 2, is_withheld=False))
    decide_claim(officer, [(found[1], None)], "ienākumi nebija norādīti", By(since, 2))


if __name__ == "__main__":
    set_up(migrated=False)
    prepare()

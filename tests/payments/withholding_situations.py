"""Withholding of tests, by named situations: a right that the law lets be touched, orders, overpayments, claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connections
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.access.models import Institution
from balsts.cases.models import Case
from balsts.database.server import OWNER, Cluster
from balsts.law.engine.quantities import month_from
from balsts.payments.claims import By, check_claim, decide_claim, undecided
from balsts.payments.models import Claim, Deduction, Line, Posting, Run, WithholdingOrder
from balsts.payments.orders import Terms, confirm_order, record_order
from balsts.payments.withholding import Kind
from balsts.registry.models import Person
from tests.database.apart import Connections, copied
from tests.payments.situations import Given, approver, case_of, granted, payee, preparer, released
from tests.registry.situations import PLATFORM

BAILIFF = "LV97HABA0012345678910"
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in range(1, 4))


def touchable(cluster: Cluster, apart: Connections) -> None:
    """A pension can be paid; and, for tests alone, a tenth of a GMI benefit may be kept back for an overpayment."""
    with cluster.connect(OWNER, apart.database, autocommit=True) as owner:
        owner.execute("INSERT INTO payments_programme (code, programme, is_money, basis, question) "
                      "VALUES ('old_age_pension', '04.01.00', true, 'for tests', '')")  # fmt: skip
        owner.execute("UPDATE payments_withholdingrule SET answer = 'may', percent = 10 "
                      "WHERE code = 'gmi_benefit' AND kind = 'recovery'")  # fmt: skip


def touched_database(blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[None]:
    """A copy of the database in which something may be kept back, while tests of one file are run."""
    with blocker.unblock(), copied(cluster) as found:
        touchable(cluster, found)
        connections.close_all()
        with blocker.block():
            yield


def pensioner(cents: int = 60_000, where: Institution | None = None, **more: Any) -> Person:
    person = payee(**more)
    granted(case_of(person, where), Given(cents, JANUARY, code="old_age_pension"))
    return person


def terms(kind: Kind = Kind.MAINTENANCE, **more: Any) -> Terms:
    given: dict[str, Any] = {"since": JANUARY, "monthly": 12_000, "reference": "12-345/2026"} | more
    return Terms(kind, "Zvērināts tiesu izpildītājs Nr. 1", BAILIFF, **given)


def ordered(debtor: Person, where: Institution | None = None, **more: Any) -> WithholdingOrder:
    """An order that one recorded and another confirmed."""
    return confirm_order(approver(where), record_order(preparer(where), debtor.pk, terms(**more)))


def overpaid_case(paid: int = 10_000, owed: int = 9_000) -> tuple[Person, Case]:
    """Somebody who got too much in January, which the released run of February found."""
    person = payee()
    case = case_of(person)
    granted(case, Given(paid, JANUARY))
    released("2026-01")
    granted(case, Given(owed, JANUARY))
    released("2026-02")
    return person, case


def decided(months: int = 2, since: str = "2026-03", **more: Any) -> Claim:
    """A claim of all that is undecided, which nobody has checked yet."""
    who = preparer()
    by = By(month_from(since), months, **more)
    return decide_claim(who, [(one, None) for one in undecided(who)], "ienākumi nebija norādīti", by)


def claimed(**more: Any) -> Claim:
    return check_claim(approver(), decided(**more))


def withheld(run: Run) -> list[tuple[str, str, int, int, int | None]]:
    """What a run keeps back: right, kind of order, cents of the line and of the deduction, its number in the run."""
    with in_scope(PLATFORM):
        found = Deduction.objects.filter(run=run).select_related("line", "order").order_by("line__number", "pk")
        return [(one.line.code, one.order.kind, one.line.withheld, one.cents, one.number) for one in found]


def accounts(run: Run | None = None) -> dict[str, int]:
    """The sum of each account, of one run or of all."""
    found: dict[str, int] = {}
    with in_scope(PLATFORM):
        rows = Posting.objects.all() if run is None else Posting.objects.filter(entry__run=run)
        for account, cents in rows.values_list("account", "cents"):
            found[account] = found.get(account, 0) + cents
    return {name: cents for name, cents in found.items() if cents}


def line_of(run: Run, person: Person) -> Line:
    with in_scope(PLATFORM):
        return Line.objects.get(run=run, payee=person)

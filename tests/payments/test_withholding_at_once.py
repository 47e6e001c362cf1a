"""What is kept back on connections that commit: two at once, and what even the owner of the tables cannot do."""

from __future__ import annotations

import uuid
from functools import partial

import psycopg
import pytest
from django.core.management import call_command
from django.db import Error, connection

from balsts.access.acting import in_scope
from balsts.database.server import OWNER, Cluster
from balsts.law.engine.quantities import month_from
from balsts.payments.claims import agree_write_off, open_of, propose_write_off
from balsts.payments.errors import NotWithheld, RunExists
from balsts.payments.models import Deduction, Run
from balsts.payments.use_cases import prepare_run
from tests.database.apart import Connections
from tests.payments.situations import approver, preparer, released
from tests.payments.withholding_situations import claimed, ordered, overpaid_case, pensioner, touchable
from tests.registry.situations import PLATFORM


@pytest.fixture(autouse=True)
def _touchable(apart: Connections, cluster: Cluster) -> None:
    touchable(cluster, apart)


def test_what_a_run_keeps_back_and_a_write_off_at_once_are_no_more_than_is_open(apart: Connections) -> None:
    overpaid_case(10_000, 9_500)
    claim = claimed(months=1)
    write_off = propose_write_off(preparer(), claim, 300, "cannot be recovered")
    done = apart.at_once(
        partial(prepare_run, preparer(), month_from("2026-03")), partial(agree_write_off, approver(), write_off)
    )
    failed = [one for one in done if isinstance(one, Exception)]
    assert all(isinstance(one, NotWithheld) for one in failed), failed
    with in_scope(approver()):
        assert open_of(claim) >= 0
        kept = sum(Deduction.objects.values_list("cents", flat=True))
    assert kept in ({200, 500} if not failed else {500})
    assert kept + (0 if failed else 300) <= 500


def test_two_runs_at_once_take_no_more_than_the_order_may(apart: Connections) -> None:
    person = pensioner()
    ordered(person, total=7_000, monthly=None)
    months = [month_from("2026-01"), month_from("2026-02")]
    done = apart.at_once(*[partial(prepare_run, preparer(), month) for month in months])
    assert all(isinstance(one, RunExists) for one in done if isinstance(one, Exception)), done
    with in_scope(PLATFORM):
        assert sum(Deduction.objects.values_list("cents", flat=True)) == 7_000


def test_the_owner_cannot_change_what_is_written_either(apart: Connections, cluster: Cluster) -> None:
    overpaid_case()
    claimed()
    released("2026-03")
    with cluster.connect(OWNER, apart.database) as owner:
        for text in (
            "UPDATE payments_deduction SET cents = 1",
            "DELETE FROM payments_withholdingorder",
            "UPDATE payments_withholdingorder SET monthly = 1",
            "UPDATE payments_claim SET amount = 1",
            "UPDATE payments_line SET withheld = 0",
            "UPDATE payments_claimpart SET cents = 1",
            "DELETE FROM payments_claimpart",
            "TRUNCATE payments_deduction",
        ):
            with pytest.raises(psycopg.Error, match=r"never change|nothing else about it changes"):
                owner.execute(text)
            owner.rollback()


def test_what_a_line_keeps_back_is_what_its_deductions_come_to(apart: Connections, cluster: Cluster) -> None:
    pensioner()
    who = preparer()
    with cluster.connect(OWNER, apart.database) as owner:
        for name, value in who.as_variables().items():
            owner.execute("SELECT set_config(%s, %s, true)", [f"balsts.{name}", value])
        owner.execute("SELECT payments_prepare(gen_random_uuid(), %s, '2026-01-01', 'monthly', '2026-01-15', "
                      "clock_timestamp())", [who.institution])  # fmt: skip
        owner.execute("UPDATE payments_line SET withheld = 5")
        owner.execute("INSERT INTO payments_runstep (run_id, step, at, by_staff, detail) "
                      "SELECT id, 'prepared', now(), %s, '' FROM payments_run", [who.staff])  # fmt: skip
        with pytest.raises(psycopg.Error, match="do not come to what it keeps back"):
            owner.commit()


def test_a_run_is_not_committed_before_its_first_step() -> None:
    who, name = preparer(), uuid.uuid4()
    with pytest.raises(Error, match="was not prepared to the end"), in_scope(who), connection.cursor() as cursor:
        cursor.execute("SELECT payments_prepare(%s, %s, '2026-01-01', 'monthly', '2026-01-15', clock_timestamp())",
                       [name, who.institution])  # fmt: skip
    with in_scope(PLATFORM):
        assert not Run.objects.exists()


def test_the_tables_are_taken_back_and_made_again(apart: Connections) -> None:
    del apart
    for name in ("0003_programmes", "0006_payouts"):
        call_command("migrate", "payments", name, database="owner", interactive=False, verbosity=0)
    ordered(pensioner())
    with in_scope(PLATFORM):
        assert Deduction.objects.count() == 0
    prepare_run(preparer(), month_from("2026-01"))
    with in_scope(PLATFORM):
        assert Deduction.objects.count() == 1

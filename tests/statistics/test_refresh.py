"""Live figures from payments to points: exact where nobody looks, protected where everybody does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from balsts.access.acting import Acting, in_scope
from balsts.law.engine.errors import DomainError
from balsts.payments.models import RunSum
from balsts.registry.duplicates import merge
from balsts.statistics import refresh as refreshing
from balsts.statistics.definitions.indicators import INDICATORS
from balsts.statistics.live import by_function, by_programme, mean_of_months, points, points_of
from balsts.statistics.models import Block, Counted, DefinitionUsed, Point, Refresh, Rest
from balsts.statistics.refresh import NothingToCount, refresh
from tests.access.people import LIEPAJA, RIGA, at_work, office
from tests.cases.situations import vsaa
from tests.payments.situations import approver, released
from tests.registry.situations import PLATFORM, finding
from tests.statistics.paid import CENTS, FEBRUARY, JANUARY, MARCH, a_small_country, paid_months, paid_person

pytestmark = pytest.mark.django_db(databases=["default", "log"])
_SHOWN = {("", ""): 25, ("municipality", RIGA): 15, ("municipality", LIEPAJA): 5, ("kind", "current"): 25}


def counted(period: str, family: str = "paid") -> dict[tuple[str, str], tuple[int, int]]:
    with in_scope(PLATFORM):
        return {(one.split, one.part): (one.number, one.cents)
                for one in Counted.objects.filter(period=period, family=family)}  # fmt: skip


def shown(period: str, indicator: str = "recipients") -> dict[tuple[str, str], Decimal | None]:
    return {one.part: one.value for one in points(2026) if (one.period, one.indicator) == (period, indicator)}


def test_counts_and_cents_are_exact_and_equal_what_runs_paid() -> None:
    a_small_country()
    paid_months()
    refresh(2026, until=MARCH)
    found = counted("2026-01")
    assert found["", ""] == (23, 23 * CENTS)
    assert found["sex", "m"] == (3, 3 * CENTS)
    assert found["municipality", LIEPAJA] == (6, 6 * CENTS)
    assert found["age", "65+"] == (3, 3 * CENTS)
    with in_scope(PLATFORM):
        paid = RunSum.objects.filter(what="line", held="").aggregate(sum=Sum("cents"))["sum"]
    assert sum(counted(month)["", ""][1] for month in ("2026-01", "2026-02")) == paid


def test_small_cells_are_suppressed_with_whatever_would_tell_them() -> None:
    a_small_country()
    paid_months()
    refresh(2026, until=MARCH)
    found = shown("2026-01")
    assert {key: value for key, value in found.items() if key[0] not in ("sex", "age")} == _SHOWN
    assert [found[key] for key in (("sex", "f"), ("sex", "m"), ("age", "30-49"), ("age", "65+"))] == [None] * 4
    assert {key for key, value in found.items() if value is None} == {
        key for key, value in shown("2026-01", "paid_amount").items() if value is None
    }
    # 25 times 87.00 is 2,175, to steps of 500 euros
    assert shown("2026-01", "paid_amount")["", ""] == Decimal(2_000)


def test_only_the_platform_sees_what_was_counted_and_everybody_sees_points() -> None:
    a_small_country()
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    nobody = Acting(None, None, "", "", "data_subject", None)
    for who in (approver(office(RIGA)), nobody):
        with in_scope(who):
            assert not Counted.objects.exists()
            assert not Rest.objects.exists()
            assert Point.objects.exists()
    assert not Counted.objects.exists()  # nor who has not said who acts


@pytest.mark.parametrize("function", ["statistics_paid(%s, %s, true)", "statistics_applied(%s, %s)"])
def test_nobody_else_can_have_the_database_count(function: str) -> None:
    with pytest.raises(DatabaseError, match="only the platform counts"), in_scope(approver(office(RIGA))), \
            connection.cursor() as cursor:  # fmt: skip
        cursor.execute(f"SELECT * FROM {function}", [JANUARY, FEBRUARY])


def test_what_was_written_is_never_changed() -> None:
    a_small_country(women=5, men=0, elsewhere=0)
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    for table in ("point", "block", "rest", "counted", "refresh", "definitionused"):
        with pytest.raises(DatabaseError), transaction.atomic(), in_scope(PLATFORM), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM statistics_{table}")


def test_two_entries_of_one_person_are_counted_once() -> None:
    first, second, *_ = a_small_country(women=8, men=0, elsewhere=0)
    head = at_work("head", vsaa(), "benefits_head", "state_benefits")
    with in_scope(head):
        merge(head, second.pk, first.pk, finding("one person"))
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    assert counted("2026-01")["", ""] == (7, 8 * CENTS)


def test_a_refresh_without_news_shows_nothing_new() -> None:
    a_small_country()
    paid_months()
    first, again = refresh(2026, until=MARCH), refresh(2026, until=MARCH)
    assert (first.blocks, again.blocks, again.kept) == (2, 0, 0)


def test_news_of_fewer_than_five_changes_nothing_that_is_shown() -> None:
    a_small_country()
    paid_months()
    refresh(2026, until=MARCH)
    before = points(2026)
    for _ in range(2):
        paid_person(cents=500_00, since=JANUARY, until=FEBRUARY)
    released("2026-03")  # pays January as arrears, in a month that is not counted
    with in_scope(PLATFORM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payments_line WHERE kind = 'arrears'")
        assert cursor.fetchone() == (2,)
    refresh(2026, until=MARCH)
    assert points(2026) == before


def test_arrears_of_few_are_suppressed_and_so_is_what_would_tell_them() -> None:
    a_small_country()
    paid_months(["2026-01"])
    for _ in range(2):
        paid_person(since=JANUARY)
    paid_months(["2026-02"])
    refresh(2026, until=MARCH)
    found = shown("2026-02", "paid_amount")
    assert (found["kind", "arrears"], found["kind", "current"]) == (None, None)
    assert found["", ""] is not None


def test_a_year_that_is_over_counts_each_recipient_once() -> None:
    a_small_country(women=9, men=6, elsewhere=0)
    paid_months()
    refresh(2026, until=date(2027, 1, 1))
    assert counted("2026")["", ""] == (15, 2 * 15 * CENTS)
    assert shown("2026")["", ""] == 15


def test_a_month_alone_can_be_counted_and_a_year_only_once_it_is_over() -> None:
    a_small_country(women=5, men=0, elsewhere=0)
    paid_months()
    assert refresh(2026, 2, until=MARCH).months == ["2026-02"]
    assert {one.period for one in points(2026)} == {"2026-02"}
    refresh(2026, until=MARCH)
    assert {one.period for one in points(2026)} == {"2026-01", "2026-02"}  # the year is not over


def test_a_month_that_is_not_over_is_refused() -> None:
    with pytest.raises(NothingToCount, match="is counted from 2026-02-01 on"):
        refresh(2026, 1, until=JANUARY)
    assert not Refresh.objects.exists()


def test_a_refresh_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    a_small_country(women=5, men=0, elsewhere=0)
    paid_months(["2026-01"])

    def broken(*_: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as one:
        one.setattr(refreshing, "publish", broken)
        with pytest.raises(RuntimeError):
            refresh(2026, until=FEBRUARY)
    with in_scope(PLATFORM):
        assert not any(model.objects.exists() for model in (Refresh, Counted, Block, Rest, Point, DefinitionUsed))
    refresh(2026, until=FEBRUARY)
    assert shown("2026-01")["", ""] == 5


def test_a_definition_that_says_something_else_under_an_old_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    a_small_country(women=5, men=0, elsewhere=0)
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    monkeypatch.setattr("balsts.statistics.definitions.declared.Definition.sha256", lambda *_: "other")
    with pytest.raises(DomainError, match="recipients: version 1 says something else"):
        refresh(2026, until=FEBRUARY)


def test_points_of_a_municipality_are_those_of_its_residents() -> None:
    a_small_country()
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    found = points(2026, LIEPAJA)
    assert {(one.indicator, one.dimensions, one.is_suppressed) for one in found} == {
        (name, (("right", "gmi_benefit"), ("municipality", LIEPAJA)), False) for name in ("recipients", "paid_amount")
    }


def test_programmes_and_functions_are_sums_of_what_is_shown_and_say_what_is_not() -> None:
    for code, many in (("gmi_benefit", 6), ("housing_benefit", 2)):
        for _ in range(many):
            paid_person(code=code, until=FEBRUARY)
    paid_months(["2026-01"])
    refresh(2026, until=FEBRUARY)
    found = points(2026)
    assert [(one.name, one.value, one.suppressed) for one in by_programme(found)] == [("own", 500, 1)]
    assert [(one.name, one.value, one.suppressed) for one in by_function(found)] == [
        ("exclusion", 500, 0), ("housing", 0, 1),
    ]  # fmt: skip
    assert mean_of_months([one for one in points_of("recipients") if one.of == "gmi_benefit"
                           and one.part == ("", "")]) == 5  # fmt: skip


def test_every_indicator_of_the_platform_can_be_counted() -> None:
    done = refresh(2026, 1, until=FEBRUARY)
    assert (done.cells, done.points) == (0, 0)
    with in_scope(PLATFORM):
        assert set(DefinitionUsed.objects.values_list("indicator", flat=True)) == set(INDICATORS)

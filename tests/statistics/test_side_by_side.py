"""Counting on connections that commit: two side by side as of one moment, and two refreshes at once."""

from __future__ import annotations

from datetime import date
from functools import partial

from balsts.access.acting import in_scope
from balsts.statistics import counting
from balsts.statistics.live import points
from balsts.statistics.models import Block, Counted, Refresh
from balsts.statistics.refresh import refresh
from tests.database.apart import Connections
from tests.registry.situations import PLATFORM
from tests.statistics.paid import a_small_country, paid_months


def counted(number: int) -> set[tuple[object, ...]]:
    with in_scope(PLATFORM):
        rows = Counted.objects.filter(refresh=number)
        return set(rows.values_list("family", "of", "period", "split", "part", "persons", "number", "cents", "largest"))


def test_two_connections_count_what_one_does_and_of_two_refreshes_one_shows_it(apart: Connections) -> None:
    a_small_country(women=8, men=6, elsewhere=0)
    paid_months()
    until = date(2027, 1, 1)
    both = apart.at_once(*[partial(refresh, 2026, until=until)] * 2)
    assert sorted(bool(one.blocks) for one in both) == [False, True]
    shown = points(2026)
    assert {one.period for one in shown if one.indicator == "recipients"} == {"2026-01", "2026-02", "2026"}
    with in_scope(PLATFORM):
        blocks = Block.objects.count()
    side_by_side = counting.SIDE_BY_SIDE
    try:
        counting.SIDE_BY_SIDE = 99  # more than there are spans: this connection counts alone
        alone = refresh(2026, until=until)
    finally:
        counting.SIDE_BY_SIDE = side_by_side
    assert counted(alone.refresh) == counted(both[0].refresh) == counted(both[1].refresh)
    assert points(2026) == shown
    with in_scope(PLATFORM):
        assert (Refresh.objects.count(), Block.objects.count()) == (3, blocks)

"""Live figures of the demonstration, whose bank has closed the days of the months that it pays."""

from __future__ import annotations

from datetime import date

from balsts.access.acting import in_scope, the_platform
from balsts.payments.models import Run
from balsts.statistics.refresh import Refreshed, refresh


def refresh_demonstration() -> list[Refreshed]:
    """Count the months that the demonstration has paid: over for its bank, though not for the calendar."""
    with in_scope(the_platform()):
        months = sorted(set(Run.objects.filter(state=Run.State.RELEASED).values_list("month", flat=True)))
    if not months:
        return []
    last = months[-1]
    until = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return [refresh(year, until=until) for year in sorted({one.year for one in months})]

"""When the figures that stand in the database last changed."""

from __future__ import annotations

from datetime import datetime

from django.db import connections

from balsts.statistics.open_data.files import PACKAGED_ON

# The product's own tables are as old as they are, whenever an installation took them in.
_LAST = "SELECT max(loaded_at) FROM figures_load WHERE year IS NOT NULL"


def changed_at() -> datetime:
    """When a new year was last taken in, or when the product's own tables last changed."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_LAST)
        (last,) = cursor.fetchone()
    return max(PACKAGED_ON, last.replace(microsecond=0)) if last else PACKAGED_ON

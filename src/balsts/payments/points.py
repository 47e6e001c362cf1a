"""Named points of the work with the bank: where a process that is killed leaves the books whole, as tests prove."""

from __future__ import annotations

import logging

_log = logging.getLogger("balsts.payments.points")

POINTS = (
    "file laid out", "file on disk", "file stored", "sending marked", "file sent", "receipt recorded",
    "message on disk", "message received", "message begun", "message told", "message applied",
)  # fmt: skip
"""In the order in which a file and its answer pass them."""


def passed(point: str) -> None:
    """Note that a point was passed."""
    _log.debug(point)

"""Public services: how many were asked for and finished, by which channel, with complaints and delays."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from balsts.budget.picked import figure, grouped, latest, percent
from balsts.figures.book import Book
from balsts.figures.rows import Figure

CHANNELS = ("total", "in_person", "remote_total", "post", "electronic", "phone")
STAGES = ("started", "finished")


@dataclass(frozen=True)
class Service:
    """A public service in a year.

    Attributes:
        applications: by stage (started, finished), then by channel.
        complaints, delays: how many; printed once, not by stage.
    """

    name: str
    year: int
    applications: dict[str, dict[str, Figure]]
    complaints: Figure | None
    delays: Figure | None

    def parts(self, stage: str) -> Decimal:
        """In person, by post, electronically and by telephone, added up; ought to be the total."""
        found = self.applications.get(stage, {})
        return sum((found[one].value for one in ("in_person", "post", "electronic", "phone") if one in found),
                   Decimal(0))  # fmt: skip

    @property
    def electronic_share(self) -> Decimal | None:
        """Started electronically, in percent of all started; None where none was."""
        started = self.applications.get("started", {})
        if "electronic" not in started or "total" not in started:
            return None
        return percent(started["electronic"].value, started["total"].value)


def services(book: Book) -> tuple[Service, ...]:
    """The services of the last year reported, in the order of the document."""
    year = latest(book.rows("public-services"))
    rows = [row for row in book.rows("public-services") if row.year == year]
    found = []
    for name, several in grouped(rows, lambda row: row["service"]).items():
        counts: dict[str, dict[str, Figure]] = {}
        beside: dict[str, Figure] = {}
        for row in several:
            value = figure(row, "value")
            if value is not None and row["measure"] == "applications":
                counts.setdefault(row["stage"], {})[row["channel"]] = value
            elif value is not None:
                beside[row["measure"]] = value
        found.append(Service(name, year or 0, counts, beside.get("complaints"), beside.get("delays")))
    return tuple(found)

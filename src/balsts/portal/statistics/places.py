"""Pages of published figures that others keep: a link to each that there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A section of the published figures: the name of its page, its title, what is in it."""

    page: str
    title: Promise
    says: Promise


PLACES = (
    Place("statistics_programmes", _("Policy areas and programmes"),
          _("From a policy area to a subprogramme, its results and indicators.")),
    Place("statistics_budget", _("Budget"),
          _("Plan and execution, priority measures, transfers, the frame of coming years.")),
    Place("statistics_eu_funds", _("EU funds"), _("Measures, money and results, planned and reached.")),
    Place("statistics_strategy", _("Strategy"), _("Goals and results, and how far they are reached.")),
    Place("statistics_services", _("Public services"), _("Applications by channel, complaints, delays.")),
    Place("statistics_reports", _("Annual reports"), _("Whole reports with tables and charts, as PDF and HTML.")),
    Place("statistics_live", _("Live figures"), _("Counted from decisions and payments by definitions kept as code.")),
    Place("statistics_tables", _("All tables"), _("Every table with every figure, to filter and to download.")),
    Place("statistics_findings", _("Contradictions"), _("Where the documents contradict themselves.")),
    Place("statistics_open_data", _("Open data"), _("The catalogue for other programs: DCAT-AP and SDMX.")),
)  # fmt: skip
"""In the order in which they are shown."""


def places() -> list[Place]:
    """The sections whose pages this portal has."""
    known = get_resolver().reverse_dict
    return [one for one in PLACES if one.page in known]

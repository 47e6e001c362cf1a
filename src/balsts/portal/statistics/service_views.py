"""The page of public services: applications by channel, complaints, delays."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from balsts.budget import services
from balsts.budget.services import CHANNELS, STAGES, Service
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.portal.statistics import plan_pictures as pictures
from balsts.portal.statistics.kept import Page, page, shown, way_to
from balsts.portal.statistics.plan_tables import Cell, first_upper, heading, percent_words, table, words
from balsts.portal.statistics.words import page_lang
from balsts.portal.words import upper_first


@require_GET
def public_services(request: HttpRequest) -> HttpResponse:
    """Public services of the last year reported."""
    return shown(request, _services)


def _services(book: Book) -> Page:
    found = services.services(book)
    headings = [heading("stage"), *(upper_first(COLUMNS["channel"].word(one, page_lang())) for one in CHANNELS),
                _("Channels added up, worked out")]  # fmt: skip
    told = [
        {"name": (name := first_upper(words(one.name, "service"))),
         "table": table(book, _("Applications: %(service)s") % {"service": name.text}, headings, _stages(one)),
         "beside": table(book, _("Complaints and delays: %(service)s") % {"service": name.text},
                         (_("What"), _("How many")), _beside(one)),
         "electronic": percent_words(one.electronic_share)}
        for one in found
    ]  # fmt: skip
    return page(_("Public services"), way_to(), "plans/services", {
        "services": told, "picture": pictures.channels_of(found), "year": found[0].year if found else None,
    })  # fmt: skip


def _stages(one: Service) -> list[tuple[Cell, ...]]:
    return [(upper_first(COLUMNS["stage"].word(stage, page_lang())),
             *(one.applications[stage].get(channel) for channel in CHANNELS), one.parts(stage))
            for stage in STAGES if stage in one.applications]  # fmt: skip


def _beside(one: Service) -> list[tuple[Cell, ...]]:
    column = COLUMNS["measure"]
    return [(upper_first(column.word(code, page_lang())), value)
            for code, value in (("complaints", one.complaints), ("delays", one.delays))]  # fmt: skip

"""The register as open data: the public fields of every entry, also of those that ended, as CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from balsts.documents.spreadsheet import FORMULA
from balsts.portal.providers.shown import municipality_names
from balsts.services.catalogue import services
from balsts.services.providers import every_entry
from balsts.services.registering import the_register

_AROUND = ("registration_number", "provider", "service_name", "municipality_name", "valid_from", "valid_to", "state",
           "removal_ground")  # fmt: skip


@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """One line for each entry; the names of columns are those of the register's fields."""
    response = StreamingHttpResponse(_csv_lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{the_register().code}.csv"'
    return response


@require_GET
def as_json(request: HttpRequest) -> HttpResponseBase:
    """An object with the day, the terms and a list of entries."""
    response = StreamingHttpResponse(_json_pieces(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{the_register().code}.json"'
    return response


def rows() -> Iterator[dict[str, Any]]:
    """The entries, in the order of registration numbers."""
    today, names = timezone.localdate(), municipality_names()
    public = [one.code for one in the_register().fields if one.is_public]
    for organisation, one in every_entry():
        service = services().get(one.fields.get("service", ""))
        yield {
            "registration_number": organisation.registration_number, "provider": organisation.name,
            "service_name": service.name.lv if service else "",
            "municipality_name": names.get(one.fields.get("municipality", ""), ""),
            "valid_from": one.since.isoformat(), "valid_to": one.last_day.isoformat(),
            "state": one.state(today), "removal_ground": one.ground,
        } | {code: one.fields.get(code) for code in public}  # fmt: skip


class _Line:
    """A file that hands back what is written to it, as the writer of CSV wants one."""

    def write(self, text: str) -> str:
        return text


def _csv_lines() -> Iterator[str]:
    columns = [*_AROUND, *(one.code for one in the_register().fields if one.is_public)]
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(columns)
    for row in rows():
        yield writer.writerow([plain(row[name]) for name in columns])


def plain(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _json_pieces() -> Iterator[str]:
    head = {"register": the_register().code, "name": the_register().name.lv, "on": timezone.localdate().isoformat()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": ['
    for number, row in enumerate(rows()):
        yield (", " if number else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"

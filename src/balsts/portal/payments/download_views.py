"""Sums of a run for the Treasury, by programme, right and month: as CSV for programs, as XLSX for people."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from balsts.access.acting import in_scope
from balsts.documents.spreadsheet import XLSX, Cell, Euros, as_csv, as_xlsx
from balsts.payments.models import Run
from balsts.payments.sums import SumRow, sum_rows
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import right_words
from balsts.portal.payments.opening import for_payments, run_seen
from balsts.portal.words import upper_first

_COLUMNS = ("payer", "run", "month_of_payment", "kind_of_run", "payment_day", "state", "programme", "right", "name",
            "month", "kind", "lines", "euros", "lines_held", "euros_held", "overpaid", "euros_overpaid")  # fmt: skip


@require_GET
@for_payments
def sums(request: HttpRequest, run: uuid.UUID, form: str) -> HttpResponse:
    """The sums of a run as a file; the state of the run stands in each row, since only what is released is paid."""
    if form not in ("csv", "xlsx"):
        raise Http404
    who = acting_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        rows = [_row(found, one) for one in sum_rows(found)]
    if form == "csv":
        content, kind = as_csv(_COLUMNS, rows), "text/csv; charset=utf-8"
    else:
        content, kind = as_xlsx(f"{found.month:%Y-%m} {found.kind}", _heads(), rows), XLSX
    answer = HttpResponse(content, content_type=kind)
    name = f"{found.month:%Y-%m}-{found.kind}-{found.pk.hex[-8:]}.{form}"
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _row(run: Run, one: SumRow) -> list[Cell]:
    return [
        run.payer.name_lv, str(run.pk), f"{run.month:%Y-%m}", run.kind, run.pay_on.isoformat(), run.state,
        one.programme, one.code, right_words(one.code), f"{one.month:%Y-%m}", one.kind, one.paid, Euros(one.paid_cents),
        one.held, Euros(one.held_cents), one.overpaid, Euros(one.overpaid_cents),
    ]  # fmt: skip


def _heads() -> list[str]:
    """The columns in the language of the page."""
    said = (_("Payer"), _("Run"), _("Month of payment"), _("Kind of run"), _("Payment day"), _("State"), _("Programme"),
            _("Code of the right"), _("Right"), _("Month of the right"), _("Kind of line"), _("Lines"), _("Euros"),
            _("Lines held"), _("Euros held"), _("Overpayments"), _("Euros overpaid"))  # fmt: skip
    assert len(said) == len(_COLUMNS)
    return [upper_first(str(one)) for one in said]

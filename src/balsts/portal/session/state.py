"""What a session holds: as what and why somebody works, the reason for looking, and whom a resident's session is of."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balsts.access.acting import Acting, acting_today, the_person
from balsts.access.errors import AccessDenied
from balsts.access.kept_queries import Kept
from balsts.access.models import Appointment
from balsts.access.roles import PURPOSES, ROLES, Purpose

REASONS = {
    "application": _("An application or a submission"),
    "review": _("Review of an award or a household's means"),
    "request": _("The person asked"),
    "register_notice": _("A register reported a change"),
    "protection": _("A report of danger to a person"),
    "check": _("Check of one's own office's work"),
}
"""Why somebody looks, in words that hold no personal data; written into the record of who looked."""


@dataclass(frozen=True)
class Work:
    """An appointment with one of its role's purposes."""

    appointment: Appointment
    purpose: Purpose

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.appointment.pk}:{self.purpose.code}"


def work_of(request: HttpRequest) -> list[Work]:
    """What a signed-in account may work as today, and why: by institution, role and purpose."""
    appointments = Appointment.objects.filter(staff=request.user.pk, period__contains=timezone.localdate())
    return [
        Work(one, PURPOSES[code])
        for one in appointments.select_related("institution", "staff").order_by("institution__name_lv", "role")
        for code in sorted(ROLES[one.role].purposes)
    ]


def begin_work(request: HttpRequest, work: Work) -> None:
    """Work as something for a purpose from now on."""
    request.session["appointment"] = work.appointment.pk
    request.session["purpose"] = work.purpose.code
    request.session.pop("reason", None)


def remember_wanted(request: HttpRequest) -> None:
    """Keep which page a guest asked for: a provider of identity brings people back to one address alone."""
    request.session["wanted"] = request.get_full_path()


def begin_as_resident(request: HttpRequest, person: uuid.UUID) -> str:
    """Open a session of a person whose identity was proven; what another one held is gone.

    Returns:
        The page that was asked for before signing in, a path of ours; empty where none was.
    """
    wanted: str = request.session.get("wanted", "")
    logout(request)
    request.session["resident"] = str(person)
    return wanted


_APPOINTMENTS = Kept(lambda staff, on, number: Appointment.objects.filter(
    staff=staff, period__contains=on, pk=number
).select_related("institution", "staff"))  # fmt: skip


def acting_in(request: HttpRequest) -> Acting | None:
    """Who acts by the session: asked anew each time, since appointments end and accounts are closed.

    The institution of a member of staff is kept as `request.office`, for the head of the page.
    """
    if resident := request.session.get("resident"):
        return the_person(uuid.UUID(resident))
    number = request.session.get("appointment")
    if number is None or not request.user.is_authenticated:
        return None
    found = _APPOINTMENTS.first(request.user.pk, timezone.localdate(), number)
    if found is None:
        return None
    request.office = found.institution  # type: ignore[attr-defined]
    try:
        return acting_today(found, request.session["purpose"])
    except AccessDenied:
        return None


def state_reason(request: HttpRequest, reason: str, reference: str) -> None:
    """Keep why somebody looks, until they say otherwise."""
    request.session["reason"] = [reason, reference]


def reason_in(request: HttpRequest) -> tuple[str, str] | None:
    """Why somebody looks: a key of `REASONS` and a reference; None when nothing was said."""
    found = request.session.get("reason")
    return (found[0], found[1]) if found and found[0] in REASONS else None


def why(request: HttpRequest) -> str:
    """The reason as the record of who looked holds it."""
    reason, reference = reason_in(request) or ("own data", "")
    return f"reason: {reason} {reference}".strip()

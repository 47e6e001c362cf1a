"""Providers of services who do not exist: registered, changed, removed, run out, and waiting; and a complaint."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from balsts.access.acting import Acting
from balsts.cases.chain import check, notify, sign
from balsts.cases.complaints import take_in
from balsts.cases.entries import key_of
from balsts.cases.models import Case, Decision
from balsts.cases.opening import office_of
from balsts.cases.organisations import organisation
from balsts.cases.types.reading import case_type
from balsts.portal.demonstration.people import HERE, NEIGHBOUR
from balsts.services import registering

_PROVIDERS = (
    ("49999000014", "Biedrība «Paraugs blakus»", ("day_centre", "home_care"), (HERE, NEIGHBOUR), 400),
    ("49999000029", "SIA «Parauga aprūpe»", ("home_care", "respite"), (HERE,), 900),
    ("49999000033", "Nodibinājums «Parauga māja»", ("group_home", "specialised_workshop"), (NEIGHBOUR,), 1780),
    ("49999000048", "Biedrība «Ķirši un ābeles»", ("family_assistant", "mentor"), (HERE,), 2100),
)
"""Registration number, name, services, municipalities, and how many days ago it was registered."""


def make_providers(officer: Acting, head: Acting) -> int:
    """Register providers as officers do, the head signing; the number of cases made."""
    today = timezone.localdate()
    cases = [_registered(officer, head, *one) for one in _PROVIDERS]
    _settled(officer, head, registering.draft_registration(
        officer, cases[0], [], since=today - timedelta(days=30), reasons="Vietu skaits mainīts pēc iesnieguma.",
        changes=[{"key": _key("day_centre", HERE), "capacity": 25}]))  # fmt: skip
    _settled(officer, head, registering.draft_removal(
        officer, cases[1], [_key("respite", HERE)], ground="activity_ended", since=today - timedelta(days=60),
        reasons="Pakalpojuma sniedzējs paziņoja, ka darbību izbeidzis."))  # fmt: skip
    waiting = _asked(officer, "49999000052", "SIA «Gaidu lēmumu»", ("hospice",), (HERE,), today)
    _asked(
        officer, "49999000067", "Biedrība «Jaunais paraugs»", ("crisis_centre", "adult_victims"), (NEIGHBOUR,), today
    )
    registering.draft_registration(officer, waiting, list(_offers(("hospice",), (HERE,))), since=today)
    take_in(None, office_of(case_type(registering.TYPE), None), "Dienas centrā neviens neatbild uz zvaniem.",
            channel="portal", organisation=cases[0].organisation)  # fmt: skip
    return len(cases) + 2


def _registered(
    officer: Acting, head: Acting, number: str, name: str, services: Sequence[str], places: Sequence[str], days_ago: int
) -> Case:
    since = timezone.localdate() - timedelta(days=days_ago)
    case = _asked(officer, number, name, services, places, since)
    offers = list(_offers(services, places))
    _settled(officer, head, registering.draft_registration(officer, case, offers, since=since))
    return case


def _asked(
    officer: Acting, number: str, name: str, services: Sequence[str], places: Sequence[str], since: date
) -> Case:
    answers = {"legal_form": "association", "contact_name": "Parauga Kontaktpersona", "contact_phone": "",
               "contact_email": "kontakts@sniedzejs.example", "since": since.isoformat()}  # fmt: skip
    application = registering.apply(
        officer, organisation(number, name), key=uuid.uuid4(), since=since, answers=answers,
        offers=list(_offers(services, places)), channel="post", received_on=since,
    )  # fmt: skip
    return application.case


def _offers(services: Sequence[str], places: Sequence[str]) -> Iterator[dict[str, Any]]:
    for place in places:
        for number, service in enumerate(services, start=1):
            yield {"service": service, "address": _address(place), "municipality": place, "capacity": 8 * number,
                   "phone": "+371 00000000", "staff": 3 * number, "manager": "Parauga Vadītāja"}  # fmt: skip


def _address(place: str) -> str:
    return f"Parauga iela {int(place) // 1000}"


def _key(service: str, place: str) -> str:
    return key_of(registering.the_register(), {"service": service, "address": _address(place)})


def _settled(officer: Acting, head: Acting, decision: Decision) -> None:
    check(head, decision)
    sign(head, decision)
    notify(officer, decision, on=timezone.localdate(), how="e_address")

"""Providers of social services, by named situations."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from balsts.access.acting import Acting
from balsts.access.models import Institution
from balsts.cases.chain import check, notify, sign
from balsts.cases.models import Application, Case, Decision, Organisation
from balsts.cases.organisations import organisation
from balsts.services import registering
from tests.access.people import LIEPAJA, RIGA, at_work

NUMBER, OTHER_NUMBER = "40003521600", "90001669496"
REGISTERED, LAST_DAY = date(2020, 9, 15), date(2025, 9, 15)
ANSWERS = {"legal_form": "association", "contact_name": "Vija Paraugkontakte", "contact_phone": "",
           "contact_email": "vija@sniedzejs.example", "since": "2020-09-15"}  # fmt: skip
PLACES = (("Parauga iela 1, Rīga", RIGA), ("Parauga iela 2, Rīga", RIGA), ("Liepu iela 3, Liepāja", LIEPAJA))


def ministry() -> Institution:
    found, _ = Institution.objects.get_or_create(
        name_lv="Labklājības ministrija", defaults={"name_en": "Ministry of Welfare", "kind": "ministry", "code": "lm"}
    )
    return found


def officer(name: str = "officer") -> Acting:
    return at_work(name, ministry(), "register_officer", "provider_register")


def head() -> Acting:
    return at_work("register-head", ministry(), "register_head", "provider_register")


def association(number: str = NUMBER, name: str = "Biedrība «Paraugs»") -> Organisation:
    return organisation(number, name)


def offer(
    service: str = "day_centre", address: str = PLACES[0][0], municipality: str = RIGA, **more: Any
) -> dict[str, Any]:
    return {"service": service, "address": address, "municipality": municipality, "capacity": 12,
            "phone": "67000000", "staff": 4, "manager": "Slepenais Vadītājs"} | more  # fmt: skip


def six_offers() -> list[dict[str, Any]]:
    """Two services at three addresses."""
    return [offer(service, address, code) for service in ("day_centre", "home_care") for address, code in PLACES]


def asked(offers: Sequence[Mapping[str, Any]] | None = None, provider: Organisation | None = None) -> Application:
    """An application that a member of staff took in."""
    return registering.apply(officer(), provider or association(), key=uuid.uuid4(), since=REGISTERED, answers=ANSWERS,
                             offers=offers or six_offers(), channel="post")  # fmt: skip


def settled(decision: Decision) -> Decision:
    """Checked and signed by the head, notified by the officer."""
    check(head(), decision)
    sign(head(), decision)
    notify(officer(), decision, on=date(2020, 9, 17), how="e_address")
    return decision


def registered(
    offers: Sequence[Mapping[str, Any]] | None = None, since: date = REGISTERED, provider: Organisation | None = None
) -> Case:
    """A provider whose registration is in force."""
    case = asked(offers, provider).case
    settled(registering.draft_registration(officer(), case, offers or six_offers(), since=since))
    return case


def changed(case: Case, since: date, *changes: Mapping[str, Any]) -> Decision:
    return settled(registering.draft_registration(officer(), case, [], since=since, changes=changes))


def removed(case: Case, since: date, keys: Iterable[str], ground: str = "activity_ended") -> Decision:
    return settled(registering.draft_removal(officer(), case, keys, ground=ground, since=since, reasons="Pārtrauca."))

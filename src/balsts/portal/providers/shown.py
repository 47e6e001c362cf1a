"""Entries and providers in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from balsts.access.models import Municipality
from balsts.cases.entries import Entry
from balsts.cases.types.declaration import EntryField
from balsts.portal.words import in_language
from balsts.services.catalogue import services
from balsts.services.providers import Offer, Provider
from balsts.services.registering import the_register

STATES = {
    "coming": _("not yet in force"),
    "registered": _("registered"),
    "ended": _("ended"),
    "removed": _("removed from the register"),
}
DECISIONS = {
    "grant": _("register or change"),
    "refuse": _("refuse"),
    "replace": _("take the place of an earlier decision"),
    "end": _("remove from the register"),
    "dismiss": _("end the procedure"),
}
DECISION_STATES = {
    "drafted": _("drafted"),
    "checked": _("checked"),
    "signed": _("signed"),
    "notified": _("made known"),
    "in_force": _("in force"),
    "appealed": _("contested"),
    "replaced": _("replaced"),
    "ended": _("ended"),
    "discarded": _("discarded"),
}
STAGES = {
    "received": _("received"),
    "waiting": _("waits for information"),
    "assessed": _("assessed"),
    "deciding": _("a decision is being made"),
    "running": _("in force"),
    "contested": _("contested"),
    "closed": _("closed"),
}
CHANNELS = {
    "portal": _("in the portal"),
    "in_person": _("in person"),
    "post": _("by post"),
    "phone": _("by telephone"),
    "api": _("from another system"),
    "proactive": _("by the institution itself"),
}


def service_name(code: str) -> str:
    """The name of a service; one that the catalogue no longer has is told by its code."""
    found = services().get(code)
    return in_language(found.name) if found else code


def municipality_names() -> dict[str, str]:
    """Municipalities by code, those that no longer exist too."""
    return dict(Municipality.objects.values_list("code", "name"))


def field_words(declared: EntryField, value: Any, municipalities: Mapping[str, str]) -> str:
    """What a field says; nothing where it says nothing."""
    if value in (None, ""):
        return ""
    if declared.kind == "catalogue":
        return service_name(str(value))
    if declared.kind == "municipality":
        return municipalities.get(str(value), str(value))
    if declared.kind == "choice":
        return next((in_language(words) for code, words in declared.choices if code == value), str(value))
    return str(value)


def fields_shown(
    fields: Mapping[str, Any], municipalities: Mapping[str, str], *, without: tuple[str, ...] = ()
) -> list[tuple[str, str, bool]]:
    """The declared fields that say something: title, words, whether public."""
    found = [(in_language(one.title), field_words(one, fields.get(one.code), municipalities), one.is_public)
             for one in the_register().fields if one.code not in without]  # fmt: skip
    return [one for one in found if one[1]]


def ground_words(code: str) -> str:
    """A declared ground of removal."""
    return next((in_language(words) for known, words in the_register().removal_grounds if known == code), code)


def offer_shown(one: Offer, on: date, municipalities: Mapping[str, str]) -> dict[str, Any]:
    """An entry for a page that everybody may read."""
    state = one.state(on)
    return {
        "service": service_name(one.fields.get("service", "")), "address": one.fields.get("address", ""),
        "municipality": municipalities.get(one.fields.get("municipality", ""), ""),
        "fields": fields_shown(one.fields, municipalities, without=("service", "address", "municipality")),
        "since": one.since, "last_day": one.last_day, "state": state, "state_words": STATES[state],
        "ground": ground_words(one.ground) if one.ground else "",
    }  # fmt: skip


def provider_shown(one: Provider, on: date, municipalities: Mapping[str, str]) -> dict[str, Any]:
    """A provider with its entries, those that count first."""
    offers = [offer_shown(offer, on, municipalities) for offer in one.offers]
    return {
        "number": one.number, "name": one.name, "is_registered": one.is_registered(on),
        "offers": [offer for offer in offers if offer["state"] == "registered"],
        "coming": [offer for offer in offers if offer["state"] == "coming"],
        "past": [offer for offer in offers if offer["state"] in ("ended", "removed")],
    }  # fmt: skip


def entry_title(fields: Mapping[str, Any]) -> str:
    """An entry in one line: the service and the address."""
    return f"{service_name(str(fields.get('service', '')))}, {fields.get('address', '')}"


def entry_shown(entry: Entry, municipalities: Mapping[str, str]) -> dict[str, Any]:
    """An entry for the office that keeps the register, with what is not public."""
    return {
        "key": entry.key, "title": entry_title(entry.fields), "since": entry.since,
        "last_day": entry.until - timedelta(days=1),
        "fields": fields_shown(entry.fields, municipalities, without=("service", "address")),
    }  # fmt: skip

"""The register of providers as everybody may read it: who offers which service where, on a day; and its history."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from django.db.models import QuerySet
from psycopg.types.range import DateRange

from balsts.access.models import Municipality
from balsts.cases.entries import key_of
from balsts.cases.models import Organisation, RegisterEntry
from balsts.registry.spelling import search_key, sort_key
from balsts.services.registering import the_register

State = Literal["coming", "registered", "ended", "removed"]


@dataclass(frozen=True)
class Offer:
    """A service at an address, over the days that it is or was entered for.

    Attributes:
        fields: what the register's declaration makes public of it, by field.
        ground: why it was removed; empty where it was not.
    """

    key: str
    fields: Mapping[str, Any]
    valid: DateRange
    ground: str

    @property
    def since(self) -> date:
        """The first day."""
        assert self.valid.lower is not None
        return self.valid.lower

    @property
    def until(self) -> date:
        """The first day on which it no longer counts."""
        assert self.valid.upper is not None
        return self.valid.upper

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return self.until - timedelta(days=1)

    def state(self, on: date) -> State:
        """Whether it counts on a day, and if not, why."""
        if self.since > on:
            return "coming"
        if self.until > on:
            return "registered"
        return "removed" if self.ground else "ended"


@dataclass(frozen=True)
class Provider:
    """A provider with its entries, in the order of services and addresses, the latest days first."""

    id: uuid.UUID
    number: str
    name: str
    offers: tuple[Offer, ...]

    def is_registered(self, on: date) -> bool:
        """Whether any entry counts on a day."""
        return any(one.state(on) == "registered" for one in self.offers)


def providers_found(*, on: date, service: str = "", municipality: str = "", name: str = "") -> list[uuid.UUID]:
    """Providers with an entry that counts on a day, in the order of the Latvian alphabet.

    Args:
        municipality: its code today; entries of the units that became part of it are found too.
        name: words of the name or the registration number, without regard to case and diacritics.
    """
    found = _entries(on)
    if service:
        found = found.filter(content__service=service)
    if municipality:
        found = found.filter(content__municipality__in=_codes_of(municipality))
    wanted = search_key(name)
    rows = Organisation.objects.filter(pk__in=found.values("organisation")).values_list(
        "pk", "name", "registration_number"
    )
    kept = [(_sorted(title), pk) for pk, title, number in rows if wanted in _searched(title, number)]
    return [pk for _, pk in sorted(kept)]


def providers_by_id(ids: Iterable[uuid.UUID], *, on: date | None = None) -> list[Provider]:
    """Providers in the order asked for, with the entries that count on a day, or with all there ever were."""
    wanted = list(ids)
    found = _entries(on).filter(organisation__in=wanted)
    offers: dict[uuid.UUID, list[Offer]] = defaultdict(list)
    for one in found.order_by("key", "-valid"):
        if one.organisation_id is not None:
            offers[one.organisation_id].append(_offer(one))
    names = Organisation.objects.in_bulk(wanted)
    return [Provider(pk, names[pk].registration_number, names[pk].name, tuple(offers[pk]))
            for pk in wanted if pk in names]  # fmt: skip


def provider_of(number: str) -> Provider | None:
    """A provider by registration number with all its entries, past ones too; None where it never had one."""
    found = Organisation.objects.filter(registration_number=number).first()
    provider = next(iter(providers_by_id([found.pk])), None) if found else None
    return provider if provider and provider.offers else None


def is_offered(provider: uuid.UUID, service: str, address: str, *, on: date) -> bool:
    """Whether somebody may be placed with a provider for a service at an address on a day: its entry counts then."""
    key = key_of(the_register(), {"service": service, "address": address})
    return _entries(on).filter(organisation=provider, key=key).exists()


def ending_soon(*, on: date, within_days: int) -> list[Provider]:
    """Providers with entries that count on a day and no longer so many days later, with these entries."""
    until = on + timedelta(days=within_days)
    ids = _entries(on).filter(valid__endswith__lte=until).values_list("organisation", flat=True).distinct()
    found = providers_by_id([one for one in ids if one], on=on)
    ending = (Provider(one.id, one.number, one.name, tuple(offer for offer in one.offers if offer.until <= until))
              for one in found)  # fmt: skip
    return sorted(ending, key=lambda one: (min(offer.until for offer in one.offers), _sorted(one.name)))


def every_entry() -> Iterator[tuple[Organisation, Offer]]:
    """The whole register with what ended, for open data: by number of the provider, service, address and first day."""
    found = _entries(None).select_related("organisation")
    for one in found.order_by("organisation__registration_number", "key", "valid").iterator(chunk_size=2000):
        if one.organisation is not None:
            yield one.organisation, _offer(one)


def _entries(on: date | None) -> QuerySet[RegisterEntry]:
    found = RegisterEntry.objects.filter(
        register=the_register().code, organisation__isnull=False, recorded__upper_inf=True
    )
    return found if on is None else found.filter(valid__contains=on)


def _offer(row: RegisterEntry) -> Offer:
    public = {one.code for one in the_register().fields if one.is_public}
    return Offer(row.key, {name: value for name, value in row.content.items() if name in public}, row.valid, row.ground)


def _codes_of(municipality: str) -> list[str]:
    return [municipality, *Municipality.objects.filter(present=municipality).values_list("code", flat=True)]


@lru_cache(maxsize=50_000)
def _sorted(name: str) -> str:
    return sort_key(name)


@lru_cache(maxsize=50_000)
def _searched(name: str, number: str) -> str:
    return f"{search_key(name)} {number}"

"""A file in two steps: looked through and kept aside; then whoever offered it sees what it brings and takes it in."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from balsts.access.acting import Acting
from balsts.access.predicates import require
from balsts.figures.loading import Plan, load_file, plan_of
from balsts.figures.models import Offer
from balsts.figures.reading import table_named

KEPT = timedelta(days=1)


def offer(who: Acting, table_code: str, file_name: str, content: bytes, year: int) -> Offer:
    """Look a file through and keep it aside; offers of yesterday are thrown away.

    Raises:
        AccessDenied: who acts may not.
        InputError: what is wrong in it, with the address of each cell; nothing is kept.
    """
    require("figures.load", who)
    assert who.staff is not None  # whoever may load is a member of staff
    plan_of(table_named(table_code), file_name, content, year)
    Offer.objects.filter(offered_at__lt=timezone.now() - KEPT).delete()
    return Offer.objects.create(
        table_code=table_code, year=year, file_name=file_name[-200:], content=content, offered_by_id=who.staff
    )


def offered(who: Acting, number: uuid.UUID) -> Offer | None:
    """What who acts has offered and not taken in yet.

    Raises:
        AccessDenied: who acts may not.
    """
    require("figures.load", who)
    return Offer.objects.filter(pk=number, offered_by=who.staff, offered_at__gte=timezone.now() - KEPT).first()


def plan_of_offer(found: Offer) -> Plan:
    """What an offer would bring now.

    Raises:
        InputError: it no longer fits.
    """
    return plan_of(table_named(found.table_code), found.file_name, bytes(found.content), found.year)


def take_in(who: Acting, found: Offer) -> Plan:
    """Take an offer in; taken twice, the second changes nothing.

    Raises:
        AccessDenied: who acts may not.
        InputError: it no longer fits; nothing was kept.
    """
    with transaction.atomic():
        plan = load_file(who, table_named(found.table_code), found.file_name, bytes(found.content), found.year)
        found.delete()
    return plan


def throw_away(who: Acting, found: Offer) -> None:
    """Leave an offer.

    Raises:
        AccessDenied: who acts may not.
    """
    require("figures.load", who)
    found.delete()

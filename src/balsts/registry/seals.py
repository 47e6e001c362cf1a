"""Opening what is sealed about a person (adoption, a protected address) in need, for a short time, under supervision.

What is sealed is seen by few roles. Another role that has the ability opens it for one person: the access log and those
who oversee are told before anything is seen, and row-level security shows it to that member of staff, in that role and
for that purpose, until the time is over.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.models import Appointment
from balsts.access.predicates import require
from balsts.access.roles import ROLES
from balsts.registry.seal_models import LEAST_REASON, MOST_MINUTES, SealNotice, SealOpening

_FOR_EVERY_INSTITUTION = "data_protection_officer"
_MOST_REASON = SealOpening._meta.get_field("reason").max_length


def break_glass(who: Acting, person: uuid.UUID, reason: str, minutes: int = MOST_MINUTES) -> SealOpening:
    """Open what is sealed about a person. It stays on record even if the work that needed it is rolled back.

    Args:
        reason: why it cannot wait, in 10 to 150 characters that hold no personal data; the log keeps it.
        minutes: for how long, from 1 to 60.

    Raises:
        AccessDenied: the role may not, the person is not in its scope, or the reason or the time is not acceptable.
    """
    stated = " ".join(reason.split())
    if not LEAST_REASON <= len(stated) <= (_MOST_REASON or 0):
        raise AccessDenied(
            f"Norādiet iemeslu, {LEAST_REASON} līdz {_MOST_REASON} rakstzīmes: aizsargātus datus atver tikai ar to.",
            f"State a reason of {LEAST_REASON} to {_MOST_REASON} characters: sealed data are opened with one alone.",
        )
    if not 1 <= minutes <= MOST_MINUTES:
        raise AccessDenied(
            f"Aizsargātus datus atver uz 1 līdz {MOST_MINUTES} minūtēm, nevis uz {minutes}.",
            f"Sealed data are opened for 1 to {MOST_MINUTES} minutes, not for {minutes}.",
        )
    with in_scope(who):
        require("registry.break_glass", who, person)
    assert who.staff is not None and who.institution is not None, "roles with this ability are held by appointment"
    opening = SealOpening(subject=person, staff=who.staff, institution=who.institution, role=who.role,
                          purpose=who.purpose, reason=stated, minutes=minutes)  # fmt: skip
    with in_scope(who, "log"):
        opening.save(force_insert=True, using="log")
        SealNotice.objects.using("log").bulk_create([
            SealNotice(opening=opening, institution=institution, role=role) for institution, role in _overseers(who)
        ])  # fmt: skip
        opening.refresh_from_db(using="log")
    return opening


def _overseers(who: Acting) -> list[tuple[uuid.UUID | None, str]]:
    """Roles that oversee and are held in the institution by somebody else; where there are none, those of all."""
    overseeing = [role.code for role in ROLES.values() if "oversee" in role.abilities]
    held = Appointment.objects.filter(
        institution=who.institution, role__in=overseeing, period__contains=timezone.localdate(), staff__is_active=True
    ).exclude(staff=who.staff)
    roles = sorted(set(held.values_list("role", flat=True)))
    return [(who.institution, role) for role in roles] or [(None, _FOR_EVERY_INSTITUTION)]


def notices(who: Acting, *, unseen_alone: bool = True) -> QuerySet[SealNotice]:
    """The notices that who acts is to look at, with their openings, newest first; to be called inside `in_scope`.

    Raises:
        AccessDenied: the role does not oversee.
    """
    require("registry.oversee", who)
    found = SealNotice.objects.select_related("opening").order_by("-opening__opened_at", "role")
    return found.filter(seen_at__isnull=True) if unseen_alone else found


def mark_seen(who: Acting, notice: uuid.UUID) -> SealNotice:
    """State that an opening was looked at; once, and not by whoever opened it.

    Raises:
        AccessDenied: there is no such notice for who acts, or it is about their own opening.
    """
    with in_scope(who), transaction.atomic():
        require("registry.oversee", who)
        SealNotice.objects.filter(pk=notice, seen_at__isnull=True).update(seen_at=timezone.now(), seen_by=who.staff)
        found = SealNotice.objects.filter(pk=notice, seen_at__isnull=False).select_related("opening").first()
    if found is None:
        raise AccessDenied(
            "Šāda paziņojuma jums nav, vai tas ir par jūsu pašu darbību.",
            "There is no such notice for you, or it is about what you did yourself.",
        )
    return found

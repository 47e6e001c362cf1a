"""Organisations as parties: known by their number in the enterprise register; who acts for them is verified by staff.

The register of enterprises tells the roles of a person when it is asked about that person, not who may sign for an
organisation; so a resident's statement stays a statement until a member of staff has seen a proof.
"""

from __future__ import annotations

import uuid

from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.determining import tell
from balsts.cases.entries import AUTHORITY_TASK
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Case, Organisation, Task
from balsts.law.engine.errors import DomainError

_WEIGHTS = (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)
_REMAINDER = 3
_MOST_NAME, _MOST_DETAIL = 200, 200


def is_registration_number(number: str) -> bool:
    """Whether eleven digits are a number of the enterprise register, or of the list of public bodies.

    The weighted sum of the digits leaves 3 when divided by 11, as for the value added tax numbers made of them.
    """
    if len(number) != len(_WEIGHTS) or not number.isascii() or not number.isdigit() or number[0] <= "3":
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11 == _REMAINDER


def organisation(number: str, name: str) -> Organisation:
    """The organisation with a number; known from now on by the name given, unless it was known already.

    Raises:
        DomainError: it is no number of an organisation, or there is no name.
    """
    number, name = number.strip(), _checked_name(name)
    if not is_registration_number(number):
        raise DomainError("This is not a registration number: expected eleven digits as in the enterprise register.")
    found, _ = Organisation.objects.get_or_create(registration_number=number, defaults={"name": name})
    return found


def rename(who: Acting, case: Case, name: str) -> None:
    """Know the organisation of a case by another name: it was changed, or stated wrongly by whoever applied first.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        DomainError: there is no name, or the case is about no organisation.
    """
    name = _checked_name(name)
    with in_scope(who):
        require("cases.work", who, case)
        if case.organisation is None:
            raise DomainError(f"Case {case.number} is about no organisation.")
        before, case.organisation.name = case.organisation.name, name
        case.organisation.save(update_fields=["name"])
        tell(case, "renamed", who, about=case.organisation_id, detail=before)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= _MOST_NAME:
        raise DomainError(f"The name of the organisation must have 1 to {_MOST_NAME} characters.")
    return name


def verify_authority(who: Acting, case: Case, how: str) -> None:
    """State that whoever applied may act for the organisation, and by what that was seen.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: there is nothing to verify, or it does not say how.
    """
    if not how.strip():
        raise CaseNotReady(f"Case {case.number}: say by what the right to act for the organisation was seen.")
    with in_scope(who):
        require("cases.work", who, case)
        changed = Task.objects.filter(case=case, kind=AUTHORITY_TASK, done_at__isnull=True).update(
            done_at=timezone.now(), done_by=who.staff
        )
        if not changed:
            raise CaseNotReady(f"Case {case.number}: there is no right to act left to verify.")
        tell(case, "authority_verified", who, detail=how.strip()[:_MOST_DETAIL])


def is_verified(case: uuid.UUID) -> bool:
    """Whether nobody's right to act waits to be verified; asked in the scope of who may see the case."""
    return not Task.objects.filter(case=case, kind=AUTHORITY_TASK, done_at__isnull=True).exists()

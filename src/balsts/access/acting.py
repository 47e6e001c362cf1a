"""Who acts, from where, as what and why: stated for every piece of work, and told to the database for each transaction.

Row-level security reads it there. A piece of work that states nothing sees nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from balsts.access.errors import AccessDenied
from balsts.access.models import Appointment
from balsts.access.roles import PURPOSES, ROLES, SYSTEM_ROLE, Ability, Role

_VARIABLES = ("staff", "institution", "municipality", "role", "purpose", "scope", "person", "sees", "abilities")
_SET = "SELECT " + ", ".join(f"set_config('balsts.{name}', %s, true)" for name in _VARIABLES)


@dataclass(frozen=True)
class Acting:
    """One piece of work's who, where, as what and why.

    Attributes:
        staff: the account; None for the platform itself, and for a resident.
        municipality: ATVK code of the institution's municipality; empty for a national one.
        person: a resident who looks at their own data; None for staff.
    """

    staff: uuid.UUID | None
    institution: uuid.UUID | None
    municipality: str
    role: str
    purpose: str
    person: uuid.UUID | None = None

    @property
    def terms(self) -> Role | None:
        """The role's declaration; None for a resident."""
        return ROLES.get(self.role)

    @property
    def scope(self) -> str:
        """Whose data: municipality, national, none or self."""
        if self.terms is None:
            return "self"
        return self.terms.scope if PURPOSES[self.purpose].is_about_persons else "none"

    def may(self, ability: Ability) -> bool:
        """Whether the role has an ability."""
        return self.terms is not None and ability in self.terms.abilities

    def sees(self) -> frozenset[str]:
        """The kinds of facts that may be seen; a person sees all of their own but what a seal protects from them."""
        return frozenset(self.terms.sees) if self.terms else frozenset({"ordinary", "health"})

    def as_variables(self) -> dict[str, str]:
        """The variables that row-level security reads."""
        values = (self.staff or "", self.institution or "", self.municipality, self.role, self.purpose, self.scope,
                  self.person or "", ",".join(sorted(self.sees())),
                  ",".join(sorted(self.terms.abilities if self.terms else ())))  # fmt: skip
        return dict(zip(_VARIABLES, map(str, values), strict=True))


def acting(appointment: Appointment, purpose: str) -> Acting:
    """A member of staff at work for a purpose.

    Raises:
        AccessDenied: the account is closed, the appointment is not in force today, or the role has no such purpose.
    """
    if not Appointment.objects.filter(pk=appointment.pk, period__contains=timezone.localdate()).exists():
        raise AccessDenied("Pilnvarojums šodien nav spēkā.", "The appointment is not in force today.")
    return acting_today(appointment, purpose)


def acting_today(appointment: Appointment, purpose: str) -> Acting:
    """The same by an appointment that was just read as one that is in force today.

    Raises:
        AccessDenied: the account is closed, or the role has no such purpose.
    """
    staff, role = appointment.staff, ROLES[appointment.role]
    if not staff.is_active:
        raise AccessDenied("Konts ir slēgts.", "The account is closed.")
    if purpose not in role.purposes:
        known = PURPOSES.get(purpose)
        raise AccessDenied(
            f"Lomai «{role.lv}» nav nolūka «{known.lv if known else purpose}».",
            f"The role «{role.en}» has no purpose «{known.en if known else purpose}».",
        )
    municipality = appointment.institution.municipality_id or ""
    return Acting(staff.pk, appointment.institution_id, municipality, appointment.role, purpose)


def the_platform() -> Acting:
    """The platform itself, taking in what registers say."""
    return Acting(None, None, "", SYSTEM_ROLE, "register_intake")


def the_person(person: uuid.UUID) -> Acting:
    """A resident who looks at their own data."""
    return Acting(None, None, "", "resident", "data_subject", person)


@contextmanager
def in_scope(who: Acting, using: str = "default") -> Iterator[None]:
    """Run a block in a transaction that knows who acts; what stood before holds again afterwards.

    The database forgets who acted with the transaction, and with a savepoint that is rolled back. So it is told once at
    the beginning, and once more where the transaction goes on as somebody else.
    """
    connection: Any = connections[using]  # keeps who acts beside itself
    before: Acting | None = getattr(connection, "acting", None)
    goes_on = connection.in_atomic_block
    with transaction.atomic(using=using):
        if who == before:
            yield
            return
        _tell(connection, who)
        connection.acting = who
        try:
            yield
        finally:
            connection.acting = before
        if goes_on:
            _tell(connection, before)


def _tell(connection: Any, who: Acting | None) -> None:
    values = who.as_variables().values() if who else [""] * len(_VARIABLES)
    with connection.cursor() as cursor:
        cursor.execute(_SET, list(values))

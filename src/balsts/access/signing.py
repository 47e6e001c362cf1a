"""Who signs a command: a member of staff, by their password."""

from __future__ import annotations

import getpass
import sys

from django.utils import timezone

from balsts.access.acting import Acting, acting_today
from balsts.access.models import Appointment, StaffAccount
from balsts.access.roles import PURPOSES, ROLES
from balsts.law.engine.errors import InputError


def signed(username: str, purpose: str = "payments") -> Acting:
    """Whoever signs: an account with an appointment for a purpose that is in force today, and its password.

    Raises:
        InputError: there is no such account, the password is another, or it has no appointment, or several.
    """
    account = StaffAccount.objects.filter(username=username, is_active=True).first()
    password = getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if account is None or not account.check_password(password):
        raise InputError("--by: no open account has this name and password; nothing was done.")
    roles = [one.code for one in ROLES.values() if purpose in one.purposes]
    at_work = Appointment.objects.filter(staff=account, role__in=roles, period__contains=timezone.localdate())
    found = list(at_work.select_related("staff", "institution")[:2])
    if len(found) != 1:
        raise InputError(f"--by: {username} has {'no' if not found else 'more than one'} appointment for "
                         f"{PURPOSES[purpose].en} today; expected one.")  # fmt: skip
    return acting_today(found[0], purpose)

"""What `balsts access` does, once the database is ready."""

from __future__ import annotations

import argparse

from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.clients import open_client, revoke_client
from balsts.access.log import anchor, anchors_in, verify_log
from balsts.access.models import Institution, Municipality, SystemClient
from balsts.access.roles import PURPOSES, ROLES
from balsts.law.engine.errors import InputError

_AUDIT = Acting(None, None, "", "auditor", "audit")


def verify(arguments: argparse.Namespace) -> int:
    """Check the chain; 1 when something is wrong with it."""
    try:
        lines = arguments.anchors.read_text(encoding="utf-8").splitlines() if arguments.anchors else []
        anchors = list(anchors_in(lines))
    except ValueError:
        raise InputError(f"{arguments.anchors} holds a line that is no anchor; expected a number and a hash.") from None
    with in_scope(_AUDIT):
        count, findings = verify_log(anchors)
    for finding in findings:
        print(finding)
    print(f"{count} records hold" + (", then the chain breaks" if findings else ""))
    return 1 if findings else 0


def print_anchor(_: argparse.Namespace) -> int:
    """Print the end of the chain."""
    with in_scope(_AUDIT):
        found = anchor()
    print(found or "")
    return 0


def print_roles(arguments: argparse.Namespace) -> int:
    """List roles and purposes."""
    for role in ROLES.values():
        print(f"{role.code}: {getattr(role, arguments.lang)} [{role.scope}; {', '.join(sorted(role.abilities))}]")
        for code in sorted(role.purposes):
            purpose = PURPOSES[code]
            question = f" ? {purpose.question}" if purpose.question else ""
            print(f"  {getattr(purpose, arguments.lang)} [{code}] {purpose.basis}{question}")
    return 0


def print_municipalities(_: argparse.Namespace) -> int:
    """List municipalities."""
    for one in Municipality.objects.order_by("classification", "code"):
        until = one.period.upper or ""
        question = f" ? {one.question}" if one.question else ""
        print(f"{one.code} {one.name} {one.period.lower} {until} {one.present_id or ''}{question}".rstrip())
    return 0


def open_system(arguments: argparse.Namespace) -> int:
    """Open a system's way in; its secret is printed this once."""
    institution = Institution.objects.filter(name_lv=arguments.institution).first()
    if institution is None:
        raise InputError(f"No institution is called {arguments.institution!r}; name it in Latvian as it was opened.")
    if SystemClient.objects.filter(name=arguments.name).exists():
        raise InputError(f"A system is called {arguments.name!r} already; choose another name.")
    since = arguments.since or timezone.localdate()
    if arguments.until is not None and arguments.until <= since:
        raise InputError(f"--until {arguments.until} does not lie after {since}; nothing was opened.")
    client, secret = open_client(name=arguments.name, institution=institution, abilities=arguments.may, since=since,
                                 until=arguments.until)  # fmt: skip
    print(f"client_id {client.pk}")
    print(f"client_secret {secret}")
    return 0


def revoke_system(arguments: argparse.Namespace) -> int:
    """Close a system's way in."""
    client = SystemClient.objects.filter(name=arguments.name).first()
    if client is None:
        raise InputError(f"No system is called {arguments.name!r}; see `balsts access client list`.")
    revoke_client(client)
    print(f"{client.name} is revoked")
    return 0


def list_systems(_: argparse.Namespace) -> int:
    """List systems."""
    for one in SystemClient.objects.select_related("institution").order_by("name"):
        days = f"{one.period.lower} {one.period.upper or ''}".strip()
        state = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else "open"
        print(f"{one.name} {one.pk} «{one.institution}» [{', '.join(one.abilities)}] {days} {state}")
    return 0

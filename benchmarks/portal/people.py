"""Who uses the portal in the measurement: staff with work to do, and residents; their sessions are made here.

Done once for a database that `python -m benchmarks.cases --only-make --keep FOLDER` has made.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from benchmarks.portal.naming import name_everybody

OFFICERS = 40
RESIDENTS = 4_000
CASES = 4_000
TRACED = 300
"""So many of these have the explanation that a decision is signed with; decisions are opened of them alone."""
SEARCHED = 500
WAITING_SHARE = 0.25
"""Of the open cases, so many wait by a term, most of them for somebody; the decisions of the rest run."""
_STAGES = ["received", "waiting", "assessed", "deciding"]
_SINCE = date(2022, 1, 1)
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_NATIONAL = (("vsaa", "agency", "VSAA"), ("lm", "ministry", "Labklājības ministrija"))


@dataclass(frozen=True)
class Visited:
    """Somebody whose case was decided: their own pages."""

    person: str
    case: str
    decision: str


@dataclass(frozen=True)
class People:
    """Who may be signed in as, and what they open.

    Attributes:
        workers, heads: accounts of staff, with their appointments.
        residents: persons with a decided case.
        cases: of the office, with their numbers and newest decisions: case, number, decision.
        names, codes: surnames and personal codes to search by.
        applicants: adults who may apply, by household, each once.
    """

    workers: list[tuple[str, int]]
    heads: list[tuple[str, int]]
    residents: list[Visited]
    cases: list[tuple[str, str, str]]
    names: list[str]
    codes: list[str]
    applicants: list[str]


def people(folder: Path) -> People:
    """Who uses the portal; made when first asked for, and kept in the folder."""
    kept = folder / "people.json"
    if not kept.exists():
        kept.write_text(json.dumps(asdict(_made())), encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    found["residents"] = [Visited(**one) for one in found["residents"]]
    return People(**found)


def _made() -> People:
    from balsts.access.models import Institution

    office = Institution.objects.get(kind="social_service", municipality_id="0001000")
    _offices_everywhere()
    name_everybody()
    workers = [_staff(f"worker-{number}", office, "social_worker") for number in range(OFFICERS)]
    heads = [_staff(f"head-{number}", office, "social_service_head") for number in range(2)]
    _work_for([uuid.UUID(one) for one, _ in workers])
    rows = _some("SELECT c.id, c.number, d.id, c.subject_id FROM cases_case c "
                 "JOIN cases_decision d ON d.case_id = c.id WHERE c.stage <> 'closed'", CASES)  # fmt: skip
    _explain([row[2] for row in rows[:TRACED]])
    return People(
        workers, heads, [Visited(str(row[3]), str(row[0]), str(row[2])) for row in rows[:RESIDENTS]],
        [(str(row[0]), row[1], str(row[2])) for row in rows],
        [row[0] for row in _some("SELECT DISTINCT surname FROM registry_personname", SEARCHED)],
        [row[0] for row in _some("SELECT value FROM registry_identifier WHERE length(value) = 11", SEARCHED)],
        _applicants(),
    )  # fmt: skip


def _offices_everywhere() -> None:
    """An office in every municipality and the national ones, so that everybody can apply where they live."""
    from balsts.access.models import Institution, Municipality

    for place in Municipality.objects.filter(period__endswith__isnull=True):
        Institution.objects.get_or_create(
            kind="social_service", municipality=place,
            defaults={"name_lv": f"Sociālais dienests, {place.name}", "name_en": f"Social service, {place.name}"},
        )  # fmt: skip
    for code, kind, name in _NATIONAL:
        Institution.objects.get_or_create(code=code, defaults={"kind": kind, "name_lv": name, "name_en": name})


def _staff(name: str, office: Any, role: str) -> tuple[str, int]:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from balsts.access.acting import acting
    from balsts.access.models import Appointment, StaffAccount
    from balsts.access.use_cases import appoint, appoint_first_manager

    def account(username: str) -> StaffAccount:
        found, _ = StaffAccount.objects.get_or_create(
            username=username,
            defaults={"full_name": username, "email": f"{username}@office.example", "password": "!"},
        )
        return found

    manager = Appointment.objects.filter(institution=office, role="account_manager").first()
    manager = manager or appoint_first_manager(staff=account("manager"), institution=office, since=_SINCE)
    one = account(name)
    work = Appointment.objects.filter(staff=one, role=role).first() or appoint(
        acting(manager, "accounts"), staff=one, institution=office, role=role, since=_SINCE
    )
    if not Authenticator.objects.filter(user=one).exists():
        TOTP.activate(one, generate_totp_secret())
    return str(one.pk), work.pk


def _work_for(staff: Sequence[uuid.UUID]) -> None:
    """Give the office work to do: some open cases wait, by terms around today, most of them with somebody."""
    today = timezone.localdate()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE cases_case SET stage = (%s::text[])[1 + floor(random() * %s)], "
            "due_on = %s::date + (random() * 40)::int, "
            "assigned_to_id = CASE WHEN random() < 0.8 THEN (%s::uuid[])[1 + floor(random() * %s)] END "
            "WHERE stage = 'running' AND random() < %s",
            [_STAGES, len(_STAGES), today - timedelta(days=8), list(staff), len(staff), WAITING_SHARE],
        )
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER USER")
        cursor.execute("ANALYZE cases_case")


def _explain(decisions: Sequence[uuid.UUID]) -> None:
    """Keep the explanation of some decisions, as signing does."""
    from balsts.access.acting import in_scope, the_platform
    from balsts.cases.determining import explanation, replay
    from balsts.cases.models import Decision

    rows = []
    with in_scope(the_platform()):
        for one in Decision.objects.filter(pk__in=decisions).select_related("determination__case"):
            assert one.determination is not None
            content = explanation(replay(one.determination))
            rows.append((one.pk, zlib.compress(content, 9), hashlib.sha256(content).hexdigest()))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE cases_trace DISABLE TRIGGER USER")
        cursor.executemany("INSERT INTO cases_trace (decision_id, content, sha256) VALUES (%s, %s, %s) "
                           "ON CONFLICT DO NOTHING", rows)  # fmt: skip
        cursor.execute("ALTER TABLE cases_trace ENABLE TRIGGER USER")


def _some(query: str, most: int) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({query}) found ORDER BY random() LIMIT {most}")
        return list(cursor.fetchall())


def _applicants() -> list[str]:
    """One adult of each household, the eldest, who is declared in a municipality."""
    from balsts.registry.fact_types import BY_KEY

    rows = _some(
        "SELECT DISTINCT ON (m.household_id) m.person_id FROM registry_membership m JOIN registry_address a "
        "ON a.person_id = m.person_id AND a.kind = 'declared' AND upper_inf(a.recorded) AND a.valid @> current_date "
        "JOIN registry_fact f ON f.person_id = m.person_id AND upper_inf(f.recorded) "
        f"AND f.type = {BY_KEY['born'].number} WHERE upper_inf(m.recorded) AND m.valid @> current_date "
        "ORDER BY m.household_id, f.value",
        RESIDENTS * 4,
    )  # fmt: skip
    return [str(row[0]) for row in rows]


# -- sessions ------------------------------------------------------------------------------------------------------


def staff_session(staff: str, appointment: int) -> str:
    """The key of a session of staff at work who have said why they look."""
    from balsts.access.models import StaffAccount

    account = StaffAccount.objects.get(pk=staff)
    return _session({
        "_auth_user_id": staff, "_auth_user_backend": _BACKEND, "_auth_user_hash": account.get_session_auth_hash(),
        "appointment": appointment, "purpose": "social_assistance", "reason": ["application", "SP-1"],
    })  # fmt: skip


def resident_session(person: str) -> str:
    """The key of a resident's session."""
    return _session({"resident": person})


def _session(content: dict[str, Any]) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(content | {"began_at": time.time()})
    with transaction.atomic():
        store.create()
    return str(store.session_key)

"""A small municipality of persons who do not exist, its neighbour, and staff of both: the same each time.

Done once into the embedded database; done again, it changes nothing.
"""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from balsts.access.acting import Acting, acting, in_scope, the_platform
from balsts.access.models import Appointment, Institution, Municipality, StaffAccount
from balsts.access.use_cases import appoint, appoint_first_manager, open_account
from balsts.exchange.connections import connection_from_environment
from balsts.exchange.periods import Period, months_back, next_month
from balsts.exchange.simulation.identities import given_name, personal_code, surname
from balsts.exchange.use_cases import ask_registers
from balsts.law.engine.errors import DomainError
from balsts.population.parquet import write_population
from balsts.population.synthesis import synthesise
from balsts.portal.demonstration.cases import STAGES, prepare_cases
from balsts.portal.demonstration.codes import new_secret, one_time_code
from balsts.portal.session.door import token_for
from balsts.registry.bulk import load_population
from balsts.registry.models import Fact, Household, Identifier, Membership, Relation
from balsts.registry.personal_codes import read_personal_code
from balsts.registry.recording import days, new_source
from balsts.registry.selectors import known
from balsts.registry.use_cases import recording, state_fact

HERE, NEIGHBOUR = "0036000", "0053000"
_DRAWN, _SEED, _MONTH = 20_000, 2026, date(2026, 1, 1)
_ASKED = ("population_register", "tax_authority", "social_insurance", "disability_commission")
_HOUSEHOLDS_ASKED = 3
_STAFF = (
    ("lasma", "Lāsma Paraugdarbiniece", HERE, "social_worker", "social_assistance"),
    ("haralds", "Haralds Paraugvadītājs", HERE, "social_service_head", "social_assistance"),
    ("nora", "Nora Paraugkaimiņa", NEIGHBOUR, "social_worker", "social_assistance"),
    ("valdis", "Valdis Paraugpabalsts", "", "benefits_officer", "state_benefits"),
)


@dataclass(frozen=True)
class DemonstrationAccount:
    """Somebody who may sign in to the demonstration."""

    username: str
    password: str
    secret: str
    works: str


@dataclass(frozen=True)
class Demonstration:
    """Who may sign in, whom to look for, and a resident."""

    accounts: tuple[DemonstrationAccount, ...]
    look_for: str
    resident: str


def population_file() -> Path:
    """The demonstration's persons, drawn once: whole households of two municipalities, with made-up names and codes.

    Raises:
        DomainError: one's own database server is used; the demonstration is for the embedded one.
    """
    path = _folder() / "demonstration.parquet"
    if not path.exists():
        drawn = synthesise(_DRAWN, seed=_SEED, on=f"{_MONTH:%Y-%m}")
        here = drawn.filter(pc.is_in(pc.cast(drawn["municipality"], pa.string()), pa.array([HERE, NEIGHBOUR])))
        rows = here.select(["person_id", "household_id", "sex"]).to_pylist()
        for column, values in (
            ("x_given_names", [given_name(one["person_id"], one["sex"]) for one in rows]),
            ("x_surname", [surname(one["household_id"], one["sex"]) for one in rows]),
            ("x_personal_code", [personal_code(one["person_id"]) for one in rows]),
            ("x_address", [f"Parauga iela {1 + one['household_id'] % 89}" for one in rows]),
        ):
            here = here.append_column(column, pa.array(values))
        write_population([here], path)
    return path


def prepare(population: Path) -> Demonstration:
    """Bring tables up to date, load the persons, open the accounts, and ask registers about some households."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    notes = _folder() / "demonstration.json"
    if notes.exists():
        return prepared()
    load_population(population, _MONTH)
    opened = [_opened(*one) for one in _STAFF]
    found = _with_registers(opened[0][1])
    prepare_cases(opened[0][1], opened[1][1], _with_cases(opened[0][1], uuid.UUID(found[1])))
    demonstration = Demonstration(tuple(one for one, _ in opened), found[0], found[1])
    notes.touch(mode=0o600)
    notes.write_text(json.dumps(asdict(demonstration), ensure_ascii=False), encoding="utf-8")
    return demonstration


def prepared() -> Demonstration:
    """What was prepared.

    Raises:
        DomainError: nothing was.
    """
    notes = _folder() / "demonstration.json"
    if not notes.exists():
        raise DomainError("There is no demonstration yet; `balsts serve --demonstration` prepares one.")
    found = json.loads(notes.read_text(encoding="utf-8"))
    accounts = tuple(DemonstrationAccount(**one) for one in found["accounts"])
    return Demonstration(accounts, found["look_for"], found["resident"])


def words(demonstration: Demonstration, port: int | None) -> list[str]:
    """The demonstration for a terminal; the codes are those of now."""
    lines = ["", "Demonstration: persons who do not exist, in the database of this machine.",
             "  user name   password              code now   works as"]  # fmt: skip
    lines += [f"  {one.username:<11} {one.password:<21} {one_time_code(one.secret):<10} {one.works}"
              for one in demonstration.accounts]  # fmt: skip
    lines += [f"  Codes change every 30 seconds; `{_COMMAND}` shows the new ones.",
              f"  Somebody to look for: {demonstration.look_for}"]  # fmt: skip
    if port:
        lines.append(f"  As that resident: http://localhost:{port}/me/sign-in/"
                     f"{token_for(uuid.UUID(demonstration.resident))}/")  # fmt: skip
    return [*lines, ""]


_COMMAND = ".venv/bin/balsts demonstration"


def _folder() -> Path:
    found: Path | None = settings.EMBEDDED_FOLDER
    if found is None:
        raise DomainError("DATABASE_URL names a server of your own; the demonstration is for the embedded one alone.")
    return found


def _opened(
    username: str, name: str, municipality: str, role: str, purpose: str
) -> tuple[DemonstrationAccount, Acting]:
    office = _office(municipality)
    password = secrets.token_urlsafe(12)
    account = StaffAccount.objects.filter(username=username).first() or open_account(
        username=username, full_name=name, email=f"{username}@balsts.example", password=password
    )
    account.set_password(password)
    account.save(update_fields=["password"])
    secret = new_secret()
    Authenticator.objects.filter(user=account).delete()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP,
                                 data={"secret": get_adapter().encrypt(secret)})  # fmt: skip
    work = Appointment.objects.filter(staff=account, role=role).first() or appoint(
        _manager(office), staff=account, institution=office, role=role, since=_MONTH
    )
    return DemonstrationAccount(username, password, secret, f"{role}, {office.name_lv}"), acting(work, purpose)


def _office(municipality: str) -> Institution:
    if not municipality:
        found, _ = Institution.objects.get_or_create(
            name_lv="VSAA (paraugs)", defaults={"name_en": "VSAA (sample)", "kind": "agency"}
        )
        return found
    name = Municipality.objects.get(pk=municipality).name
    found, _ = Institution.objects.get_or_create(
        name_lv=f"{name}, sociālais dienests (paraugs)",
        defaults={"name_en": f"{name}, social service office (sample)", "kind": "social_service",
                  "municipality_id": municipality},
    )  # fmt: skip
    return found


def _manager(office: Institution) -> Acting:
    name = f"manager-{office.municipality_id or 'vsaa'}"
    account = StaffAccount.objects.filter(username=name).first() or open_account(
        username=name, full_name="Konts bez ieejas", email=f"{name}@balsts.example", password=secrets.token_urlsafe(24)
    )
    work = Appointment.objects.filter(staff=account, institution=office, role="account_manager").first()
    return acting(work or appoint_first_manager(staff=account, institution=office, since=_MONTH), "accounts")


def _with_registers(worker: Acting) -> tuple[str, str]:
    """Ask registers about families with a child, settle one difference, and correct one mistake.

    Returns:
        The personal code of somebody to look for, and the person.
    """
    today = timezone.localdate()
    window = Period(months_back(today, 3), next_month(today))
    with in_scope(worker):
        parents = known(Relation).filter(kind="parent").order_by("other_id").values_list("other_id", flat=True)
        homes = known(Membership).filter(person__in=list(parents.distinct())).order_by("household_id")
        first = {one.household_id: one.person_id for one in reversed(homes)}
    chosen = sorted(first)[:_HOUSEHOLDS_ASKED]
    for household in chosen:
        ask_registers(worker, Household(pk=household), _ASKED, window, {"*": connection_from_environment()})
    shown = first[chosen[0]]
    _corrected(worker, shown, chosen[0])
    with in_scope(the_platform()):
        code = _code_of(shown)
    return code, str(shown)


def _with_cases(worker: Acting, shown: uuid.UUID) -> list[uuid.UUID]:
    """Whose cases there are: a parent of each of some families, and of the case that runs the resident's own."""
    with in_scope(worker):
        parents = known(Relation).filter(kind="parent", valid__contains=timezone.localdate()).values("other")
        homes = known(Membership).filter(person__in=parents, valid__contains=timezone.localdate())
        first = {one.household_id: one.person_id for one in homes.order_by("-household_id", "-person_id")}
        own = known(Membership).get(person=shown, valid__contains=timezone.localdate()).household_id
    others = [first[home] for home in sorted(first) if home != own][: len(STAGES) - 1]
    at = STAGES.index("running")
    return [*others[:at], shown, *others[at:]]


def _corrected(worker: Acting, person: uuid.UUID, household: uuid.UUID) -> None:
    month = months_back(timezone.localdate(), 2)
    with recording(worker, [person], "a finding and a correction"):
        home = Household.objects.get(pk=household)
        one = known(Membership).get(person=person, valid__contains=timezone.localdate()).person
        for amount, why in (("180.00", ""), ("160.00", "a digit was mistyped")):
            source = new_source("worker", "SD-2026/0001", reason=why)
            state_fact(source, "housing_costs_eur_month", amount, days(month), household=home)
        for amount, why in (("412.50", ""), ("421.50", "the employer's statement was read wrongly")):
            source = new_source("worker", "SD-2026/0001", reason=why)
            state_fact(source, "wage_net_eur_month", amount, days(month, next_month(month)), person=one,
                       certainty=Fact.Certainty.CONFIRMED)  # fmt: skip


def _code_of(person: uuid.UUID) -> str:
    """A person's code, as people write it."""
    return str(read_personal_code(known(Identifier).get(person=person, scheme="personal_code").value))

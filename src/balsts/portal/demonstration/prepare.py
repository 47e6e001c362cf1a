"""A small municipality of persons who do not exist, its neighbour, and staff of both: the same each time.

Done once into the embedded database; done again, it changes nothing.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from tqdm import tqdm

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.cases import runs
from balsts.cases.models import Case, Unclaimed
from balsts.cases.take_up import begin_take_up
from balsts.exchange.connections import connection_from_environment
from balsts.exchange.periods import Period, months_back, next_month
from balsts.exchange.use_cases import ask_registers
from balsts.law.engine.errors import DomainError
from balsts.portal.demonstration.cases import Office, make_cases
from balsts.portal.demonstration.codes import one_time_code
from balsts.portal.demonstration.payments import Payer, make_payments, payment_words
from balsts.portal.demonstration.people import MONTH, write_people
from balsts.portal.demonstration.providers import make_providers
from balsts.portal.demonstration.staff import STAFF, DemonstrationAccount, opened
from balsts.portal.session.door import token_for
from balsts.registry.bulk import load_population
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, Household, Identifier, Membership, Relation
from balsts.registry.personal_codes import read_personal_code
from balsts.registry.recording import days, new_source
from balsts.registry.representation import MAJORITY_YEARS
from balsts.registry.selectors import known
from balsts.registry.use_cases import recording, state_fact
from balsts.statistics.demonstration import refresh_demonstration

_ASKED = ("population_register", "tax_authority", "social_insurance", "disability_commission")
_HOUSEHOLDS_ASKED, _HOUSEHOLDS_LOOKED_AT = 3, 60


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
        write_people(path)
    return path


def prepare(population: Path) -> Demonstration:
    """Bring tables up to date, load the persons, open the accounts, and ask registers about some households."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    notes = _folder() / "demonstration.json"
    if notes.exists():
        return prepared()
    load_population(population, MONTH)
    staff = [opened(*one) for one in STAFF]
    found = _with_registers(staff[0][1])
    at_work = {one.username: who for one, who in staff}
    with tqdm(desc="cases", unit="case", delay=2) as bar:
        here = Office(at_work["lasma"], at_work["haralds"], at_work["austra"])
        make_cases(
            population, here, Office(at_work["valdis"], at_work["vaira"], at_work["austra"]), partial(_tell, bar)
        )
    make_payments(Payer(at_work["inga"], at_work["ilmars"], at_work["irena"]))
    make_providers(at_work["rasma"], at_work["reinis"])
    runs.work(begin_take_up().pk)
    refresh_demonstration()
    demonstration = Demonstration(tuple(one for one, _ in staff), found[0], found[1])
    notes.touch(mode=0o600)
    notes.write_text(json.dumps(asdict(demonstration), ensure_ascii=False), encoding="utf-8")
    return demonstration


def _tell(bar: tqdm[Any], done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


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
    lines += payment_words()
    if port:
        lines.append(f"  As that resident: http://localhost:{port}/me/sign-in/"
                     f"{token_for(uuid.UUID(demonstration.resident))}/")  # fmt: skip
        for what, person in (("a decision", somebody_decided()), ("a right not claimed", somebody_entitled())):
            if person:
                door = f"http://localhost:{port}/me/sign-in/{token_for(person)}/"
                lines.append(f"  As a resident with {what}: {door}")
    return [*lines, ""]


def somebody_decided() -> uuid.UUID | None:
    """A resident to whom something was granted."""
    with in_scope(the_platform()):
        running = Case.objects.filter(stage=Case.Stage.RUNNING, type="assistance").order_by("pk").first()
    return running.subject_id if running else None


def somebody_entitled() -> uuid.UUID | None:
    """A resident who may be entitled to something that nobody has claimed."""
    with in_scope(the_platform()):
        found = Unclaimed.objects.filter(state=Unclaimed.State.FOUND).order_by("-amount", "person", "code").first()
    return found.person_id if found else None


_COMMAND = ".venv/bin/balsts demonstration"


def _folder() -> Path:
    found: Path | None = settings.EMBEDDED_FOLDER
    if found is None:
        raise DomainError("DATABASE_URL names a server of your own; the demonstration is for the embedded one alone.")
    return found


def _with_registers(worker: Acting) -> tuple[str, str]:
    """Ask registers about families with a child under age, settle one difference, and correct one mistake.

    Returns:
        The personal code of somebody to look for, and the person.
    """
    today = timezone.localdate()
    window = Period(months_back(today, 3), next_month(today))
    with in_scope(worker):
        pairs = list(known(Relation).filter(kind="parent").order_by("other_id").values_list("other_id", "person_id"))
        homes = known(Membership).filter(person__in={parent for parent, _ in pairs}).order_by("household_id")
        first = {one.household_id: one.person_id for one in reversed(homes)}
        chosen = _with_minors(sorted(first)[:_HOUSEHOLDS_LOOKED_AT], first, pairs, today)[:_HOUSEHOLDS_ASKED]
    for household in chosen:
        ask_registers(worker, Household(pk=household), _ASKED, window, {"*": connection_from_environment()})
    shown = first[chosen[0]]
    _corrected(worker, shown, chosen[0])
    with in_scope(the_platform()):
        code = _code_of(shown)
    return code, str(shown)


def _with_minors(
    households: list[uuid.UUID], parents: dict[uuid.UUID, uuid.UUID], pairs: list[tuple[uuid.UUID, uuid.UUID]],
    today: date,
) -> list[uuid.UUID]:  # fmt: skip
    """Households whose parent has a child under age."""
    of_age = f"{today.year - MAJORITY_YEARS:04}-{today:%m-%d}"
    looked_at = {parents[one] for one in households}
    children = {child for parent, child in pairs if parent in looked_at}
    births = known(Fact).filter(person__in=children, type=BY_KEY["born"].number, value__gt=of_age)
    minors = set(births.values_list("person_id", flat=True))
    raising = {parent for parent, child in pairs if child in minors}
    return [one for one in households if parents[one] in raising]


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

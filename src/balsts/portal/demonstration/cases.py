"""Cases of the demonstration, in every state that a case can be in: each made by the same use cases as in earnest."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_person, the_platform
from balsts.cases.answers import Answers
from balsts.cases.appeals import contest, hear
from balsts.cases.automatic import decide_automatically, made_known_on
from balsts.cases.chain import check, discard, draft_decision, notify, sign
from balsts.cases.circle import circle_of
from balsts.cases.determining import determine
from balsts.cases.models import Application, Decision
from balsts.cases.opening import household_of, receive
from balsts.cases.prefill import known_for
from balsts.cases.types.reading import case_type
from balsts.exchange.connections import connection_from_environment
from balsts.exchange.identities import person_with_code
from balsts.exchange.periods import Period, months_back, next_month
from balsts.exchange.simulation.identities import personal_code
from balsts.exchange.use_cases import ask_registers
from balsts.law.engine.many.columns import tie
from balsts.law.engine.vocabulary import month_number
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from balsts.population.reader import read_population
from balsts.population.simulate import needed_inputs, rows_of, simulate
from balsts.registry.models import Household, Person
from balsts.registry.recording import days, new_source
from balsts.registry.use_cases import recording, state_fact

_WINDOW_MONTHS = 4
_OTHER_WAGE = "95.00"
_ASSISTANCE, _CODES = ("gmi_benefit", "housing_benefit"), ("gmi_benefit", "housing_benefit", "family_state_benefit")


@dataclass
class Office:
    """Who works in an office: one who prepares decisions, one who checks them, one who hears appeals."""

    worker: Acting
    chief: Acting
    hearer: Acting


@dataclass
class Demonstrated:
    """One case of the demonstration, with who is behind it."""

    office: Office
    person: uuid.UUID
    type: str
    month: date
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    def received(self) -> Application:
        """Applied for in the portal."""
        return self._received(Answers())

    def _received(self, answers: Answers) -> Application:
        return receive(the_person(self.person), self.type, key=self.key, subject=self.person, since=self.month,
                       answers=answers.as_json() if answers.shown else {},
                       channel=Application.Channel.PORTAL)  # fmt: skip

    def asked(self) -> Application:
        """And registers were asked what the type needs."""
        application = self.received()
        self._registers_asked()
        return application

    def _registers_asked(self) -> None:
        home = household_of_person(self.person)
        registers = sorted({one for fact in case_type(self.type).facts for one in fact.registers})
        window = Period(months_back(self.month, _WINDOW_MONTHS), next_month(self.month))
        ask_registers(self.office.worker, home, registers, window, {"*": connection_from_environment()})

    def contradicted(self) -> Application:
        """Applied for after registers were asked: the person confirms what they say, but their own wage."""
        self._registers_asked()
        with in_scope(the_platform()):
            home = household_of(self.person)
            circle = circle_of(self.person, home, timezone.localdate())
            circle = replace(circle, visible=frozenset(circle.members))
            known = known_for(case_type(self.type), circle, self.month)
        answers, wage = Answers(), ("wage_net_eur_month", str(self.person))
        for (question, about), shown in sorted(known.items()):
            answers.confirms(question, about, shown)
        answers.says(*wage, _OTHER_WAGE, known.get(wage))
        return self._received(answers)

    def drafted(self) -> Decision:
        """And a decision is drafted."""
        case = self.asked().case
        determination = determine(self.office.worker, case, self.month, "application")
        return draft_decision(self.office.worker, case, determination=determination)

    def checked(self) -> Decision:
        """And a second person has checked it."""
        decision = self.drafted()
        check(self.office.chief, decision)
        return decision

    def signed(self) -> Decision:
        """And it is signed, not yet made known."""
        decision = self.checked()
        sign(self.office.chief, decision)
        return decision

    def in_force(self) -> Decision:
        """And it is made known, so in force."""
        decision = self.signed()
        notify(self.office.worker, decision, on=made_known_on(), how="portal")
        return decision

    def discarded(self) -> Decision:
        """A draft that was given up."""
        decision = self.drafted()
        discard(self.office.worker, decision, "jāprecizē mājsaimniecības sastāvs")
        return decision

    def contested(self) -> Decision:
        """A decision that the person contests."""
        decision = self.in_force()
        contest(the_person(self.person), decision, key=uuid.uuid4(),
                grounds="Alga šajā laikā bija mazāka, nekā norādīts lēmumā.")  # fmt: skip
        return decision

    def upheld(self) -> Decision:
        """A contested decision that was left as it is."""
        decision = self.contested()
        with in_scope(the_platform()):
            appeal = decision.appeals.get()
        hear(self.office.hearer, appeal, "upheld", "Reģistra ziņas apstiprināja darba devējs.")
        return decision

    def changed(self) -> Decision:
        """A contested decision that was replaced, since a wage had been counted twice."""
        decision = self.contested()
        with in_scope(the_platform()):
            appeal = decision.appeals.get()
            person = Person.objects.get(pk=self.person)
        with recording(self.office.worker, [self.person], "a finding in an appeal"):
            source = new_source("worker", "SD-A/1", reason="a wage was counted twice")
            state_fact(
                source, "wage_net_eur_month", "20.00", days(months_back(self.month, 3), self.month), person=person
            )
        hear(self.office.hearer, appeal, "changed", "Viena alga bija ieskaitīta divreiz.")
        return decision


STATES: tuple[tuple[str, Callable[[Demonstrated], object], int], ...] = (
    ("received", Demonstrated.received, 4),
    ("asked", Demonstrated.asked, 3),
    ("drafted", Demonstrated.drafted, 3),
    ("checked", Demonstrated.checked, 2),
    ("signed", Demonstrated.signed, 2),
    ("in force", Demonstrated.in_force, 6),
    ("given up", Demonstrated.discarded, 1),
    ("contested", Demonstrated.contested, 1),
    ("upheld", Demonstrated.upheld, 1),
    ("changed", Demonstrated.changed, 1),
    ("contradicted", Demonstrated.contradicted, 1),
)
"""States with how many cases are brought into each."""


def make_cases(population: Path, here: Office, agency: Office, tell: Callable[[int, int], None]) -> None:
    """Make the cases: of assistance in the municipality, and of state benefits at the agency."""
    month = timezone.localdate().replace(day=1)
    poor, families = entitled(population, month)
    of_assistance = iter(poor)
    wanted = [make for _, make, count in STATES for _ in range(count)]
    jobs = [(make, Demonstrated(here, person, "assistance", month))
            for make, person in zip(wanted, of_assistance, strict=False)]  # fmt: skip
    of_families = [Demonstrated(agency, person, "family_state_benefit", month) for person in families[:6]]
    total = len(jobs) + len(of_families)
    for number, (make, one) in enumerate(jobs, start=1):
        make(one)
        tell(number, total)
    for number, one in enumerate(of_families, start=len(jobs) + 1):
        decide_automatically(one.asked())
        tell(number, total)


def entitled(population: Path, month: date) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Persons by the law of a month, as in the file: of households due assistance; due the family benefit."""
    law, on = latvia(), month_number(month.year, month.month)
    wiring = wire(law, on, wanted=_CODES)
    people = read_population(population, law.catalogue, names=needed_inputs([wiring]))
    tie(people.columns, law.catalogue, on)
    _, found = simulate(law, people, on, list(_CODES), keep=True)
    rows = rows_of(wiring, found, people).to_pylist()
    first = _first_adults(population)
    poor = dict.fromkeys(one["household_id"] for code in _ASSISTANCE for one in rows if one["code"] == code)
    families = dict.fromkeys(one["person_id"] for one in rows if one["code"] == "family_state_benefit")
    return list(_registered(first[home] for home in poor)), list(_registered(families))


def _first_adults(population: Path) -> dict[int, int]:
    table = pq.read_table(population, columns=["household_id", "person_id", "born"])
    oldest: dict[int, tuple[date, int]] = {}
    for home, person, born in zip(*(table[name].to_pylist() for name in table.column_names), strict=True):
        oldest[home] = min(oldest.get(home, (born, person)), (born, person))
    return {home: person for home, (_, person) in oldest.items()}


def _registered(persons: Iterator[int] | dict[int, None]) -> Iterator[uuid.UUID]:
    with in_scope(the_platform()):
        for one in persons:
            found = person_with_code(personal_code(one))
            if found is not None:
                yield found.pk


def household_of_person(person: uuid.UUID) -> Household:
    """The household somebody lives in today."""
    with in_scope(the_platform()):
        found = household_of(person)
    assert found is not None
    return Household(pk=found)

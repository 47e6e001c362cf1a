"""What `balsts registry` does, once the database is ready; its runner acts as the platform, and that is recorded."""

from __future__ import annotations

import argparse
import json
import os
import sys
import uuid
from datetime import datetime

from django.utils import timezone
from tqdm import tqdm

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.log import log_access
from balsts.law.engine.errors import InputError
from balsts.law.engine.quantities import first_day, month_from
from balsts.law.engine.text import read_file
from balsts.law.engine.vocabulary import Month
from balsts.registry import bulk, retention
from balsts.registry.declarations import take_declaration
from balsts.registry.export import export_person
from balsts.registry.fact_types import FACT_TYPES, RELATION_KINDS, disagreements
from balsts.registry.household_file import household_file
from balsts.registry.models import Person
from balsts.registry.personal_codes import NotAPersonalCode
from balsts.registry.recording import new_source
from balsts.registry.selectors import find_persons

_DATA_SUBJECT = Acting(None, None, "", "data_protection_officer", "data_subject")


def check(_: argparse.Namespace) -> int:
    """Say where facts and the law's inputs do not fit."""
    found = list(disagreements())
    for one in found:
        print(one)
    if not found:
        print(f"{len(FACT_TYPES)} types of facts and {len(RELATION_KINDS)} of relations fit the inputs of the law.")
    return 1 if found else 0


def add(arguments: argparse.Namespace) -> int:
    """Register a household file."""
    month = _month(arguments.on) if arguments.on else None
    tree = read_file(arguments.file)
    with in_scope(the_platform()):
        household, persons = take_declaration(new_source("declaration", str(arguments.file.name)), tree, month)
        log_access(the_platform(), "record", [one.pk for one in persons.values()], "declaration, by command")
    print(f"household {household.pk}")
    for name, person in persons.items():
        print(f"{name} {person.pk}")
    return 0


def print_household(arguments: argparse.Namespace) -> int:
    """Print a registered household as a household file."""
    try:
        household = uuid.UUID(arguments.household)
    except ValueError:
        raise InputError("ID: expected a household's identifier, as `balsts registry add` prints it.") from None
    month, at = _month(arguments.on), _moment(arguments.known_at)
    with in_scope(the_platform()):
        found = household_file(household, month, at)
        log_access(
            the_platform(), "read", [uuid.UUID(one) for one in found.content["persons"]], "household, by command"
        )
    print(json.dumps(found.content, indent=1, ensure_ascii=False))
    for doubt in found.doubts:
        sys.stderr.write(f"balsts: doubtful: {doubt}\n")
    return 0


def load(arguments: argparse.Namespace) -> int:
    """Load a file in bulk."""
    with tqdm(desc=arguments.file.name, unit=" rows", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

        def tell(done: int, rows: int) -> None:
            bar.total = rows
            bar.update(done - bar.n)

        if arguments.facts_of:
            found = bulk.load_facts(arguments.file, bulk.loaded(arguments.facts_of), tell)
        else:
            found = bulk.load_population(arguments.file, first_day(_month(arguments.on)), tell)
    print(f"load {found.pk}: {found.rows_done:,} of {found.rows:,} rows")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Print or write the file of a person."""
    person = _person(arguments.person)
    found = export_person(_DATA_SUBJECT, person, with_sealed=arguments.with_sealed)
    text = json.dumps(found, indent=1, ensure_ascii=False)
    if arguments.out is None:
        print(text)
        return 0
    try:
        # Made for its owner alone before anything is in it, and nothing that is there already is written over.
        made = os.open(arguments.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError:
        raise InputError(f"--out: {arguments.out} is there already; expected the name of a new file.") from None
    return 0


def _person(text: str) -> uuid.UUID:
    try:
        wanted = {uuid.UUID(text)} if text.count("-") == 4 else set(find_persons(_DATA_SUBJECT, code=text))
    except (ValueError, NotAPersonalCode):
        raise InputError("PERSON: expected a person's identifier, as `balsts registry add` prints it, or a personal "
                         "code of eleven digits.") from None  # fmt: skip
    with in_scope(_DATA_SUBJECT):
        found = Person.objects.filter(pk__in=wanted).first()
    if found is None:
        raise InputError("PERSON: nobody in the registry has this identifier or personal code; "
                         "look in the portal for the one they have.")  # fmt: skip
    return found.pk


def retain(arguments: argparse.Namespace) -> int:
    """Count or erase what is due, and list the periods that nobody knows."""
    today = timezone.localdate()
    for one in retention.erase(today) if arguments.erase else retention.due(today):
        print(f"{one.rule}: {one.statements:,}")
    for rule in retention.RULES:
        if rule.years is None:
            print(f"{rule} ? {getattr(rule, arguments.lang)}")
    return 0


def _month(text: str) -> Month:
    try:
        return month_from(text)
    except ValueError as error:
        raise InputError(f"--on: {error}.") from None


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InputError("--known-at: expected a moment with its zone, such as 2026-03-01T12:00:00+02:00.")
    return found

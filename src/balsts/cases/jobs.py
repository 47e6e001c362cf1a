"""What `balsts cases` does, once the database is ready; its runner acts as the platform, and that is recorded."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection
from tqdm import tqdm

from balsts.access.acting import in_scope, the_platform
from balsts.access.log import log_access
from balsts.cases import background, rehearsal, runs, take_up, works
from balsts.cases.dependency import Touch, touched_by
from balsts.cases.determining import explanation, same_lines
from balsts.cases.determining import replay as replayed
from balsts.cases.drafts_of_law import enact as enact_draft
from balsts.cases.drafts_of_law import load_draft, read_files
from balsts.cases.law_in_force import LawInForce, law_in_force, states_of_law
from balsts.cases.models import Case, Decision, LawDraft, Run
from balsts.cases.runs import Progress
from balsts.cases.types.checks import complaints
from balsts.cases.types.reading import case_types
from balsts.law.engine.errors import DomainError, InputError
from balsts.law.engine.quantities import euros, month_from
from balsts.law.engine.vocabulary import Month
from balsts.registry.bulk import loaded

_SHORT = 12


def work(arguments: argparse.Namespace) -> int:
    """Do what is deferred."""
    background.run_worker(wait=not arguments.once)
    return 0


def nightly(arguments: argparse.Namespace) -> int:
    """Defer, or do, what is due once a night."""
    if not arguments.now:
        found = background.defer_nightly()
        print(json.dumps({"deferred": found}) if arguments.json else f"deferred: {', '.join(found) or 'nothing new'}")
        return 0
    done = {name: _result(run) for name, run in background.nightly_now().items()}
    for name, result in done.items():
        if not arguments.json:
            print(f"{name}: {json.dumps(result, sort_keys=True)}")
    if arguments.json:
        print(json.dumps(done, sort_keys=True))
    return 0


def _result(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {}
    with in_scope(the_platform()):
        return dict(Run.objects.get(pk=run.pk).result)


# -- reassessment --------------------------------------------------------------------------------------------------


def reassess(arguments: argparse.Namespace) -> int:
    """Begin a run, or go on with one, and do it."""
    run = _run(arguments)
    if run is None:
        print("{}" if arguments.json else "no case is touched")
        return 0
    with _helpers(run, arguments.workers - 1), _bar(run, "cases") as tell:
        runs.work(run.pk, tell)
    result = _result(run)
    if arguments.json:
        print(json.dumps({"run": str(run.pk), "total": run.total, **result}, sort_keys=True))
    else:
        print(f"run {run.pk}: {run.total:,} cases; {json.dumps(result.get('outcomes', {}), sort_keys=True)}")
    return 0


def _run(arguments: argparse.Namespace) -> Run | None:
    if arguments.resume:
        with in_scope(the_platform()):
            found = Run.objects.filter(pk=_uuid(arguments.resume, "--resume")).first()
        if found is None:
            raise InputError(
                "--resume: there is no such run; expected an identifier that `balsts cases reassess` printed."
            )
        return found
    if arguments.law_change:
        return works.begin_law_change(_law(arguments.law_change), law_in_force())
    if arguments.case:
        with in_scope(the_platform()):
            case = Case.objects.filter(number=arguments.case).first()
        if case is None:
            raise InputError(f"--case: there is no case {arguments.case}; expected a number such as SP-2026-000417.")
        return works.begin_cases([case.pk], "fact")
    if arguments.load:
        return _of_load(arguments.load)
    return works.begin_news()


def _of_load(name: str) -> Run | None:
    """Cases of the persons and households that a bulk load told something of."""
    source = loaded(name).source_id
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, daterange(min(lower(valid)), NULL), array_agg(DISTINCT person_id) FILTER (WHERE person_id "
            "IS NOT NULL), array_agg(DISTINCT household_id) FILTER (WHERE household_id IS NOT NULL) "
            "FROM registry_fact WHERE source_id = %s GROUP BY type",
            [source],
        )
        touches = [Touch(type_, valid, tuple(persons or ()), tuple(homes or ()))
                   for type_, valid, persons, homes in cursor.fetchall()]  # fmt: skip
        touched = touched_by(touches)
    return works.begin_cases(touched, "fact") if touched else None


def _law(text: str) -> LawInForce:
    found = [one for one in states_of_law() if one.sha256.startswith(text)]
    if not found:
        known = ", ".join(one.sha256[:_SHORT] for one in states_of_law())
        raise InputError(f"--law-change: no text of law here has a hash that begins so; there are {known}.")
    return found[0]


@contextmanager
def _helpers(run: Run, count: int) -> Iterator[None]:
    """Further processes that take parts of the same run; they end when none is left."""
    command = [sys.executable, "-m", "balsts.cli", "cases", "reassess", "--resume", str(run.pk), "--json"]
    started = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(count)]
    try:
        yield
    finally:
        for one in started:
            one.wait()


@contextmanager
def _bar(run: Run, unit: str) -> Iterator[Callable[[Progress], None]]:
    with tqdm(total=run.total, unit=f" {unit}", delay=2, disable=not sys.stderr.isatty()) as bar:

        def tell(one: Progress) -> None:
            bar.update(one.done - bar.n)

        yield tell


# -- drafts of law -------------------------------------------------------------------------------------------------


def rehearse(arguments: argparse.Namespace) -> int:
    """Load a draft, try it on the cases it touches, and print what comes of it."""
    month = _month(arguments.on) if arguments.on else None
    text, rules = read_files(arguments.draft)
    draft = load_draft(the_platform(), text, rules=rules)
    run = rehearsal.begin_rehearsal(the_platform(), draft, month)
    with _bar(run, "cases") as tell:
        runs.work(run.pk, tell)
    with in_scope(the_platform()):
        found = rehearsal.shown(Run.objects.get(pk=run.pk), arguments.lang)
    if arguments.json:
        print(json.dumps(_rehearsal_json(draft, found), ensure_ascii=False, sort_keys=True))
        return 0
    print(f"draft {draft.sha256[:_SHORT]} {draft.name}")
    print(f"cases {found.cases:,}; to redo {_or_few(found.redone)}; one by one {found.one_by_one}")
    for row in (*found.by_right, *found.by_place):
        print(f"  {row.name} [{row.code}]: + {_or_few(row.winners)} - {_or_few(row.losers)} "
              f"{_euros(row.cost_cents_month)} a month, {_euros(row.cost_cents_year)} a year")  # fmt: skip
    return 0


def _rehearsal_json(draft: LawDraft, found: rehearsal.Shown) -> dict[str, Any]:
    return {
        "draft": str(draft.pk), "sha256": draft.sha256, "name": draft.name, "cases": found.cases,
        "redone": found.redone, "notices": found.notices, "one_by_one": found.one_by_one, "hidden": found.hidden,
        "by_right": [vars(one) for one in found.by_right], "by_municipality": [vars(one) for one in found.by_place],
        "steps": found.steps,
    }  # fmt: skip


def _or_few(count: int | None) -> str:
    return f"1-{rehearsal.FEWEST - 1}" if count is None else f"{count:,}"


def _euros(cents: int | None) -> str:
    if cents is None:
        return "not shown"
    return f"{'-' if cents < 0 else ''}{euros(abs(cents))} EUR"


def enact(arguments: argparse.Namespace) -> int:
    """Make a draft part of the law that decides."""
    with in_scope(the_platform()):
        found = [
            one
            for one in LawDraft.objects.all()
            if arguments.draft in (str(one.pk), one.sha256[: len(arguments.draft)])
        ]
    if len(found) != 1 or len(arguments.draft) < _SHORT:
        raise InputError(f"DRAFT: expected the identifier of a draft, or {_SHORT} or more digits of its hash.")
    try:
        since = date.fromisoformat(arguments.since)
    except ValueError:
        raise InputError("--from: expected a day such as 2027-01-01.") from None
    enacted = enact_draft(the_platform(), found[0].pk, since)
    print(
        f"{enacted.name}: part of the law from {enacted.since}; the text is then {law_in_force(since).sha256[:_SHORT]}"
    )
    return 0


def find_unclaimed(arguments: argparse.Namespace) -> int:
    """Find what nobody has claimed."""
    run = take_up.begin_take_up()
    with _bar(run, "households") as tell:
        runs.work(run.pk, tell)
    result = _result(run)
    if arguments.json:
        print(json.dumps(result, sort_keys=True))
        return 0
    print(f"{result.get('households', 0):,} households, {result.get('persons', 0):,} persons")
    for code, count in sorted(result.get("found", {}).items()):
        print(f"  {code}: {count:,}")
    return 0


# -- replay and declarations ---------------------------------------------------------------------------------------


def replay(arguments: argparse.Namespace) -> int:
    """Work a sample of decisions out again and compare digest, lines and explanation."""
    platform = the_platform()
    with in_scope(platform):
        signed = Decision.objects.filter(trace__isnull=False).order_by("?")[: arguments.sample]
        ids = list(signed.values_list("pk", flat=True))
    wrong: dict[str, str] = {}
    for pk in tqdm(ids, unit=" decisions", delay=2, disable=not sys.stderr.isatty()):
        with in_scope(platform):
            decision = Decision.objects.select_related("determination", "case", "trace").get(pk=pk)
            log_access(platform, "read", filter(None, [decision.case.subject_id]), f"replay of {decision.number}")
            if why := _differs(decision):
                wrong[decision.number] = why
    if arguments.json:
        print(json.dumps({"replayed": len(ids), "differ": wrong}, sort_keys=True))
    else:
        print("\n".join([*(f"{number}: {why}" for number, why in wrong.items()),
                         f"{len(ids) - len(wrong)} of {len(ids)} decisions come out the same"]))  # fmt: skip
    return 1 if wrong else 0


def _differs(decision: Decision) -> str:
    """What differs when a decision is worked out again; empty: nothing."""
    assert decision.determination is not None
    try:
        again = replayed(decision.determination)
    except DomainError as error:
        return "; ".join(map(str, error.messages))
    if again.digest != decision.determination.digest:
        return "the digest differs"
    if not same_lines(decision.determination.lines.all(), again.lines):
        return "lines differ"
    return "" if explanation(again) == zlib.decompress(bytes(decision.trace.content)) else "the explanation differs"


def lint(arguments: argparse.Namespace) -> int:
    """Read all declarations and check them together; a mistake in one is told with its place."""
    found, wrong = case_types(), complaints()
    for what in wrong:
        print(what, file=sys.stderr)
    if arguments.json:
        listed = {code: {"lv": one.name.lv, "en": one.name.en, "codes": one.codes} for code, one in found.items()}
        print(json.dumps(listed, ensure_ascii=False))
    else:
        for code, one in found.items():
            print(f"{code}: {one.name.en}; {len(one.codes)} rights and statuses")
    return 1 if wrong else 0


def _month(text: str) -> Month:
    try:
        return month_from(text)
    except ValueError as error:
        raise InputError(f"--on: {error}.") from None


def _uuid(text: str, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise InputError(f"{name}: expected an identifier such as 019ad4c5-8a10-7e01-8000-2f6d4a1b3c5e.") from None

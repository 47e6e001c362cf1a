"""Runs: work over many cases in parts that any number of workers take, side by side.

A part is one transaction: its results, and that it is done, are written together. A worker that is killed leaves
nothing behind but a free part, so a run goes on where it was, and nothing is done twice.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Func, IntegerField, Max, Q, Sum
from django.utils import timezone

from balsts.access.acting import in_scope, the_platform
from balsts.cases.models import LawDraft, Run, RunPart

Work = Callable[[RunPart], Mapping[str, Any]]
"""What does a part: its subjects in, sums that name nobody out. It runs in the part's transaction, as the platform."""
WORKS: dict[str, Work] = {}
"""What does the parts of each kind of run; `works.py` fills it."""


@dataclass(frozen=True)
class Progress:
    """How far a run is, in parts that are written, by whichever worker: nothing is guessed.

    Attributes:
        done, total: cases or households.
        a_second: as many were done a second, from the beginning to the last part that was written.
    """

    done: int
    total: int
    a_second: float


def begin(
    kind: str, subjects: Sequence[uuid.UUID], asked: Mapping[str, Any], *, size: int, draft: LawDraft | None = None,
    staff: uuid.UUID | None = None,
) -> Run:  # fmt: skip
    """Begin a run: cut its subjects into parts of a size."""
    with in_scope(the_platform()):
        run = Run.objects.create(kind=kind, asked=dict(asked), total=len(subjects), draft=draft, by_staff=staff)
        parts = (RunPart(run=run, number=number, subjects=list(some))
                 for number, some in enumerate(_cut(subjects, size)))  # fmt: skip
        RunPart.objects.bulk_create(parts, batch_size=200)
        if not subjects:
            _finish(run.pk)
    return run


def _cut(subjects: Sequence[uuid.UUID], size: int) -> Iterator[Sequence[uuid.UUID]]:
    for first in range(0, len(subjects), size):
        yield subjects[first : first + size]


def work(run_id: uuid.UUID, tell: Callable[[Progress], None] = lambda one: None) -> int:
    """Take parts of a run and do them until none is left that nobody else does.

    Returns:
        How many parts this worker did.
    """
    count = 0
    while _one_part(run_id):
        count += 1
        tell(progress(run_id))
    with in_scope(the_platform()):
        if not RunPart.objects.filter(run=run_id, done_at__isnull=True).exists():
            _finish(run_id)
    return count


def _one_part(run_id: uuid.UUID) -> bool:
    """Do one part, whole or not at all; a part that another worker holds is left to it."""
    with in_scope(the_platform()):
        free = RunPart.objects.select_for_update(skip_locked=True, of=("self",)).select_related("run", "run__draft")
        part = free.filter(run=run_id, done_at__isnull=True).order_by("number").first()
        if part is None:
            return False
        part.result = dict(WORKS[part.run.kind](part))
        part.done_at, part.worker = timezone.now(), f"{socket.gethostname()}:{os.getpid()}"[:80]
        part.save(update_fields=["result", "done_at", "worker"])
    return True


def progress(run_id: uuid.UUID) -> Progress:
    """How far a run is."""
    with in_scope(the_platform()):
        run = Run.objects.get(pk=run_id)
        done = run.parts.filter(done_at__isnull=False)
        seen = done.aggregate(done=Sum(Func("subjects", function="cardinality", output_field=IntegerField())),
                              last=Max("done_at"))  # fmt: skip
    seconds = (seen["last"] - run.made_at).total_seconds() if seen["last"] else 0
    return Progress(seen["done"] or 0, run.total, round(seen["done"] / seconds, 1) if seconds else 0.0)


def _finish(run_id: uuid.UUID) -> None:
    """Sum up what the parts came to, once."""
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.finished_at is None:
        run.result = summed(run.parts.order_by("number").values_list("result", flat=True))
        run.finished_at = timezone.now()
        run.save(update_fields=["result", "finished_at"])


def summed(results: Any) -> dict[str, Any]:
    """Sums of parts together: numbers are added, and mappings by their keys."""
    found: dict[str, Any] = {}
    for one in results:
        for key, value in one.items():
            found[key] = summed([found.get(key, {}), value]) if isinstance(value, dict) else found.get(key, 0) + value
    return found


def unfinished(kind: str | None = None) -> list[Run]:
    """Runs that are not finished, oldest first."""
    with in_scope(the_platform()):
        of_kind = Q(kind=kind) if kind else Q()
        return list(Run.objects.filter(of_kind, finished_at__isnull=True).order_by("made_at"))

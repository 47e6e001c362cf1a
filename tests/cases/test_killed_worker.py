"""A worker that is killed in the middle of a part: nothing of the part stays, another one does it, each part once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.cases.models import LawText, Run, RunPart
from balsts.cases.runs import WORKS, begin, work
from balsts.database.server import APPLICATION, DATABASE, OWNER, PORT, Cluster
from tests.registry.situations import PLATFORM

PARTS, STUCK, PATIENCE = 6, 3, 120
_WORKER = f"""
import time, django, uuid, sys
django.setup()
from balsts.cases import runs, works
from balsts.cases.models import LawText
def mark(part):
    LawText.objects.create(sha256=f"part-{{part.number}}")
    if part.number == {STUCK}:
        print("stuck", flush=True)
        time.sleep({PATIENCE})
    return {{"cases": len(part.subjects)}}
runs.WORKS["cases"] = mark
runs.work(uuid.UUID(sys.argv[1]))
"""


@pytest.fixture
def run(django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[Run]:
    """A run of parts that is there for every process; taken away by the owner at the end."""
    with django_db_blocker.unblock():
        made = begin(Run.Kind.CASES, [uuid.uuid4() for _ in range(2 * PARTS)], {"cause": "time"}, size=2)
        yield made
        connections.close_all()
    with cluster.connect(OWNER) as owner:
        owner.execute("DELETE FROM cases_runpart WHERE run_id = %s", [made.pk])
        owner.execute("DELETE FROM cases_run WHERE id = %s", [made.pk])
        owner.execute("DELETE FROM cases_lawtext WHERE sha256 LIKE 'part-%%'")


def test_a_part_of_a_killed_worker_is_done_by_another_and_every_part_once(
    run: Run, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = (
        f"postgresql://{APPLICATION}:{cluster.password(APPLICATION)}@/{DATABASE}?host={cluster.socket}&port={PORT}"
    )
    surroundings = os.environ | {"DATABASE_URL": address, "BALSTS_SECRET_KEY": "0" * 50,
                                 "DJANGO_SETTINGS_MODULE": "balsts.settings"}  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", _WORKER, str(run.pk)], env=surroundings, stdout=subprocess.PIPE,
                          text=True) as killed:  # fmt: skip
        assert killed.stdout is not None
        assert killed.stdout.readline() == "stuck\n"
        killed.send_signal(signal.SIGKILL)
    marked: list[int] = []

    def mark(part: RunPart) -> dict[str, int]:
        LawText.objects.create(sha256=f"part-{part.number}")
        marked.append(part.number)
        return {"cases": len(part.subjects)}

    monkeypatch.setitem(WORKS, Run.Kind.CASES, mark)
    _until_let_go(run)
    work(run.pk)
    assert marked == list(range(STUCK, PARTS))
    with in_scope(PLATFORM):
        assert LawText.objects.filter(sha256__startswith="part-").count() == PARTS
        assert Run.objects.get(pk=run.pk).result == {"cases": 2 * PARTS}


def _until_let_go(run: Run) -> None:
    """The database notices soon that the killed worker is gone, and frees what it held."""
    for _ in range(PATIENCE):
        with in_scope(PLATFORM):
            free = RunPart.objects.select_for_update(skip_locked=True).filter(run=run, number=STUCK).exists()
        if free:
            return
        time.sleep(1)
    pytest.fail("the part of the killed worker stays locked")

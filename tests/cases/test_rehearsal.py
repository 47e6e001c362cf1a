"""Drafts of law: read and refused, rehearsed with nobody named, enacted by a day; and what nobody has claimed."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from balsts.access.acting import in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases import runs
from balsts.cases.drafts_of_law import enact, load_draft
from balsts.cases.law_in_force import law_in_force
from balsts.cases.models import LawDraft, Run, Unclaimed
from balsts.cases.rehearsal import begin_rehearsal, protected, shown
from balsts.cases.take_up import begin_take_up, for_person, for_staff, settle
from balsts.law.engine.errors import DomainError, InputError
from balsts.law.engine.quantities import month_from
from tests.access.people import LIEPAJA, RIGA, agency, at_work
from tests.cases.situations import applied, home, told, worker
from tests.cases.test_reassessing import GMI_UP, granted
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def analyst(name: str = "analyst"):
    return at_work(name, agency(), "policy_analyst", "policy")


@pytest.mark.parametrize(("text", "said"), [
    ("name: x", "changes nothing"),
    ("name: x\nparameters: {gmi.first: {from: 2026-01-01, value: '1', reference: a}}", "not a parameter"),
    ("name: x\nparameters: {thresholds.gmi_first: {from: 2026-01-01, value: a, reference: a}}", "thresholds.gmi_first"),
    ("name: x\nrules: evil.py", "command on the server"),
])  # fmt: skip
def test_a_draft_that_does_not_fit_the_law_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        load_draft(analyst(), text)
    with in_scope(PLATFORM):
        assert not LawDraft.objects.exists()


def test_the_same_draft_twice_is_one_and_only_analysts_load_drafts() -> None:
    assert load_draft(analyst(), GMI_UP).pk == load_draft(analyst(), GMI_UP).pk
    with pytest.raises(AccessDenied):
        load_draft(worker(), GMI_UP)


def test_rules_are_code_and_no_page_can_bring_them_whoever_writes() -> None:
    who = analyst()
    with in_scope(who), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        LawDraft.objects.create(name="x", text="x", rules="import os", sha256="0" * 64, loaded_by=who.staff)


def test_an_enacted_draft_decides_from_its_day_and_its_text_never_changes() -> None:
    before, today = law_in_force().sha256, timezone.localdate()
    draft = load_draft(analyst(), GMI_UP)
    with pytest.raises(DomainError, match="Whoever loaded a draft"):
        enact(analyst(), draft.pk, today)
    with pytest.raises(DomainError, match="is past"):
        enact(analyst("second"), draft.pk, today - timedelta(days=1))
    enact(analyst("second"), draft.pk, today + timedelta(days=10))
    assert law_in_force().sha256 == before
    assert law_in_force(today + timedelta(days=10)).sha256 != before
    with in_scope(PLATFORM), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        LawDraft.objects.filter(pk=draft.pk).update(text="another")


def test_a_rehearsal_counts_winners_and_cost_and_shows_nothing_of_fewer_than_five() -> None:
    for _ in range(2):
        granted(home().mother)
    draft = load_draft(analyst(), GMI_UP)
    run = begin_rehearsal(analyst(), draft, month_from("2026-02"))
    runs.work(run.pk)
    with in_scope(analyst()):
        run = Run.objects.get(pk=run.pk)
        cell = run.result["cells"][RIGA]["gmi_benefit"]
        # Ten euros more for each of two households in February, March and April.
        assert (cell["winners"], cell["cost_first"], cell["cost"]) == (2, 20_00, 60_00)
        found = shown(run, "lv")
    assert (found.cases, found.redone) == (2, None)
    assert all(row.winners is None and row.cost_cents_month is None for row in (*found.by_right, *found.by_place))
    assert [protected(one) for one in (0, 1, 4, 5)] == [0, None, None, 5]


def test_where_one_line_alone_is_hidden_so_is_the_smallest_other_that_would_give_it_away() -> None:
    cell = {"winners": 7, "losers": 0, "cost": 70, "cost_first": 7}
    many, few = cell | {"winners": 90}, cell | {"winners": 2}
    run = Run(
        result={"cells": {RIGA: {"gmi_benefit": many}, LIEPAJA: {"gmi_benefit": cell}, "-": {"gmi_benefit": few}}}
    )
    rows = {row.code: row.winners for row in shown(run, "en").by_place}
    assert rows == {RIGA: 90, LIEPAJA: None, "-": None}


def test_a_rehearsal_changes_no_case_and_is_seen_by_analysts_alone() -> None:
    decision = granted(home().mother)
    run = begin_rehearsal(analyst(), load_draft(analyst(), GMI_UP), month_from("2026-02"))
    runs.work(run.pk)
    with in_scope(PLATFORM):
        assert not decision.case.changes.exists()
    with in_scope(worker()):
        assert not Run.objects.exists()
    with pytest.raises(AccessDenied):
        begin_rehearsal(worker(), LawDraft(), month_from("2026-02"))


def unclaimed() -> dict[tuple[uuid.UUID, str], Unclaimed]:
    runs.work(begin_take_up().pk)
    with in_scope(PLATFORM):
        return {(one.person_id, one.code): one for one in Unclaimed.objects.exclude(state="over")}


def test_what_nobody_has_claimed_is_found_of_whom_every_fact_is_known_and_of_nobody_who_has_it_or_asked() -> None:
    found, has, asked, unsure = home(), home(surname="Kalniņa"), home(surname="Liepa"), home(surname="Egle")
    granted_now(has.mother)
    applied(worker(), asked.mother)
    with in_scope(PLATFORM):
        from balsts.registry.models import Fact
        from balsts.registry.recording import new_source, withdraw

        for fact in Fact.objects.filter(person=unsure.mother, origin__code="tax_authority", recorded__upper_inf=True):
            withdraw(fact, new_source("tax_authority", "message 2", reason="the register took it back"))
    hints = unclaimed()
    assert {person for person, code in hints if code == "gmi_benefit"} == {found.mother.pk}
    # 187.00 + 131.00 - 64.00
    assert hints[found.mother.pk, "gmi_benefit"].amount == 254_00


def granted_now(person) -> None:
    """A case whose grant reaches the present month."""
    from balsts.cases.chain import check, draft_decision, sign
    from balsts.cases.determining import determine
    from tests.cases.situations import head

    who, since = worker(), timezone.localdate().replace(day=1)
    case = applied(who, person, since=since).case
    decision = draft_decision(who, case, determination=determine(who, case, since, "application"))
    check(head(), decision)
    sign(head(), decision)


def test_a_hint_is_seen_by_the_persons_office_and_by_themselves_and_goes_when_it_is_over() -> None:
    found = home()
    hints = unclaimed()
    hint = hints[found.mother.pk, "gmi_benefit"]
    assert {one.pk for one in for_staff(worker())} == {one.pk for one in hints.values()}
    assert for_staff(worker(LIEPAJA)) == []
    assert hint.pk in {one.pk for one in for_person(the_person(found.mother.pk))}
    assert settle(worker(LIEPAJA), hint.pk, "offered") is None
    assert settle(worker(), hint.pk, "offered").state == "offered"
    assert settle(the_person(found.mother.pk), hint.pk, "declined").state == "declined"
    assert hint.pk not in {one.pk for one in for_staff(worker())}
    told(found.mother, "tax_authority", "wage_net_eur_month", "2000.00")
    assert (found.mother.pk, "gmi_benefit") not in unclaimed()


def test_a_draft_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="more than"):
        load_draft(analyst(), "#" * 300_000)

"""Many cases at once: columns say what household files say, a law change finds what it changes, each case once."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from balsts.access.acting import in_scope
from balsts.cases import background
from balsts.cases.decided import stretches
from balsts.cases.drafts_of_law import amendment_of, laid_over
from balsts.cases.law_in_force import law_in_force
from balsts.cases.many_cases import batch_of
from balsts.cases.models import Case, Change, Run, RunPart
from balsts.cases.reassessing import reassess
from balsts.cases.registry_columns import Asking, Registry
from balsts.cases.runs import begin, progress, work
from balsts.cases.timeline import timeline
from balsts.cases.works import LAW_PART, begin_cases, begin_law_change
from balsts.law.engine.household import read_household
from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.registry.household_file import household_file
from balsts.registry.recording import days
from balsts.registry.use_cases import state_fact, state_relation
from tests.cases.situations import home, told
from tests.cases.test_reassessing import GMI_UP, granted
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])

FEB, MAY = month_from("2026-02"), month_from("2026-05")


def varied_homes() -> list[uuid.UUID]:
    """Households with what is easily read wrongly: a birth within the month, stale and contradictory facts, ties."""
    first = home().household
    lone = household_of(somebody("Jānis", "Kalns", sex="m", born="1950-03-03"))
    mother, father = somebody("Ilze", "Ozola"), somebody("Māris", "Ozols", sex="m", born="1988-01-02")
    baby = somebody("Zane", "Ozola", born="2026-03-17")
    family = household_of(mother, father)
    with in_scope(PLATFORM):
        source = declaration()
        from balsts.registry.models import Membership
        from balsts.registry.recording import state

        state(Membership(person=baby, household=family, source=source, valid=days(date(2026, 3, 17))))
        state_relation(source, "partner", mother, father, days(LONG_AGO))
        state_relation(source, "parent", baby, mother, days(None))
        state_relation(source, "parent", baby, father, days(None))
        state_fact(source, "wage_net_eur_month", "700.00", days(LONG_AGO), person=father)
        state_fact(source, "savings_eur", "120.00", days(LONG_AGO), person=mother)
        state_fact(source, "applied_for", ["childbirth_benefit"], days(LONG_AGO), person=mother)
        state_fact(source, "pension_eur_month", "55.00", days(LONG_AGO), person=father)
    told(father, "tax_authority", "wage_net_eur_month", "650.00", date(2026, 3, 1), date(2026, 5, 1))
    told(father, "tax_authority", "wage_net_eur_month", None, date(2026, 5, 1))
    return [first.pk, lone.pk, family.pk]


def test_columns_of_the_registry_say_what_household_files_say() -> None:
    homes = varied_homes()
    law = law_in_force().law
    with in_scope(PLATFORM):
        names = {one.name for one in law.catalogue.inputs if one.kind != "codes"} | {"applied_for_childbirth_benefit"}
        asked = [Asking(uuid.uuid4(), one, FEB, FEB) for one in homes]
        registry = Registry(asked, FEB, MAY, names)
        for month in map(Month, range(FEB, MAY + 1)):
            layout = registry.layout(month, month)
            assert registry.irregular == set()
            for number, one in enumerate(homes):
                facts, _ = read_household(household_file(one, month).tree, law.catalogue, law.rights(), month)
                found = layout.columns.facts(number)
                ids = [str(registry.ids[at]) for at in layout.persons[layout.household == number]]
                assert ids == facts.ids
                for name, values in found.persons.items():
                    assert values == facts.persons[name], (name, month, number)
                for name, value in found.household.items():
                    assert value == facts.household[name], (name, month, number)


def test_income_is_averaged_in_columns_as_in_a_timeline() -> None:
    found = home(wage="0.00")
    for month, amount in ((11, "30.00"), (12, "60.00")):
        told(found.mother, "tax_authority", "wage_net_eur_month", amount, date(2025, month, 1),
             date(2025 + month // 12, month % 12 + 1, 1))  # fmt: skip
    told(found.mother, "tax_authority", "wage_net_eur_month", "102.01", date(2026, 1, 1), date(2026, 2, 1))
    decision = granted(found.mother)
    with in_scope(PLATFORM):
        batch = batch_of([decision.case], (law_in_force(),), FEB, MAY)
        layout = batch.layout(FEB)
        asked = stretches(decision.case)[0].asked(decision.case)
        answer = timeline(law_in_force(), asked).answers[FEB]
    ids = [str(batch.registry.ids[at]) for at in layout.persons]
    plain = dict(zip(answer.results.facts.ids, answer.results.facts.persons["wage_net"], strict=True))
    assert dict(zip(ids, layout.columns.persons["wage_net"].tolist(), strict=True)) == plain
    assert plain[str(found.mother.pk)] == 64_00  # (30.00 + 60.00 + 102.01) / 3 = 64.003…


def test_a_law_change_is_found_in_the_cases_it_changes_and_in_no_other() -> None:
    poor, better = granted(home().mother), granted(home(surname="Kalniņa", wage="250.00").mother)
    new = laid_over(amendment_of(GMI_UP.replace("gmi_first", "gmi_other").replace("197.00", "141.00")))
    lone = granted(household_alone())
    with in_scope(PLATFORM):
        cases = list(Case.objects.filter(pk__in=[poor.case_id, better.case_id, lone.case_id]).order_by("pk"))
        batch = batch_of(cases, (law_in_force(), new), FEB, MAY)
        changed = {batch.questions[at].case.pk for gap in batch.gaps() for at in gap.cases.tolist()}
    # The amount for further members rises: it changes households of two, and not who lives alone.
    assert changed == {poor.case_id, better.case_id}
    assert not batch.plain | batch.registry.irregular


def household_alone():
    person = somebody("Pēteris", "Liepa", sex="m", municipality="0001000")
    household = household_of(person)
    with in_scope(PLATFORM):
        state_fact(declaration(), "housing_costs_eur_month", "90.00", days(LONG_AGO), household=household)
    for register, key in (("tax_authority", "wage_net_eur_month"), ("social_insurance", "pension_eur_month"),
                          ("social_insurance", "other_counted_income_eur_month"),
                          ("disability_commission", "disability_group"), ("prisons", "is_imprisoned"),
                          ("disability_commission", "is_disabled_child"),
                          ("employment_agency", "unemployed_since")):  # fmt: skip
        told(person, register, key, None)
    return person


def test_a_run_over_a_law_change_proposes_the_same_as_working_each_case_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from balsts.cases import law_in_force as module

    decisions = [granted(home(surname=f"Bērziņa{at}".rstrip("0123456789"), wage=wage).mother)
                 for at, wage in enumerate(("64.00", "300.00"))]  # fmt: skip
    lone = granted(household_alone())
    old, amendment = law_in_force(), amendment_of(GMI_UP)
    new = laid_over(amendment)
    monkeypatch.setattr(module, "_enacted", lambda: [(amendment, date(2026, 1, 1))])
    run = begin_law_change(old, new)
    assert work(run.pk) == 1
    with in_scope(PLATFORM):
        run = Run.objects.get(pk=run.pk)
        assert run.finished_at is not None
        assert run.result["outcomes"] == {"changed": 3}
        changes = {one.case_id: one for one in Change.objects.all()}
        assert changes.keys() == {*(one.case_id for one in decisions), lone.case_id}
        assert {one.after - one.before for one in changes[lone.case_id].lines.filter(code="gmi_benefit")} == {10_00}
    assert progress(run.pk).done == 3
    assert [reassess(one.case_id, "law").outcome for one in decisions] == ["proposed_before"] * 2


def test_a_part_that_is_done_is_not_done_again_and_an_empty_run_is_finished() -> None:
    found = home()
    decision = granted(found.mother)
    run = begin_cases([decision.case_id], "time")
    assert (work(run.pk), work(run.pk)) == (1, 0)
    with in_scope(PLATFORM):
        part = RunPart.objects.get(run=run)
        assert Run.objects.get(pk=run.pk).result == {"cases": 1, "outcomes": {"unchanged": 1}}
        part.worker = "somebody else"
        with pytest.raises(IntegrityError, match="done already"), transaction.atomic():
            part.save(update_fields=["worker"])
    empty = begin(Run.Kind.CASES, [], {"cause": "time"}, size=LAW_PART)
    with in_scope(PLATFORM):
        assert Run.objects.get(pk=empty.pk).finished_at is not None


def test_a_run_that_a_worker_left_is_gone_on_with_at_night() -> None:
    run = begin_cases([granted(home().mother).case_id], "time")
    background.nightly_now()
    with in_scope(PLATFORM):
        assert Run.objects.get(pk=run.pk).result == {"cases": 1, "outcomes": {"unchanged": 1}}


def test_a_worker_that_begins_defers_what_was_left_unfinished() -> None:
    run = begin_cases([granted(home().mother).case_id], "time")
    background.go_on()
    assert ProcrastinateJob.objects.get(task_name="cases.run").args == {"run": str(run.pk)}

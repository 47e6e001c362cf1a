"""Contested decisions: in time or late, heard by somebody else, and a new decision in place of the old one."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases.appeals import contest, contest_by, hear, is_late, withdraw
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Appeal, Award, Case, Decision
from tests.access.people import RIGA, at_work, office
from tests.cases.situations import Home, decided, head, home, told, worker
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def hearer() -> Acting:
    return at_work("hearer", office(RIGA), "appeals_officer", "appeal")


def contested(found: Home, received_on: date = date(2026, 3, 2)) -> Appeal:
    decision = decided(worker(), head(), found.mother)
    return contest(the_person(found.mother.pk), decision, key=uuid.uuid4(), grounds="Alga ir mazāka.",
                   received_on=received_on)  # fmt: skip


def test_a_decision_made_known_on_20_february_can_be_contested_until_20_march() -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    with in_scope(PLATFORM):
        assert contest_by(decision) == date(2026, 3, 20)


def test_a_resident_contests_and_the_decision_stands() -> None:
    appeal = contested(home())
    heard = hear(hearer(), appeal, "upheld", "Register data were confirmed by the employer.")
    with in_scope(PLATFORM):
        assert not is_late(heard)
        assert Decision.objects.get(pk=appeal.decision_id).state == "in_force"
        assert Case.objects.get(pk=appeal.case_id).stage == "running"
        assert (
            Award.objects.filter(recorded__upper_inf=True, code="gmi_benefit").get().decision_id == appeal.decision_id
        )


def test_a_changed_decision_replaces_the_contested_one_from_its_first_month() -> None:
    found = home()
    appeal = contested(found)
    told(found.mother, "tax_authority", "wage_net_eur_month", "34.00", date(2025, 11, 1), date(2026, 2, 1))
    heard = hear(hearer(), appeal, "changed", "The register had counted a wage twice.")
    with in_scope(PLATFORM):
        award = Award.objects.get(recorded__upper_inf=True, code="gmi_benefit")
        # 318.00 less 34.00 on average
        assert award.spans.get().amount == 284_00
        assert award.decision_id == heard.new_decision_id
        assert Decision.objects.get(pk=appeal.decision_id).state == "replaced"
        assert Decision.objects.get(pk=heard.new_decision_id).state == "in_force"


def test_an_annulled_decision_leaves_no_award() -> None:
    appeal = contested(home())
    hear(hearer(), appeal, "annulled", "It was decided for another household.")
    with in_scope(PLATFORM):
        assert not Award.objects.filter(recorded__upper_inf=True).exists()


def test_contesting_twice_with_one_key_is_one_appeal_and_with_another_key_is_refused() -> None:
    found, key = home(), uuid.uuid4()
    decision = decided(worker(), head(), found.mother)
    who = the_person(found.mother.pk)
    first = contest(who, decision, key=key, grounds="Nepiekrītu.")
    assert contest(who, decision, key=key, grounds="Nepiekrītu.").pk == first.pk
    with pytest.raises(CaseNotReady, match="contested already"):
        contest(who, decision, key=uuid.uuid4(), grounds="Nepiekrītu.")


def test_what_comes_late_is_taken_in_and_only_then_can_be_called_late() -> None:
    late = contested(home(), received_on=date(2026, 3, 23))
    with in_scope(PLATFORM):
        assert is_late(late)
    assert hear(hearer(), late, "late", "Received three days after the last day.").outcome == "late"
    in_time = contested(home(surname="Kalniņa"))
    with pytest.raises(Exception, match="received in time"):
        hear(hearer(), in_time, "late", "No.")


def test_whoever_made_a_decision_cannot_hear_the_appeal() -> None:
    appeal = contested(home())
    signed_it = at_work(f"head-{RIGA}", office(RIGA), "appeals_officer", "appeal")
    with pytest.raises(AccessDenied, match=r"Whoever made a decision|nevar izskatīt"):
        hear(signed_it, appeal, "upheld", "It is right.")


def test_a_stranger_cannot_contest() -> None:
    found, other = home(), home(surname="Kalniņa")
    decision = decided(worker(), head(), found.mother)
    with pytest.raises(AccessDenied):
        contest(the_person(other.mother.pk), decision, key=uuid.uuid4(), grounds="Nepiekrītu.")


def test_an_appeal_is_taken_back_once() -> None:
    found = home()
    appeal = contested(found)
    withdraw(the_person(found.mother.pk), appeal)
    with in_scope(PLATFORM):
        assert Decision.objects.get(pk=appeal.decision_id).state == "in_force"
    with pytest.raises(CaseNotReady):
        withdraw(the_person(found.mother.pk), appeal)

"""Cards: issued by a signed decision, issued anew, taken back, and verified by yes or no alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases import cards
from balsts.cases.chain import check, draft_decision, sign
from balsts.cases.determining import determine
from balsts.cases.errors import CardRefused
from balsts.cases.models import Card, Decision, Event
from balsts.cases.types.declaration import CardKind
from balsts.cases.types.reading import case_type
from balsts.exchange.texts import Text
from tests.access.people import LIEPAJA
from tests.cases.situations import FEBRUARY, Home, applied, head, home, worker

pytestmark = pytest.mark.django_db(databases=["default", "log"])
today = timezone.localdate  # asked for within a test: tests may run over midnight


@pytest.fixture(autouse=True)
def a_card_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = case_type("assistance")
    card = CardKind("needy_card", Text("apliecība", "card"), 1, declared.cited)
    monkeypatch.setattr(cards, "case_type", lambda code: replace(declared, cards=(card,)))


@pytest.fixture
def family() -> Home:
    return home()


def drafted(found: Home) -> Decision:
    who, case = worker(), applied(worker(), found.mother).case
    return draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))


@pytest.fixture
def decision(family: Home) -> Decision:
    made = drafted(family)
    check(head(), made)
    sign(head(), made)
    return made


def test_a_card_is_issued_for_the_declared_years_and_verified(decision: Decision, family: Home) -> None:
    card = cards.issue(worker(), decision, "needy_card", family.mother, since=today())
    assert len(card.number) == 12
    assert cards.verify("needy_card", card.number, today())
    spaced = f" {card.number[:4].lower()}-{card.number[4:]} "
    assert cards.verify("needy_card", spaced, today())
    assert cards.verify("needy_card", card.number, card.valid.upper - timedelta(days=1))
    assert not cards.verify("needy_card", card.number, card.valid.upper)
    assert not cards.verify("other_card", card.number, today())
    assert not cards.verify("needy_card", "AAAABBBBCCCC", today())
    assert cards.verify("needy_card", card.number, today()) is True  # a yes or a no, and nothing of whose it is


def test_nobody_has_two_cards_of_a_kind_at_a_time(decision: Decision, family: Home) -> None:
    cards.issue(worker(), decision, "needy_card", family.mother, since=today())
    with pytest.raises(CardRefused, match="take it back first"):
        cards.issue(worker(), decision, "needy_card", family.mother, since=today())
    cards.issue(worker(), decision, "needy_card", family.child, since=today())


def test_a_lost_card_is_issued_again_with_another_number_for_the_days_left(decision: Decision, family: Home) -> None:
    card = cards.issue(worker(), decision, "needy_card", family.mother, since=date(2026, 2, 1))
    new = cards.issue_again(worker(), card, "nozaudēta")
    assert new.number != card.number
    assert (new.valid.lower, new.valid.upper) == (today(), card.valid.upper)
    assert not cards.verify("needy_card", card.number, today())
    assert cards.verify("needy_card", new.number, today())
    with in_scope(worker()):
        old = Card.objects.get(pk=card.pk)
        assert (old.replaced_by_id, old.revoked_because) == (new.pk, "nozaudēta")
        assert Event.objects.filter(case=decision.case, kind="card_issued_again").exists()
    with pytest.raises(CardRefused, match="taken back already"):
        cards.issue_again(worker(), card, "vēlreiz")


def test_a_card_that_is_taken_back_is_not_valid_any_more(decision: Decision, family: Home) -> None:
    card = cards.issue(worker(), decision, "needy_card", family.mother, since=today())
    with pytest.raises(CardRefused, match="say why"):
        cards.revoke(worker(), card, " ")
    cards.revoke(worker(), card, "statuss beidzies")
    assert not cards.verify("needy_card", card.number, today())
    with pytest.raises(CardRefused, match="taken back already"):
        cards.revoke(worker(), card, "vēlreiz")


def test_no_card_without_a_signed_decision_a_declared_kind_and_the_office(family: Home) -> None:
    made = drafted(family)
    with pytest.raises(CardRefused, match="is signed"):
        cards.issue(worker(), made, "needy_card", family.mother, since=today())
    check(head(), made)
    sign(head(), made)
    with pytest.raises(CardRefused, match="no card of the kind"):
        cards.issue(worker(), made, "gold_card", family.mother, since=today())
    with pytest.raises(CardRefused, match="to a person of the case"):
        cards.issue(worker(), made, "needy_card", home(surname="Kalniņa").mother, since=today())
    with pytest.raises(AccessDenied):
        cards.issue(worker(LIEPAJA), made, "needy_card", family.mother, since=today())
    with pytest.raises(AccessDenied):
        cards.issue(the_person(family.mother.pk), made, "needy_card", family.mother, since=today())


def test_a_card_that_has_run_out_is_not_issued_again(decision: Decision, family: Home) -> None:
    card = cards.issue(worker(), decision, "needy_card", family.mother, since=date(2024, 1, 1))
    with pytest.raises(CardRefused, match="run out"):
        cards.issue_again(worker(), card, "nozaudēta")


def test_the_database_keeps_cards_as_they_were_made(decision: Decision, family: Home) -> None:
    card = cards.issue(worker(), decision, "needy_card", family.mother, since=today())
    for statement in ("UPDATE cases_card SET number = 'X'", "UPDATE cases_card SET valid = 'empty'",
                      "DELETE FROM cases_card", "UPDATE cases_card SET revoked_at = now()",
                      "UPDATE cases_card SET revoked_because = 'x'"):  # fmt: skip
        with in_scope(worker()), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    cards.revoke(worker(), card, "kļūda")
    with in_scope(worker()), pytest.raises(IntegrityError, match="taken back already"), transaction.atomic():
        Card.objects.update(revoked_because="cits")
    with in_scope(the_person(family.mother.pk)):
        assert Card.objects.count() == 1  # whose case it is sees it, and changes nothing
        assert Card.objects.update(revoked_because="x") == 0
        other = Card(kind="needy_card", number="MINE", person=family.mother, case=decision.case, decision=decision,
                     valid=DateRange(today(), None))  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            other.save(force_insert=True)
    with in_scope(worker(LIEPAJA)):
        assert Card.objects.count() == 0

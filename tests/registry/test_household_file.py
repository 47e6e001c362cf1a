"""A household out of the registry: the law answers it as it answers the household's file."""

from __future__ import annotations

import json
from datetime import date

import pytest

from balsts.access.acting import in_scope
from balsts.law.engine.answer import as_json, entitle
from balsts.law.engine.errors import DomainError
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import Node, parse, read_file
from balsts.law.latvia import latvia
from balsts.registry.declarations import take_declaration
from balsts.registry.fact_types import RELATION_KINDS
from balsts.registry.household_file import household_file
from balsts.registry.models import Fact, Household, Person
from balsts.registry.recording import ALWAYS, clock, days, new_source, state
from balsts.registry.selectors import known
from balsts.registry.use_cases import state_fact, state_relation
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, finding, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
FEBRUARY = month_from("2026-02")


def cases(law: Law) -> list[tuple[str, Node]]:
    found = []
    for folder, path in sorted(law.folders.items()):
        if (path / "golden.yaml").exists():
            for node in read_file(path / "golden.yaml", max_bytes=1 << 22).sequence("cases"):
                found.append((folder, node))
    return found


def answered(law: Law, tree: Node, month: int, names: dict[str, str]) -> object:
    """The answer with members called as in the file."""
    facts, _ = read_household(tree, law.catalogue, law.rights(), month)  # type: ignore[arg-type]
    text = json.dumps(as_json(entitle(law, facts, month)))  # type: ignore[arg-type]
    for identifier, name in names.items():
        text = text.replace(identifier, name)
    return json.loads(text)


def test_golden_households_are_answered_alike_from_the_registry() -> None:
    """Every third of some thousand: among them are all inputs that the law reads, and all ties between persons."""
    law = latvia()
    golden = cases(law)[::3]
    assert len(golden) > 300
    with in_scope(PLATFORM):
        source = declaration()
        for folder, node in golden:
            fields = node.mapping("a case")
            month = month_from(fields["on"].text("a month"))
            household, persons = take_declaration(source, fields["given"], month)
            names = {str(person.pk): name for name, person in persons.items()}
            found = household_file(household.pk, month)
            assert found.doubts == ()
            name = f"{folder}: {fields['name'].content}"
            assert answered(law, found.tree, month, names) == answered(law, fields["given"], month, {}), name


def content(household: Household, month: str = "2026-02", at: object = None) -> dict[str, object]:
    return household_file(household.pk, month_from(month), at).content  # type: ignore[arg-type]


def person_in(file: dict[str, object], person: Person) -> dict[str, object]:
    return file["persons"][str(person.pk)]  # type: ignore[index, no-any-return]


def test_what_was_known_then_is_answered_as_it_was_then() -> None:
    anna = somebody()
    home = household_of(anna)
    with in_scope(PLATFORM):
        state_fact(declaration(), "wage_net_eur_month", "640.00", days(date(2026, 1, 1)), person=anna)
        then = clock()
        state_fact(declaration("misread"), "wage_net_eur_month", "64.00", days(date(2026, 1, 1)), person=anna)
        assert person_in(content(home), anna)["wage_net_eur_month"] == "64.00"
        assert person_in(content(home, at=then), anna)["wage_net_eur_month"] == "640.00"


def test_a_change_inside_a_month_counts_from_the_next() -> None:
    anna = somebody()
    home = household_of(anna)
    with in_scope(PLATFORM):
        state_fact(declaration(), "is_employed", True, days(date(2026, 2, 2)), person=anna)
        assert "is_employed" not in person_in(content(home), anna)
        assert person_in(content(home, "2026-03"), anna)["is_employed"] == "true"


def test_a_child_counts_from_the_month_of_birth_and_whoever_moves_in_from_the_next() -> None:
    anna, juris = somebody(), somebody("Juris", sex="m")
    liene = somebody("Liene", born="2026-02-11")
    home = household_of(anna)
    with in_scope(PLATFORM):
        membership = known(anna.memberships.model)
        for person, since in ((liene, date(2026, 2, 11)), (juris, date(2026, 2, 11))):
            state(membership.model(person=person, household=home, source=declaration(), valid=days(since)))
        state_relation(declaration(), "parent", liene, anna, days(date(2026, 2, 11)))
        state_fact(declaration(), "resident_status", "refugee", days(date(2026, 2, 11)), person=liene)
        february = content(home)
        assert set(february["persons"]) == {str(anna.pk), str(liene.pk)}  # type: ignore[call-overload]
        assert person_in(february, liene)["parents"] == [str(anna.pk)]
        assert person_in(february, liene)["resident_status"] == "refugee"
        assert str(juris.pk) in content(home, "2026-03")["persons"]  # type: ignore[operator]


def test_a_placement_counts_from_its_own_month() -> None:
    anna, child = somebody(), somebody("Zane", born="2015-01-01")
    home = household_of(anna)
    placed = date(2026, 2, 20)
    with in_scope(PLATFORM):
        membership = known(anna.memberships.model).model
        state(membership(person=child, household=home, source=declaration(), valid=days(placed)))
        state_relation(declaration(), "guardian", child, anna, days(placed))
        state_fact(declaration(), "care_granted_on", "2026-02-20", ALWAYS, person=child)
        assert person_in(content(home), child)["guardian"] == str(anna.pk)


def test_a_household_without_members_then_is_refused() -> None:
    home = household_of(somebody())
    with in_scope(PLATFORM), pytest.raises(DomainError, match="no members in 2021-12"):
        household_file(home.pk, month_from("2021-12"))
    with pytest.raises(DomainError, match="no members"):
        household_file(home.pk, FEBRUARY)  # nobody says who acts


# ------------------------------------------------------------------------------------------- doubts


def doubts(home: Household) -> list[str]:
    return [f"{one.key}: {one.why}" for one in household_file(home.pk, FEBRUARY).doubts]


def test_a_register_that_does_not_answer_is_never_an_income_of_zero() -> None:
    anna = somebody()
    home = household_of(anna)
    with in_scope(PLATFORM):
        state_fact(new_source("load", "x"), "wage_net_eur_month", None, ALWAYS, person=anna,
                   status=Fact.Status.UNAVAILABLE)  # fmt: skip
        assert doubts(home) == ["wage_net_eur_month: unavailable: load"]
        state_fact(declaration(), "wage_net_eur_month", "64", ALWAYS, person=anna)
        assert person_in(content(home), anna)["wage_net_eur_month"] == "64.00"
        assert doubts(home) == ["wage_net_eur_month: unavailable: load"]


def test_origins_that_differ_are_a_doubt_until_a_worker_settles_it() -> None:
    anna = somebody()
    home = household_of(anna)
    with in_scope(PLATFORM):
        state_fact(declaration(), "savings_eur", "10", ALWAYS, person=anna)
        state_fact(new_source("load", "x"), "savings_eur", "20", ALWAYS, person=anna)
        assert doubts(home) == ["savings_eur: contradictory: declaration, load"]
        assert person_in(content(home), anna)["savings_eur"] == "10.00"
        state_fact(finding("statement of account"), "savings_eur", "20", ALWAYS, person=anna)
        assert doubts(home) == []
        assert person_in(content(home), anna)["savings_eur"] == "20.00"


@pytest.mark.parametrize("value", [None, "10"])
def test_origins_that_agree_are_no_doubt(value: str | None) -> None:
    anna = somebody()
    home = household_of(anna)
    with in_scope(PLATFORM):
        for origin in ("declaration", "load"):
            state_fact(new_source(origin, "x"), "savings_eur", value, ALWAYS, person=anna)
        assert doubts(home) == []
        assert ("savings_eur" in person_in(content(home), anna)) == (value is not None)


def test_every_tie_of_the_law_has_a_kind_of_relation() -> None:
    assert {key for key, _ in RELATION_KINDS.values()} == {
        one.key for one in latvia().catalogue.inputs if one.kind == "link"
    }


@pytest.mark.parametrize(("file", "said"), [
    ("{on: 2026-02, persons: {a: {born: 1990-01-01, sex: f, horse: true}}}", "horse"),
    ("{persons: {a: {born: 1990-01-01, sex: f}}}", "month"),
    ("{on: 2026-02, persons: {a: {born: 1990-01-01, sex: f, partner: b}}}", "not in this file"),
])  # fmt: skip
def test_a_declaration_that_is_wrong_registers_nobody(file: str, said: str) -> None:
    with in_scope(PLATFORM):
        before = Person.objects.count()
        with pytest.raises(DomainError, match=said):
            take_declaration(declaration(), parse(file.encode(), "declaration"))
        assert Person.objects.count() == before


def test_a_household_is_put_together_with_four_queries(django_assert_num_queries: object) -> None:
    members = [somebody(), somebody("Juris", sex="m")]
    home = household_of(*members)
    assert callable(django_assert_num_queries)
    with in_scope(PLATFORM), django_assert_num_queries(4):
        household_file(home.pk, FEBRUARY)
    assert date(2026, 2, 1) > LONG_AGO

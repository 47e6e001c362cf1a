"""The means declaration on the page of the assessment: both sides of each line, with source and day."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date

import pytest

from balsts.access.acting import in_scope
from balsts.cases.answers import Answers
from balsts.cases.circle import circle_of
from balsts.cases.models import Application, Case
from balsts.cases.opening import receive
from balsts.cases.prefill import known_for
from balsts.cases.types.reading import case_type
from tests.access.people import LIEPAJA, RIGA
from tests.cases.situations import FEBRUARY, Home, home, told, worker
from tests.portal.office import client_of
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
WAGE, PENSION = "wage_net_eur_month", "pension_eur_month"


def declared(found: Home, *, said: dict[tuple[str, str], str] | None = None, confirmed: bool = True) -> Case:
    """An application in which what registers know is confirmed, but what is said otherwise."""
    with in_scope(PLATFORM):
        circle = circle_of(found.mother.pk, found.household.pk, date(2026, 2, 10))
        circle = replace(circle, visible=frozenset(circle.members))
        known = known_for(case_type("assistance"), circle, FEBRUARY)
    answers = Answers()
    for (key, about), shown in known.items() if confirmed else ():
        answers.confirms(key, about, shown)
    for (key, about), value in (said or {}).items():
        answers.says(key, about, value, known.get((key, about)))
    return receive(worker(), "assistance", key=uuid.uuid4(), subject=found.mother.pk, since=FEBRUARY,
                   answers=answers.as_json(), channel=Application.Channel.IN_PERSON,
                   received_on=date(2026, 2, 10)).case  # fmt: skip


def rows(case: Case, lang: str = "en") -> list[str]:
    """The lines that differ, as text."""
    page = client_of(worker(), lang=lang).get(f"/cases/{case.pk}/assessment/").content.decode()
    table = (
        page.partition('id="declaration"')[2].partition("<details")[0].partition("<tbody")[2].partition("</tbody")[0]
    )
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in table.split("<tr")[1:]]


def test_what_a_register_and_the_person_say_stand_side_by_side_with_source_and_day() -> None:
    found = home()
    case = declared(found, said={(WAGE, str(found.mother.pk)): "50.00"})
    (row,) = rows(case)
    for words in ("Anna Bērziņa", "64.00 €", "reported to the tax authority", "November 2025 64.00 €", "50.00 €",
                  "Application, in person, 10.02.2026", "differs"):  # fmt: skip
        assert words in row, (words, row)
    (row,) = rows(case, "lv")
    for words in ("64,00 €", "Valsts ieņēmumu dienesta", "50,00 €", "atšķiras"):
        assert words in row, (words, row)


def test_what_registers_say_otherwise_since_it_was_confirmed_is_a_difference_too() -> None:
    found = home()
    case = declared(found)
    assert rows(case) == []
    told(found.mother, "tax_authority", WAGE, "80.00", date(2025, 11, 1), FEBRUARY)
    (row,) = rows(case)
    assert "80.00 €" in row
    assert "64.00 €" in row
    assert "differs since it was confirmed" in row


def test_a_fact_of_the_household_that_differs_stands_there_too() -> None:
    found = home()
    case = declared(found, said={("has_needy_property", ""): "false"})
    (row,) = rows(case)
    assert "the household" in row
    assert "yes" in row
    assert "no" in row


def test_both_sides_are_added_up() -> None:
    found = home()
    case = declared(found, said={(WAGE, str(found.mother.pk)): "50.00"})
    page = client_of(worker(), lang="en").get(f"/cases/{case.pk}/assessment/").content.decode()
    sums = re.findall(r'balsts-amount">([\d.]+ €)</span></dd>', page)
    assert sums == ["64.00 €", "50.00 €"]


def test_what_nobody_told_otherwise_differs_nowhere() -> None:
    found = home()
    page = client_of(worker(), lang="en").get(f"/cases/{declared(found).pk}/assessment/").content.decode()
    assert "nowhere differ" in page
    assert "both say the same" in page


def test_an_application_without_a_form_has_no_declaration_and_another_office_sees_none() -> None:
    found = home()
    case = declared(found, said={(WAGE, str(found.mother.pk)): "50.00"})
    assert client_of(worker(LIEPAJA)).get(f"/cases/{case.pk}/assessment/").status_code == 404
    bare = receive(worker(RIGA), "crisis", key=uuid.uuid4(), subject=found.mother.pk, since=FEBRUARY, answers={},
                   channel=Application.Channel.IN_PERSON).case  # fmt: skip
    assert 'id="declaration"' not in client_of(worker()).get(f"/cases/{bare.pk}/assessment/").content.decode()


def test_the_task_names_the_fact_in_words() -> None:
    found = home()
    case = declared(found, said={(WAGE, str(found.mother.pk)): "50.00"})
    page = client_of(worker(), lang="lv").get(f"/cases/{case.pk}/").content.decode()
    assert "Reģistri saka citādi nekā persona" in page
    assert "wage_net" not in page

"""Payments that live figures are counted from, by named situations: few persons of two municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balsts.access.acting import in_scope
from balsts.registry.models import Person
from balsts.registry.recording import days
from balsts.registry.use_cases import state_account
from tests.access.people import LIEPAJA, RIGA
from tests.payments.situations import IBANS, Given, case_of, granted, released
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, somebody

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
CENTS = 8_700


def paid_person(
    sex: str = "f", born: str = "1990-05-04", place: str = RIGA, *, cents: int = CENTS, since: date = JANUARY,
    until: date = MARCH, code: str = "gmi_benefit",
) -> Person:  # fmt: skip
    """Somebody to whom a benefit is granted for months, with an account."""
    person = somebody("Anna", "Ozola", born=born, sex=sex, municipality=place)
    with in_scope(PLATFORM):
        state_account(person, declaration(), IBANS[0], days(LONG_AGO))
    granted(case_of(person), Given(cents, since, until, code))
    return person


def a_small_country(women: int = 14, men: int = 3, elsewhere: int = 6) -> list[Person]:
    """Women and men of Riga, and women of Liepāja, each with the same benefit in January and February."""
    return [
        *(paid_person() for _ in range(women)),
        *(paid_person("m", "1950-01-01") for _ in range(men)),
        *(paid_person(place=LIEPAJA) for _ in range(elsewhere)),
    ]


def paid_months(months: Sequence[str] = ("2026-01", "2026-02")) -> None:
    """Take months through all their steps."""
    for one in months:
        released(one)

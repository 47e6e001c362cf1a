"""A payer with runs in every state, for tests of pages and calls of payments."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Institution
from balsts.payments import use_cases
from balsts.payments.models import Run
from balsts.payments.preview import preview_of
from balsts.payments.use_cases import acknowledge
from balsts.registry.recording import clock
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    case_of,
    granted,
    payee,
    prepared,
    preparer,
    released,
    releaser,
)

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in range(1, 4))
ROLES: dict[str, Callable[..., Acting]] = {"preparer": preparer, "approver": approver, "releaser": releaser}


@pytest.fixture(autouse=True)
def nobody_else_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests within one transaction keep others open for as long, which no run would wait for; they write nothing."""
    monkeypatch.setattr(use_cases, "known_for_good", clock)


def acknowledged(run: Run, where: Institution | None = None) -> Run:
    """A run whose differences its approver has looked through."""
    who = approver(where)
    with in_scope(who):
        seen = preview_of(run).digest
    acknowledge(who, run, seen)
    with in_scope(who):
        return Run.objects.get(pk=run.pk)


def a_month(where: Institution | None = None, surname: str = "Bērziņa") -> Run:
    """A prepared February after a released January: something paid, late, held, overpaid, new."""
    person, other = payee(surname), payee(f"{surname}-Otrā", IBANS[1])
    case = case_of(person, where)
    granted(case, Given(10_000, JANUARY))
    granted(case_of(other, where), Given(6_000, JANUARY, FEBRUARY, "housing_benefit"))
    released("2026-01", where)
    granted(case, Given(12_500, JANUARY))
    granted(case_of(payee(f"{surname}-Bezkonta", None), where), Given(8_700, FEBRUARY))
    return prepared("2026-02", where)


def in_state(state: str, where: Institution | None = None) -> Run:
    """A run of January in a state."""
    granted(case_of(payee(), where), Given(10_000, JANUARY))
    if state == "released":
        return released("2026-01", where)
    run = prepared("2026-01", where)
    if state == "acknowledged":
        return acknowledged(run, where)
    if state == "approved":
        return approved(run, where)
    if state == "cancelled":
        return use_cases.cancel_run(preparer(where), run, "wrong month")
    return run


def page(client: Client, address: str, status: int = 200, lang: str = "en", **query: Any) -> str:
    answer = client.get(address, query, headers={"accept-language": lang})
    assert answer.status_code == status, (address, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def plain(text: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " "))


def at(run: Run, name: str, *more: Any) -> str:
    return reverse(name, args=[run.pk, *more])

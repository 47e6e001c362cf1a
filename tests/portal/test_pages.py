"""Pages as staff and residents see them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.portal.visitors import Family, at_work, family

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture
def here() -> Family:
    return family()


def text(client: Client, address: str, status: int = 200, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == status, (address, response.status_code, response.headers.get("Location"))
    return response.content.decode()


def test_a_case_shows_identity_relations_household_and_facts(here: Family) -> None:
    page = text(at_work(), f"/persons/{here.mother.pk}/", **{"accept-language": "en"})
    assert "Žanete Bērziņa" in page
    assert "320101-12345" in page
    assert "Emīls Bērziņa" in page
    assert "<svg" in page
    assert "LV80 BANK" in page


def test_every_page_opens(here: Family) -> None:
    client = at_work()
    for path in (f"/persons/{here.mother.pk}/facts/", f"/persons/{here.mother.pk}/registers/",
                 f"/households/{here.household.pk}/", f"/households/{here.household.pk}/rights/?month=2026-01",
                 f"/households/{here.household.pk}/registers/ask/", "/find/", "/reason/", "/role/",
                 "/account/"):  # fmt: skip
        for lang in ("lv", "en"):
            text(client, path, **{"accept-language": lang})

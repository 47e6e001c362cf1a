"""Pages of loading: a policy analyst looks a file through, sees what it brings and takes it in; nobody else may."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from balsts.figures.current import book
from balsts.figures.models import Load, Offer
from tests.figures.test_loading import services
from tests.portal.test_drafts import analyst
from tests.portal.visitors import at_work

pytestmark = pytest.mark.django_db(databases=["default", "log"])
ENGLISH = {"accept-language": "en"}


def sent(client: Client, content: bytes, year: str = "2024", table: str = "public-services", lang: str = "en"):
    file = SimpleUploadedFile("services.csv", content)
    headers = {"accept-language": lang}
    return client.post("/statistics/load/", {"table": table, "year": year, "file": file}, headers=headers)


def test_a_file_is_looked_through_shown_and_taken_in() -> None:
    client = analyst()
    response = sent(client, services())
    assert response.status_code == 302
    address = response.headers["Location"]
    page = client.get(address, headers=ENGLISH).content.decode()
    assert "new: 6" in page
    assert not Load.objects.filter(year=2024).exists()
    assert "jaunas: 6" in client.get(address, headers={"accept-language": "lv"}).content.decode()
    assert client.post(f"{address}settle/", {"do": "take"}).headers["Location"] == "/statistics/tables/public-services/"
    assert sum(1 for row in book().rows("public-services") if row.period == "2024") == 6
    assert client.get(address).status_code == 404
    assert "services.csv" in client.get("/statistics/load/").content.decode()


def test_contradictions_are_told_before_anything_is_kept() -> None:
    client = analyst()
    address = sent(client, services(electronic="3")).headers["Location"]
    page = client.get(address, headers=ENGLISH).content.decode()
    assert "Contradictions found" in page
    assert "<li>" in page.split("Contradictions found")[1].split("</ul>")[0]


def test_a_file_with_wrong_cells_is_refused_with_their_addresses_and_nothing_is_kept() -> None:
    client = analyst()
    response = sent(client, services(electronic="=1+1"))
    assert response.status_code == 422
    assert "cell F6 (value): «=1+1»; expected a number" in response.content.decode()
    latvian = sent(client, services(electronic="=1+1"), lang="lv").content.decode()
    assert "šūna F6 (value): «=1+1»; jābūt skaitlim" in latvian
    assert not Offer.objects.exists()


def test_a_file_may_be_left() -> None:
    client = analyst()
    address = sent(client, services()).headers["Location"]
    assert client.post(f"{address}settle/", {"do": "leave"}).headers["Location"] == "/statistics/load/"
    assert not Offer.objects.exists()
    assert not Load.objects.filter(year=2024).exists()


@pytest.mark.parametrize(("year", "table"), [("", "public-services"), ("1066", "public-services"), ("2024", "none")])
def test_a_form_that_is_not_filled_rightly_is_told(year: str, table: str) -> None:
    page = sent(analyst(), services(), year, table)
    assert page.status_code == 200
    assert "govuk-error-summary" in page.content.decode()


def test_templates_are_given_in_both_forms() -> None:
    client = analyst()
    assert client.get("/statistics/templates/siva.csv").content.startswith("\ufeffsection,".encode())
    workbook = load_workbook(io.BytesIO(client.get("/statistics/templates/siva.xlsx").content))
    assert workbook.worksheets[0]["A1"].value == "section"
    for address in ("siva.ods", "none.csv"):
        assert client.get(f"/statistics/templates/{address}").status_code == 404


def test_loading_is_no_business_of_others() -> None:
    address = sent(analyst(), services()).headers["Location"]
    for client in (at_work(), analyst("other")):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}settle/", {"do": "take"}).status_code == 404
    for page in ("/statistics/load/", "/statistics/templates/siva.csv"):
        assert at_work().get(page).status_code == 404
        assert Client().get(page).status_code == 302

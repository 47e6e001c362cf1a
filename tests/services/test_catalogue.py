"""The catalogue of services, and the case type that its entries refer to."""

from __future__ import annotations

from pathlib import Path

import pytest

from balsts.cases.types.reading import case_type, common_terms, read_case_type
from balsts.law.engine.errors import InputError
from balsts.law.engine.text import read_file
from balsts.services import catalogue
from balsts.services.catalogue import registered_services, services
from balsts.services.registering import TYPE, the_register

TYPES = Path(catalogue.__file__).parents[1] / "cases" / "types"


def test_every_service_has_both_names_an_act_and_who_decides() -> None:
    found = services()
    assert len(found) == 40
    for one in found.values():
        assert one.name.lv
        assert one.name.en
        assert one.name.lv != one.name.en or one.code == "mentor"
        assert one.act
        assert one.decides
    assert len({one.name.lv for one in found.values()}) == len(found)


def test_no_provider_is_registered_for_a_benefit() -> None:
    assert {"crisis_benefit", "material_aid"} & registered_services().keys() == set()
    assert "home_care" in registered_services()


def test_entries_refer_to_the_catalogue() -> None:
    field = next(one for one in the_register().fields if one.code == "service")
    assert dict(field.choices) == {code: one.name for code, one in services().items()}


def test_the_register_declares_what_is_public_and_what_is_not_known() -> None:
    declared = case_type(TYPE)
    assert {one.code for one in the_register().fields if not one.is_public} == {"staff", "manager"}
    assert the_register().valid_years == 5
    assert declared.subject == "organisation"
    assert declared.second == "always"
    assert the_register().cited.question is not None
    assert declared.terms["decide"].cited.question is not None
    assert common_terms()["answer"].cited.certainty == "unverified"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: catalogue", "kind: colour", "expected one of"),
        ("key: [service, address]", "key: [service, colour]", "not a field of the register"),
        ("required: no", "needed: no", "needed is not known here"),
        ("valid_years: 5", "valid_years: five", "whole number"),
        ("office: lm", "office: elsewhere", "expected one of"),
    ],
)
def test_a_mistake_in_the_declaration_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (TYPES / f"{TYPE}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{TYPE}.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_case_type(path, read_file(TYPES / "common.yaml", shown="common.yaml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: {name: {lv: A, en: B}, act: X, decides: Y}", "has no payer"),
        ("a: {name: {lv: A, en: B}, act: X, decides: Y, payer: king}", "expected one of"),
        ("a: {name: {lv: A, en: B}, act: X, decides: Y, payer: state, colour: red}", "colour"),
    ],
)
def test_a_mistake_in_the_catalogue_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FILE", path)
    with pytest.raises(InputError, match=said):
        catalogue.services.__wrapped__()

"""Names found without diacritics, and sorted as the Latvian alphabet has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.registry.spelling import search_key, sort_key


@pytest.mark.parametrize(("name", "key"), [
    ("Bērziņš-Āboliņš", "berzins abolins"), ("  ŅIKIFOROVA ", "nikiforova"), ("O’Connor", "o connor"),
    ("Šķēle", "skele"), ("Müller", "muller"), ("Straße", "strasse"),
])  # fmt: skip
def test_names_are_found_without_case_diacritics_and_punctuation(name: str, key: str) -> None:
    assert search_key(name) == key


LATVIAN = [
    "Abols", "Ābols", "Āboltiņa", "Caune", "Čaka", "Grava", "Ģirts", "Irbe", "Īve", "Yate", "Jansons", "Kalns",
    "Ķezbers", "Lapa", "Ļaudis", "Nagla", "Ņikita", "Sala", "Šalme", "Tauriņš", "Zaķis", "Žagars",
]  # fmt: skip


def test_the_order_is_that_of_the_latvian_alphabet() -> None:
    assert sorted(LATVIAN) != LATVIAN
    assert sorted(LATVIAN, key=sort_key) == LATVIAN


def test_a_surname_counts_before_a_given_name() -> None:
    people = [("Berzs", "Anna"), ("Bērziņš", "Aldis"), ("Bērziņa", "Zane")]
    assert [surname for surname, _ in sorted(people, key=lambda one: sort_key(*one))] == ["Bērziņa", "Bērziņš", "Berzs"]


@given(names=st.lists(st.text(max_size=12), max_size=5))
def test_every_text_has_keys_and_equal_keys_mean_equal_letters(names: list[str]) -> None:
    for name in names:
        assert search_key(search_key(name)) == search_key(name)
        assert sort_key(name) == sort_key(name)

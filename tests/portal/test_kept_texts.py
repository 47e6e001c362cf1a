"""Texts of templates are looked up once for a language, and are those of the page's language all the same."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils.translation import override

TEMPLATES = {
    "a text": ('{% load i18n %}{% translate "Sign out" %}', "Iziet", "Sign out"),
    "a text of a variable": ("{% load i18n %}{% translate said %}", "Iziet", "Sign out"),
    "a text under a name": ('{% load i18n %}{% translate "Sign out" as one %}{{ one }}', "Iziet", "Sign out"),
    "a text with a filter": ('{% load i18n %}{% translate "Sign out"|upper %}', "IZIET", "SIGN OUT"),
    "a text left alone": ('{% load i18n %}{% translate "Sign out" noop %}', "Sign out", "Sign out"),
    "a text that nobody translated": ('{% load i18n %}{% translate "5 < 6 & 100%" %}', "5 < 6 & 100%", "5 < 6 & 100%"),
    "a longer text": ("{% load i18n %}{% blocktranslate %}Sign out{% endblocktranslate %}", "Iziet", "Sign out"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_text_is_in_the_language_of_the_page_each_time(name: str) -> None:
    text, latvian, english = TEMPLATES[name]
    template = engines["django"].from_string(text)
    for _ in range(2):
        with override("lv"):
            assert template.render({"said": "Sign out"}) == latvian
        with override("en"):
            assert template.render({"said": "Sign out"}) == english

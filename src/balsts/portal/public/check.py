"""The check of answers: everything that was answered, in words, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balsts.law.engine.quantities import cents_from, euro_words
from balsts.portal.public.answers import Answers
from balsts.portal.public.fields import MoneyField, MonthField
from balsts.portal.public.names import born_words
from balsts.portal.public.questions import form_of, heading_of, sections_of


@dataclass(frozen=True)
class Row:
    """One page of answers: what it asks and what was answered."""

    page: str
    heading: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Block:
    """The pages of one section."""

    title: str
    rows: tuple[Row, ...]


def blocks_of(answers: Answers) -> list[Block]:
    """All answers, by section."""
    return [
        Block(section.title, tuple(
            Row(page, heading_of(page, answers), tuple(_values(page, answers))) for page in section.pages
        )) for section in sections_of(answers)
    ]  # fmt: skip


def _values(page: str, answers: Answers) -> list[tuple[str, str]]:
    given = answers.of(page)
    found = [
        (label if (label := str(field.label)).endswith("?") else f"{label}:", words)
        for name, field in form_of(page, answers).fields.items()
        if (words := _words(field, given.get(name)))
    ]  # fmt: skip
    return found or [("", _("Nothing applies."))]


def _words(field: forms.Field, value: Any) -> str:
    """An answer in words; empty where the question was left empty or is answered by no."""
    if value in (None, "", [], False):
        return ""
    if isinstance(field, MonthField):
        return born_words(value)
    if isinstance(field, MoneyField):
        return euro_words(cents_from(value), "lv" if get_language() == "lv" else "en") if value != "0.00" else ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        named = {str(key): str(words) for key, words in choices}
        return "; ".join(named[one] for one in (value if isinstance(value, list) else [value]))
    return _("yes") if value is True else str(value)

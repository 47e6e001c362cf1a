"""The answers of an application as a page shows them: the question in words, of whom it was asked, and the answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from balsts.cases.models import Application
from balsts.cases.types.reading import case_type
from balsts.portal.office import words
from balsts.portal.words import in_language, upper_first, value_words
from balsts.registry.fact_types import BY_KEY


def answers_of(application: Application, names: Mapping[uuid.UUID, str]) -> list[tuple[str, str, str]]:
    """Each answer: the question, whom it is about (empty: the case), and what was answered."""
    return list(_answers(application.case.type, application.answers, "", names))


def _answers(
    type_code: str, answers: Mapping[str, Any], whose: str, names: Mapping[uuid.UUID, str]
) -> Iterator[tuple[str, str, str]]:
    for code, value in answers.items():
        if isinstance(value, Mapping):
            person = _named(code, names)
            yield from _answers(type_code, value, person or whose, names)
        elif value not in (None, "", []):
            yield _question(type_code, code), whose, _words(type_code, code, value)


def _named(code: str, names: Mapping[uuid.UUID, str]) -> str:
    try:
        return names.get(uuid.UUID(code), "–")
    except ValueError:
        return ""


def _question(type_code: str, code: str) -> str:
    found = case_type(type_code).question(code)
    if found is not None:
        return found.title.in_language(words.lang())
    return upper_first(in_language(BY_KEY[code].input)) if code in BY_KEY else code.replace("_", " ")


def _words(type_code: str, code: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_words(type_code, code, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    found = case_type(type_code).question(code)
    chosen = dict(found.choices).get(str(value)) if found is not None else None
    if chosen is not None:
        return chosen.in_language(words.lang())
    return value_words(BY_KEY[code].input, str(value)) if code in BY_KEY else str(value)

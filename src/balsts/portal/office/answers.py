"""The answers of an application as a page shows them: the question, whom it is about, the answer, what is known."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from balsts.cases.models import Application
from balsts.cases.types.reading import case_type
from balsts.portal.office import words
from balsts.portal.persons.rights import source_words
from balsts.portal.words import in_language, upper_first, value_words
from balsts.registry.fact_types import BY_KEY


@dataclass(frozen=True)
class AnswerShown:
    """An answer in words; `note` says that it was confirmed, or what a register says against it."""

    question: str
    about: str
    answer: str
    note: str = ""
    is_contradicted: bool = False


def answers_of(application: Application, names: Mapping[uuid.UUID, str]) -> list[AnswerShown]:
    """Each answer: what was said, and what was known and confirmed; none of an application without a form."""
    return list(_answers(application.case.type, application.answers, names))


def _answers(type_code: str, content: Mapping[str, Any], names: Mapping[uuid.UUID, str]) -> Iterator[AnswerShown]:
    shown = content.get("shown", {})
    for code, found in content.get("values", {}).items():
        for about, value in found.items():
            known = shown.get(code, {}).get(about)
            against = known is not None and known["value"] != value
            note = _says(type_code, code, known) if against else ""
            yield AnswerShown(_question(type_code, code), _name(about, names), _words(type_code, code, value), note,
                              against)  # fmt: skip
    for code, confirmed in content.get("confirmed", {}).items():
        for about in confirmed:
            known = shown.get(code, {}).get(about)
            said = _words(type_code, code, known["value"]) if known else "–"
            yield AnswerShown(_question(type_code, code), _name(about, names), said, _("known already, and confirmed"))


def _says(type_code: str, code: str, known: Mapping[str, Any]) -> str:
    says = {"origin": source_words(known["origin"]), "value": _words(type_code, code, known["value"])}
    return _("%(origin)s says otherwise: %(value)s") % says


def _name(about: str, names: Mapping[uuid.UUID, str]) -> str:
    try:
        return names.get(uuid.UUID(about), "–")
    except ValueError:
        return ""


def _question(type_code: str, code: str) -> str:
    found = case_type(type_code).question(code)
    if found is not None:
        return found.title.in_language(words.lang())
    return upper_first(in_language(BY_KEY[code].input)) if code in BY_KEY else code.replace("_", " ")


def _words(type_code: str, code: str, value: str) -> str:
    found = case_type(type_code).question(code)
    chosen = dict(found.choices).get(value) if found is not None else None
    if chosen is not None:
        return chosen.in_language(words.lang())
    return value_words(BY_KEY[code].input, value) if code in BY_KEY else _flag(value)


def _flag(value: str) -> str:
    return {"true": _("yes"), "false": _("no")}.get(value, value)

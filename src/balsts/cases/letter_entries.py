"""What a letter says about entries of a register: which are entered, changed and removed, from which day to which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from balsts.access.models import Municipality
from balsts.cases.letter_words import ENTRY_WORDS
from balsts.cases.models import Decision, RegisterEntry
from balsts.cases.terms import day_after_years
from balsts.cases.types.declaration import EntryField, Register
from balsts.documents.letter import Block, Column, Language, Paragraph, Section, Table


def entries_in_short(decision: Decision, register: Register, language: Language) -> Iterator[str]:
    """The sentences with which the letter begins."""
    words, name = ENTRY_WORDS[language], register.name.in_language(language)
    since = _day(decision.since)
    if decision.kind == Decision.Kind.REFUSE:
        yield words["refused_short"].format(register=name)
    for part in ("enter", "change", "end"):
        if given := decision.content.get(part):
            until = _day(day_after_years(decision.since, register.valid_years) - timedelta(days=1))
            yield words[f"{part}_short"].format(register=name, number=len(given), since=since, until=until)


def entry_sections(decision: Decision, register: Register, language: Language) -> Iterator[Section]:
    """A section for what is entered, for what is changed and for what is removed."""
    words, places = ENTRY_WORDS[language], dict(Municipality.objects.values_list("code", "name"))
    columns = (Column(words["entry"]), Column(words["says"]))
    grounds = dict(register.removal_grounds)
    for part in ("enter", "change", "end"):
        rows = []
        for one in decision.content.get(part, ()):
            fields = one if part == "enter" else _known(decision, register, one["key"])
            says = words["ground"].format(ground=grounds[one["ground"]].in_language(language)) if part == "end" else (
                "; ".join(_told(register, one, language, places))
            )  # fmt: skip
            rows.append((_title(register, fields, language, places), says))
        if rows:
            blocks: tuple[Block, ...] = (Paragraph(words["from"].format(day=_day(decision.since))),
                                         Table(words[part], columns, tuple(rows)))  # fmt: skip
            yield Section(words[part], blocks)


def _known(decision: Decision, register: Register, key: str) -> Mapping[str, Any]:
    """What the entry of a key says, by the newest that is or was believed."""
    found = RegisterEntry.objects.filter(register=register.code, key=key, organisation=decision.case.organisation_id,
                                         person=decision.case.subject_id)  # fmt: skip
    newest = found.order_by("-recorded").first()
    return newest.content if newest else {}


def _title(register: Register, fields: Mapping[str, Any], language: str, places: Mapping[str, str]) -> str:
    by_code = {one.code: one for one in register.fields}
    return ", ".join(_words(by_code[code], fields.get(code), language, places) for code in register.key_fields)


def _told(register: Register, fields: Mapping[str, Any], language: str, places: Mapping[str, str]) -> Iterator[str]:
    for one in register.fields:
        if one.code in fields and one.code not in register.key_fields:
            yield f"{one.title.in_language(language)}: {_words(one, fields[one.code], language, places)}"


def _words(declared: EntryField, value: Any, language: str, places: Mapping[str, str]) -> str:
    if value in (None, ""):
        return "–"
    if declared.kind == "municipality":
        return places.get(value, value)
    chosen = next((words for code, words in declared.choices if code == value), None)
    return chosen.in_language(language) if chosen else str(value)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"

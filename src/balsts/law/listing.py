"""What `balsts law list`, `inputs` and `questions` print: text for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from balsts.law.engine.checks.graph import APPLIED_FOR, needed_by
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.explaining.words import YES, citation_words, title_of
from balsts.law.engine.inputs import Input, link_names
from balsts.law.engine.law import Law
from balsts.law.engine.pages.questions import SORTS, OpenQuestion, open_questions
from balsts.law.engine.quantities import euros, money_words
from balsts.law.tables import paragraph, table, table_rows

WORDS: dict[str, dict[str, str]] = {
    "lv": {
        "person": "persona", "family": "ģimene", "household": "mājsaimniecība", "state": "valsts",
        "municipality": "pašvaldība", "insurance": "apdrošināšana", "month": "mēnesī", "once": "vienreiz",
        "half_year": "pusgadā", "quarter": "ceturksnī", "week": "nedēļā", "hour": "stundā", "day": "dienā",
        "status": "statuss", "counted": "skaita ienākumos", "uncounted": "neskaita",
        "head": "kods|kam|maksā|par|ienākumos|spēkā no", "until": "līdz",
        "all": "{rights} tiesības, {statuses} statusi",
        "inputs": "Ievaddati: vārds failā, tips, noklusējums, robeža, cik noteikumu lasa",
        "families": "ģimenes saitēm", "payment": "izmaksas mēnesim",
        "argument": "noteikumos", "column": "kolonna", "required": "obligāts", "unread": "vēl nelasa",
        "read": "lasa {count}", "derived_inputs": "No saitēm izsecinātie", "nothing": "nav",
        "on_application": "Tiesības, kas sākas ar pieteikumu (`applied_for`)", "whose": "kā {name}",
        "open": "{count} neskaidri jautājumi: {sorts}", "no_questions": "Neskaidru jautājumu nav.",
        "unknown": "nav zināms", "unverified": "nepārbaudīts", "derived": "izsecināts", "rule": "lasījums",
        "seen": "redzēts avotā", "act": "izlasīts aktā", "rests_on": "balstās uz", "day_type": "diena",
        "month_type": "mēnesis", "money_type": "nauda", "number_type": "skaitlis", "flag_type": "jā/nē",
        "choice_type": "izvēle", "link_type": "saite", "text_type": "teksts", "codes_type": "kodi", "to": "līdz",
    },
    "en": {
        "person": "person", "family": "family", "household": "household", "state": "state",
        "municipality": "municipality", "insurance": "insurance", "month": "month", "once": "once",
        "half_year": "half-year", "quarter": "quarter", "week": "week", "hour": "hour", "day": "day",
        "status": "status", "counted": "counts as income", "uncounted": "not counted",
        "head": "code|of a|paid by|per|as income|since", "until": "until",
        "all": "{rights} rights, {statuses} statuses",
        "inputs": "Inputs: name in a file, type, default, bound, how many rules read it",
        "families": "for families", "payment": "for month paid",
        "argument": "in rules", "column": "column", "required": "required", "unread": "not read yet",
        "read": "read by {count}", "derived_inputs": "Worked out from the ties", "nothing": "none",
        "on_application": "Rights that start on application (`applied_for`)", "whose": "as {name}",
        "open": "{count} open questions: {sorts}", "no_questions": "No open questions.",
        "unknown": "unknown", "unverified": "unverified", "derived": "derived", "rule": "reading",
        "seen": "seen in a source", "act": "read in the act", "rests_on": "rests on", "day_type": "day",
        "month_type": "month", "money_type": "money", "number_type": "number", "flag_type": "yes/no",
        "choice_type": "choice", "link_type": "link", "text_type": "text", "codes_type": "codes", "to": "to",
    },
}  # fmt: skip

Data = dict[str, Any]


# -- list ----------------------------------------------------------------------------------------------------------


def rights_listed(law: Law, day: date | None) -> list[RuleVersion]:
    """Rights, then statuses, by code: the wording in force on a day, or without a day the last one."""
    found = [
        law.rules[code][-1] if day is None else law.version(code, day) for code in (*law.rights(), *law.statuses())
    ]
    return [version for version in found if version is not None]


def span(law: Law, version: RuleVersion) -> tuple[date, date | None]:
    """Since when something is in force, in whatever wording, and until when."""
    versions = law.rules[version.name]
    return versions[0].since, versions[-1].until


def list_data(law: Law, versions: Iterable[RuleVersion]) -> list[Data]:
    """Rights and statuses for programs."""
    return [entry(law, version) for version in versions]


def entry(law: Law, version: RuleVersion) -> Data:
    """One right or status for programs."""
    since, until = span(law, version)
    terms = version.right
    return {
        "code": version.name,
        "kind": "right" if terms else "status",
        "entity": version.entity,
        "payer": terms.payer if terms else None,
        "per": terms.per if terms else None,
        "paid": terms.paid if terms else None,
        "unit": terms.unit if terms else None,
        "counted": terms.counted if terms else None,
        "payee": terms.payee if terms else None,
        "act": version.act,
        "article": version.article,
        "name": {"lv": version.lv, "en": version.en},
        "folder": law.folder_of[version.name],
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }


def list_text(law: Law, versions: list[RuleVersion], lang: str) -> list[str]:
    """Rights and statuses for people: a line of terms, then the title and the provision."""
    words = WORDS[lang]
    rows = [words["head"].split("|")]
    titles = [""]
    for version in versions:
        since, until = span(law, version)
        terms = version.right
        payer = words.get(terms.payer, terms.payer) if terms else words["status"]
        per, counted = (words[terms.per], YES[lang][terms.counted]) if terms else ("", "")
        rows.append([version.name, words[version.entity], payer, per, counted, since.isoformat()])
        end = f", {words['until']} {until}" if until else ""
        cited = citation_words(law, version.act, version.article, lang)
        titles.append(f"{version.lv if lang == 'lv' else version.en} ({cited}){end}")
    lines = []
    for row, title in zip(table_rows(rows, indent=0), titles, strict=True):
        lines += [*row, *(paragraph(title, indent=4) if title else [""])]
    statuses = sum(1 for version in versions if version.is_status)
    return [*lines, "", words["all"].format(rights=len(versions) - statuses, statuses=statuses)]


# -- inputs --------------------------------------------------------------------------------------------------------


def arguments_of_input(law: Law, one: Input) -> list[str]:
    """The names by which rules can ask for an input."""
    if one.kind == "link":
        return link_names(one)
    if one.kind == "codes":
        return [f"{APPLIED_FOR}{code}" for code in law.rights()]
    return [] if one.kind == "text" else [one.name]


def columns_of_input(one: Input) -> list[str]:
    """The columns of an input in a population file."""
    return [f"{name}_id" for name in link_names(one)] if one.kind == "link" else [one.column]


def inputs_data(law: Law) -> Data:
    """The catalogue of inputs for programs."""
    users = needed_by(law)
    worked_out = [*law.catalogue.worked_out, *law.catalogue.ties.payees]
    return {
        "inputs": [_input(law, one, users) for one in law.catalogue.inputs],
        "worked_out": [{"argument": name, "name": {lang: title_of(law, name, lang) for lang in ("lv", "en")},
                        "used_by": users.get(name, [])} for name in worked_out],
        "start_on_application": applications(law),
    }  # fmt: skip


def applications(law: Law) -> list[str]:
    """Rights that the law gives only to those who asked."""
    return [code for code in law.rights()
            if any(one.right and one.right.starts_on_application for one in law.rules[code])]  # fmt: skip


def _input(law: Law, one: Input, users: dict[str, list[str]]) -> Data:
    arguments = arguments_of_input(law, one)
    return {
        "key": one.key,
        "arguments": [] if one.kind == "codes" else arguments,
        "columns": columns_of_input(one),
        "entity": one.entity,
        "type": one.kind,
        "required": one.required,
        "default": _default(one),
        "default_from": one.default_from,
        "at_most": _at_most(one),
        "choices": one.choice_names,
        "choice_names": {member.name.lower(): {"lv": member.lv, "en": member.en} for member in one.choices or ()},
        "several": one.several,
        "name": {"lv": one.lv, "en": one.en},
        "used_by": sorted({user for argument in arguments for user in users.get(argument, ())}),
        "used_for": used_for(law, one),
    }


def used_for(law: Law, one: Input) -> str | None:
    """What the engine itself reads an input for: the families, or the month of payment."""
    ties = law.catalogue.ties
    tied = {name for group in (*ties.placements, *ties.parents) for name in group}
    if one.kind == "link" and tied & set(link_names(one)):
        return "families"
    return "payment" if one.key == "claimed_on" else None


def _default(one: Input) -> str | int | bool | None:
    if one.required or one.kind in ("day", "month", "link", "text", "codes"):
        return None
    if one.kind == "money":
        return euros(one.default)
    if one.kind == "flag":
        return bool(one.default)
    return one.choice_names[one.default] if one.choices else one.default


def _at_most(one: Input) -> str | int | None:
    if one.kind == "money":
        return euros(one.at_most)
    return one.at_most if one.kind == "number" else None


def inputs_text(law: Law, lang: str) -> list[str]:
    """The catalogue of inputs for people."""
    words = WORDS[lang]
    users = needed_by(law)
    lines = [words["inputs"]]
    for entity in ("person", "household"):
        lines += ["", words[entity]]
        found = [one for one in law.catalogue.inputs if one.entity == entity]
        rows = table_rows([_terms(law, one, lang, users) for one in found])
        for row, one in zip(rows, found, strict=True):
            lines += [*row, *paragraph(_names(one, lang), indent=6)]
    lines += ["", words["derived_inputs"]]
    worked_out = [*law.catalogue.worked_out, *law.catalogue.ties.payees]
    lines += table([[name, _read(users.get(name, []), lang), title_of(law, name, lang)] for name in worked_out])
    lines += ["", words["on_application"], *(f"  {code}" for code in applications(law) or [words["nothing"]])]
    return lines


def _terms(law: Law, one: Input, lang: str, users: dict[str, list[str]]) -> list[str]:
    words = WORDS[lang]
    default = _default(one)
    shown = "–" if default is None else str(default)
    if one.kind == "flag":
        shown = YES[lang][one.default]
    elif one.kind == "money":
        shown = money_words(one.default, lang)
    if one.required:
        shown = words["required"]
    elif one.default_from:
        shown = words["whose"].format(name=one.default_from)
    bounds = f"≤ {money_words(one.at_most, lang) if one.kind == 'money' else one.at_most}"
    found = sorted({user for argument in arguments_of_input(law, one) for user in users.get(argument, ())})
    return [one.key, words[f"{one.kind}_type"], shown, bounds if one.kind in ("money", "number") else "",
            _read(found, lang) if found else words[used_for(law, one) or "unread"]]  # fmt: skip


def _read(users: list[str], lang: str) -> str:
    return WORDS[lang]["read"].format(count=len(users)) if users else WORDS[lang]["unread"]


def _names(one: Input, lang: str) -> str:
    words = WORDS[lang]
    title = one.lv if lang == "lv" else one.en
    arguments = link_names(one) if one.kind == "link" else [f"{APPLIED_FOR}…"] if one.kind == "codes" else [one.name]
    names = "" if one.kind == "text" else f"; {words['argument']} {', '.join(arguments)}"
    named = [f"{member.name.lower()}: {member.lv if lang == 'lv' else member.en}" for member in one.choices or ()]
    choices = f" ({'; '.join(named)})" if named else ""
    return f"{title}{choices}{names}; {words['column']} {', '.join(columns_of_input(one))}"


# -- questions -----------------------------------------------------------------------------------------------------


def questions_data(law: Law) -> list[Data]:
    """All open questions for programs: by folder, what nobody knows first."""
    return [
        {
            "folder": one.folder,
            "sort": one.sort,
            "name": one.name,
            "since": one.since.isoformat(),
            "value": one.written or None,
            "question": {"lv": one.question[0], "en": one.question[1]} if one.question else None,
            "rests_on": list(one.rests_on),
            "file": one.place.file,
            "line": one.place.line,
        }
        for one in open_questions(law)
    ]


def questions_text(law: Law, lang: str) -> list[str]:
    """All open questions for people: by folder, what nobody knows first."""
    words = WORDS[lang]
    found = open_questions(law)
    if not found:
        return [words["no_questions"]]
    counts = {sort: sum(1 for one in found if one.sort == sort) for sort in SORTS}
    sorts = ", ".join(f"{words[sort]} {count}" for sort, count in counts.items() if count)
    lines = [words["open"].format(count=len(found), sorts=sorts)]
    for folder in dict.fromkeys(one.folder for one in found):
        lines += ["", folder]
        for one in found:
            if one.folder == folder:
                lines += _question(law, one, lang)
    return lines


def _question(law: Law, one: OpenQuestion, lang: str) -> list[str]:
    words = WORDS[lang]
    value = f" = {one.written}" if one.written else ""
    rests_on = f"; {words['rests_on']} {', '.join(one.rests_on)}" if one.rests_on else ""
    lines = paragraph(f"{words[one.sort]}: {one.name} {one.since}{value}{rests_on}", indent=2, hang=4)
    title = title_of(law, one.name.replace(".", "_"), lang)
    asked = (one.question[0] if lang == "lv" else one.question[1]) if one.question else ""
    return lines + paragraph(f"{title}. {asked}".strip() if asked else title, indent=6)

"""What `balsts law show` prints of a rule, a gathered value or a parameter: text for people, data for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from balsts.law.engine.checks.cases import Case, cases
from balsts.law.engine.checks.graph import needed_by, needs, place_of, role_of, within_folder
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import InputError, nearest
from balsts.law.engine.explaining.words import article_words, citation_words, title_of
from balsts.law.engine.law import Law
from balsts.law.engine.pages.wording import formula
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.quantities import month_text
from balsts.law.listing import WORDS, entry
from balsts.law.tables import paragraph, table

Data = dict[str, Any]
_HEADINGS = {
    "lv": {
        "wordings": "Redakcijas", "parameters": "Parametri", "needs": "Vajag", "needed_by": "Vajag tam",
        "golden": "Pārbaudes piemēri", "right": "tiesības", "status": "statuss", "rule": "noteikums",
        "gathered": "apkopota vērtība", "parameter": "parametrs", "input": "ievaddats", "on": "no", "until": "līdz",
        "repealed": "zaudē spēku", "rounding": "noapaļo", "none": "nav", "enacted": "zināms no", "expects": "sagaida",
        "month": "prasītais mēnesis", "arrears": "izmaksā nākamajā mēnesī", "to": "saņem", "unknown": "nav zināms",
        "folder": "mape", "source": "avots",
    },
    "en": {
        "wordings": "Wordings", "parameters": "Parameters", "needs": "Needs", "needed_by": "Needed by",
        "golden": "Golden tests", "right": "right", "status": "status", "rule": "rule",
        "gathered": "gathered value", "parameter": "parameter", "input": "input", "on": "from", "until": "until",
        "repealed": "repealed", "rounding": "rounds", "none": "none", "enacted": "known from", "expects": "expects",
        "month": "the month asked", "arrears": "paid in the next month", "to": "paid to", "unknown": "unknown",
        "folder": "folder", "source": "source",
    },
}  # fmt: skip
_ROUNDED = {
    "lv": {"half_up": "līdz tuvākajam, pusi uz augšu", "down": "uz leju"},
    "en": {"half_up": "to the nearest, halves up", "down": "down"},
}


@dataclass(frozen=True)
class Shown:
    """One name with everything around it, at all times or on one day."""

    law: Law
    name: str
    versions: tuple[RuleVersion, ...]
    parameters: tuple[Parameter, ...]
    day: date | None

    def values(self, parameter: Parameter) -> list[DatedValue]:
        """The values of a parameter, or the one of the day."""
        if self.day is None:
            return list(parameter.values)
        found = parameter.on(self.day)
        return [found] if found is not None else []

    @property
    def needs(self) -> list[str]:
        """The names it reads."""
        if self.name in self.law.parameters:
            return []
        return needs(self.law, self.name, self.versions or None)

    @property
    def needed_by(self) -> list[str]:
        """The names that read it."""
        return needed_by(self.law).get(self.name, [])

    @property
    def kind(self) -> str:
        """Right, status, rule, gathered value or parameter."""
        if not self.versions:
            return role_of(self.law, self.name)
        last = self.versions[-1]
        return "right" if last.right else "status" if last.is_status else "rule"


def shown(law: Law, code: str, day: date | None) -> Shown:
    """What there is of a name.

    Raises:
        InputError: nobody knows the name, or it is not in force on that day.
    """
    name = code.replace(".", "_")
    if name in law.parameters:
        return Shown(law, name, (), (law.parameters[name],), day)
    if name not in law.rules and name not in law.gathered:
        paths = [one.name for one in law.parameters.values()]
        raise InputError(f"{code} is no rule, gathered value or parameter."
                         f"{nearest(code, [*law.rules, *law.gathered, *paths])}")  # fmt: skip
    versions = law.rules.get(name, ())
    if day is not None and versions:
        found = law.version(name, day)
        if found is None:
            times = ", ".join(f"{one.since} to {one.until or 'today'}" for one in versions)
            raise InputError(f"{code} has no wording in force on {day} (there is: {times}).")
        versions = (found,)
    return Shown(law, name, versions, _parameters(law, name, day), day)


def _parameters(law: Law, name: str, day: date | None) -> tuple[Parameter, ...]:
    """The parameters that a name reads, itself or through others of its folder."""
    read: dict[str, None] = {}
    for one in (name, *within_folder(law, name)):
        in_force = law.version(one, day) if day is not None and one in law.rules else None
        read.update(dict.fromkeys(needs(law, one, (in_force,) if in_force else None)))
    return tuple(law.parameters[one] for one in read if one in law.parameters)


# -- for programs --------------------------------------------------------------------------------------------------


def show_data(one: Shown) -> Data:
    """A name with everything around it, for programs."""
    law = one.law
    return {
        "name": one.name,
        "kind": one.kind,
        "title": {lang: title_of(law, one.name, lang) for lang in ("lv", "en")},
        "folder": _folder(one),
        "versions": [_version_data(law, version) for version in one.versions],
        "parameters": [_parameter_data(one, parameter) for parameter in one.parameters],
        "needs": [{"name": name, "role": role_of(law, name)} for name in one.needs],
        "needed_by": one.needed_by,
        "golden": [
            {"name": case.name, "month": month_text(case.month), "expects": _expected(case, one.name),
             "source": case.source, "file": case.place.file, "line": case.place.line}
            for case in _golden(one)
        ],
    }  # fmt: skip


def _folder(one: Shown) -> str:
    return one.law.folder_of.get(one.name) or one.parameters[0].name.split(".")[0]


def _version_data(law: Law, version: RuleVersion) -> Data:
    place = place_of(law, version)
    return {
        **(entry(law, version) if version.right or version.is_status else {"entity": version.entity}),
        "act": version.act,
        "article": version.article,
        "name": {"lv": version.lv, "en": version.en},
        "since": version.since.isoformat(),
        "until": version.until.isoformat() if version.until else None,
        "enacted": version.enacted.isoformat() if version.enacted else None,
        "rounding": None if version.rounding is None else {
            "mode": version.rounding.mode, "to_cents": version.rounding.to_cents, "article": version.rounding.article},
        "formula": formula(version.function),
        "questions": [{"lv": one.lv, "en": one.en, "rests_on": one.rests_on} for one in version.questions],
        "file": place.file,
        "line": place.line,
    }  # fmt: skip


def _parameter_data(one: Shown, parameter: Parameter) -> Data:
    return {
        "name": parameter.name,
        "title": {"lv": parameter.lv, "en": parameter.en},
        "article": parameter.article,
        "unit": parameter.unit,
        "per": parameter.per,
        "type": parameter.type,
        "of": parameter.of,
        "by": parameter.by or None,
        "values": [
            {
                "since": value.since.isoformat(),
                "value": None if value.repealed else value.written,
                "repealed": value.repealed,
                "reference": {"lv": value.reference[0], "en": value.reference[1]},
                "certainty": value.certainty,
                "rests_on": list(value.rests_on),
                "enacted": value.enacted.isoformat() if value.enacted else None,
                "question": {"lv": value.question[0], "en": value.question[1]} if value.question else None,
            }
            for value in one.values(parameter)
        ],
    }


def _golden(one: Shown) -> list[Case]:
    found = [] if one.name in one.law.parameters else sorted(cases(one.law, one.name), key=lambda case: case.month)
    if one.day is None or not one.versions:
        return found
    version = one.versions[0]
    return [
        case for case in found if one.law.version(one.name, date(case.month // 12, case.month % 12 + 1, 1)) is version
    ]


def _expected(case: Case, name: str) -> str:
    if name in case.expect:
        return case.expect[name]
    return ", ".join(f"{who} {value}" for who, value in case.expect_rule[name].items())


# -- for people ----------------------------------------------------------------------------------------------------


def show_text(one: Shown, lang: str) -> list[str]:
    """A name with everything around it, for people."""
    words = _HEADINGS[lang]
    other = "en" if lang == "lv" else "lv"
    lines = paragraph(
        f"{one.name}: {title_of(one.law, one.name, lang)} / {title_of(one.law, one.name, other)}", indent=0
    )
    lines += paragraph(_terms(one, lang), indent=2)
    if one.versions:
        lines += ["", words["wordings"]]
        for version in one.versions:
            lines += _version(one.law, version, lang)
    if one.parameters:
        lines += ["", words["parameters"]]
        for parameter in one.parameters:
            lines += _parameter(one, parameter, lang)
    if one.name not in one.law.parameters:
        lines += ["", words["needs"], *_names(one, one.needs, lang)]
    lines += ["", words["needed_by"], *_names(one, one.needed_by, lang)]
    if one.name not in one.law.parameters:
        found = _golden(one)
        rows = [[month_text(case.month), _expected(case, one.name), f"{case.name} ({case.source})"] for case in found]
        lines += ["", f"{words['golden']}: {len(rows)}", *table(rows)]
    return lines


def _terms(one: Shown, lang: str) -> str:
    words, terms = _HEADINGS[lang], [_HEADINGS[lang][one.kind]]
    last = one.versions[-1] if one.versions else None
    if last is not None:
        terms.append(WORDS[lang][last.entity])
    if last is not None and last.right is not None:
        payer = WORDS[lang].get(last.right.payer, last.right.payer)
        terms += [payer, WORDS[lang][last.right.per], WORDS[lang]["counted" if last.right.counted else "uncounted"]]
        if last.right.paid == "arrears":
            terms.append(words["arrears"])
        if last.right.payee:
            terms.append(f"{words['to']} {last.right.payee}")
    return ", ".join([*terms, f"{words['folder']} {_folder(one)}"])


def _version(law: Law, version: RuleVersion, lang: str) -> list[str]:
    words = _HEADINGS[lang]
    head = f"{version.since}" + (f" {words['until']} {version.until}" if version.until else "")
    enacted = f"; {words['enacted']} {version.enacted}" if version.enacted else ""
    title = version.lv if lang == "lv" else version.en
    cited = citation_words(law, version.act, version.article, lang)
    lines = paragraph(f"{head}: {title} ({cited}{enacted})", indent=2, hang=2)
    if version.rounding is not None:
        how = _ROUNDED[lang][version.rounding.mode]
        lines.append(f"    {words['rounding']}: {how}, {article_words(law, version.rounding.article, lang)}")
    lines += [f"      {line}".rstrip() for line in formula(version.function).splitlines()]
    for question in version.questions:
        lines += paragraph(f"? {question.lv if lang == 'lv' else question.en} [{question.rests_on}]", indent=4, hang=2)
    return lines


def _parameter(one: Shown, parameter: Parameter, lang: str) -> list[str]:
    words = WORDS[lang]
    title = parameter.lv if lang == "lv" else parameter.en
    terms = f"{parameter.unit}/{parameter.per}" + (f", {parameter.type}" if parameter.of != parameter.type else "")
    article = article_words(one.law, parameter.article, lang)
    lines = paragraph(f"{parameter.name}: {title} ({article}; {terms})", indent=2, hang=4)
    for value in one.values(parameter):
        written = _HEADINGS[lang]["repealed"] if value.repealed else value.written
        if value.written == "unknown":
            written = words["unknown"]
        rests_on = f" [{', '.join(value.rests_on)}]" if value.rests_on else ""
        enacted = f"; {_HEADINGS[lang]['enacted']} {value.enacted}" if value.enacted else ""
        certainty = "" if value.repealed else f"; {words[value.certainty]}"
        lines += paragraph(
            f"{value.since}  {written}  {value.reference[0 if lang == 'lv' else 1]}{certainty}{rests_on}{enacted}",
            indent=4,
            hang=12,
        )
        if value.question is not None:
            lines += paragraph(f"? {value.question[0] if lang == 'lv' else value.question[1]}", indent=16, hang=2)
    return lines


def _names(one: Shown, names: list[str], lang: str) -> list[str]:
    words = _HEADINGS[lang]
    rows = []
    for name in names:
        role = role_of(one.law, name)
        path = one.law.parameters[name].name if role == "parameter" else name
        title = words["month"] if role == "month" else title_of(one.law, name, lang)
        rows.append([words["input"] if role == "month" else words[role], path, title])
    return table(rows) or [f"  {words['none']}"]

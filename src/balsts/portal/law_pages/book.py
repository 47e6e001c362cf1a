"""The law as its pages show it: out of the rules, parameters and golden tests themselves, in one language.

The law does not change while the program runs, so what is gathered over all of it is gathered once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from balsts.law.engine.checks.cases import Case, cases
from balsts.law.engine.checks.graph import needed_by, needs, role_of
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.explaining.words import article_words, citation_words, parameter_words, title_of
from balsts.law.latvia import latvia


@dataclass(frozen=True)
class Named:
    """Something with a page or without: a rule, a gathered value, a parameter, a fact."""

    name: str
    title: str
    role: str

    @property
    def page(self) -> str:
        """The kind of page it has; empty for facts, which have none."""
        return {"rule": "rule", "gathered": "rule", "parameter": "parameter"}.get(self.role, "")


@dataclass(frozen=True)
class Heading:
    """A rule in a list: title, citation, the days it holds."""

    name: str
    title: str
    cited: str
    act: str
    payer: str
    since: date
    until: date | None


@lru_cache(maxsize=1)
def users() -> dict[str, list[str]]:
    """For every name, who reads it."""
    return needed_by(latvia())


@lru_cache(maxsize=1)
def golden() -> dict[str, tuple[Case, ...]]:
    """Golden tests by what they expect a figure of, in the order of their months."""
    found: dict[str, list[Case]] = {}
    for case in sorted(cases(latvia()), key=lambda case: case.month):
        for name in case.names:
            found.setdefault(name, []).append(case)
    return {name: tuple(several) for name, several in found.items()}


def named(name: str, lang: str) -> Named:
    """A name with its title, in a language."""
    law = latvia()
    role = role_of(law, name)
    title = title_of(law, name, lang)
    return Named(name, title[:1].upper() + title[1:], role)


def reads(name: str, lang: str) -> list[Named]:
    """What a rule or gathered value reads, in all its wordings."""
    return [named(one, lang) for one in needs(latvia(), name) if one != "month"]


def read_by(name: str, lang: str) -> list[Named]:
    """Who reads something."""
    return [named(one, lang) for one in users().get(name, ())]


def heading(version: RuleVersion, lang: str) -> Heading:
    """A rule by its last wording."""
    law = latvia()
    title = version.lv if lang == "lv" else version.en
    return Heading(
        version.name, title[:1].upper() + title[1:], citation_words(law, version.act, version.article, lang),
        version.act, version.right.payer if version.right else "", law.rules[version.name][0].since, version.until,
    )  # fmt: skip


def folders() -> list[str]:
    """Every folder with rules or parameters."""
    law = latvia()
    return sorted({*law.folder_of.values(), *(one.name.split(".")[0] for one in law.parameters.values())})


def rules_of(folder: str) -> list[str]:
    """The rules of a folder: rights first, then statuses, then the rest as they stand in the file."""
    law = latvia()
    names = [name for name, owner in law.folder_of.items() if owner == folder and name in law.rules]

    def rank(name: str) -> tuple[int, int]:
        last = law.rules[name][-1]
        return (0 if last.right else 1 if last.is_status else 2, last.function.__code__.co_firstlineno)

    return sorted(names, key=rank)


def folders_of_act(code: str) -> list[str]:
    """The folders whose rules cite an act."""
    law = latvia()
    return sorted({
        law.folder_of[name] for name, versions in law.rules.items() if any(one.act == code for one in versions)
    })  # fmt: skip


def about(folder: str) -> str:
    """What the file of a folder says of itself, in English."""
    path = latvia().folders[folder] / "rules.py"
    if not path.exists():
        return ""
    return " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())


def article(text: str, lang: str) -> str:
    """An article in the words of a language."""
    return article_words(latvia(), text, lang)


def changes(lang: str) -> Iterator[tuple[date, list[tuple[Named, str, str]]]]:
    """Every day on which the law changes, the last first: what changes, how (a key), and the value if there is one."""
    law = latvia()
    found: dict[date, list[tuple[Named, str, str]]] = {}
    for name, versions in sorted(law.rules.items()):
        for number, version in enumerate(versions):
            found.setdefault(version.since, []).append((named(name, lang), "another" if number else "begins", ""))
            if version.until is not None and all(other.since != version.until for other in versions):
                found.setdefault(version.until, []).append((named(name, lang), "ends", ""))
    for argument, parameter in sorted(law.parameters.items()):
        for value in parameter.values:
            told = "" if value.repealed else parameter_words(parameter, value.value, value.written, lang)
            how = "repealed" if value.repealed else "value"
            found.setdefault(value.since, []).append((named(argument, lang), how, told))
    for day in sorted((day for day in law.days_of_change if day > law.first_day), reverse=True):
        yield day, found[day]

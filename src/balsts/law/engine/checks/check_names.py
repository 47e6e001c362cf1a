"""Lint of names: each stands for one thing, and every argument is something that somebody can supply."""

from __future__ import annotations

from collections.abc import Iterator

from balsts.law.engine.checks.finding import Finding
from balsts.law.engine.checks.graph import (
    APPLIED_FOR,
    arguments_of,
    entity_of,
    gathers,
    place_of,
    place_of_gathered,
    role_of,
)
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import nearest
from balsts.law.engine.inputs import Input
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import MAX_CENTS
from balsts.law.engine.text import Place


def check_names(law: Law) -> Iterator[Finding]:
    """Names that stand for two things or for nothing."""
    yield from _clashes(law)
    for versions in law.rules.values():
        for version in versions:
            yield from _arguments(law, version)
            yield from _terms(law, version)
    for name in law.gathered:
        yield from _gathered(law, name)
    yield from _catalogue(law)


def known_names(law: Law) -> list[str]:
    """Every name a rule may ask for."""
    catalogue = law.catalogue
    applied = [f"{APPLIED_FOR}{code}" for code in law.rights()]
    ties = (*catalogue.links, *catalogue.worked_out, *catalogue.ties.payees)
    return ["month", *catalogue.by_name, *ties, *law.rules, *law.gathered, *law.parameters, *applied]


def _clashes(law: Law) -> Iterator[Finding]:
    catalogue = law.catalogue
    inputs = {"month", *catalogue.by_name, *catalogue.links, *catalogue.worked_out, *catalogue.ties.payees}
    for name, parameter in law.parameters.items():
        other = "a rule" if name in law.rules else "a gathered value" if name in law.gathered else ""
        if other or name in inputs:
            yield Finding(
                "name",
                parameter.place,
                f"the parameter {parameter.name} reaches rules as {name}, which is "
                f"{other or 'an input'} too; rename one of them.",
            )
    for name, versions in law.rules.items():
        if name in inputs or name in law.gathered:
            other = "an input" if name in inputs else "a gathered value"
            yield Finding("name", place_of(law, versions[0]), f"{name} is a rule and {other}; rename one of them.")
    for name in law.gathered:
        if name in inputs:
            yield Finding(
                "name", place_of_gathered(law, name), f"{name} is a gathered value and an input; rename one of them."
            )


def _arguments(law: Law, version: RuleVersion) -> Iterator[Finding]:
    for name in arguments_of(version):
        if role_of(law, name) == "unknown":
            yield Finding(
                "input",
                place_of(law, version),
                f"{version.name} asks for {name}, which is no input, rule, "
                f"gathered value or parameter.{nearest(name, known_names(law))}",
            )
        elif name.startswith(APPLIED_FOR) and name.removeprefix(APPLIED_FOR) not in law.rights():
            code = name.removeprefix(APPLIED_FOR)
            yield Finding(
                "input",
                place_of(law, version),
                f"{version.name} asks for {name}, but {code} is no right, so "
                f"nobody can apply for it.{nearest(code, law.rights())}",
            )
        elif not _within_reach(version.entity, entity_of(law, name)):
            yield Finding(
                "wiring",
                place_of(law, version),
                f"{version.name} is a rule of a {version.entity} and cannot "
                f"read {name} of a {entity_of(law, name)} directly; gather it with count, total, any_of or "
                "largest.",
            )


def _within_reach(reader: str, read: str | None) -> bool:
    return read in (None, reader, "household") or (reader == "person" and read == "family")


def _terms(law: Law, version: RuleVersion) -> Iterator[Finding]:
    if version.right is None:
        return
    links = {*law.catalogue.links, *law.catalogue.ties.payees, "family_payee"}
    for what, name in (("payee", version.right.payee), ("beneficiaries_over", version.right.beneficiaries_over)):
        if name is not None and name not in links:
            yield Finding(
                "input",
                place_of(law, version),
                f"the {what} of {version.name} is {name}; expected a link to "
                f"a person, one of {', '.join(sorted(links))}.",
            )
    chosen = version.right.beneficiaries
    if chosen is not None and (entity_of(law, chosen) != "person" or role_of(law, chosen) == "unknown"):
        yield Finding(
            "input",
            place_of(law, version),
            f"the beneficiaries of {version.name} are {chosen}; expected a "
            f"yes-or-no rule of a person.{nearest(chosen, law.rules)}",
        )


def _gathered(law: Law, name: str) -> Iterator[Finding]:
    declared = law.gathered[name]
    place = place_of_gathered(law, name)
    for read in gathers(declared):
        if role_of(law, read) in ("unknown", "parameter", "month"):
            yield Finding(
                "input",
                place,
                f"{name} gathers {read}, which is no input, rule or gathered value.{nearest(read, known_names(law))}",
            )
        elif declared.kind != "earlier" and entity_of(law, read) not in ("person", None):
            yield Finding(
                "wiring",
                place,
                f"{name} gathers {read}, which is a value of a {entity_of(law, read)}; only "
                "persons' values are gathered.",
            )
    links = {*law.catalogue.links, *law.catalogue.ties.payees, "family_payee"}
    if declared.kind != "earlier" and declared.over not in ("household", "family", *links):
        yield Finding(
            "input",
            place,
            f"{name} gathers over {declared.over}; expected household, family or a link to a "
            f"person.{nearest(declared.over, ['household', 'family', *links])}",
        )
    if not declared.lv.strip() or not declared.en.strip():
        yield Finding("citation", place, f"{name} has no title; give it the Latvian and the English words.")


def _catalogue(law: Law) -> Iterator[Finding]:
    place = Place(f"{law.root.name}: the catalogue of inputs")
    seen: dict[str, Input] = {}
    for one in law.catalogue.inputs:
        for name in {one.key, one.name}:
            if name in seen:
                yield Finding("input", place, f"{one.key} and {seen[name].key} are both called {name}; rename one.")
            seen[name] = one
        if one.kind == "choice" and not one.choices:
            yield Finding("input", place, f"{one.key} is a choice without choices; say which words it may take.")
        for member in one.choices or ():
            if not member.lv.strip() or not member.en.strip():
                yield Finding("language", place, f"{one.key}: {member.name} has no name in Latvian or in English.")
        if not 0 < one.at_most <= MAX_CENTS:
            yield Finding(
                "input",
                place,
                f"{one.key} may be at most {one.at_most}; expected 1 to {MAX_CENTS}, so that sums stay exact.",
            )
        if one.default_from is not None and one.default_from not in law.catalogue.by_name:
            yield Finding(
                "input",
                place,
                f"{one.key} takes its default from {one.default_from}, which is no input."
                f"{nearest(one.default_from, law.catalogue.by_name)}",
            )

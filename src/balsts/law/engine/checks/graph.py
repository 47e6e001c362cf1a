"""Who reads what: the names that rules and gathered values need, whatever the month, and who needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from balsts.law.engine.declare import Entity, Gathered, RuleVersion
from balsts.law.engine.law import Law
from balsts.law.engine.text import Place

Role = Literal["month", "parameter", "input", "rule", "gathered", "unknown"]
APPLIED_FOR = "applied_for_"


def role_of(law: Law, name: str) -> Role:
    """What a name stands for, in the order in which the wiring looks it up."""
    catalogue = law.catalogue
    if name == "month":
        return "month"
    if name in law.parameters:
        return "parameter"
    is_tie = name in catalogue.links or name in catalogue.worked_out or name in catalogue.ties.payees
    if name in catalogue.by_name or is_tie or name.startswith(APPLIED_FOR):
        return "input"
    if name in law.rules:
        return "rule"
    return "gathered" if name in law.gathered else "unknown"


def arguments_of(version: RuleVersion) -> tuple[str, ...]:
    """The names of a rule's arguments."""
    code = version.function.__code__
    return code.co_varnames[: code.co_argcount]


def terms_of(version: RuleVersion) -> tuple[str, ...]:
    """The names that say to whom a right is paid and whom it is for."""
    if version.right is None:
        return ()
    terms = (version.right.payee, version.right.beneficiaries, version.right.beneficiaries_over)
    return tuple(name for name in terms if name is not None)


def gathers(declared: Gathered) -> tuple[str, ...]:
    """The names a gathered value reads; for the rights that count see `counted_rights`."""
    names = [declared.of, declared.where or ""]
    if declared.over not in ("household", "family"):
        names.append(declared.over)
    return tuple(name for name in names if name)


def counted_rights(versions: Iterable[RuleVersion]) -> list[str]:
    """The rights of persons and families that count as income, as the wiring gathers them."""
    return sorted(one.name for one in versions if one.right and one.right.counted and one.entity != "household")


def needs(law: Law, name: str, versions: Iterable[RuleVersion] | None = None) -> list[str]:
    """The names a rule (in all its versions, or in those given) or a gathered value reads, each once, in order."""
    found: dict[str, None] = {}
    if name in law.gathered:
        found.update(dict.fromkeys(gathers(law.gathered[name])))
        if law.gathered[name].kind == "rights":
            every = [one for all_versions in law.rules.values() for one in all_versions]
            found.update(dict.fromkeys(counted_rights(every)))
    for version in law.rules.get(name, ()) if versions is None else versions:
        found.update(dict.fromkeys((*arguments_of(version), *terms_of(version))))
    return list(found)


def needed_by(law: Law) -> dict[str, list[str]]:
    """For every name, the rules and gathered values that read it, in alphabetical order."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in (*law.rules, *law.gathered):
        for needed in needs(law, name):
            found[needed].add(name)
    return {name: sorted(users) for name, users in found.items()}


def stand_alone(law: Law, tested: Iterable[str]) -> list[str]:
    """Rules that are answers by themselves (a length of stay, a series of payments): no right or status, read by no
    other rule, and asked for by name in a golden test.
    """
    read = needed_by(law)
    rules = {name for name in tested if name in law.rules and name not in read}
    return sorted(rules - {*law.rights(), *law.statuses(), law.presence})


def within_folder(law: Law, name: str) -> list[str]:
    """A rule or gathered value with all that it needs of its own folder, in alphabetical order."""
    folder, found, wave = law.folder_of[name], {name}, [name]
    while wave:
        more = {needed for one in wave for needed in needs(law, one) if law.folder_of.get(needed) == folder}
        wave = sorted(more - found)
        found |= more
    return sorted(found)


def entity_of(law: Law, name: str) -> Entity | None:
    """Whose value a name is; None when it is nobody's, or not known."""
    role = role_of(law, name)
    if role == "input":
        known = law.catalogue.by_name.get(name)
        return known.entity if known else "person"
    if role == "rule":
        return law.rules[name][0].entity
    if role != "gathered":
        return None
    declared = law.gathered[name]
    if declared.kind == "earlier":
        return None if declared.of == name else entity_of(law, declared.of)
    if declared.kind != "linked" and declared.over in ("household", "family"):
        return "household" if declared.over == "household" else "family"
    return "person"


def shown_path(law: Law, path: Path) -> str:
    """A file of the law as messages name it, from the country's folder on."""
    if path.is_relative_to(law.root.parent):
        return path.relative_to(law.root.parent).as_posix()
    return "/".join(path.parts[-2:])


def place_of(law: Law, version: RuleVersion, line: int | None = None) -> Place:
    """File and line of a rule."""
    code = version.function.__code__
    return Place(shown_path(law, Path(code.co_filename)), line or code.co_firstlineno)


def place_of_gathered(law: Law, name: str) -> Place:
    """File and line of a gathered value."""
    path = law.folders[law.folder_of[name]] / "rules.py"
    for number, line in enumerate(_lines(path), start=1):
        if line.startswith((f"{name} =", f"{name}:")):
            return Place(shown_path(law, path), number)
    return Place(shown_path(law, path))


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from path.read_text(encoding="utf-8").splitlines()

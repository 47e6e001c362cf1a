"""A country's law: its rules and parameters over time, read from its folders and changed by reforms."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from balsts.law.engine.declare import Gathered, RuleVersion, declared_in
from balsts.law.engine.errors import LawError
from balsts.law.engine.inputs import Catalogue
from balsts.law.engine.parameters import Parameter, read_parameters
from balsts.law.engine.text import read_file


@dataclass(frozen=True)
class Law:
    """The law of one country, all its versions over time.

    Attributes:
        code: short name, `lv`.
        catalogue: the inputs.
        rules: versions by name, in the order of their `since`.
        gathered: declared aggregations by name.
        parameters: by argument name (`childcare_benefit_amount`).
        folders: each benefit's folder by name.
        presence: the yes-or-no rule without which a person has no right and is not gathered.
        first_day: the law is complete from this day.
        amendments: what a reform put in place of the law in force, for citations.
    """

    code: str
    root: Path
    catalogue: Catalogue
    rules: dict[str, tuple[RuleVersion, ...]]
    gathered: dict[str, Gathered]
    parameters: dict[str, Parameter]
    folders: dict[str, Path]
    folder_of: dict[str, str]
    presence: str
    first_day: date
    amendments: tuple[str, ...] = field(default=())

    def version(self, name: str, day: date, known: date | None = None) -> RuleVersion | None:
        """The wording of a rule in force on a day, as the law was known on the day `known`."""
        versions = self.rules.get(name, ())
        if known is not None:
            versions = tuple(one for one in versions if one.enacted is None or one.enacted <= known)
        found = None
        for one in versions:
            if one.since <= day:
                found = one
        if found is None or found.until is None or found.until > day:
            return found
        replaced_unknown = known is not None and any(one.since == found.until for one in self.rules[name])
        return found if replaced_unknown else None

    def in_force(self, day: date, known: date | None = None) -> dict[str, RuleVersion]:
        """Every rule in force on a day."""
        found = {name: self.version(name, day, known) for name in self.rules}
        return {name: version for name, version in found.items() if version is not None}

    @cached_property
    def written(self) -> dict[tuple[int, str], str]:
        """Formulas already put in words, by syntax tree (which the law keeps alive) and language."""
        return {}

    @cached_property
    def cited(self) -> dict[tuple[int, str], dict[str, Any]]:
        """What explanations say of a wording of a rule or a dated value in a language, whoever they are for; grows."""
        return {}

    @cached_property
    def days_of_change(self) -> tuple[date, ...]:
        """Every day from `first_day` on which a rule or a parameter changes, in order."""
        days = {self.first_day}
        for versions in self.rules.values():
            for version in versions:
                days.update(day for day in (version.since, version.until) if day)
        for parameter in self.parameters.values():
            days.update(value.since for value in parameter.values)
        return tuple(sorted(day for day in days if day >= self.first_day))

    @cached_property
    def acts(self) -> dict[str, dict[str, str]]:
        """Acts by code, with their titles and addresses."""
        return _flat(self.root / "acts.yaml")

    @cached_property
    def articles(self) -> dict[str, dict[str, str]]:
        """Words that stand in cited articles besides numbers and codes of acts, with their two readings."""
        return _flat(self.root / "articles.yaml")

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """Sources by key, with their addresses."""
        return _flat(self.root / "sources.yaml")

    def rights(self) -> list[str]:
        """The codes of all rights, at whatever time, in alphabetical order."""
        return sorted(name for name, versions in self.rules.items() if any(one.right for one in versions))

    def statuses(self) -> list[str]:
        """The codes of all statuses, in alphabetical order."""
        return sorted(name for name, versions in self.rules.items() if any(one.is_status for one in versions))


def _flat(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    tree = read_file(path, shown=path.name).mapping("a mapping", LawError)
    return {key: {name: str(value.plain()) for name, value in node.mapping("a mapping", LawError).items()}
            for key, node in tree.items()}  # fmt: skip


def load_law(package: ModuleType, *, code: str, catalogue: Catalogue, presence: str, first_day: date) -> Law:
    """Read every `rules.py` and `parameters.yaml` below a package.

    Raises:
        LawError: two things of one name, or a file that does not follow its schema.
    """
    root = Path(package.__path__[0])
    loader = _Loader(root)
    for module_info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module_info.name.endswith(".rules"):
            loader.add_module(importlib.import_module(module_info.name))
    for path in sorted(root.rglob("parameters.yaml")):
        loader.add_parameters(path)
    return Law(
        code=code,
        root=root,
        catalogue=catalogue,
        rules={name: tuple(sorted(found, key=lambda one: one.since)) for name, found in loader.rules.items()},
        gathered=loader.gathered,
        parameters=loader.parameters,
        folders=loader.folders,
        folder_of=loader.folder_of,
        presence=presence,
        first_day=first_day,
    )


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.rules: dict[str, list[RuleVersion]] = {}
        self.gathered: dict[str, Gathered] = {}
        self.parameters: dict[str, Parameter] = {}
        self.folders: dict[str, Path] = {}
        self.folder_of: dict[str, str] = {}

    def add_module(self, module: ModuleType) -> None:
        path = Path(str(module.__file__))
        folder = path.parent.name
        self.folders[folder] = path.parent
        for version in declared_in(module.__name__):
            self._claim(version.name, folder)
            self.rules.setdefault(version.name, []).append(version)
        for name, value in vars(module).items():
            if isinstance(value, Gathered):
                self._claim(name, folder)
                self.gathered[name] = value

    def _claim(self, name: str, folder: str) -> None:
        owner = self.folder_of.setdefault(name, folder)
        if owner != folder or name in self.gathered:
            raise LawError(f"{name} is declared in {owner} and in {folder}; names are unique in a country.")

    def add_parameters(self, path: Path) -> None:
        folder = path.parent.name
        shown = str(path.relative_to(self.root.parent))
        if self.folders.setdefault(folder, path.parent) != path.parent:
            raise LawError(f"{shown}: another folder is called {folder} too; folder names are unique in a country.")
        for parameter in read_parameters(read_file(path, shown=shown), folder):
            if parameter.argument in self.parameters:
                raise LawError(f"{parameter.place}: {parameter.argument} stands twice.")
            self.parameters[parameter.argument] = parameter


def changed(
    law: Law,
    *,
    rules: Iterable[RuleVersion] = (),
    parameters: Iterable[Parameter] = (),
    gathered: dict[str, Gathered] | None = None,
    by: str,
) -> Law:
    """The law with some rules, gathered values and parameters put in place of its own (a reform)."""
    all_rules = dict(law.rules)
    for version in rules:
        kept = [one for one in all_rules.get(version.name, ()) if one.since != version.since]
        all_rules[version.name] = tuple(sorted([*kept, version], key=lambda one: one.since))
    all_parameters = law.parameters | {one.argument: one for one in parameters}
    fields = {name: value for name, value in vars(law).items() if name in Law.__dataclass_fields__}
    fields |= {"rules": all_rules, "parameters": all_parameters, "amendments": (*law.amendments, by)}
    return Law(**fields | {"gathered": law.gathered | (gathered or {})})

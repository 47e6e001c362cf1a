"""The law as pages to read: Markdown and charts, generated from the rules, parameters and golden tests themselves.

The graphs are Mermaid, which readers of Markdown draw; the charts are SVG files, because Mermaid has none that
has steps, stands on dates and says in words what it shows.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from balsts.law.engine.checks.cases import Case, cases
from balsts.law.engine.checks.graph import needed_by
from balsts.law.engine.errors import InputError
from balsts.law.engine.law import Law
from balsts.law.engine.pages.folder import FolderPage, heading_of
from balsts.law.engine.pages.markdown import act_link, link, plain, rows, slug
from balsts.law.engine.pages.page_charts import chart
from balsts.law.engine.pages.questions import SORTS, OpenQuestion, open_questions

_MARK = "<!-- Written by `balsts law pages` from the law itself; do not edit. -->\n"


def pages(law: Law) -> dict[str, str]:
    """Every page and chart of a law by its path; the same text on every machine."""
    users, golden = needed_by(law), list(cases(law))
    charts = {one.name: drawn for one in law.parameters.values() if (drawn := chart(law, one)) is not None}
    files = {f"charts/{name}.svg": text for name, text in charts.items()}
    links = {name: f"charts/{name}.svg" for name in charts}
    for folder in sorted(_folders(law)):
        files[f"{folder}.md"] = FolderPage(law, folder, users=users, golden=golden, charts=links).text()
    files["index.md"] = _index(law, golden)
    files["changes.md"] = _changes(law)
    return {name: _MARK + text for name, text in sorted(files.items())}


def stale(folder: Path, expected: dict[str, str]) -> list[str]:
    """The files that are missing, different, or left over from a law that is no more."""
    found = {name for name, text in expected.items() if _read(folder / name) != text}
    left = {path.relative_to(folder).as_posix() for path in _written_before(folder)} - set(expected)
    return sorted(found | left)


def write(folder: Path, expected: dict[str, str]) -> None:
    """Bring a folder up to date; files that were not written by this are left alone.

    Raises:
        InputError: the folder cannot be written.
    """
    try:
        for name in stale(folder, expected):
            path = folder / name
            if name in expected:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(expected[name], encoding="utf-8")
            else:
                path.unlink()
    except OSError as error:
        raise InputError(f"{folder}: the pages cannot be written: {error.strerror or error}.") from None


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _written_before(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = [path for pattern in ("*.md", "charts/*.svg") for path in folder.glob(pattern)]
    return [path for path in found if (_read(path) or "").startswith(_MARK)]


def _folders(law: Law) -> set[str]:
    return {*law.folder_of.values(), *(one.name.split(".")[0] for one in law.parameters.values())}


# -- the page of all pages -----------------------------------------------------------------------------------------


def _index(law: Law, golden: list[Case]) -> str:
    asked = open_questions(law)
    wordings = sum(len(versions) for versions in law.rules.values())
    lines = [
        f"# {plain(_about(law.root / '__init__.py').split(':')[0].rstrip('.')) or law.code}",
        "",
        (
            f"{len(law.rights())} rights and {len(law.statuses())} statuses, worked out by {len(law.rules)} rules in "
            f"{wordings} wordings and {len(law.parameters)} parameters, held by {len(golden)} golden tests; "
            f"{_counts(asked) or 'no open questions'}. The law changes on {len(law.days_of_change)} days: "
            "[what changes when](changes.md)."
        ),
        "",
        (
            "Each page shows the rules of one folder, their wordings over time, their articles, formulas, graphs and "
            "tests, and its parameters over time with their references."
        ),
        "",
    ]
    lines += ["## Rights and statuses", "", *_rights(law)]
    lines += ["## Acts", "", *_acts(law)]
    lines += ["## Words that a fact may be", "", *_choices(law)]
    lines += ["## Folders", "", *_folder_rows(law, golden, asked)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _about(path: Path) -> str:
    """The docstring of a file, on one line."""
    if not path.exists():
        return ""
    return " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())


def _counts(asked: list[OpenQuestion]) -> str:
    names = {"unknown": "unknown values", "unverified": "unverified values", "derived": "derived values",
             "rule": "open readings"}  # fmt: skip
    counts = [(names[sort], sum(1 for one in asked if one.sort == sort)) for sort in SORTS]
    return ", ".join(f"{count} {name}" for name, count in counts if count)


def _rights(law: Law) -> list[str]:
    body = []
    for name in (*law.rights(), *law.statuses()):
        versions = law.rules[name]
        last = versions[-1]
        terms = last.right
        body.append([
            link(f"`{name}`", f"{law.folder_of[name]}.md#{slug(name)}"), plain(last.lv), plain(last.en),
            terms.payer if terms else "status", terms.per.replace("_", " ") if terms else "",
            ("yes" if terms.counted else "no") if terms else "", act_link(law, last.act, last.article),
            str(versions[0].since), str(last.until or ""),
        ])  # fmt: skip
    head = ["code", "Latvian", "English", "paid by", "per", "counts as income", "act", "since", "until"]
    return rows(head, body)


def _acts(law: Law) -> list[str]:
    """Every act with the rules that cite it and the folders whose parameters stand in it."""
    citing: dict[str, list[str]] = defaultdict(list)
    for name, versions in law.rules.items():
        for act in {version.act for version in versions}:
            citing[act].append(name)
    standing: dict[str, set[str]] = defaultdict(set)
    for parameter in law.parameters.values():
        for act in re.findall(r"\w+", parameter.article):
            standing[act].add(parameter.name.split(".")[0])
    body = []
    for code, known in law.acts.items():
        folders = sorted({law.folder_of[name] for name in citing[code]} | standing[code])
        body.append([
            plain(code), link(plain(known.get("lv", "")), known.get("address", "")), plain(known.get("en", "")),
            known.get("date", ""), str(len(citing[code])), ", ".join(link(one, f"{one}.md") for one in folders),
        ])  # fmt: skip
    return rows(["act", "Latvian", "English", "of", "rules", "pages"], body)


def _choices(law: Law) -> list[str]:
    """Every member of every choice: as files have it, and as people are told it."""
    body = [
        [f"`{one.key}`", plain(one.lv), plain(one.en), f"`{member.name.lower()}`", plain(member.lv), plain(member.en)]
        for one in law.catalogue.inputs for member in one.choices or ()
    ]  # fmt: skip
    return rows(["fact", "Latvian", "English", "in files", "Latvian", "English"], body)


def _folder_rows(law: Law, golden: list[Case], asked: list[OpenQuestion]) -> list[str]:
    body = []
    for folder in sorted(_folders(law), key=lambda one: law.folders[one].as_posix()):
        path = law.folders[folder]
        about = _about(path / "rules.py") or heading_of(law, folder)[1]
        body.append([
            link(path.relative_to(law.root).as_posix(), f"{folder}.md"), plain(about),
            str(sum(1 for name, owner in law.folder_of.items() if owner == folder and name in law.rules)),
            str(sum(1 for one in law.parameters.values() if one.name.split(".")[0] == folder)),
            str(sum(1 for case in golden if case.folder == folder)),
            _counts([one for one in asked if one.folder == folder]),
        ])  # fmt: skip
    return rows(["page", "about", "rules", "parameters", "golden tests", "open"], body)


# -- what changes when ---------------------------------------------------------------------------------------------


def _changes(law: Law) -> str:
    changed: dict[date, list[str]] = defaultdict(list)
    for name, versions in sorted(law.rules.items()):
        to = link(f"`{name}`", f"{law.folder_of[name]}.md#{slug(name)}")
        for number, version in enumerate(versions):
            changed[version.since].append(f"{to}: {'another wording' if number else 'begins'}")
            if version.until is not None and all(other.since != version.until for other in versions):
                changed[version.until].append(f"{to}: ends")
    for parameter in sorted(law.parameters.values(), key=lambda one: one.name):
        to = link(f"`{parameter.name}`", f"{parameter.name.split('.')[0]}.md#{slug(parameter.name)}")
        for value in parameter.values:
            written = value.written if len(value.written) < _LONG else "another table"
            changed[value.since].append(f"{to}: {plain(written)}")
    about = f"Every day after {law.first_day} on which a rule or a parameter changes, the last first."
    lines = ["# What changes when", "", f"{about} [All of the law](index.md)", ""]
    for day in sorted((day for day in law.days_of_change if day > law.first_day), reverse=True):
        lines += [f"## {day}", "", *(f"- {one}" for one in changed[day]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


_LONG = 60

"""What is open in a law: values that no act read so far settles, and readings of rules taken meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from balsts.law.engine.checks.graph import place_of
from balsts.law.engine.law import Law
from balsts.law.engine.text import Place

Sort = Literal["unknown", "unverified", "derived", "rule"]
SORTS: tuple[Sort, ...] = ("unknown", "unverified", "derived", "rule")


@dataclass(frozen=True)
class OpenQuestion:
    """One open point.

    Attributes:
        sort: a value that is unknown, unverified or derived; or `rule`: a reading of a rule or of a value seen.
        name: the parameter or rule.
        written: the value as it stands in the file; empty for a rule.
        question: in Latvian and English; None when the value only says how certain it is.
        rests_on: keys of the sources.
    """

    folder: str
    sort: Sort
    name: str
    since: date
    written: str
    question: tuple[str, str] | None
    rests_on: tuple[str, ...]
    place: Place


def open_questions(law: Law, folder: str | None = None) -> list[OpenQuestion]:
    """All open points of a law or of one of its folders: by folder, what nobody knows first."""
    found = [one for one in (*_of_values(law), *_of_rules(law)) if folder in (None, one.folder)]
    without_unknown = {one.folder for one in found} - {one.folder for one in found if one.sort == "unknown"}
    return sorted(
        found, key=lambda one: (one.folder in without_unknown, one.folder, SORTS.index(one.sort), one.name, one.since)
    )


def _of_values(law: Law) -> Iterator[OpenQuestion]:
    """Values that are not certain; and seen ones of which something is asked, as readings."""
    for parameter in law.parameters.values():
        for value in parameter.values:
            sort: Sort = "rule"
            if value.certainty in ("unknown", "unverified", "derived"):
                sort = value.certainty
            elif value.question is None:
                continue
            yield OpenQuestion(
                folder=parameter.name.split(".")[0],
                sort=sort,
                name=parameter.name,
                since=value.since,
                written=value.written,
                question=value.question,
                rests_on=value.rests_on,
                place=value.place or parameter.place,
            )


def _of_rules(law: Law) -> Iterator[OpenQuestion]:
    """The questions of each rule, told once for all its wordings."""
    for name, versions in law.rules.items():
        told = set()
        for version in versions:
            for question in version.questions:
                if question in told:
                    continue
                told.add(question)
                yield OpenQuestion(
                    folder=law.folder_of[name],
                    sort="rule",
                    name=name,
                    since=version.since,
                    written="",
                    question=(question.lv, question.en),
                    rests_on=tuple(question.rests_on.replace(";", ",").replace(" ", "").split(",")),
                    place=place_of(law, version),
                )

"""What is wrong with definitions: without words, unit or source, versions that overlap or leave months out, lost
matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from balsts.figures.book import Book
from balsts.statistics.definitions.declared import Definition, Family


def wrong(
    definitions: Iterable[Definition], families: Mapping[str, Family], book: Book, rights: Iterable[str]
) -> Iterator[str]:
    """Each mistake in a sentence that names the indicator."""
    known = set(rights)
    for one in definitions:
        if one.family not in families:
            yield f"{one.code}: the family {one.family} is not declared."
            continue
        for what in (*_words(one), *_versions(one), *_of_family(one, families[one.family])):
            yield f"{one.code}: {what}"
        for match in one.outside:
            if match.of not in known:
                yield f"{one.code}: {match.of} is no right of the law."
            if book.figure(match.figure) is None:
                yield f"{one.code}: the book has no figure {match.figure}."


def _words(one: Definition) -> Iterator[str]:
    texts = [one.name, *(version.text for version in one.versions), *(match.note for match in one.outside)]
    texts += [version.changed for version in one.versions if version.changed]
    if any(not text.lv.strip() or not text.en.strip() for text in texts):
        yield "something is not worded in both languages."


def _versions(one: Definition) -> Iterator[str]:
    if not one.versions:
        yield "it has no version."
        return
    if [version.number for version in one.versions] != list(range(1, len(one.versions) + 1)):
        yield "versions are not numbered from 1."
    for version in one.versions:
        if version.until and version.until <= version.since:
            yield f"version {version.number} ends before it begins."
        if (version.number == 1) != (version.changed is None):
            yield f"version {version.number} must say what changed, unless it is the first."
    for before, after in pairwise(one.versions):
        if before.until != after.since:
            yield f"version {after.number} must begin where version {before.number} ends."
    if one.versions[-1].until:
        yield "the newest version has an end; an indicator that is given up is taken out."


def _of_family(one: Definition, family: Family) -> Iterator[str]:
    if (one.unit == "EUR") != (one.measure == "cents"):
        yield "euros are of cents, and nothing else is."
    if (one.unit == "percent") != (one.measure == "share"):
        yield "percent are of a share, and nothing else is."
    if one.measure == "share" and (one.split not in {split.code for split in family.splits} or not one.part):
        yield f"the share names no part of {family.code}."
    if one.outside and family.of != "right":
        yield "only what is counted by right is shown beside published figures."

"""Golden tests as they stand in their files: names, months, sources and expected figures, without their households.

For listing and for counting what is covered; `golden` reads the households too and asks the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balsts.law.engine.checks.graph import shown_path
from balsts.law.engine.errors import LawError
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import Node, Place, read_file
from balsts.law.engine.vocabulary import Month

_MAX_BYTES = 1 << 22


@dataclass(frozen=True)
class Case:
    """One golden test. `expect` holds rights and statuses, `expect_rule` other rules with a value for each member."""

    folder: str
    name: str
    month: Month
    source: str
    expect: dict[str, str]
    expect_rule: dict[str, dict[str, str]]
    place: Place

    @property
    def names(self) -> tuple[str, ...]:
        """Everything of which a figure is expected."""
        return (*self.expect, *self.expect_rule)


def cases(law: Law, about: str | None = None) -> Iterator[Case]:
    """All golden tests, or those that expect a figure for one name.

    Raises:
        LawError: a file that does not follow its form.
    """
    for folder, path in sorted(law.folders.items()):
        file = path / "golden.yaml"
        if not file.exists() or (about is not None and about not in file.read_text(encoding="utf-8")):
            continue
        tree = read_file(file, shown=shown_path(law, file), max_bytes=_MAX_BYTES)
        for node in tree.sequence("a list of cases", LawError):
            case = _case(folder, node)
            if about is None or about in case.names:
                yield case


def _case(folder: str, node: Node) -> Case:
    fields = node.mapping("a case", LawError)
    for key in ("name", "on", "source"):
        if key not in fields:
            node.place.fail(f"a golden case needs {key}.", LawError)
    on = fields["on"]
    try:
        month = month_from(on.text("a month", LawError))
    except ValueError as error:
        on.place.fail(f"{error}.", LawError)
    return Case(
        folder=folder,
        name=fields["name"].text("a name", LawError),
        month=month,
        source=fields["source"].text("where the figure comes from", LawError),
        expect=_texts(fields.get("expect")),
        expect_rule={name: _texts(values) for name, values in _entries(fields.get("expect_rule")).items()},
        place=Place(node.place.file, node.place.line),
    )


def _entries(node: Node | None) -> dict[str, Node]:
    return {} if node is None else node.mapping("values by name", LawError)


def _texts(node: Node | None) -> dict[str, str]:
    return {name: value.text("a value", LawError) for name, value in _entries(node).items()}

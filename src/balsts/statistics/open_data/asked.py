"""Which figures of a table are asked for: by codes of its dimensions, as in SDMX REST 2 (`c[UNIT]=EUR,KM`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from balsts.law.engine.errors import InputError, nearest
from balsts.statistics.open_data.observations import Keep, Observation
from balsts.statistics.open_data.structures import Structure

_NAMED = re.compile(r"c\[([A-Z][A-Z0-9_]*)\]")


def kept_by(structure: Structure, asked: Iterable[tuple[str, str]]) -> Keep | None:
    """What tells whether a figure is asked for; nothing where all are.

    Args:
        asked: names such as c[FIGURE] with their codes, divided by commas; a figure has to fit all of them.

    Raises:
        InputError: a name that is none of the table's dimensions.
    """
    known = [one.id for one in structure.key]
    wanted: dict[str, set[str]] = {}
    for name, codes in asked:
        found = _NAMED.fullmatch(name)
        if found is None or found[1] not in known:
            raise InputError(f"{name[:60]} is not asked of this table; expected c[…] with one of {', '.join(known)}."
                             f"{nearest(found[1] if found else name, known)}")  # fmt: skip
        wanted[found[1]] = set(codes.split(","))

    def keep(one: Observation) -> bool:
        return all(one.key[name] in codes for name, codes in wanted.items())

    return keep if wanted else None

"""What is believed of one type of fact, of many at once: by whom, on which days, how surely; and the value to go by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from balsts.law.engine.inputs import Input
from balsts.law.engine.many.columns import Array
from balsts.law.engine.quantities import cents_from, day_from, month_from
from balsts.registry.models import Fact

_READ: dict[str, Callable[[str], int]] = {
    "money": cents_from, "day": day_from, "month": month_from, "flag": lambda text: int(text == "true"),
    "number": int, "text": lambda _: 0,
}  # fmt: skip


@dataclass
class Claims:
    """Claims of one type of fact, the best origin of each person or household last.

    Attributes:
        about: the number of the person or household.
        status: as of `Fact.Status`.
        value: as the law counts; of codes, the text. Nothing where `is_none`: that there is none was told.
        lower, upper: days of the calendar, half-open.
        by_worker: whether a member of staff established it, which settles the matter.
    """

    about: Array
    status: Array
    value: Array
    is_none: Array
    lower: Array
    upper: Array
    by_worker: Array

    def in_force(self, day: Array) -> Array:
        """The claims that are about the day of their person or household."""
        of_whom = day[self.about]
        found: Array = np.flatnonzero((self.lower <= of_whom) & (of_whom < self.upper))
        return found

    def known(self, day: Array) -> Array:
        """Those of them that are known."""
        at = self.in_force(day)
        found: Array = at[self.status[at] == Fact.Status.KNOWN]
        return found

    def values(self, day: Array, default: int) -> Array:
        """A value by person or household: that of the best origin which knows it, else the default."""
        found = np.full(len(day), default, np.int64)
        at = self.known(day)
        found[self.about[at]] = np.where(self.is_none[at], default, self.value[at])
        return found

    def is_stated(self, day: Array) -> Array:
        """By person or household, whether there is a value."""
        found = np.zeros(len(day), bool)
        at = self.known(day)
        found[self.about[at]] = ~self.is_none[at]
        return found

    def codes(self, day: Array) -> list[set[str]]:
        """By person, the codes that are named."""
        found: list[set[str]] = [set() for _ in day]
        for at in self.known(day).tolist():
            found[self.about[at]] = set() if self.is_none[at] else set(self.value[at].split(","))
        return found

    def is_certain(self, day: Array) -> Array:
        """By person or household, whether it is told, and by none otherwise or unsurely; or established by staff."""
        at, known = self.in_force(day), self.known(day)
        told, unsure, differs, settled = (np.zeros(len(day), bool) for _ in range(4))
        told[self.about[known]] = True
        unsure[self.about[at[self.status[at] != Fact.Status.KNOWN]]] = True
        said = np.where(self.is_none[known], "", self.value[known].astype(str))
        order = np.argsort(self.about[known], kind="stable")
        who, said = self.about[known][order], said[order]
        differs[who[1:][(who[1:] == who[:-1]) & (said[1:] != said[:-1])]] = True
        settled[self.about[known]] = self.by_worker[known]
        certain: Array = told & (settled | ~(unsure | differs))
        return certain


def claims_of(one: Input, rows: Sequence[Array]) -> Claims:
    """Claims from rows of the registry: about, status, value, lower, upper, by_worker; the best origin last."""
    about, status, value, lower, upper, by_worker = rows
    is_none = np.array([text is None for text in value.tolist()], bool)
    values = value
    if one.kind != "codes":
        read = _READ.get(one.kind) or one.choice_names.index
        known = {text: int(read(text)) for text in set(value[~is_none].tolist())}
        values = np.array([known.get(text, 0) for text in value.tolist()], np.int64)
    return Claims(about.astype(np.int64), status.astype(np.int64), values, is_none, lower.astype(np.int64),
                  upper.astype(np.int64), by_worker.astype(bool))  # fmt: skip

"""What a contradiction in published figures is: a relation that ought to hold between them, and does not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_DECIMALS = 6


@dataclass(frozen=True)
class Finding:
    """A contradiction (pretruna) between published figures. It is shown with each of them; none of them is corrected.

    Attributes:
        relation: the code of the stated relation that does not hold, as `women-and-men`.
        figure: the code of the figure that the relation gives a value for.
        others: the codes of the figures it is computed from.
        printed: what is printed.
        computed: what it ought to be by the relation, with six decimals at most.
        lv: a sentence that says it, in Latvian.
        en: the same in English.
    """

    relation: str
    figure: str
    others: tuple[str, ...]
    printed: Decimal
    computed: Decimal
    lv: str
    en: str

    def __post_init__(self) -> None:
        if self.computed != round(self.computed, _DECIMALS):
            object.__setattr__(self, "computed", round(self.computed, _DECIMALS))

    def sentence(self, lang: str) -> str:
        """The sentence that says it."""
        return self.lv if lang == "lv" else self.en

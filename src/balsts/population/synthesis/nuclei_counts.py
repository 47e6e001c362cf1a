"""How many families of each type a block has: the published nuclei, moved to the size of the block."""

from __future__ import annotations

from dataclasses import dataclass

from balsts.population.synthesis.facts import assumed_per_person, per_person, rate


@dataclass(frozen=True)
class NucleiCounts:
    """Expected numbers of families by type."""

    couples_without_children: float
    couples_with_minors: float
    couples_with_adult_children: float
    lone_mothers_with_minors: float
    lone_fathers_with_minors: float
    lone_mothers_with_adult_children: float
    lone_fathers_with_adult_children: float
    older_siblings: float
    married_without_children: float
    married_with_minors: float
    married_with_adult_children: float

    @property
    def with_minors(self) -> float:
        """Families with a minor child."""
        return self.couples_with_minors + self.lone_mothers_with_minors + self.lone_fathers_with_minors

    @property
    def with_adult_children_only(self) -> float:
        """Families whose children at home are all adults."""
        return (
            self.couples_with_adult_children
            + self.lone_mothers_with_adult_children
            + self.lone_fathers_with_adult_children
        )


def nuclei_counts(persons: int) -> NucleiCounts:
    """The published families of 2025, those with adult children worked out from the shares of 2023."""
    nuclei = per_person("family_nuclei")
    married_minors = per_person("married_couples_with_minors")
    married_grown = nuclei * rate("share_of_nuclei_married_with_children") - married_minors
    mothers = nuclei * rate("share_of_nuclei_lone_mothers")
    fathers = nuclei * rate("share_of_nuclei_lone_fathers")
    cohabiting = per_person("cohabiting_couples_without_children")
    cohabiting_children = per_person("cohabiting_couples_with_children")
    married = per_person("married_couples_without_children")
    named = married + cohabiting + married_minors + married_grown + cohabiting_children + mothers + fathers
    return NucleiCounts(
        couples_without_children=persons * (married + cohabiting),
        couples_with_minors=persons * (married_minors + cohabiting_children),
        couples_with_adult_children=persons * (married_grown + max(nuclei - named, 0.0)),
        lone_mothers_with_minors=persons * per_person("lone_mothers_with_minors"),
        lone_fathers_with_minors=persons * per_person("lone_fathers_with_minors"),
        lone_mothers_with_adult_children=persons * (mothers - per_person("lone_mothers_with_minors")),
        lone_fathers_with_adult_children=persons * (fathers - per_person("lone_fathers_with_minors")),
        older_siblings=persons * assumed_per_person("adult_children_beside_minors"),
        married_without_children=persons * married,
        married_with_minors=persons * married_minors,
        married_with_adult_children=persons * married_grown,
    )

"""The types of facts: exactly what the law reads and what somebody can supply, held against the catalogue of inputs.

A type that the law cannot read, or an input that nobody supplies, is found by `disagreements`, and the build fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from balsts.access.roles import Visibility
from balsts.law.engine.inputs import Catalogue, Input
from balsts.law.latvia.inputs import CATALOGUE

DECLARATION, WORKER = "declaration", "worker"
"""Origins besides registers: what the household states, and what a member of staff has established."""


@dataclass(frozen=True)
class FactType:
    """A type of fact.

    Attributes:
        number: how it is stored; never used for another type again.
        key: the name of the law's input.
        visibility: the kind of data it is, unless a fact says otherwise.
    """

    number: int
    key: str
    visibility: Visibility = "ordinary"

    @property
    def input(self) -> Input:
        """The law's input."""
        return CATALOGUE.by_key[self.key]


FACT_TYPES = (
    FactType(1, "born"),
    FactType(2, "died"),
    FactType(3, "sex"),
    FactType(4, "is_emergency_guardian"),
    FactType(5, "care_granted_on"),
    FactType(6, "adopted_on", "sealed"),
    FactType(7, "left_care_on"),
    FactType(8, "birth_order"),
    FactType(9, "is_married"),
    FactType(10, "resident_status"),
    FactType(11, "disability_group", "health"),
    FactType(12, "is_disabled_child", "health"),
    FactType(13, "is_disabled_since_childhood", "health"),
    FactType(14, "needs_special_care", "health"),
    FactType(15, "mobility_opinion_on", "health"),
    FactType(16, "has_sight_disability_group_1", "health"),
    FactType(17, "has_celiac_certificate", "health"),
    FactType(18, "education"),
    FactType(19, "is_employed"),
    FactType(20, "is_insured"),
    FactType(21, "is_imprisoned"),
    FactType(22, "is_in_long_term_care", "health"),
    FactType(23, "long_term_care_cost_eur_month"),
    FactType(24, "is_orphan_after_care"),
    FactType(25, "lost_breadwinner_on"),
    FactType(26, "is_chernobyl_participant", "health"),
    FactType(27, "applied_for"),
    FactType(28, "claimed_on"),
    FactType(29, "wage_net_eur_month"),
    FactType(30, "pension_eur_month"),
    FactType(31, "other_counted_income_eur_month"),
    FactType(32, "uncounted_income_eur_month"),
    FactType(33, "pension_gross_eur_month"),
    FactType(34, "is_early_pension"),
    FactType(35, "other_child_payments_eur_month"),
    FactType(36, "savings_eur"),
    FactType(37, "insurance_record_years"),
    FactType(38, "insurance_record_before_1996_years"),
    FactType(39, "notional_capital_eur"),
    FactType(40, "initial_capital_eur"),
    FactType(41, "pension_granted_on"),
    FactType(42, "average_contribution_wage_eur_month"),
    FactType(43, "average_contribution_wage_eur_day"),
    FactType(44, "incapacity_days", "health"),
    FactType(45, "leave_days"),
    FactType(46, "parental_benefit_option"),
    FactType(47, "unemployed_since"),
    FactType(48, "capacity_loss_percent", "health"),
    FactType(49, "gross_wage_eur_month"),
    FactType(50, "assistant_hours", "health"),
    FactType(51, "housing_costs_eur_month"),
    FactType(52, "municipality"),
    FactType(53, "has_needy_property"),
    FactType(54, "months_since_first_application"),
    FactType(55, "crisis"),
    FactType(56, "housing_benefit_first_month"),
)
"""All types of facts. Ties between persons are relations (`RELATION_KINDS`), not facts."""

BY_KEY = {one.key: one for one in FACT_TYPES}
BY_NUMBER = {one.number: one for one in FACT_TYPES}

RelationKind = Literal[
    "partner", "parent", "guardian", "foster_parent", "adoptive_parent", "preadoption_carer", "support_person"
]
RELATION_KINDS: dict[str, tuple[str, int]] = {
    "partner": ("partner", 1),
    "parent": ("parents", 2),
    "guardian": ("guardian", 1),
    "foster_parent": ("foster_parents", 2),
    "adoptive_parent": ("adoptive_parents", 2),
    "preadoption_carer": ("preadoption_carer", 1),
}
"""Kind of relation → the law's input for it, and how many at a time. Stated on the child, and on both partners."""


def disagreements(catalogue: Catalogue = CATALOGUE) -> Iterator[str]:
    """What does not fit between the types of facts and the inputs of the law; nothing when all does."""
    supplied = {one.key for one in FACT_TYPES} | {key for key, _ in RELATION_KINDS.values()}
    for one in catalogue.inputs:
        if one.key not in supplied:
            yield f"{one.key} is an input of the law, and no type of fact or relation supplies it."
        if one.kind == "link" and (one.key, one.several) not in RELATION_KINDS.values():
            yield f"{one.key} is a tie of {one.several} at most; the registry has no relation for it."
    for key in sorted(supplied - catalogue.by_key.keys()):
        yield f"{key} is recorded, and the law has no input of that name."
    for what, all_of_them in (("number", BY_NUMBER), ("key", BY_KEY)):
        if len(all_of_them) != len(FACT_TYPES):
            yield f"Two types of facts have one {what}."

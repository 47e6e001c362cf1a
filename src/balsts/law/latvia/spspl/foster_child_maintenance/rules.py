"""Maintenance benefit for a child in a foster family, paid by the municipality."""

from __future__ import annotations

from balsts.law.engine.declare import right, rule
from balsts.law.engine.vocabulary import Cents, Link, is_someone


@rule(act="SPSPL", article="article not read", lv="Bērns audžuģimenē", en="Child in a foster family",
      since="2020-01-01")  # fmt: skip
def is_maintained_foster_child(foster_payee: Link, is_minor: bool) -> bool:
    """A minor placed with foster parents."""
    return is_someone(foster_payee) and is_minor


@right(act="SPSPL", article="article not read", lv="Pabalsts bērna uzturam audžuģimenē", en="Foster child maintenance",
       since="2020-01-01", payer="municipality", per="month", counted=False, payee="foster_payee")  # fmt: skip
def foster_child_maintenance(
    is_maintained_foster_child: bool,
    age_years: int,
    foster_child_maintenance_older_from_years: int,
    foster_child_maintenance_younger_amount: Cents,
    foster_child_maintenance_older_amount: Cents,
) -> Cents:
    """For each child, by age on the 1st: the least that every municipality pays."""
    # Simplification: a municipality may pay more; its children get more than is stated here.
    if not is_maintained_foster_child:
        return Cents(0)
    if age_years < foster_child_maintenance_older_from_years:
        return foster_child_maintenance_younger_amount
    return foster_child_maintenance_older_amount

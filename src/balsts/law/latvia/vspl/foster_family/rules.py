"""Remuneration of a foster family, by the number of children (VSPL 11; MK 1549)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, any_of, count, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Link, MoneyTable, Month, is_someone, months_from

foster_children = count(
    "is_foster_child", over="foster_payee", lv="Bērni audžuģimenē", en="Children in the foster family",
)  # fmt: skip
has_foster_child = any_of(
    "is_foster_child", over="foster_payee", lv="Ir audžuģimenē ievietots bērns", en="Has a foster child",
)  # fmt: skip


@rule(act="VSPL", article="11", lv="Audžuģimenē ievietots bērns", en="Foster child", since="2020-01-01",
      questions=[
          Question(lv="Atlīdzība pienākas, ja bērns ievietots ilgāk par vienu mēnesi; vai tad arī par pirmo mēnesi? "
                      "Pieņemts: jā.",
                   en="The remuneration is due when the child is placed for more than a month; then for the first "
                      "month too? Read: yes.",
                   rests_on="vsaa-audz"),
      ])  # fmt: skip
def is_foster_child(
    foster_payee: Link, is_minor: bool, care_granted_on: Day, month: Month, is_covered_by_state_benefits: bool
) -> bool:
    """A minor in a foster family, from the month of the placement (when its day is not stated, an old one)."""
    # Simplification: a placement of up to a month is not told apart; whoever states one gets its month.
    is_placed = is_someone(foster_payee) and months_from(care_granted_on, month) >= 0
    return is_placed and is_minor and is_covered_by_state_benefits


@right(act="VSPL", article="11", lv="Atlīdzība par audžuģimenes pienākumu pildīšanu",
       en="Remuneration of a foster family", since="2020-01-01", payer="state", per="month", counted=True,
       beneficiaries="is_foster_child", beneficiaries_over="foster_payee",
       questions=[
           Question(lv="Vai atlīdzību audžuģimenei ieskaita mājsaimniecības ienākumos? Pieņemts: jā, jo tā nav starp "
                       "neieskaitāmajiem pabalstiem.",
                    en="Does a foster family's remuneration count as income of the household? Read: yes, as it is not "
                       "among the benefits left out.",
                    rests_on="jekabpils-inc"),
       ])  # fmt: skip
def foster_family_remuneration(
    has_foster_child: bool, foster_children: int, foster_family_remuneration_table: MoneyTable
) -> Cents:
    """One for the family, by the number of children placed with it."""
    if not has_foster_child:
        return Cents(0)
    return foster_family_remuneration_table.at(foster_children)

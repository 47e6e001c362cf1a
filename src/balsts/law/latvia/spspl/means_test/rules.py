"""Means test of a household: its members, their income, savings and property (SPSPL 5(2) and 36(1); MK 809)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, count, counted_rights, rule, total
from balsts.law.engine.vocabulary import Cents
from balsts.law.latvia.inputs import ResidentStatus

household_members = count("counts_in_household", over="household",
                          lv="Mājsaimniecības locekļi", en="Members of the household")  # fmt: skip
members_income = total("member_income", over="household", where="counts_in_household",
                       lv="Mājsaimniecības locekļu ienākumi", en="Income of the members")  # fmt: skip
members_counted_rights = counted_rights(over="household", where="counts_in_household",
                                        lv="Ienākumos ieskaitāmie pabalsti",
                                        en="Rights that count as income")  # fmt: skip
household_savings = total("savings", over="household", where="counts_in_household",
                          lv="Mājsaimniecības naudas uzkrājumi", en="Savings of the household")  # fmt: skip
ukrainian_members = count("is_ukrainian_civilian", over="household", where="counts_in_household",
                          lv="Ukrainas civiliedzīvotāji mājsaimniecībā",
                          en="Ukrainian civilians in the household")  # fmt: skip


@rule(act="SPSPL", article="5(2)", lv="Personas ienākumi", en="Income of a member", since="2020-01-01")
def member_income(wage_net: Cents, pension: Cents, other_counted_income: Cents) -> Cents:
    """After tax, the monthly average of the last three full months; what the law does not count is left out."""
    return wage_net + pension + other_counted_income


@rule(act="SPSPL", article="5(2)", lv="Mājsaimniecības ienākumi", en="Household income", since="2020-01-01",
      entity="household")  # fmt: skip
def household_income(members_income: Cents, members_counted_rights: Cents) -> Cents:
    """Income of the members and their rights that count, those at their amount for the month asked."""
    # Simplification: the law averages benefits of the last three months too; after a change of amount or of the
    # household the month asked differs from that average.
    return members_income + members_counted_rights


@rule(act="SPSPL", article="36(1) p. 2", lv="Naudas uzkrājumu robeža", en="Savings limit", since="2021-01-01",
      until="2024-01-01", entity="household",
      questions=[
          Question(lv="Vai no 2023-07-01 līdz 2023-12-31 uzkrājumu robeža bija jaunais slieksnis (313 eiro) un vai "
                      "katra nākamā persona to palielināja? Pieņemts: 272 eiro mājsaimniecībai visu laiku.",
                   en="Was the savings limit from 2023-07-01 to 2023-12-31 the new threshold (313), and did each other "
                      "person raise it? Read: 272 for the household all the time.",
                   rests_on="jurmala"),
      ])  # fmt: skip
def savings_limit(means_test_savings_first: Cents) -> Cents:
    """One amount for the household, however large."""
    return means_test_savings_first


@rule(act="SPSPL", article="36(1) p. 2", lv="Naudas uzkrājumu robeža", en="Savings limit", since="2024-01-01",
      entity="household")  # fmt: skip
def savings_limit(household_members: int, means_test_savings_first: Cents, means_test_savings_other: Cents) -> Cents:
    """The first person's amount and the lower one of each other person."""
    if household_members == 0:
        return Cents(0)
    return means_test_savings_first + means_test_savings_other * (household_members - 1)


@rule(act="SPSPL", article="36(1), text of 2020 not read", lv="Uzkrājumi nepārsniedz robežu",
      en="Savings within the limit", since="2020-01-01", until="2021-01-01", entity="household")  # fmt: skip
def is_within_savings_limit(household_savings: Cents, means_test_savings_first: Cents) -> bool:
    """Who has no savings is within any limit."""
    if household_savings == Cents(0):
        return True
    return household_savings <= means_test_savings_first


@rule(act="SPSPL", article="36(1) p. 2", lv="Uzkrājumi nepārsniedz robežu", en="Savings within the limit",
      since="2021-01-01", entity="household")  # fmt: skip
def is_within_savings_limit(household_savings: Cents, savings_limit: Cents) -> bool:
    """Not above the limit."""
    return household_savings <= savings_limit


@rule(act="UCAL", article="article not read", lv="Ukrainas civiliedzīvotājs", en="Ukrainian civilian",
      since="2020-01-01")  # fmt: skip
def is_ukrainian_civilian(resident_status: ResidentStatus) -> bool:
    """Resident by the law on Ukrainian civilians."""
    return resident_status == ResidentStatus.UKRAINE_CIVILIAN


@rule(act="UCAL", article="article not read", lv="Ukrainas civiliedzīvotāju mājsaimniecība",
      en="Household of Ukrainian civilians", since="2022-03-01", entity="household",
      questions=[
          Question(lv="Vai mājsaimniecība, kurā tikai daļa ir Ukrainas civiliedzīvotāji, ir Ukrainas civiliedzīvotāja "
                      "mājsaimniecība? Pieņemts: nav.",
                   en="Is a household of which only some members are Ukrainian civilians a household of a Ukrainian "
                      "civilian? Read: it is not.",
                   rests_on="S1"),
      ])  # fmt: skip
def is_ukrainian_household(household_members: int, ukrainian_members: int) -> bool:
    """All its members are Ukrainian civilians."""
    return household_members >= 1 and ukrainian_members == household_members


@rule(act="UCAL", article="article not read", lv="Materiālos resursus nevērtē", en="Means are not assessed",
      since="2022-03-01", entity="household")  # fmt: skip
def is_means_test_waived(
    is_ukrainian_household: bool, months_since_first_application: int, means_test_waived_months: int
) -> bool:
    """In the first months of Ukrainian civilians, the month of the first application being month 0."""
    return is_ukrainian_household and months_since_first_application < means_test_waived_months

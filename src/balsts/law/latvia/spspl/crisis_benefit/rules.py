"""Benefit in a crisis situation, paid once and without a means test (SPSPL 35(2); UCAL)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, count, right, rule
from balsts.law.engine.vocabulary import Cents

minors_in_household = count("is_minor", over="household", where="counts_in_household",
                            lv="Bērni mājsaimniecībā", en="Children in the household")  # fmt: skip


@rule(act="SPSPL", article="35(2)", lv="Mājsaimniecība krīzes situācijā", en="Household in a crisis",
      since="2020-01-01", entity="household")  # fmt: skip
def is_crisis_household(crisis: bool, household_members: int) -> bool:
    """A catastrophe or another event outside its power has struck the household this month."""
    return crisis and household_members >= 1


@right(act="SPSPL", article="35(2)", lv="Pabalsts krīzes situācijā", en="Crisis benefit", since="2020-01-01",
       until="2022-03-01", payer="municipality", per="once", counted=False, entity="household",
       beneficiaries="counts_in_household")  # fmt: skip
def crisis_benefit(is_crisis_household: bool, crisis_benefit_municipal_amount: Cents) -> Cents:
    """What the municipality has set."""
    if not is_crisis_household:
        return Cents(0)
    return crisis_benefit_municipal_amount


@right(act="SPSPL", article="35(2)", lv="Pabalsts krīzes situācijā", en="Crisis benefit", since="2022-03-01",
       payer="municipality", per="once", counted=False, entity="household", beneficiaries="counts_in_household",
       questions=[
           Question(lv="Cik bieži Ukrainas civiliedzīvotājiem pienākas krīzes pabalsts: vienu reizi trīs mēnešos "
                       "(2023. gada pārskats)? Pieņemts: mēnesī, par kuru norādīta krīze.",
                    en="How often is the crisis benefit due to Ukrainian civilians: once in three months (report of "
                       "2023)? Read: in the month for which a crisis is stated.",
                    rests_on="S1"),
       ])  # fmt: skip
def crisis_benefit(
    is_crisis_household: bool,
    is_ukrainian_household: bool,
    household_members: int,
    minors_in_household: int,
    crisis_benefit_ukrainian_adult: Cents,
    crisis_benefit_ukrainian_child: Cents,
    crisis_benefit_municipal_amount: Cents,
) -> Cents:
    """For Ukrainian civilians an amount for each adult and child; for all others what the municipality has set."""
    if not is_crisis_household:
        return Cents(0)
    if is_ukrainian_household:
        adults = household_members - minors_in_household
        return crisis_benefit_ukrainian_adult * adults + crisis_benefit_ukrainian_child * minors_in_household
    return crisis_benefit_municipal_amount

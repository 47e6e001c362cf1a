"""Family grant: by number of children, once more when a child is born."""

from __future__ import annotations

from balsts.law.engine.declare import count, earlier, linked, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Link, MoneyTable, Month, is_someone, months_from
from tests.law.small_country import School

children_paid = count("is_grant_child", over="family", lv="Bērni", en="Children paid for")
was_grant_child = earlier("is_grant_child", months=1, lv="Bija pirms mēneša", en="Was one a month ago")
partner_wage = linked("wage", via="partner", lv="Partnera alga", en="Partner's wage")


@rule(act="GA", article="3", lv="Bērns", en="Child of the grant", since="2019-01-01", until="2022-01-01")
def is_grant_child(age: int, family_grant_last_age: int) -> bool:
    """Up to the last age."""
    return age >= 0 and age < family_grant_last_age


@rule(act="GA", article="3", lv="Bērns", en="Child of the grant", since="2022-01-01")
def is_grant_child(
    age: int, school: School, applied_for_family_grant: bool, family_grant_last_age: int, family_grant_school_age: int
) -> bool:
    """Up to the last age, or at school and applied."""
    if age < 0:
        return False
    return age < family_grant_last_age or (
        school == School.FULL_TIME and age < family_grant_school_age and applied_for_family_grant
    )


@rule(act="GA", article="7", lv="Pāra alga", en="Couple's wage", since="2020-01-01")
def couple_wage(wage: Cents, partner_wage: Cents) -> Cents:
    """What both earn; no grant asks for it, it is worked out for those who ask."""
    return wage + partner_wage


@right(act="GA", article="4", lv="Ģimenes grants", en="Family grant", since="2020-01-01", entity="family",
       payer="state", per="month", counted=False, payee="family_payee", beneficiaries="is_grant_child")  # fmt: skip
def family_grant(children_paid: int, family_grant_per_child: MoneyTable) -> Cents:
    """Every child gets the row for the number of children."""
    return children_paid * family_grant_per_child.at(children_paid)


@right(act="GA", article="5", lv="Pirmreizējs grants", en="First grant", since="2020-01-01",
       payer="state", per="once", counted=False, payee="family_payee")  # fmt: skip
def first_grant(is_grant_child: bool, was_grant_child: bool, family_grant_first: Cents) -> Cents:
    """In the month in which a child becomes one of the grant."""
    if not is_grant_child or was_grant_child:
        return Cents(0)
    return family_grant_first


@right(act="GA", article="6", lv="Aizbildņa grants", en="Guardian's grant", since="2021-01-01",
       payer="state", per="month", counted=True, payee="guardian", paid="arrears")  # fmt: skip
def ward_grant(is_grant_child: bool, guardian: Link, born: Day, month: Month, family_grant_ward: Cents) -> Cents:
    """For each ward; nobody knows the amount in 2023."""
    if not is_grant_child or not is_someone(guardian) or months_from(born, month) < 1:
        return Cents(0)
    return family_grant_ward

"""Help with the rent: what the rent takes above a share of the income."""

from __future__ import annotations

from balsts.law.engine.declare import CENT, any_of, counted_rights, half_up, largest, right, rule, status, total
from balsts.law.engine.vocabulary import Cents, MoneyScale, Rate

wages = total("wage", over="household", where="is_grown", lv="Algas", en="Wages")
rights_counted = counted_rights(over="household", lv="Vērā ņemamās tiesības", en="Rights that count")
oldest = largest("age", over="household", lv="Vecākais", en="Oldest")
has_child = any_of("is_grant_child", over="household", lv="Ir bērns", en="Has a child")


@rule(act="RA", article="1", lv="Pieaudzis", en="Grown up", since="2020-01-01")
def is_grown(age: int, family_grant_last_age: int) -> bool:
    """Above the age of the grant."""
    return age >= family_grant_last_age


@rule(act="RA", article="2", lv="Ienākumi", en="Income", since="2020-01-01", entity="household")
def income(wages: Cents, rights_counted: Cents) -> Cents:
    """Wages and rights."""
    return wages + rights_counted


@rule(act="RA", article="3", lv="Paša daļa", en="Own share", since="2020-01-01", entity="household",
      rounding=half_up(to=CENT, article="RA 3(2)"))  # fmt: skip
def own_share(income: Cents, rent_help_own_share: Rate, rent_help_limit: Cents) -> Cents:
    """What the household pays itself; above the limit nothing is helped with."""
    return min(income, rent_help_limit) * rent_help_own_share


@status(act="RA", article="4", lv="Nabadzīga", en="Poor household", since="2020-01-01")
def poor_household(income: Cents, rent_help_limit: Cents) -> bool:
    """Income up to the limit."""
    return income <= rent_help_limit


@right(act="RA", article="5", lv="Īres palīdzība", en="Rent help", since="2020-01-01", entity="household",
       payer="town", per="month", counted=False, beneficiaries="is_here")  # fmt: skip
def rent_help(
    rent: Cents, own_share: Cents, poor_household: bool, is_registered: bool, oldest: int, has_child: bool,
    rent_help_oldest: int, rent_help_top: MoneyScale, income: Cents,
) -> Cents:  # fmt: skip
    """The rent above the own share, up to the top of its band of income."""
    if not poor_household or not is_registered:
        return Cents(0)
    help = max(Cents(0), rent - own_share)
    if oldest >= rent_help_oldest or has_child:
        help = min(rent, help * 2)
    return min(help, rent_help_top.at(income))

"""Support for children for the rise of energy prices, January to April 2022 (energy price law)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Month, months_from
from balsts.law.latvia.inputs import ResidentStatus

_STUDENTS = Question(
    lv="Atbalstu uz pašu iesniegumu saņēma arī jaunieši līdz 24 gadu vecumam, kuri mācās vai studē un par kuriem "
       "nemaksā ģimenes valsts pabalstu; te viņu nav. Vai viņi ir starp 397 936 bērniem?",
    en="Young people up to 24 in education for whom no family benefit is paid also got the support, on their own "
       "application; they are not included here. Are they among the 397,936 children?",
    rests_on="isma-50",
)  # fmt: skip


@rule(act="ENERGYL", article="atbalsts par bērnu", lv="Bērns, par kuru maksā energoresursu atbalstu",
      en="Child for whom the energy support is paid", since="2022-01-01", until="2022-05-01")  # fmt: skip
def is_energy_child(
    is_minor: bool, is_married: bool, resident_status: ResidentStatus, is_family_benefit_child: bool
) -> bool:
    """An unmarried minor, at school or not, without a temporary permit; or a child with the family benefit."""
    # Simplification: a right of one day gave all four months; here a child who turns 18 and is not at school loses
    # the months from the birthday on.
    is_unmarried_minor = is_minor and not is_married
    return (is_unmarried_minor and resident_status != ResidentStatus.TEMPORARY) or is_family_benefit_child


@rule(act="ENERGYL", article="atbalsts par bērnu", lv="Mēneši, par kuriem maksā", en="Months paid for",
      since="2022-01-01", until="2022-05-01")  # fmt: skip
def energy_child_months(born: Day, month: Month, energy_children_months_so_far: int) -> int:
    """One; in the month of birth all months of the support so far."""
    if months_from(born, month) == 0:
        return energy_children_months_so_far
    return 1


@right(act="ENERGYL", article="atbalsts par bērnu", lv="Atbalsts par bērnu energoresursu cenu kompensācijai",
       en="Energy support for a child", since="2022-01-01", until="2022-02-01", enacted="2022-01-27",
       payer="state", per="month", paid="arrears", counted=False, payee="family_payee",
       questions=[_STUDENTS])  # fmt: skip
def energy_child_benefit(is_energy_child: bool, energy_child_months: int, energy_children_amount: Cents) -> Cents:
    """For each child; January was paid with February, at the end of February."""
    if not is_energy_child:
        return Cents(0)
    return energy_child_months * energy_children_amount


@right(act="ENERGYL", article="atbalsts par bērnu", lv="Atbalsts par bērnu energoresursu cenu kompensācijai",
       en="Energy support for a child", since="2022-02-01", until="2022-05-01",
       payer="state", per="month", counted=False, payee="family_payee", questions=[_STUDENTS])  # fmt: skip
def energy_child_benefit(is_energy_child: bool, energy_child_months: int, energy_children_amount: Cents) -> Cents:
    """For each child, a month."""
    if not is_energy_child:
        return Cents(0)
    return energy_child_months * energy_children_amount

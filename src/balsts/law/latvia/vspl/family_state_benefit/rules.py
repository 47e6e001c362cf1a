"""Family state benefit: for those who raise children (VSPL 6; MK 1517, from 2022 MK 864)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, any_of, count, right, rule, total
from balsts.law.engine.vocabulary import Cents, MoneyTable
from balsts.law.latvia.inputs import Education

family_benefit_children = count(
    "is_family_benefit_child", over="family",
    lv="Bērni, par kuriem maksā ģimenes valsts pabalstu", en="Children for whom the family state benefit is paid",
)  # fmt: skip
has_family_benefit_child = any_of(
    "is_family_benefit_child", over="family",
    lv="Ir bērns, par kuru maksā ģimenes valsts pabalstu", en="Has a child for whom the family state benefit is paid",
)  # fmt: skip
family_benefit_for_all_children = total(
    "family_state_benefit_for_child", over="family",
    lv="Ģimenes valsts pabalsts par visiem bērniem", en="Family state benefit for all children",
)  # fmt: skip

_DISABLED_AND_MARRIED = Question(
    lv="Vai par bērnu ar invaliditāti no 16 līdz 20 gadiem pabalstu maksā arī tad, ja viņš ir laulībā, un vai pēc 18 "
       "gadiem pietiek ar invaliditātes grupu? Pieņemts: laulība netraucē; vajadzīgs bērna ar invaliditāti statuss.",
    en="Is the benefit due for a disabled child of 16 to 20 who is married, and is a disability group enough after 18? "
       "Read: marriage is no bar; the status of a disabled child is needed.",
    rests_on="latvija-303b",
)  # fmt: skip
_WHO_RAISES = Question(
    lv="Vai pabalstu maksā audžuģimenei, personai, kuras aprūpē ir adoptējamais bērns, un jaunietim pašam pēc "
       "ārpusģimenes aprūpes? Pieņemts: tam, kurš bērnu faktiski audzina; jaunietim pašam ne.",
    en="Is the benefit paid to a foster family, to a pre-adoption carer and to a young person after out-of-family "
       "care? Read: to whoever raises the child; not to the young person.",
    rests_on="latvija-303b",
)  # fmt: skip


@rule(act="VSPL", article="6", lv="Mācās vispārējās vai profesionālās izglītības iestādē",
      en="In general or vocational education", since="2020-01-01")  # fmt: skip
def is_pupil(education: Education) -> bool:
    """At a school of general or vocational education."""
    return education == Education.GENERAL or education == Education.VOCATIONAL


@rule(act="VSPL", article="6", lv="Bērns, par kuru maksā ģimenes valsts pabalstu",
      en="Child for whom the family state benefit is paid", since="2020-01-01", until="2022-01-01")  # fmt: skip
def is_family_benefit_child(
    age_years: int,
    is_pupil: bool,
    is_married: bool,
    is_covered_by_state_benefits: bool,
    family_state_benefit_from_years: int,
    family_state_benefit_school_years: int,
    family_state_benefit_until_years: int,
) -> bool:
    """From 1 to 15; to 20 while at school and unmarried."""
    return (
        is_covered_by_state_benefits
        and family_state_benefit_from_years <= age_years < family_state_benefit_until_years
        and (age_years < family_state_benefit_school_years or (is_pupil and not is_married))
    )  # fmt: skip


@rule(act="VSPL", article="6", lv="Bērns, par kuru maksā ģimenes valsts pabalstu",
      en="Child for whom the family state benefit is paid", since="2022-01-01", until="2026-01-01",
      questions=[_DISABLED_AND_MARRIED, _WHO_RAISES])  # fmt: skip
def is_family_benefit_child(
    age_years: int,
    is_pupil: bool,
    is_married: bool,
    is_covered_by_state_benefits: bool,
    is_disabled_child: bool,
    family_state_benefit_from_years: int,
    family_state_benefit_school_years: int,
    family_state_benefit_until_years: int,
) -> bool:
    """From 1 to 16; to 20 while at school and unmarried, or disabled."""
    return (
        is_covered_by_state_benefits
        and family_state_benefit_from_years <= age_years < family_state_benefit_until_years
        and (age_years < family_state_benefit_school_years or (is_pupil and not is_married) or is_disabled_child)
    )  # fmt: skip


@rule(act="VSPL", article="6", lv="Bērns, par kuru maksā ģimenes valsts pabalstu",
      en="Child for whom the family state benefit is paid", since="2026-01-01",
      questions=[_DISABLED_AND_MARRIED, _WHO_RAISES])  # fmt: skip
def is_family_benefit_child(
    age_years: int,
    is_pupil: bool,
    is_married: bool,
    is_covered_by_state_benefits: bool,
    is_disabled_child: bool,
    is_student_on_application: bool,
    family_state_benefit_from_years: int,
    family_state_benefit_school_years: int,
    family_state_benefit_until_years: int,
) -> bool:
    """From 1 to 16; to 20 while unmarried at school or (on application) full-time higher education, or disabled."""
    is_learning = (is_pupil or is_student_on_application) and not is_married
    return (
        is_covered_by_state_benefits
        and family_state_benefit_from_years <= age_years < family_state_benefit_until_years
        and (age_years < family_state_benefit_school_years or is_learning or is_disabled_child)
    )  # fmt: skip


@rule(act="VSPL", article="6", lv="Students, par kuru pabalsts pieprasīts",
      en="Student for whom the benefit was applied for", since="2026-01-01")  # fmt: skip
def is_student_on_application(education: Education, applied_for_family_state_benefit: bool) -> bool:
    """In college or full-time university study, and the benefit was asked for."""
    return education == Education.HIGHER_FULL_TIME and applied_for_family_state_benefit


@rule(act="VSPL", article="6(3)", lv="Ģimenes valsts pabalsts par bērnu", en="Family state benefit for the child",
      since="2020-01-01", until="2022-01-01")  # fmt: skip
def family_state_benefit_for_child(
    is_family_benefit_child: bool, birth_order: int, family_state_benefit_by_birth_order: MoneyTable
) -> Cents:
    """By the order of birth among the mother's children, whether or not the elder ones are still paid for."""
    if not is_family_benefit_child:
        return Cents(0)
    return family_state_benefit_by_birth_order.at(birth_order)


@rule(act="VSPL", article="6(3)", lv="Ģimenes valsts pabalsts par bērnu", en="Family state benefit for the child",
      since="2022-01-01")  # fmt: skip
def family_state_benefit_for_child(
    is_family_benefit_child: bool, family_benefit_children: int, family_state_benefit_per_child: MoneyTable
) -> Cents:
    """The child's share: every child gets the row for the number of children."""
    if not is_family_benefit_child:
        return Cents(0)
    return family_state_benefit_per_child.at(family_benefit_children)


@rule(act="VSPL", article="6", lv="Piemaksa par divu un vairāk bērnu audzināšanu",
      en="Supplement for raising two or more children", entity="family",
      since="2020-01-01", until="2022-01-01")  # fmt: skip
def many_children_supplement(
    family_benefit_children: int,
    family_state_benefit_supplement: MoneyTable,
    family_state_benefit_supplement_listed_children: int,
    family_state_benefit_supplement_each_further: Cents,
) -> Cents:
    """One supplement by the number of children paid for, rising evenly after the last row."""
    further = max(family_benefit_children - family_state_benefit_supplement_listed_children, 0)
    return (
        family_state_benefit_supplement.at(family_benefit_children)
        + further * family_state_benefit_supplement_each_further
    )


@right(act="VSPL", article="6", lv="Ģimenes valsts pabalsts", en="Family state benefit", entity="family",
       since="2020-01-01", until="2022-01-01", payer="state", per="month", counted=False,
       payee="family_payee", beneficiaries="is_family_benefit_child")  # fmt: skip
def family_state_benefit(
    has_family_benefit_child: bool, family_benefit_for_all_children: Cents, many_children_supplement: Cents
) -> Cents:
    """For each child by its order of birth, with the supplement for two or more children."""
    if not has_family_benefit_child:
        return Cents(0)
    return family_benefit_for_all_children + many_children_supplement


@right(act="VSPL", article="6", lv="Ģimenes valsts pabalsts", en="Family state benefit", entity="family",
       since="2022-01-01", payer="state", per="month", counted=False,
       payee="family_payee", beneficiaries="is_family_benefit_child")  # fmt: skip
def family_state_benefit(has_family_benefit_child: bool, family_benefit_for_all_children: Cents) -> Cents:
    """The children's shares together: 25, 100, 225, then 100 for each."""
    if not has_family_benefit_child:
        return Cents(0)
    return family_benefit_for_all_children

"""State support for a child with celiac disease (MK 261 of 2013)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents
from balsts.law.latvia.inputs import Education


@rule(act="MK261", article="article not read", lv="Mācās vai studē", en="In school or studying", since="2020-01-01")
def is_studying_with_celiac(
    is_pupil: bool,
    education: Education,
    age_years: int,
    celiac_support_school_until_years: int,
    celiac_support_study_until_years: int,
) -> bool:
    """General or vocational school to 20, full-time university to 24."""
    if is_pupil:
        return age_years < celiac_support_school_until_years
    return education == Education.HIGHER_FULL_TIME and age_years < celiac_support_study_until_years


@rule(act="MK261", article="article not read", lv="Ar celiakiju slims bērns",
      en="Child with celiac disease", since="2020-01-01",
      questions=[
          Question(
              lv="Vai atbalsts pienākas arī bērnam ar termiņuzturēšanās atļauju? Vecā aģentūras lapa viņu izslēdz. "
              "Pieņemts: statuss atbalstu neliedz.",
              en="Is it due to a child with a temporary residence permit? An old page of the agency excludes such a "
              "child. Read as: the status is no bar.",
              rests_on="vsaa-celiakija",
          )
      ])  # fmt: skip
def is_celiac_child(has_celiac_certificate: bool, is_minor: bool, is_studying_with_celiac: bool) -> bool:
    """A minor or a student with the certificate, also when disabled."""
    return has_celiac_certificate and (is_minor or is_studying_with_celiac)


@right(act="MK261", article="article not read", lv="Valsts atbalsts ar celiakiju slimam bērnam",
       en="Support for a child with celiac disease", since="2020-01-01", payer="state", per="month",
       counted=False)  # fmt: skip
def celiac_support(is_celiac_child: bool, celiac_support_amount: Cents) -> Cents:
    """For each child, a month; stated at the child, for a minor a parent receives it."""
    if not is_celiac_child:
        return Cents(0)
    return celiac_support_amount

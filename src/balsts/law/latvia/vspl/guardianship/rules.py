"""Guardians: a benefit for each ward and one remuneration (VSPL 9, 10), emergency guardians of Ukrainian children."""

from __future__ import annotations

from balsts.law.engine.declare import Question, any_of, linked, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Link, MoneyTable, Month, is_someone, months_from

guardian_is_emergency = linked(
    "is_emergency_guardian", via="guardian",
    lv="Aizbildnis ir ārkārtas aizbildnis", en="The guardian is an emergency guardian",
)  # fmt: skip
has_ward = any_of(
    "is_ward", over="guardian", lv="Ir aizbildnībā esošs bērns", en="Has a ward",
)  # fmt: skip
has_ordinary_ward = any_of(
    "is_ordinary_ward", over="guardian",
    lv="Ir aizbildnībā esošs bērns, ne ārkārtas aizbildnībā", en="Has a ward not under emergency guardianship",
)  # fmt: skip
has_emergency_ward = any_of(
    "is_emergency_ward", over="guardian",
    lv="Ir ārkārtas aizbildnībā esošs bērns", en="Has a ward under emergency guardianship",
)  # fmt: skip


@rule(act="VSPL", article="9", lv="Aizbildnībā esošs bērns", en="Ward", since="2020-01-01")
def is_ward(
    guardian: Link, is_minor: bool, care_granted_on: Day, month: Month, is_covered_by_state_benefits: bool
) -> bool:
    """A minor with a guardian, from the month of the appointment (when its day is not stated, an old one)."""
    is_placed = is_someone(guardian) and months_from(care_granted_on, month) >= 0
    return is_placed and is_minor and is_covered_by_state_benefits


@rule(act="UCAL", article="ārkārtas aizbildnis", lv="Aizbildnība ir ārkārtas aizbildnība",
      en="The guardianship is an emergency guardianship", since="2022-04-01")  # fmt: skip
def has_emergency_guardian(is_emergency_guardian: bool, guardian_is_emergency: bool) -> bool:
    """Stated on the child or on the guardian."""
    return is_emergency_guardian or guardian_is_emergency


@rule(act="VSPL", article="10", lv="Parastā aizbildnībā esošs bērns", en="Ward of an ordinary guardian",
      since="2022-04-01")  # fmt: skip
def is_ordinary_ward(is_ward: bool, has_emergency_guardian: bool) -> bool:
    """A ward under guardianship of the Civil Law."""
    return is_ward and not has_emergency_guardian


@rule(act="UCAL", article="ārkārtas aizbildnis", lv="Ārkārtas aizbildnībā esošs bērns",
      en="Ward of an emergency guardian", since="2022-04-01")  # fmt: skip
def is_emergency_ward(is_ward: bool, has_emergency_guardian: bool) -> bool:
    """A Ukrainian child that came without parents and got an emergency guardian."""
    return is_ward and has_emergency_guardian


@rule(act="VSPL", article="9", lv="Pabalsts aizbildnim pirms samazināšanas",
      en="Guardian's benefit before other payments", since="2020-01-01", until="2022-04-01")  # fmt: skip
def guardian_child_benefit_before_other_payments(
    is_ward: bool, age_years: int, guardianship_child_amount: MoneyTable
) -> Cents:
    """By the ward's age; in its month of birth a ward is below the first year."""
    if not is_ward:
        return Cents(0)
    return guardianship_child_amount.at(max(age_years, 0))


@rule(act="VSPL", article="9", lv="Pabalsts aizbildnim pirms samazināšanas",
      en="Guardian's benefit before other payments", since="2022-04-01")  # fmt: skip
def guardian_child_benefit_before_other_payments(
    is_ward: bool,
    has_emergency_guardian: bool,
    age_years: int,
    guardianship_child_amount: MoneyTable,
    guardianship_emergency_child_amount: MoneyTable,
) -> Cents:
    """By the ward's age; in its month of birth a ward is below the first year."""
    if not is_ward:
        return Cents(0)
    if has_emergency_guardian:
        return guardianship_emergency_child_amount.at(max(age_years, 0))
    return guardianship_child_amount.at(max(age_years, 0))


@rule(act="VSPL", article="9", lv="Citi maksājumi par aizbilstamo", en="Other payments for the ward",
      since="2020-01-01", until="2022-04-01")  # fmt: skip
def payments_reducing_guardian_benefit(
    family_state_benefit_for_child: Cents, survivor_social_security_benefit: Cents, other_child_payments: Cents
) -> Cents:
    """The family benefit and the survivor's right of the ward, and what else is paid for it."""
    return family_state_benefit_for_child + survivor_social_security_benefit + other_child_payments


@rule(act="VSPL", article="9", lv="Citi maksājumi par aizbilstamo", en="Other payments for the ward",
      since="2022-04-01",
      questions=[
          Question(lv="Kādi maksājumi samazina pabalstu aizbildnim? Aģentūra min apgādnieka zaudējuma pensiju, "
                      "atlīdzību un sociālā nodrošinājuma pabalstu, uzturlīdzekļus no fonda un ģimenes valsts "
                      "pabalstu, bet ne piemaksu par bērnu ar invaliditāti; saraksts likumā nav pārbaudīts.",
                   en="Which payments reduce a guardian's benefit? The agency names the survivor's pension, indemnity "
                      "and social security benefit, maintenance from the guarantee fund and the family state benefit, "
                      "but not the supplement for a disabled child; the list in the law was not checked.",
                   rests_on="vsaa-aizb"),
          Question(lv="Vai pabalstu bērna uzturam ārkārtas aizbildnim samazina par ģimenes valsts pabalstu? "
                      "Pieņemts: ne.",
                   en="Is an emergency guardian's benefit for the child reduced by the family benefit? Read: no.",
                   rests_on="S1"),
      ])  # fmt: skip
def payments_reducing_guardian_benefit(
    has_emergency_guardian: bool,
    family_state_benefit_for_child: Cents,
    survivor_social_security_benefit: Cents,
    other_child_payments: Cents,
) -> Cents:
    """The family benefit and the survivor's right of the ward, and what else is paid for it; not in an emergency."""
    if has_emergency_guardian:
        return Cents(0)
    return family_state_benefit_for_child + survivor_social_security_benefit + other_child_payments


@right(act="VSPL", article="9", lv="Pabalsts aizbildnim par bērna uzturēšanu", en="Benefit to a guardian for the child",
       since="2020-01-01", payer="state", per="month", counted=False, payee="guardian")  # fmt: skip
def guardian_child_benefit(
    is_ward: bool, guardian_child_benefit_before_other_payments: Cents, payments_reducing_guardian_benefit: Cents
) -> Cents:
    """For each ward, less other payments for it."""
    if not is_ward:
        return Cents(0)
    return max(guardian_child_benefit_before_other_payments - payments_reducing_guardian_benefit, Cents(0))


@rule(act="VSPL", article="10", lv="Atlīdzība par parasto aizbildnību", en="Remuneration of an ordinary guardian",
      since="2022-04-01")  # fmt: skip
def ordinary_guardian_remuneration(has_ordinary_ward: bool, guardianship_remuneration: Cents) -> Cents:
    """One, however many wards."""
    if not has_ordinary_ward:
        return Cents(0)
    return guardianship_remuneration


@rule(act="UCAL", article="ārkārtas aizbildnis", lv="Atlīdzība par ārkārtas aizbildnību",
      en="Remuneration of an emergency guardian", since="2022-04-01")  # fmt: skip
def emergency_guardian_remuneration(has_emergency_ward: bool, guardianship_emergency_remuneration: Cents) -> Cents:
    """One, however many wards."""
    if not has_emergency_ward:
        return Cents(0)
    return guardianship_emergency_remuneration


@right(act="VSPL", article="10", lv="Atlīdzība par aizbildņa pienākumu pildīšanu", en="Remuneration of a guardian",
       since="2020-01-01", until="2022-04-01", payer="state", per="month", counted=True,
       beneficiaries="is_ward", beneficiaries_over="guardian")  # fmt: skip
def guardian_remuneration(has_ward: bool, guardianship_remuneration: Cents) -> Cents:
    """One for a guardian, however many wards."""
    if not has_ward:
        return Cents(0)
    return guardianship_remuneration


@right(act="VSPL", article="10", lv="Atlīdzība par aizbildņa pienākumu pildīšanu", en="Remuneration of a guardian",
       since="2022-04-01", payer="state", per="month", counted=True,
       beneficiaries="is_ward", beneficiaries_over="guardian",
       questions=[
           Question(lv="Vai atlīdzību aizbildnim ieskaita mājsaimniecības ienākumos? Pieņemts: jā, jo tā nav starp "
                       "neieskaitāmajiem pabalstiem.",
                    en="Does a guardian's remuneration count as income of the household? Read: yes, as it is not among "
                       "the benefits left out.",
                    rests_on="jekabpils-inc"),
       ])  # fmt: skip
def guardian_remuneration(
    has_ward: bool, ordinary_guardian_remuneration: Cents, emergency_guardian_remuneration: Cents
) -> Cents:
    """One for ordinary and one for emergency guardianship, however many wards."""
    if not has_ward:
        return Cents(0)
    return ordinary_guardian_remuneration + emergency_guardian_remuneration

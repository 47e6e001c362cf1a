"""Support for the rise of energy prices: pensioners in early 2022, the benefit of 30, 20 or 10 in winter 2022/23.

The support for children of early 2022 has a folder of its own.
"""

from __future__ import annotations

from balsts.law.engine.declare import CENT, Question, down, right, rule, total
from balsts.law.engine.vocabulary import Cents, MoneyScale, Rate

disabled_child_supplement_received = total(
    "disabled_child_supplement", over="family_payee",
    lv="Saņemtā piemaksa par bērnu ar invaliditāti", en="Supplement received for a disabled child",
)  # fmt: skip
disabled_child_care_received = total(
    "disabled_child_care_benefit", over="family_payee",
    lv="Saņemtais bērna ar invaliditāti kopšanas pabalsts", en="Care benefit received for a disabled child",
)  # fmt: skip


@rule(act="ENERGYL", article="8.1", lv="Puse no pensijas", en="Half of the pension",
      since="2022-11-01", until="2023-06-01", rounding=down(to=CENT, article="ENERGYL 8.1"))  # fmt: skip
def energy_half_pension(pension_gross: Cents, energy_support_early_pension_share: Rate) -> Cents:
    """What is compared of an early pension; cents are cut off in the end, so nothing is rounded up."""
    return pension_gross * energy_support_early_pension_share


@rule(act="ENERGYL", article="8.1", lv="Pakalpojumu kopsumma, ko salīdzina", en="Sum of own services that is compared",
      since="2022-11-01", until="2023-06-01")  # fmt: skip
def energy_services(
    pension_gross: Cents,
    is_early_pension: bool,
    energy_half_pension: Cents,
    state_social_security_benefit: Cents,
    survivor_social_security_benefit: Cents,
) -> Cents:
    """Pensions and indemnities before tax with supplements, and the social security benefit."""
    # Simplification: the sum of pensions is halved whole when the old-age pension is an early one.
    pensions = energy_half_pension if is_early_pension else pension_gross
    return pensions + state_social_security_benefit + survivor_social_security_benefit


@rule(act="ENERGYL", article="8.1", lv="Pabalsts pēc pakalpojumu kopsummas", en="Benefit by the sum of services",
      since="2022-11-01", until="2023-06-01")  # fmt: skip
def energy_benefit_by_services(energy_services: Cents, energy_support_benefit_by_amount: MoneyScale) -> Cents:
    """Nothing without a service; the bands begin at whole euros, so the cents cut themselves off."""
    if energy_services == Cents(0):
        return Cents(0)
    return energy_support_benefit_by_amount.at(energy_services)


@rule(act="ENERGYL", article="8.1", lv="Saņem piemaksu par bērnu ar invaliditāti",
      en="Receives the supplement for a disabled child", since="2022-11-01", until="2023-06-01")  # fmt: skip
def is_disabled_child_supplement_recipient(disabled_child_supplement_received: Cents) -> bool:
    """For one child or several."""
    return disabled_child_supplement_received != Cents(0)


@rule(act="ENERGYL", article="8.1", lv="Bēglis vai persona ar alternatīvo statusu, kam nemaksā citādi",
      en="Refugee or alternative status, not paid otherwise", since="2022-11-01", until="2023-06-01")  # fmt: skip
def is_energy_benefit_refugee(has_refugee_status: bool, energy_benefit_by_services: Cents) -> bool:
    """Has one of the statuses and no benefit for a service."""
    return has_refugee_status and energy_benefit_by_services == Cents(0)


@rule(act="ENERGYL", article="8.1", lv="Ir tiesības uz valsts pabalstu energoresursu izmaksām",
      en="Has a right to the energy benefit", since="2022-11-01", until="2023-06-01")  # fmt: skip
def is_energy_benefit_recipient(
    energy_benefit_by_services: Cents, is_disabled_child_supplement_recipient: bool, is_energy_benefit_refugee: bool
) -> bool:
    """A service within the bands, the supplement for a disabled child, or one of the statuses."""
    return energy_benefit_by_services != Cents(0) or is_disabled_child_supplement_recipient or is_energy_benefit_refugee


@right(act="ENERGYL", article="8.1", lv="Valsts pabalsts energoresursu izmaksu kompensēšanai", en="Energy benefit",
       since="2022-11-01", until="2023-06-01", payer="state", per="month", counted=False,
       questions=[
           Question(
               lv="Vai tas, kurš saņem gan savu pensiju, gan piemaksu par bērnu, saņem vienu vai divus pabalstus? "
               "Pieņemts: vienu, lielāko.",
               en="Does one who has both an own pension and the supplement for a child get one benefit or two? "
               "Read as: one, the larger.",
               rests_on="ogrenet-en",
           )
       ])  # fmt: skip
def energy_benefit(
    is_energy_benefit_recipient: bool,
    is_disabled_child_supplement_recipient: bool,
    is_energy_benefit_refugee: bool,
    energy_benefit_by_services: Cents,
    energy_support_flat_amount: Cents,
) -> Cents:
    """One for a person, a month."""
    if not is_energy_benefit_recipient:
        return Cents(0)
    if is_disabled_child_supplement_recipient or is_energy_benefit_refugee:
        return max(energy_benefit_by_services, energy_support_flat_amount)
    return energy_benefit_by_services


@rule(act="ENERGYL", article="8", lv="Pensijas, atlīdzības vai sociālā nodrošinājuma pabalsta saņēmējs",
      en="Recipient of a pension, indemnity or social security benefit",
      since="2022-01-01", until="2022-05-01", enacted="2022-01-27")  # fmt: skip
def is_energy_pensioner(
    pension_gross: Cents, state_social_security_benefit: Cents, survivor_social_security_benefit: Cents
) -> bool:
    """Draws any of them."""
    return (
        pension_gross != Cents(0)
        or state_social_security_benefit != Cents(0)
        or survivor_social_security_benefit != Cents(0)
    )


@rule(act="ENERGYL", article="8", lv="Saņem bērna ar invaliditāti kopšanas pabalstu",
      en="Receives the care benefit for a disabled child",
      since="2022-01-01", until="2022-05-01", enacted="2022-01-27")  # fmt: skip
def is_energy_care_recipient(disabled_child_care_received: Cents) -> bool:
    """Who has the care benefit for oneself has a pension or the social security benefit, too."""
    return disabled_child_care_received != Cents(0)


@rule(act="ENERGYL", article="8", lv="Bēglis vai persona ar alternatīvo statusu pensijas vecumā vai ar invaliditāti",
      en="Adult refugee or alternative status, of pension age or disabled",
      since="2022-01-01", until="2022-05-01", enacted="2022-01-27")  # fmt: skip
def is_energy_refugee_pensioner(
    has_refugee_status: bool, has_reached_pension_age: bool, is_disabled_adult: bool
) -> bool:
    """One of the statuses, and old or disabled."""
    return has_refugee_status and (has_reached_pension_age or is_disabled_adult)


@rule(act="ENERGYL", article="8", lv="Ir tiesības uz 20 eiro atbalstu", en="Has a right to the support of 20",
      since="2022-01-01", until="2022-05-01", enacted="2022-01-27")  # fmt: skip
def is_energy_pension_benefit_recipient(
    is_energy_pensioner: bool, is_energy_care_recipient: bool, is_energy_refugee_pensioner: bool
) -> bool:
    """Any of the three groups."""
    return is_energy_pensioner or is_energy_care_recipient or is_energy_refugee_pensioner


@right(act="ENERGYL", article="8", lv="Atbalsts pensiju un pabalstu saņēmējiem energoresursu izmaksām",
       en="Energy support for pensioners", since="2022-01-01", until="2022-05-01", enacted="2022-01-27",
       payer="state", per="month", counted=False,
       questions=[
           Question(
               lv="Vai kopšanas pabalsts dod otru atbalstu blakus pensijas atbalstam, un vai atbalsts ir ienākums, "
               "izvērtējot mājsaimniecību? Pieņemts: viens atbalsts personai, ienākumos to neskaita.",
               en="Does a care benefit bring a second support beside that for a pension, and does the support count "
               "as income of the household? Read as: one for a person, not counted.",
               rests_on="vsaa-20",
           )
       ])  # fmt: skip
def energy_pension_benefit(is_energy_pension_benefit_recipient: bool, energy_support_pensioner_amount: Cents) -> Cents:
    """One for a person, a month."""
    if not is_energy_pension_benefit_recipient:
        return Cents(0)
    return energy_support_pensioner_amount

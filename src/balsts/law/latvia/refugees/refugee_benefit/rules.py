"""Benefit for refugees and persons with the alternative status (MK 302 of 2017)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, linked, right, rule
from balsts.law.engine.vocabulary import Cents, Day
from balsts.law.latvia.inputs import ResidentStatus, Sex

partner_is_refugee_adult = linked(
    "is_refugee_adult", via="partner", lv="Laulātais arī ir pabalsta saņēmējs", en="The spouse is a recipient too"
)
partner_born = linked("born", via="partner", lv="Laulātā dzimšanas diena", en="The spouse's day of birth")


@rule(act="MK302", article="1", lv="Bēgļa vai alternatīvais statuss", en="Refugee or alternative status",
      since="2020-01-01")  # fmt: skip
def has_refugee_status(resident_status: ResidentStatus) -> bool:
    """One of the two statuses."""
    return resident_status == ResidentStatus.REFUGEE or resident_status == ResidentStatus.ALTERNATIVE


@rule(act="MK302", article="1", lv="Pilngadīga persona ar statusu", en="Adult with the status", since="2020-01-01")
def is_refugee_adult(has_refugee_status: bool, is_adult: bool) -> bool:
    """Of age, with one of the two statuses."""
    return has_refugee_status and is_adult


@rule(act="MK302", article="2.2", lv="Otrs laulātais", en="Second spouse", since="2020-01-01")
def is_second_spouse(
    is_refugee_adult: bool, partner_is_refugee_adult: bool, partner_born: Day, born: Day, sex: Sex
) -> bool:
    """Of two spouses with the status the younger one; of two born on one day the man."""
    # Simplification: two spouses of one sex born on one day are both taken as second (men) or first (women).
    is_later = born > partner_born or (born == partner_born and sex == Sex.M)
    return is_refugee_adult and partner_is_refugee_adult and is_later


@rule(act="MK302", article="article not read", lv="Mēneši, par kuriem maksā pabalstu",
      en="Months that the benefit is paid for", since="2020-01-01")  # fmt: skip
def refugee_months_allowed(
    resident_status: ResidentStatus,
    refugee_benefit_refugee_months: int,
    refugee_benefit_alternative_status_months: int,
) -> int:
    """By the status; 0 without one."""
    if resident_status == ResidentStatus.REFUGEE:
        return refugee_benefit_refugee_months
    if resident_status == ResidentStatus.ALTERNATIVE:
        return refugee_benefit_alternative_status_months
    return 0


@rule(act="MK302", article="article not read", lv="Pabalsta laiks nav beidzies",
      en="Within the months of the benefit", since="2020-01-01",
      questions=[
          Question(
              lv="Kurš ir pirmais pabalsta mēnesis? Tas seko vienreizējam atbalstam un reģistrācijai aģentūrā; "
              "pieņemts: mēnesis, kopš kura skaita pirmo iesniegumu. Pieņemts arī, ka līdzekļu nepietiek un "
              "cilvēks strādā, mācās vai ir reģistrēts.",
              en="Which month is the first? It follows the one-off support and registration at the agency; read as the "
              "month of the first application. Too little means, and work, study or registration, are taken as given.",
              rests_on="vsaa-beglis",
          )
      ])  # fmt: skip
def is_within_refugee_months(
    has_refugee_status: bool, months_since_first_application: int, refugee_months_allowed: int
) -> bool:
    """The month of the first application is the first."""
    return has_refugee_status and months_since_first_application < refugee_months_allowed


@rule(act="MK302", article="2", lv="Vienreizējā atbalsta mēnesis", en="Month of the one-off support",
      since="2020-01-01",
      questions=[
          Question(
              lv="Tiesības rodas uzreiz pēc statusa iegūšanas, bet tās dienu ievaddati nenosauc. Pieņemts: pirmā "
              "iesnieguma mēnesis.",
              en="The right arises when the status is granted, a day that no fact tells. Read as: the month of the "
              "first application.",
              rests_on="beglis",
          )
      ])  # fmt: skip
def is_refugee_one_off_due(has_refugee_status: bool, months_since_first_application: int) -> bool:
    """The month of the first application only."""
    return has_refugee_status and months_since_first_application == 0


@right(act="MK302", article="2", lv="Vienreizējais finansiālais atbalsts bēglim un personai ar alternatīvo statusu",
       en="One-off support for refugees", since="2020-01-01", payer="state", per="once", counted=False)  # fmt: skip
def refugee_one_off_support(
    is_refugee_one_off_due: bool,
    is_minor: bool,
    is_second_spouse: bool,
    refugee_benefit_one_off_adult_amount: Cents,
    refugee_benefit_one_off_second_spouse_amount: Cents,
    refugee_benefit_one_off_minor_amount: Cents,
) -> Cents:
    """Once; less for a minor and for the second of two spouses. Another office pays it before the monthly benefit."""
    if not is_refugee_one_off_due:
        return Cents(0)
    if is_minor:
        return refugee_benefit_one_off_minor_amount
    if is_second_spouse:
        return refugee_benefit_one_off_second_spouse_amount
    return refugee_benefit_one_off_adult_amount


@right(act="MK302", article="article not read", lv="Pabalsts bēglim un personai ar alternatīvo statusu",
       en="Refugee benefit", since="2020-01-01", payer="state", per="month", counted=True,
       questions=[
           Question(
               lv="Vai bēgļa pabalsts ir ienākums, izvērtējot mājsaimniecību? Pieņemts: jā, tas nav izņēmumu sarakstā.",
               en="Does the benefit count as income of the household? Read as: yes, it is not in the list of "
               "exceptions.",
               rests_on="jekabpils-inc",
           )
       ])  # fmt: skip
def refugee_benefit(
    is_within_refugee_months: bool,
    is_minor: bool,
    is_second_spouse: bool,
    refugee_benefit_adult_amount: Cents,
    refugee_benefit_second_spouse_amount: Cents,
    refugee_benefit_minor_amount: Cents,
) -> Cents:
    """A month; less for a minor and for the second of two spouses."""
    if not is_within_refugee_months:
        return Cents(0)
    if is_minor:
        return refugee_benefit_minor_amount
    if is_second_spouse:
        return refugee_benefit_second_spouse_amount
    return refugee_benefit_adult_amount

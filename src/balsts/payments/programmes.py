"""Out of which budget programme each right of the law is paid, and what nobody has confirmed about it.

Programme titles and codes are read in the ministry's public annual report for 2023 (annex 3) and its analysis of budget
programmes for 2020. A right whose programme is not known has none: its lines are prepared and held.
"""

from __future__ import annotations

from dataclasses import dataclass

from balsts.payments.iso20022.models import CategoryPurpose

OWN = "own"
"""The municipality's own account; how municipalities code it in their budgets is not read anywhere yet."""

_STATE, _STATE_BASIS = "20.01.00", "20.01.00 «Valsts sociālie pabalsti»: LM publiskais pārskats 2023, 3. pielikums"
_LISTED = "Listed under the title of the programme; that this right is paid out of it is not read in an act yet."
_OWN_BASIS = "payer of the law: municipality"
_OWN_QUESTION = "How the municipality codes it in its own budget is not read yet."


@dataclass(frozen=True)
class Paid:
    """How a right is paid: programme, whether it is money, where that was read, what is open."""

    code: str
    programme: str = ""
    is_money: bool = True
    basis: str = ""
    question: str = ""


def _all(codes: str, programme: str, basis: str, question: str) -> tuple[Paid, ...]:
    return tuple(Paid(code, programme, basis=basis, question=question) for code in codes.split())


PROGRAMMES: tuple[Paid, ...] = (
    *_all("adoptee_care_remuneration adoption_benefit adoption_remuneration celiac_support chernobyl_benefit "
          "childbirth_benefit childcare_benefit childcare_twins_supplement disabled_child_care_benefit "
          "disabled_child_supplement disabled_person_care_benefit family_state_benefit foster_family_remuneration "
          "funeral_benefit guardian_child_benefit guardian_remuneration state_social_security_benefit "
          "survivor_social_security_benefit transport_benefit blind_assistant_benefit",
          _STATE, _STATE_BASIS, _LISTED),
    *_all("gmi_benefit housing_benefit crisis_benefit foster_child_maintenance independent_living_grant "
          "household_goods_grant studying_orphan_benefit", OWN, _OWN_BASIS, _OWN_QUESTION),
    Paid("insured_funeral_benefit",
         question="Paid out of 04.01.00, 04.02.00, 04.03.00 or 04.04.00 by the insurance that the dead person had; "
                  "the decision does not say which."),
    *_all("assistant_administration assistant_service_funding assistant_wage", "", "",
          "Which programme pays for assistants is not read in any source yet."),
    *_all("refugee_benefit refugee_one_off_support", "", "",
          "MK 302 (2017): which programme pays support for refugees is not read in any source yet."),
    *_all("covid_child_grant covid_disabled_child_grant covid_pensioner_grant energy_benefit energy_child_benefit "
          "energy_pension_benefit ukraine_work_start_grant", "", "",
          "Temporary support, paid out of means for unforeseen events; the programme is not read in any source yet."),
    Paid("long_term_care_client_share", is_money=False,
         basis="what a client pays for care; nothing is paid to the client",
         question="How the share is settled between the client and the institution is not read yet."),
    *(Paid(code, is_money=False, basis="given in pieces")
      for code in ("food_kits", "hygiene_kits", "child_food_kits", "child_hygiene_kits", "school_kits")),
)  # fmt: skip
"""Every right of the law."""


def category_of(programme: str) -> CategoryPurpose:
    """What the bank is told a programme is for: pensions (04.01.00), or other benefits of social security."""
    return CategoryPurpose.PENSION if programme == "04.01.00" else CategoryPurpose.SOCIAL_SECURITY_BENEFIT

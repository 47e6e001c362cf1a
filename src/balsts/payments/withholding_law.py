"""What may be withheld from each right, by which kind of order and up to what: what was read, what is not confirmed.

No act in force could be read in full. `basis` says where a rule was read and `question` what is open about it. What has
no rule, or an open one, is closed: nothing is withheld from it, and the reason is shown.

Sources: an amendment of the Civil Procedure Law (CPL) of 2009 in translation; the ministry of justice on CPL 594 as of
2024-10-01; the council of bailiffs on CPL 596, 2026-02-11; LV portāls and municipalities, named where they are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from balsts.exchange.texts import Text
from balsts.payments.withholding import Kind


class Answer(StrEnum):
    """Whether something may be withheld."""

    MAY = "may"
    NEVER = "never"
    OPEN = "open"


_UNSAID = Text("", "")


@dataclass(frozen=True)
class Limit:
    """A rule of one right and kind of order from a day on; cents and percent as in `withholding.Rule`.

    `reason` is what a person is told where nothing is withheld.
    """

    code: str
    kind: Kind
    answer: Answer
    since: date
    basis: str = ""
    question: str = ""
    reason: Text = _UNSAID
    percent: int = 0
    of_excess: bool = False
    floor: int = 0
    floor_child: int = 0
    floor_children_most: int = 0


_ALWAYS, _YEAR = date(2003, 1, 1), date(2026, 1, 1)
_THIRD_PARTIES = (Kind.MAINTENANCE, Kind.ENFORCEMENT)

# ------------------------------------------------------------------------------- orders of third parties

_STATE = """
    adoptee_care_remuneration adoption_benefit adoption_remuneration childbirth_benefit childcare_benefit
    childcare_twins_supplement disabled_child_care_benefit disabled_child_supplement disabled_person_care_benefit
    family_state_benefit foster_family_remuneration funeral_benefit guardian_child_benefit guardian_remuneration
    state_social_security_benefit survivor_social_security_benefit transport_benefit
"""
_NAMED = "celiac_support insured_funeral_benefit survivor_pension surviving_spouse_benefit"
_ASSISTANCE = "gmi_benefit housing_benefit crisis_benefit"
_PANDEMIC = "covid_child_grant covid_pensioner_grant"
_UNREAD = """
    assistant_administration assistant_service_funding assistant_wage blind_assistant_benefit chernobyl_benefit
    covid_disabled_child_grant energy_benefit energy_child_benefit energy_pension_benefit foster_child_maintenance
    household_goods_grant independent_living_grant refugee_benefit refugee_one_off_support studying_orphan_benefit
    ukraine_work_start_grant
"""
_EARNED = """
    old_age_pension old_age_pension_supplement early_old_age_pension disability_pension sickness_benefit
    maternity_benefit paternity_benefit parental_benefit unemployment_benefit work_accident_annuity
"""

_COUNCIL = "council of bailiffs (jauns.lv, 2026-02-11)"
_TEXT_596 = "The wording of CPL 596 in force is not read."
_UNTOUCHABLE = Text("no šā maksājuma piedziņu veikt nedrīkst (Civilprocesa likuma 596. pants)",
                    "nothing may be taken from this payment (Civil Procedure Law, art. 596)")  # fmt: skip
_NOT_READ = Text("likumā nav pārbaudīts, vai no šā maksājuma drīkst ieturēt; tāpēc neietur",
                 "whether this payment may be touched is not verified in the act; so nothing is withheld")  # fmt: skip
_MINIMUM_WAGE = 78_000
"""Cents a month in 2026: council of bailiffs, 2026-02-11."""


def _each(codes: str, kinds: tuple[Kind, ...], answer: Answer, basis: str, question: str, reason: Text) -> list[Limit]:
    return [Limit(code, kind, answer, _ALWAYS, basis, question, reason) for code in codes.split() for kind in kinds]


def _earned() -> list[Limit]:
    """What replaces earnings is taken as pay is (CPL 595(2)): by CPL 594 as of 2024-10-01, with the wage of 2026."""
    basis = "CPL 594, 595(2): ministry of justice, 2024-06 (30 % of what exceeds the sum kept); wage: " + _COUNCIL
    question = (
        "CPL 594 and 595 in force are not read: whether two or more debts take 40 % (a law office says so), not 30 %; "
        "whether maintenance has a limit of its own; whether rights of one month count together. Until then the lower "
        "share holds, and each payment by itself."
    )
    half = _MINIMUM_WAGE // 2
    return [
        Limit(code, kind, Answer.MAY, _YEAR, basis, question, percent=30, of_excess=True, floor=half,
              floor_child=_MINIMUM_WAGE * 15 // 100, floor_children_most=half)
        for code in _EARNED.split() for kind in _THIRD_PARTIES
    ]  # fmt: skip


# ------------------------------------------------------------------------------- recovery of overpayments

_RECOVERY_OF_STATE = (
    "Which article lets an overpaid benefit be kept back from later ones, and up to what, is not read yet."
)
_RECOVERY_OF_ASSISTANCE = (
    "SPSPL has provided for recovery since 2011-12-30 (Ludza municipality on the amendment); the article, and whether "
    "and how much is kept back from later assistance, is not read yet."
)
_NO_RECOVERY = Text(
    "likumā nav pārbaudīts, cik no šā maksājuma drīkst ieturēt pārmaksas dzēšanai; tāpēc neietur",
    "how much of this payment may be kept back for an overpayment is not verified in the act; so nothing is",
)

LIMITS: tuple[Limit, ...] = (
    *_each(_STATE, _THIRD_PARTIES, Answer.NEVER, f"CPL 596(1)1, state social benefits: amendment of 2009; {_COUNCIL}",
           _TEXT_596, _UNTOUCHABLE),
    *_each(_NAMED, _THIRD_PARTIES, Answer.NEVER, "CPL 596(1)1, named in the amendment of 2009", _TEXT_596,
           _UNTOUCHABLE),
    *_each(_ASSISTANCE, _THIRD_PARTIES, Answer.NEVER, f"CPL 596, social assistance benefits: {_COUNCIL}", _TEXT_596,
           _UNTOUCHABLE),
    *_each(_PANDEMIC, _THIRD_PARTIES, Answer.NEVER, "council of bailiffs (jauns.lv, 2021)", _TEXT_596, _UNTOUCHABLE),
    *_each(_UNREAD, _THIRD_PARTIES, Answer.OPEN, "", "Whether CPL 596 protects it is not read in any source yet.",
           _NOT_READ),
    *_earned(),
    *_each(f"{_STATE} {_NAMED} {_PANDEMIC} {_UNREAD} {_EARNED}", (Kind.RECOVERY,), Answer.OPEN, "", _RECOVERY_OF_STATE,
           _NO_RECOVERY),
    *_each(_ASSISTANCE, (Kind.RECOVERY,), Answer.OPEN, "", _RECOVERY_OF_ASSISTANCE, _NO_RECOVERY),
)  # fmt: skip
"""By code, kind and day."""

RANKS = {Kind.MAINTENANCE: 1, Kind.ENFORCEMENT: 2, Kind.RECOVERY: 9}
"""The rank of an order that names none. CPL 628 puts maintenance first, satisfies ranks one after another and divides
within one in proportion (la.lv, 2020-01)."""
RANK_QUESTION = (
    "Which rank recovery by the payer itself has among other orders is not read in any source yet; it comes last."
)
INTEREST_QUESTION = (
    "Whether an act lets interest be asked for an overpaid benefit is not read in any source yet; none is."
)

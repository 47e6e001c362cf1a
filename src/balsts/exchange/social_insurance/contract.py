"""The contract with the social insurance agency (VSAA): pensions, benefits, insurance record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from balsts.exchange.contract import Contract, FactStatus, Finding, Record, Spell
from balsts.exchange.findings import always, by_month, from_spells, unstated
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.texts import ONLY_A_PART, Text

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Cents = Annotated[int, Field(ge=0)]


class PensionAward(Spell):
    """Piešķirta pensija. `disability_group` stands with a disability pension alone."""

    kind: Literal["old_age", "disability", "survivor", "service"]
    granted_on: date
    is_early: bool = False
    disability_group: Annotated[int, Field(ge=1, le=3)] | None = None


class MonthlyPension(Record):
    """Pensions of one month, in cents: `gross` with supplements before tax, `paid` what reached the person."""

    month: Month
    gross_cents: Cents
    paid_cents: Cents


class MonthlyBenefit(Record):
    """One benefit from insurance paid in one month, in cents."""

    month: Month
    kind: Literal["unemployment", "sickness", "maternity", "paternity", "parental", "work_accident"]
    paid_cents: Cents


class InsuranceRecord(Record):
    """Apdrošināšanas stāžs in full years, and the pension capital in cents where it was worked out."""

    years: Annotated[int, Field(ge=0)]
    before_1996_years: Annotated[int, Field(ge=0)]
    notional_capital_cents: Cents | None = None
    initial_capital_cents: Cents | None = None


class SocialInsuranceRecord(Record):
    """What the agency states of one person. Payments are complete for the months up to `complete_to`."""

    personal_code: str
    complete_to: Month
    died: date | None = None
    pensions: tuple[PensionAward, ...] = ()
    pension_payments: tuple[MonthlyPension, ...] = ()
    benefit_payments: tuple[MonthlyBenefit, ...] = ()
    insured: tuple[Spell, ...] = ()
    insurance_record: InsuranceRecord | None = None
    parental_benefit_option: Literal["none", "months_13", "months_19"] = "none"
    lost_breadwinner_on: date | None = None


def read(record: SocialInsuranceRecord, window: Period) -> Iterator[Finding]:
    """The findings of awards, payments and the insurance record."""
    if record.died is not None:
        yield always("died", record.died, window)
    yield from _pensions(record, window)
    yield from _payments(record, window)
    yield from from_spells("is_insured", [(one.period(), True) for one in record.insured], False, window)
    yield always("parental_benefit_option", record.parental_benefit_option, window)
    yield always("lost_breadwinner_on", record.lost_breadwinner_on, window)
    yield from _insurance(record.insurance_record, window)


def _pensions(record: SocialInsuranceRecord, window: Period) -> Iterator[Finding]:
    old_age = [one for one in record.pensions if one.kind == "old_age"]
    yield from from_spells("is_early_pension", [(one.period(), one.is_early) for one in old_age], False, window)
    yield from from_spells("pension_granted_on", [(one.period(), one.granted_on) for one in old_age], None, window)
    for one in record.pensions:
        part = one.period().within(window)
        if one.disability_group is not None and part is not None:
            yield Finding("disability_group", part, one.disability_group)


def _payments(record: SocialInsuranceRecord, window: Period) -> Iterator[Finding]:
    gross: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    benefits: Counter[str] = Counter()
    for pension in record.pension_payments:
        gross[pension.month] += pension.gross_cents
        paid[pension.month] += pension.paid_cents
    for benefit in record.benefit_payments:
        benefits[benefit.month] += benefit.paid_cents
    yield from by_month("pension_gross_eur_month", gross, record.complete_to, window)
    yield from by_month("pension_eur_month", paid, record.complete_to, window)
    for finding in by_month("other_counted_income_eur_month", benefits, record.complete_to, window):
        if finding.status is FactStatus.KNOWN:
            yield Finding(finding.name, finding.period, finding.value, FactStatus.PARTIAL, reason=ONLY_A_PART)
        else:
            yield finding


def _insurance(found: InsuranceRecord | None, window: Period) -> Iterator[Finding]:
    values = {
        "insurance_record_years": found.years if found else None,
        "insurance_record_before_1996_years": found.before_1996_years if found else None,
        "notional_capital_eur": found.notional_capital_cents if found else None,
        "initial_capital_eur": found.initial_capital_cents if found else None,
    }
    for name, value in values.items():
        yield unstated(name, window) if value is None else always(name, value, window)


CONTRACT = Contract(
    code="social_insurance",
    name=Text("Valsts sociālās apdrošināšanas aģentūras dati", "Data of the State Social Insurance Agency"),
    holder=Text("Valsts sociālās apdrošināšanas aģentūra (VSAA)", "State Social Insurance Agency"),
    purposes=("social_assistance", "social_services", "state_benefits", "social_insurance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=SocialInsuranceRecord,
    supplies=(
        "pension_gross_eur_month", "pension_eur_month", "other_counted_income_eur_month", "is_early_pension",
        "pension_granted_on", "is_insured", "parental_benefit_option", "lost_breadwinner_on",
        "insurance_record_years", "insurance_record_before_1996_years", "notional_capital_eur", "initial_capital_eur",
    ),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        Text(
            "Citi vērā ņemamie ienākumi likumā ir viena summa; aģentūra zina tikai savus pabalstus, tāpēc tā ir daļa.",
            "Other counted income is one sum in the law; the agency knows its own benefits only, so it is a part.",
        ),
        Text(
            "Kuru dienu vidējā iemaksu alga jāprasa un kā to nosauc ziņā? Līdz tam tā nav līgumā.",
            "For which day is the average contribution wage to be asked, and what is it called? Until then it is not "
            "in the contract.",
        ),
    ),
)  # fmt: skip

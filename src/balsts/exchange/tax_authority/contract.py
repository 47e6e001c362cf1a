"""The contract with the tax authority (Valsts ieņēmumu dienests, VID): employment and wages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from balsts.exchange.contract import Contract, Finding, Record, Spell
from balsts.exchange.findings import by_month, from_spells, unstated
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period
from balsts.exchange.texts import Text

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Cents = Annotated[int, Field(ge=0)]


class Employment(Spell):
    """Ziņas par darba ņēmēju: one employment, by the employer's register number."""

    employer: str


class MonthlyWage(Record):
    """Darba devēja ziņojums: what one employer reported for one month, in cents.

    The employee's contributions and the income tax are what was withheld from the gross wage.
    """

    month: Month
    employer: str
    gross_cents: Cents
    employee_contributions_cents: Cents
    income_tax_cents: Cents

    @property
    def net_cents(self) -> int:
        """What was left to pay out."""
        return self.gross_cents - self.employee_contributions_cents - self.income_tax_cents


class TaxRecord(Record):
    """What the authority states of one person. Every employer has reported on the months up to `complete_to`."""

    personal_code: str
    complete_to: Month
    employments: tuple[Employment, ...] = ()
    wages: tuple[MonthlyWage, ...] = ()


def read(record: TaxRecord, window: Period) -> Iterator[Finding]:
    """The findings of employments and wages."""
    gross: Counter[str] = Counter()
    net: Counter[str] = Counter()
    for wage in record.wages:
        gross[wage.month] += wage.gross_cents
        net[wage.month] += wage.net_cents
    yield from by_month("gross_wage_eur_month", gross, record.complete_to, window)
    for finding in by_month("wage_net_eur_month", net, record.complete_to, window, is_derived=True):
        if isinstance(finding.value, int) and finding.value < 0:
            yield unstated(finding.name, finding.period, MORE_WITHHELD_THAN_EARNED)
        else:
            yield finding
    yield from from_spells("is_employed", [(one.period(), True) for one in record.employments], False, window)


MORE_WITHHELD_THAN_EARNED = Text(
    "ieturēts vairāk, nekā nopelnīts; neto alga jānoskaidro",
    "more was withheld than earned; the net wage must be asked",
)

CONTRACT = Contract(
    code="tax_authority",
    name=Text("Valsts ieņēmumu dienesta dati par darba ņēmējiem", "Employment and wages reported to the tax authority"),
    holder=Text("Valsts ieņēmumu dienests (VID)", "State Revenue Service"),
    purposes=("social_assistance", "state_benefits", "social_insurance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=TaxRecord,
    supplies=("gross_wage_eur_month", "wage_net_eur_month", "is_employed"),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        Text(
            "Kurā dienā visu darba devēju ziņojumi par mēnesi ir saņemti? Līdz tai mēnesis ir bez ziņām, nevis nulle.",
            "On which day are all employers' reports for a month in? Until then the month is unreported, not zero.",
        ),
        Text(
            "Neto alga šeit ir bruto mīnus iemaksas un nodoklis; citus ieturējumus reģistrs nezina.",
            "The net wage here is gross less contributions and tax; the register knows no other deductions.",
        ),
        Text(
            "Pašnodarbinātā un saimnieciskās darbības ienākumi ir gada deklarācijā; tie jādeklarē atsevišķi.",
            "Income of the self-employed stands in the yearly return; it has to be declared separately.",
        ),
    ),
)

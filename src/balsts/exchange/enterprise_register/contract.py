"""The contract with the enterprise register (Latvijas Republikas Uzņēmumu reģistrs, UR): roles in enterprises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from balsts.exchange.contract import Contract, FactStatus, Finding, Record, Spell
from balsts.exchange.legal_bases import FORMAT, MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM, UNKNOWN_PROVISION, WITHIN_A_DAY
from balsts.exchange.periods import Period, pieces
from balsts.exchange.property_holdings import PROPERTY
from balsts.exchange.texts import NO_ENTRIES, Text

INCOME = "other_counted_income_eur_month"
MAY_HAVE_INCOME = Text(
    "loma uzņēmumā var nozīmēt ienākumus, ko reģistri nezina",
    "a role in an enterprise can mean income that no register knows",
)
MAY_BE_PROPERTY = Text("daļas uzņēmumā ir īpašums, kas jāizvērtē", "shares in an enterprise are property to be weighed")


class EnterpriseRole(Spell):
    """Loma uzņēmumā: owner, member of the board, or sole trader."""

    registration_number: str
    enterprise: str
    role: Literal["owner", "board_member", "sole_trader", "farm_owner"]


class EnterpriseRecord(Record):
    """What the register states of one person."""

    personal_code: str
    roles: tuple[EnterpriseRole, ...] = ()


def read(record: EnterpriseRecord, window: Period) -> Iterator[Finding]:
    """That there may be income or property to ask about; the register knows no sum of either."""
    yield from _to_be_asked(INCOME, record.roles, MAY_HAVE_INCOME, window)
    owned = [one for one in record.roles if one.role != "board_member"]
    yield from _to_be_asked(PROPERTY, owned, MAY_BE_PROPERTY, window)


def _to_be_asked(name: str, roles: Iterable[EnterpriseRole], reason: Text, window: Period) -> Iterator[Finding]:
    for piece in pieces(window, [(one.period(), True) for one in roles]):
        yield Finding(name, piece.period, None, FactStatus.PARTIAL, reason=reason if piece.values else NO_ENTRIES)


CONTRACT = Contract(
    code="enterprise_register",
    name=Text("Uzņēmumu reģistrs", "Enterprise register"),
    holder=Text("Latvijas Republikas Uzņēmumu reģistrs (UR)", "Register of Enterprises of the Republic of Latvia"),
    purposes=("social_assistance", "register_intake"),
    legal_bases=(MEANS_DECLARATION, SOCIAL_POLICY_SYSTEM),
    freshness=WITHIN_A_DAY,
    record=EnterpriseRecord,
    supplies=(INCOME, PROPERTY),
    read=read,
    open_questions=(
        FORMAT,
        UNKNOWN_PROVISION,
        Text(
            "Ienākumus no saimnieciskās darbības apliecina izziņa (MK 809 1. pielikums); reģistrs zina tikai lomu.",
            "Income from business is shown by a statement (MK 809, annex 1); the register knows roles only.",
        ),
    ),
)

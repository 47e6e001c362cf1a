"""What a client pays for long-term care in an institution out of the own pension."""

from __future__ import annotations

from balsts.law.engine.declare import CENT, Question, half_up, right, rule
from balsts.law.engine.vocabulary import Cents, Rate


@rule(act="SPSPL", article="article not read", lv="Pensijas daļa klienta maksājumam",
      en="Part of the pension for the client's payment", since="2020-01-01",
      rounding=half_up(to=CENT, article="not read"),
      questions=[
          Question(lv="Kā noapaļo 85 % no pensijas? Pieņemts: līdz centam, puscentu uz augšu.",
                   en="How are 85 % of the pension rounded? Read: to the cent, half a cent up.",
                   rests_on="aluk-2405"),
      ])  # fmt: skip
def long_term_care_pension_part(pension_gross: Cents, long_term_care_share_of_pension: Rate) -> Cents:
    """The share that is taken of all own pensions and indemnities with their supplements."""
    return pension_gross * long_term_care_share_of_pension


@rule(act="SPSPL", article="article not read", lv="Ilgstošas aprūpes klients ar pensiju",
      en="Client of long-term care with a pension", since="2020-01-01")  # fmt: skip
def is_long_term_care_client(is_in_long_term_care: bool, pension_gross: Cents, long_term_care_cost: Cents) -> bool:
    """Lives in an institution, draws a pension, and the care costs something."""
    return is_in_long_term_care and pension_gross > Cents(0) and long_term_care_cost > Cents(0)


@right(act="SPSPL", article="article not read", lv="Klienta maksājums par ilgstošu sociālo aprūpi",
       en="Client's payment for long-term care", since="2020-01-01", payer="municipality", per="month",
       counted=False)  # fmt: skip
def long_term_care_client_share(
    is_long_term_care_client: bool, long_term_care_pension_part: Cents, long_term_care_cost: Cents
) -> Cents:
    """What the client pays, at most the cost; relatives and then the municipality pay the rest."""
    # A payment by the client, not to the client; it has the shape of a right so that it is answered with the others.
    if not is_long_term_care_client:
        return Cents(0)
    return min(long_term_care_pension_part, long_term_care_cost)

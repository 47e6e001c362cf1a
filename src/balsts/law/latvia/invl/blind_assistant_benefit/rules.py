"""Benefit for using an assistant, for persons with a group I visual disability (Disability Law 12(1) p. 2)."""

from __future__ import annotations

from balsts.law.engine.declare import right, rule
from balsts.law.engine.vocabulary import Cents


@rule(act="INVL", article="12(1) p. 2", lv="I grupas redzes invaliditāte bez cita atbalsta asistentam vai kopšanai",
      en="Group I visual disability without other support for assistance or care", since="2020-01-01")  # fmt: skip
def is_blind_without_assistance(
    has_sight_disability_group_1: bool, assistant_hours: int, needs_special_care: bool
) -> bool:
    """No assistant from the municipality and no care benefit, which an opinion on special care brings."""
    # Simplification: assistants paid by European projects are not among the facts; nobody is taken to have one.
    return has_sight_disability_group_1 and assistant_hours == 0 and not needs_special_care


@right(act="INVL", article="12(1) p. 2",
       lv="Pabalsts par asistenta izmantošanu personai ar I grupas redzes invaliditāti",
       en="Benefit for using an assistant, group I visual disability", since="2020-01-01", payer="state", per="week",
       counted=False)  # fmt: skip
def blind_assistant_benefit(is_blind_without_assistance: bool, blind_assistant_benefit_amount: Cents) -> Cents:
    """A week, for ten hours."""
    if not is_blind_without_assistance:
        return Cents(0)
    return blind_assistant_benefit_amount

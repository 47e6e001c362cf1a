"""State benefit for participants in the Chernobyl clean-up (the law on their social protection)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right
from balsts.law.engine.vocabulary import Cents

FAMILY_OF_THE_DEAD = Question(
    lv="Miruša dalībnieka ģimenei ir viens pabalsts; ģimeni ievaddati nenosauc. Pieņemts: to norāda vienam loceklim.",
    en="The family of a dead participant has one benefit; no fact names that family. Read as: one member is marked.",
    rests_on="vsaa-cernobila",
)


@right(act="CHERNL", article="article not read",
       lv="Valsts sociālais pabalsts Černobiļas avārijas seku likvidēšanas dalībniekam",
       en="State benefit for Chernobyl participants", since="2020-01-01", until="2021-01-01", payer="state",
       per="month", counted=True, questions=[FAMILY_OF_THE_DEAD])  # fmt: skip
def chernobyl_benefit(is_chernobyl_participant: bool, chernobyl_benefit_amount: Cents) -> Cents:
    """An amount of its own until 2020."""
    if not is_chernobyl_participant:
        return Cents(0)
    return chernobyl_benefit_amount


@right(act="CHERNL", article="article not read",
       lv="Valsts sociālais pabalsts Černobiļas avārijas seku likvidēšanas dalībniekam",
       en="State benefit for Chernobyl participants", since="2021-01-01", payer="state", per="month", counted=True,
       questions=[FAMILY_OF_THE_DEAD])  # fmt: skip
def chernobyl_benefit(is_chernobyl_participant: bool, state_social_security_benefit_age_amount: Cents) -> Cents:
    """As much as the state social security benefit for age."""
    if not is_chernobyl_participant:
        return Cents(0)
    return state_social_security_benefit_age_amount

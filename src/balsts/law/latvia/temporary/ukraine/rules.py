"""Work start grant of Ukrainian civilians, 2022 to 2025 (Law on Assistance to Ukrainian Civilians)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents
from balsts.law.latvia.inputs import ResidentStatus


@rule(act="UCAL", article="7", lv="Ukrainas civiliedzīvotājs, kurš uzsācis darbu un pieteicies",
      en="Ukrainian civilian who started to work and applied", since="2022-03-05", until="2026-01-01",
      questions=[
          Question(
              lv="Kurā mēnesī pabalsts pienākas? Darba sākumu ievaddati nenosauc; iesniegums jāiesniedz mēneša laikā "
              "un darbam tad jāturpinās. Pieņemts: mēnesī, kurā persona pieteicās (applied_for).",
              en="In which month is it due? No fact tells when work began; the application is due within a month and "
              "work must go on then. Read as: in the month in which the person applied (applied_for).",
              rests_on="nva-ukraina",
          )
      ])  # fmt: skip
def is_starting_work_in_latvia(
    resident_status: ResidentStatus, is_employed: bool, applied_for_ukraine_work_start_grant: bool
) -> bool:
    """In the month of the application, while working. The self-employed, covered from 2022-09-24, count as working."""
    return resident_status == ResidentStatus.UKRAINE_CIVILIAN and is_employed and applied_for_ukraine_work_start_grant


@right(act="UCAL", article="7", lv="Nodarbinātības uzsākšanas pabalsts Ukrainas civiliedzīvotājam",
       en="Work start grant for a Ukrainian civilian", since="2022-03-05", until="2026-01-01", payer="state",
       per="once", counted=False, starts_on_application=True,
       questions=[
           Question(
               lv="Vai vienreizējais pabalsts ir ienākums, izvērtējot mājsaimniecību? Pieņemts: nē.",
               en="Does the grant count as income of the household? Read as: no.",
               rests_on="jekabpils-inc",
           )
       ])  # fmt: skip
def ukraine_work_start_grant(is_starting_work_in_latvia: bool, ukraine_work_start_amount: Cents) -> Cents:
    """Once: one minimum wage."""
    if not is_starting_work_in_latvia:
        return Cents(0)
    return ukraine_work_start_amount

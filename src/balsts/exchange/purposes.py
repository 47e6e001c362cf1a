"""Purposes (mērķi) for which a state register may be asked: what the log, the register and the person are told."""

from __future__ import annotations

from balsts.exchange.texts import Text

MEANS_TEST = "means_test"
SOCIAL_ASSISTANCE = "social_assistance"
STATE_BENEFITS = "state_benefits"
SOCIAL_SERVICES = "social_services"
CHILD_PROTECTION = "child_protection"
IDENTIFICATION = "identification"

PURPOSES = {
    MEANS_TEST: Text("mājsaimniecības materiālās situācijas izvērtēšana", "assessment of a household's means"),
    SOCIAL_ASSISTANCE: Text("sociālās palīdzības piešķiršana", "granting social assistance"),
    STATE_BENEFITS: Text("valsts sociālo pabalstu piešķiršana", "granting state social benefits"),
    SOCIAL_SERVICES: Text("sociālo pakalpojumu piešķiršana", "granting social services"),
    CHILD_PROTECTION: Text("bērna tiesību aizsardzība", "protection of a child's rights"),
    IDENTIFICATION: Text("personas identificēšana un datu uzturēšana", "identifying a person and keeping data right"),
}

"""Where each right stands in the European system of social protection statistics (ESSPROS): function, scheme, form.

The eight functions, and that a benefit is classified by its primary purpose whatever act or office gives it, are read
in Eurostat's glossary (Statistics Explained: "Function", "Disability function", "Old age function", "Sickness/health
care function"), which cites the ESSPROS Manual and User guidelines, 2019 edition. The manual itself, with its detailed
items, and
the questionnaire in which Latvia reports are not read yet: what rests on them is an open question here, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from balsts.law.engine.checks.graph import needs, role_of
from balsts.law.latvia import latvia
from balsts.statistics.definitions.declared import Words

Function = Literal["sickness", "disability", "old_age", "survivors", "family", "unemployment", "housing", "exclusion"]

FUNCTIONS: Mapping[Function, Words] = {
    "sickness": Words("Slimība un veselības aprūpe", "Sickness and health care"),
    "disability": Words("Invaliditāte", "Disability"),
    "old_age": Words("Vecums", "Old age"),
    "survivors": Words("Apgādnieka zaudējums", "Survivors"),
    "family": Words("Ģimene un bērni", "Family and children"),
    "unemployment": Words("Bezdarbs", "Unemployment"),
    "housing": Words("Mājoklis", "Housing"),
    "exclusion": Words("Cita sociālā atstumtība", "Social exclusion not elsewhere classified"),
}
"""In the order of the manual."""
SCHEMES = {
    "state": Words("Valsts sociālie pabalsti un cits atbalsts no valsts budžeta",
                   "State social benefits and other support out of the state budget"),
    "municipality": Words("Pašvaldību sociālā palīdzība", "Social assistance of municipalities"),
    "insurance": Words("Valsts sociālā apdrošināšana", "State social insurance"),
}  # fmt: skip
"""Schemes by who pays."""
SOURCE = Words(
    "Eurostat, Statistics Explained, glosārijs «Function» un funkciju šķirkļi (ESSPROS rokasgrāmatas 2019. gada "
    "izdevums)",
    "Eurostat, Statistics Explained, glossary «Function» and its entries (ESSPROS Manual, 2019 edition)",
)
SCHEME_QUESTION = Words(
    "Ar kādiem shēmu nosaukumiem Latvija ziņo Eurostat, vēl nav lasīts; te shēma ir pēc maksātāja.",
    "Under which names of schemes Latvia reports to Eurostat is not read yet; here the scheme is by who pays.",
)


@dataclass(frozen=True)
class Classified:
    """A right in ESSPROS.

    Attributes:
        is_in_kind: goods or services, else cash; `is_means_tested`: explicitly or implicitly conditional on the means
            of the beneficiary.
        question: what is not read or not known about the function; empty where its entry in the glossary names it.
    """

    code: str
    function: Function
    scheme: str
    is_in_kind: bool
    is_means_tested: bool
    question: Words | None = None


_ITEM = Words(
    "Funkcija ir pēc pabalsta galvenā mērķa; rokasgrāmatas sīkākais dalījums, kas to apstiprinātu, vēl nav lasīts.",
    "The function is by the primary purpose of the benefit; the detailed items of the manual, which would confirm it, "
    "are not read yet.",
)
_FUNERAL = Words(
    "Vai apbedīšanas pabalsts par visiem mirušajiem pieder apgādnieka zaudējuma funkcijai, rokasgrāmatā vēl nav "
    "lasīts.",
    "Whether the manual puts the funeral benefit for every dead person under survivors is not read yet.",
)
_ENERGY = Words(
    "Vai atbalsts par energoresursu cenām pieder mājokļa funkcijai vai nav sociālā aizsardzība, rokasgrāmatā vēl nav "
    "lasīts.",
    "Whether support for energy prices belongs to housing or is no social protection is not read in the manual yet.",
)
_COVID = Words(
    "Kā klasificē vienreizējo Covid-19 atbalstu, rokasgrāmatā un Eurostat norādījumos vēl nav lasīts.",
    "How one-off Covid-19 support is classified is not read in the manual or Eurostat's guidance yet.",
)
_SHARE = Words(
    "Tas ir klienta maksājums, nevis pabalsts; vai un kā to atskaita no aprūpes izdevumiem, vēl nav lasīts.",
    "This is what a client pays and no benefit; whether and how it is taken off spending on care is not read yet.",
)
_AGE = Words(
    "Pabalstu maksā gan personām ar invaliditāti, gan pensijas vecumā; kā izdevumus dala starp funkcijām, vēl nav "
    "lasīts.",
    "The benefit is paid to persons with disability and at pensionable age; how spending is divided between functions "
    "is not read yet.",
)
_UKRAINE = Words(
    "Vai pabalsts pieder bezdarba funkcijai vai sociālajai atstumtībai, rokasgrāmatā vēl nav lasīts.",
    "Whether the benefit belongs to unemployment or to social exclusion is not read in the manual yet.",
)
_CELIAC = Words(
    "Vai pabalsts pieder ģimenei un bērniem vai slimībai, rokasgrāmatā vēl nav lasīts.",
    "Whether the benefit belongs to family and children or to sickness is not read in the manual yet.",
)

_BY_FUNCTION: tuple[tuple[Function, str, Words | None], ...] = (
    ("family", ("adoptee_care_remuneration adoption_benefit adoption_remuneration childbirth_benefit childcare_benefit "
               "childcare_twins_supplement family_state_benefit foster_child_maintenance foster_family_remuneration "
               "guardian_child_benefit guardian_remuneration independent_living_grant household_goods_grant "
               "studying_orphan_benefit"), _ITEM),
    ("family", "celiac_support", _CELIAC),
    ("disability", ("blind_assistant_benefit disabled_person_care_benefit transport_benefit assistant_administration "
                   "assistant_service_funding assistant_wage"), None),
    ("disability", "disabled_child_care_benefit disabled_child_supplement chernobyl_benefit", _ITEM),
    ("disability", "state_social_security_benefit", _AGE),
    ("disability", "long_term_care_client_share", _SHARE),
    ("survivors", "survivor_social_security_benefit", _ITEM),
    ("survivors", "funeral_benefit insured_funeral_benefit", _FUNERAL),
    ("housing", "housing_benefit", _ITEM),
    ("housing", "energy_benefit energy_child_benefit energy_pension_benefit", _ENERGY),
    ("family", "covid_child_grant covid_disabled_child_grant", _COVID),
    ("old_age", "covid_pensioner_grant", _COVID),
    ("unemployment", "ukraine_work_start_grant", _UKRAINE),
    ("exclusion", ("crisis_benefit gmi_benefit refugee_benefit refugee_one_off_support food_kits hygiene_kits "
                  "child_food_kits child_hygiene_kits school_kits"), _ITEM),
)  # fmt: skip
_MEANS = "household_income"
"""What the law reads where a right depends on the means of the household."""
_ROLES_THAT_READ = ("rule", "gathered")
_SERVICES = frozenset("assistant_administration assistant_service_funding assistant_wage".split())
"""Rights paid in money for a service that the person gets."""


def _classified() -> dict[str, Classified]:
    law = latvia()
    found = {}
    for function, codes, question in _BY_FUNCTION:
        for code in codes.split():
            right = law.rules[code][-1].right
            assert right is not None
            in_kind = right.unit == "pieces" or code in _SERVICES
            found[code] = Classified(code, function, right.payer, in_kind, _reads_means(code), question)
    return found


def _reads_means(code: str) -> bool:
    """Whether the rules of a right, or any that they read, read the means of the household."""
    law, to_read, found = latvia(), [code], {code}
    while to_read:
        name = to_read.pop()
        more = [one for one in needs(law, name) if one not in found] if role_of(law, name) in _ROLES_THAT_READ else []
        found.update(more)
        to_read += more
    return _MEANS in found


ESSPROS: Mapping[str, Classified] = _classified()
"""Every right of the law, by its code."""

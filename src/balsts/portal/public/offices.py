"""Where one asks for each right, in words: the office follows from who pays; a few are had elsewhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balsts.cases.types.reading import case_types
from balsts.law.engine.declare import RuleVersion

_BY_PAYER = {
    "state": _("State Social Insurance Agency (VSAA): at latvija.gov.lv, or in person or by letter at any of its "
               "offices."),
    "insurance": _("State Social Insurance Agency (VSAA): at latvija.gov.lv, or in person or by letter at any of its "
                   "offices."),
    "municipality": _("Social service of the municipality where you live: in person, by letter or electronically."),
}  # fmt: skip
_KITS = _("First ask the social service of your municipality for the needy status; its certificate opens the door to "
          "the organisations that hand out the kits.")  # fmt: skip
_ASSISTANT = _("Social service of the municipality where you live: it grants the hours, and the state pays for them "
               "through the municipality.")  # fmt: skip
_ELSEWHERE = {
    **dict.fromkeys(("food_kits", "hygiene_kits", "child_food_kits", "child_hygiene_kits", "school_kits"), _KITS),
    **dict.fromkeys(("assistant_service_funding", "assistant_wage", "assistant_administration"), _ASSISTANT),
    "long_term_care_client_share": _("This is what the person pays for the place; the municipality pays the rest."),
}
PAYERS = {
    "state": _("paid by the state"), "municipality": _("paid by the municipality"),
    "insurance": _("paid by social insurance"),
}  # fmt: skip
PARTS = frozenset({"assistant_wage", "assistant_administration"})
"""Parts of another right, told in its explanation: shown by themselves they would count twice."""
NOT_IN_HAND = frozenset({"assistant_service_funding", "long_term_care_client_share"})
"""What is paid to somebody else for the person, or by the person: no part of what the household gets in hand."""


def applied_by(right: str) -> str:
    """The case type by which persons apply for a right in this portal; empty where there is none."""
    return next((one.code for one in case_types().values() if right in one.rights), "")


def how_to_get(version: RuleVersion) -> str:
    """Which office to turn to for a right."""
    assert version.right is not None
    return str(_ELSEWHERE.get(version.name) or _BY_PAYER[version.right.payer])

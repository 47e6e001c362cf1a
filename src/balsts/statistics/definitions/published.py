"""Which published figure of the book a live one is shown beside. Declared one by one, never guessed from names."""

from __future__ import annotations

from balsts.statistics.definitions.declared import Outside, Words

_SAME = Words(
    "Dokumentā – skaits vidēji mēnesī 2020. gadā pa visu valsti; kas tieši skaitīts, dokuments nepaskaidro.",
    "In the document: average a month in 2020 in the whole country; what exactly was counted the document does not "
    "explain.",
)
_CHILDREN = Words(
    "Dokumentā – skaits vidēji mēnesī 2020. gadā pa visu valsti; nav pateikts, vai skaitīti saņēmēji vai bērni.",
    "In the document: average a month in 2020 in the whole country; it does not say whether payees or children were "
    "counted.",
)
_WITH_MORE = Words(
    "Dokumentā kopā ar piemaksu par dvīņiem; te – tikai pabalsts.",
    "In the document together with the supplement for twins; here the benefit alone.",
)
_FUNERAL = Words(
    "Dokumentā – tikai par mirušajiem valsts sociālā nodrošinājuma pabalsta saņēmējiem; te – visi apbedīšanas "
    "pabalsti.",
    "In the document only for dead recipients of the state social security benefit; here all funeral benefits.",
)


def _of(right: str, row: str, note: Words = _SAME) -> Outside:
    return Outside(right, f"indicators/{row}/value", note)


RECIPIENTS_2020 = (
    _of("family_state_benefit", "fb64946805", _CHILDREN),
    _of("childcare_benefit", "9ca47752a2", _WITH_MORE),
    _of("state_social_security_benefit", "9a4119821c"),
    _of("disabled_person_care_benefit", "f0fae84a4f"),
    _of("adoptee_care_remuneration", "1bcf64aae9"),
    _of("foster_family_remuneration", "8cdbb9ce09"),
    _of("disabled_child_care_benefit", "9e1435376a"),
    _of("disabled_child_supplement", "eb356c6a72", _CHILDREN),
    _of("guardian_child_benefit", "47293dfa9a", _CHILDREN),
    _of("guardian_remuneration", "3595656c25"),
    _of("transport_benefit", "31a3b4910c"),
    _of("chernobyl_benefit", "7502ea11f2"),
    _of("celiac_support", "4bee72bd2d", _CHILDREN),
    _of("childbirth_benefit", "9011e5a0a7"),
    _of("adoption_remuneration", "8d0407543d"),
    _of("funeral_benefit", "5fe8517b87", _FUNERAL),
    _of("blind_assistant_benefit", "467f4c2caf"),
)
"""Recipients of benefits in the analysis of budget programmes for 2020."""

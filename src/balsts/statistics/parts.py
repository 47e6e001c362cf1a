"""Words for splits and their parts, and for what figures are of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from balsts.access.models import Municipality
from balsts.cases.types.reading import case_types
from balsts.law.latvia import latvia
from balsts.services.catalogue import services
from balsts.statistics.definitions.declared import Words

SPLITS = {
    "sex": Words("Pēc dzimuma", "By sex"),
    "age": Words("Pēc vecuma", "By age"),
    "municipality": Words("Pēc pašvaldības", "By municipality"),
    "kind": Words("Pēc izmaksas veida", "By kind of payment"),
    "office": Words("Pēc iestādes", "By office"),
    "channel": Words("Pēc iesniegšanas kanāla", "By channel"),
    "decision": Words("Pēc lēmuma veida", "By kind of decision"),
    "way": Words("Pēc lemšanas veida", "By how it was decided"),
    "outcome": Words("Pēc rezultāta", "By result"),
    "service": Words("Pēc pakalpojuma", "By service"),
}
_UNKNOWN = Words("nav ziņu", "not known")
_PLACES: Mapping[str, Words] = {"state": Words("valsts iestāde", "state institution"), "-": _UNKNOWN}
PARTS: Mapping[str, Mapping[str, Words]] = {
    "sex": {"f": Words("sievietes", "women"), "m": Words("vīrieši", "men"), "-": _UNKNOWN},
    "age": {
        "0-17": Words("līdz 17 gadiem", "to 17 years"), "18-29": Words("18–29 gadi", "18 to 29 years"),
        "30-49": Words("30–49 gadi", "30 to 49 years"), "50-64": Words("50–64 gadi", "50 to 64 years"),
        "65+": Words("65 gadi un vairāk", "65 years and more"), "-": _UNKNOWN,
    },
    "municipality": _PLACES,
    "office": _PLACES,
    "kind": {
        "current": Words("kārtējā izmaksa", "current payment"),
        "arrears": Words("pārrēķins vai nokavēta izmaksa", "arrears"),
        "again": Words("atkārtota izmaksa pēc bankas atmaksas", "paid again after the bank returned it"),
    },
    "channel": {
        "portal": Words("portālā", "portal"), "in_person": Words("klātienē", "in person"),
        "post": Words("pa pastu", "post"), "phone": Words("pa tālruni", "telephone"),
        "api": Words("no citas sistēmas", "from another system"),
        "proactive": Words("pēc iestādes ierosmes", "begun by the office"),
    },
    "decision": {
        "grant": Words("piešķirt", "granted"), "refuse": Words("atteikt", "refused"),
        "replace": Words("aizstāt iepriekšējo lēmumu", "earlier decision replaced"), "end": Words("izbeigt", "ended"),
        "dismiss": Words("izbeigt lietvedību", "dismissed"),
    },
    "way": {"automatic": Words("automātiski", "automatically"), "staff": Words("lēmis darbinieks", "by staff")},
    "outcome": {
        "upheld": Words("atstāts negrozīts", "upheld"), "changed": Words("grozīts", "changed"),
        "annulled": Words("atcelts", "annulled"), "withdrawn": Words("atsaukts", "withdrawn"),
        "late": Words("iesniegts par vēlu", "too late"),
    },
    "service": {},
}  # fmt: skip
"""Parts of splits, in their order; municipalities and services besides, by their own names."""
UNITS = {
    "persons": Words("personas", "persons"), "EUR": Words("eiro", "euros"),
    "applications": Words("iesniegumi", "applications"), "decisions": Words("lēmumi", "decisions"),
    "days": Words("dienas", "days"), "cases": Words("lietas", "cases"), "appeals": Words("iesniegumi", "appeals"),
    "percent": Words("procenti", "percent"), "providers": Words("sniedzēji", "providers"),
    "places": Words("vietas", "places"), "complaints": Words("sūdzības", "complaints"),
}  # fmt: skip
SOURCES = {
    "payments": Words("Izmaksu saraksti un virsgrāmata", "Payment runs and the ledger"),
    "cases": Words("Lietas un lēmumi", "Cases and decisions"),
    "services": Words("Sociālo pakalpojumu sniedzēju reģistrs", "The register of providers of social services"),
}
REGISTERS = {
    "social_service_providers": Words("Sociālo pakalpojumu sniedzēju reģistrs", "Register of social service providers")
}


def part_words(split: str, part: str, lang: str) -> str:
    """What a part of a split is called; municipalities and services by their names."""
    known = PARTS.get(split, {}).get(part)
    if known is not None:
        return known.in_(lang)
    if split in ("municipality", "office"):
        return _municipalities().get(part, part)
    if split == "service" and part in services():
        name = services()[part].name
        return name.lv if lang == "lv" else name.en
    return part


@cache
def _municipalities() -> dict[str, str]:
    return dict(Municipality.objects.values_list("code", "name"))


def of_words(what: str, of: str, lang: str) -> str:
    """What a figure is of: the right, case type or register by its title."""
    if what == "right" and of in latvia().rules:
        version = latvia().rules[of][-1]
        return version.lv if lang == "lv" else version.en
    if what == "case_type" and of in case_types():
        name = case_types()[of].name
        return name.lv if lang == "lv" else name.en
    if what == "register" and of in REGISTERS:
        return REGISTERS[of].in_(lang)
    return of

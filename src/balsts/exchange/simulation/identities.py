"""Personal codes and names of persons who do not exist: always the same, and seen at once to be made up."""

from __future__ import annotations

PREFIX = "399"
"""Codes look like those given since 2017 (3, a digit from 2 to 9, nine digits). Real ones can begin with 399 too."""
PERSONS_AT_MOST = 10**8
_FACTOR, _SHIFT = 48_271_963, 61_803_399
_INVERSE = pow(_FACTOR, -1, PERSONS_AT_MOST)

_WOMEN = (
    "Anna Kristīne Inese Ilze Inga Līga Sanita Aija Dace Elīna Ieva Laima Marta Zane Baiba Evija Gunta Ilona Jana "
    "Kadrija Linda Madara Nora Olga Paula Rasma Santa Tīna Undīne Vita Žanete Ērika"
).split()
_MEN = (
    "Jānis Andris Juris Edgars Māris Aivars Kārlis Pēteris Artūrs Valdis Mārtiņš Guntis Ivars Aldis Rihards Toms Uldis "
    "Viktors Ziedonis Normunds Oskars Raivis Dainis Egils Fricis Gatis Haralds Imants Krišjānis Laimonis Ņikita Ēriks"
).split()
_SURNAMES = (
    "bērziņš:bērziņa kalniņš:kalniņa ozoliņš:ozoliņa liepiņš:liepiņa krūmiņš:krūmiņa zariņš:zariņa balodis:balode "
    "eglītis:eglīte siliņš:siliņa vītols:vītola krastiņš:krastiņa priede:priede dzenis:dzene upītis:upīte "
    "āboliņš:āboliņa ezeriņš:ezeriņa strazdiņš:strazdiņa gailītis:gailīte kļaviņš:kļaviņa lācis:lāce"
).split()


def personal_code(person_id: int) -> str:
    """The personal code of a person of the population, 11 digits.

    Raises:
        ValueError: the number is negative or over the highest that a code can stand for.
    """
    if not 0 <= person_id < PERSONS_AT_MOST:
        raise ValueError(f"person_id {person_id} is not from 0 to {PERSONS_AT_MOST - 1:,}")
    return f"{PREFIX}{(person_id * _FACTOR + _SHIFT) % PERSONS_AT_MOST:08}"


def person_id(code: str) -> int | None:
    """The person a synthetic code was made for, or None when it is not a synthetic code."""
    if len(code) != len(PREFIX) + 8 or not code.startswith(PREFIX) or not (code.isascii() and code.isdecimal()):
        return None
    return (int(code[len(PREFIX) :]) - _SHIFT) * _INVERSE % PERSONS_AT_MOST


def given_name(person: int, sex: str) -> str:
    """A given name; persons of the same number have the same."""
    names = _WOMEN if sex == "f" else _MEN
    return names[person * 7 % len(names)]


def surname(household: int, sex: str) -> str:
    """A surname that a household shares. Each begins with Paraug-, "sample"."""
    man, woman = _SURNAMES[household * 3 % len(_SURNAMES)].split(":")
    return f"Paraug{woman if sex == 'f' else man}"

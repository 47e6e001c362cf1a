"""Names as they are searched and sorted: search forgives missing diacritics, order is the Latvian alphabet's.

The order is worked out here and stored, because the database may have been built without the rules of languages.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Čč Ģģ Ķķ Ļļ Ņņ Ŗŗ Šš Žž are letters of their own, after their plain ones; y stands between i and j. Long vowels come
# after short ones only where nothing else differs. As in the Unicode locale data for Latvian.
_ALPHABET = "a b c č d e f g ģ h i y j k ķ l ļ m n ņ o p q r ŗ s š t u v w x z ž".split()
_PLACE = {letter: f"{number:02}" for number, letter in enumerate(_ALPHABET, start=10)}
_SHORT = str.maketrans("āēīōū", "aeiou")


def search_key(*parts: str) -> str:
    """Names without case, diacritics and punctuation, for finding: «Bērziņš-Āboliņš» → «berzins abolins»."""
    return " ".join(key for part in parts if (key := _searched(part)))


@lru_cache(maxsize=50_000)  # of a country's names most are borne by many
def _searched(part: str) -> str:
    plain = unicodedata.normalize("NFKD", part.casefold())
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def sort_key(*parts: str) -> str:
    """Text whose order by code points is the Latvian order of names; later parts count where earlier ones are equal."""
    both = [_sorted(part) for part in parts]
    return " ".join([*(letters for letters, _ in both), *(written for _, written in both)])


@lru_cache(maxsize=50_000)
def _sorted(part: str) -> tuple[str, str]:
    """The places of the letters, and what is written, by which long vowels come after short ones."""
    written = unicodedata.normalize("NFC", part.casefold())
    return "".join(_place(letter) for letter in written.translate(_SHORT)), written


def _place(letter: str) -> str:
    if letter in _PLACE:
        return _PLACE[letter]
    plain = unicodedata.normalize("NFKD", letter)[0]  # letters of other languages stand with their plain ones
    return _PLACE.get(plain, "00" if not letter.isalnum() else "99")

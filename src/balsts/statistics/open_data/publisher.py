"""Who publishes the open data, where, and under which licence: what only the institution that runs it can say.

BALSTS_PUBLIC_ADDRESS      where the portal is reached, as https://balsts.example; needed for `statistics open-data`
                           unless it is given there. Pages take the address they were asked by
BALSTS_OPEN_DATA_LICENCE   CC0 or CC_BY_4_0 (codes of the European list of licences). Without it the catalogue says
                           that the publisher has not chosen one: nothing is claimed
BALSTS_OPEN_DATA_CONTACT   an e-mail address for questions; without it the portal's own page
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from balsts.law.engine.errors import InputError, nearest
from balsts.statistics.open_data.codes import Names

LICENCES: dict[str, Names] = {
    "CC0": {"lv": "Creative Commons CC0 1.0: publiskais īpašums", "en": "Creative Commons CC0 1.0, public domain"},
    "CC_BY_4_0": {"lv": "Creative Commons Attiecinājums 4.0", "en": "Creative Commons Attribution 4.0"},
}
NO_LICENCE: Names = {
    "lv": "Licence vēl nav izvēlēta. Publicētājam tā jānosaka; līdz tam šeit nekas netiek apgalvots par tiesībām.",
    "en": "No licence has been chosen yet. The publisher has to set it; until then nothing is claimed about rights.",
}  # fmt: skip
PUBLISHERS: dict[str, Names] = {
    "LM": {"lv": "Latvijas Republikas Labklājības ministrija", "en": "Ministry of Welfare of the Republic of Latvia"},
    "SIVA": {"lv": "Sociālās integrācijas valsts aģentūra", "en": "State Social Integration Agency"},
}
CATALOGUE_PUBLISHER = "LM"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~/-]*)?")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")


@dataclass(frozen=True)
class Publishing:
    """How open data is published here.

    Attributes:
        address: the portal's address, with a slash at the end.
        licence: a code of `LICENCES`, or nothing while none is chosen.
        contact: an e-mail address, or nothing.
    """

    address: str
    licence: str = ""
    contact: str = ""


def publishing(address: str = "", environment: Mapping[str, str] = os.environ) -> Publishing:
    """How open data is published, as this installation's environment says.

    Args:
        address: the portal's address; left out, that of the environment.

    Raises:
        InputError: no address, or something that is none of what it can be.
    """
    found = address or environment.get("BALSTS_PUBLIC_ADDRESS", "")
    licence = environment.get("BALSTS_OPEN_DATA_LICENCE", "")
    contact = environment.get("BALSTS_OPEN_DATA_CONTACT", "")
    if not _ADDRESS.fullmatch(found):
        raise InputError(f"{f'«{found}» is no address' if found else 'No address'} of the portal; expected one such as "
                         "https://balsts.example. Give it with --base, or in BALSTS_PUBLIC_ADDRESS.")  # fmt: skip
    if licence and licence not in LICENCES:
        raise InputError(f"BALSTS_OPEN_DATA_LICENCE is «{licence}»; expected one of {', '.join(LICENCES)}, or nothing "
                         f"while none is chosen.{nearest(licence, LICENCES)}")  # fmt: skip
    if contact and not _EMAIL.fullmatch(contact):
        raise InputError(f"BALSTS_OPEN_DATA_CONTACT is «{contact}»; expected an e-mail address.")
    return Publishing(f"{found.rstrip('/')}/", licence, contact)

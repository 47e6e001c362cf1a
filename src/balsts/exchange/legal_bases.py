"""Provisions that several registers are asked under, and the promise that they share."""

from __future__ import annotations

from datetime import timedelta

from balsts.exchange.contract import Freshness, LegalBasis
from balsts.exchange.texts import Text

MEANS_DECLARATION = LegalBasis(
    act="MK809",
    article="3",
    says=Text(
        "sociālais dienests iztikas līdzekļu deklarāciju sagatavo elektroniski no informācijas sistēmu datiem",
        "the social service prepares the means declaration electronically, from data of information systems",
    ),
    certainty="seen",
    rests_on="page of the Ministry of Welfare on needy households",
)

SOCIAL_POLICY_SYSTEM = LegalBasis(
    act="MK587",
    article="4",
    says=Text(
        "sistēma apstrādā datus ar valsts informācijas sistēmu savietotāja palīdzību vai tiešā saskarnē",
        "the system processes data through the integrator of state systems or by direct interfaces with them",
    ),
    certainty="read",
    rests_on="https://likumi.lv/ta/id/269340",
)

WITHIN_A_DAY = Freshness(
    promised=timedelta(hours=24),
    certainty="derived",
    rests_on="the data distribution platform (DAGR) may lag by 24 hours at most (draft 22-TA-2640)",
)

UNKNOWN_PROVISION = Text(
    "Kurš tiesību akts un pants ļauj sociālajam dienestam saņemt tieši šos datus?",
    "Which act and article lets a municipal social service receive exactly these data?",
)
FORMAT = Text(
    "Ziņas formāts ir mūsu; īstā reģistra lauku nosaukumi un kodi jāsaskaņo ar tā turētāju.",
    "The format of the message is ours; field names and codes of the real register must be agreed with its holder.",
)

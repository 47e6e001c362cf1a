"""A tiny invented country: every construct of the engine in as little law as possible."""

from __future__ import annotations

import sys
from datetime import date
from functools import lru_cache

from balsts.law.engine.inputs import Catalogue, Choice, FamilyTies, Input
from balsts.law.engine.law import Law, load_law


class Sex(Choice):
    """Woman or man."""

    F = 0, "sieviešu", "female"
    M = 1, "vīriešu", "male"


class School(Choice):
    """What a person attends."""

    NONE = 0, "nekāda", "none"
    FULL_TIME = 1, "pilna laika", "full-time"
    EVENING = 2, "vakara", "evening"


CATALOGUE = Catalogue(
    inputs=(
        Input("born", "day", "dzimis", "born", required=True, event=("dzimšanas", "birth")),
        Input("died", "day", "miris", "died"),
        Input("sex", "choice", "dzimums", "sex", required=True, choices=Sex),
        Input("partner", "link", "partneris", "partner"),
        Input("parents", "link", "vecāki", "parents", several=2),
        Input("guardian", "link", "aizbildnis", "guardian"),
        Input("birth_order", "number", "kārtas numurs", "order of birth", at_most=30),
        Input("school", "choice", "skola", "school", choices=School),
        Input("wage_eur_month", "money", "alga", "wage"),
        Input("pension_at_grant_eur_month", "money", "piešķirtā pensija", "pension at its grant"),
        Input("pension_granted_on", "day", "piešķirta", "granted on", event=("pensijas piešķiršanas", "the grant")),
        Input("applied_for", "codes", "pieteikti", "applied for"),
        Input("claimed_on", "day", "pieprasīts", "claimed on"),
        Input("rent_eur_month", "money", "īre", "rent", entity="household"),
        Input("is_registered", "flag", "reģistrēta", "registered", entity="household", default=1),
    ),
    ties=FamilyTies(
        placements=(("guardian",),),
        parents=(("parent_1", "parent_2"),),
        payees={"parent_payee": ("parent_1", "parent_2")},
    ),
    woman=Sex.F,
)


@lru_cache(maxsize=1)
def small_country() -> Law:
    """The law of the country, from 2020 on."""
    return load_law(sys.modules[__name__], code="xx", catalogue=CATALOGUE, presence="is_here",
                    first_day=date(2020, 1, 1))  # fmt: skip

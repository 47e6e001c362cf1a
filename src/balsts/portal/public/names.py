"""What the persons of a walk are called on its pages: you, your wife, a child born in 03.2024. No names are asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from balsts.law.engine.quantities import month_from
from balsts.portal.public.answers import Answers

_MAJORITY_MONTHS = 18 * 12


def names_of(answers: Answers) -> dict[str, str]:
    """What each person is called, by identifier; two of one name are told apart by a number."""
    plain = {one: _adult(answers, one) for one in answers.adults} | {
        one: _child(answers, one) for one in answers.children
    }
    found: dict[str, str] = {}
    for one, name in plain.items():
        alike = [other for other, its in plain.items() if its == name]
        found[one] = f"{name} ({alike.index(one) + 1})" if len(alike) > 1 else name
    return found


def born_words(month: str) -> str:
    """`2024-03` → `03.2024`."""
    return f"{month[5:]}.{month[:4]}"


def age_in_years(born: str, month: int) -> int:
    """The age on the 1st of a month, of somebody born in the middle of a month."""
    return (month - month_from(born) - 1) // 12


def is_of_age(born: str, month: int) -> bool:
    """Whether somebody is 18: the law counts that birthday from the beginning of its month."""
    return month - month_from(born) >= _MAJORITY_MONTHS


def _adult(answers: Answers, person: str) -> str:
    number = answers.adults.index(person)
    if number == 0:
        return _("You")
    given = answers.of(person)
    named = _related(given.get("relation", ""), given.get("sex", ""))
    if named:
        return named
    if "born" in given:
        return _("Adult born in %(month)s") % {"month": born_words(given["born"])}
    return _("Adult %(number)s") % {"number": number + 1}


def _related(relation: str, sex: str) -> str:
    """By the tie to who answers; empty where there is none to name."""
    named = {
        ("married", "f"): _("Your wife"), ("married", "m"): _("Your husband"),
        ("partner", "f"): _("Your partner (she)"), ("partner", "m"): _("Your partner (he)"),
        ("child", "f"): _("Your grown-up daughter"), ("child", "m"): _("Your grown-up son"),
        ("parent", "f"): _("Your mother"), ("parent", "m"): _("Your father"),
    }  # fmt: skip
    return named.get((relation, sex), "")


def _child(answers: Answers, person: str) -> str:
    given = answers.of(person)
    if "born" in given:
        return _("Child born in %(month)s") % {"month": born_words(given["born"])}
    return _("Child %(number)s") % {"number": answers.children.index(person) + 1}

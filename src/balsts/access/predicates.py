"""Permission predicates: small questions about who acts, put together into rules by the folders that own the objects.

They are the first wall; row-level security is the second and asks again on its own.
"""

from __future__ import annotations

import rules

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.access.roles import Ability


def has_ability(ability: Ability) -> rules.Predicate:
    """Whether the role of who acts has an ability, for the purpose stated."""

    def has(who: Acting) -> bool:
        return who.may(ability) and who.terms is not None and who.purpose in who.terms.purposes

    return rules.predicate(has, name=f"has_ability_{ability}")


@rules.predicate
def is_national(who: Acting) -> bool:
    """Whether persons of the whole country are in the role's scope."""
    return who.scope == "national"


rules.add_rule("access.read_log", has_ability("audit"))
rules.add_rule("access.manage_accounts", has_ability("manage_accounts"))


def require(rule: str, who: Acting, what: object = None) -> None:
    """Go on only when a rule holds.

    Raises:
        AccessDenied: it does not.
    """
    if not rules.test_rule(rule, who, what):
        raise AccessDenied(
            "Šai darbībai nav pilnvarojuma vai tai neatbilst norādītais nolūks.",
            "There is no appointment for this, or the purpose stated does not fit it.",
        )

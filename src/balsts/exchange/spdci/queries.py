"""Which person a search is for. Only somebody named is searched for: nobody leafs through a register of persons.

Of the four kinds of query three are read: `idtype-value` by personal code, and `predicate` and `expression` where they
come to the same, or to given names, surname and date of birth together. Any other search is refused: data protection
law asks that no more persons are looked at than the purpose needs (Regulation (EU) 2016/679, article 5(1)(c)).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from balsts.exchange.spdci.envelope import SearchCriteria

IDENTIFIER_TYPES = ("UIN", "NIN", "NationalID")
"""What partners call the personal code: unique or national identification number."""
_CODE, _GIVEN, _SURNAME, _BORN = "UIN", "given_name", "surname", "birth_date"
_WRITTEN = re.compile(r"([0-9]{6})-?([0-9]{5})")
_NAMED = {_GIVEN, _SURNAME, _BORN}


class RefusedSearch(Exception):
    """A search that is not answered; the text says why, without its values."""


@dataclass(frozen=True)
class Wanted:
    """Somebody named: by personal code, or by names and date of birth."""

    personal_code: str | None = None
    given_names: str = ""
    surname: str = ""
    born: date | None = None


def wanted(criteria: SearchCriteria) -> Wanted:
    """Whom a search is for.

    Raises:
        RefusedSearch: it names nobody.
    """
    query = criteria.query
    if criteria.query_type == "idtype-value" and isinstance(query, dict):
        return _named({_CODE if query.get("type") in IDENTIFIER_TYPES else "": query.get("value")})
    if criteria.query_type == "predicate" and isinstance(query, list):
        return _named(_of_predicates(query))
    if criteria.query_type == "expression" and isinstance(query, dict):
        return _named(_of_expression(query))
    raise RefusedSearch(f"a query of type {criteria.query_type} is not answered here, or has not its form")


def _of_predicates(query: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in query:
        if not isinstance(one, dict) or one.get("condition", "and") != "and":
            raise RefusedSearch("conditions are joined by and alone")
        for part in (one.get("expression1"), one.get("expression2")):
            if isinstance(part, dict):
                if part.get("operator") != "eq":
                    raise RefusedSearch("attributes are compared by eq alone")
                found[str(part.get("attribute_name"))] = part.get("attribute_value")
    return found


def _of_expression(query: dict[str, Any]) -> dict[str, Any]:
    try:
        conditions = query["value"]["expression"]["query"]["$and"]
        return {str(name): test["$eq"] for one in conditions for name, test in one.items()}
    except (KeyError, TypeError, AttributeError):
        raise RefusedSearch("an expression is a list under $and, of attributes with $eq alone") from None


def _named(attributes: dict[str, Any]) -> Wanted:
    if set(attributes) == {_CODE}:
        written = _WRITTEN.fullmatch(str(attributes[_CODE]))
        if written is None:
            raise RefusedSearch(f"{_CODE} is a personal code of eleven digits")
        return Wanted(personal_code="".join(written.groups()))
    if set(attributes) == _NAMED and all(isinstance(value, str) for value in attributes.values()):
        try:
            born = date.fromisoformat(attributes[_BORN][:10])
        except ValueError:
            raise RefusedSearch("birth_date must be a day such as 1990-05-04") from None
        return Wanted(given_names=attributes[_GIVEN], surname=attributes[_SURNAME], born=born)
    raise RefusedSearch(f"a search names {_CODE}, or {_GIVEN}, {_SURNAME} and {_BORN} together, and nothing else")

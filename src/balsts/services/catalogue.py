"""The catalogue of services: by code, in both languages, with the act that each rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from balsts.exchange.texts import Text
from balsts.law.engine.text import Node, read_file

_FILE = Path(__file__).with_name("catalogue.yaml")
_NAMES = {"name", "act", "decides", "payer", "registered"}
_PAYERS = ("state", "municipality", "state_and_municipality", "european_union", "client")


@dataclass(frozen=True)
class Service:
    """A service (sociālais pakalpojums).

    Attributes:
        act: what it rests on, as cited in Latvian.
        decides: who decides on it, in Latvian.
        is_registered: whether its providers are entered in the register for it.
    """

    code: str
    name: Text
    act: str
    decides: str
    payer: str
    is_registered: bool


@lru_cache(maxsize=1)
def services() -> Mapping[str, Service]:
    """All services by code, in the order of the catalogue.

    Raises:
        InputError: the catalogue does not follow its form.
    """
    content = read_file(_FILE, shown=_FILE.name).mapping("services by code")
    return {code: _service(code, node) for code, node in content.items()}


def registered_services() -> Mapping[str, Service]:
    """Those that a provider can be registered for."""
    return {code: one for code, one in services().items() if one.is_registered}


def _service(code: str, node: Node) -> Service:
    fields = node.mapping("a service")
    if unknown := set(fields) - _NAMES:
        node.place.fail(f"{', '.join(sorted(unknown))}: expected {', '.join(sorted(_NAMES))}.")
    if missing := _NAMES - {"registered"} - set(fields):
        node.place.fail(f"has no {', '.join(sorted(missing))}.")
    name = fields["name"].mapping("a name in both languages")
    payer = fields["payer"].text("who pays")
    if payer not in _PAYERS:
        fields["payer"].place.fail(f"expected one of {', '.join(_PAYERS)}; found {payer}.")
    is_registered = "registered" not in fields or fields["registered"].text("yes or no") == "yes"
    return Service(code, Text(name["lv"].text("Latvian"), name["en"].text("English")), fields["act"].text("an act"),
                   fields["decides"].text("who decides"), payer, is_registered)  # fmt: skip

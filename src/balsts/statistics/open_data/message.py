"""What every SDMX message begins with, and how its parts name each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from balsts.statistics.open_data.structures import AGENCY, SCHEME, VERSION, Structure

SENDER_NAMES = {"lv": "Balsts, sociālās aizsardzības platforma", "en": "Balsts, a platform for social protection"}
LANGUAGES = ("lv", "en")

Part = Literal["Codelist", "ConceptScheme", "DataStructure", "Dataflow"]
_PACKAGES: dict[Part, str] = {"Codelist": "codelist", "ConceptScheme": "conceptscheme",
                              "DataStructure": "datastructure", "Dataflow": "datastructure"}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """The head of a message. It depends on nothing but what the message is about and when that last changed.

    Attributes:
        prepared: when what is in the message last changed; so the same data always give the same bytes.
    """

    about: str
    prepared: datetime

    @property
    def id(self) -> str:
        """The identifier of the message."""
        told = hashlib.sha256(f"{self.about} {self.moment}".encode()).hexdigest()[:12].upper()
        return f"{AGENCY}_{self.about}_{told}"

    @property
    def moment(self) -> str:
        """When it was prepared, in UTC."""
        return self.prepared.strftime("%Y-%m-%dT%H:%M:%SZ")


def urn(part: Part, name: str) -> str:
    """The name of a structure everywhere."""
    return f"urn:sdmx:org.sdmx.infomodel.{_PACKAGES[part]}.{part}={AGENCY}:{name}({VERSION})"


def concept_urn(concept: str) -> str:
    """The name of a concept everywhere."""
    return f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:{SCHEME}({VERSION}).{concept}"


def dsd_id(structure: Structure) -> str:
    """The identifier of the data structure definition of a table."""
    return f"DSD_{structure.id}"


def flow_id(structure: Structure) -> str:
    """The identifier of the dataflow of a table."""
    return f"DF_{structure.id}"

"""`python -m tests.exchange.spdci_standard FOLDER`: hold our messages against the SPDCI standard's OpenAPI files.

The files are the standard's own and are not kept here. For each registry whose file the folder has, each kind of
message is told as keeping to the standard, or where it does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from referencing.exceptions import Unresolvable

from balsts.exchange.disability_commission.contract import DisabilityDecision, DisabilityRecord
from balsts.exchange.population_register.contract import CivilRecord, DeclaredAddress, Marriage, Residence
from balsts.exchange.spdci import records
from tests.exchange.spdci_messages import BY_CODE, answered, by_names, request, sent_by_our_client, served

REGISTRIES = ("social", "crvs", "dr")
_EXAMPLE = """example:
  git clone https://github.com/OpenSPP/spdci-compliance
  python -m tests.exchange.spdci_standard spdci-compliance/spec

Ends with 1 when a message does not keep to the standard, with 2 when the folder has none of its files."""


@dataclass(frozen=True)
class Example:
    """A message of ours, of a kind, and the part of the standard that it must keep to."""

    kind: str
    part: str
    plain: Any


def main(arguments: list[str] | None = None) -> int:
    """Returns 1 when a message does not keep to the standard, 2 when there is nothing to hold it against."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.exchange.spdci_standard", description=__doc__, epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where files such as crvs_api_v1.0.0.yaml are")
    folder = parser.parse_args(arguments).folder
    there = {name: path for name in REGISTRIES if (path := folder / f"{name}_api_v1.0.0.yaml").is_file()}
    if not there:
        sys.stderr.write(f"{folder} has none of {', '.join(f'{name}_api_v1.0.0.yaml' for name in REGISTRIES)}\n")
        return 2
    wrong = 0
    for name, path in there.items():
        print(f"{name} ({path.name})")
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for example in examples(name):
            problem = problem_of(document, example)
            wrong += bool(problem)
            print(f"  {example.kind:<44}{problem or 'keeps to the standard'}")
    return 1 if wrong else 0


def problem_of(document: dict[str, Any], example: Example) -> str:
    """Where a message leaves the standard; empty when it keeps to it."""
    schema = {"$ref": example.part, **{part: document.get(part, {}) for part in ("components", "paths")}}
    try:
        jsonschema.validate(example.plain, schema)
    except jsonschema.ValidationError as error:
        return f"wrong at {error.json_path}: {error.message[:200]}"
    except Unresolvable as error:
        return f"cannot be held against it: the file refers to {error.ref}, which it has not"
    return ""


def examples(registry: str) -> Iterator[Example]:
    """A message of each kind, as one of our registries sends or takes it."""
    sent = sent_by_our_client()
    yield Example("request of our client: header", _schema("MsgHeader_V1.0.0"), sent["header"])
    yield Example("request of our client: search", _schema("SearchRequest"), sent["message"])
    by_code, names = request(BY_CODE), request(by_names("Anna", "Paraugdiena", "1990-05-04"))
    yield Example("request that we take: by personal code", _schema("SearchRequest"), json.loads(by_code)["message"])
    yield Example("request that we take: by names, birth", _schema("SearchRequest"), json.loads(names)["message"])
    found = _answer(registry, [_record(registry)], by_code)
    yield Example("answer: header", _schema("MsgCallbackHeader_V1.0.0"), found["header"])
    yield Example("answer: a record", _schema("SearchResponse"), found["message"])
    yield Example("answer: nobody", _schema("SearchResponse"), _answer(registry, [], by_code)["message"])
    unread = _answer(registry, [], request(("graphql", {"query": "{}"})))
    yield Example("answer: a search that is refused", _schema("SearchResponse"), unread["message"])
    miscounted = _answer(registry, [], request(BY_CODE, total_count=7))
    refused = miscounted["header"]
    yield Example("answer: a request that is refused, header", _schema("MsgCallbackHeader_V1.0.0"), refused)
    unsigned = _answer(registry, [], b"{}")
    yield Example("error: as gateways tell it", _response("HttpErrorResponse"), {"errors": unsigned["errors"]})
    yield Example("error: as an acknowledgement tells it", _response("Response"), {"message": unsigned["message"]})


def _record(registry: str) -> dict[str, Any]:
    """A record with every field that the registry states."""
    day = date(2026, 2, 25)
    civil = CivilRecord(
        personal_code="39900000001", given_names="Anna", surname="Paraugdiena", born=date(1990, 5, 4), died=day,
        sex="f", residences=(Residence(since=date(1990, 5, 4), kind="citizen"),),
        parent_codes=("39900000002", "39900000003"),
        addresses=(DeclaredAddress(since=date(2020, 1, 1), municipality="0001000", address="Parauga iela 1"),),
        marriages=(Marriage(since=date(2015, 6, 1)),),
    )  # fmt: skip
    if registry == "crvs":
        return records.civil_person(civil, day)
    if registry == "dr":
        decision = DisabilityDecision(since=date(2024, 1, 1), decided_on=date(2023, 12, 20), group=2)
        return records.disabled_person(
            DisabilityRecord(personal_code=civil.personal_code, decisions=(decision,)), civil, day
        )
    about = {"name": records.name_of("Anna", "Paraugdiena"), "sex": "female", "birth_date": "1990-05-04"}
    return records.household_group("household-1", [records.member([records.identifier("39900000001")], about)])


def _schema(name: str) -> str:
    return f"#/components/schemas/{name}"


def _response(name: str) -> str:
    return f"#/components/responses/{name}/content/application~1json/schema"


def _answer(registry: str, held: list[dict[str, Any]], body: bytes) -> dict[str, Any]:
    return answered(served(lambda _: held, is_one_record=registry == "dr"), body)[1]


if __name__ == "__main__":
    sys.exit(main())

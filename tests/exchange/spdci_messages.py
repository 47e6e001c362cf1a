"""Messages of the SPDCI standard: requests as a partner signs them, and a registry that answers them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from joserfc.jwk import ECKey, KeySet

from balsts.exchange.contract import FactStatus
from balsts.exchange.lines import Line, NoAnswer
from balsts.exchange.spdci import records
from balsts.exchange.spdci.client import Partner, SearchClient
from balsts.exchange.spdci.envelope import (
    RequestEnvelope,
    RequestHeader,
    SearchCriteria,
    SearchItem,
    SearchRequest,
    now,
    sealed,
)
from balsts.exchange.spdci.queries import Wanted
from balsts.exchange.spdci.server import ServedRegistry, answer
from balsts.exchange.texts import UNREACHABLE
from tests.exchange.running_state import question
from tests.exchange.stores import MemoryStore

KEY = ECKey.generate_key("P-256", {"kid": "asker"})
OURS = KeySet([KEY])
JANE = {"@type": "CRVS_Person", "identifier": records.identifier("39900000001")}


def served(find: Callable[[Wanted], list[dict[str, Any]]] = lambda _: [JANE], **more: Any) -> ServedRegistry:
    return ServedRegistry("crvs.test", records.CIVIL, records.CIVIL_RECORD, find, **more)


def request(*queries: tuple[str, Any], total_count: int | None = None, **criteria: Any) -> bytes:
    items = tuple(
        SearchItem(reference_id=f"r{number}", timestamp=now(),
                   search_criteria=SearchCriteria(query_type=kind, query=query, **criteria))  # type: ignore[arg-type]
        for number, (kind, query) in enumerate(queries)
    )  # fmt: skip
    header = RequestHeader(
        message_id="m1", message_ts=now(), action="search", sender_id="asker.test",
        total_count=len(items) if total_count is None else total_count,
    )  # fmt: skip
    envelope = RequestEnvelope(header=header, message=SearchRequest(transaction_id="t1", search_request=items))
    return sealed(envelope, KEY)


BY_CODE = ("idtype-value", {"type": "UIN", "value": "39900000001"})


def by_names(given_name: str, surname: str, born: str) -> tuple[str, Any]:
    """A search by names and date of birth."""
    attributes = {"given_name": given_name, "surname": surname, "birth_date": born}
    return "predicate", [{"expression1": {"attribute_name": name, "operator": "eq", "attribute_value": value}}
                         for name, value in attributes.items()]  # fmt: skip


class _Overheard(Line):
    """A line that nobody answers, and what was sent on it."""

    def __init__(self) -> None:
        self.body = b""

    async def post(self, path: str, body: bytes) -> bytes:
        self.body = body
        raise NoAnswer(FactStatus.UNAVAILABLE, UNREACHABLE, "nobody answers here")


def sent_by_our_client() -> dict[str, Any]:
    """A request as our client sends it."""
    line = _Overheard()
    whom = Partner("civil", "crvs.test", "/spdci/crvs", records.CIVIL, records.CIVIL_RECORD, OURS)
    with suppress(NoAnswer):
        asyncio.run(SearchClient(line, MemoryStore(), "asker.test", KEY).search(whom, question("civil", "39900000001")))
    found: dict[str, Any] = json.loads(line.body)
    return found


def answered(registry: ServedRegistry, body: bytes, senders: KeySet | None = OURS) -> tuple[int, dict[str, Any]]:
    status, found = answer(registry, body, KEY, senders)
    return status, json.loads(found)

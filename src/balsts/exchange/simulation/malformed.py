"""Answers that are not what was agreed: one function that breaks a right answer in a named way."""

from __future__ import annotations

import json
from typing import Any

from joserfc.jwk import ECKey

from balsts.exchange.messages import MEDIA_TYPE, Message, as_json, sign

_OTHER_CODE = "39999999999"


def malformed(how: str, answer: Message[Any], key: ECKey) -> tuple[bytes, str]:
    """A broken answer as it goes out, and its media type."""
    plain = json.loads(as_json(answer))
    signed = sign(as_json(answer), key)
    if how == "html":
        return b"<html><body>Sist\xc4\x93ma p\xc4\x81rslogota</body></html>", "text/html"
    if how == "unsigned":
        return as_json(answer), "application/json"
    if how == "bad_signature":
        head, payload, signature = signed.split(".")
        other = sign(b"{}", key).split(".")[2]
        return f"{head}.{payload}.{other if other != signature else ''}".encode(), MEDIA_TYPE
    if how == "unknown_key":
        stranger = ECKey.generate_key("P-256", {"kid": "nobody-knows-it"})
        return sign(as_json(answer), stranger).encode(), MEDIA_TYPE
    return sign(_broken(how, plain), key).encode(), MEDIA_TYPE


def _broken(how: str, plain: dict[str, Any]) -> bytes:
    """A payload that breaks the contract though it is signed."""
    if how == "not_json":
        return b"{'an answer': of some other kind"
    if how == "missing_field":
        del plain["as_of"]
    elif how == "wrong_type":
        plain["record"] = {name: ["?"] for name in plain["record"] or {}}
    elif how == "other_question":
        plain["request_id"] = "another-question"
    elif how == "other_person":
        plain["personal_code"] = _OTHER_CODE
    return json.dumps(plain).encode()

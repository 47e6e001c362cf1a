"""What holds our messages against the SPDCI standard: a command, and the gateway that the public suite goes through.

The standard's own files are not here; these tests hold messages against a few lines in their manner.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from joserfc.jwk import ECKey, KeySet

from balsts.exchange.messages import BadSignature
from balsts.exchange.spdci.envelope import check_seal
from tests.exchange import spdci_gateway, spdci_standard
from tests.exchange.spdci_messages import BY_CODE, request

KEY = ECKey.generate_key("P-256", {"kid": "gateway"})


def a_standard() -> dict[str, Any]:
    """A document with the parts that the standard's files have, of which little is asked."""
    answers = {"search_response": {"type": "array", "items": {"required": ["reference_id", "status"]}}}
    schemas: dict[str, Any] = {
        "MsgHeader_V1.0.0": {"required": ["message_id", "receiver_id"]},
        "MsgCallbackHeader_V1.0.0": {"required": ["message_id", "status"]},
        "SearchRequest": {"required": ["transaction_id", "search_request"]},
        "SearchResponse": {"required": ["correlation_id"], "properties": answers},
    }
    told = {"HttpErrorResponse": {"required": ["errors"]}, "Response": {"required": ["message"]}}
    responses = {name: {"content": {"application/json": {"schema": schema}}} for name, schema in told.items()}
    return {"components": {"schemas": schemas, "responses": responses}, "paths": {}}


def written(folder: Path, document: dict[str, Any], name: str = "crvs") -> Path:
    path = folder / f"{name}_api_v1.0.0.yaml"
    path.write_text(yaml.safe_dump(copy.deepcopy(document)), encoding="utf-8")
    return folder


def test_each_kind_of_message_is_told_as_keeping_to_the_standard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, a_standard())
    assert spdci_standard.main([str(written(tmp_path, a_standard(), "dr"))]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "crvs (crvs_api_v1.0.0.yaml)"
    assert sum("keeps to the standard" in line for line in said) == len(said) - 2 == 22


def test_where_a_message_leaves_the_standard_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = a_standard()
    document["components"]["schemas"]["MsgHeader_V1.0.0"]["properties"] = {"sender_id": {"type": "integer"}}
    assert spdci_standard.main([str(written(tmp_path, document))]) == 1
    wrong = [line for line in capsys.readouterr().out.splitlines()[1:] if "keeps to" not in line]
    assert len(wrong) == 1
    assert "request of our client: header" in wrong[0]
    assert "wrong at $.sender_id" in wrong[0]


def test_a_file_that_refers_to_what_it_has_not_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = a_standard()
    document["components"]["schemas"]["SearchRequest"] = {"$ref": "#/components/schemas/Elsewhere"}
    assert spdci_standard.main([str(written(tmp_path, document))]) == 1
    assert "refers to /components/schemas/Elsewhere, which it has not" in capsys.readouterr().out


def test_a_folder_without_the_standard_s_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spdci_standard.main([str(tmp_path)]) == 2
    assert "crvs_api_v1.0.0.yaml" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------- the gateway


def gateway(**said: str) -> spdci_gateway.Gateway:
    return spdci_gateway.Gateway(0, "http://registry.test", KEY, said)


def unsigned(signature: str) -> bytes:
    return json.dumps(json.loads(request(BY_CODE)) | {"signature": signature}).encode()


@pytest.mark.parametrize("placeholder", ["unsigned", "unsigned-stub"])
def test_the_gateway_signs_a_request_whose_signature_is_a_placeholder(placeholder: str) -> None:
    with gateway() as found:
        check_seal(found.outgoing(unsigned(placeholder)), KeySet([KEY]))


@pytest.mark.parametrize("body", [unsigned("invalid-signature"), b"", b"not json", b"[]"],
                         ids=["signed", "empty", "no JSON", "a list"])  # fmt: skip
def test_the_gateway_sends_anything_else_on_as_it_came(body: bytes) -> None:
    with gateway() as found:
        assert found.outgoing(body) == body
        with pytest.raises(BadSignature):
            check_seal(found.outgoing(body), KeySet([KEY]))


def test_the_gateway_says_one_word_in_the_place_of_another() -> None:
    with gateway(UIN="NIN") as found:
        sent = json.loads(found.outgoing(unsigned("unsigned")))
    assert sent["message"]["search_request"][0]["search_criteria"]["query"]["type"] == "NIN"

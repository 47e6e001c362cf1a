"""Addresses and credentials from the environment, and the circuit of one register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, KeySet

from balsts.exchange.breaker import CircuitBreaker
from balsts.exchange.connections import connection_from_environment
from balsts.exchange.messages import BadSignature, public_keys, sign, unsigned, verified_payload
from balsts.law.engine.errors import InputError

COMPLETE = {
    "BALSTS_REGISTERS_ADDRESS": "https://registers.example/",
    "BALSTS_REGISTERS_CLIENT": "balsts",
    "BALSTS_REGISTERS_SECRET": "not shown",
    "BALSTS_REGISTERS_PERMIT": "permit-1",
}


def test_a_connection_is_read_and_never_shows_its_secret() -> None:
    found = connection_from_environment(COMPLETE)
    assert found.address == "https://registers.example"
    assert found.keys is None
    assert "not shown" not in repr(found)


@pytest.mark.parametrize("missing", COMPLETE)
def test_what_is_not_set_is_named(missing: str) -> None:
    with pytest.raises(InputError, match=f"^{missing} is not set"):
        connection_from_environment({name: value for name, value in COMPLETE.items() if name != missing})


def test_registers_elsewhere_are_asked_by_tls_alone() -> None:
    with pytest.raises(InputError, match="https://"):
        connection_from_environment(COMPLETE | {"BALSTS_REGISTERS_ADDRESS": "http://registers.example"})
    assert connection_from_environment(COMPLETE | {"BALSTS_REGISTERS_ADDRESS": "http://127.0.0.1:8800"})


def test_keys_can_be_pinned_by_a_file(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    environment = COMPLETE | {"BALSTS_REGISTERS_KEYS": str(keys)}
    for unreadable in ("", "{}", '{"keys": "none"}', "[1]"):
        keys.write_text(unreadable, encoding="utf-8")
        with pytest.raises(InputError, match="not a readable JWKS file"):
            connection_from_environment(environment)
    key = ECKey.generate_key("P-256", {"kid": "one"})
    keys.write_bytes(as_jwks(key))
    found = connection_from_environment(environment)
    assert found.keys is not None
    assert verified_payload(sign(b"{}", key), found.keys) == b"{}"


def as_jwks(key: ECKey) -> bytes:
    """The public part of a key, as registers publish it."""
    return json.dumps(KeySet([key]).as_dict(private=False)).encode()


@given(st.binary(max_size=200))
def test_what_was_signed_is_what_is_read(payload: bytes) -> None:
    key = ECKey.generate_key("P-256", {"kid": "one"})
    keys = public_keys(as_jwks(key))
    signed = sign(payload, key)
    assert verified_payload(signed, keys) == unsigned(signed.encode()) == payload


@pytest.mark.parametrize("not_signed", ["", "..", "a.b.c", "{}", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_not_signed_is_refused(not_signed: str) -> None:
    key = ECKey.generate_key("P-256", {"kid": "one"})
    keys = public_keys(as_jwks(key))
    with pytest.raises(BadSignature):
        verified_payload(not_signed, keys)


# ------------------------------------------------------------------------------------------- the circuit


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_the_pause_one_question_tries_for_all() -> None:
    clock = Clock()
    circuit = CircuitBreaker(failures=2, pause_seconds=30, clock=clock)
    circuit.failed()
    assert circuit.lets_through()
    circuit.failed()
    assert not circuit.lets_through()
    clock.now = 30
    assert [circuit.lets_through(), circuit.lets_through()] == [True, False]
    circuit.failed()
    clock.now = 59
    assert not circuit.lets_through()
    clock.now = 60
    assert circuit.lets_through()
    circuit.answered()
    assert [circuit.lets_through(), circuit.lets_through()] == [True, True]


@given(st.lists(st.sampled_from(["fails", "answers", "waits"])), st.integers(1, 4))
def test_a_circuit_is_open_only_after_enough_failures_in_a_row(events: list[str], failures: int) -> None:
    clock = Clock()
    circuit = CircuitBreaker(failures, pause_seconds=10, clock=clock)
    in_a_row = 0
    for event in events:
        if event == "waits":
            clock.now += 10
        elif circuit.lets_through():
            in_a_row = in_a_row + 1 if event == "fails" else 0
            circuit.failed() if event == "fails" else circuit.answered()
        assert circuit.is_open == (in_a_row >= failures)

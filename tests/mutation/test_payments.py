"""Changes on purpose of payments: nearly all of them are noticed, and afterwards all is as it was."""

from __future__ import annotations

import pytest

from balsts.payments import withholding
from balsts.payments.iso20022.return_code_table import REASONS
from tests.mutation.payments import (
    EQUIVALENT,
    LEAST,
    TARGETS,
    Change,
    changes_of_codes,
    checks_of,
    functions_of,
    is_noticed,
    measured,
)
from tests.payments import test_return_codes, test_withholding_sums


@pytest.mark.parametrize("name", TARGETS)
def test_tests_notice_nine_of_ten_changes(name: str) -> None:
    before = {one: one.__code__ for one in functions_of(withholding)}
    reasons = dict(REASONS)
    many, survivors = measured(name)
    assert many > 50
    assert many - len(survivors) >= LEAST * many, survivors
    assert all(one.__code__ is code for one, code in before.items())
    assert reasons == REASONS


def test_every_change_left_out_is_one_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    known = set(EQUIVALENT)
    assert all(EQUIVALENT.values())
    for one in known:
        monkeypatch.delitem(EQUIVALENT, one)
    changes, _ = TARGETS["withholding"]
    assert known <= {(one.place.rpartition(".")[2], one.what) for one in changes()}


def test_a_change_is_made_for_a_block_alone() -> None:
    change = next(one for one in changes_of_codes() if one.what == "AC04: left out")
    assert isinstance(change, Change)
    assert is_noticed(change, checks_of(test_return_codes))
    assert "AC04" in REASONS
    assert not is_noticed(change, [])


def test_each_set_of_values_of_a_test_is_asked() -> None:
    once = [name for name, one in vars(test_withholding_sums).items()
            if name.startswith("test_") and not getattr(one, "pytestmark", [])]  # fmt: skip
    assert len(checks_of(test_withholding_sums)) > len(once)

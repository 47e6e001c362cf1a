"""Every golden case of the law of Latvia, answered to the cent."""

from __future__ import annotations

import pytest

from balsts.law.engine.checks.golden import GoldenCase, differences, golden_cases
from balsts.law.latvia import latvia

CASES = list(golden_cases(latvia()))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.folder}: {case.name} ({case.month})" for case in CASES])
def test_the_law_answers_a_golden_case_to_the_cent(case: GoldenCase) -> None:
    assert differences(latvia(), case) == []

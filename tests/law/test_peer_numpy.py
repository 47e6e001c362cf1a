"""The whole law of January 2026 against the same rights written by hand in NumPy, apart from the law's own text."""

from __future__ import annotations

import numpy as np
import pytest

from balsts.law.engine.many.columns import Columns
from balsts.law.engine.many.output import UNDETERMINED, Output
from balsts.law.engine.many.passes import plain_pass
from balsts.law.engine.vocabulary import month_number
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from benchmarks.peers import numpy_law
from tests.law.evaluators import dense
from tests.law.populations import random_columns, tied

MONTH = month_number(2026, 1)
HOUSEHOLDS = 1_500


def hand_written(columns: Columns) -> dict[str, np.ndarray]:
    flat = columns.persons | columns.household | {"starts": columns.starts}
    return numpy_law.evaluate(flat, numpy_law.Structure(flat))


@pytest.mark.parametrize("seed", [1, 3, 4, 5])
def test_every_right_and_status_of_the_month_equals_the_hand_written_calculation(seed):
    law = latvia()
    wiring = wire(law, MONTH)
    outputs = [Output("right", code) for code in wiring.rights]
    outputs += [Output("value", code) for code in wiring.statuses]
    columns = tied(random_columns(law, MONTH, HOUSEHOLDS, seed), law.catalogue, MONTH)
    ours = dense(plain_pass(wiring, outputs, columns))
    theirs = hand_written(columns)
    assert set(theirs) == set(ours)
    wrong = {}
    for code, values in ours.items():
        is_known = values != UNDETERMINED
        differ = np.flatnonzero((theirs[code] != values) & is_known)
        if len(differ):
            wrong[code] = [(int(at), int(values[at]), int(theirs[code][at])) for at in differ[:3]]
        assert (values[is_known] != 0).any() or code.startswith(("assistant", "crisis", "foster_child")), code
    assert wrong == {}

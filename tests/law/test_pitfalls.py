"""What goes wrong in generated code elsewhere: stale code, mixed signs, rows out of range, outputs left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.law import Law, changed
from balsts.law.engine.many.codegen import generate
from balsts.law.engine.many.compiled import cache_folder, module_name, surroundings
from balsts.law.engine.many.output import Output
from balsts.law.engine.many.passes import Pass
from balsts.law.engine.quantities import month_from
from balsts.law.engine.reform import with_reforms
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from tests.law.populations import random_columns, tied
from tests.law.small_country import small_country

MONTH = month_from("2022-06")


def outputs_of(law: Law) -> list[Output]:
    """All rights of the month."""
    return [Output("right", code) for code in wire(law, MONTH).rights]


def test_a_changed_rule_never_meets_the_code_of_the_old_one(tmp_path: Path) -> None:
    rules = tmp_path / "rules.py"
    rules.write_text(
        "from __future__ import annotations\n"
        "from balsts.law.engine.declare import right\n"
        "from balsts.law.engine.vocabulary import Cents, MoneyTable\n"
        "@right(act='GA', article='4', lv='x', en='y', since='2020-01-01', entity='family', payer='state',\n"
        "       per='month', counted=False, payee='family_payee', beneficiaries='is_grant_child')\n"
        "def family_grant(children_paid: int, family_grant_per_child: MoneyTable) -> Cents:\n"
        "    return family_grant_per_child.at(children_paid)\n"
    )
    (tmp_path / "reform.yaml").write_text("rules: rules.py\n")
    law = small_country()
    reformed = with_reforms(law, [tmp_path / "reform.yaml"])
    texts = [generate(wire(one, MONTH), outputs_of(one)).text for one in (law, reformed)]
    assert module_name(texts[0]) != module_name(texts[1])


def test_all_rules_and_words_stand_in_the_one_text_whose_hash_is_the_name() -> None:
    text = generate(wire(latvia(), month_from("2026-01")), [Output("right", "gmi_benefit")]).text
    assert "def completed_years" in text
    assert "needy_household" in text
    assert "import balsts" not in text


def test_the_name_of_compiled_code_covers_compiler_and_processor() -> None:
    known = surroundings().split("|")
    assert len(known) == 6
    assert all(known)


def test_a_reform_of_values_compiles_nothing(tmp_path: Path) -> None:
    (tmp_path / "reform.yaml").write_text(
        "parameters:\n  childcare_benefit.amount: {from: 2026-01-01, value: '340.00', reference: proposal}\n"
    )
    law, month = latvia(), month_from("2026-01")
    reformed = with_reforms(law, [tmp_path / "reform.yaml"])
    outputs = [Output("right", "childcare_benefit")]
    texts = {generate(wire(one, month, wanted=["childcare_benefit"]), outputs).text for one in (law, reformed)}
    assert len(texts) == 1


def test_every_output_is_whole_numbers_and_a_part_of_them_is_as_in_the_whole() -> None:
    law = small_country()
    columns = tied(random_columns(law, MONTH, 300, 3), law.catalogue, MONTH)
    everything = Pass(wire(law, MONTH), outputs_of(law)).run(columns)
    assert {one.values.dtype for one in everything.values()} == {np.dtype(np.int64)}
    one = Pass(wire(law, MONTH, wanted=["rent_help"]), [Output("right", "rent_help")]).run(columns)
    assert (one["rent_help"].dense() == everything["rent_help"].dense()).all()


def test_a_second_run_changes_nothing_in_what_the_first_one_gave() -> None:
    law = small_country()
    columns = tied(random_columns(law, MONTH, 300, 4), law.catalogue, MONTH)
    ours = Pass(wire(law, MONTH), outputs_of(law))
    first = ours.run(columns)
    before = {name: one.dense() for name, one in first.items()}
    ours.run(tied(random_columns(law, MONTH, 300, 5), law.catalogue, MONTH))
    assert all((first[name].dense() == before[name]).all() for name in before)


def test_a_pass_refuses_a_law_in_which_less_is_known_than_it_was_made_for() -> None:
    law = latvia()
    known, unknown = (wire(law, month_from(month), wanted=["crisis_benefit"]) for month in ("2025-01", "2026-01"))
    columns = tied(random_columns(law, MONTH, 10, 5), law.catalogue, MONTH)
    ours = Pass(known, [Output("right", "crisis_benefit")])
    with pytest.raises(ValueError, match="ukrainian_adult is unknown here"):
        ours.run(columns, wiring=unknown)


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BALSTS_CACHE", str(tmp_path / "here"))
    assert cache_folder() == tmp_path / "here"


def test_two_wordings_are_two_functions_with_their_own_code() -> None:
    versions: tuple[RuleVersion, ...] = small_country().rules["is_grant_child"]
    assert len(versions) == 2
    assert versions[0].until == versions[1].since
    assert changed(small_country(), by="nothing").rules["is_grant_child"] == versions

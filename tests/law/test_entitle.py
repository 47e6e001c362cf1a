"""`balsts entitle`: the answer of the contract, its order, its payees, its months and both its languages."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

import pytest

from balsts.law.engine.answer import entitle, shares
from balsts.law.engine.checks.golden import golden_cases
from balsts.law.engine.explaining.refuse import refusals
from balsts.law.engine.quantities import month_from
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from tests.command import Command

EXAMPLE = """\
on: 2026-02
persons:
  anna:
    born: 1990-05-04
    sex: f
    partner: juris
  juris: {born: 1988-01-30, sex: m, wage_net_eur_month: "64.00"}
  liene: {born: 2025-06-11, sex: f, parents: [anna, juris]}
housing_costs_eur_month: "180.00"
"""


def amounts(answer: dict[str, Any]) -> dict[str, str]:
    """Amounts by code; a code with several payees would be an error here."""
    codes = [one["code"] for one in answer["rights"]]
    assert len(codes) == len(set(codes))
    return {one["code"]: one.get("amount_eur", one.get("pieces")) for one in answer["rights"]}


def right(answer: dict[str, Any], code: str) -> dict[str, Any]:
    (found,) = [one for one in answer["rights"] if one["code"] == code]
    return dict(found)


# ------------------------------------------------------------------------------------------- the contract's example


def test_the_example_has_the_answer_of_the_contract(command: Command) -> None:
    answer = command.answer(EXAMPLE)
    assert list(answer) == ["on", "law", "rights", "statuses", "undetermined", "refused"]
    assert (answer["on"], answer["law"]) == ("2026-02", "lv")
    assert right(answer, "gmi_benefit") == {
        "code": "gmi_benefit", "who": "household", "for": ["anna", "juris", "liene"], "amount_eur": "87.00",
        "per": "month", "name": {"lv": "Garantētā minimālā ienākuma pabalsts", "en": "GMI benefit"},
        "act": "SPSPL", "article": "33(2)", "paid_by": "municipality", "paid_in": "2026-02",
    }  # fmt: skip
    assert list(right(answer, "gmi_benefit")) == [
        "code", "who", "for", "amount_eur", "per", "name", "act", "article", "paid_by", "paid_in",
    ]  # fmt: skip
    assert {"code": "needy_household", "who": "household", "holds": True} in answer["statuses"]
    assert {"code": "low_income_household", "who": "household", "holds": False} in answer["statuses"]
    assert (answer["undetermined"], answer["refused"]) == ([], [])


def test_the_childcare_benefit_of_the_example_is_paid_to_the_mother_a_month_later(command: Command) -> None:
    found = right(command.answer(EXAMPLE), "childcare_benefit")
    assert (found["who"], found["for"], found["amount_eur"]) == ("anna", ["liene"], "298.00")
    assert (found["per"], found["paid_by"], found["paid_in"]) == ("month", "state", "2026-03")


def test_the_example_has_all_its_rights_and_no_other(command: Command) -> None:
    assert amounts(command.answer(EXAMPLE)) == {
        "childcare_benefit": "298.00", "gmi_benefit": "87.00", "housing_benefit": "180.00",
        "food_kits": 3, "hygiene_kits": 3, "child_food_kits": 2, "child_hygiene_kits": 1,
    }  # fmt: skip


def test_kits_are_counted_in_pieces(command: Command) -> None:
    kits = right(command.answer(EXAMPLE), "food_kits")
    assert (kits["pieces"], kits["per"]) == (3, "quarter")
    assert "amount_eur" not in kits


def test_rights_come_by_code(command: Command) -> None:
    codes = [one["code"] for one in command.answer(EXAMPLE)["rights"]]
    assert codes == sorted(codes)


def test_the_same_in_json_gives_the_same_answer(command: Command) -> None:
    given = {
        "on": "2026-02",
        "persons": {
            "anna": {"born": "1990-05-04", "sex": "f", "partner": "juris"},
            "juris": {"born": "1988-01-30", "sex": "m", "wage_net_eur_month": 64.00},
            "liene": {"born": "2025-06-11", "sex": "f", "parents": ["anna", "juris"]},
        },
        "housing_costs_eur_month": "180.00",
    }
    assert command.answer(json.dumps(given)) == command.answer(EXAMPLE)


def test_a_dash_reads_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.encode())))
    done = command("entitle", "-", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == command.answer(EXAMPLE)


def test_the_month_asked_goes_before_the_month_of_the_file(command: Command) -> None:
    answer = command.answer(EXAMPLE, "--on", "2025-12")
    assert answer["on"] == "2025-12"
    assert amounts(answer)["childcare_benefit"] == "171.00"


# ------------------------------------------------------------------------------------------- for people


def test_the_table_is_latvian_unless_asked_otherwise(command: Command) -> None:
    done = command.entitle(EXAMPLE)
    assert (done.code, done.err) == (0, "")
    assert "Tiesības 2026. gada februārī" in done.out
    assert re.search(r" 87,00 € mēnesī +Garantētā minimālā ienākuma pabalsts: mājsaimniecība par anna, juris, liene\n",
                     done.out)  # fmt: skip
    assert "VSPL 7, childcare_benefit, izmaksā 2026. gada martā" in done.out
    assert "Trūcīga mājsaimniecība: jā" in done.out


def test_the_table_is_english_when_asked(command: Command) -> None:
    out = command.entitle(EXAMPLE, "--lang", "en").out
    assert "Rights in February 2026" in out
    assert re.search(r" 87\.00 € a month +GMI benefit: household for anna, juris, liene\n", out)
    assert "Needy household: yes" in out


def test_nobody_without_a_right_is_left_without_a_word(command: Command) -> None:
    rich = '{on: 2026-02, persons: {a: {born: 1980-01-01, sex: f, wage_net_eur_month: "3000.00"}}}'
    assert "Tiesību nav." in command.entitle(rich).out
    assert "No rights." in command.entitle(rich, "--lang", "en").out


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_table_tells_what_is_undetermined_explained_and_refused(command: Command, lang: str) -> None:
    text = "{on: 2026-02, persons: {a: {born: 1999-03-03, sex: f, assistant_hours: 10}}}"
    out = command.entitle(text, "--explain", "--all", "--lang", lang).out
    words = {"lv": ("Nav nosakāms", "Pamatojums: ", "Nepienākas", "Jābūt", "Izmantotas vērtības"),
             "en": ("Cannot be determined", "Explanation: ", "Not due", "Needed", "Values used")}[lang]  # fmt: skip
    assert all(word in out for word in words)
    assert "[assistant_service_funding] (a): " in out


def test_an_explanation_is_given_for_every_right_or_for_one(command: Command) -> None:
    every = command.answer(EXAMPLE, "--explain")
    assert all(one["explanation"] and "unverified" in one for one in every["rights"])
    one = command.answer(EXAMPLE, "--explain=gmi_benefit")
    assert [right["code"] for right in one["rights"] if "explanation" in right] == ["gmi_benefit"]
    assert one["rights"][0].keys() == command.answer(EXAMPLE)["rights"][0].keys()


def test_a_right_that_is_not_due_has_nothing_to_explain(command: Command) -> None:
    answer = command.answer(EXAMPLE, "--explain=transport_benefit")
    assert not any("explanation" in one for one in answer["rights"])


# ------------------------------------------------------------------------------------------- what is not due


@pytest.mark.parametrize("month", ["2020-01", "2021-03", "2022-02", "2022-12", "2025-12", "2026-02", "2027-01"])
def test_every_code_in_force_is_due_undetermined_or_refused(command: Command, month: str) -> None:
    text = """{persons: {anna: {born: 1985-05-04, sex: f, partner: juris}, juris: {born: 1983-01-30, sex: m},
     liene: {born: 2015-06-11, sex: f, parents: [anna, juris]}, oto: {born: 2019-06-11, sex: m, guardian: anna}}}"""
    answer = command.answer(text, "--all", "--on", month)
    listed = [(one["code"], one["who"]) for part in ("rights", "undetermined", "refused") for one in answer[part]]
    assert len(listed) == len(set(listed))
    codes = {code for code, _ in listed} - {"needy_household", "low_income_household"}
    assert codes == set(wire(latvia(), month_from(month)).rights)


def test_every_possible_payee_who_has_no_right_is_told_why() -> None:
    law = latvia()
    for case in list(golden_cases(law))[::12]:
        answer = entitle(law, case.facts, case.month)
        decided = {(one.code, one.who) for one in (*answer.rights, *answer.undetermined)}
        refused = refusals(answer, "lv")
        told = [(one.code, one.who) for one in refused]
        assert told == sorted(told)
        assert not decided & set(told)
        for code in answer.results.wiring.rights:
            payees = {share.payee for share in shares(answer.results, code)}
            assert payees <= {who for one, who in decided | set(told) if one == code}
        for one in refused:
            assert one.because
            assert all(reason.condition and reason.needed and reason.found for reason in one.because)


def test_a_refusal_says_what_was_needed_and_what_is(command: Command) -> None:
    refused = command.answer(EXAMPLE, "--all", "--lang", "en")["refused"]
    (transport,) = [one for one in refused if one["code"] == "transport_benefit" and one["who"] == "anna"]
    (reason,) = transport["because"]
    assert {key: reason[key] for key in ("condition", "needed", "is")} == {
        "condition": "day of the opinion on mobility", "needed": "stated", "is": "not stated",
    }  # fmt: skip


def test_a_right_of_nothing_is_never_among_the_rights() -> None:
    law = latvia()
    for case in golden_cases(law):
        answer = entitle(law, case.facts, case.month)
        assert all(one.amount > 0 for one in answer.rights)
        assert [(one.code, one.who) for one in answer.rights] == sorted({(one.code, one.who) for one in answer.rights})


# ------------------------------------------------------------------------------------------- payees

AIVARS, ZANE = "aivars: {born: 1970-01-01, sex: m}", "zane: {born: 1990-01-01, sex: f}"
MEN = "karlis: {born: 1970-01-01, sex: m}, janis: {born: 1975-01-01, sex: m}"
BABY, CHILD = "born: 2025-03-03, sex: f", "born: 2015-03-03, sex: f"
PAYEES = [
    ("the mother", "childcare_benefit", "zane", "298.00",
     f"{AIVARS}, {ZANE}, c: {{{BABY}, parents: [aivars, zane]}}"),
    ("the older parent without a mother", "childcare_benefit", "karlis", "298.00",
     f"{MEN}, c: {{{BABY}, parents: [janis, karlis]}}"),
    ("the smaller id of two as old", "childcare_benefit", "janis", "298.00",
     f"{MEN.replace('1975', '1970')}, c: {{{BABY}, parents: [karlis, janis]}}"),
    ("the guardian, for the child", "guardian_child_benefit", "aivars", "443.00",  # 468.00 less 25.00 for the family
     f"{AIVARS}, {ZANE}, c: {{{CHILD}, guardian: aivars}}"),
    ("the guardian", "guardian_remuneration", "aivars", "298.00", f"{AIVARS}, c: {{{CHILD}, guardian: aivars}}"),
    ("the woman of the foster family", "foster_family_remuneration", "zane", "298.00",
     f"{AIVARS}, {ZANE}, c: {{{CHILD}, foster_parents: [aivars, zane]}}"),
    ("the adopter", "adoption_benefit", "zane", "234.00",
     f"{AIVARS}, {ZANE}, c: {{{CHILD}, adoptive_parents: [aivars, zane]}}"),
    ("the carer before an adoption", "adoptee_care_remuneration", "aivars", "1041.00",
     f"{AIVARS}, c: {{{CHILD}, preadoption_carer: aivars, care_granted_on: 2026-01-10}}"),
    ("the person", "state_social_security_benefit", "c", "269.28",
     "c: {born: 1990-03-03, sex: m, disability_group: 2}"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "who", "amount", "persons"), [case[1:] for case in PAYEES],
                         ids=[case[0] for case in PAYEES])  # fmt: skip
def test_a_right_is_paid_to(command: Command, code: str, who: str, amount: str, persons: str) -> None:
    found = right(command.answer(f"{{on: 2026-02, persons: {{{persons}}}}}"), code)
    assert (found["who"], found["for"], found["amount_eur"]) == (who, ["c"], amount)


def test_the_children_of_one_payee_are_in_one_entry(command: Command) -> None:
    text = """{on: 2026-02, persons: {anna: {born: 1985-05-04, sex: f},
      liene: {born: 2024-06-11, sex: f, parents: [anna]}, oto: {born: 2015-06-11, sex: m, parents: [anna]}}}"""
    found = right(command.answer(text), "family_state_benefit")
    assert (found["who"], found["for"], found["amount_eur"]) == ("anna", ["liene", "oto"], "100.00")

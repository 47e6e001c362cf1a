"""When rights stand and are paid: one-offs, half-years, claims, values nobody knows, the law as it was known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.command import Command

ORPHAN = "{persons: {c: {born: 2008-02-03, sex: f, is_orphan_after_care: true, education: general}}}"
LONE_PENSIONER = """{on: 2026-01, housing_costs_eur_month: "300.00",
 persons: {zane: {born: 1950-03-03, sex: f, pension_eur_month: "500.00"}}}"""
UNDETERMINED = "{on: 2026-02, persons: {a: {born: 1999-03-03, sex: f, assistant_hours: 10, disability_group: 1}}}"


def found(answer: dict[str, Any], code: str) -> list[tuple[str, str, str]]:
    """Payee, amount and month of payment of a code."""
    return [(one["who"], one["amount_eur"], one["paid_in"]) for one in answer["rights"] if one["code"] == code]


ONE_OFFS = [
    ("childbirth_benefit", "2026-02", "anna", "600.00",
     "{persons: {anna: {born: 1990-05-04, sex: f}, c: {born: 2026-02-28, sex: f, parents: [anna]}}}"),
    ("adoption_remuneration", "2026-02", "anna", "2433.00",
     """{persons: {anna: {born: 1980-05-04, sex: f},
         c: {born: 2018-03-03, sex: f, adoptive_parents: [anna], adopted_on: 2026-02-01}}}"""),
    ("funeral_benefit", "2026-03", "anna", "374.00",
     """{persons: {anna: {born: 1950-05-04, sex: f, partner: karlis},
         karlis: {born: 1950-05-04, sex: m, died: 2026-03-20}}}"""),
    ("independent_living_grant", "2026-02", "c", "340.00", ORPHAN),
    ("household_goods_grant", "2026-02", "c", "1445.00", ORPHAN),
]  # fmt: skip


@pytest.mark.parametrize(("code", "month", "who", "amount", "household"), ONE_OFFS, ids=[one[0] for one in ONE_OFFS])
def test_a_one_off_stands_in_the_month_of_its_event_and_never_again(
    command: Command, code: str, month: str, who: str, amount: str, household: str
) -> None:
    answer = command.answer(household, "--on", month)
    assert [one[1] for one in found(answer, code)] == [amount]
    assert [one["per"] for one in answer["rights"] if one["code"] == code] == ["once"]
    year, number = int(month[:4]), int(month[5:])
    for months in (1, 2, 12):
        later = f"{year + (number + months - 1) // 12}-{(number + months - 1) % 12 + 1:02}"
        assert found(command.answer(household, "--on", later), code) == []


def test_a_one_off_does_not_stand_before_its_event(command: Command) -> None:
    for code in ("independent_living_grant", "household_goods_grant"):
        assert found(command.answer(ORPHAN, "--on", "2026-01"), code) == []


def test_the_transport_benefit_stands_each_half_year_counted_from_the_opinion(command: Command) -> None:
    text = "{persons: {a: {born: 1999-03-03, sex: f, disability_group: 2, mobility_opinion_on: 2025-08-20}}}"
    months = [f"{year}-{month:02}" for year in (2025, 2026, 2027) for month in range(1, 13)]
    due = [month for month in months if month >= "2025-08"
           and found(command.answer(text, "--on", month), "transport_benefit")]  # fmt: skip
    assert due == ["2025-08", "2026-02", "2026-08", "2027-02", "2027-08"]
    answer = command.answer(text, "--on", "2026-02")
    (one,) = [right for right in answer["rights"] if right["code"] == "transport_benefit"]
    assert (one["per"], one["amount_eur"]) == ("half_year", "105.00")


def test_a_half_yearly_right_has_the_amount_of_its_payment_day(command: Command) -> None:
    text = "{persons: {a: {born: 1999-03-03, sex: f, disability_group: 2, mobility_opinion_on: 2022-12-20}}}"
    assert [one[1] for one in found(command.answer(text, "--on", "2023-06"), "transport_benefit")] == ["79.68"]
    assert [one[1] for one in found(command.answer(text, "--on", "2023-12"), "transport_benefit")] == ["105.00"]


@pytest.mark.parametrize(("claimed", "paid_in"), [
    ("2026-01-31", "2026-03"), ("2026-02-28", "2026-03"), ("2026-03-31", "2026-03"), ("2026-04-01", "2026-04"),
])  # fmt: skip
def test_a_claim_moves_the_month_of_payment_and_not_the_right(command: Command, claimed: str, paid_in: str) -> None:
    text = f"""{{on: 2026-02, persons: {{anna: {{born: 1990-05-04, sex: f, claimed_on: {claimed}}},
                liene: {{born: 2025-06-11, sex: f, parents: [anna]}}}}}}"""
    assert found(command.answer(text), "childcare_benefit") == [("anna", "298.00", paid_in)]


def test_a_claim_stated_on_the_child_counts_as_well(command: Command) -> None:
    text = """{on: 2026-02, persons: {anna: {born: 1990-05-04, sex: f},
               c: {born: 2026-02-01, sex: f, parents: [anna], claimed_on: 2026-05-02}}}"""
    assert found(command.answer(text), "childbirth_benefit") == [("anna", "600.00", "2026-05")]


def test_a_birth_keeps_the_amount_of_its_day_when_claimed_later(command: Command) -> None:
    text = """{on: 2025-12, persons: {anna: {born: 1990-05-04, sex: f, claimed_on: 2026-02-10},
               c: {born: 2025-12-20, sex: f, parents: [anna]}}}"""
    assert found(command.answer(text), "childbirth_benefit") == [("anna", "421.17", "2026-02")]


# ------------------------------------------------------------------------------------------- what nobody knows


def test_a_value_nobody_knows_makes_a_right_undetermined_and_is_no_failure(command: Command) -> None:
    answer = command.answer(UNDETERMINED)
    questions = {(one["code"], one["who"]): one for one in answer["undetermined"]}
    assert set(questions) == {("assistant_administration", "a"), ("assistant_service_funding", "a"),
                              ("assistant_wage", "a")}  # fmt: skip
    one = questions["assistant_service_funding", "a"]
    assert one["question"] == "What is the funding for an hour of an assistant from 2024?"
    assert one["question_lv"] == "Kāds ir finansējums par asistenta stundu no 2024. gada?"
    assert one["parameter"] == "assistant.funding_per_hour"


def test_an_undetermined_right_is_in_no_sum(command: Command) -> None:
    answer = command.answer(UNDETERMINED, "--all")
    codes = {one["code"] for one in answer["undetermined"]}
    assert codes
    assert not codes & {one["code"] for one in answer["rights"]}
    assert not codes & {one["code"] for one in answer["refused"]}


def test_a_value_nobody_knows_asks_only_where_it_is_needed(command: Command) -> None:
    assert command.answer(UNDETERMINED.replace("assistant_hours: 10, ", ""))["undetermined"] == []


# ------------------------------------------------------------------------------------------- the law as it was known


def test_the_law_is_answered_as_it_was_known_on_a_day(command: Command) -> None:
    """Published case of a lone pensioner in January 2026: coefficient 2.1, raised to 2.5 later and backwards."""
    assert found(command.answer(LONE_PENSIONER), "housing_benefit") == [("household", "267.50", "2026-01")]
    known = command.answer(LONE_PENSIONER, "--known", "2026-02-01")
    assert found(known, "housing_benefit") == [("household", "192.70", "2026-01")]


def test_february_too_was_lower_before_the_change_was_known(command: Command) -> None:
    assert found(command.answer(LONE_PENSIONER, "--on", "2026-02"), "housing_benefit")[0][1] == "267.50"
    known = command.answer(LONE_PENSIONER, "--on", "2026-02", "--known", "2026-02-01")
    assert found(known, "housing_benefit")[0][1] == "192.70"


def test_the_coefficient_known_is_in_the_explanation(command: Command) -> None:
    for options, coefficient in ((("--known", "2026-02-01"), "210 %"), ((), "250 %")):
        answer = command.answer(LONE_PENSIONER, "--explain=housing_benefit", "--lang", "en", *options)
        (one,) = [right for right in answer["rights"] if right["code"] == "housing_benefit"]
        waiting, values = list(one["explanation"]), set()
        while waiting:
            tree = waiting.pop()
            values |= {parameter["value"] for parameter in tree.get("parameters", ())}
            waiting += tree.get("from", ())
        assert coefficient in values

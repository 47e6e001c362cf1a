"""The small part of Python that a rule may use: whatever else is written is refused, with its place and the reason."""

from __future__ import annotations

import ast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balsts.law.engine.errors import LawError, UndeterminedError, Unknown
from balsts.law.engine.many.translate import translate
from balsts.law.engine.one import called
from balsts.law.engine.subset import kind_of
from tests.law.made_up import Maker, kind, rule_text, version

ROUNDED = 'rounding=half_up(to=CENT, article="A 1")'

REFUSED = [
    ("return wage // 2", "wage: Cents", "divides a money by a number; only plain counts are divided"),
    ("return wage % 2", "wage: Cents", "divides a money by a number"),
    ("return wage / 2", "wage: Cents", "uses an operator other than + - * // %"),
    ("return wage ** 2", "wage: Cents", "uses an operator other than + - * // %"),
    ("return 0.5", "wage: Cents", "uses 0.5; a rule has whole numbers only"),
    ("return wage * 0.5", "wage: Cents", "uses 0.5; a rule has whole numbers only"),
    ("return 'a'", "wage: Cents", "uses 'a'; a rule has whole numbers only"),
    ("return None", "wage: Cents", "uses None; a rule has whole numbers only"),
    ("return wage * share", "wage: Cents, share: Rate", "multiplies an amount by a rate; declare its `rounding`"),
    ("return wage + birth_order", "wage: Cents, birth_order: int", "mixes a money and a number"),
    ("return wage + 100", "wage: Cents", "mixes a money and a number"),
    ("return wage * wage", "wage: Cents", "multiplies a money by a money"),
    ("return share * share", "share: Rate", "multiplies a rate by a rate"),
    ("return born + 1", "born: Day", "mixes a day and a number"),
    ("return born - born", "born: Day", "adds or subtracts a day and a day"),
    ("return month + month", "month: Month", "adds or subtracts a month and a month"),
    ("return salary", "wage: Cents", "uses salary, which is no argument and no local name"),
    ("return len(wage)", "wage: Cents", "calls len(wage), which is not part of the language of rules"),
    ("return Cents(100)", "wage: Cents", "calls Cents(100), which is not part of the language of rules"),
    ("return is_known(wage)", "wage: Cents", "calls is_known(wage), which is not part of the language"),
    ("return max(wage)", "wage: Cents", "calls max(wage), which is not part of the language"),
    ("return max(wage, birth_order)", "wage: Cents, birth_order: int", "mixes a money and a number"),
    ("return max(wage, wage, key=wage)", "wage: Cents", "calls with named arguments"),
    ("return wage.at(1)", "wage: Cents", "looks up in a money"),
    ("return table.at(wage)", "wage: Cents, table: MoneyTable", "looks up by a money where the rows are by number"),
    ("return table.at(1)", "table: MoneyScale", "looks up by a number where the rows are by money"),
    ("return table.at(1)", "table: MoneySteps", "looks up by a number where the rows are by day"),
    ("return school.value", "school: School", "uses school.value, which is no member of a choice"),
    ("return School.NIGHT", "school: School", "uses School.NIGHT, which is no member of a choice"),
    ("if wage:\n    return wage\nreturn wage", "wage: Cents", "asks whether a money is true; compare it"),
    ("if not wage:\n    return wage\nreturn wage", "wage: Cents", "asks whether a money is true; compare it"),
    ("if wage and True:\n    return wage\nreturn wage", "wage: Cents", "asks whether a money is true; compare it"),
    ("if wage > born:\n    return wage\nreturn wage", "wage: Cents, born: Day", "mixes a money and a day"),
    ("if school == sex:\n    return wage\nreturn wage", "wage: Cents, school: School, sex: Sex",
     "compares School with Sex"),
    ("if wage > Cents(0):\n    return wage", "wage: Cents", "a path ends without a return"),
    ("if wage > Cents(0):\n    return wage\nelse:\n    other = wage", "wage: Cents", "a path ends without a return"),
    ("if wage > Cents(0):\n    other = wage\nreturn other", "wage: Cents", "uses other, which is no argument"),
    ("return", "wage: Cents", "returns nothing"),
    ("return born", "born: Day", "returns day, declared money"),
    ("return wage > Cents(0)", "wage: Cents", "returns flag, declared money"),
    ("if wage > Cents(0):\n    return wage\nreturn born", "wage: Cents, born: Day", "mixes a money and a day"),
    ("for one in wage:\n    return wage", "wage: Cents", "uses For, which is not part of the language of rules"),
    ("while True:\n    return wage", "wage: Cents", "uses While, which is not part of the language of rules"),
    ("wage += 1\nreturn wage", "wage: Cents", "uses AugAssign, which is not part of the language of rules"),
    ("import os\nreturn wage", "wage: Cents", "uses Import, which is not part of the language of rules"),
    ("a, b = wage, wage\nreturn a", "wage: Cents", "assigns to something that is not one new name"),
    ("a = b = wage\nreturn a", "wage: Cents", "assigns to something that is not one new name"),
    ("return [wage]", "wage: Cents", "uses List, which is not part of the language of rules"),
    ("return wage[0]", "wage: Cents", "uses Subscript, which is not part of the language of rules"),
    ("return (lambda: wage)()", "wage: Cents", "which is not part of the language of rules"),
    ("return -school", "school: School", "uses a sign on something that is not an amount or a number"),
    ("return ~birth_order", "birth_order: int", "uses a sign on something that is not an amount or a number"),
    ("return wage", "wage", "argument wage has no type"),
    ("return wage", "wage: float", "wage has the type float; a rule uses Cents"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "arguments", "message"), REFUSED, ids=[f"{b} ({a})" for b, a, _ in REFUSED])
def test_what_is_not_in_the_language_is_refused(made_up: Maker, body: str, arguments: str, message: str) -> None:
    law = made_up(rule_text(f'"""What is asked."""\n{body}', arguments))
    with pytest.raises(LawError) as error:
        kind(law)
    assert message in str(error.value)
    assert "the rule amount" in str(error.value)
    assert "chapter/rules.py, line" in str(error.value)


def test_a_rule_without_a_declared_result_is_refused(made_up: Maker) -> None:
    law = made_up(rule_text("return wage").replace(" -> Cents", ""))
    with pytest.raises(LawError, match="its result has the type nothing"):
        kind(law)


def test_a_product_of_two_rates_leaves_the_room_of_a_number(made_up: Maker) -> None:
    law = made_up(rule_text("return wage * first * second", "wage: Cents, first: Rate, second: Rate", terms=ROUNDED))
    with pytest.raises(LawError, match="can become larger than 62 bits; round in between, in a rule of its own"):
        kind(law)


def test_a_product_with_a_rate_and_an_amount_without_do_not_mix(made_up: Maker) -> None:
    law = made_up(rule_text("return wage * share + wage", "wage: Cents, share: Rate", terms=ROUNDED))
    with pytest.raises(LawError, match="mixes a product with a rate and an amount without; round first"):
        kind(law)


def test_a_function_that_is_not_at_the_top_of_a_file_is_no_rule(made_up: Maker) -> None:
    nested = rule_text("return wage").replace("\n\n@rule", "\nif True:\n  @rule").replace("\ndef", "\n  def")
    with pytest.raises(LawError, match="amount is not a plain function at the top of a file"):
        kind(made_up(nested))


ACCEPTED = [
    ("return wage * share + wage * share", "wage: Cents, share: Rate", ROUNDED, "money", 1),
    ("return Cents(0) if wage > Cents(0) else wage * share", "wage: Cents, share: Rate", ROUNDED, "money", 1),
    ("return birth_order * wage * 2", "wage: Cents, birth_order: int", "", "money", 0),
    ("a = wage\nif a > Cents(0):\n    b = a\nelse:\n    b = -a\nreturn b", "wage: Cents", "", "money", 0),
    ("if wage > Cents(0):\n    b = wage\nelse:\n    return wage\nreturn b", "wage: Cents", "", "money", 0),
    ("return max(wage, Cents(0), wage - wage)", "wage: Cents", "", "money", 0),
    ("return table.at(birth_order // 2 + birth_order % 3)", "table: MoneyTable, birth_order: int", "", "money", 0),
]


@pytest.mark.parametrize(("body", "arguments", "terms", "unit", "rates"), ACCEPTED, ids=[one[0] for one in ACCEPTED])
def test_what_is_in_the_language_has_its_unit_and_its_rates(
    made_up: Maker, body: str, arguments: str, terms: str, unit: str, rates: int
) -> None:
    found = kind(made_up(rule_text(body, arguments, terms=terms)))
    assert (found.unit, found.rates) == (unit, rates)


def test_a_zero_fits_amounts_and_numbers_alike(made_up: Maker) -> None:
    assert kind(made_up(rule_text("return 0"))).unit == "money"
    assert kind(made_up(rule_text("return max(birth_order, 0)", "birth_order: int", "int"))).unit == "number"


class Bodies:
    """Draws rules over known and unknown arguments that are right in the language: all numbers, three flags."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = ["a", "b", "u", "v"]
        self.flags = ["f", "g", "w"]

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def number(self, depth: int) -> str:
        if depth == 0:
            return self.pick(*self.numbers, "0", "1")
        shape = self.pick("name", "sum", "product", "min", "if", "sign")
        first, second = self.number(depth - 1), self.number(depth - 1)
        return {
            "name": first, "sum": f"({first} + {second})", "product": f"({first} * 2)", "sign": f"(-({first}))",
            "min": f"{self.pick('min', 'max')}({first}, {second})",
            "if": f"({first} if {self.flag(depth - 1)} else {second})",
        }[shape]  # fmt: skip

    def flag(self, depth: int) -> str:
        if depth == 0:
            return self.pick(*self.flags, "True")
        first, second = self.flag(depth - 1), self.flag(depth - 1)
        shape = self.pick("name", "and", "or", "not", "compare", "chain", "if")
        a, b, c = (self.number(depth - 1) for _ in range(3))
        return {
            "name": first, "and": f"({first} and {second})", "or": f"({first} or {second})", "not": f"(not {first})",
            "compare": f"({a} {self.pick('<', '>=', '==', '!=')} {b})", "chain": f"({a} < {b} <= {c})",
            "if": f"({first} if {self.flag(depth - 1)} else {second})",
        }[shape]  # fmt: skip

    def block(self, depth: int, indent: str) -> str:
        lines = ""
        for _ in range(self.draw(st.integers(0, 2))):
            name = self.pick("x", "a", "u")
            if depth > 0 and self.draw(st.booleans()):
                lines += f"{indent}if {self.flag(1)}:\n{self.inner(depth - 1, indent, name)}"
                lines += f"{indent}else:\n{self.inner(depth - 1, indent, name)}"
            else:
                lines += f"{indent}{name} = {self.number(2)}\n"
            self.numbers = sorted({*self.numbers, name})
        return lines

    def inner(self, depth: int, indent: str, name: str) -> str:
        known = list(self.numbers)
        lines = self.block(depth, indent + "    ")
        lines += f"{indent}    {self.pick(f'{name} = {self.number(1)}', f'return {self.number(1)}')}\n"
        self.numbers = known
        return lines

    def text(self) -> str:
        return self.block(2, "    ") + f"    return {self.number(2)}\n"


@st.composite
def bodies(draw: st.DrawFn) -> str:
    return Bodies(draw).text()


SIGNATURE = "a: int, b: int, u: int, v: int, f: bool, g: bool, w: bool"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=bodies(), numbers=st.lists(st.integers(-2, 2), min_size=4, max_size=4),
       flags=st.lists(st.booleans(), min_size=3, max_size=3),
       are_unknown=st.lists(st.booleans(), min_size=3, max_size=3))  # fmt: skip
def test_a_translated_rule_meets_unknown_values_exactly_where_python_does(
    made_up: Maker, body: str, numbers: list[int], flags: list[bool], are_unknown: list[bool]
) -> None:
    law = made_up(rule_text(body.replace("\n    ", "\n")[4:], SIGNATURE, "int"))
    try:
        kind_of(version(law))
    except LawError:
        return
    values: dict[str, object] = dict(zip("abuvfgw", [*numbers, *flags], strict=True))
    known = {"u_u": are_unknown[0], "u_v": are_unknown[1], "u_w": are_unknown[2]}
    given_values = {name: Unknown(name, "Kas?", "What?") if known.get(f"u_{name}") else value
                    for name, value in values.items()}  # fmt: skip
    plain = called(version(law).function, list(given_values.values()))
    text = translate(version(law), "translated", ("u", "v", "w"))
    scope: dict[str, object] = {}
    exec(compile(ast.parse(text), "translated", "exec"), scope)
    found, is_unknown = scope["translated"](None, *values.values(), *known.values())  # type: ignore[operator]
    assert is_unknown == isinstance(plain, Unknown)
    assert is_unknown or found == plain


@pytest.mark.parametrize("use", ["one + 1", "1 - one", "-one", "one < 1", "not one", "one == one", "one >> 5",
                                 "one & 31", "one // 2", "one.at(1)", "one.keys", "max(one, 1)",
                                 "int(one)"])  # fmt: skip
def test_any_use_of_a_value_nobody_knows_says_which_it_was(use: str) -> None:
    one = Unknown("chapter.amount", "Kas?", "What?")
    with pytest.raises(UndeterminedError, match=r"chapter\.amount"):
        eval(use, {"one": one, "max": max, "int": int})

"""Personal codes: old and new ones are read, and a doubt about one never stops anything."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.registry.personal_codes import NotAPersonalCode, check_digit, read_personal_code


@pytest.mark.parametrize("text", ["161175-19997", "16117519997", " 161175-19997\n", "161175–19997"])
def test_an_older_code_holds_the_date_of_birth_and_checks(text: str) -> None:
    code = read_personal_code(text)  # an example of python-stdnum
    assert (code.digits, code.born, code.doubts) == ("16117519997", date(1975, 11, 16), ())
    assert str(code) == "161175-19997"


def test_a_wrong_last_digit_is_a_doubt_and_no_refusal() -> None:
    code = read_personal_code("161175-19990")
    assert code.born == date(1975, 11, 16)
    assert code.doubts == ("its last digit does not check",)


@given(second=st.sampled_from("23456789"), rest=st.text("0123456789", min_size=9, max_size=9))
def test_every_newer_code_is_taken_without_doubt_and_without_a_birthday(second: str, rest: str) -> None:
    code = read_personal_code(f"3{second}{rest}")
    assert (code.born, code.doubts) == (None, ())


@pytest.mark.parametrize("digits", ["30017519997", "31117519997"])
def test_a_three_with_zero_or_one_next_is_a_day_of_the_month(digits: str) -> None:
    """The 30th and the 31st: never a newer code, so it must be a date and check."""
    assert read_personal_code(digits).doubts


@given(born=st.dates(date(1900, 1, 1), date(2099, 12, 31)), serial=st.integers(0, 999))
def test_every_older_code_gives_back_its_date_of_birth(born: date, serial: int) -> None:
    century = {19: "1", 20: "2"}[born.year // 100]
    ten = f"{born:%d%m%y}{century}{serial:03}"
    code = read_personal_code(ten + check_digit(ten))
    assert (code.born, code.doubts) == (born, ())


@pytest.mark.parametrize("text", ["", "1611751999", "161175-1999a", "161175--19997", "1611-7519997", "１６１１７５"])
def test_what_has_not_eleven_digits_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(NotAPersonalCode) as refused:
        read_personal_code(text)
    assert not text or text not in str(refused.value)

"""Numbers, days and months as people read them, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.law.engine.explaining.needed import OPPOSITE, TURNED, compared, others
from balsts.law.engine.explaining.reasons import Reason, one_of, ways_of
from balsts.law.engine.explaining.words import article_words, citation_words
from balsts.law.engine.quantities import (
    date_words,
    day_from,
    euro_words,
    in_month_words,
    month_from,
    month_words,
    number_words,
)
from balsts.law.latvia import latvia
from balsts.law.latvia.inputs import Education
from tests.law.small_country import School, Sex


@pytest.mark.parametrize(("count", "unit", "latvian", "english"), [
    (1, "years", "1 gads", "1 year"), (21, "years", "21 gads", "21 years"), (11, "years", "11 gadi", "11 years"),
    (111, "persons", "111 personas", "111 persons"), (0, "hours", "0 stundas", "0 hours"), (5, "", "5", "5"),
    (23, "months", "23 mēneši", "23 months"), (24, "months", "24 mēneši jeb 2 gadi", "24 months, that is 2 years"),
    (433, "months", "433 mēneši jeb 36 gadi un 1 mēnesis", "433 months, that is 36 years and 1 month"),
])  # fmt: skip
def test_a_number_agrees_with_what_it_counts(count: int, unit: str, latvian: str, english: str) -> None:
    assert (number_words(count, unit, "lv"), number_words(count, unit, "en")) == (latvian, english)


def test_days_months_and_amounts_are_written_as_each_language_does() -> None:
    day, month = day_from("2025-06-01"), month_from("2026-08")
    assert (date_words(day, "lv"), date_words(day, "en")) == ("01.06.2025.", "1 June 2025")
    assert (month_words(month, "lv"), month_words(month, "en")) == ("2026. gada augusts", "August 2026")
    assert (in_month_words(month, "lv"), in_month_words(month, "en")) == ("2026. gada augustā", "in August 2026")
    assert (euro_words(17105, "lv"), euro_words(17105, "en")) == ("171,05 €", "171.05 €")


@given(st.sampled_from(sorted(OPPOSITE, key=str)))
def test_a_bound_turned_twice_is_itself(sign: type) -> None:
    assert OPPOSITE[OPPOSITE[sign]] is sign
    assert TURNED[TURNED[sign]] is sign
    told = {compared(one, "X", unit, lang) for one in (sign, OPPOSITE[sign]) for unit in ("day",) for lang in ("lv",)}
    assert len(told) == 2


def test_what_is_left_of_a_choice_is_a_list() -> None:
    assert others(Education.NONE, "lv") == "vispārējā, profesionālā, augstākā pilna laika studijās vai cita"
    assert others(School.NONE, "en") == "full-time or evening"
    assert others(Sex.F, "lv") == "vīriešu"


REASONS = st.builds(Reason, st.sampled_from("ab"), st.sampled_from("xyz"), st.just("is"), st.sampled_from("pq"))
WAYS = st.lists(st.lists(REASONS, min_size=1, max_size=3, unique=True).map(tuple), max_size=4, unique=True).map(tuple)


@given(WAYS)
def test_no_condition_of_a_way_is_lost_or_moved_to_another_way(ways: tuple[tuple[Reason, ...], ...]) -> None:
    """Ways of more than one condition stay as they are; single ones may be told as one list of what would do."""
    told = ways_of(one_of(ways, "en"))
    assert [way for way in told if len(way) > 1] == [way for way in ways if len(way) > 1]
    single = {(one.condition, one.of, one.needed) for way in ways if len(way) == 1 for one in way}
    kept = {
        (one.condition, one.of, word)
        for way in told if len(way) == 1 for one in way for word in one.needed.split(" or ")
    }  # fmt: skip
    assert kept == single


def test_an_article_nobody_read_says_so_in_the_language() -> None:
    law = latvia()
    assert citation_words(law, "KITS", "article not read", "lv") == "KOMPLEKTI teksts nav lasīts"
    assert citation_words(law, "KITS", "article not read", "en") == "KITS article not read"
    assert article_words(law, "MK942 and MK316, article not read", "lv") == "MK942 un MK316, teksts nav lasīts"
    assert article_words(law, "atbalsts par bērnu", "en") == "support for a child"
    assert article_words(law, "33(2)", "lv") == "33(2)"

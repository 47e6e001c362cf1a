"""Exact amounts, rates, days and months: read from text, written for people."""

from __future__ import annotations

import re
from datetime import date

from balsts.law.engine.vocabulary import MONTHS_IN_YEAR, RATE_ONE, Cents, Day, Month, Rate, day_number, month_number

MAX_CENTS = 1_000_000_000
"""The largest amount a fact may hold: 10 million euros. Bounds the arithmetic of every rule (see `subset`)."""

_MONEY = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)
_RATE = re.compile(r"(\d{1,4})(?:\.(\d{1,6}))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December".split(),
    "lv": (
        "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris"
    ).split(),
}
_IN_MONTH = ("janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī").split()
_COUNTED = {
    "years": {"lv": ("gads", "gadi"), "en": ("year", "years")},
    "months": {"lv": ("mēnesis", "mēneši"), "en": ("month", "months")},
    "days": {"lv": ("diena", "dienas"), "en": ("day", "days")},
    "hours": {"lv": ("stunda", "stundas"), "en": ("hour", "hours")},
    "persons": {"lv": ("persona", "personas"), "en": ("person", "persons")},
    "percent": {"lv": ("%", "%"), "en": ("%", "%")},
}
_MANY_YEARS = 2


def cents_from(text: str) -> Cents:
    """`"171.00"` → 17100. Raises ValueError, saying what was expected."""
    if text.startswith("-"):
        raise ValueError(f"expected an amount of 0 or more, found {text}")
    match = _MONEY.fullmatch(text)
    if not match:
        raise ValueError(f"expected an amount in euros with at most two decimals, such as 171.00, found {text[:40]}")
    cents = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
    if cents > MAX_CENTS:
        raise ValueError(f"expected an amount of at most {MAX_CENTS // 100}.00, found {text}")
    return Cents(cents)


def rate_from(text: str) -> Rate:
    """`"0.22"` → 220000 millionths. Raises ValueError, saying what was expected."""
    match = _RATE.fullmatch(text)
    if not match:
        raise ValueError(f"expected a share such as 0.22 with at most six decimals, found {text[:40]}")
    return Rate(int(match[1]) * RATE_ONE + int((match[2] or "0").ljust(6, "0")))


def calendar_day(text: str) -> date:
    """`"2026-02-01"` → the day. Raises ValueError, saying what was expected."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"expected a day such as 2026-02-01, found {text[:40]}")


def day_from(text: str) -> Day:
    """`"2026-02-01"` → its number."""
    return day_number(calendar_day(text))


def month_from(text: str) -> Month:
    """`"2026-02"` → its number. Raises ValueError, saying what was expected."""
    match = _MONTH.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= MONTHS_IN_YEAR or int(match[1]) < 1:
        raise ValueError(f"expected a month such as 2026-02, found {text[:40]}")
    return month_number(int(match[1]), int(match[2]))


def first_day(month: Month) -> date:
    """The 1st of a month."""
    return date(month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, 1)


def date_of(day: Day) -> date:
    """The calendar day of a day's number."""
    month, in_month = divmod(day, 32)
    return date(month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, in_month)


def month_text(month: int) -> str:
    """24313 → `"2026-02"`."""
    return f"{month // MONTHS_IN_YEAR:04d}-{month % MONTHS_IN_YEAR + 1:02d}"


def month_words(month: int, lang: str) -> str:
    """A month for a person to read: `February 2026`, `2026. gada februāris`."""
    name = _MONTH_NAMES[lang][month % MONTHS_IN_YEAR]
    year = month // MONTHS_IN_YEAR
    return f"{year}. gada {name}" if lang == "lv" else f"{name} {year}"


def in_month_words(month: int, lang: str) -> str:
    """When something happens: `in February 2026`, `2026. gada februārī`."""
    if lang == "lv":
        return f"{month // MONTHS_IN_YEAR}. gada {_IN_MONTH[month % MONTHS_IN_YEAR]}"
    return f"in {month_words(month, lang)}"


def euros(cents: int) -> str:
    """17100 → `"171.00"`, for programs."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def money_words(cents: int, lang: str) -> str:
    """17100 → `171.00` or `171,00`, for a person to read."""
    return euros(cents).replace(".", ",") if lang == "lv" else euros(cents)


def euro_words(cents: int, lang: str) -> str:
    """17100 → `171.00 €` or `171,00 €`."""
    return f"{money_words(cents, lang)} €"


def unit_word(value: int, unit: str, lang: str) -> str:
    """The word after a number: `gadi`, but `21 gads`; empty for a number that counts nothing in particular."""
    if unit not in _COUNTED:
        return ""
    one, many = _COUNTED[unit][lang]
    is_one = value % 10 == 1 and value % 100 != 11 if lang == "lv" else value == 1
    return one if is_one else many


def number_words(value: int, unit: str, lang: str) -> str:
    """35 years → `35 gadi`; many months also in years: `428 mēneši jeb 35 gadi un 8 mēneši`."""
    words = f"{value} {unit_word(value, unit, lang)}".rstrip()
    years, months = divmod(value, MONTHS_IN_YEAR)
    if unit != "months" or years < _MANY_YEARS:
        return words
    rest = f"{' un ' if lang == 'lv' else ' and '}{number_words(months, 'months', lang)}" if months else ""
    return f"{words}{' jeb ' if lang == 'lv' else ', that is '}{number_words(years, 'years', lang)}{rest}"


def rate_words(rate: int, lang: str) -> str:
    """220000 → `22 %`; 2500000 → `250 %`."""
    whole, rest = divmod(rate * 100, RATE_ONE)
    decimals = f"{rest:06d}".rstrip("0")
    point = "," if lang == "lv" else "."
    return f"{whole}{point}{decimals} %" if decimals else f"{whole} %"


def date_words(day: int, lang: str) -> str:
    """A day for a person to read: `11.06.2025.`, `11 June 2025`; not known where its number is 0."""
    if day == 0:
        return "nav zināms" if lang == "lv" else "not known"
    return calendar_words(date_of(Day(day)), lang)


def calendar_words(day: date, lang: str) -> str:
    """A calendar day for a person to read: `11.06.2025.`, `11 June 2025`."""
    return f"{day:%d.%m.%Y.}" if lang == "lv" else f"{day.day} {_MONTH_NAMES['en'][day.month - 1]} {day.year}"


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction, halves away from zero; `denominator` is above 0."""
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def round_down(numerator: int, denominator: int) -> int:
    """A fraction without what is below one, towards zero; `denominator` is above 0."""
    if numerator < 0:
        return -(-numerator // denominator)
    return numerator // denominator

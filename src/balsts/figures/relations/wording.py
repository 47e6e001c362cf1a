"""Contradictions in words: numbers, names of figures and sentences, in Latvian and English."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from balsts.figures.columns import COLUMNS
from balsts.figures.english import worded
from balsts.figures.rows import Figure

Sum = Sequence[tuple[Figure, Decimal]]
"""Figures, each with how many times it is taken."""

_LONGEST, _MOST_PARTS = 60, 7
_OWN_NAME = {
    "siva": ("group", "indicator"), "report-figures": ("group", "indicator"), "budget-frame": ("item",),
    "strategy": ("metric",), "eu-funds": ("measure_code", "measure_name"), "eu-funds-targets": ("target",),
    "indicators": ("indicator_name",), "amounts": ("name",), "priority-measures": ("measure_no", "measure_name"),
    "public-services": ("channel",), "benefit-reforms": ("benefit",), "care-criteria": ("criterion",),
    "budget-execution": ("line_code", "programme_code", "line"),
}  # fmt: skip
"""The columns that name a figure of a table beside others of it: the first that is filled."""
_ALL = "kopā"
_SIDES = {"income": "ieņēmumi", "expenditure": "izdevumi"}
_UNITS = {"million EUR": "milj. EUR", "thousand EUR": "tūkst. EUR"}
_AGAINST = {"percent-of-plan": ("pret plānu", "against a plan of"), "ratio": ("pret", "against")}
_WHAT = {"line_code": ("{}. rinda", "line {}"), "measure_no": ("{}. pasākums", "measure {}"),
         "measure_code": ("{}. pasākums", "measure {}")}  # fmt: skip


# -- numbers -----------------------------------------------------------------------------------------------------


def number(value: Decimal, lang: str) -> str:
    """A number as the language writes it: 344 899,5 with a space that does not break, or 344,899.5."""
    plain = f"{value:,f}".replace("-", "−")
    return plain if lang == "en" else plain.replace(",", "\u00a0").replace(".", ",")


def percent(value: Decimal, lang: str) -> str:
    """A percentage."""
    return number(value, lang) + ("\u00a0%" if lang == "lv" else "%")


def with_unit(value: Decimal, figure: Figure, lang: str) -> str:
    """A number in the unit of a figure, which is told where it is money, a multiple or a percentage."""
    unit = figure.unit
    if unit == "%":
        return percent(value, lang)
    told = _UNITS.get(unit, unit) if lang == "lv" else worded(unit, lang)
    return f"{number(value, lang)}\u00a0{told}" if "EUR" in unit or "tūkst" in unit else number(value, lang)


# -- names -------------------------------------------------------------------------------------------------------


def name(figure: Figure, lang: str) -> str:
    """What a figure is called among those of its table, at most 60 letters."""
    row = figure.row
    if figure.column in ("female", "male"):
        return figure.heading(lang)
    if figure.column.endswith("_budget_eur") and not row["measure_no"]:
        return figure.heading(lang).removesuffix(", EUR")
    column = next((one for one in _OWN_NAME[row.dataset] if row[one] and row[one] != _ALL), None)
    if column is None:
        return figure.heading(lang)
    text = row[column]
    if column in _WHAT:
        return _WHAT[column][0 if lang == "lv" else 1].format(text)
    if column == "line":
        return _SIDES.get(text, text) if lang == "lv" else text
    return _short(COLUMNS[column].word(worded(text, lang), lang))


def names(figures: Sequence[Figure], lang: str) -> list[str]:
    """What figures are called beside each other: where one name is not enough, with what tells them apart."""
    plain = [name(one, lang) for one in figures]
    told_apart = (
        plain,
        [COLUMNS["sex"].word(one.row.get("sex"), lang) for one in figures],
        [f"{called}, {one.heading(lang)}" for called, one in zip(plain, figures, strict=True)],
        [f"{called} {one.row.period}" for called, one in zip(plain, figures, strict=True)],
        [_short(worded(one.row.get("programme_name"), lang)) for one in figures],
    )
    return next((one for one in told_apart if len(set(one)) == len(figures)), plain)


def listed(terms: Sum, lang: str) -> str:
    """A sum in words: each figure with its name and sign; only their number where there are many."""
    if len(terms) > _MOST_PARTS:
        return f"{len(terms)} daļas kopā" if lang == "lv" else f"{len(terms)} parts together"
    told = ""
    for place, ((figure, times), called) in enumerate(zip(terms, names([one for one, _ in terms], lang), strict=True)):
        value = number(figure.value, lang) if len(terms) > 1 else with_unit(figure.value, figure, lang)
        if figure.value < 0 or called[-1].isdigit():  # «line 3.2 (−164,892)»: two numbers would run together
            value = f"({value})"
        part = f"{called} {value}" if abs(times) == 1 else f"{abs(times)} × {value}"
        told += (" − " if times < 0 else " + " if place else "") + part
    return told


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,(:;–-") + "…"


# -- sentences ---------------------------------------------------------------------------------------------------


def of_sum(terms: Sum, more: Decimal, whole: Figure, computed: Decimal, lang: str) -> str:
    """The parts give another sum than is printed."""
    left = listed(terms, lang) + (f" + {number(more, lang)}" if more else "")
    give = ("ir", "dod") if lang == "lv" else ("is", "give")
    return _capital(f"{left} {give[len(terms) > 1 or more != 0]} {_but_printed(computed, whole, lang)}")


def of_share(
    relation: str, part: Sum, whole: Sum, printed: Figure, computed: Decimal, lang: str, *, may_be_rounded: bool
) -> str:
    """The part is another share of the whole than is printed; figures behind the printed ones may give it."""
    of = _AGAINST.get(relation, ("no", "of"))[lang == "en"]
    left = f"{_plain(part, lang)} {of} {_plain(whole, lang)} {'ir' if lang == 'lv' else 'is'}"
    said = f"{left} {_but_printed(computed, printed, lang, is_percent=relation != 'ratio')}"
    if not may_be_rounded:
        return said
    return said + (" Iespējams, rēķināts no nenoapaļotiem skaitļiem." if lang == "lv" else
                   " It may have been worked out from figures before they were rounded.")  # fmt: skip


def of_same(coarser: Figure, finer: Figure, computed: Decimal, sign: int, lang: str) -> str:
    """One fact is printed as two numbers."""
    there, again = with_unit(finer.value, finer, lang), with_unit(computed, coarser, lang)
    if sign < 0:
        other_sign = "ar pretēju zīmi ir" if lang == "lv" else "with the other sign is"
        return f"{there} {other_sign} {_but_printed(computed, coarser, lang)}"
    twice, and_, is_ = (("Viens fakts publicēts divreiz", "un", "tas ir") if lang == "lv" else
                        ("One fact is printed twice", "and", "which is"))  # fmt: skip
    more = f", {is_} {again}" if again != there else ""
    return f"{twice}: {with_unit(coarser.value, coarser, lang)} {and_} {there}{more}."


def of_bound(parts: Sum, whole: Figure, computed: Decimal, lang: str) -> str:
    """What is only some of the whole is more than it."""
    is_one = len(parts) == 1
    give, more = ("ir" if is_one else "dod", "vairāk nekā viss") if lang == "lv" else (
        "is" if is_one else "give", "more than the whole")  # fmt: skip
    return _capital(f"{listed(parts, lang)} {give} {with_unit(computed, whole, lang)}: {more}, "
                    f"{with_unit(whole.value, whole, lang)}.")  # fmt: skip


def of_rates(all_: Figure, ends: Sequence[Figure], lang: str) -> str:
    """The rate of all does not lie between those of its groups."""
    groups = [f"{name(one, lang)} {with_unit(one.value, one, lang)}" for one in ends]
    own = with_unit(all_.value, all_, lang)
    if lang == "lv":
        return _capital(f"{groups[0]}, {groups[1]}, bet visiem kopā publicēts {own}, kas nav starp tiem.")
    return _capital(f"{groups[0]}, {groups[1]}; printed for all {own}, which does not lie between them.")


def of_hundred(together: Decimal, lang: str) -> str:
    """The shares of all parts are not a hundred."""
    if lang == "lv":
        return f"Visu daļu procenti kopā ir {percent(together, lang)}, nevis 100\u00a0%."
    return f"The shares of all parts add up to {percent(together, lang)}, not to 100%."


def of_base(figure: Figure, other: Figure, computed: Decimal, lang: str) -> str:
    """An amount is another share of the base than its percentage says."""
    base = number(other.value, lang)
    left = (f"Pēc summas {base}, kas ir daļa no tā paša lieluma, iznāk" if lang == "lv" else
            f"By {base}, a share of the same amount, it is")  # fmt: skip
    return f"{left} {_but_printed(computed, figure, lang)}"


def of_plan(plan: Figure, parts: int, computed: Decimal, lang: str) -> str:
    """The percentages of the parts come from another plan than is printed."""
    left = (
        f"Pēc {parts} daļu procentiem plāns ir" if lang == "lv" else f"By the percentages of {parts} parts the plan is"
    )
    return f"{left} {_but_printed(computed, plan, lang)}"


def of_count(figure: Figure, rows: int, lang: str) -> str:
    """Another number of rows is listed than is printed."""
    if lang == "lv":
        return f"Uzskaitīti {rows}; publicēts {number(figure.value, lang)}."
    return f"{rows} are listed; printed {number(figure.value, lang)}."


def _but_printed(computed: Decimal, figure: Figure, lang: str, *, is_percent: bool = False) -> str:
    """A number that was computed and, after it, the one that is printed."""
    said = "publicēts" if lang == "lv" else "printed"
    if is_percent:
        return f"{percent(computed, lang)}; {said} {percent(figure.value, lang)}."
    return f"{with_unit(computed, figure, lang)}; {said} {with_unit(figure.value, figure, lang)}."


def _plain(terms: Sum, lang: str) -> str:
    told = ""
    for place, (figure, times) in enumerate(terms):
        told += (" − " if times < 0 else " + " if place else "") + number(figure.value, lang)
    return f"({told})" if len(terms) > 1 else told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Charts of the pages of programmes, budget, funds, strategy and services; each beside a table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from balsts.budget import eu_funds, execution, strategy
from balsts.budget.frame import Section
from balsts.budget.measures import Funded
from balsts.budget.picked import euros
from balsts.budget.programmes import Indicator, Result
from balsts.budget.services import Service
from balsts.budget.transfers import Side
from balsts.documents.charts import Frame, bars, pairs
from balsts.documents.letter import Language
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Figure
from balsts.portal.statistics.plan_tables import number, words
from balsts.portal.statistics.words import exact_text, figure_text, page_lang
from balsts.portal.words import upper_first

_MILLION = Decimal(1_000_000)
_MOST = 12
_LONGEST = 38
_WIDTH = 340
Bar = tuple[str, Decimal, str]
Pair = tuple[str, Decimal | None, Decimal | None]


def by_programme(book: Book) -> str:
    """Expenditure of the basic budget by programme, the largest first."""
    groups = sorted(execution.by_programme(book), key=lambda one: -one.total)[:_MOST]
    return drawn(_("Expenditure of the basic budget by programme"), _("million EUR"), [
        (f"{one.code} {words(one.name, 'programme_name').text}".strip(), *_millions(one.total)) for one in groups
    ])  # fmt: skip


def women_and_men(results: Iterable[Result]) -> str:
    """Women and men of the indicators that count both, the largest first."""
    counted = [one for result in results for one in result.indicators
               if one.female and one.male and not one.are_sexes_rates]  # fmt: skip
    largest = sorted(counted, key=lambda one: -_size(one))[:_MOST]
    return drawn_pairs(_("Women and men"), (_("women"), _("men")), _("persons"), [
        (words(one.name, "indicator_name").text, _value(one.female), _value(one.male)) for one in largest
    ])  # fmt: skip


def execution_of(lines: Iterable[execution.Line]) -> str:
    """Plan and execution of the main lines of expenditure, million EUR."""
    told: list[Pair] = []
    for one in lines:
        if one.code.startswith("2.") and one.plan and one.actual:
            name = words(one.name, "line").text
            told.append((f"{one.code} {name}", euros(one.plan) / _MILLION, euros(one.actual) / _MILLION))
    return drawn_pairs(_("Plan and execution"), (_("plan"), _("execution")), _("million EUR"), told)


def years_of(several: execution.YearsOf) -> str:
    """A budget over the years."""
    title = words(several.name, "programme_name").text
    return drawn(title, _("million EUR"), [(str(year), one.value, figure_text(one.text, page_lang()))
                                           for year, one, _percent in several.years])  # fmt: skip


def transfers_of(side: Side) -> str:
    """Each sub-budget with its transfers and without, million EUR."""
    return drawn_pairs(_("With transfers and without"), (_("gross"), _("consolidated")), _("million EUR"), [
        (f"{one.code} {words(one.name, 'programme_name').text}", euros(one.gross) / _MILLION,
         euros(one.consolidated) / _MILLION) for one in side.parts
    ])  # fmt: skip


def measures_of(found: Funded) -> str:
    """Priority measures by their money, million EUR."""
    return drawn(_("Priority measures"), _("million EUR"), [
        (f"{one.number}. {words(one.name, 'measure_name').text}", *_millions(one.total)) for one in found.measures
    ])  # fmt: skip


def section_of(title: str, several: Section, year: str) -> str:
    """The lines of a part of the frame in a year."""
    told = [(words(one.name).text, one.values[year]) for one in several.items
            if year in one.values and one.unit == "million EUR" and not one.is_total]  # fmt: skip
    return drawn(title, _("million EUR"), [(name, one.value, figure_text(one.text, page_lang())) for name, one in told])


def money_and_results(measures: Iterable[eu_funds.Measure]) -> str:
    """Progress of each measure in money and in results, percent."""
    return drawn_pairs(_("Progress in money and in results"), (_("money"), _("results, mean of targets")), "%", [
        (f"{one.code} {words(one.name, 'measure_name').text}", one.money, one.results) for one in measures
    ])  # fmt: skip


def targets_of(measure: eu_funds.Measure) -> str:
    """Money and each target of a measure, percent."""
    told: list[Bar] = []
    if measure.money is not None:
        told.append((_("money"), measure.money, exact_text(measure.money, page_lang())))
    told += [(words(one.name, "target").text, one.progress, exact_text(one.progress, page_lang()))
             for one in measure.targets if one.progress is not None]  # fmt: skip
    return drawn(_("Progress in money and in results"), "%", told)


def statuses_of(results: tuple[strategy.Result, ...], indicators: tuple[strategy.Result, ...]) -> str:
    """How many results and key indicators are reached and how many under way."""
    column = COLUMNS["status"]
    names = {one: column.word(one, page_lang()) for one in (strategy.DONE, strategy.UNDER_WAY)}
    told = []
    for title, several in ((_("Planned results"), results), (_("Key performance indicators"), indicators)):
        counted = dict(strategy.statuses(several))
        told.append((title, Decimal(counted[strategy.DONE]), Decimal(counted[strategy.UNDER_WAY])))
    return drawn_pairs(_("Results and indicators"), (names[strategy.DONE], names[strategy.UNDER_WAY]), _("how many"),
                       told)  # fmt: skip


def recommendations_of(found: strategy.Recommendations) -> str:
    """Recommendations of audits by what came of them."""
    told = [(_("made"), found.made.value), (_("carried out"), found.done.value),
            (_("with a later term"), found.later.value), (_("not told"), found.not_told)]  # fmt: skip
    return drawn(_("Recommendations"), _("how many"), [(name, value, number(value)) for name, value in told])


def figures_of(title: str, unit: str, several: Iterable[Figure], column: str) -> str:
    """Figures named by a column of their rows."""
    return drawn(title, unit, [(words(one.row[column], column).text, one.value, figure_text(one.text, page_lang()))
                               for one in several])  # fmt: skip


def channels_of(services: Iterable[Service]) -> str:
    """Applications that were begun, in all and electronically."""
    told = []
    for one in services:
        started = one.applications.get("started", {})
        both = [started[channel].value if channel in started else None for channel in ("total", "electronic")]
        told.append((words(one.name, "service").text, both[0], both[1]))
    return drawn_pairs(_("Applications"), (_("all"), _("electronically")), _("applications"), told)


def drawn(title: str, unit: str, values: Sequence[Bar]) -> str:
    """A bar for each value with its text at the end; nothing without values."""
    if not values:
        return ""
    frame = _frame(title, unit, 20 + 34 * len(values))
    return bars([(_short(name), float(value)) for name, value, _text in values], frame,
                [text for _name, _value, text in values])  # fmt: skip


def drawn_pairs(title: str, named: tuple[str, str], unit: str, values: Sequence[Pair]) -> str:
    """Two bars for each label; nothing without values."""
    if not values:
        return ""
    drawn_values = [(_short(name), _float(first), _float(second)) for name, first, second in values]
    texts = [(_text(first), _text(second)) for _name, first, second in values]
    return pairs(drawn_values, named, _frame(title, unit, 20 + 56 * len(values)), texts)


def _frame(title: str, unit: str, height: int) -> Frame:
    language: Language = "lv" if page_lang() == "lv" else "en"
    return Frame(title, _("The same stands in the table."), "", unit, language, width=_WIDTH, height=height)


def _value(one: Figure | None) -> Decimal | None:
    return one.value if one else None


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _size(one: Indicator) -> Decimal:
    return max(figure.value for figure in one.figures)


def _millions(amount: Decimal) -> tuple[Decimal, str]:
    value = (amount / _MILLION).quantize(Decimal("0.1"))
    return value, exact_text(value, page_lang())


def _text(value: Decimal | None) -> str:
    return "" if value is None else exact_text(value.quantize(Decimal("0.1")) if value % 1 else value, page_lang())


def _short(label: str) -> str:
    shown = upper_first(label)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"

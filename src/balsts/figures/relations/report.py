"""Relations in the ministry's annual report: figures of the text, strategy, public services, priority measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from balsts.figures.relations import groups
from balsts.figures.relations.shelf import Shelf, figures, grouped, matching, only
from balsts.figures.relations.trying import Tried, counted, hundred, less, same, share, total, within
from balsts.figures.rows import Figure, Row

DIVIDED = (
    ("petijumi", "pabeigti pētījumi", "pētījumi pa jomām"), ("petijumi", "pabeigti pētījumi", "pētījumi pēc veida"),
)  # fmt: skip
"""In a section, the indicator whose «kopā» is the sum of the groups of another one."""
HUNDREDS = (("personals", "amatu grupas"),)
"""Groups whose shares are all of a whole."""
OCCUPIED = ("personals", "faktiski aizņemtās amata slodzes", "amata slodzes")
"""In a section, an indicator that is «tajā skaitā» of another one, group by group."""
PERCENTAGES = (("personals", "ierēdņi", "īpatsvars", "ierēdņi", "", "faktiskais vidējais nodarbināto skaits", "kopā"),)
"""A section, and in it the indicator and the group of a percentage, of its part and of the whole."""

METRICS = (
    ("iesaistīšanās līmenis", "iesaistīti", "pilnībā iesaistīti"),
    ("sadarbības formas kopā (uzskaitītas)", "iekšējās sadarbības formas (uzskaitītas)",
     "ārējās sadarbības formas (uzskaitītas)"),
)  # fmt: skip
"""In the strategy, what is measured and the two parts that it is the sum of."""
GROWTH = (
    ("vadītāju reģistrētā dalība", "Pilnveidota vadītāju profesionalitāte un līderības kompetence"),
    ("nodarbināto reģistrētā dalība", "Paaugstināta nodarbināto aktivitāte profesionālajā pilnveidē"),
    ("dalība digitālo prasmju attīstības pasākumos", "Pilnveidotas darbinieku digitālās prasmes"),
)
"""Growth «reizes» between two periods, and the result under which the registered participations of both stand."""
TRANSFERRED = ("Minimālo ienākumu palielināšana", "Palielināts pabalsts transporta izdevumu kompensēšanai")
"""Measures whose part in the special budget is a transfer from the basic one: in a consolidated sum it counts once."""
CHANNELS = {"total": ("in_person", "remote_total"), "remote_total": ("post", "electronic", "phone")}
"""Channels that are the sum of others."""


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation in the ministry's annual report, tried."""
    yield from groups.tried(shelf, "report-figures")
    for year in grouped(shelf.rows("report-figures"), "year"):
        yield from _text(year)
    yield from _strategy(shelf)
    for service in grouped(shelf.rows("public-services"), "year", "service", "stage", "measure", "unit"):
        yield from _channels(service)
    for year in grouped(shelf.rows("priority-measures"), "year"):
        yield from _measures(year)


def _text(rows: Sequence[Row]) -> Iterator[Tried]:
    for section, whole_name, parts_name in DIVIDED:
        whole = only(matching(rows, section=section, indicator=whole_name, group=groups.WHOLE))
        parts = figures(matching(rows, section=section, indicator=parts_name))
        if whole and parts:
            yield total("parts-and-whole", whole, parts)
    for section, indicator in HUNDREDS:
        shares = figures(matching(rows, section=section, indicator=indicator, unit="%"))
        if len(shares) > 1:
            yield hundred("shares-of-whole", shares)
    section, some, all_ = OCCUPIED
    for row in matching(rows, section=section, indicator=some):
        whole = only(matching(rows, section=section, indicator=all_, group=row["group"]))
        if whole:
            yield within("part-within-whole", whole, [Figure(row, "value")])
    for section, *places in PERCENTAGES:
        pairs = zip(places[::2], places[1::2], strict=True)
        found = [only(matching(rows, section=section, indicator=one, group=group)) for one, group in pairs]
        if found[0] and found[1] and found[2]:
            one_share = share("percent-of-whole", found[0], [found[1]], [found[2]])
            if one_share:
                yield one_share


# -- strategy ----------------------------------------------------------------------------------------------------


def _strategy(shelf: Shelf) -> Iterator[Tried]:
    rows = shelf.rows("strategy")
    for year in grouped(rows, "year"):
        yield from _of_year(year)
        yield from _goals(year)
    yield from _growth(rows)
    yield from _span_and_years(rows)
    for row in matching(rows, row_type="kpi_figure", metric="novēršamās personāla mainības līmenis"):
        text = shelf.figure("report-figures", section="personals", year=row["year"], unit="%",
                            indicator="novēršamās personāla mainības līmenis")  # fmt: skip
        if text:
            yield same("printed-twice", Figure(row, "value"), text)
    yield from _turnover(rows)


def _of_year(rows: Sequence[Row]) -> Iterator[Tried]:
    for whole, *parts in METRICS:
        all_, found = only(matching(rows, metric=whole)), [only(matching(rows, metric=one)) for one in parts]
        if all_ and found[0] and found[1]:
            yield total("parts-and-whole", all_, [found[0], found[1]])
    senders, registered = "dalībnieki, kas sūtījuši “Paldies”", "«Virtuālais paldies» reģistrētie dalībnieki"
    printed, part, whole_ = (only(matching(rows, metric=f"{senders}, īpatsvars")), only(matching(rows, metric=senders)),
                             only(matching(rows, metric=registered)))  # fmt: skip
    if printed and part and whole_ and (one_share := share("percent-of-whole", printed, [part], [whole_])):
        yield one_share


def _goals(rows: Sequence[Row]) -> Iterator[Tried]:
    """Goals, and those reached in time, are as many as annex 6 assesses so."""
    assessed = matching(rows, row_type="goal_assessment")
    in_time = [row for row in assessed if row["value_text"].startswith("sasniegts termiņā")]
    for metric, listed in (("stratēģijas mērķi", assessed), ("mērķi, kas sasniegti plānotajā termiņā", in_time)):
        figure = only(matching(rows, row_type="annex6_figure", metric=metric))
        if figure and assessed:
            yield counted("count", figure, len(listed))


def _growth(rows: Sequence[Row]) -> Iterator[Tried]:
    """So many times more participations than in the period named in the growth's own words."""
    for begin, result in GROWTH:
        under = matching(rows, row_type="result_figure", result=result)
        said = only(row for row in under if row["metric"].startswith(begin))
        periods = [row for row in matching(under, unit="skaits") if row["metric"].startswith("dalības ārējos")]
        if said is None or len(periods) != 2:
            continue
        new, old = sorted((Figure(row, "value") for row in periods), key=lambda one: one.row["year"], reverse=True)
        if one := share("ratio", said, [new], [old], factor=Decimal(1)):
            yield one


def _span_and_years(rows: Sequence[Row]) -> Iterator[Tried]:
    """What is counted over some years is no less than in the single years of them that are named."""
    for same_metric in grouped(matching(rows, unit="skaits"), "row_type", "result", "indicator", "metric"):
        for row in same_metric:
            first, is_span, last = row["year"].partition("-")
            within_it = [one for one in same_metric if len(one["year"]) == 4 and first <= one["year"] <= last]
            if is_span and within_it and "value" in row.values:
                yield within("part-within-whole", Figure(row, "value"), figures(within_it))


def _turnover(rows: Sequence[Row]) -> Iterator[Tried]:
    for row in matching(rows, row_type="kpi_figure", unit="procentpunkti"):
        before = row["metric"].removeprefix("samazinājums pret ").removesuffix(". gadu")
        beside = matching(rows, row_type="kpi_figure", indicator=row["indicator"], unit="%")
        then, now = (only(matching(beside, year=one)) for one in (before, row["year"]))
        if then and now:
            yield total("change", Figure(row, "value"), [then, less(now)])


# -- public services and priority measures -----------------------------------------------------------------------


def _channels(rows: Sequence[Row]) -> Iterator[Tried]:
    for whole, parts in CHANNELS.items():
        all_, found = only(matching(rows, channel=whole)), [only(matching(rows, channel=one)) for one in parts]
        if all_ and all(found):
            yield total("channels", all_, [one for one in found if one])


def _measures(rows: Sequence[Row]) -> Iterator[Tried]:
    measures = matching(rows, row_type="measure")
    columns = ("basic_budget_eur", "special_budget_eur")
    wholes = [only(matching(rows, row_type="total"), column) for column in columns]
    for whole, column in zip(wholes, columns, strict=True):
        if whole and figures(measures, column):
            yield total("parts-and-whole", whole, figures(measures, column))
    transferred = [row for row in measures if row["measure_name"].startswith(TRANSFERRED)]
    consolidated = only(matching(rows, row_type="total_consolidated_text"), "text_amount_million_eur")
    if consolidated and wholes[0] and wholes[1]:
        once = [less(one) for one in figures(transferred, "special_budget_eur")]
        yield total("text-and-annex", consolidated, [wholes[0], wholes[1], *once])
    for row in measures:
        if "text_amount_million_eur" in row.values:
            own = [one for one in columns if one in row.values and not (row in transferred and one != columns[0])]
            yield total("text-and-annex", Figure(row, "text_amount_million_eur"), [Figure(row, one) for one in own])

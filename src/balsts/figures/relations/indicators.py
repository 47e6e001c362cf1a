"""Relations between results and performance indicators by programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balsts.figures.relations.shelf import Shelf, grouped, only
from balsts.figures.relations.trying import Tried, between, same, share, total, within
from balsts.figures.rows import Figure, Row

DIVIDED_WHOLLY = ("Pieņemtie lēmumi (skaits), t.sk.:", "Pārējie pakalpojumi (skaits), t.sk.:")
"""Headings whose «t.sk.» rows are all of it: every decision and every other service is of one of the kinds below.

Under any other heading «t.sk.» names some of it only, as aids given out urgently or again are among those given out.
"""

Place = tuple[str, str]
"""How an indicator's name begins, and the column of the figure that is meant: composites have two."""

_CHECKS = ("Bērnu tiesību ievērošanas pārbaudes iestādēs", "value")
_CHECKS_IN_CARE = ("pārbaudes visās bērnu ārpusģimenes aprūpes iestādēs", "value")
_CHECKS_ELSEWHERE = ("pārbaudes citās iestādēs (skolās", "value_part1")
_CRISIS_ADVICE = ("Bērnu un pusaudžu uzticības tālruņa speciālistu sniegtās konsultācijas", "value_part1")
_CARE = "ilgstošās sociālās aprūpes un sociālās rehabilitācijas pakalpojumus"
_IN_STATE_HOMES = (f"Personas, kuras saņem valsts apmaksātos {_CARE} valsts sociālās aprūpes centros", "value")
_IN_CONTRACTED_HOMES = (f"Personas, kuras saņem valsts apmaksātos {_CARE} līgumorganizācijās", "value")

PERCENTAGES: tuple[tuple[Place, Place, tuple[Place, ...]], ...] = (
    (("pārbaudes bērnu ārpusģimenes aprūpes iestādēs, kas ierosinātas", "value_part2"),
     ("pārbaudes bērnu ārpusģimenes aprūpes iestādēs, kas ierosinātas", "value_part1"), (_CHECKS_IN_CARE,)),
    (("pārbaudes citās iestādēs (skolās", "value_part2"), _CHECKS_ELSEWHERE, (_CHECKS,)),
    (("pārbaudes citās iestādēs, kas ierosinātas", "value_part2"),
     ("pārbaudes citās iestādēs, kas ierosinātas", "value_part1"), (_CHECKS_ELSEWHERE,)),
    (("Bērnu un pusaudžu uzticības tālruņa speciālistu sniegtās konsultācijas", "value_part2"), _CRISIS_ADVICE,
     (("Bērnu un pusaudžu uzticības tālruņa apkalpotie zvani", "value"),)),
    (("Gadījumi, kad pa Bērnu un pusaudžu uzticības tālruni", "value_part2"),
     ("Gadījumi, kad pa Bērnu un pusaudžu uzticības tālruni", "value_part1"), (_CRISIS_ADVICE,)),
    ((f"Personu, kuras {_CARE} saņem valsts sociālās aprūpes centros, īpatsvars", "value"), _IN_STATE_HOMES,
     (_IN_STATE_HOMES, _IN_CONTRACTED_HOMES)),
)  # fmt: skip
"""Percentages with their part and the whole, as the indicator's own name says them («to īpatsvars … skaitā»)."""

SUMS: tuple[tuple[Place, tuple[Place, ...]], ...] = ((_CHECKS, (_CHECKS_IN_CARE, _CHECKS_ELSEWHERE)),)
"""Indicators that are the sum of others."""

PRINTED_TWICE: tuple[tuple[Place, Place], ...] = (
    (("Pārbaudītās bāriņtiesas/to īpatsvars bāriņtiesu kopskaitā", "value_part2"),
     ("Pārbaudīto bāriņtiesu īpatsvars bāriņtiesu kopskaitā", "value")),
)  # fmt: skip
"""One fact under two indicators."""

SOME_OF: tuple[tuple[Place, Place], ...] = (
    (("uzņēmumu preventīvie apsekojumi, t.sk. uzņēmumu apsekojumi tematiskajās pārbaudēs", "value"),
     ("tematiskās pārbaudes (skaits)/uzņēmumu apsekojumi tematiskajās pārbaudēs", "value_part2")),
)  # fmt: skip
"""Indicators whose name says that another one is among what they count."""


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation between indicators, tried."""
    rows = shelf.rows("indicators")
    for row in rows:
        if {"value", "female", "male"} <= row.values.keys():
            yield _sexes(row)
    for year in shelf.years("indicators"):
        of_year = [row for row in rows if row["year"] == year]
        yield from _of_which(of_year)
        yield from _declared(of_year)


def _sexes(row: Row) -> Tried:
    """Women and men are all; of a rate, which cannot be added up, the one of all lies between theirs."""
    all_, women, men = (Figure(row, one) for one in ("value", "female", "male"))
    if row["unit"] == "%":
        return between("rate-between-sexes", all_, (women, men))
    return total("women-and-men", all_, [women, men])


def _of_which(rows: Sequence[Row]) -> Iterator[Tried]:
    """Rows under a heading with «t.sk.»: of the same programme and result."""
    parts = [row for row in rows if row["indicator_parent"]]
    for group in grouped(parts, "programme_code", "result", "indicator_parent"):
        first = group[0]
        heading = [row for row in rows if row["programme_code"] == first["programme_code"]
                   and row["result"] == first["result"] and _is_heading(row, first["indicator_parent"])]  # fmt: skip
        whole = _first_figure(heading)
        figures = [one for row in group if (one := _first_figure([row])) is not None]
        if whole is None or len(figures) < len(group):
            continue
        if first["indicator_parent"] in DIVIDED_WHOLLY:
            yield total("parts-and-whole", whole, figures)
        else:
            yield within("part-within-whole", whole, figures)


def _is_heading(row: Row, name: str) -> bool:
    """Whether a row has the heading's name; where a name goes on as a composite, the heading has all of it."""
    return row["indicator_name"].removesuffix(", t.sk.:") == name.removesuffix(", t.sk.:")


def _first_figure(rows: Sequence[Row]) -> Figure | None:
    """What the row counts: its value, or the first part of a composite."""
    return only(rows, "value") or only(rows, "value_part1")


def _declared(rows: Sequence[Row]) -> Iterator[Tried]:
    for printed, part, wholes in PERCENTAGES:
        figures = _all(rows, (printed, part, *wholes))
        if figures and (one := share("percent-of-whole", figures[0], figures[1:2], figures[2:])):
            yield one
    for whole, parts in SUMS:
        if figures := _all(rows, (whole, *parts)):
            yield total("parts-and-whole", figures[0], figures[1:])
    for places in PRINTED_TWICE:
        if figures := _all(rows, places):
            yield same("printed-twice", figures[0], figures[1])
    for places in SOME_OF:
        if figures := _all(rows, places):
            yield within("part-within-whole", figures[0], figures[1:])


def _all(rows: Sequence[Row], places: Sequence[Place]) -> list[Figure]:
    """The figures of these places, or nothing where one of them is not there."""
    found = [only((row for row in rows if row["indicator_name"].startswith(begin)), column) for begin, column in places]
    return [one for one in found if one is not None] if None not in found else []

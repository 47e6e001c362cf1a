"""Relations in the report of the State Social Integration Agency, where the labels themselves do not state them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balsts.figures.relations import groups
from balsts.figures.relations.shelf import Shelf, figures, matching, only
from balsts.figures.relations.trying import Tried, less, same, share, total, within
from balsts.figures.rows import Figure, Row

TABLE = "siva"
Place = tuple[str, str, str]
"""A section, an indicator and a group, of all people whatever their sex."""

_TARGETS = "tabula1_rezultativie_raditaji"
_FIT, _FIT_ESF = "profesionala_piemerotiba", "profesionala_piemerotiba_NVA_ESF"
_SCHOOL, _COLLEGE, _CAREER = "izglitiba_vidusskola", "izglitiba_koledza", "karjera"
_QUEUE, _TAKERS, _STAFF = "rindas_gada_beigas", "sanemeji", "personals"
_GOT_FIT: Place = (_FIT, "pakalpojumu saņēmušas personas", "kopā")
_ADVISED: Place = (_FIT, "ieteikums saņemt profesionālās rehabilitācijas pakalpojumu", "kopā")
_ADVISED_SCHOOL: Place = (_FIT, "ieteikums", "Jūrmalas profesionālā vidusskola")
_ADVISED_COLLEGE: Place = (_FIT, "ieteikums", "Koledža")
_LEFT_SCHOOL: Place = (_SCHOOL, "absolventi", "kopā")
_LEFT_COLLEGE: Place = (_COLLEGE, "absolventi", "kopā")
_REHABILITATED: Place = (_TAKERS, "sociālās rehabilitācijas pakalpojumu saņēmušas personas", "kopā")
_OF_WORKING_AGE: Place = (_TAKERS, "īpatsvars: funkcionēšanas traucējumi darbspējas vecumā", "")
_STAFF_COUNT: Place = (_STAFF, "faktiskais darbinieku skaits", "")
_DISMISSED: Place = (_STAFF, "atbrīvoti", "")

DIVIDED: tuple[tuple[Place, str, str], ...] = (
    (_ADVISED, _FIT, "ieteikums"),
    (_ADVISED_SCHOOL, _FIT, "ieteikums Jūrmalas profesionālā vidusskola"),
    (_ADVISED_COLLEGE, _FIT, "ieteikums Koledža"),
)
"""A whole and the indicator whose groups are all of its parts, each with its percentage of the whole."""

PERCENTAGES: tuple[tuple[Place, Place], ...] = (
    (_ADVISED, _GOT_FIT),
    *(((_FIT_ESF, "ieteikums", one), (_FIT_ESF, "pakalpojumu saņēmušas personas", "kopā"))
      for one in ("Jūrmalas profesionālā vidusskola", "Koledža", "gan vidusskola, gan Koledža")),
    ((_SCHOOL, "nodarbinātie absolventi", "Jūrmalas profesionālā vidusskola"), _LEFT_SCHOOL),
    ((_COLLEGE, "nodarbinātie absolventi", "Koledža"), _LEFT_COLLEGE),
    ((_CAREER, "darbā iekārtojušies absolventi", "kopā"), (_CAREER, "absolvēja", "kopā")),
    (_OF_WORKING_AGE, _REHABILITATED),
    (("kvalitates_vadiba", "ieviesti ieteikumi", ""), ("kvalitates_vadiba", "ieteikumi", "")),
    ((_STAFF, "civildienesta ierēdņu amata vietas", ""), (_STAFF, "amata vietas 31.12.", "")),
    (("finanses", "ieņēmumu faktiskā izpilde", "kopā"), ("finanses", "piešķirtais finansējums", "kopā")),
)  # fmt: skip
"""Rows with a percentage, and of what it is one."""

SUMS: tuple[tuple[Place, tuple[Place, ...]], ...] = (
    (_OF_WORKING_AGE, ((_TAKERS, "14 dienu kurss pēc medicīniskās rehabilitācijas", ""),
                       (_TAKERS, "14 dienu rehabilitācijas kurss", ""))),
    ((_CAREER, "absolvēja", "Jūrmalas profesionālā vidusskola"),
     (_LEFT_SCHOOL, (_SCHOOL, "beidza ar sekmju izziņu", ""))),
)  # fmt: skip
"""Figures that are the sum of others."""

DIFFERENCES: tuple[tuple[Place, Place, Place], ...] = (
    (("transportlidzekli", "par valsts budžeta līdzekļiem pielāgoti transportlīdzekļi", ""),
     ("pieteikumi", "saņemtie pieteikumi", "transportlīdzekļu pielāgošana"),
     ("pieteikumi", "saņemtie pieteikumi", "transportlīdzekļu pielāgošana: pārcelti")),
)  # fmt: skip
"""What was done, what was asked for, and what of it was put off to the next year."""

SOME_OF: tuple[tuple[Place, str, str], ...] = (
    (_DISMISSED, _STAFF, "atbrīvoti pēc pamata"), (_STAFF_COUNT, _STAFF, "darbinieki ESF projektā"),
)  # fmt: skip
"""A whole and the indicator whose groups name some of it."""

PRINTED_TWICE: tuple[tuple[Place, Place], ...] = (
    ((_TARGETS, "Personas ar prognozējamu invaliditāti un invaliditāti, kurām noteikta profesionālā piemērotība", "*"),
     _GOT_FIT),
    ((_TARGETS, "Personas, kuras studējušas profesijās", "*"), (_COLLEGE, "surdotulka specialitāte", "*")),
    ((_TARGETS, "Pielāgotie automobiļi", "*"), ("transportlidzekli", "par valsts budžeta līdzekļiem pielāgoti", "")),
    ((_TARGETS, "Sociāli rehabilitētās personas ar funkcionāliem traucējumiem", "*"), _REHABILITATED),
    ((_TARGETS, "Sociāli rehabilitētie NBS karavīri", "*"), (_TAKERS, "NBS karavīri, rehabilitācijas kurss", "")),
    ((_TARGETS, "Personu, kas apmierinātas ar sociālās rehabilitācijas pakalpojumu", "*"),
     ("apmierinatiba", "apmierināti no aptaujātajiem", "sociālā rehabilitācija")),
    ((_TAKERS, _REHABILITATED[1], "funkcionēšanas traucējumi darbspējas vecumā"), _OF_WORKING_AGE),
    ((_TAKERS, _REHABILITATED[1], "funkcionēšanas traucējumi darbspējas vecumā, t.sk. pēc medicīniskās"),
     (_TAKERS, "14 dienu kurss pēc medicīniskās rehabilitācijas", "")),
    ((_CAREER, "absolvēja", "Koledža"), _LEFT_COLLEGE),
    ((_CAREER, "absolvēja", "Koledža, t.sk. Surdotulks"), (_COLLEGE, "absolventi", "Surdotulks")),
    ((_CAREER, "darbā iekārtojušies absolventi", "Jūrmalas profesionālā vidusskola"),
     (_SCHOOL, "nodarbinātie absolventi", "Jūrmalas profesionālā vidusskola")),
)  # fmt: skip
"""One fact in the table of results and in the text, or in two chapters. The college's own count of graduates in work
is not here: one chapter leaves out interpreters and students who pay, the other has them."""


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation in the agency's report, tried."""
    yield from groups.tried(shelf, TABLE)
    rows = [row for row in shelf.rows(TABLE) if not row["sex"]]
    for year in shelf.years(TABLE):
        of_year = matching(rows, year=year)
        yield from _targets(of_year)
        yield from _divided(of_year)
        yield from _percentages(of_year)
        yield from _sums(of_year)
        for place, other in PRINTED_TWICE:
            one, two = figure(of_year, place), figure(of_year, other)
            if one and two:
                yield same("printed-twice", one, two)
        if year.isdigit():
            yield from _against_last_year(of_year, matching(rows, year=str(int(year) - 1)))
            yield from _other_tables(shelf, of_year, year)


def figure(rows: Sequence[Row], place: Place, column: str = "value") -> Figure | None:
    """The figure of a place: an indicator or group of this name, or else beginning so; the group `*` is whichever."""
    section, indicator, group = place
    found = matching(rows, section=section, indicator=indicator) or [
        row for row in matching(rows, section=section) if row["indicator"].startswith(indicator)
    ]
    return only([row for row in found if row["group"] == group], column) or only(
        [row for row in found if group and (group == "*" or row["group"].startswith(group))], column
    )


def _targets(rows: Sequence[Row]) -> Iterator[Tried]:
    """The percentage of a result is the result against its plan, as both are printed beside it: a plan is set whole."""
    for row in rows:
        if {"plan", "value", "percent_published"} <= row.values.keys():
            printed, plan = Figure(row, "percent_published"), Figure(row, "plan")
            if one := share("percent-of-plan", printed, [Figure(row, "value")], [plan], is_as_printed=True):
                yield one


def _divided(rows: Sequence[Row]) -> Iterator[Tried]:
    for place, section, indicator in DIVIDED:
        whole, parts = figure(rows, place), matching(rows, section=section, indicator=indicator)
        if whole and len(parts) > 1:
            yield total("parts-and-whole", whole, figures(parts))
        for row in parts if whole else ():
            printed = only([row], "percent_published")
            if whole and printed and (one := share("percent-of-whole", printed, [Figure(row, "value")], [whole])):
                yield one
    for place, section, indicator in SOME_OF:
        whole, some = figure(rows, place), figures(matching(rows, section=section, indicator=indicator))
        if whole and some:
            yield within("part-within-whole", whole, some)


def _percentages(rows: Sequence[Row]) -> Iterator[Tried]:
    for place, whole_place in PERCENTAGES:
        printed, part = figure(rows, place, "percent_published"), figure(rows, place)
        whole = figure(rows, whole_place)
        if printed and part and whole and (one := share("percent-of-whole", printed, [part], [whole])):
            yield one
    # How many of the staff left in the year is what the report calls the turnover of staff.
    turnover = figure(rows, (_STAFF, "personāla mainības līmenis", ""))
    left, staff = figure(rows, _DISMISSED), figure(rows, _STAFF_COUNT)
    if turnover and left and staff and (one := share("percent-of-whole", turnover, [left], [staff])):
        yield one


def _sums(rows: Sequence[Row]) -> Iterator[Tried]:
    for place, parts in SUMS:
        whole, found = figure(rows, place), [figure(rows, one) for one in parts]
        if whole and all(found):
            yield total("parts-and-whole", whole, [one for one in found if one])
    for place, asked_place, put_off_place in DIFFERENCES:
        done, asked, put_off = (figure(rows, one) for one in (place, asked_place, put_off_place))
        if done and asked and put_off:
            yield total("change", done, [asked, less(put_off)])


def _against_last_year(rows: Sequence[Row], before: Sequence[Row]) -> Iterator[Tried]:
    """The decrease of a queue, as a number and in percent of what it was."""
    for indicator, group in (("reģistrētas personas sociālās rehabilitācijas pakalpojumam", "sociālā rehabilitācija"),
                             ("rindā ilgstošās sociālās aprūpes", "ilgstoša sociālā aprūpe")):  # fmt: skip
        queue: Place = (_QUEUE, indicator, "gada beigās")
        now, then = figure(rows, queue), figure(before, queue)
        fall: Place = (_QUEUE, "samazinājums pret", group)
        said, percent = figure(rows, fall), figure(rows, fall, "percent_published")
        if not (now and then and said):
            continue
        if said.unit == "%":
            one = share("percent-of-whole", said, [then, less(now)], [then])
        else:
            yield total("change", said, [then, less(now)])
            one = share("percent-of-whole", percent, [said], [then]) if percent else None
        if one:
            yield one


def _other_tables(shelf: Shelf, rows: Sequence[Row], year: str) -> Iterator[Tried]:
    """What the tables of the budget and the ministry's indicators of the year before say too."""
    of_agency = shelf.rows("budget-execution", institution="SIVA", year=year)
    for place, columns in (
        (("finanses", "piešķirtais finansējums", "kopā"), (("value", "plan"),)),
        (("finanses", "ieņēmumu faktiskā izpilde", "kopā"), (("value", "actual"), ("percent_published",) * 2)),
    ):
        for own, theirs in columns:
            one = figure(rows, place, own)
            two = only(matching(of_agency, line_code="", programme_code="", line="income"), theirs)
            if one and two:
                yield same("printed-twice", one, two)
    homes = shelf.rows("indicators", year=year, programme_code="05.03.00")
    waiting = only(row for row in homes if row["indicator_name"].startswith("Personas, kas uz pārskata perioda beigām"))
    queue = figure(rows, (_QUEUE, "rindā ilgstošās sociālās aprūpes", "gada beigās"))
    if waiting and queue:
        yield same("printed-twice", queue, waiting)
    last_year = shelf.rows("indicators", year=str(int(year) - 1), programme_code="05.37.00")
    soldiers = only(row for row in last_year if "Nacionālo bruņoto spēku karavīri" in row["indicator_name"])
    fall = figure(rows, (_TAKERS, "NBS karavīri, samazinājums pret", ""))
    now = figure(rows, (_TAKERS, "NBS karavīri, rehabilitācijas kurss", ""))
    if soldiers and fall and now:
        yield total("change", fall, [soldiers, less(now)])

"""Chapters of the agency's report (Social Integration State Agency), in the order of its own reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from balsts.figures.rows import Row
from balsts.statistics.report import form
from balsts.statistics.report.bench import capital, grouped, words_of
from balsts.statistics.report.desk import Desk
from balsts.statistics.report.registers import section_of_audits
from balsts.statistics.report.shapes import bars, budget_rows, by_group, execution, indicators

_THOUSAND = 1_000
_TASKS = "tabula1_rezultativie_raditaji"
_SERVICES = {
    "profesionala_piemerotiba": ("Profesionālās piemērotības noteikšana", "Assessing aptitude for work"),
    "profesionala_piemerotiba_NVA_ESF": (
        "Profesionālās piemērotības noteikšana bezdarbniekiem (NVA, ESF)",
        "Assessing aptitude for work of the unemployed (employment agency, ESF)",
    ),
    "esf_9141_projekts": ("ESF projekts 9.1.4.1", "ESF project 9.1.4.1"),
    "esf_praktika": ("Prakses uzņēmumos (ESF 8.5.1)", "Practice in companies (ESF 8.5.1)"),
    "izglitiba_vidusskola": (
        "Izglītība: Jūrmalas profesionālā vidusskola",
        "Education: Jūrmala vocational secondary school",
    ),
    "izglitiba_koledza": ("Izglītība: Koledža", "Education: the College"),
    "karjera": ("Karjera, prakses un absolventi", "Careers, practice and graduates"),
    "transportlidzekli": ("Transportlīdzekļu pielāgošana", "Adapting vehicles"),
    "sanemeji": ("Sociālās rehabilitācijas saņēmēji", "Recipients of social rehabilitation"),
}
_COORDINATION = {
    "lemumi": ("Lēmumi", "Decisions"),
    "lemumi_uznemsana_rinda": ("Uzņemšana rindā", "Taken into the queue"),
    "lemumi_pieskirsana": ("Pakalpojuma piešķiršana", "Services granted"),
    "rindas_gada_beigas": ("Rindas gada beigās", "Queues at the end of the year"),
    "lemumi_ilgstosa_aprupe": (
        "Ilgstoša sociālā aprūpe un sociālā rehabilitācija",
        "Long-term care and rehabilitation",
    ),
    "cilveku_tirdznieciba": ("Cilvēku tirdzniecībā cietušie", "Victims of human trafficking"),
    "atkaribas": ("Atkarības", "Addictions"),
}
_EFFICIENCY = {
    "apmierinatiba": ("Apmierinātība ar pakalpojumu", "Satisfaction with the service"),
    "kvalitates_vadiba": ("Kvalitātes vadība", "Management of quality"),
}
_STAFF = {"personals": ("Personāls", "Staff")}
_PUBLIC = {
    "komunikacija": ("Informēšana", "Information"),
    "pieteikumi": ("Pieteikumi pakalpojumiem", "Applications for services"),
}
_MONEY = "finanses"
_CHARTED = {  # section: the indicator that is drawn by group, and what its values are
    "lemumi": ("lēmumi", "lēmumi", "decisions"),
    "lemumi_pieskirsana": ("sociālās rehabilitācijas pakalpojuma piešķiršana", "lēmumi", "decisions"),
    "sanemeji": ("sociālās rehabilitācijas pakalpojumu saņēmušas personas", "personas", "persons"),
    "personals": ("atbrīvoti pēc pamata", "darbinieki", "employees"),
    "pieteikumi": ("saņemtie pieteikumi", "pieteikumi", "applications"),
    "izglitiba_koledza": ("absolventi", "absolventi", "graduates"),
}


def _rows(desk: Desk, section: str) -> list[Row]:
    """Rows of a section of the year's report: the year's own, spans that end with it, and those it compares with."""
    return [row for row in desk.book.rows("siva") if row["section"] == section and _is_reported(desk, row)]


def _is_reported(desk: Desk, row: Row) -> bool:
    if row.period[-4:] == str(desk.year):
        return True
    same = desk.book.series(row.dataset, row.series)
    return row.year == desk.year - 1 and any(one.year == desk.year for one in same)


def tasks(desk: Desk) -> form.Chapter | None:
    """The year's main tasks: results planned and reached (table 1)."""
    rows = _rows(desk, _TASKS)
    if not rows:
        return None
    say = desk.say
    columns = [
        form.Column(say("Rezultatīvais rādītājs", "Performance indicator"), share=6),
        form.Column(say("Plāns", "Plan"), is_number=True),
        form.Column(say("Izpilde", "Result"), is_number=True),
        form.Column(say("Izpilde, %", "Result, %"), is_number=True),
        form.Column(say("Mērvienība", "Unit"), share=2),
    ]
    found: list[form.Row] = []
    for group, some in grouped(rows, lambda row: row["group"]):
        found.append(form.Row(words_of(capital(desk.name(group))), "group"))
        found += [
            form.Row(
                (
                    desk.words(row["indicator"]),
                    desk.figure(row, "plan"),
                    desk.figure(row, "value"),
                    desk.figure(row, "percent_published"),
                    desk.words(row["unit"]),
                )
            )
            for row in some
        ]
    table = desk.table(
        say("Rezultatīvie rādītāji, plāns un izpilde", "Performance indicators, plan and result"), columns, found
    )
    drawn = [
        (desk.name(row["indicator"]), row.values["percent_published"])
        for row in rows
        if "percent_published" in row.values
    ]
    chart = bars(desk, table, say("Izpilde pret plānu, kā publicēta", "Result against plan, as published"), drawn,
                 say("Rādītājs", "Indicator"), "%")  # fmt: skip
    return form.Chapter(say(f"{desk.year}. gada galvenie uzdevumi", f"Main tasks of {desk.year}"), (table, chart))


def finances(desk: Desk) -> form.Chapter | None:
    """Financial resources: all in one sentence, then each programme's plan and execution (tables 2 to 5)."""
    tables = [(number, budget_rows(desk, f"table{number}")) for number in range(2, 10)]
    summary, say = budget_rows(desk, "summary"), desk.say
    told: list[form.Block] = [desk.paragraph(
        say(f"{desk.year}. gadā aģentūrai piešķirts finansējums ", f"In {desk.year} the agency was given "),
        desk.figure(row, "plan"), say(" EUR apmērā; ieņēmumu faktiskā izpilde bija ", " EUR; actual income was "),
        desk.figure(row, "actual"), say(" EUR jeb ", " EUR, "), desk.figure(row, "percent_published"), "\u00a0%.",
    ) for row in summary]  # fmt: skip
    money = _rows(desk, _MONEY)
    if money:
        told.append(indicators(desk, money, say("Finansējums kopā", "Funding in all")))
    sections = [_programme(desk, rows) for _, rows in tables if rows]
    if not told and not sections:
        return None
    return form.Chapter(say("Finanšu resursi", "Financial resources"), tuple(told), tuple(sections))


def _programme(desk: Desk, rows: Sequence[Row]) -> form.Section:
    say = desk.say
    title = " ".join(one for one in (rows[0]["programme_code"], desk.name(rows[0]["programme_name"])) if one)
    table = execution(desk, rows, say("Plāns un izpilde, EUR", "Plan and execution, EUR"))
    spent = [
        row for row in rows if row["line_code"].startswith("2.") and "actual" in row.values and "plan" in row.values
    ]
    sides = [(say("plāns", "plan"), "plan"), (say("izpilde", "execution"), "actual")]
    series = [(named, [row.values[side] / _THOUSAND for row in spent]) for named, side in sides]
    blocks: list[form.Block] = [table]
    if len(spent) > 1:
        blocks.append(
            desk.chart(
                "bars",
                table,
                say("Izdevumi: plāns un izpilde", "Spending: plan and execution"),
                [desk.name(row["line"]) for row in spent],
                series,
                say("Izdevumu veids", "Kind of spending"),
                say("tūkst. EUR", "thousand EUR"),
            )
        )
    return form.Section(title, tuple(blocks))


def services(desk: Desk) -> form.Chapter | None:
    """Services to clients: rehabilitation, education, careers."""
    return _chapter(desk, _SERVICES, ("Pakalpojumi klientiem", "Services to clients"))


def coordination(desk: Desk) -> form.Chapter | None:
    """Counting and coordinating social services: decisions, queues, recipients."""
    return _chapter(desk, _COORDINATION, ("Sociālo pakalpojumu uzskaite un koordinēšana",
                                          "Recording and coordinating social services"))  # fmt: skip


def efficiency(desk: Desk) -> form.Chapter | None:
    """How the agency works better: satisfaction and quality."""
    found = _chapter(desk, _EFFICIENCY, ("Darbības efektivitātes uzlabošana", "Working more efficiently"))
    return found and replace(found, sections=(*found.sections, *section_of_audits(desk)))


def staff(desk: Desk) -> form.Chapter | None:
    """Staff of the agency."""
    return _chapter(desk, _STAFF, ("Personāls", "Staff"))


def public(desk: Desk) -> form.Chapter | None:
    """Communication with the public, and applications."""
    return _chapter(desk, _PUBLIC, ("Komunikācija ar sabiedrību", "Communication with the public"))


def other(desk: Desk) -> form.Chapter | None:
    """Sections that no chapter is about: what a new year brings is never left out."""
    known = {_TASKS, _MONEY, *_SERVICES, *_COORDINATION, *_EFFICIENCY, *_STAFF, *_PUBLIC}
    rows = [row for row in desk.book.rows("siva") if row["section"] not in known and _is_reported(desk, row)]
    if not rows:
        return None
    named = desk.say("Citi rādītāji", "Other figures")
    return form.Chapter(named, (indicators(desk, rows, named),))


def _chapter(desk: Desk, sections: dict[str, tuple[str, str]], heading: tuple[str, str]) -> form.Chapter | None:
    found = []
    for code, (lv, en) in sections.items():
        rows = _rows(desk, code)
        if rows:
            named = desk.say(lv, en)
            table = indicators(desk, rows, named)
            found.append(form.Section(named, (table, *_drawn(desk, code, rows, table, named))))
    return form.Chapter(desk.say(*heading), (), tuple(found)) if found else None


def _drawn(desk: Desk, section: str, rows: Sequence[Row], table: form.Table, caption: str) -> list[form.Block]:
    if section not in _CHARTED:
        return []
    indicator, lv, en = _CHARTED[section]
    values = by_group(desk, rows, indicator)
    return [bars(desk, table, caption, values, desk.say("Grupa", "Group"), desk.say(lv, en))] if len(values) > 1 else []

"""Chapters of the ministry's report: people reached, amounts, Ukraine, research, audits, staff, public, services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Row
from balsts.law.engine.quantities import calendar_words
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE, capital
from balsts.statistics.report.desk import Desk
from balsts.statistics.report.registers import audits, studies
from balsts.statistics.report.shapes import bars, by_group, indicators

_THOUSAND = 1_000
_PEOPLE = ("minimalie_ienakumi", "transporta_pabalsts", "hospiss_pilotprojekts")
_CHAPTERED = (*_PEOPLE, "petijumi", "personals", "komunikacija", "ukraina", "revizijas")
_FIRST_OF_ISO = 4


def _section(desk: Desk, *sections: str) -> list[Row]:
    """Rows of sections of the report's other figures: of the year, or of a span that ends with it."""
    return [row for row in desk.book.rows("report-figures")
            if row["section"] in sections and row.period[-4:] == str(desk.year)]  # fmt: skip


def results(desk: Desk) -> form.Chapter | None:
    """What was done for whom: people reached, and the amounts that held."""
    people, amounts = _section(desk, *_PEOPLE), _amounts(desk)
    say = desk.say
    sections = []
    if people:
        table = indicators(desk, people, say("Cilvēki, kurus skāra pārmaiņas", "People whom the changes reached"))
        drawn = [
            (desk.name(row["group"] or row["indicator"]), row.values["value"])
            for row in people
            if row["unit"] == "tūkst."
        ]
        blocks: list[form.Block] = [table]
        if drawn:
            blocks.append(
                bars(
                    desk,
                    table,
                    say("Cilvēki, kurus skāra pārmaiņas", "People whom the changes reached"),
                    drawn,
                    say("Grupa", "Group"),
                    say("tūkst. personu", "thousand persons"),
                )
            )
        sections.append(form.Section(say("Kam atbalsts palielināts", "Whose support was raised"), tuple(blocks)))
    if amounts:
        told = desk.paragraph(
            say(
                "Apmēri, sliekšņi un termiņi, ko pārskats nosauc. Ja zināms tikai gads, stāv gads; ja diena nav "
                "zināma, svītra.",
                "Amounts, limits and terms that the report names. A year stands where no more is known, a dash where "
                "no day is.",
            )
        )
        sections.append(form.Section(say("Pabalstu apmēri un sliekšņi", "Amounts of benefits and limits"),
                                     (told, _amounts_table(desk, amounts))))  # fmt: skip
    return form.Chapter(say("Darbības rezultāti", "Results"), (), tuple(sections)) if sections else None


def _amounts(desk: Desk) -> list[Row]:
    """Amounts that the year's report of the institution names."""
    return [row for row in desk.book.rows("amounts") if row.document and row.document.year == desk.year
            and row.document.institution == desk.institution.in_tables and "amount" in row.values]  # fmt: skip


def _amounts_table(desk: Desk, rows: Sequence[Row]) -> form.Table:
    say = desk.say
    columns = [
        form.Column(say("Nosaukums", "Name"), share=5), form.Column(say("Kam", "For whom"), share=4),
        form.Column(say("Apmērs", "Amount"), is_number=True), form.Column(say("Mērvienība", "Unit"), share=2),
        form.Column(say("No", "From"), share=2), form.Column(say("Līdz", "Until"), share=2),
    ]  # fmt: skip
    found = [form.Row((
        desk.words(row["name"]), desk.words(row["group"]), desk.figure(row, "amount"), desk.words(row["unit"]),
        *_validity(desk, row),
    )) for row in rows]  # fmt: skip
    return desk.table(say("Apmēri, sliekšņi un termiņi", "Amounts, limits and terms"), columns, found)


def _validity(desk: Desk, row: Row) -> tuple[form.Pieces, form.Pieces]:
    """From when and until when an amount held: only the year, where no more than that is known."""
    if row["validity_basis"] == "reporting_year":
        return (form.Cell(row["valid_from"][:_FIRST_OF_ISO]),), NONE
    return _day(desk, row["valid_from"]), _day(desk, row["valid_to"])


def _day(desk: Desk, text: str) -> form.Pieces:
    if not text:
        return NONE
    is_year = len(text) == _FIRST_OF_ISO
    return (form.Cell(text if is_year else calendar_words(date.fromisoformat(text), desk.lang)),)


def ukraine(desk: Desk) -> form.Chapter | None:
    """Annex 5: support for civilians of Ukraine."""
    rows = _section(desk, "ukraina")
    if not rows:
        return None
    say = desk.say
    table = indicators(desk, rows, say("Atbalsts Ukrainas civiliedzīvotājiem", "Support for civilians of Ukraine"))
    kits = by_group(desk, rows, "sniegtie komplekti")
    blocks: list[form.Block] = [table]
    if kits:
        blocks.append(bars(desk, table, say("Sniegtie komplekti pēc veida", "Kits given, by kind"), kits,
                           say("Komplekts", "Kit"), say("komplekti", "kits")))  # fmt: skip
    return form.Chapter(say("5. pielikums. Sociālais atbalsts Ukrainas civiliedzīvotājiem",
                            "Annex 5. Social support for civilians of Ukraine"), tuple(blocks))  # fmt: skip


def research(desk: Desk) -> form.Chapter | None:
    """Studies, and their money."""
    rows, say = _section(desk, "petijumi"), desk.say
    blocks: list[form.Block] = studies(desk)
    if rows:
        table = indicators(
            desk, rows, say("Pabeigtie pētījumi un to finansējums", "Studies finished and their funding")
        )
        blocks.append(table)
        money = [(named, value / _THOUSAND) for named, value in by_group(desk, rows, "finansējums")]
        if money:
            caption = say("Pētījumu finansējums pēc avota", "Funding of studies by source")
            unit = say("tūkst. EUR bez PVN", "thousand EUR without VAT")
            blocks.append(bars(desk, table, caption, money, say("Avots", "Source"), unit))
    return form.Chapter(say("Pētījumi", "Research"), tuple(blocks)) if blocks else None


def management(desk: Desk) -> form.Chapter | None:
    """Audits: what they concluded and recommended, and what is published of them in figures."""
    rows, say = _section(desk, "revizijas"), desk.say
    blocks: list[form.Block] = audits(desk)
    if rows:
        blocks.append(desk.paragraph(say(
            "EAFVP: Eiropas Atbalsta fonds vistrūcīgākajām personām.",
            "EAFVP is the Fund for European Aid to the Most Deprived.",
        )))  # fmt: skip
        blocks.append(indicators(desk, rows, say("Auditi: publicētie skaitļi", "Audits: published figures")))
    named = say("Pasākumi vadības un darbības uzlabošanai", "Measures to improve management")
    return form.Chapter(named, tuple(blocks)) if blocks else None


def personnel(desk: Desk) -> form.Chapter | None:
    """Staff of the ministry."""
    rows = _section(desk, "personals")
    if not rows:
        return None
    say = desk.say
    table = indicators(desk, rows, say("Personāls", "Staff"))
    blocks: list[form.Block] = [table]
    groups = by_group(desk, rows, "amatu grupas")
    if groups:
        blocks.append(
            bars(
                desk,
                table,
                say("Pamatdarbībā nodarbinātie pēc amatu grupas", "Core staff by group of posts"),
                groups,
                say("Amatu grupa", "Group of posts"),
                "%",
            )
        )
    return form.Chapter(say("Personāls", "Staff"), tuple(blocks))


def communication(desk: Desk) -> form.Chapter | None:
    """The press, social networks, campaigns."""
    rows = _section(desk, "komunikacija")
    if not rows:
        return None
    say = desk.say
    table = indicators(desk, rows, say("Komunikācija ar sabiedrību", "Communication with the public"))
    followers = [(desk.name(row["indicator"]), row.values["value"]) for row in rows if row["unit"] == "sekotāji"]
    blocks: list[form.Block] = [table]
    if followers:
        blocks.append(
            bars(
                desk,
                table,
                say("Sekotāji sociālajos tīklos gada beigās", "Followers on social networks at the end of the year"),
                followers,
                say("Tīkls", "Network"),
                say("sekotāji", "followers"),
            )
        )
    return form.Chapter(say("Komunikācija ar sabiedrību", "Communication with the public"), tuple(blocks))


def other_figures(desk: Desk) -> form.Chapter | None:
    """Figures of sections that no chapter above is about: what a new year brings is never left out."""
    rows = [row for row in desk.book.rows("report-figures") if row.period[-4:] == str(desk.year)
            and row["section"] not in _CHAPTERED]  # fmt: skip
    if not rows:
        return None
    return form.Chapter(desk.say("Citi rādītāji", "Other figures"),
                        (indicators(desk, rows, desk.say("Citi rādītāji", "Other figures")),))  # fmt: skip


def public_services(desk: Desk) -> form.Chapter | None:
    """Annex 8: public services by channel, with complaints and delays."""
    rows = [row for row in desk.book.rows("public-services") if row.year == desk.year]
    if not rows:
        return None
    say = desk.say
    table, troubles = _by_channel(desk, rows), _troubles(desk, rows)
    finished = {channel: Decimal(0) for channel in ("in_person", "post", "electronic", "phone")}
    for row in rows:
        if row["measure"] == "applications" and row["stage"] == "finished" and row["channel"] in finished:
            finished[row["channel"]] += row.values["value"]
    drawn = [(row_words(desk, "channel", channel), value) for channel, value in finished.items()]
    chart = bars(desk, table, say("Pabeigtie pakalpojumi pēc kanāla, visi pakalpojumi kopā",
                                  "Services finished by channel, all services together"), drawn,
                 say("Kanāls", "Channel"), say("gadījumi", "cases"))  # fmt: skip
    return form.Chapter(say("8. pielikums. Publisko pakalpojumu rezultāti", "Annex 8. Results of public services"),
                        (table, chart, troubles))  # fmt: skip


def row_words(desk: Desk, column: str, code: str) -> str:
    """How a code of a choice is called, for headings: with a capital letter."""
    return capital(COLUMNS[column].word(code, desk.lang))


def _by_channel(desk: Desk, rows: Sequence[Row]) -> form.Table:
    say = desk.say
    kept = [row for row in rows if row["measure"] == "applications"]
    channels = list(dict.fromkeys(row["channel"] for row in kept))
    columns = [form.Column(say("Posms", "Stage"), share=2)]
    columns += [form.Column(row_words(desk, "channel", one), is_number=True) for one in channels]
    found: list[form.Row] = []
    for service in dict.fromkeys(row["service"] for row in kept):
        found.append(form.Row((desk.words(service),), "group"))
        for stage in dict.fromkeys(row["stage"] for row in kept if row["service"] == service):
            cells = {row["channel"]: row for row in kept if (row["service"], row["stage"]) == (service, stage)}
            found.append(form.Row(((form.Cell(row_words(desk, "stage", stage)),), *(
                desk.figure(cells[one], "value") if one in cells else NONE for one in channels))))  # fmt: skip
    return desk.table(say("Pieteikto pakalpojumu gadījumi pēc kanāla", "Cases of services applied for, by channel"),
                      columns, found)  # fmt: skip


def _troubles(desk: Desk, rows: Sequence[Row]) -> form.Table:
    say = desk.say
    kept = [row for row in rows if row["measure"] != "applications"]
    measures = list(dict.fromkeys(row["measure"] for row in kept))
    columns = [form.Column(say("Pakalpojums", "Service"), share=6)]
    columns += [form.Column(row_words(desk, "measure", one), is_number=True) for one in measures]
    found = []
    for service in dict.fromkeys(row["service"] for row in kept):
        cells = {row["measure"]: row for row in kept if row["service"] == service}
        found.append(form.Row((desk.words(service), *(
            desk.figure(cells[one], "value") if one in cells else NONE for one in measures))))  # fmt: skip
    return desk.table(say("Sūdzības un kavējumi", "Complaints and delays"), columns, found)
